// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/filter.h"
#include "models/telemetry/recordbatch.h"

#include <cstdint>

namespace telltale {

/// Kinds of records as a set of bits.
using RecordKinds = std::uint32_t;
constexpr RecordKinds recordKindBit(RecordKind kind)
{
    return 1U << static_cast<unsigned>(kind);
}
inline constexpr RecordKinds kAllRecordKinds = 0xffffffffU;
/// What people do and what happens to them: everything but spans and metric points.
inline constexpr RecordKinds kEventKinds = recordKindBit(RecordKind::UsageEvent) | recordKindBit(RecordKind::ScreenView) |
                                           recordKindBit(RecordKind::Error) | recordKindBit(RecordKind::Log) |
                                           recordKindBit(RecordKind::SessionBound);

/// The kinds whose records can have what a term of a filter asks for: a feature is of usage events alone. What a term leaves out, every
/// record can be without.
RecordKinds recordKindsOf(const FilterTerm &term);

} // namespace telltale
