// SPDX-License-Identifier: GPL-3.0-or-later
// The heatmap: features or screens against time, the hours of a week, or releases.
#include "models/analysis/buckets.h"
#include "models/analysis/cacheengine.h"
#include "models/analysis/distinct.h"
#include "models/analysis/percentile.h"
#include "models/analysis/recordscan.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace telltale {
namespace {

constexpr std::size_t kMaximumCells = 16'000'000;
constexpr std::uint32_t kNoColumn = 0xffffffffU;
constexpr std::size_t kHoursOfWeek = 7 * 24;

std::optional<CalendarUnit> calendarUnit(HeatmapColumns columns)
{
    switch (columns) {
    case HeatmapColumns::Minute:
        return CalendarUnit::Minute;
    case HeatmapColumns::Hour:
        return CalendarUnit::Hour;
    case HeatmapColumns::Day:
        return CalendarUnit::Day;
    case HeatmapColumns::Week:
        return CalendarUnit::Week;
    case HeatmapColumns::WeekdayHour:
    case HeatmapColumns::Release:
        break;
    }
    return std::nullopt;
}

/// Knows which column a record belongs to.
class ColumnFinder
{
public:
    Result<void> prepare(RecordScan &scan, HeatmapColumns kind, TimeRange range)
    {
        m_kind = kind;
        m_zone = scan.scope().zone;
        if (const auto unit = calendarUnit(kind)) {
            auto buckets = Buckets::cut(m_zone, *unit, range);
            if (!buckets)
                return tl::unexpected(buckets.error());
            m_buckets = std::move(*buckets);
            addBuckets();
        } else if (kind == HeatmapColumns::WeekdayHour) {
            addHoursOfWeek();
        } else {
            addReleases(scan.reader());
        }
        return {};
    }

    std::uint32_t columnOf(const RecordRow &row)
    {
        if (m_kind == HeatmapColumns::Release)
            return row.origin < m_byOrigin.size() ? m_byOrigin[row.origin] : kNoColumn;
        if (m_kind == HeatmapColumns::WeekdayHour) {
            if (row.time < m_hourStart || row.time >= m_hourEnd) {
                const Instant at{row.time};
                m_hourStart = m_zone.startOf(CalendarUnit::Hour, at).ns;
                m_hourEnd = m_zone.nextStart(CalendarUnit::Hour, at).ns;
                m_hourColumn = static_cast<std::uint32_t>(m_zone.weekday(at) * 24 + m_zone.hour(at));
            }
            return m_hourColumn;
        }
        return static_cast<std::uint32_t>(m_buckets.indexOf(row.time));
    }

    std::vector<HeatmapColumn> columns;

private:
    void addBuckets()
    {
        columns.reserve(m_buckets.size());
        for (std::size_t i = 0; i < m_buckets.size(); ++i)
            columns.push_back({m_zone.formatLocal(m_buckets.start(i)), m_buckets.start(i), m_buckets.end(i)});
    }

    void addHoursOfWeek()
    {
        static constexpr const char *kDays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
        for (std::size_t i = 0; i < kHoursOfWeek; ++i) {
            const std::size_t hour = i % 24;
            columns.push_back(
                {std::string(kDays[i / 24]) + (hour < 10 ? " 0" : " ") + std::to_string(hour), {}, {}});
        }
    }

    void addReleases(CacheReader &reader)
    {
        std::map<std::string, std::vector<OriginId>> origins;
        for (const OriginId id : reader.origins()) {
            if (const std::string &release = reader.origin(id).release; !release.empty())
                origins[release].push_back(id);
        }
        for (const auto &[release, ids] : origins) {
            for (const OriginId id : ids) {
                if (id >= m_byOrigin.size())
                    m_byOrigin.resize(std::size_t(id) + 1, kNoColumn);
                m_byOrigin[id] = static_cast<std::uint32_t>(columns.size());
            }
            columns.push_back({release, {}, {}});
        }
    }

    HeatmapColumns m_kind = HeatmapColumns::Hour;
    Zone m_zone;
    Buckets m_buckets;
    std::vector<std::uint32_t> m_byOrigin;
    std::int64_t m_hourStart = 0;
    std::int64_t m_hourEnd = 0;
    std::uint32_t m_hourColumn = 0;
};

/// The map while it grows: rows in order of first sight.
struct Cells
{
    std::size_t width = 0;
    std::vector<double> values;
    std::vector<double> totals;
    std::vector<std::uint8_t> columnSeen;

    /// False when it would become too large.
    bool makeRow(std::size_t row)
    {
        if (row < totals.size())
            return true;
        if ((row + 1) * width > kMaximumCells)
            return false;
        totals.push_back(0);
        values.resize((row + 1) * width);
        return true;
    }
};

/// Columns of releases that nothing matched say nothing.
void dropUnseenColumns(Cells &cells, std::vector<HeatmapColumn> &columns)
{
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (cells.columnSeen[i])
            kept.push_back(i);
    }
    std::vector<double> values;
    values.reserve(cells.totals.size() * kept.size());
    for (std::size_t row = 0; row < cells.totals.size(); ++row) {
        for (const std::size_t column : kept)
            values.push_back(cells.values[row * cells.width + column]);
    }
    std::vector<HeatmapColumn> keptColumns;
    for (const std::size_t column : kept)
        keptColumns.push_back(std::move(columns[column]));
    columns = std::move(keptColumns);
    cells.values = std::move(values);
    cells.width = columns.size();
}

/// When each row's feature or screen was seen for the first time in the whole cache, filters aside.
Result<std::vector<std::optional<Instant>>> firstSeenOf(RecordScan &scan, RecordKind kind,
                                                        const std::vector<std::uint32_t> &ids)
{
    std::vector<std::optional<Instant>> first(ids.size());
    PlaceMap places;
    for (const std::uint32_t id : ids)
        places.placeOf(id);
    const auto segments = scan.reader().segments(kind, {});
    if (!segments)
        return tl::unexpected(segments.error());
    std::size_t found = 0;
    for (const SegmentInfo &info : *segments) {
        if (scan.isCancelled())
            return scan.cancelled();
        // Oldest first: once all were seen, only segments that begin earlier than the latest of them can tell more.
        if (found == ids.size() &&
            std::all_of(first.begin(), first.end(), [&](const auto &t) { return *t <= info.first; }))
            break;
        const auto segment = scan.reader().segment(info, SegmentParts::Columns);
        if (!segment)
            continue; // noted by the scan when it matters
        const auto keys = kind == RecordKind::UsageEvent ? (*segment)->features() : (*segment)->screens();
        const auto times = (*segment)->times();
        for (std::uint32_t row = 0; row < (*segment)->count(); ++row) {
            const std::uint32_t place = places.placeOf(keys[row]);
            if (place >= ids.size())
                continue;
            if (!first[place])
                ++found;
            if (!first[place] || times[row] < first[place]->ns)
                first[place] = Instant{times[row]};
        }
    }
    return first;
}

Heatmap sorted(CacheReader &reader, Cells &cells, std::vector<HeatmapColumn> columns,
               const std::vector<std::uint32_t> &ids, const std::vector<std::optional<Instant>> &firstSeen,
               std::size_t limit)
{
    std::vector<std::string> names;
    for (const std::uint32_t id : ids)
        names.emplace_back(reader.string(id));
    std::vector<std::size_t> order(ids.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return cells.totals[a] > cells.totals[b] ||
               (cells.totals[a] == cells.totals[b] && names[a] < names[b]);
    });
    if (order.size() > limit)
        order.resize(limit);
    Heatmap map;
    map.columns = std::move(columns);
    map.values.reserve(order.size() * cells.width);
    for (const std::size_t row : order) {
        map.rows.push_back(names[row]);
        map.rowTotals.push_back(cells.totals[row]);
        map.firstSeen.push_back(firstSeen[row]);
        const auto begin = cells.values.begin() + static_cast<std::ptrdiff_t>(row * cells.width);
        map.values.insert(map.values.end(), begin, begin + static_cast<std::ptrdiff_t>(cells.width));
    }
    return map;
}

} // namespace

Engine::Reply<Heatmap> CacheEngine::heatmap(const Scope &scope, HeatmapRows rows, HeatmapColumns columns,
                                            HeatmapValue value, std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop));
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    const bool ofScreens = rows == HeatmapRows::Screen;
    const RecordKind kind = ofScreens ? RecordKind::ScreenView : RecordKind::UsageEvent;
    scan.wantOnly({RecordColumn::Time, ofScreens ? RecordColumn::Screen : RecordColumn::Feature,
                   value == HeatmapValue::Users ? RecordColumn::User : RecordColumn::Duration,
                   columns == HeatmapColumns::Release ? RecordColumn::Origin : RecordColumn::Time});
    if (ofScreens && value == HeatmapValue::Dwell)
        scan.wantDwell();
    TimeRange range = scope.range;
    if (calendarUnit(columns)) {
        const auto closed = scan.closedRange(std::span(&kind, 1));
        if (!closed)
            return tl::unexpected(closed.error());
        range = *closed;
    }
    ColumnFinder finder;
    if (const auto ready = finder.prepare(scan, columns, range); !ready)
        return tl::unexpected(ready.error());

    Cells cells;
    cells.width = finder.columns.size();
    cells.columnSeen.resize(cells.width);
    PlaceMap places;
    DistinctPairs cellUsers;
    DistinctPairs rowUsers;
    bool isTooLarge = false;
    std::uint64_t withoutColumn = 0;
    const auto done = scan.run({kind}, range, [&](const RecordRow &row) {
        const std::uint32_t column = finder.columnOf(row);
        if (column >= cells.width) {
            ++withoutColumn;
            return;
        }
        const std::uint32_t place = places.placeOf(ofScreens ? row.screen : row.feature);
        if (isTooLarge || !cells.makeRow(place)) {
            isTooLarge = true;
            return;
        }
        cells.columnSeen[column] = 1;
        const std::size_t cell = place * cells.width + column;
        double amount = 1;
        if (value == HeatmapValue::Users) {
            if (row.user == 0)
                return;
            if (rowUsers.insert(place, row.user))
                ++cells.totals[place];
            if (cellUsers.insert(static_cast<std::uint32_t>(cell), row.user))
                ++cells.values[cell];
            return;
        }
        if (value == HeatmapValue::Dwell)
            amount = row.duration >= 0 ? static_cast<double>(row.duration) / kNanosecondsPerMillisecond : 0;
        cells.values[cell] += amount;
        cells.totals[place] += amount;
    });
    if (!done)
        return tl::unexpected(done.error());
    if (isTooLarge)
        return failure(
            Error::Code::InvalidArgument,
            "that makes more than 16,000,000 cells; ask for a shorter range (--from, --to) or wider columns");
    if (withoutColumn > 0)
        scan.note(std::to_string(withoutColumn) + " records name no release and are left out");
    if (columns == HeatmapColumns::Release)
        dropUnseenColumns(cells, finder.columns);
    const auto firstSeen = firstSeenOf(scan, kind, places.ids());
    if (!firstSeen)
        return tl::unexpected(firstSeen.error());
    Answered<Heatmap> answer;
    answer.value = sorted(*m_reader, cells, std::move(finder.columns), places.ids(), *firstSeen, scope.limit);
    answer.notes = scan.takeNotes();
    return answer;
}

} // namespace telltale
