// SPDX-License-Identifier: GPL-3.0-or-later
// The pulse of the tiles: who was there is in the rollups, medians are taken of what was measured.
#include "models/analysis/buckets.h"
#include "models/analysis/cacheengine.h"
#include "models/analysis/distinct.h"
#include "models/analysis/percentile.h"
#include "models/analysis/latencyrows.h"
#include "models/analysis/recordscan.h"
#include "models/analysis/twoatonce.h"

#include <algorithm>
#include <functional>
#include <memory>

namespace telltale {
namespace {

std::optional<double> quantileMs(std::span<const DurationPile> durations, double share)
{
    return inMilliseconds(DurationPile::quantiles(durations, std::span(&share, 1)).front());
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

/// So long buckets are worth looking for the sessions that go over from one to the next.
constexpr double kWideBucket = 2 * 3600e9;

/// The same from who was there in each bucket: who was not in an earlier one began in this one, unless the session is one of
/// the few that go over from before. False when those are not few.
Result<bool> countRolledStarts(CacheReader &reader, RecordScan &scan, const Buckets &buckets, TimeRange range,
                               const std::vector<Presence> &presence, Pulse &pulse)
{
    if (lengthOf(range.from, range.to) < kWideBucket * static_cast<double>(buckets.size()))
        return false;
    IdUnion crashed, seen;
    for (const Presence &each : presence)
        crashed.add(each.crashed);
    for (std::size_t i = 0; i < presence.size(); ++i) {
        IdUnion fresh;
        fresh.add(presence[i].sessions);
        fresh.subtract(seen);
        seen.add(presence[i].sessions);
        pulse.buckets[i].sessionsStarted += fresh.count();
        pulse.buckets[i].sessionsCrashed += fresh.countCommon(crashed);
        const std::int64_t edge = std::max(buckets.start(i), range.from).ns;
        const auto visited = reader.forEachSessionAcross({edge}, [&](SessionId session, Instant start) {
            if (!fresh.contains(session))
                return;
            const bool hasCrashed = crashed.contains(session);
            --pulse.buckets[i].sessionsStarted;
            pulse.buckets[i].sessionsCrashed -= hasCrashed;
            if (start < range.from)
                return;
            PulseRow &bucket = pulse.buckets[buckets.indexOf(start.ns)];
            ++bucket.sessionsStarted;
            bucket.sessionsCrashed += hasCrashed;
        });
        if (!visited)
            return tl::unexpected(visited.error());
        if (scan.isCancelled())
            return scan.cancelled();
    }
    for (const PulseRow &bucket : pulse.buckets)
        pulse.sessionsStarted += bucket.sessionsStarted;
    return true;
}

Visitors rolledVisitors(const std::vector<Presence> &presence, Pulse &pulse)
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
    return Visitors{[all](SessionId id) { return all->sessions.contains(id); },
                    [all](SessionId id) { return all->crashed.contains(id); }};
}

Result<Visitors> scannedVisitors(RecordScan &scan, const Buckets &buckets, TimeRange range, Pulse &pulse)
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
    });
    if (!done)
        return tl::unexpected(done.error());
    pulse.users = all->users.size();
    pulse.sessions = all->sessions.size();
    pulse.sessionsCrashed = all->crashed.size();
    return Visitors{[all](SessionId id) { return all->sessions.contains(id); },
                    [all](SessionId id) { return all->crashed.contains(id); }};
}

void setDwells(const MeasuredDurations &views, Pulse &pulse)
{
    twoAtOnce(
        views.durations.size() > 1, [&] { pulse.dwellP50Ms = quantileMs(views.durations, kMedian); },
        [&] {
            for (std::size_t i = 0; i < views.durations.size(); ++i) {
                const DurationPile &dwells = views.durations[i];
                pulse.buckets[i].dwells = dwells.count();
                pulse.dwells += dwells.count();
                pulse.buckets[i].dwellP50Ms = quantileMs(std::span(&dwells, 1), kMedian);
            }
        });
}

} // namespace

Engine::Reply<Pulse> CacheEngine::pulse(const Scope &scope, ActivityStep step, std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop), listening());
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
    const auto visitors = *presence ? Result<Visitors>(rolledVisitors(**presence, pulse))
                                    : scannedVisitors(scan, *buckets, *range, pulse);
    if (!visitors)
        return tl::unexpected(visitors.error());
    const auto views = durationsIn(scan, RecordKind::ScreenView, *buckets, *range);
    if (!views)
        return tl::unexpected(views.error());
    setDwells(*views, pulse);
    auto areCounted = *presence ? countRolledStarts(*m_reader, scan, *buckets, *range, **presence, pulse)
                                : Result<bool>(false);
    if (!areCounted)
        return tl::unexpected(areCounted.error());
    if (!*areCounted) {
        if (const auto counted = countStarts(*m_reader, scan, *buckets, *range, *visitors, pulse); !counted)
            return tl::unexpected(counted.error());
    }
    const auto spans = durationsIn(scan, RecordKind::Span, *buckets, *range);
    if (!spans)
        return tl::unexpected(spans.error());
    pulse.latency = latencyRows(*spans, *buckets);
    for (const LatencyRow &row : pulse.latency)
        pulse.spans += row.spans;
    pulse.spanP95Ms = quantileMs(spans->durations, kNinetyFifth);
    answer.notes = scan.takeNotes();
    answer.plan = scan.plan();
    return answer;
}

} // namespace telltale
