// SPDX-License-Identifier: GPL-3.0-or-later
// The heatmap from rollups.
#include "models/analysis/cacheengine.h"
#include "models/analysis/distinct.h"
#include "models/analysis/featureuse.h"
#include "models/analysis/heatmapcells.h"
#include "models/analysis/planner.h"
#include "models/analysis/rolledusers.h"

#include <algorithm>
#include <deque>

namespace telltale {
namespace {

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

/// When each row's feature or screen was seen for the first time in the whole cache, filters aside.
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

/// Calls `addCell(column, users)` for every cell that something happened in, then `addRow(users)` for every row.
template<typename AddCell, typename AddRow>
Result<void> usersByColumn(Planner &planner, RollupMemory &memory, RollupFamily family,
                           const Stretches &stretches, AddCell &&addCell, AddRow &&addRow)
{
    const bool ofScreens = family == RollupFamily::Screen;
    RolledUsers users(planner, memory, family, ofScreens ? RecordKind::ScreenView : RecordKind::UsageEvent);
    const auto cells = users.inStretches(stretches.edges);
    if (!cells)
        return tl::unexpected(cells.error());
    for (std::size_t i = 0; i < cells->size(); ++i) {
        for (const SubjectUsers &found : (*cells)[i])
            addCell(stretches.columns[i], found);
    }
    const TimeRange range{{stretches.edges.front()}, {stretches.edges.back()}};
    if (ofScreens) {
        const auto rows = users.inStretches({range.from.ns, range.to.ns});
        if (!rows)
            return tl::unexpected(rows.error());
        for (const SubjectUsers &found : rows->front())
            addRow(found);
        return {};
    }
    const auto use = RolledFeatureUse::read(planner, memory, range); // what the list of features shows, too
    if (!use)
        return tl::unexpected(use.error());
    if (!*use)
        return failure(Error::Code::Damaged, "a rollup is damaged");
    for (const auto &row : (*use)->rows(planner))
        addRow({row.feature, row.users});
    return {};
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
    const bool ofDwell = value == HeatmapValue::Dwell;
    // Minutes are of ranges that are scanned at once.
    if ((ofDwell && rows != HeatmapRows::Screen) || columns == HeatmapColumns::Minute)
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
                   ofDwell ? RecordColumn::Duration : RecordColumn::Time,
                   columns == HeatmapColumns::Release ? RecordColumn::Origin : RecordColumn::Time});

    if (ofDwell)
        scan.wantDwell();

    Cells cells;
    cells.width = finder.columns.size();
    cells.columnSeen.resize(cells.width);
    cells.areSums = ofDwell;
    PlaceMap places;
    CellUsers users;
    std::uint64_t withoutColumn = 0, counted = 0, known = 0; // of views in rollups: known by their dwell
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
        if (!ofUsers && !ofDwell) {
            cells.values[at] += static_cast<double>(events);
            cells.totals[place] += static_cast<double>(events);
        }
        return at;
    };
    // Columns that follow each other in time are gone through one after the other.
    const bool isByColumn = ofUsers && calendarUnit(columns);
    const auto addUsers = [&](std::size_t column, const SubjectUsers &found) {
        if (const auto at = count(found.subject, static_cast<std::uint32_t>(column), 0))
            cells.values[*at] = static_cast<double>(found.users);
    };
    const auto done =
        isByColumn
            ? usersByColumn(planner, *m_memory, family, *stretches, addUsers,
                            [&](const SubjectUsers &all) {
                                if (const std::uint32_t place = places.placeOf(all.subject);
                                    place < cells.totals.size())
                                    cells.totals[place] = static_cast<double>(all.users);
                            })
            : planner.run(
                  family,
                  ofUsers   ? RollupUsers
                  : ofDwell ? RollupValues
                            : RollupCountsOnly,
                  std::span(&kind, 1), stretches->edges,
                  [&](std::size_t stretch, const RollupColumns &from, std::size_t cell) {
                      const std::uint64_t events =
                          from.count(ofScreens ? RollupCount::Views : RollupCount::Usage, cell);
                      const auto at = count(static_cast<std::uint32_t>(from.subjects[cell]),
                                            columnOf(stretch, from.editions[cell]), events);
                      if (at && ofUsers)
                          isFine = users[*at].addStored(from.idsOf(RollupIds::Users, cell)) && isFine;
                      if (!at || !ofDwell)
                          return;
                      counted += events;
                      isFine = DurationValues::addUp(from.valuesOf(cell), known, cells.sums[*at]) && isFine;
                  },
                  [&](std::size_t stretch, const RecordRow &row) {
                      const std::uint32_t column = columns == HeatmapColumns::Release
                                                       ? finder.columnOf(row)
                                                       : stretches->columns[stretch];
                      const auto at = count(ofScreens ? row.screen : row.feature, column, 1);
                      if (at && ofUsers && row.user != 0)
                          users[*at].add(row.user);
                      if (at && ofDwell && row.duration >= 0)
                          cells.sums[*at] += static_cast<std::uint64_t>(row.duration);
                  });
    if (!done && done.error().code != Error::Code::Damaged)
        return tl::unexpected(done.error());
    // A dwell that the client did not tell is a matter of the whole session.
    if (!done || !isFine || counted != known) {
        scan.plan() = {};
        return Nothing();
    }
    cells.finishSums();
    if (ofUsers && !isByColumn)
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
    answer.value =
        sortedHeatmap(*m_reader, cells, std::move(finder.columns), places.ids(), *firstSeen, scope.limit);
    answer.notes = scan.takeNotes();
    answer.plan = scan.plan();
    return std::optional(std::move(answer));
}

} // namespace telltale
