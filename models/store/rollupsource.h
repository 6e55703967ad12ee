// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/rollupcollector.h"
#include "models/store/segmenttable.h"

#include <functional>

namespace telltale {

/// Finds again what rollups are made of: records in segments and errors in rows. Damaged segments are left out, as
/// questions leave them out. Functions throw.
class RollupSource
{
public:
    using Visit = std::function<void(const RollupRecord &record)>;

    RollupSource(Database &database, SegmentTable &segments);

    /// Of segments newer than the commit and errors after the one with this id.
    void forEachSince(std::int64_t sequence, std::int64_t error, const Visit &visit);
    /// Those in the range that are no newer. Cost: reads every segment that overlaps the range.
    void forEachIn(TimeRange range, std::int64_t sequence, std::int64_t error, const Visit &visit);
    /// About how many forEachIn() would read, errors aside.
    std::int64_t countIn(TimeRange range);

private:
    void readSegment(std::int64_t id, TimeRange range, const Visit &visit);
    void readErrors(Statement &rows, const Visit &visit);

    SegmentTable &m_segments;
    Statement m_inRange, m_count, m_errorsSince, m_errorsIn;
};

} // namespace telltale
