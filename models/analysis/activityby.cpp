// SPDX-License-Identifier: GPL-3.0-or-later
// Activity of several features or screens at once: one walk over rollups or records, whatever their number.
#include "models/analysis/activitycounts.h"
#include "models/analysis/buckets.h"
#include "models/analysis/cacheengine.h"
#include "models/analysis/planner.h"

#include <algorithm>

namespace telltale {
namespace {

/// Which of the names a dictionary id is. There are few of them.
class NamePlaces
{
public:
    NamePlaces(CacheReader &reader, const std::vector<std::string> &names)
    {
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (const auto id = reader.findString(names[i]); id && *id != 0)
                m_places.emplace_back(*id, i);
        }
    }
    /// Calls `visit(place)`; twice for a name that was asked for twice.
    template<typename Visit>
    void forEach(DictionaryId id, Visit &&visit) const
    {
        for (const auto &[known, place] : m_places) {
            if (known == id)
                visit(place);
        }
    }

private:
    std::vector<std::pair<DictionaryId, std::size_t>> m_places;
};

void nameStarts(ActivitySeries &series, const Buckets &buckets, std::size_t limit)
{
    for (std::vector<ActivityRow> &rows : series) {
        for (std::size_t i = 0; i < rows.size(); ++i)
            rows[i].start = buckets.start(i);
        if (rows.size() > limit)
            rows.resize(limit);
    }
}

/// Of so many records each name is looked for alone: what one scan for all keeps apart, a set for each name and bucket, costs more.
constexpr std::uint64_t kRowsWorthOneScan = 2'000'000;

Result<bool> isWorthOneScan(CacheReader &reader, SplitBy by, TimeRange range)
{
    std::uint64_t rows = 0;
    for (const RecordKind kind : kActiveKinds) {
        if (kind == RecordKind::Error || (by == SplitBy::Feature && kind != RecordKind::UsageEvent))
            continue;
        const auto segments = reader.segments(kind, range);
        if (!segments)
            return tl::unexpected(segments.error());
        for (const SegmentInfo &info : *segments)
            rows += info.count;
    }
    return rows > kRowsWorthOneScan;
}

/// Records that are of any of them.
Filter anyOf(SplitBy by, const std::vector<std::string> &names)
{
    Filter filter(FilterTerm::exactly(fieldOf(by), names.front()));
    for (std::size_t i = 1; i < names.size(); ++i)
        filter = filter.or_(Filter(FilterTerm::exactly(fieldOf(by), names[i])));
    return filter;
}

} // namespace

Engine::Reply<ActivitySeries> CacheEngine::activityBy(SplitBy by, const std::vector<std::string> &names, ActivityStep step,
                                                      const Scope &scope, std::stop_token stop)
{
    // Each release is in the rollups of everything. An open range is clipped to what each name has.
    if (by == SplitBy::Release || names.empty() || scope.range.isOpen())
        return Engine::activityBy(by, names, step, scope, std::move(stop));
    if (by == SplitBy::Feature && step >= ActivityStep::FifteenMinutes) {
        RecordScan scan(*m_reader, scope, stop, listening());
        if (const auto ready = scan.prepare(); !ready)
            return tl::unexpected(ready.error());
        if (auto rolled = rolledFeatureActivity(scan, names, step); !rolled)
            return tl::unexpected(rolled.error());
        else if (*rolled)
            return std::move(**rolled);
    }
    {
        const CacheReader::Snapshot snapshot(*m_reader);
        const auto isWorth = isWorthOneScan(*m_reader, by, scope.range);
        if (!isWorth)
            return tl::unexpected(isWorth.error());
        if (!*isWorth && scope.plan == PlanChoice::Automatic)
            return Engine::activityBy(by, names, step, scope, std::move(stop));
    }
    Scope narrow = scope;
    narrow.filter = scope.filter.and_(anyOf(by, names));
    RecordScan scan(*m_reader, narrow, std::move(stop), listening());
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    return scannedActivityBy(scan, by, names, step);
}

/// Only usage events are of a feature, so that the rollups of features know all: quarters of an hour at the finest.
CacheEngine::Rolled<ActivitySeries> CacheEngine::rolledFeatureActivity(RecordScan &scan, const std::vector<std::string> &names,
                                                                       ActivityStep step)
{
    using Nothing = std::optional<Answered<ActivitySeries>>;
    struct Cell
    {
        std::uint64_t events = 0;
        IdUnion users, sessions;
    };
    constexpr RecordKind kKinds[] = {RecordKind::UsageEvent};
    const Scope &scope = scan.scope();
    Planner planner(scan);
    const auto isUsed = planner.isForRollups(scope.range);
    if (!isUsed)
        return tl::unexpected(isUsed.error());
    const auto buckets = *isUsed ? Buckets::cut(scope.zone, step, scope.range) : Buckets();
    if (!*isUsed || !buckets || buckets->size() == 0)
        return Nothing();
    scan.wantOnly({RecordColumn::Time, RecordColumn::User, RecordColumn::Session, RecordColumn::Feature});
    const NamePlaces places(*m_reader, names);
    std::vector<std::vector<Cell>> cells(names.size());
    for (auto &row : cells)
        row.resize(buckets->size());
    bool isFine = true;
    const auto done = planner.run(
        RollupFamily::Feature, RollupUsers | RollupSessions, kKinds, buckets->edgesWithin(scope.range),
        [&](std::size_t bucket, const RollupColumns &columns, std::size_t at) {
            places.forEach(static_cast<DictionaryId>(columns.subjects[at]), [&](std::size_t place) {
                Cell &cell = cells[place][bucket];
                cell.events += columns.count(RollupCount::Usage, at);
                isFine = cell.users.addStored(columns.idsOf(RollupIds::Users, at)) &&
                         cell.sessions.addStored(columns.idsOf(RollupIds::Sessions, at)) && isFine;
            });
        },
        [&](std::size_t bucket, const RecordRow &row) {
            places.forEach(row.feature, [&](std::size_t place) {
                Cell &cell = cells[place][bucket];
                ++cell.events;
                if (row.user != 0)
                    cell.users.add(row.user);
                if (row.session != 0)
                    cell.sessions.add(row.session);
            });
        });
    if (!done && done.error().code != Error::Code::Damaged)
        return tl::unexpected(done.error());
    if (!done || !isFine)
        return Nothing();
    Answered<ActivitySeries> answer;
    for (auto &row : cells) {
        std::vector<ActivityRow> &rows = answer.value.emplace_back();
        for (Cell &cell : row) {
            planner.resolveUsers(cell.users);
            planner.resolve(cell.sessions);
            rows.push_back({{}, cell.events, cell.users.count(), cell.sessions.count(), 0, 0});
        }
    }
    nameStarts(answer.value, *buckets, scope.limit);
    answer.notes = scan.takeNotes();
    answer.plan = scan.plan();
    return std::optional(std::move(answer));
}

Engine::Reply<ActivitySeries> CacheEngine::scannedActivityBy(RecordScan &scan, SplitBy by, const std::vector<std::string> &names,
                                                             ActivityStep step)
{
    const Scope &scope = scan.scope();
    const auto buckets = Buckets::cut(scope.zone, step, scope.range);
    if (!buckets)
        return tl::unexpected(buckets.error());
    scan.wantOnly({RecordColumn::Time, RecordColumn::User, RecordColumn::Session,
                   by == SplitBy::Feature ? RecordColumn::Feature : RecordColumn::Screen});
    const auto laneCount = scan.laneCountForSets(kActiveKinds, scope.range);
    if (!laneCount)
        return tl::unexpected(laneCount.error());
    const NamePlaces places(*m_reader, names);
    const bool fitsInLanes = buckets->size() * names.size() <= ActivityCounts::kMostInLanes;
    std::vector<std::vector<ActivityCounts>> lanes(fitsInLanes ? *laneCount : 1);
    for (auto &lane : lanes) {
        lane.resize(names.size());
        for (ActivityCounts &counts : lane)
            counts.rows.resize(buckets->size());
    }
    scan.wantRoughTimes([&](Instant first, Instant last) { return buckets->isOne(first, last); });
    const auto done = scan.runIn(lanes.size(), kActiveKinds, scope.range, [&](std::size_t lane, const RecordRow &row) {
        const auto bucket = static_cast<std::uint32_t>(buckets->indexOf(row.time));
        places.forEach(by == SplitBy::Feature ? row.feature : row.screen, [&](std::size_t place) { lanes[lane][place].add(bucket, row); });
    });
    if (!done)
        return tl::unexpected(done.error());
    Answered<ActivitySeries> answer;
    for (std::size_t place = 0; place < names.size(); ++place) {
        ActivityCounts &all = lanes.front()[place];
        for (std::size_t lane = 1; lane < lanes.size(); ++lane)
            all.add(lanes[lane][place]);
        answer.value.push_back(std::move(all.rows));
    }
    nameStarts(answer.value, *buckets, scope.limit);
    answer.notes = scan.takeNotes();
    answer.plan = scan.plan();
    return answer;
}

} // namespace telltale
