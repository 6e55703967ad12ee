// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/rollupcollector.h"

#include "models/store/distinctids.h"
#include "models/store/durationvalues.h"
#include "models/store/idset.h"
#include "models/store/readerrows.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>

namespace telltale {
namespace {

constexpr std::size_t kAhead = 16; ///< records to be read

std::optional<RollupFamily> familyOf(RecordKind kind)
{
    switch (kind) {
    case RecordKind::UsageEvent:
        return RollupFamily::Feature;
    case RecordKind::ScreenView:
        return RollupFamily::Screen;
    case RecordKind::Span:
        return RollupFamily::Operation;
    case RecordKind::Error:
        return RollupFamily::ErrorGroup;
    case RecordKind::Log:
    case RecordKind::SessionBound:
    case RecordKind::MetricPoint:
        break;
    }
    return std::nullopt;
}

RollupCount countOf(RecordKind kind)
{
    switch (kind) {
    case RecordKind::UsageEvent:
        return RollupCount::Usage;
    case RecordKind::ScreenView:
        return RollupCount::Views;
    case RecordKind::Error:
        return RollupCount::Errors;
    case RecordKind::Log:
        return RollupCount::Logs;
    case RecordKind::SessionBound:
        return RollupCount::Bounds;
    case RecordKind::Span:
        return RollupCount::Spans;
    case RecordKind::MetricPoint:
        break;
    }
    return RollupCount::Points;
}

bool makesActive(RecordKind kind)
{
    return kind != RecordKind::Span && kind != RecordKind::MetricPoint;
}

/// Builds one cell after the other out of its records.
class CellMaker
{
public:
    void add(const RollupRecord &record, RollupFamily family)
    {
        ++m_cell.count(countOf(record.kind));
        if (record.kind == RecordKind::Error) {
            m_cell.count(RollupCount::Unhandled) += record.isUnhandled;
            std::uint64_t &severity = m_cell.count(RollupCount::Severity);
            severity = std::max<std::uint64_t>(severity, record.severity);
        }
        const bool isSpan = record.kind == RecordKind::Span;
        if (record.duration >= 0 && (isSpan || family == RollupFamily::Screen)) {
            m_durations.add(record.duration);
            if (hasValues(family, RollupLevel::Quarter))
                m_values.push_back(record.duration);
        }
        if (!makesActive(record.kind))
            return;
        m_cell.first = std::min(m_cell.first, record.time);
        m_cell.last = std::max(m_cell.last, record.time);
        idsOf(RollupIds::Users).add(record.user);
        idsOf(RollupIds::Sessions).add(record.session);
        if (record.isUnhandled && family == RollupFamily::All)
            idsOf(RollupIds::Crashed).add(record.session);
        if (record.kind != RecordKind::Error)
            return;
        if (record.user == 0)
            idsOf(RollupIds::Nameless).add(record.session);
        if (family == RollupFamily::All)
            idsOf(RollupIds::Failed).add(record.session);
    }

    RollupCell take(std::uint64_t subject, std::uint32_t edition)
    {
        m_cell.subject = subject;
        m_cell.edition = edition;
        for (std::size_t which = 0; which < kRollupIds; ++which) {
            const std::vector<std::uint32_t> &ids = m_ids[which].sorted();
            if (ids.empty())
                continue;
            IdSet::appendSorted(m_cell.ids[which], ids);
            m_ids[which].clear();
        }
        m_durations.appendTo(m_cell.durations);
        m_durations.clear();
        DurationValues::append(m_cell.values, m_values);
        m_values.clear();
        return std::exchange(m_cell, {});
    }

private:
    DistinctIds &idsOf(RollupIds which) { return m_ids[static_cast<std::size_t>(which)]; }

    RollupCell m_cell;
    std::array<DistinctIds, kRollupIds> m_ids;
    DurationHistogram m_durations;
    std::vector<std::int64_t> m_values; ///< the same as they are
};

} // namespace

/// Cells by key, numbered in order of first sight.
class RollupCollector::CellTable
{
public:
    std::uint32_t numberOf(const CellKey &key)
    {
        if ((m_keys.size() + 1) * 2 > m_slots.size())
            grow();
        std::size_t at = hashOf(key) & (m_slots.size() - 1);
        while (m_slots[at] != 0) {
            if (m_keys[m_slots[at] - 1] == key)
                return m_slots[at] - 1;
            at = (at + 1) & (m_slots.size() - 1);
        }
        m_keys.push_back(key);
        m_slots[at] = static_cast<std::uint32_t>(m_keys.size());
        return m_slots[at] - 1;
    }
    const std::vector<CellKey> &keys() const { return m_keys; }

private:
    static std::size_t hashOf(const CellKey &key)
    {
        std::uint64_t mixed = key.subject * 0x9e3779b97f4a7c15U;
        mixed ^= (static_cast<std::uint64_t>(key.bucket) << 20) ^ (std::uint64_t(key.edition) << 6) ^
                 (static_cast<std::uint64_t>(key.family) << 3) ^ static_cast<std::uint64_t>(key.level);
        mixed *= 0xbf58476d1ce4e5b9U;
        return static_cast<std::size_t>(mixed ^ (mixed >> 29));
    }
    void grow()
    {
        m_slots.assign(std::bit_ceil(std::max<std::size_t>(m_keys.size() * 4, 1024)), 0);
        for (std::size_t i = 0; i < m_keys.size(); ++i) {
            std::size_t at = hashOf(m_keys[i]) & (m_slots.size() - 1);
            while (m_slots[at] != 0)
                at = (at + 1) & (m_slots.size() - 1);
            m_slots[at] = static_cast<std::uint32_t>(i + 1);
        }
    }

    std::vector<CellKey> m_keys;
    std::vector<std::uint32_t> m_slots; ///< number + 1; 0: free
};

std::vector<DealtPart> RollupCollector::deal(const DealingRules &rules) const
{
    const auto isLeftOut = [&rules](std::int64_t time) {
        return std::any_of(rules.gaps.begin(), rules.gaps.end(), [time](const TimeRange &gap) {
            return gap.from.ns <= time && time <= lastOf(gap).ns;
        });
    };
    // Each record belongs to the cell of its subject, if it has one, and to that of everything.
    CellTable table;
    std::vector<std::uint32_t> cellOf, recordOf;
    cellOf.reserve(m_records.size() * 2);
    recordOf.reserve(m_records.size() * 2);
    for (std::size_t i = 0; i < m_records.size(); ++i) {
        const RollupRecord &record = m_records[i];
        if (isLeftOut(record.time))
            continue;
        const std::uint32_t edition = rules.editions[record.origin];
        const auto put = [&](const CellKey &key) {
            cellOf.push_back(table.numberOf(key));
            recordOf.push_back(static_cast<std::uint32_t>(i));
        };
        if (const auto family = familyOf(record.kind))
            put({bucketOf(record.time, RollupLevel::Quarter), record.subject, edition, *family,
                 RollupLevel::Quarter});
        const RollupLevel level =
            record.time >= rules.minutesFrom ? RollupLevel::Minute : RollupLevel::Quarter;
        const std::int64_t bucket = bucketOf(record.time, level);
        const std::int64_t row = rowOf(level, bucket);
        put({row, static_cast<std::uint64_t>(bucket - row), edition, RollupFamily::All, level});
    }
    return makeParts(table, cellOf, recordOf);
}

std::vector<DealtPart> RollupCollector::makeParts(const CellTable &table,
                                                  std::span<const std::uint32_t> cellOf,
                                                  std::span<const std::uint32_t> recordOf) const
{
    const std::vector<CellKey> &keys = table.keys();
    std::vector<std::uint32_t> order(keys.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto bucketOrder = [&](const CellKey &key) { return std::tie(key.family, key.level, key.bucket); };
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::tuple_cat(bucketOrder(keys[a]), std::tie(keys[a].subject, keys[a].edition)) <
               std::tuple_cat(bucketOrder(keys[b]), std::tie(keys[b].subject, keys[b].edition));
    });
    // Records are dealt out by cell, cells in that order.
    std::vector<std::uint32_t> next(keys.size());
    for (const std::uint32_t cell : cellOf)
        ++next[cell];
    std::vector<std::uint32_t> ends(keys.size());
    std::uint32_t end = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::uint32_t count = std::exchange(next[order[i]], end);
        ends[i] = end += count;
    }
    std::vector<std::uint32_t> dealt(cellOf.size());
    for (std::size_t i = 0; i < cellOf.size(); ++i)
        dealt[next[cellOf[i]]++] = recordOf[i];

    CellMaker maker;
    std::vector<DealtPart> parts;
    std::vector<RollupCell> cells;
    std::size_t at = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const CellKey &key = keys[order[i]];
        for (; at < ends[i]; ++at) {
            // They lie all over the memory; so many at a time hide how far it is.
            if (at + kAhead < dealt.size())
                __builtin_prefetch(&m_records[dealt[at + kAhead]]);
            maker.add(m_records[dealt[at]], key.family);
        }
        cells.push_back(maker.take(key.subject, key.edition));
        if (i + 1 == order.size() || bucketOrder(keys[order[i + 1]]) != bucketOrder(key)) {
            parts.push_back({key.family, key.level, key.bucket,
                             encodeRollup(cells, key.family, key.level, key.bucket)});
            cells.clear();
        }
    }
    return parts;
}

} // namespace telltale
