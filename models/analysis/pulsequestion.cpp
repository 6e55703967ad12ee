// SPDX-License-Identifier: GPL-3.0-or-later
// The pulse of the tiles, and latency: who was there is in the rollups, medians are taken of what was measured.
#include "models/analysis/buckets.h"
#include "models/analysis/cacheengine.h"
#include "models/analysis/distinct.h"
#include "models/analysis/percentile.h"
#include "models/analysis/recordscan.h"

#include <algorithm>
#include <functional>
#include <memory>

namespace telltale {
namespace {

using Durations = std::vector<std::vector<std::int64_t>>; ///< by bucket

struct Latency
{
    std::vector<LatencyRow> rows;
    std::optional<double> p95Ms; ///< of all
};

Result<Latency> latencyOf(RecordScan &scan, const Buckets &buckets, TimeRange range)
{
    Durations durations(buckets.size());
    Latency latency;
    latency.rows.resize(buckets.size());
    const auto done = scan.run({RecordKind::Span}, range, [&](const RecordRow &row) {
        const std::size_t bucket = buckets.indexOf(row.time);
        ++latency.rows[bucket].spans;
        if (row.duration >= 0)
            durations[bucket].push_back(row.duration);
    });
    if (!done)
        return tl::unexpected(done.error());
    latency.p95Ms = percentileMs(durations, 0.95);
    for (std::size_t i = 0; i < latency.rows.size(); ++i) {
        latency.rows[i].start = buckets.start(i);
        latency.rows[i].p50Ms = percentileMs(durations[i], 0.5);
        latency.rows[i].p95Ms = percentileMs(durations[i], 0.95);
    }
    return latency;
}

/// Which sessions were there, and which of them crashed.
struct Visitors
{
    std::function<bool(SessionId)> isHere, isCrashed;
};

/// A session belongs to the bucket it starts in; so does its crash, that shares of crashed sessions make sense.
Result<void> countStarts(CacheReader &reader, RecordScan &scan, const Buckets &buckets, TimeRange range,
                         const Visitors &visitors, Pulse &pulse)
{
    const auto visited = reader.forEachSessionStart(range.to, [&](SessionId session, Instant start) {
        if (start < range.from)
            return false;
        if (visitors.isHere(session)) {
            PulseRow &bucket = pulse.buckets[buckets.indexOf(start.ns)];
            ++pulse.sessionsStarted;
            ++bucket.sessionsStarted;
            bucket.sessionsCrashed += visitors.isCrashed(session);
        }
        return !scan.isCancelled();
    });
    if (!visited)
        return visited;
    return scan.isCancelled() ? Result<void>(scan.cancelled()) : Result<void>();
}

class Dwells
{
public:
    Dwells(const Buckets &buckets, Pulse &pulse)
        : m_pulse(pulse)
        , m_byBucket(buckets.size())
    {}
    void add(const RecordRow &row, std::size_t bucket)
    {
        if (row.kind == RecordKind::ScreenView && row.duration >= 0)
            m_byBucket[bucket].push_back(row.duration);
    }
    void finish()
    {
        m_pulse.dwellP50Ms = percentileMs(m_byBucket, 0.5);
        for (std::size_t i = 0; i < m_byBucket.size(); ++i) {
            m_pulse.buckets[i].dwells = m_byBucket[i].size();
            m_pulse.dwells += m_byBucket[i].size();
            m_pulse.buckets[i].dwellP50Ms = percentileMs(m_byBucket[i], 0.5);
        }
    }

private:
    Pulse &m_pulse;
    Durations m_byBucket;
};

/// From rollups; dwells alone are read.
Result<Visitors> rolledVisitors(RecordScan &scan, const Buckets &buckets, TimeRange range,
                                const std::vector<Presence> &presence, Pulse &pulse, Dwells &dwells)
{
    const auto all = std::make_shared<Presence>();
    for (std::size_t i = 0; i < presence.size(); ++i) {
        pulse.buckets[i].users = presence[i].users.count();
        all->users.add(presence[i].users);
        all->sessions.add(presence[i].sessions);
        all->crashed.add(presence[i].crashed);
    }
    pulse.users = all->users.count();
    pulse.sessions = all->sessions.count();
    pulse.sessionsCrashed = all->crashed.count();
    const auto done = scan.run({RecordKind::ScreenView}, range,
                               [&](const RecordRow &row) { dwells.add(row, buckets.indexOf(row.time)); });
    if (!done)
        return tl::unexpected(done.error());
    return Visitors{[all](SessionId id) { return all->sessions.contains(id); },
                    [all](SessionId id) { return all->crashed.contains(id); }};
}

Result<Visitors> scannedVisitors(RecordScan &scan, const Buckets &buckets, TimeRange range, Pulse &pulse,
                                 Dwells &dwells)
{
    struct Seen
    {
        SeenIds users, sessions, crashed;
    };
    const auto all = std::make_shared<Seen>();
    DistinctPairs bucketUsers;
    const auto done = scan.run(kActiveKinds, range, [&](const RecordRow &row) {
        const auto bucket = static_cast<std::uint32_t>(buckets.indexOf(row.time));
        if (row.user != 0) {
            all->users.insert(row.user);
            pulse.buckets[bucket].users += bucketUsers.insert(bucket, row.user);
        }
        if (row.session != 0) {
            all->sessions.insert(row.session);
            if (row.isUnhandled)
                all->crashed.insert(row.session);
        }
        dwells.add(row, bucket);
    });
    if (!done)
        return tl::unexpected(done.error());
    pulse.users = all->users.size();
    pulse.sessions = all->sessions.size();
    pulse.sessionsCrashed = all->crashed.size();
    return Visitors{[all](SessionId id) { return all->sessions.contains(id); },
                    [all](SessionId id) { return all->crashed.contains(id); }};
}

} // namespace

Engine::Reply<std::vector<LatencyRow>> CacheEngine::latency(const Scope &scope, ActivityStep step,
                                                            std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop));
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    scan.wantOnly({RecordColumn::Time, RecordColumn::Duration});
    constexpr RecordKind kSpans[] = {RecordKind::Span};
    const auto range = scan.closedRange(kSpans);
    if (!range)
        return tl::unexpected(range.error());
    const auto buckets = Buckets::cut(scope.zone, step, *range);
    if (!buckets)
        return tl::unexpected(buckets.error());
    auto latency = latencyOf(scan, *buckets, *range);
    if (!latency)
        return tl::unexpected(latency.error());
    if (latency->rows.size() > scope.limit)
        latency->rows.resize(scope.limit);
    return Answered<std::vector<LatencyRow>>{std::move(latency->rows), scan.takeNotes(), scan.plan()};
}

Engine::Reply<Pulse> CacheEngine::pulse(const Scope &scope, ActivityStep step, std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop));
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    constexpr RecordKind kAll[] = {RecordKind::UsageEvent, RecordKind::ScreenView,   RecordKind::Error,
                                   RecordKind::Log,        RecordKind::SessionBound, RecordKind::Span};
    const auto range = scan.closedRange(kAll);
    if (!range)
        return tl::unexpected(range.error());
    const auto buckets = Buckets::cut(scope.zone, step, *range);
    if (!buckets)
        return tl::unexpected(buckets.error());
    Answered<Pulse> answer;
    Pulse &pulse = answer.value;
    pulse.buckets.resize(buckets->size());
    for (std::size_t i = 0; i < buckets->size(); ++i)
        pulse.buckets[i].start = buckets->start(i);

    const auto presence = buckets->size() > 0 && step > ActivityStep::FifteenSeconds
                              ? rolledPresence(scan, buckets->edgesWithin(*range))
                              : Result<std::optional<std::vector<Presence>>>();
    if (!presence)
        return tl::unexpected(presence.error());
    scan.wantOnly({RecordColumn::Time, RecordColumn::User, RecordColumn::Session, RecordColumn::Duration});
    scan.wantDwell();
    Dwells dwells(*buckets, pulse);
    const auto visitors = *presence ? rolledVisitors(scan, *buckets, *range, **presence, pulse, dwells)
                                    : scannedVisitors(scan, *buckets, *range, pulse, dwells);
    if (!visitors)
        return tl::unexpected(visitors.error());
    dwells.finish();
    if (const auto counted = countStarts(*m_reader, scan, *buckets, *range, *visitors, pulse); !counted)
        return tl::unexpected(counted.error());
    auto latency = latencyOf(scan, *buckets, *range);
    if (!latency)
        return tl::unexpected(latency.error());
    pulse.latency = std::move(latency->rows);
    for (const LatencyRow &row : pulse.latency)
        pulse.spans += row.spans;
    pulse.spanP95Ms = latency->p95Ms;
    answer.notes = scan.takeNotes();
    answer.plan = scan.plan();
    return answer;
}

} // namespace telltale
