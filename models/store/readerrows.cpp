// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/readerrows.h"

#include "models/store/cachefile.h"
#include "models/store/sessionkey.h"
#include "models/store/sessionwriter.h"

#include <algorithm>
#include <limits>

namespace telltale {
namespace {

// An error that names nobody is that of its session's user, also when the session said later who that is.
#define TELLTALE_ERROR_USER                                                                                  \
    "iif(user = 0 AND session != 0, coalesce((SELECT s.user FROM sessions AS s WHERE s.id = "                \
    "errors.session), 0), user)"
#define TELLTALE_ERROR_COLUMNS                                                                               \
    "id, time, arrival, group_key, " TELLTALE_ERROR_USER                                                     \
    ", session, origin, name, screen, severity, is_unhandled, type"
#define TELLTALE_SESSION_COLUMNS                                                                             \
    "id, hash IS NULL, key, start, length, user, origin, events, screens, errors, logs, spans, previous"

std::int64_t plus(std::int64_t time, std::int64_t length)
{
    std::int64_t sum = 0;
    return __builtin_add_overflow(time, length, &sum) ? std::numeric_limits<std::int64_t>::max() : sum;
}

Value::Map mapOf(std::string_view bytes)
{
    return decodeKeyValueList(bytes).value_or(Value::Map());
}

} // namespace

Instant lastOf(TimeRange range)
{
    return range.to == Instant::max() || range.to == Instant::min() ? range.to
                                                                    : range.to - std::chrono::nanoseconds(1);
}

ReaderRows::ReaderRows(std::shared_ptr<Database> database, std::shared_ptr<ReaderTexts> texts,
                       std::filesystem::path path)
    : m_database(std::move(database))
    , m_texts(std::move(texts))
    , m_path(std::move(path))
    , m_errors(*m_database, "SELECT " TELLTALE_ERROR_COLUMNS
                            " FROM errors WHERE time >= :from AND time <= :last ORDER BY time, id")
    , m_errorsWithText(*m_database,
                       "SELECT " TELLTALE_ERROR_COLUMNS ", trace, message, stack, attributes FROM errors"
                       " WHERE time >= :from AND time <= :last ORDER BY time, id")
    , m_errorsOf(*m_database,
                 "SELECT " TELLTALE_ERROR_COLUMNS ", trace, message, stack, attributes FROM errors"
                 " WHERE session = :session AND session != 0 ORDER BY time, id")
    , m_errorsOfGroup(*m_database, "SELECT " TELLTALE_ERROR_COLUMNS
                                   " FROM errors WHERE group_key = :group AND time >= :from AND time <= :last"
                                   " ORDER BY time DESC, id DESC")
    , m_errorsOfGroupWithText(*m_database, "SELECT " TELLTALE_ERROR_COLUMNS
                                           ", trace, message, stack, attributes FROM errors"
                                           " WHERE group_key = :group AND time >= :from AND time <= :last"
                                           " ORDER BY time DESC, id DESC")
    // The unary plus keeps the index over times out of it: what is newer is little.
    , m_newErrors(*m_database,
                  "SELECT " TELLTALE_ERROR_COLUMNS " FROM errors WHERE id > (SELECT error FROM rollup_state)"
                  " AND +time >= :from AND +time <= :last ORDER BY id")
    , m_newErrorsWithText(*m_database,
                          "SELECT " TELLTALE_ERROR_COLUMNS ", trace, message, stack, attributes FROM errors"
                          " WHERE id > (SELECT error FROM rollup_state)"
                          " AND +time >= :from AND +time <= :last ORDER BY id")
    , m_userOfSession(*m_database, "SELECT user FROM sessions WHERE id = :id")
    , m_groups(*m_database,
               "SELECT key, rule_version, type, message, culprit, state, events, first_seen, last_seen"
               " FROM error_groups ORDER BY last_seen DESC, key")
    , m_sessions(*m_database, "SELECT " TELLTALE_SESSION_COLUMNS " FROM sessions WHERE alias_of = 0"
                              " AND start >= :earliest AND start <= :last ORDER BY start, id")
    , m_sessionStarts(*m_database, "SELECT id, start FROM sessions WHERE alias_of = 0 AND start <= :last"
                                   " ORDER BY start DESC")
    , m_sessionsBefore(*m_database, "SELECT id, start FROM sessions WHERE alias_of = 0 AND start >= :from AND start < :to")
    , m_longBefore(*m_database, "SELECT id, start FROM sessions INDEXED BY sessions_long WHERE alias_of = 0"
                                " AND is_long = 1 AND start >= :from AND start < :to")
    , m_session(*m_database, "SELECT " TELLTALE_SESSION_COLUMNS " FROM sessions WHERE id = :id")
    , m_longest(*m_database, "SELECT longest_session FROM state")
    , m_sources(*m_database,
                "SELECT id, protocol, product, os, first_arrival, last_arrival, last_event, requests,"
                " records, rejected, duplicates, dropped FROM sources ORDER BY product, os, protocol")
    , m_releases(*m_database, "SELECT release FROM source_releases WHERE source = :source ORDER BY release")
    , m_counters(*m_database, "SELECT name, count FROM counters ORDER BY name")
    , m_summary(*m_database, "SELECT records, oldest, newest FROM state")
    , m_removals(*m_database, "SELECT day, reason, oldest, newest, records, sessions FROM removals"
                              " ORDER BY day DESC, reason")
    , m_series(*m_database,
               "SELECT id, name, unit, description, kind, temporality, is_monotonic, attributes FROM series")
    , m_triage(*m_database, "SELECT group_key, action, time, release, is_after, until, events, users, until_escalating, target"
                            " FROM triage ORDER BY number")
    , m_documents(*m_database, "SELECT kind, name, owner, body FROM documents WHERE kind = :kind OR :kind = '' ORDER BY number")
{}

void ReaderRows::errorOf(Statement &row, bool withText, StoredError &error)
{
    error.id = row.integer(0);
    error.time = {row.integer(1)};
    error.arrival = {row.integer(2)};
    error.group = row.unsignedInteger(3);
    error.user = m_texts->joins().of(row.id(4));
    error.session = row.id(5);
    error.origin = row.id(6);
    error.name = row.id(7);
    error.screen = row.id(8);
    error.severity = static_cast<std::uint8_t>(row.integer(9));
    error.isUnhandled = row.integer(10) != 0;
    error.type = m_texts->string(row.id(11));
    if (!withText)
        return;
    error.trace = {};
    const std::string_view trace = row.bytes(12);
    if (trace.size() == error.trace.traceId.size() + error.trace.spanId.size()) {
        std::copy_n(trace.begin(), error.trace.traceId.size(), error.trace.traceId.begin());
        std::copy_n(trace.begin() + static_cast<std::ptrdiff_t>(error.trace.traceId.size()),
                    error.trace.spanId.size(), error.trace.spanId.begin());
    }
    error.message = row.bytes(13);
    error.stack = row.bytes(14);
    error.attributes = mapOf(row.bytes(15));
}

void ReaderRows::forEachError(TimeRange range, bool withText,
                              const std::function<bool(const StoredError &)> &visit)
{
    visitErrors(withText ? m_errorsWithText : m_errors, range, withText, visit);
}

void ReaderRows::forEachErrorNotRolledUp(TimeRange range, bool withText,
                                         const std::function<bool(const StoredError &)> &visit)
{
    visitErrors(withText ? m_newErrorsWithText : m_newErrors, range, withText, visit);
}

void ReaderRows::visitErrors(Statement &row, TimeRange range, bool withText,
                             const std::function<bool(const StoredError &)> &visit)
{
    const StatementScope scope(row);
    row.bind(":from", range.from.ns).bind(":last", lastOf(range).ns);
    StoredError error;
    while (row.step()) {
        errorOf(row, withText, error);
        if (!visit(error))
            return;
    }
}

void ReaderRows::forEachErrorOf(SessionId session, bool withText,
                                const std::function<bool(const StoredError &)> &visit)
{
    std::vector<StoredError> errors; // of all the sessions that turned out to be this one
    const std::vector<SessionId> ids = m_texts->aliasesOf(m_texts->canonical(session));
    for (const SessionId id : ids) {
        const StatementScope scope(m_errorsOf);
        m_errorsOf.bind(":session", id);
        while (m_errorsOf.step())
            errorOf(m_errorsOf, withText, errors.emplace_back());
    }
    if (ids.size() > 1)
        std::stable_sort(errors.begin(), errors.end(),
                         [](const StoredError &a, const StoredError &b) { return a.time < b.time; });
    for (const StoredError &error : errors) {
        if (!visit(error))
            return;
    }
}

void ReaderRows::forEachErrorOfGroup(std::uint64_t group, TimeRange range, bool withText,
                                     const std::function<bool(const StoredError &)> &visit)
{
    Statement &rows = withText ? m_errorsOfGroupWithText : m_errorsOfGroup;
    rows.bind(":group", static_cast<std::int64_t>(group));
    visitErrors(rows, range, withText, visit);
}

std::vector<StoredErrorGroup> ReaderRows::errorGroups()
{
    std::vector<StoredErrorGroup> groups;
    const StatementScope scope(m_groups);
    while (m_groups.step()) {
        StoredErrorGroup group;
        group.key = m_groups.unsignedInteger(0);
        group.ruleVersion = m_groups.id(1);
        group.type = m_groups.bytes(2);
        group.message = m_groups.bytes(3);
        group.culprit = m_groups.bytes(4);
        group.state = m_groups.bytes(5);
        group.events = m_groups.unsignedInteger(6);
        group.firstSeen = {m_groups.integer(7)};
        group.lastSeen = {m_groups.integer(8)};
        groups.push_back(std::move(group));
    }
    return groups;
}

std::vector<TriageDecision> ReaderRows::triage()
{
    std::vector<TriageDecision> decisions;
    const StatementScope scope(m_triage);
    while (m_triage.step()) {
        const auto action = triageActionNamed(m_triage.bytes(1));
        if (!action)
            continue; // of a later version
        TriageDecision decision;
        decision.group = m_triage.unsignedInteger(0);
        decision.action = *action;
        decision.time = {m_triage.integer(2)};
        decision.release = m_triage.bytes(3);
        decision.isAfter = m_triage.integer(4) != 0;
        if (!m_triage.isNull(5))
            decision.until = Instant{m_triage.integer(5)};
        decision.events = m_triage.unsignedInteger(6);
        decision.users = m_triage.unsignedInteger(7);
        decision.untilEscalating = m_triage.integer(8) != 0;
        decision.target = m_triage.unsignedInteger(9);
        decisions.push_back(std::move(decision));
    }
    return decisions;
}

std::vector<Document> ReaderRows::documents(std::string_view kind)
{
    std::vector<Document> documents;
    const StatementScope scope(m_documents);
    m_documents.bindText(":kind", kind);
    while (m_documents.step())
        documents.push_back({std::string(m_documents.bytes(0)), std::string(m_documents.bytes(1)), std::string(m_documents.bytes(2)),
                             std::string(m_documents.bytes(3))});
    return documents;
}

StoredSession ReaderRows::sessionOf(Statement &row)
{
    StoredSession session;
    session.id = row.id(0);
    session.isDerived = row.integer(1) != 0;
    session.start = {row.integer(3)};
    session.end = {plus(session.start.ns, row.integer(4))};
    session.user = m_texts->joins().of(row.id(5));
    session.origin = row.id(6);
    session.events = row.unsignedInteger(7);
    session.screens = row.unsignedInteger(8);
    session.errors = row.unsignedInteger(9);
    session.logs = row.unsignedInteger(10);
    session.spans = row.unsignedInteger(11);
    session.previous = row.bytes(12);
    session.key = session.isDerived ? derivedSessionKey(m_texts->user(session.user), session.start)
                                    : unpackSessionKey(row.bytes(2));
    return session;
}

std::int64_t ReaderRows::longestSession()
{
    const StatementScope scope(m_longest);
    m_longest.step();
    return m_longest.integer(0);
}

void ReaderRows::forEachSession(TimeRange range, const std::function<bool(const StoredSession &)> &visit)
{
    std::int64_t earliest = 0;
    if (__builtin_sub_overflow(range.from.ns, longestSession(), &earliest))
        earliest = std::numeric_limits<std::int64_t>::min();
    const StatementScope scope(m_sessions);
    m_sessions.bind(":earliest", earliest).bind(":last", lastOf(range).ns);
    while (m_sessions.step()) {
        // The last record is part of the session: it overlaps a range that begins there.
        if (plus(m_sessions.integer(3), m_sessions.integer(4)) < range.from.ns)
            continue;
        if (!visit(sessionOf(m_sessions)))
            return;
    }
}

/// Long sessions have an index of their own: the others began in the hour before.
void ReaderRows::forEachSessionAcross(Instant moment, const std::function<void(SessionId, Instant)> &visit)
{
    std::int64_t hourBefore = 0, earliest = 0;
    if (__builtin_sub_overflow(moment.ns, kLongSession, &hourBefore))
        hourBefore = std::numeric_limits<std::int64_t>::min();
    if (__builtin_sub_overflow(moment.ns, std::max(kLongSession, longestSession()), &earliest))
        earliest = std::numeric_limits<std::int64_t>::min();
    const auto visitAll = [&visit](Statement &rows, std::int64_t from, std::int64_t to) {
        const StatementScope scope(rows);
        rows.bind(":from", from).bind(":to", to);
        while (rows.step())
            visit(rows.id(0), {rows.integer(1)});
    };
    visitAll(m_sessionsBefore, hourBefore, moment.ns);
    visitAll(m_longBefore, earliest, hourBefore);
}

void ReaderRows::forEachSessionStart(Instant to, const std::function<bool(SessionId, Instant)> &visit)
{
    const StatementScope scope(m_sessionStarts);
    m_sessionStarts.bind(":last", lastOf({Instant::min(), to}).ns);
    while (m_sessionStarts.step()) {
        if (!visit(m_sessionStarts.id(0), {m_sessionStarts.integer(1)}))
            return;
    }
}

StoredSession ReaderRows::session(SessionId id)
{
    const StatementScope scope(m_session);
    m_session.bind(":id", m_texts->canonical(id));
    if (!m_session.step())
        throw StoreFailure{Error{Error::Code::NotFound, "there is no such session"}};
    return sessionOf(m_session);
}

UserId ReaderRows::userOfSession(SessionId id)
{
    const StatementScope scope(m_userOfSession);
    m_userOfSession.bind(":id", id);
    return m_userOfSession.step() ? m_texts->joins().of(m_userOfSession.id(0)) : 0;
}

std::vector<StoredSource> ReaderRows::sources()
{
    std::vector<StoredSource> sources;
    const StatementScope scope(m_sources);
    while (m_sources.step()) {
        StoredSource source;
        source.protocol = m_sources.bytes(1);
        source.product = m_sources.bytes(2);
        source.os = m_sources.bytes(3);
        source.name = source.product;
        if (!source.os.empty())
            source.name += (source.name.empty() ? "" : " ") + source.os;
        source.firstArrival = {m_sources.integer(4)};
        source.lastArrival = {m_sources.integer(5)};
        source.lastEvent = {m_sources.integer(6)};
        source.requests = m_sources.unsignedInteger(7);
        source.records = m_sources.unsignedInteger(8);
        source.rejected = m_sources.unsignedInteger(9);
        source.duplicates = m_sources.unsignedInteger(10);
        source.dropped = m_sources.unsignedInteger(11);
        const StatementScope releases(m_releases);
        m_releases.bind(":source", m_sources.integer(0));
        while (m_releases.step())
            source.releases.emplace_back(m_releases.bytes(0));
        sources.push_back(std::move(source));
    }
    return sources;
}

std::vector<StoredCounter> ReaderRows::counters()
{
    std::vector<StoredCounter> counters;
    const StatementScope scope(m_counters);
    while (m_counters.step())
        counters.push_back({std::string(m_counters.bytes(0)), m_counters.unsignedInteger(1)});
    return counters;
}

CacheSummary ReaderRows::summary()
{
    CacheSummary summary;
    const StatementScope scope(m_summary);
    if (m_summary.step()) {
        summary.records = m_summary.unsignedInteger(0);
        if (!m_summary.isNull(1)) {
            summary.oldest = Instant{m_summary.integer(1)};
            summary.newest = Instant{m_summary.integer(2)};
        }
    }
    summary.bytes = cacheBytes(m_path);
    return summary;
}

std::vector<StoredRemoval> ReaderRows::removals()
{
    constexpr std::int64_t kSecondsOfDay = 86'400;
    std::vector<StoredRemoval> all;
    const StatementScope scope(m_removals);
    while (m_removals.step()) {
        StoredRemoval removal;
        removal.day = Instant::fromSeconds(m_removals.integer(0) * kSecondsOfDay);
        removal.reason = m_removals.bytes(1);
        removal.oldest = {m_removals.integer(2)};
        removal.newest = {m_removals.integer(3)};
        removal.records = m_removals.unsignedInteger(4);
        removal.sessions = m_removals.unsignedInteger(5);
        all.push_back(std::move(removal));
    }
    return all;
}

std::vector<StoredSeries> ReaderRows::series()
{
    std::vector<StoredSeries> all;
    const StatementScope scope(m_series);
    while (m_series.step()) {
        const std::uint32_t id = m_series.id(0);
        if (all.size() <= id)
            all.resize(id + 1U);
        StoredSeries &series = all[id];
        series.id = id;
        series.name = m_series.bytes(1);
        series.unit = m_series.bytes(2);
        series.description = m_series.bytes(3);
        series.kind = static_cast<MetricKind>(m_series.integer(4));
        series.temporality = static_cast<Temporality>(m_series.integer(5));
        series.isMonotonic = m_series.integer(6) != 0;
        series.attributes = mapOf(m_series.bytes(7));
    }
    return all;
}

} // namespace telltale
