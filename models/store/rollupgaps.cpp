// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/rollupgaps.h"

#include "models/store/readerrows.h"
#include "models/store/rolluplevels.h"

#include <algorithm>

namespace telltale {
namespace {

TimeRange widened(TimeRange range)
{
    const std::int64_t first = bucketOf(range.from.ns, RollupLevel::Quarter);
    const std::int64_t last = bucketOf(lastOf(range).ns, RollupLevel::Quarter);
    return {{bucketStart(first, RollupLevel::Quarter)}, {bucketStart(last + 1, RollupLevel::Quarter)}};
}

} // namespace

RollupGaps::RollupGaps(Database &database)
    : m_read(database, "SELECT start, stop FROM rollup_gaps ORDER BY start")
    , m_clear(database, "DELETE FROM rollup_gaps")
    , m_insert(database, "INSERT INTO rollup_gaps (start, stop) VALUES (:start, :stop)")
{
    load();
}

void RollupGaps::load()
{
    m_gaps.clear();
    const StatementScope scope(m_read);
    while (m_read.step())
        m_gaps.push_back({{m_read.integer(0)}, {m_read.integer(1)}});
}

TimeRange RollupGaps::add(TimeRange range)
{
    const TimeRange added = widened(range);
    m_gaps.push_back(added);
    std::sort(m_gaps.begin(), m_gaps.end(),
              [](const TimeRange &a, const TimeRange &b) { return a.from < b.from; });
    std::vector<TimeRange> joined;
    for (const TimeRange &gap : m_gaps) {
        if (!joined.empty() && gap.from <= joined.back().to)
            joined.back().to = std::max(joined.back().to, gap.to);
        else
            joined.push_back(gap);
    }
    m_gaps = std::move(joined);
    write();
    return added;
}

void RollupGaps::closeFirst(Instant to)
{
    m_gaps.front().from = to;
    if (m_gaps.front().isEmpty())
        m_gaps.erase(m_gaps.begin());
    write();
}

void RollupGaps::write()
{
    m_clear.execute();
    for (const TimeRange &gap : m_gaps)
        m_insert.bind(":start", gap.from.ns).bind(":stop", gap.to.ns).execute();
}

} // namespace telltale
