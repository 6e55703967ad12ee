// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/sqlite.h"
#include "models/telemetry/time.h"

#include <cstdint>
#include <vector>

namespace telltale {

/// Stretches of time, in whole quarters of an hour, about which rollups say nothing at present: questions scan there. Kept
/// in the file; inside the caller's transaction.
class RollupGaps
{
public:
    explicit RollupGaps(Database &database);

    /// In order of time, apart from each other.
    const std::vector<TimeRange> &all() const { return m_gaps; }
    /// `range` is widened to whole quarters; returns what it became.
    TimeRange add(TimeRange range);
    /// [from, to) is known again; it must be the beginning of the gap.
    void closeFirst(Instant to);
    /// What the file says, after a rollback.
    void load();

private:
    void write();

    Statement m_read, m_clear, m_insert;
    std::vector<TimeRange> m_gaps;
};

} // namespace telltale
