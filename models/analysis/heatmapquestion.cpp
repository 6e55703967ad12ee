// SPDX-License-Identifier: GPL-3.0-or-later
// The heatmap: features or screens against time, the hours of a week, or releases.
#include "models/analysis/buckets.h"
#include "models/analysis/cacheengine.h"
#include "models/analysis/distinct.h"
#include "models/analysis/percentile.h"
#include "models/analysis/planner.h"
#include "models/analysis/recordscan.h"

#include <algorithm>
#include <deque>
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

    /// Whether times from the first to the last make no difference, as far as that is quickly said.
    bool isOneColumn(Instant first, Instant last) const
    {
        if (m_kind == HeatmapColumns::WeekdayHour)
            return false;
        return m_kind == HeatmapColumns::Release || m_buckets.isOne(first, last);
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

/// The stretches of time that columns are made of, and which column each belongs to.
struct Stretches
{
    std::vector<std::int64_t> edges;
    std::vector<std::uint32_t> columns; ///< kNoColumn: that of the cell's release
};

Result<Stretches> stretchesOf(const Scope &scope, HeatmapColumns kind, TimeRange range)
{
    Stretches stretches;
    if (kind == HeatmapColumns::Release) {
        stretches.edges = {range.from.ns, range.to.ns};
        stretches.columns = {kNoColumn};
        return stretches;
    }
    const auto buckets = Buckets::cut(scope.zone, calendarUnit(kind).value_or(CalendarUnit::Hour), range);
    if (!buckets)
        return tl::unexpected(buckets.error());
    for (std::size_t i = 0; i < buckets->size(); ++i) {
        const Instant start = std::max(buckets->start(i), range.from);
        stretches.edges.push_back(start.ns);
        stretches.columns.push_back(
            kind == HeatmapColumns::WeekdayHour
                ? static_cast<std::uint32_t>(scope.zone.weekday(start) * 24 + scope.zone.hour(start))
                : static_cast<std::uint32_t>(i));
    }
    stretches.edges.push_back(range.to.ns);
    return stretches;
}

/// Columns before the first and behind the last record, where the range is open, are none.
void trimColumns(Cells &cells, std::vector<HeatmapColumn> &columns, TimeRange range)
{
    std::size_t first = 0, last = columns.size();
    while (range.from == Instant::min() && first < last && !cells.columnSeen[first])
        ++first;
    while (range.to == Instant::max() && last > first && !cells.columnSeen[last - 1])
        --last;
    for (std::size_t i = 0; i < columns.size(); ++i)
        cells.columnSeen[i] = i >= first && i < last;
    dropUnseenColumns(cells, columns);
}

/// As firstSeenOf(), from rollups.
Result<std::vector<std::optional<Instant>>>
rolledFirstSeen(RecordScan &scan, RollupFamily family, RecordKind kind, const std::vector<std::uint32_t> &ids)
{
    Scope everything; // filters aside
    everything.plan = PlanChoice::Rollups;
    RecordScan all(scan.reader(), everything, scan.stopToken());
    if (const auto ready = all.prepare(); !ready)
        return tl::unexpected(ready.error());
    all.wantOnly(
        {RecordColumn::Time, family == RollupFamily::Screen ? RecordColumn::Screen : RecordColumn::Feature});
    Planner planner(all);
    if (const auto isUsed = planner.isForRollups({}); !isUsed)
        return tl::unexpected(isUsed.error());
    std::vector<std::optional<Instant>> first(ids.size());
    PlaceMap places;
    for (const std::uint32_t id : ids)
        places.placeOf(id);
    const auto note = [&](std::uint32_t id, std::int64_t time) {
        const std::uint32_t place = places.placeOf(id);
        if (place < first.size() && (!first[place] || time < first[place]->ns))
            first[place] = Instant{time};
    };
    const auto done = planner.run(
        family, RollupTimes, std::span(&kind, 1), {Instant::min().ns, Instant::max().ns},
        [&](std::size_t, const RollupColumns &columns, std::size_t cell) {
            if (!columns.firsts.empty() && columns.firsts[cell] <= columns.lasts[cell])
                note(static_cast<std::uint32_t>(columns.subjects[cell]), columns.firsts[cell]);
        },
        [&](std::size_t, const RecordRow &row) {
            note(family == RollupFamily::Screen ? row.screen : row.feature, row.time);
        });
    if (!done)
        return tl::unexpected(done.error());
    return first;
}

/// The users of each cell that has some.
class CellUsers
{
public:
    /// `at` is the cell's place in the map, row by row.
    IdUnion &operator[](std::size_t at)
    {
        if (at >= m_numbers.size())
            m_numbers.resize(at + at / 2 + 1024);
        if (m_numbers[at] == 0) {
            m_sets.emplace_back();
            m_numbers[at] = static_cast<std::uint32_t>(m_sets.size());
        }
        return m_sets[m_numbers[at] - 1];
    }
    IdUnion *find(std::size_t at)
    {
        return at < m_numbers.size() && m_numbers[at] != 0 ? &m_sets[m_numbers[at] - 1] : nullptr;
    }

private:
    std::vector<std::uint32_t> m_numbers; ///< of the sets, from 1 on; 0: none
    std::deque<IdUnion> m_sets;
};

/// The users of a row are those of its cells together.
void countUsers(CellUsers &users, Planner &planner, Cells &cells)
{
    for (std::size_t row = 0; row < cells.totals.size(); ++row) {
        IdUnion ofRow;
        for (std::size_t at = row * cells.width; at < (row + 1) * cells.width; ++at) {
            IdUnion *const ofCell = users.find(at);
            if (!ofCell)
                continue;
            planner.resolveUsers(*ofCell);
            cells.values[at] = static_cast<double>(ofCell->count());
            ofRow.add(*ofCell);
        }
        cells.totals[row] = static_cast<double>(ofRow.count());
    }
}

} // namespace

CacheEngine::Rolled<Heatmap> CacheEngine::rolledHeatmap(RecordScan &scan, HeatmapRows rows,
                                                        HeatmapColumns columns, HeatmapValue value)
{
    using Nothing = std::optional<Answered<Heatmap>>;
    // How long a screen was looked at is a matter of the whole session; minutes are of ranges that are scanned at once.
    if (value == HeatmapValue::Dwell || columns == HeatmapColumns::Minute)
        return Nothing();
    const Scope &scope = scan.scope();
    Planner planner(scan);
    const auto isUsed = planner.isForRollups(scope.range);
    if (!isUsed || !*isUsed)
        return isUsed ? Rolled<Heatmap>(Nothing()) : Rolled<Heatmap>(tl::unexpected(isUsed.error()));
    const bool ofScreens = rows == HeatmapRows::Screen;
    const bool ofUsers = value == HeatmapValue::Users;
    const RecordKind kind = ofScreens ? RecordKind::ScreenView : RecordKind::UsageEvent;
    const RollupFamily family = ofScreens ? RollupFamily::Screen : RollupFamily::Feature;
    const auto range = planner.hull(family, std::span(&kind, 1));
    if (!range || !*range || (*range)->isEmpty())
        return range ? Rolled<Heatmap>(Nothing()) : Rolled<Heatmap>(tl::unexpected(range.error()));
    ColumnFinder finder;
    const auto stretches = stretchesOf(scope, columns, **range);
    if (!stretches || !finder.prepare(scan, columns, **range))
        return Nothing();                      // the scan knows the range more exactly, or says what is wrong
    std::vector<std::uint32_t> releaseColumns; // by edition
    const auto columnOf = [&](std::size_t stretch, std::uint32_t edition) {
        if (stretches->columns[stretch] != kNoColumn)
            return stretches->columns[stretch];
        if (edition >= releaseColumns.size())
            releaseColumns.resize(std::size_t(edition) + 1, kNoColumn);
        if (releaseColumns[edition] == kNoColumn && planner.edition(edition)) {
            for (std::uint32_t i = 0; i < finder.columns.size(); ++i) {
                if (finder.columns[i].label == planner.edition(edition)->release)
                    releaseColumns[edition] = i;
            }
        }
        return releaseColumns[edition];
    };
    scan.wantOnly({RecordColumn::Time, ofScreens ? RecordColumn::Screen : RecordColumn::Feature,
                   ofUsers ? RecordColumn::User : RecordColumn::Time,
                   columns == HeatmapColumns::Release ? RecordColumn::Origin : RecordColumn::Time});

    Cells cells;
    cells.width = finder.columns.size();
    cells.columnSeen.resize(cells.width);
    PlaceMap places;
    CellUsers users;
    std::uint64_t withoutColumn = 0;
    bool isFine = true;
    /// Adds to the cell's events; gives the cell's place in the map, none when it can not.
    const auto count = [&](std::uint32_t subject, std::uint32_t column,
                           std::uint64_t events) -> std::optional<std::size_t> {
        if (column >= cells.width) {
            withoutColumn += events;
            return std::nullopt;
        }
        const std::uint32_t place = places.placeOf(subject);
        isFine = isFine && cells.makeRow(place);
        if (!isFine)
            return std::nullopt;
        cells.columnSeen[column] = 1;
        const std::size_t at = place * cells.width + column;
        if (!ofUsers) {
            cells.values[at] += static_cast<double>(events);
            cells.totals[place] += static_cast<double>(events);
        }
        return at;
    };
    const auto done = planner.run(
        family, ofUsers ? RollupUsers : RollupCountsOnly, std::span(&kind, 1), stretches->edges,
        [&](std::size_t stretch, const RollupColumns &from, std::size_t cell) {
            const auto at =
                count(static_cast<std::uint32_t>(from.subjects[cell]), columnOf(stretch, from.editions[cell]),
                      from.count(ofScreens ? RollupCount::Views : RollupCount::Usage, cell));
            if (!at || !ofUsers)
                return;
            isFine = users[*at].addStored(from.idsOf(RollupIds::Users, cell)) && isFine;
        },
        [&](std::size_t stretch, const RecordRow &row) {
            const std::uint32_t column =
                columns == HeatmapColumns::Release ? finder.columnOf(row) : stretches->columns[stretch];
            const auto at = count(ofScreens ? row.screen : row.feature, column, 1);
            if (at && ofUsers && row.user != 0)
                users[*at].add(row.user);
        });
    if (!done && done.error().code != Error::Code::Damaged)
        return tl::unexpected(done.error());
    if (!done || !isFine) {
        scan.plan() = {};
        return Nothing();
    }
    if (ofUsers)
        countUsers(users, planner, cells);
    if (withoutColumn > 0)
        scan.note(std::to_string(withoutColumn) + " records name no release and are left out");
    if (columns == HeatmapColumns::Release)
        dropUnseenColumns(cells, finder.columns);
    else if (calendarUnit(columns))
        trimColumns(cells, finder.columns, scope.range);
    const auto firstSeen = rolledFirstSeen(scan, family, kind, places.ids());
    if (!firstSeen && firstSeen.error().code != Error::Code::Damaged)
        return tl::unexpected(firstSeen.error());
    if (!firstSeen)
        return Nothing();
    Answered<Heatmap> answer;
    answer.value = sorted(*m_reader, cells, std::move(finder.columns), places.ids(), *firstSeen, scope.limit);
    answer.notes = scan.takeNotes();
    answer.plan = scan.plan();
    return std::optional(std::move(answer));
}

Engine::Reply<Heatmap> CacheEngine::heatmap(const Scope &scope, HeatmapRows rows, HeatmapColumns columns,
                                            HeatmapValue value, std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop));
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    if (auto rolled = rolledHeatmap(scan, rows, columns, value); !rolled)
        return tl::unexpected(rolled.error());
    else if (*rolled)
        return std::move(**rolled);
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
    scan.wantRoughTimes([&](Instant first, Instant last) { return finder.isOneColumn(first, last); });

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
    answer.plan = scan.plan();
    return answer;
}

} // namespace telltale
