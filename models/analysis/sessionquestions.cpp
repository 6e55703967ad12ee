// SPDX-License-Identifier: GPL-3.0-or-later
// Sessions: the list, its mini timelines, and one session record by record.
#include "models/analysis/cacheengine.h"
#include "models/analysis/distinct.h"
#include "models/analysis/percentile.h"
#include "models/analysis/planner.h"
#include "models/analysis/recordscan.h"
#include "models/analysis/recordtext.h"
#include "models/analysis/sessionmetrics.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace telltale {
namespace {

constexpr std::initializer_list<RecordKind> kSessionKinds = {
    RecordKind::UsageEvent, RecordKind::ScreenView, RecordKind::Error,
    RecordKind::Log,        RecordKind::Span,       RecordKind::SessionBound};

constexpr RecordKind kErrors[] = {RecordKind::Error};
/// A page of fewer than this part of all sessions is looked for from its newest end.
constexpr std::size_t kWorthWalking = 4;

/// Adds the sessions of the range (open: everything), canonical. False: a scan is right. Those of whole days are remembered.
Result<bool> sessionsOf(Planner &planner, RollupMemory &memory, std::span<const RecordKind> kinds, TimeRange range,
                        unsigned parts, RollupIds which, IdUnion &sessions)
{
    const TimeRange days = wholeDays(range);
    const auto stamp = planner.stamp(days);
    if (!stamp)
        return tl::unexpected(stamp.error());
    const RollupMemory::Key key{(which == RollupIds::Failed ? "failed " : "sessions ") + planner.editionsKey(),
                                days.from.ns, days.to.ns};
    auto inDays = *stamp ? memory.find<IdUnion>(key, **stamp) : nullptr;
    auto rolled = std::make_shared<IdUnion>(); // of the days, when that is not remembered
    std::vector<TimeRange> known;
    if (inDays)
        known.push_back(days);
    const std::vector<std::int64_t> edges = edgesAround(days, range);
    bool isFine = true;
    const auto done = planner.run(
        RollupFamily::All, parts, kinds, edges,
        [&](std::size_t stretch, const RollupColumns &columns, std::size_t cell) {
            IdUnion &to = days.contains({edges[stretch]}) ? *rolled : sessions;
            isFine = to.addStored(columns.idsOf(which, cell)) && isFine;
        },
        [&](std::size_t, const RecordRow &row) {
            if (row.session != 0)
                sessions.add(row.session);
        },
        false, known);
    if (!done && done.error().code != Error::Code::Damaged)
        return tl::unexpected(done.error());
    if (!done || !isFine)
        return false;
    if (!inDays) {
        rolled->settle();
        inDays = rolled;
        if (*stamp)
            memory.keep<IdUnion>(key, **stamp, inDays, inDays->bytes());
    }
    sessions.add(*inDays);
    planner.resolve(sessions);
    return true;
}

/// The order of the list.
bool isBefore(const StoredSession &a, const StoredSession &b)
{
    return a.start != b.start ? a.start > b.start : a.key < b.key;
}

/// Leaves the first `wanted` of the list, now and then: there may be a million for a page of fifty.
void keepNewest(std::vector<StoredSession> &found, std::size_t wanted)
{
    constexpr std::size_t kWorthSorting = 4096;
    if (wanted >= found.size() || found.size() - wanted < std::max(wanted, kWorthSorting))
        return;
    const auto end = found.begin() + static_cast<std::ptrdiff_t>(wanted);
    std::nth_element(found.begin(), end, found.end(), isBefore);
    found.erase(end, found.end());
}

SessionRecord sessionRecord(CacheReader &reader, const RecordRow &row)
{
    SessionRecord record;
    record.time = {row.time};
    record.kind = row.kind;
    record.severity = row.severity;
    record.isUnhandled = row.isUnhandled;
    record.screen = reader.string(row.screen);
    if (row.duration >= 0)
        record.durationMs = static_cast<double>(row.duration) / kNanosecondsPerMillisecond;
    if (row.error) {
        record.name = row.error->type;
        record.detail = row.error->message;
        record.attributes = withoutFields(row.error->attributes);
        return record;
    }
    switch (row.kind) {
    case RecordKind::UsageEvent:
        record.name = reader.string(row.feature);
        break;
    case RecordKind::ScreenView:
        record.name = record.screen;
        break;
    default:
        record.name = reader.string(row.name);
    }
    Value::Map attributes = row.segment->attributes(row.index);
    if (const Value *body = fieldOf(attributes, fieldkey::kBody); body && !body->isNull())
        record.detail = toDisplayText(*body);
    record.attributes = withoutFields(std::move(attributes));
    return record;
}

} // namespace

SessionRow CacheEngine::sessionRow(const StoredSession &stored)
{
    SessionRow row;
    row.session = stored.key;
    row.user = m_reader->userKey(stored.user);
    if (stored.origin != 0) {
        const StoredOrigin &origin = m_reader->origin(stored.origin);
        row.product = origin.product;
        row.release = origin.release;
        row.os = origin.os;
        row.device = origin.device;
    }
    row.start = stored.start;
    row.end = stored.end;
    row.events = stored.events;
    row.screens = stored.screens;
    row.errors = stored.errors;
    row.isDerived = stored.isDerived;
    return row;
}

Engine::Reply<SessionList> CacheEngine::sessions(const Scope &scope, bool withTimelines, std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop), listening());
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    if (auto rolled = rolledSessions(scan, withTimelines); !rolled)
        return tl::unexpected(rolled.error());
    else if (*rolled)
        return std::move(**rolled);
    scan.wantOnly({RecordColumn::Session});
    SeenIds matching;
    const auto done = scan.run(kActiveKinds, scope.range, [&](const RecordRow &row) {
        if (row.session != 0)
            matching.insert(row.session);
    });
    if (!done)
        return tl::unexpected(done.error());
    return listOf(scan, matching, withTimelines);
}

/// Those of `matching` that overlap the range, the newest first.
Engine::Reply<SessionList> CacheEngine::listOf(RecordScan &scan, const SeenIds &matching, bool withTimelines)
{
    Answered<SessionList> answer;
    const Scope &scope = scan.scope();
    const std::size_t wanted = scope.limit > kNoLimit - scope.skip ? kNoLimit : scope.skip + scope.limit;
    std::vector<StoredSession> found;
    SeenIds taken; // joined sessions must not come twice
    const auto visited = m_reader->forEachSession(scope.range, [&](const StoredSession &session) {
        const SessionId id = m_reader->canonicalSession(session.id);
        if (id == session.id && matching.contains(id) && taken.insert(id)) {
            answer.value.withErrors += session.errors > 0;
            ++answer.value.total;
            found.push_back(session);
            keepNewest(found, wanted);
        }
        return !scan.isCancelled();
    });
    if (!visited)
        return tl::unexpected(visited.error());
    if (scan.isCancelled())
        return scan.cancelled();
    if (const auto paged = pageOf(scan, found, scope.skip, withTimelines, answer.value); !paged)
        return tl::unexpected(paged.error());
    answer.notes = scan.takeNotes();
    answer.plan = scan.plan();
    return answer;
}

/// The first ones of `found` after `skip`, in order, as rows.
Result<void> CacheEngine::pageOf(RecordScan &scan, std::vector<StoredSession> &found, std::size_t skip, bool withTimelines,
                                 SessionList &list)
{
    const std::size_t limit = scan.scope().limit;
    skip = std::min(skip, found.size());
    if (found.size() - skip > limit) {
        const auto end = found.begin() + static_cast<std::ptrdiff_t>(skip + limit);
        std::partial_sort(found.begin(), end, found.end(), isBefore);
        found.erase(end, found.end());
    } else {
        std::sort(found.begin(), found.end(), isBefore);
    }
    found.erase(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(skip));
    std::vector<SessionId> ids;
    for (const StoredSession &session : found) {
        list.rows.push_back(sessionRow(session));
        ids.push_back(session.id);
    }
    return withTimelines ? addTimelines(scan, list.rows, ids) : Result<void>();
}

/// Which sessions there are and which of them had errors is in the rollups; rows are read for the page alone.
CacheEngine::Rolled<SessionList> CacheEngine::rolledSessions(RecordScan &scan, bool withTimelines)
{
    using Nothing = std::optional<Answered<SessionList>>;
    const Scope &scope = scan.scope();
    Planner planner(scan);
    const auto range = planner.rangeFor(RollupFamily::All, kActiveKinds);
    if (!range)
        return tl::unexpected(range.error());
    if (!*range)
        return Nothing();
    scan.wantOnly({RecordColumn::Time, RecordColumn::Session});
    IdUnion matching, failed;
    auto gathered = sessionsOf(planner, *m_memory, kActiveKinds, **range, RollupSessions, RollupIds::Sessions, matching);
    if (gathered && *gathered) {
        Scope everything; // an error counts whenever it was, and whatever the filter says about it
        everything.plan = PlanChoice::Rollups;
        RecordScan all(*m_reader, everything, scan.stopToken(), listening());
        if (const auto ready = all.prepare(); !ready)
            return tl::unexpected(ready.error());
        all.wantOnly({RecordColumn::Time, RecordColumn::Session});
        Planner overAll(all);
        if (const auto isUsed = overAll.isForRollups({}); !isUsed)
            return tl::unexpected(isUsed.error());
        gathered = sessionsOf(overAll, *m_memory, kErrors, {}, RollupOtherIds, RollupIds::Failed, failed);
    }
    if (!gathered)
        return tl::unexpected(gathered.error());
    if (!*gathered || matching.count() / kWorthWalking < scope.limit) {
        scan.plan() = {};
        return Nothing(); // a scan reads the rows of all in the order they lie
    }
    Answered<SessionList> answer;
    answer.value.total = matching.count();
    answer.value.withErrors = matching.countCommon(failed);
    std::vector<std::pair<SessionId, Instant>> page;
    std::size_t skip = scope.skip; // of those in `page`; sessions that start together are in order only when their keys are known
    const auto visited = m_reader->forEachSessionStart((*range)->to, [&](SessionId id, Instant start) {
        const bool isLater = !page.empty() && start < page.back().second;
        if (page.size() >= skip && page.size() - skip >= scope.limit && (page.empty() || isLater))
            return false;
        if (!matching.contains(id))
            return !scan.isCancelled();
        if (isLater && page.size() <= skip) {
            skip -= page.size();
            page.clear();
        }
        page.emplace_back(id, start);
        return !scan.isCancelled();
    });
    if (!visited)
        return tl::unexpected(visited.error());
    if (scan.isCancelled())
        return scan.cancelled();
    std::vector<StoredSession> found;
    for (const auto &[id, start] : page) {
        auto session = m_reader->session(id);
        if (!session)
            return tl::unexpected(session.error());
        found.push_back(std::move(*session));
    }
    if (const auto paged = pageOf(scan, found, skip, withTimelines, answer.value); !paged)
        return tl::unexpected(paged.error());
    answer.notes = scan.takeNotes();
    answer.plan = scan.plan();
    return std::optional(std::move(answer));
}

/// Fills stretches and error times from all records of the sessions, whatever the filter.
Result<void> CacheEngine::addTimelines(RecordScan &scan, std::vector<SessionRow> &rows,
                                       const std::vector<SessionId> &ids)
{
    if (rows.empty())
        return {};
    std::unordered_map<SessionId, std::size_t> rowOf;
    TimeRange extent{Instant::max(), Instant::min()};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rowOf[ids[i]] = i;
        extent.from = std::min(extent.from, rows[i].start);
        extent.to = std::max(extent.to, rows[i].end);
    }
    if (extent.to != Instant::max())
        ++extent.to.ns;
    const auto segments = m_reader->segments(RecordKind::ScreenView, extent);
    if (!segments)
        return tl::unexpected(segments.error());
    for (const SegmentInfo &info : *segments) {
        if (scan.isCancelled())
            return scan.cancelled();
        const auto segment = m_reader->segment(info, SegmentParts::Columns);
        if (!segment)
            continue;
        const auto sessions = (*segment)->sessions();
        for (std::uint32_t i = 0; i < (*segment)->count(); ++i) {
            if (sessions[i] == 0)
                continue;
            const auto row = rowOf.find(m_reader->canonicalSession(sessions[i]));
            if (row == rowOf.end())
                continue;
            const Instant time{(*segment)->times()[i]};
            rows[row->second].stretches.push_back(
                {std::string(m_reader->string((*segment)->screens()[i])), time, time});
        }
    }
    for (SessionRow &row : rows) {
        std::stable_sort(row.stretches.begin(), row.stretches.end(),
                         [](const ScreenStretch &a, const ScreenStretch &b) { return a.start < b.start; });
        for (std::size_t i = 0; i < row.stretches.size(); ++i)
            row.stretches[i].end = i + 1 < row.stretches.size() ? row.stretches[i + 1].start
                                                                : std::max(row.end, row.stretches[i].start);
    }
    return m_reader->forEachError(extent, false, [&](const StoredError &error) {
        if (error.session != 0) {
            const auto row = rowOf.find(m_reader->canonicalSession(error.session));
            if (row != rowOf.end())
                rows[row->second].errorTimes.push_back(error.time);
        }
        return !scan.isCancelled();
    });
}

Engine::Reply<SessionDetail> CacheEngine::session(const std::string &id, const Scope &scope,
                                                  std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop), listening());
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    scan.wantErrorText();
    scan.wantAttributes();
    scan.wantDwell();
    const auto known = m_reader->findSession(id);
    if (!known)
        return failure(Error::Code::NotFound, "there is no session '" + id + "'");
    const SessionId canonical = m_reader->canonicalSession(*known);
    const auto stored = m_reader->session(canonical);
    if (!stored)
        return tl::unexpected(stored.error());
    if (stored->start == Instant::min())
        return failure(Error::Code::NotFound, "there is no session '" + id + "'");

    Answered<SessionDetail> answer;
    answer.value.session = sessionRow(*stored);
    TimeRange extent{stored->start, stored->end};
    if (extent.to != Instant::max())
        ++extent.to.ns;
    std::vector<SessionRecord> &records = answer.value.records;
    const auto done = scan.runSession(canonical, kSessionKinds, extent, [&](const RecordRow &row) {
        records.push_back(sessionRecord(*m_reader, row));
    });
    if (!done)
        return tl::unexpected(done.error());
    std::stable_sort(records.begin(), records.end(),
                     [](const SessionRecord &a, const SessionRecord &b) { return a.time < b.time; });
    if (records.size() > scope.limit)
        records.resize(scope.limit);
    const auto metrics = metricsOf(canonical, extent, scan);
    if (!metrics)
        return tl::unexpected(metrics.error());
    answer.value.metrics = std::move(*metrics);
    answer.notes = scan.takeNotes();
    answer.plan = scan.plan();
    return answer;
}

/// `scan` can tell attributes, beside which points lie.
Result<std::vector<SessionMetric>> CacheEngine::metricsOf(SessionId canonical, TimeRange extent, RecordScan &scan)
{
    SessionMetrics metrics;
    const auto take = [&](const RecordRow &row) {
        StoredMetric metric = row.segment->metric(row.index);
        metrics.add(metric.series, row.origin, {row.time}, std::move(metric.detail));
    };
    if (const auto done = scan.runSession(canonical, {RecordKind::MetricPoint}, extent, take); !done)
        return tl::unexpected(done.error());
    std::vector<SessionMetric> lines = metrics.take(*m_reader);
    if (metrics.leftOut() > 0)
        scan.note(std::to_string(metrics.leftOut()) + " series of metrics with the fewest points are not shown");
    return lines;
}

} // namespace telltale
