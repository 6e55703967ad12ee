// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/filterkinds.h"

#include "models/telemetry/filterfields.h"

namespace telltale {

RecordKinds recordKindsOf(const FilterTerm &term)
{
    if (term.isNegated)
        return kAllRecordKinds;
    const bool isPresence = term.field == "has";
    const std::string &field = isPresence ? term.value : term.field;
    if (field == "feature")
        return recordKindBit(RecordKind::UsageEvent);
    if (field == "event")
        return kEventKinds;
    if (field == "operation" || field == "duration")
        return recordKindBit(RecordKind::Span);
    if (field == "metric")
        return recordKindBit(RecordKind::MetricPoint);
    if (field == "dwell")
        return recordKindBit(RecordKind::ScreenView);
    if (field == "error" && !isPresence) // has:error asks about the session
        return recordKindBit(RecordKind::Error);
    if (field == "kind" && !isPresence)
        return recordKindBit(recordKindNamed(term.value).value_or(RecordKind::Log));
    return kAllRecordKinds;
}

} // namespace telltale
