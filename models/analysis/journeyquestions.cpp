// SPDX-License-Identifier: GPL-3.0-or-later
// Do people come back?
#include "models/analysis/buckets.h"
#include "models/analysis/cacheengine.h"
#include "models/analysis/planner.h"
#include "models/analysis/recordscan.h"

#include <algorithm>

namespace telltale {
namespace {

constexpr std::uint32_t kNoCohort = 0xffffffffU, kBeforeAll = kNoCohort - 1;

/// Who was there: before the range, and in each period of it.
struct Attendance
{
    Buckets periods;
    IdUnion before;
    std::vector<IdUnion> users; ///< by period
};

/// By cohort and period since: how many of those who were there for the first time in one were there in another.
std::vector<std::vector<std::uint64_t>> countCohorts(const Attendance &there)
{
    std::vector<std::uint32_t> cohortOf; // by user
    const auto cohort = [&cohortOf](std::uint32_t user) -> std::uint32_t & {
        if (user >= cohortOf.size())
            cohortOf.resize(std::size_t(user) + user / 2 + 64, kNoCohort);
        return cohortOf[user];
    };
    for (const UserId user : there.before.ids())
        cohort(user) = kBeforeAll;
    const std::size_t count = there.periods.size();
    std::vector<std::vector<std::uint64_t>> users(count);
    for (std::size_t i = 0; i < count; ++i)
        users[i].resize(count - i);
    for (std::size_t period = 0; period < count; ++period) {
        for (const UserId user : there.users[period].ids()) {
            std::uint32_t &first = cohort(user);
            if (first == kNoCohort)
                first = static_cast<std::uint32_t>(period);
            if (first != kBeforeAll)
                ++users[first][period - first];
        }
    }
    return users;
}

std::vector<RetentionRow> rowsOf(const Attendance &there, const Scope &scope)
{
    std::vector<RetentionRow> rows;
    const auto users = countCohorts(there);
    for (std::size_t cohort = 0; cohort < users.size(); ++cohort) {
        if (users[cohort][0] == 0)
            continue;
        for (std::size_t later = 0; later < users[cohort].size(); ++later)
            rows.push_back({scope.zone.formatLocalDate(there.periods.start(cohort)), users[cohort][0], later,
                            users[cohort][later], there.periods.end(cohort + later) > scope.now});
    }
    if (rows.size() > scope.limit)
        rows.resize(scope.limit);
    return rows;
}

/// The edges of stretches before a moment: whole days, of which what is found is remembered, and what lies around them.
std::vector<std::int64_t> edgesBefore(std::optional<TimeRange> extent, Instant moment)
{
    std::vector<std::int64_t> edges;
    if (moment > Instant::min())
        edges.push_back(Instant::min().ns);
    if (extent && extent->from < moment) {
        const TimeRange before{extent->from, moment};
        for (const std::int64_t edge : edgesAround(wholeDays(before), before))
            edges.push_back(edge);
        edges.pop_back(); // the moment
    }
    return edges;
}

/// An open end is where somebody was.
Result<Attendance> withoutEmptyEnds(Attendance there, const Scope &scope, CalendarUnit period)
{
    std::size_t first = 0, last = there.users.size();
    while (scope.range.from == Instant::min() && first < last && there.users[first].isEmpty())
        ++first;
    while (scope.range.to == Instant::max() && last > first && there.users[last - 1].isEmpty())
        --last;
    if (first == 0 && last == there.users.size())
        return there;
    there.users.erase(there.users.begin() + static_cast<std::ptrdiff_t>(last), there.users.end());
    there.users.erase(there.users.begin(), there.users.begin() + static_cast<std::ptrdiff_t>(first));
    const TimeRange left = there.users.empty()
                               ? TimeRange{Instant{0}, Instant{0}}
                               : TimeRange{there.periods.start(first), there.periods.end(last - 1)};
    auto periods = Buckets::cut(scope.zone, period, left);
    if (!periods)
        return tl::unexpected(periods.error());
    there.periods = std::move(*periods);
    return there;
}

} // namespace

/// Everything before the range counts for who is new, nothing after it.
CacheEngine::Rolled<std::vector<RetentionRow>> CacheEngine::rolledRetention(RecordScan &scan, CalendarUnit period)
{
    using Nothing = std::optional<Answered<std::vector<RetentionRow>>>;
    const Scope &scope = scan.scope();
    Planner planner(scan);
    const auto isUsed = planner.isForRollups({Instant::min(), scope.range.to});
    if (!isUsed)
        return tl::unexpected(isUsed.error());
    if (!*isUsed)
        return Nothing();
    const auto range = planner.hull(RollupFamily::All, kActiveKinds);
    if (!range)
        return tl::unexpected(range.error());
    Attendance there;
    auto periods = *range ? Buckets::cut(scope.zone, period, **range) : Result<Buckets>(Buckets());
    const auto extent = m_reader->rollupExtent(RollupFamily::All);
    if (!extent)
        return tl::unexpected(extent.error());
    if (!periods || periods->size() == 0)
        return Nothing(); // the scan says what is wrong
    there.periods = std::move(*periods);
    std::vector<std::int64_t> edges =
        edgesBefore(*extent, scope.range.from == Instant::min() ? Instant::min() : (*range)->from);
    const std::size_t before = edges.size();
    const std::vector<std::int64_t> inside = there.periods.edgesWithin(**range);
    edges.insert(edges.end(), inside.begin(), inside.end());
    auto presence = rolledPresence(scan, edges);
    if (!presence)
        return tl::unexpected(presence.error());
    if (!*presence)
        return Nothing();
    for (std::size_t i = 0; i < (*presence)->size(); ++i) {
        if (i < before)
            there.before.add((**presence)[i].users);
        else
            there.users.push_back(std::move((**presence)[i].users));
    }
    const auto trimmed = withoutEmptyEnds(std::move(there), scope, period);
    if (!trimmed)
        return tl::unexpected(trimmed.error());
    return Nothing(Answered<std::vector<RetentionRow>>{rowsOf(*trimmed, scope), scan.takeNotes(), scan.plan()});
}

Engine::Reply<std::vector<RetentionRow>> CacheEngine::retention(CalendarUnit period, const Scope &scope,
                                                                std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop), listening());
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    if (auto rolled = rolledRetention(scan, period); !rolled)
        return tl::unexpected(rolled.error());
    else if (*rolled)
        return std::move(**rolled);
    scan.wantOnly({RecordColumn::Time, RecordColumn::User});
    const auto closed = scan.closedRange(kActiveKinds, true);
    if (!closed)
        return tl::unexpected(closed.error());
    if (closed->isEmpty())
        return Answered<std::vector<RetentionRow>>{{}, scan.takeNotes(), scan.plan()};
    auto periods = Buckets::cut(scope.zone, period, *closed);
    if (!periods)
        return tl::unexpected(periods.error());
    struct alignas(64) Lane
    {
        IdUnion before;
        std::vector<IdUnion> users;
    };
    std::vector<Lane> lanes(scan.laneCount());
    for (Lane &lane : lanes)
        lane.users.resize(periods->size());
    const auto done = scan.runInLanes(
        kActiveKinds, TimeRange{Instant::min(), closed->to}, [&](std::size_t at, const RecordRow &row) {
            if (row.user == 0)
                return;
            Lane &lane = lanes[at];
            (row.time < closed->from.ns ? lane.before : lane.users[periods->indexOf(row.time)]).add(row.user);
        });
    if (!done)
        return tl::unexpected(done.error());
    Attendance there{std::move(*periods), {}, std::move(lanes[0].users)};
    for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
        there.before.add(lanes[lane].before);
        for (std::size_t i = 0; lane > 0 && i < there.users.size(); ++i)
            there.users[i].add(lanes[lane].users[i]);
    }
    return Answered<std::vector<RetentionRow>>{rowsOf(there, scope), scan.takeNotes(), scan.plan()};
}

} // namespace telltale
