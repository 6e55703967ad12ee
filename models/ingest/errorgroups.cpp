// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/errorgroups.h"

#include "models/grouping/errorgrouping.h"

namespace telltale {

void groupErrors(RecordBatch &batch, CounterSet &counters)
{
    for (ErrorDetail &error : batch.errors) {
        const std::string_view type = batch.text(error.type);
        const std::string_view message = batch.text(error.message);
        const std::string_view stack = batch.text(error.stack);
        const ErrorGrouping grouping = errorGroup(type, message, stack);
        error.group = grouping.key;
        error.culprit = grouping.culprit.empty() ? kNoString : batch.strings.intern(grouping.culprit);
        if (isUngrouped(type, message, stack))
            counters.add("error.ungrouped");
    }
}

} // namespace telltale
