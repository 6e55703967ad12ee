// SPDX-License-Identifier: GPL-3.0-or-later
// Totals, features and screens.
#include "models/analysis/cacheengine.h"
#include "models/analysis/distinct.h"
#include "models/analysis/percentile.h"
#include "models/analysis/recordscan.h"

#include <algorithm>
#include <utility>

namespace telltale {
namespace {

/// What one lane of a scan has seen.
struct alignas(64) Presences
{
    std::uint64_t records = 0;
    SeenIds users, sessions;
};

/// What one lane of a scan has seen of features, in order of first sight.
struct alignas(64) FeatureCounts
{
    struct Counts
    {
        std::uint64_t events = 0, users = 0, sessions = 0;
    };
    PlaceMap places;
    std::vector<Counts> features;
    DistinctPairs users, sessions;

    std::uint32_t placeOf(std::uint32_t feature)
    {
        const std::uint32_t place = places.placeOf(feature);
        if (place == features.size())
            features.emplace_back();
        return place;
    }
    void add(const ScanBlock &block)
    {
        const ScanBlock::Views columns = block.views;
        block.forEachRow([&](std::uint32_t row) {
            const std::uint32_t place = placeOf(columns.features[row]);
            Counts &feature = features[place];
            ++feature.events;
            const UserId user = columns.users[row];
            const SessionId session = columns.sessions[row];
            if (user != 0 && users.insert(place, user))
                ++feature.users;
            if (session != 0 && sessions.insert(place, session))
                ++feature.sessions;
        });
    }
    void add(const FeatureCounts &other)
    {
        std::vector<std::uint32_t> here;
        for (std::size_t i = 0; i < other.features.size(); ++i) {
            here.push_back(placeOf(other.places.ids()[i]));
            features[here.back()].events += other.features[i].events;
        }
        const auto placeHere = [&here](std::uint32_t place) { return here[place]; };
        users.add(other.users, placeHere,
                  [this](std::uint32_t place, std::size_t count) { features[place].users += count; });
        sessions.add(other.sessions, placeHere,
                     [this](std::uint32_t place, std::size_t count) { features[place].sessions += count; });
    }
};

} // namespace

Engine::Reply<Totals> CacheEngine::totals(const Scope &scope, std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop), listening());
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    if (auto rolled = rolledTotals(scan); !rolled)
        return tl::unexpected(rolled.error());
    else if (*rolled)
        return std::move(**rolled);
    scan.wantOnly({RecordColumn::User, RecordColumn::Session});
    std::vector<Presences> lanes(scan.laneCount());
    const auto count = [&](RecordKind kind) -> Result<std::uint64_t> {
        const bool isActive = kind != RecordKind::Span && kind != RecordKind::MetricPoint;
        const auto done =
            scan.runInLanes({kind}, scope.range, [&lanes, isActive](std::size_t lane, const RecordRow &row) {
                Presences &at = lanes[lane];
                ++at.records;
                if (isActive && row.user != 0)
                    at.users.insert(row.user);
                if (isActive && row.session != 0)
                    at.sessions.insert(row.session);
            });
        if (!done)
            return tl::unexpected(done.error());
        std::uint64_t records = 0;
        for (Presences &lane : lanes)
            records += std::exchange(lane.records, 0);
        return records;
    };
    Answered<Totals> answer;
    Totals &totals = answer.value;
    std::uint64_t bounds = 0;
    const std::pair<RecordKind, std::uint64_t *> counts[] = {{RecordKind::UsageEvent, &totals.usageEvents},
                                                             {RecordKind::ScreenView, &totals.screenViews},
                                                             {RecordKind::Error, &totals.errors},
                                                             {RecordKind::Log, &totals.logs},
                                                             {RecordKind::SessionBound, &bounds},
                                                             {RecordKind::Span, &totals.spans},
                                                             {RecordKind::MetricPoint, &totals.metricPoints}};
    for (const auto &[kind, into] : counts) {
        const auto counted = count(kind);
        if (!counted)
            return tl::unexpected(counted.error());
        *into = *counted;
    }
    Presences &all = lanes.front();
    for (std::size_t lane = 1; lane < lanes.size(); ++lane) {
        all.users.add(lanes[lane].users);
        all.sessions.add(lanes[lane].sessions);
    }
    totals.users = all.users.size();
    totals.sessions = all.sessions.size();
    answer.notes = scan.takeNotes();
    answer.plan = scan.plan();
    return answer;
}

Engine::Reply<std::vector<FeatureRow>> CacheEngine::features(const Scope &scope, std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop), listening());
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    if (auto rolled = rolledFeatures(scan); !rolled)
        return tl::unexpected(rolled.error());
    else if (*rolled)
        return std::move(**rolled);
    scan.wantOnly({RecordColumn::Feature, RecordColumn::User, RecordColumn::Session});
    constexpr RecordKind kKinds[] = {RecordKind::UsageEvent};
    const auto laneCount = scan.laneCountForSets(kKinds, scope.range);
    if (!laneCount)
        return tl::unexpected(laneCount.error());
    std::vector<FeatureCounts> lanes(*laneCount);
    const auto done =
        scan.runIn(lanes.size(), kKinds, scope.range,
                   [&lanes](std::size_t lane, const ScanBlock &block) { lanes[lane].add(block); });
    if (!done)
        return tl::unexpected(done.error());
    FeatureCounts &all = lanes.front();
    for (std::size_t lane = 1; lane < lanes.size(); ++lane)
        all.add(lanes[lane]);
    std::uint64_t total = 0;
    for (const auto &feature : all.features)
        total += feature.events;
    Answered<std::vector<FeatureRow>> answer;
    std::vector<FeatureRow> &rows = answer.value;
    for (std::size_t i = 0; i < all.features.size(); ++i) {
        const auto &[events, users, sessions] = all.features[i];
        FeatureRow &row = rows.emplace_back();
        row.feature = m_reader->string(all.places.ids()[i]);
        row.events = events;
        row.users = users;
        row.sessions = sessions;
        row.share = static_cast<double>(events) / static_cast<double>(total);
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
    RecordScan scan(*m_reader, scope, std::move(stop), listening());
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
