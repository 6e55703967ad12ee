// SPDX-License-Identifier: GPL-3.0-or-later
// Questions with one row a stretch of time: activity and active users. See pulsequestion.cpp for more.
#include "models/analysis/activitycounts.h"
#include "models/analysis/buckets.h"
#include "models/analysis/cacheengine.h"
#include "models/analysis/distinct.h"
#include "models/analysis/recordscan.h"

#include <algorithm>

namespace telltale {
namespace {

constexpr int kDaysOfMonth = 28;
constexpr int kDaysOfWeek = 7;

template<typename T>
void keepFirst(std::vector<T> &rows, std::size_t limit)
{
    if (rows.size() > limit)
        rows.resize(limit);
}

/// Users by day, then distinct over windows of days.
class DayUsers
{
public:
    explicit DayUsers(std::size_t days)
        : m_days(days)
    {}
    void add(std::uint32_t day, UserId user)
    {
        if (m_seen.insert(day, user))
            m_pairs.push_back(std::uint64_t(user) << 32 | day);
    }
    /// For every day the users with a record on it or the `window - 1` days before.
    std::vector<std::uint64_t> distinctOver(std::uint32_t window)
    {
        std::sort(m_pairs.begin(), m_pairs.end());
        std::vector<std::int64_t> change(m_days + 1);
        std::uint64_t user = ~std::uint64_t(0);
        std::uint32_t coveredTo = 0; // first day on which the user does not count any more
        for (const std::uint64_t pair : m_pairs) {
            const auto day = static_cast<std::uint32_t>(pair);
            if (pair >> 32 != user) {
                user = pair >> 32;
                coveredTo = 0;
            }
            const std::uint32_t begin = std::max(day, coveredTo);
            const std::uint32_t end =
                static_cast<std::uint32_t>(std::min<std::size_t>(m_days, std::size_t(day) + window));
            if (end > begin) {
                ++change[begin];
                --change[end];
            }
            coveredTo = std::max(coveredTo, end);
        }
        std::vector<std::uint64_t> counts(m_days);
        std::int64_t running = 0;
        for (std::size_t day = 0; day < m_days; ++day)
            counts[day] = static_cast<std::uint64_t>(running += change[day]);
        return counts;
    }

private:
    std::size_t m_days;
    DistinctPairs m_seen;
    std::vector<std::uint64_t> m_pairs;
};

} // namespace

Engine::Reply<std::vector<ActivityRow>> CacheEngine::activity(const Scope &scope, ActivityStep step,
                                                              std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop), listening());
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    if (auto rolled = rolledActivity(scan, step); !rolled)
        return tl::unexpected(rolled.error());
    else if (*rolled)
        return std::move(**rolled);
    scan.wantOnly({RecordColumn::Time, RecordColumn::User, RecordColumn::Session});
    const auto range = scan.closedRange(kActiveKinds);
    if (!range)
        return tl::unexpected(range.error());
    const auto buckets = Buckets::cut(scope.zone, step, *range);
    if (!buckets)
        return tl::unexpected(buckets.error());
    const auto laneCount = scan.laneCountForSets(kActiveKinds, *range);
    if (!laneCount)
        return tl::unexpected(laneCount.error());
    std::vector<ActivityCounts> lanes(buckets->size() <= ActivityCounts::kMostInLanes ? *laneCount : 1);
    for (ActivityCounts &lane : lanes)
        lane.rows.resize(buckets->size());
    const auto add = [&](std::size_t lane, const RecordRow &row) {
        lanes[lane].add(static_cast<std::uint32_t>(buckets->indexOf(row.time)), row);
    };
    scan.wantRoughTimes([&](Instant first, Instant last) { return buckets->isOne(first, last); });
    const auto done = scan.runIn(lanes.size(), kActiveKinds, *range, add);
    if (!done)
        return tl::unexpected(done.error());
    for (std::size_t lane = 1; lane < lanes.size(); ++lane)
        lanes.front().add(lanes[lane]);
    Answered<std::vector<ActivityRow>> answer;
    std::vector<ActivityRow> &rows = answer.value;
    rows = std::move(lanes.front().rows);
    for (std::size_t i = 0; i < rows.size(); ++i)
        rows[i].start = buckets->start(i);
    keepFirst(rows, scope.limit);
    answer.notes = scan.takeNotes();
    answer.plan = scan.plan();
    return answer;
}

Engine::Reply<std::vector<ActiveUsersRow>> CacheEngine::activeUsers(const Scope &scope, std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop), listening());
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    if (auto rolled = rolledActiveUsers(scan); !rolled)
        return tl::unexpected(rolled.error());
    else if (*rolled)
        return std::move(**rolled);
    scan.wantOnly({RecordColumn::Time, RecordColumn::User});
    const auto range = scan.closedRange(kActiveKinds, true);
    if (!range)
        return tl::unexpected(range.error());
    Answered<std::vector<ActiveUsersRow>> answer;
    if (range->isEmpty())
        return answer;
    // The windows of the first days reach back to before the range.
    Instant lookBack = scope.zone.startOf(CalendarUnit::Day, range->from);
    for (int day = 1; day < kDaysOfMonth && lookBack.ns > Instant::min().ns + 1; ++day)
        lookBack = scope.zone.startOf(CalendarUnit::Day, Instant{lookBack.ns - 1});
    const TimeRange read{lookBack, range->to};
    const auto days = Buckets::cut(scope.zone, CalendarUnit::Day, read);
    if (!days)
        return tl::unexpected(days.error());

    DayUsers all(days->size());
    DayUsers inside(days->size());
    const auto done = scan.run(kActiveKinds, read, [&](const RecordRow &row) {
        if (row.user == 0)
            return;
        const auto day = static_cast<std::uint32_t>(days->indexOf(row.time));
        all.add(day, row.user);
        if (row.time >= range->from.ns)
            inside.add(day, row.user);
    });
    if (!done)
        return tl::unexpected(done.error());
    const auto dau = inside.distinctOver(1);
    const auto wau = all.distinctOver(kDaysOfWeek);
    const auto mau = all.distinctOver(kDaysOfMonth);
    for (std::size_t day = days->indexOf(range->from.ns); day < days->size(); ++day)
        answer.value.push_back({scope.zone.formatLocalDate(days->start(day)), dau[day], wau[day], mau[day]});
    keepFirst(answer.value, scope.limit);
    answer.notes = scan.takeNotes();
    answer.plan = scan.plan();
    return answer;
}

} // namespace telltale
