// SPDX-License-Identifier: GPL-3.0-or-later
// The heatmap: features or screens against time, the hours of a week, or releases.
#include "models/analysis/cacheengine.h"
#include "models/analysis/distinct.h"
#include "models/analysis/heatmapcells.h"
#include "models/analysis/recordscan.h"

#include <algorithm>

namespace telltale {
namespace {

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

/// Each lane of a scan has them all.
constexpr std::size_t kMostColumnsInLanes = 2'000;

/// What one lane of a scan has seen, rows in order of first sight.
class alignas(64) LaneCells
{
public:
    struct Found
    {
        Cells cells;
        PlaceMap places;
        bool isTooLarge = false;
        std::uint64_t withoutColumn = 0;
    };
    Found found;

    LaneCells(const ColumnFinder &finder, HeatmapValue value)
        : m_finder(finder)
        , m_value(value)
    {
        Cells &cells = found.cells;
        cells.width = finder.columns.size();
        cells.columnSeen.resize(cells.width);
        cells.areSums = value == HeatmapValue::Dwell;
    }
    void add(const RecordRow &row, std::uint32_t subject)
    {
        Cells &cells = found.cells;
        const std::uint32_t column = m_finder.columnOf(row);
        if (column >= cells.width) {
            ++found.withoutColumn;
            return;
        }
        const std::uint32_t place = found.places.placeOf(subject);
        if (!hasRow(place))
            return;
        cells.columnSeen[column] = 1;
        const std::size_t cell = place * cells.width + column;
        if (m_value == HeatmapValue::Users) {
            if (row.user == 0)
                return;
            if (m_rowUsers.insert(place, row.user))
                ++cells.totals[place];
            if (m_cellUsers.insert(static_cast<std::uint32_t>(cell), row.user))
                ++cells.values[cell];
            return;
        }
        if (m_value == HeatmapValue::Dwell) {
            if (row.duration >= 0)
                cells.sums[cell] += static_cast<std::uint64_t>(row.duration);
            return;
        }
        ++cells.values[cell];
        ++cells.totals[place];
    }
    void add(const LaneCells &other)
    {
        found.withoutColumn += other.found.withoutColumn;
        found.isTooLarge = found.isTooLarge || other.found.isTooLarge;
        std::vector<std::uint32_t> here; // by row of the other one
        for (const std::uint32_t subject : other.found.places.ids()) {
            here.push_back(found.places.placeOf(subject));
            if (!hasRow(here.back()))
                return;
        }
        Cells &cells = found.cells;
        const std::size_t width = cells.width;
        for (std::size_t i = 0; i < width; ++i)
            cells.columnSeen[i] |= other.found.cells.columnSeen[i];
        if (m_value == HeatmapValue::Users) {
            const auto rowHere = [&here](std::uint32_t row) { return here[row]; };
            const auto cellHere = [&here, width](std::uint32_t cell) {
                return static_cast<std::uint32_t>(here[cell / width] * width + cell % width);
            };
            m_rowUsers.add(other.m_rowUsers, rowHere, [&cells](std::uint32_t row, std::size_t count) {
                cells.totals[row] += static_cast<double>(count);
            });
            m_cellUsers.add(other.m_cellUsers, cellHere, [&cells](std::uint32_t cell, std::size_t count) {
                cells.values[cell] += static_cast<double>(count);
            });
            return;
        }
        for (std::size_t row = 0; row < here.size(); ++row) {
            cells.totals[here[row]] += other.found.cells.totals[row];
            for (std::size_t i = 0; i < width; ++i) {
                cells.values[here[row] * width + i] += other.found.cells.values[row * width + i];
                if (cells.areSums)
                    cells.sums[here[row] * width + i] += other.found.cells.sums[row * width + i];
            }
        }
    }

private:
    bool hasRow(std::uint32_t place)
    {
        found.isTooLarge = found.isTooLarge || !found.cells.makeRow(place);
        return !found.isTooLarge;
    }

    ColumnFinder m_finder; ///< remembers the hour it found last
    HeatmapValue m_value;
    DistinctPairs m_cellUsers, m_rowUsers;
};

} // namespace

Engine::Reply<Heatmap> CacheEngine::heatmap(const Scope &scope, HeatmapRows rows, HeatmapColumns columns,
                                            HeatmapValue value, std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop), listening());
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

    const auto laneCount = value == HeatmapValue::Users ? scan.laneCountForSets(std::span(&kind, 1), range)
                                                        : Result<std::size_t>(scan.laneCount());
    if (!laneCount)
        return tl::unexpected(laneCount.error());
    std::vector<LaneCells> lanes(finder.columns.size() <= kMostColumnsInLanes ? *laneCount : 1,
                                 LaneCells(finder, value));
    const auto add = [&lanes, ofScreens](std::size_t lane, const RecordRow &row) {
        lanes[lane].add(row, ofScreens ? row.screen : row.feature);
    };
    const auto done = scan.runIn(lanes.size(), std::span(&kind, 1), range, add);
    if (!done)
        return tl::unexpected(done.error());
    for (std::size_t lane = 1; lane < lanes.size(); ++lane)
        lanes.front().add(lanes[lane]);
    auto &[cells, places, isTooLarge, withoutColumn] = lanes.front().found;
    if (isTooLarge)
        return failure(
            Error::Code::InvalidArgument,
            "that makes more than 16,000,000 cells; ask for a shorter range (--from, --to) or wider columns");
    cells.finishSums();
    if (withoutColumn > 0)
        scan.note(std::to_string(withoutColumn) + " records name no release and are left out");
    if (columns == HeatmapColumns::Release)
        dropUnseenColumns(cells, finder.columns);
    const auto firstSeen = firstSeenOf(scan, kind, places.ids());
    if (!firstSeen)
        return tl::unexpected(firstSeen.error());
    Answered<Heatmap> answer;
    answer.value =
        sortedHeatmap(*m_reader, cells, std::move(finder.columns), places.ids(), *firstSeen, scope.limit);
    answer.notes = scan.takeNotes();
    answer.plan = scan.plan();
    return answer;
}

} // namespace telltale
