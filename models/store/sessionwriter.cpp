// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/sessionwriter.h"

#include "models/store/sessionkey.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace telltale {
namespace {

constexpr std::size_t kMostRemembered = 100'000;

#define TELLTALE_SESSION_COLUMNS                                                                             \
    "id, hash, key, start, length, user, user_after, origin, events, screens, errors, logs, spans, previous"

std::int64_t plus(std::int64_t time, std::int64_t distance)
{
    std::int64_t sum = 0;
    if (__builtin_add_overflow(time, distance, &sum))
        return distance > 0 ? std::numeric_limits<std::int64_t>::max()
                            : std::numeric_limits<std::int64_t>::min();
    return sum;
}

/// How long from `start` to `end`; the largest number when it does not fit.
std::int64_t lengthOf(std::int64_t start, std::int64_t end)
{
    std::int64_t length = 0;
    return __builtin_sub_overflow(end, start, &length) ? std::numeric_limits<std::int64_t>::max() : length;
}

} // namespace

SessionWriter::SessionWriter(Database &lookups, ChangeWriter &writer, ChangeLog &log, Dictionary &users,
                             OriginWriter &origins, std::chrono::nanoseconds gap)
    : m_users(users)
    , m_origins(origins)
    , m_gap(gap.count())
    , m_findByHash(lookups, "SELECT " TELLTALE_SESSION_COLUMNS
                            " FROM sessions WHERE hash = :hash AND hash IS NOT NULL")
    , m_findFormed(lookups, "SELECT " TELLTALE_SESSION_COLUMNS
                            " FROM sessions WHERE hash IS NULL AND alias_of = 0 AND user = :user"
                            " AND start <= :latest ORDER BY start DESC")
    , m_largest(lookups, "SELECT max(coalesce(max(id), 0), (SELECT last_session FROM state)) FROM sessions")
    , m_insert(writer, log,
               "INSERT INTO sessions (" TELLTALE_SESSION_COLUMNS
               ", is_long) VALUES (:id, :hash, :key, :start, :length,"
               " :user, :user_after, :origin, :events, :screens, :errors, :logs, :spans, :previous, :is_long)")
    , m_update(writer, log,
               "UPDATE sessions SET start = :start, user = :user, length = :length, user_after = :user_after,"
               " origin = :origin, events = :events, screens = :screens, errors = :errors, logs = :logs,"
               " spans = :spans, previous = :previous, is_long = :is_long WHERE id = :id")
    ,
    // The usual case, a session that goes on: no column of an index is named, nor one that decides whether a row is in it, so
    // that no index is touched.
    m_extend(
        writer, log,
        "UPDATE sessions SET length = :length, user_after = :user_after, origin = :origin, events = :events,"
        " screens = :screens, errors = :errors, logs = :logs, spans = :spans, previous = :previous"
        " WHERE id = :id")
    , m_alias(writer, log,
              "UPDATE sessions SET alias_of = :into, events = 0, screens = 0, errors = 0, logs = 0, spans = 0"
              " WHERE id = :from")
    , m_realias(writer, log, "UPDATE sessions SET alias_of = :into WHERE alias_of = :from AND alias_of != 0")
{}

SessionState &SessionWriter::create()
{
    if (m_next == 0) {
        const StatementScope scope(m_largest);
        m_largest.step();
        m_next = m_largest.id(0) + 1;
    }
    SessionState &session = m_sessions[m_next];
    session.id = m_next++;
    session.isNew = true;
    touch(session);
    return session;
}

SessionState &SessionWriter::load(Statement &row)
{
    const SessionId id = row.id(0);
    if (const auto known = m_sessions.find(id); known != m_sessions.end())
        return known->second;
    SessionState &session = m_sessions[id];
    session.id = id;
    session.isFormed = row.isNull(1);
    session.hash = row.integer(1);
    session.key = row.bytes(2);
    session.start = row.integer(3);
    session.end = plus(session.start, row.integer(4));
    session.isLong = row.integer(4) > kLongSession;
    session.user = row.id(5);
    session.userTime = plus(session.start, row.integer(6));
    session.origin = row.id(7);
    session.originTime = session.start;
    session.events = row.integer(8);
    session.screens = row.integer(9);
    session.errors = row.integer(10);
    session.logs = row.integer(11);
    session.spans = row.integer(12);
    session.previous = row.bytes(13);
    session.hasRecords = session.start != kNoRecordYet;
    if (session.isFormed)
        m_formed.emplace(std::pair(session.user, session.start), &session);
    return session;
}

SessionState &SessionWriter::sent(std::string_view key)
{
    const StringId id = m_keys.intern(key);
    if (id >= m_byKey.size())
        m_byKey.resize(std::size_t(id) + 1);
    if (!m_byKey[id])
        m_byKey[id] = &lookUp(key);
    return *m_byKey[id];
}

SessionState &SessionWriter::lookUp(std::string_view key)
{
    const std::string packed = packSessionKey(key);
    const std::int64_t hash = textHash(key);
    SessionState *session = nullptr;
    {
        const StatementScope scope(m_findByHash);
        m_findByHash.bind(":hash", hash);
        while (!session && m_findByHash.step()) {
            if (m_findByHash.bytes(2) == packed)
                session = &load(m_findByHash);
        }
    }
    if (!session) {
        session = &create();
        session->hash = hash;
        session->key = packed;
    }
    return *session;
}

/// Those of the user that lie less than a gap from [first, last], the oldest id first. What is remembered counts; the
/// table may be behind, it only has more to tell.
std::vector<SessionState *> SessionWriter::formedNear(UserId user, std::int64_t first, std::int64_t last)
{
    // Formed sessions of a user lie at least a gap apart, so in order of start they are in order of end, too.
    const std::int64_t earliest = plus(first, -m_gap);
    const std::int64_t latest = plus(last, m_gap - 1);
    {
        const StatementScope scope(m_findFormed);
        m_findFormed.bind(":user", user).bind(":latest", latest);
        while (m_findFormed.step()) {
            const auto known = m_sessions.find(m_findFormed.id(0));
            if (known != m_sessions.end() && known->second.joinedInto)
                continue;
            const SessionState &session = known != m_sessions.end() ? known->second : load(m_findFormed);
            if (session.end <= earliest)
                break;
        }
    }
    std::vector<SessionState *> near;
    for (auto at = m_formed.upper_bound({user, latest}); at != m_formed.begin();) {
        --at;
        if (at->first.first != user || at->second->end <= earliest)
            break;
        near.push_back(at->second);
    }
    // The oldest id stays, whichever record joins them.
    std::sort(near.begin(), near.end(), [](const auto *a, const auto *b) { return a->id < b->id; });
    return near;
}

void SessionWriter::widen(SessionState &session, std::int64_t start, std::int64_t end)
{
    if (start < session.start) {
        if (session.isFormed)
            m_formed.erase({session.user, session.start});
        session.start = start;
        session.isMoved = true;
        if (session.isFormed)
            m_formed.emplace(std::pair(session.user, start), &session);
    }
    session.end = std::max(session.end, end);
}

void SessionWriter::form(std::vector<LooseRecord> &records,
                         const std::function<void(const LooseRecord &record, SessionState &session)> &assign)
{
    std::sort(records.begin(), records.end(), [](const LooseRecord &a, const LooseRecord &b) {
        return std::tie(a.user, a.time, a.delivery, a.row) < std::tie(b.user, b.time, b.delivery, b.row);
    });
    std::vector<SessionState *> found;
    found.reserve(records.size());
    for (std::size_t begin = 0; begin < records.size();) {
        std::size_t end = begin + 1;
        while (end < records.size() && records[end].user == records[begin].user &&
               lengthOf(records[end - 1].time, records[end].time) < m_gap)
            ++end;
        const std::int64_t first = records[begin].time;
        const std::int64_t last = records[end - 1].time;

        const std::vector<SessionState *> near = formedNear(records[begin].user, first, last);
        SessionState *session = nullptr;
        if (near.empty()) {
            session = &create();
            session->isFormed = true;
            session->user = records[begin].user;
            session->userTime = first;
            session->start = first;
            session->end = last;
            m_formed.emplace(std::pair(session->user, first), session);
        } else {
            session = near.front();
            for (std::size_t i = 1; i < near.size(); ++i)
                join(*session, *near[i]);
            widen(*session, first, last);
            touch(*session);
        }
        for (; begin < end; ++begin)
            found.push_back(session);
    }
    for (std::size_t i = 0; i < records.size(); ++i) {
        while (found[i]->joinedInto)
            found[i] = found[i]->joinedInto;
        assign(records[i], *found[i]);
    }
}

void SessionWriter::adopt(SessionState &sent, UserId user, Instant first, Instant last)
{
    if (user == 0 || !sent.hasRecords)
        return;
    for (SessionState *formed : formedNear(user, sent.start, sent.end)) {
        if (formed->start < first.ns || formed->end > last.ns)
            continue;
        touch(sent);
        join(sent, *formed);
    }
}

void SessionWriter::moveFormed(UserId from, UserId into)
{
    using Limits = std::numeric_limits<std::int64_t>;
    for (SessionState *moved : formedNear(from, Limits::min(), Limits::max())) {
        std::vector<SessionState *> near = formedNear(into, moved->start, moved->end);
        m_formed.erase({from, moved->start});
        moved->user = into;
        moved->isMoved = true;
        touch(*moved);
        near.push_back(moved);
        std::sort(near.begin(), near.end(), [](const auto *a, const auto *b) { return a->id < b->id; });
        SessionState *const kept = near.front();
        for (std::size_t i = 1; i < near.size(); ++i)
            join(*kept, *near[i]);
        touch(*kept);
        m_formed.insert_or_assign({into, kept->start}, kept); // joining may have taken it out for a namesake
    }
}

void SessionWriter::join(SessionState &into, SessionState &from)
{
    if (from.hasRecords) {
        takeOrigin(into, from.originTime, from.origin);
        into.hasRecords = true;
    }
    m_formed.erase({from.user, from.start});
    widen(into, from.start, from.end);
    into.userTime = std::min(into.userTime, from.userTime);
    into.events += from.events;
    into.screens += from.screens;
    into.errors += from.errors;
    into.logs += from.logs;
    into.spans += from.spans;
    setPrevious(into, from.previous);
    if (from.isNew)
        write(from);
    m_alias.execute(into.id, from.id);
    m_realias.execute(into.id, from.id);
    std::erase(m_dirty, &from);
    from.isDirty = from.isNew = false;
    from.joinedInto = &into;
}

void SessionWriter::takeOrigin(SessionState &session, std::int64_t time, OriginId origin)
{
    if (!session.hasRecords || time < session.originTime ||
        (time == session.originTime && origin != session.origin &&
         m_origins.comesBefore(origin, session.origin))) {
        session.origin = origin;
        session.originTime = time;
    }
}

void SessionWriter::add(SessionState &session, RecordKind kind, Instant time, UserId user, OriginId origin)
{
    touch(session);
    const std::int64_t t = time.ns;
    takeOrigin(session, t, origin);
    if (!session.hasRecords && !session.isFormed) {
        session.start = session.end = t;
        session.isMoved = true;
    }
    session.hasRecords = true;
    session.isMoved |= t < session.start;
    session.start = std::min(session.start, t);
    session.end = std::max(session.end, t);
    if (user != 0 && (session.user == 0 || t < session.userTime ||
                      (t == session.userTime && user != session.user &&
                       m_users.textOf(user) < m_users.textOf(session.user)))) {
        session.isMoved |= session.user != user;
        session.user = user;
        session.userTime = t;
    }
    switch (kind) {
    case RecordKind::UsageEvent:
        ++session.events;
        break;
    case RecordKind::ScreenView:
        ++session.screens;
        break;
    case RecordKind::Error:
        ++session.errors;
        break;
    case RecordKind::Log:
        ++session.logs;
        break;
    case RecordKind::Span:
        ++session.spans;
        break;
    case RecordKind::SessionBound:
    case RecordKind::MetricPoint:
        break;
    }
}

void SessionWriter::setPrevious(SessionState &session, std::string_view key)
{
    // Bounds that contradict each other: the smallest text wins, so that order does not matter.
    if (key.empty() || (!session.previous.empty() && session.previous <= key))
        return;
    session.previous = key;
    touch(session);
}

void SessionWriter::touch(SessionState &session)
{
    if (session.isDirty)
        return;
    session.isDirty = true;
    m_dirty.push_back(&session);
}

void SessionWriter::flush()
{
    for (SessionState *session : m_dirty) {
        write(*session);
        session->isNew = false;
        session->isDirty = false;
    }
    m_dirty.clear();
}

void SessionWriter::write(SessionState &session)
{
    const std::int64_t length = lengthOf(session.start, session.end);
    const std::int64_t userAfter = session.user == 0 ? 0 : lengthOf(session.start, session.userTime);
    const auto previous =
        session.previous.empty() ? std::nullopt : std::optional<std::string_view>(session.previous);
    const bool isLong = length > kLongSession;
    m_longest = std::max(m_longest, length);
    if (session.isNew) {
        const auto hash = session.isFormed ? std::nullopt : std::optional(session.hash);
        const auto key = session.isFormed ? std::nullopt : std::optional(Blob{session.key});
        m_insert.execute(session.id, hash, key, session.start, length, session.user, userAfter,
                         session.origin, session.events, session.screens, session.errors, session.logs,
                         session.spans, previous, isLong);
    } else if (session.isMoved || isLong != session.isLong) {
        m_update.execute(session.start, session.user, length, userAfter, session.origin, session.events,
                         session.screens, session.errors, session.logs, session.spans, previous, isLong, session.id);
    } else {
        m_extend.execute(length, userAfter, session.origin, session.events, session.screens, session.errors,
                         session.logs, session.spans, previous, session.id);
    }
    session.isMoved = false;
    session.isLong = isLong;
}

void SessionWriter::forget()
{
    m_dirty.clear();
    m_keys.clear();
    m_byKey.clear();
    m_formed.clear();
    m_sessions.clear();
    m_next = 0;
}

bool SessionWriter::isFull() const
{
    return m_sessions.size() > kMostRemembered;
}

void SessionWriter::trim()
{
    if (isFull())
        forget();
}

} // namespace telltale
