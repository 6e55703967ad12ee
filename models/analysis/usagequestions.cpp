// SPDX-License-Identifier: GPL-3.0-or-later
// Totals, features and screens.
#include "models/analysis/cacheengine.h"
#include "models/analysis/distinct.h"
#include "models/analysis/percentile.h"
#include "models/analysis/recordscan.h"

#include <algorithm>

namespace telltale {

Engine::Reply<Totals> CacheEngine::totals(const Scope &scope, std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop));
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    if (auto rolled = rolledTotals(scan); !rolled)
        return tl::unexpected(rolled.error());
    else if (*rolled)
        return std::move(**rolled);
    scan.wantOnly({RecordColumn::User, RecordColumn::Session});
    Answered<Totals> answer;
    Totals &totals = answer.value;
    SeenIds users;
    SeenIds sessions;
    const auto countActive = [&](std::uint64_t &count) {
        return [&users, &sessions, &count](const RecordRow &row) {
            ++count;
            if (row.user != 0)
                users.insert(row.user);
            if (row.session != 0)
                sessions.insert(row.session);
        };
    };
    const auto count = [](std::uint64_t &n) { return [&n](const RecordRow &) { ++n; }; };
    std::uint64_t bounds = 0;
    const auto runAll = [&]() -> Result<void> {
        if (auto done = scan.run({RecordKind::UsageEvent}, countActive(totals.usageEvents)); !done)
            return done;
        if (auto done = scan.run({RecordKind::ScreenView}, countActive(totals.screenViews)); !done)
            return done;
        if (auto done = scan.run({RecordKind::Error}, countActive(totals.errors)); !done)
            return done;
        if (auto done = scan.run({RecordKind::Log}, countActive(totals.logs)); !done)
            return done;
        if (auto done = scan.run({RecordKind::SessionBound}, countActive(bounds)); !done)
            return done;
        if (auto done = scan.run({RecordKind::Span}, count(totals.spans)); !done)
            return done;
        return scan.run({RecordKind::MetricPoint}, count(totals.metricPoints));
    };
    if (const auto done = runAll(); !done)
        return tl::unexpected(done.error());
    totals.users = users.size();
    totals.sessions = sessions.size();
    answer.notes = scan.takeNotes();
    answer.plan = scan.plan();
    return answer;
}

Engine::Reply<std::vector<FeatureRow>> CacheEngine::features(const Scope &scope, std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop));
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    if (auto rolled = rolledFeatures(scan); !rolled)
        return tl::unexpected(rolled.error());
    else if (*rolled)
        return std::move(**rolled);
    scan.wantOnly({RecordColumn::Feature, RecordColumn::User, RecordColumn::Session});
    Answered<std::vector<FeatureRow>> answer;
    std::vector<FeatureRow> &rows = answer.value;
    PlaceMap places;
    DistinctPairs users;
    DistinctPairs sessions;
    std::uint64_t total = 0;
    const auto done = scan.run({RecordKind::UsageEvent}, [&](const ScanBlock &block) {
        const ScanBlock::Views columns = block.views;
        block.forEachRow([&](std::uint32_t row) {
            const std::uint32_t place = places.placeOf(columns.features[row]);
            if (place == rows.size())
                rows.emplace_back();
            FeatureRow &feature = rows[place];
            ++feature.events;
            ++total;
            const UserId user = columns.users[row];
            const SessionId session = columns.sessions[row];
            if (user != 0 && users.insert(place, user))
                ++feature.users;
            if (session != 0 && sessions.insert(place, session))
                ++feature.sessions;
        });
    });
    if (!done)
        return tl::unexpected(done.error());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].feature = m_reader->string(places.ids()[i]);
        rows[i].share = static_cast<double>(rows[i].events) / static_cast<double>(total);
    }
    std::sort(rows.begin(), rows.end(), [](const FeatureRow &a, const FeatureRow &b) {
        return a.events != b.events ? a.events > b.events : a.feature < b.feature;
    });
    if (rows.size() > scope.limit)
        rows.resize(scope.limit);
    answer.notes = scan.takeNotes();
    answer.plan = scan.plan();
    return answer;
}

Engine::Reply<std::vector<ScreenRow>> CacheEngine::screens(const Scope &scope, std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop));
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    scan.wantOnly({RecordColumn::Time, RecordColumn::Screen, RecordColumn::User, RecordColumn::Duration});
    scan.wantDwell();
    if (auto rolled = rolledScreens(scan); !rolled)
        return tl::unexpected(rolled.error());
    else if (*rolled)
        return std::move(**rolled);
    scan.wantOnly({RecordColumn::Screen, RecordColumn::User, RecordColumn::Duration});
    Answered<std::vector<ScreenRow>> answer;
    std::vector<ScreenRow> &rows = answer.value;
    std::vector<std::vector<std::int64_t>> dwells;
    PlaceMap places;
    DistinctPairs users;
    const auto done = scan.run({RecordKind::ScreenView}, [&](const RecordRow &row) {
        const std::uint32_t place = places.placeOf(row.screen);
        if (place == rows.size()) {
            rows.emplace_back();
            dwells.emplace_back();
        }
        ++rows[place].views;
        if (row.user != 0 && users.insert(place, row.user))
            ++rows[place].users;
        if (row.duration >= 0)
            dwells[place].push_back(row.duration);
    });
    if (!done)
        return tl::unexpected(done.error());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        ScreenRow &row = rows[i];
        row.screen = m_reader->string(places.ids()[i]);
        row.knownDwells = dwells[i].size();
        long double total = 0; // exact: sums of nanoseconds may pass 2^63
        for (const std::int64_t dwell : dwells[i])
            total += static_cast<long double>(dwell);
        row.dwellTotalMs = static_cast<double>(total / 1e6L);
        row.dwellP25Ms = percentileMs(dwells[i], 0.25);
        row.dwellP50Ms = percentileMs(dwells[i], 0.5);
        row.dwellP75Ms = percentileMs(dwells[i], 0.75);
        row.dwellP90Ms = percentileMs(dwells[i], 0.9);
    }
    std::sort(rows.begin(), rows.end(), [](const ScreenRow &a, const ScreenRow &b) {
        return a.views != b.views ? a.views > b.views : a.screen < b.screen;
    });
    if (rows.size() > scope.limit)
        rows.resize(scope.limit);
    answer.notes = scan.takeNotes();
    answer.plan = scan.plan();
    return answer;
}

} // namespace telltale
