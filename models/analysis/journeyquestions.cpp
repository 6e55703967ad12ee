// SPDX-License-Identifier: GPL-3.0-or-later
// Do people come back, and do they get to the end?
#include "models/analysis/buckets.h"
#include "models/analysis/cacheengine.h"
#include "models/analysis/distinct.h"
#include "models/analysis/percentile.h"
#include "models/analysis/recordscan.h"

#include <algorithm>
#include <bit>
#include <unordered_map>

namespace telltale {
namespace {

constexpr std::size_t kMostSteps = 20;

/// What one user did of a funnel.
struct Taken
{
    std::int64_t time;
    std::uint32_t step;
    std::uint32_t first; ///< the first step its record could be
};

/// The local date on which a bucket begins.
std::string dateOf(const Zone &zone, Instant start)
{
    return zone.formatLocalDate(start);
}

/// For each step the time since the first one, kNoDuration where the user never got. `starts[i]` is the latest first step of a
/// chain that has come to step i: the latest gives the most time for what follows.
std::vector<std::int64_t> walk(std::vector<Taken> &taken, std::size_t steps, std::int64_t window)
{
    // A record that could be two steps stands here twice, the later step first: so it never takes both.
    std::stable_sort(taken.begin(), taken.end(), [](const Taken &a, const Taken &b) {
        return a.time != b.time ? a.time < b.time : a.first < b.first;
    });
    std::vector<std::int64_t> reached(steps, kNoDuration);
    std::vector<std::int64_t> starts(steps, 0);
    std::vector<bool> hasStart(steps, false);
    for (const Taken &each : taken) {
        const std::size_t step = each.step;
        if (step == 0) {
            starts[0] = each.time;
            hasStart[0] = true;
            if (reached[0] < 0)
                reached[0] = 0;
            continue;
        }
        if (!hasStart[step - 1] || each.time - starts[step - 1] > window)
            continue;
        starts[step] = starts[step - 1];
        hasStart[step] = true;
        if (reached[step] < 0)
            reached[step] = each.time - starts[step];
    }
    return reached;
}

} // namespace

Engine::Reply<std::vector<RetentionRow>> CacheEngine::retention(CalendarUnit period, const Scope &scope,
                                                                std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop), listening());
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    scan.wantOnly({RecordColumn::Time, RecordColumn::User});
    const auto closed = scan.closedRange(kActiveKinds, true);
    if (!closed)
        return tl::unexpected(closed.error());
    if (closed->isEmpty())
        return Answered<std::vector<RetentionRow>>{{}, scan.takeNotes(), scan.plan()};
    const auto buckets = Buckets::cut(scope.zone, period, *closed);
    if (!buckets)
        return tl::unexpected(buckets.error());
    // Everything before the range counts for who is new, nothing after it.
    constexpr std::uint32_t kBefore = 0xffffffffU;
    DistinctPairs seen;
    std::vector<std::pair<UserId, std::uint32_t>> pairs;
    const auto done = scan.run(kActiveKinds, {Instant::min(), closed->to}, [&](const RecordRow &row) {
        if (row.user == 0)
            return;
        const std::uint32_t bucket = row.time < closed->from.ns
                                         ? kBefore
                                         : static_cast<std::uint32_t>(buckets->indexOf(row.time));
        if (seen.insert(bucket, row.user))
            pairs.emplace_back(row.user, bucket);
    });
    if (!done)
        return tl::unexpected(done.error());
    std::sort(pairs.begin(), pairs.end(), [](const auto &a, const auto &b) {
        return a.first != b.first ? a.first < b.first : a.second + 1 < b.second + 1; // what lies before comes first
    });
    const std::size_t count = buckets->size();
    std::vector<std::vector<std::uint64_t>> users(count);
    for (std::size_t i = 0; i < count; ++i)
        users[i].resize(count - i);
    for (std::size_t i = 0; i < pairs.size();) {
        const auto [user, cohort] = pairs[i];
        for (; i < pairs.size() && pairs[i].first == user; ++i) {
            if (cohort != kBefore)
                ++users[cohort][pairs[i].second - cohort];
        }
    }
    std::vector<RetentionRow> rows;
    for (std::size_t cohort = 0; cohort < count; ++cohort) {
        if (users[cohort][0] == 0)
            continue;
        for (std::size_t later = 0; later < users[cohort].size(); ++later)
            rows.push_back({dateOf(scope.zone, buckets->start(cohort)), users[cohort][0], later, users[cohort][later],
                            buckets->end(cohort + later) > scope.now});
    }
    if (rows.size() > scope.limit)
        rows.resize(scope.limit);
    return Answered<std::vector<RetentionRow>>{std::move(rows), scan.takeNotes(), scan.plan()};
}

Engine::Reply<std::vector<FunnelRow>> CacheEngine::funnel(const std::vector<std::string> &steps,
                                                          std::chrono::nanoseconds window, const Scope &scope,
                                                          std::stop_token stop)
{
    if (steps.empty() || steps.size() > kMostSteps)
        return failure(Error::Code::InvalidArgument,
                       "a funnel has between one and " + std::to_string(kMostSteps) + " steps");
    RecordScan scan(*m_reader, scope, std::move(stop), listening());
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    scan.wantOnly({RecordColumn::Time, RecordColumn::User, RecordColumn::Name, RecordColumn::Feature,
                   RecordColumn::Screen});
    std::unordered_map<DictionaryId, std::uint32_t> known; // by name: which steps it is, a bit each
    const auto stepsOf = [&](DictionaryId id) -> std::uint32_t {
        if (id == 0)
            return 0;
        const auto [at, isNew] = known.try_emplace(id, 0);
        if (isNew) {
            const std::string_view text = m_reader->string(id);
            for (std::size_t i = 0; i < steps.size(); ++i)
                at->second |= steps[i] == text ? 1U << i : 0U;
        }
        return at->second;
    };
    std::unordered_map<UserId, std::vector<Taken>> users;
    const auto done = scan.run({RecordKind::UsageEvent, RecordKind::ScreenView}, [&](const RecordRow &row) {
        if (row.user == 0)
            return;
        std::uint32_t taken = stepsOf(row.name);
        taken |= row.kind == RecordKind::ScreenView ? stepsOf(row.screen) : stepsOf(row.feature);
        if (taken == 0)
            return;
        // From the last step to the first, so that one record never takes two.
        for (std::size_t i = steps.size(); i-- > 0;) {
            if (taken >> i & 1U)
                users[row.user].push_back({row.time, static_cast<std::uint32_t>(i),
                                           static_cast<std::uint32_t>(std::countr_zero(taken))});
        }
    });
    if (!done)
        return tl::unexpected(done.error());
    std::vector<FunnelRow> rows(steps.size());
    std::vector<std::vector<std::int64_t>> times(steps.size());
    for (auto &[user, taken] : users) {
        const auto reached = walk(taken, steps.size(), window.count());
        for (std::size_t i = 0; i < steps.size(); ++i) {
            if (reached[i] < 0)
                continue;
            ++rows[i].users;
            times[i].push_back(reached[i]);
        }
    }
    for (std::size_t i = 0; i < steps.size(); ++i) {
        rows[i].step = steps[i];
        if (rows[0].users > 0)
            rows[i].conversion = static_cast<double>(rows[i].users) / static_cast<double>(rows[0].users);
        if (i > 0)
            rows[i].medianMs = percentileMs(times[i], 0.5);
    }
    return Answered<std::vector<FunnelRow>>{std::move(rows), scan.takeNotes(), scan.plan()};
}

} // namespace telltale
