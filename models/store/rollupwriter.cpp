// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/rollupwriter.h"

#include <algorithm>

namespace telltale {
namespace {

/// What a slice of maintain() reads at most, unless a single quarter of an hour holds more.
constexpr std::int64_t kSliceRecords = 250'000;

} // namespace

RollupWriter::RollupWriter(Database &database, SegmentTable &segments)
    : m_editions(database)
    , m_table(database)
    , m_gaps(database)
    , m_builder(database, m_table)
    , m_source(database, segments)
    , m_readError(database, "SELECT error FROM rollup_state")
    , m_writeError(database, "UPDATE rollup_state SET error = "
                             "max(error, (SELECT coalesce(max(id), 0) FROM errors))")
{}

std::int64_t RollupWriter::rolledError()
{
    const StatementScope scope(m_readError);
    m_readError.step();
    return m_readError.integer(0);
}

void RollupWriter::makeParts(RollupCollector &collector, bool skipsGaps)
{
    if (collector.size() == 0)
        return;
    m_builder.beginChange();
    const auto isInGap = [&](std::int64_t time) { return skipsGaps && m_gaps.contains(time); };
    collector.makeParts(
        m_editions, m_builder.minutesFrom(), isInGap,
        [this](RollupFamily family, RollupLevel level, std::int64_t bucket,
               std::span<const RollupCell> cells) { m_builder.land(family, level, bucket, cells); });
}

void RollupWriter::flush()
{
    makeParts(m_collector, true);
    m_writeError.execute();
}

void RollupWriter::recover(std::int64_t rolledSequence)
{
    m_collector.clear();
    m_editions.forget();
    m_gaps.load();
    m_builder.forget();
    m_source.forEachSince(rolledSequence, rolledError(),
                          [this](const RollupRecord &record) { m_collector.add(record); });
}

void RollupWriter::invalidate(TimeRange range)
{
    if (!range.isEmpty())
        m_builder.drop(m_gaps.add(range));
}

bool RollupWriter::maintain(std::int64_t rolledSequence, Instant now)
{
    if (!m_gaps.all().empty()) {
        fillGap(rolledSequence);
        return true;
    }
    std::optional<TimeRange> damaged;
    const bool hasWorked = m_builder.step(now, damaged);
    if (damaged)
        invalidate(*damaged);
    return hasWorked;
}

void RollupWriter::fillGap(std::int64_t rolledSequence)
{
    const TimeRange gap = m_gaps.all().front();
    TimeRange slice = gap;
    for (std::size_t level = kRollupLevels - 1;
         level >= static_cast<std::size_t>(RollupLevel::Quarter) && m_source.countIn(slice) > kSliceRecords;
         --level) {
        const auto at = static_cast<RollupLevel>(level);
        slice.to = std::min(gap.to, Instant{bucketStart(bucketOf(gap.from.ns, at) + 1, at)});
    }
    RollupCollector collector;
    m_source.forEachIn(slice, rolledSequence, rolledError(),
                       [&](const RollupRecord &record) { collector.add(record); });
    makeParts(collector, false);
    m_gaps.closeFirst(slice.to);
}

} // namespace telltale
