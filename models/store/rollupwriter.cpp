// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/rollupwriter.h"

#include <algorithm>
#include <system_error>
#include <utility>

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
    , m_newestError(database, "SELECT coalesce(max(id), 0) FROM errors")
    , m_writeError(database, "UPDATE rollup_state SET error = max(error, :error)")
{}

std::int64_t RollupWriter::rolledError()
{
    const StatementScope scope(m_readError);
    m_readError.step();
    return m_readError.integer(0);
}

std::int64_t RollupWriter::newestError()
{
    const StatementScope scope(m_newestError);
    m_newestError.step();
    return m_newestError.integer(0);
}

DealingRules RollupWriter::rulesFor(const RollupCollector &collector)
{
    DealingRules rules;
    for (const RollupRecord &record : collector.records()) {
        if (record.origin >= rules.editions.size())
            rules.editions.resize(std::size_t(record.origin) + 1);
        std::uint32_t &edition = rules.editions[record.origin];
        if (edition == 0)
            edition = m_editions.editionOf(record.origin);
    }
    rules.minutesFrom = m_builder.minutesFrom();
    rules.gaps = m_gaps.all();
    return rules;
}

void RollupWriter::write(std::vector<DealtPart> parts)
{
    if (parts.empty())
        return;
    m_builder.beginChange();
    for (DealtPart &part : parts)
        m_builder.land(part);
}

void RollupWriter::deal(std::int64_t sequence)
{
    auto beside = std::make_unique<Beside>();
    beside->rules = rulesFor(m_collector);
    beside->sequence = sequence;
    beside->error = newestError();
    beside->collector = std::exchange(m_collector, {});
    const auto work = [&from = *beside] { return from.collector.deal(from.rules); };
    try {
        beside->parts = std::async(std::launch::async, work);
    } catch (const std::system_error &) { // no thread to be had: when it is needed, then
        beside->parts = std::async(std::launch::deferred, work);
    }
    m_beside = std::move(beside);
}

std::optional<std::int64_t> RollupWriter::land(bool waits)
{
    if (!m_beside || (!waits && m_beside->parts.wait_for(std::chrono::seconds(0)) == std::future_status::timeout))
        return std::nullopt;
    std::vector<DealtPart> parts = m_beside->parts.get();
    // What was dropped or filled meanwhile is what the records must go by.
    const DealingRules &rules = m_beside->rules;
    if (rules.minutesFrom != m_builder.minutesFrom() || rules.gaps != m_gaps.all())
        parts = m_beside->collector.deal(rulesFor(m_beside->collector));
    write(std::move(parts));
    m_writeError.bind(":error", m_beside->error).execute();
    const std::int64_t sequence = m_beside->sequence;
    m_beside.reset();
    return sequence;
}

void RollupWriter::flush()
{
    land(true);
    write(m_collector.deal(rulesFor(m_collector)));
    m_collector.clear();
    m_writeError.bind(":error", newestError()).execute();
}

void RollupWriter::recover(std::int64_t rolledSequence)
{
    m_beside.reset();
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
    DealingRules rules = rulesFor(collector);
    rules.gaps.clear(); // it is what is to be filled
    write(collector.deal(rules));
    m_gaps.closeFirst(slice.to);
}

} // namespace telltale
