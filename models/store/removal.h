// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/time.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

namespace telltale {

/// How much is kept. What lies beyond goes, the oldest first, in whole segments.
struct Retention
{
    std::optional<std::chrono::nanoseconds> age; ///< of records, by their own time; none: however old
    std::uint64_t bytes = 0;                     ///< of the cache on disk, log included; 0: however large

    bool isUnlimited() const { return !age && bytes == 0; }
};

/// What was removed.
struct Removal
{
    std::uint64_t records = 0;                       ///< of all kinds, errors among them
    std::uint64_t sessions = 0;                      ///< that have no record left
    std::uint64_t bytes = 0;                         ///< given back to the system
    TimeRange range{Instant::max(), Instant::min()}; ///< of the records removed; empty when there are none
    bool hasChangedSessions = false;                 ///< sessions that are left count less than before

    bool isNothing() const { return records == 0 && sessions == 0; }
    void add(const Removal &other)
    {
        records += other.records;
        sessions += other.sessions;
        bytes += other.bytes;
        hasChangedSessions = hasChangedSessions || other.hasChangedSessions;
        include(other.range);
    }
    void include(TimeRange other)
    {
        range.from = std::min(range.from, other.from);
        range.to = std::max(range.to, other.to);
    }
};

} // namespace telltale
