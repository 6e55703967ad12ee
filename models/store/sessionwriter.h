// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/dictionary.h"
#include "models/store/originwriter.h"
#include "models/store/sqlite.h"
#include "models/telemetry/stringtable.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace telltale {

/// Which sessions go over from before a moment is asked of those that began in the time before it, and of longer ones.
inline constexpr std::int64_t kLongSession = 3600 * std::int64_t{1'000'000'000};

/// The start of a session that only metric points name, which have no part in it.
inline constexpr std::int64_t kNoRecordYet = std::numeric_limits<std::int64_t>::min();

/// A session while records are counted into it.
struct SessionState
{
    SessionId id = 0;
    std::int64_t hash = 0; ///< of the key; unused when formed by us
    std::string key;       ///< packed; empty when formed by us
    bool isFormed = false;
    bool isNew = false, isDirty = false;
    bool isMoved = false; ///< start or user differ from the row: the indexes over them change too
    bool isLong = false;  ///< by the row
    bool hasRecords = false;
    std::int64_t start = kNoRecordYet, end = kNoRecordYet;
    std::int64_t userTime = 0, originTime = 0; ///< of the earliest records that name them
    UserId user = 0;
    OriginId origin = 0;
    std::int64_t events = 0, screens = 0, errors = 0, logs = 0, spans = 0;
    std::string previous;
    SessionState *joinedInto = nullptr; ///< set when it became an alias; stays until trim()
};

/// A record without session.id whose user is known.
struct LooseRecord
{
    std::uint32_t delivery = 0, row = 0;
    UserId user = 0;
    std::int64_t time = 0;
};

/// Keeps the sessions table. What a session says depends on its records alone, not on the order they came in.
/// States are remembered between commits within limits, as a Dictionary remembers; all changes of a commit are noted in
/// its log, at the latest by flush().
class SessionWriter
{
public:
    SessionWriter(Database &lookups, ChangeWriter &writer, ChangeLog &log, Dictionary &users,
                  OriginWriter &origins, std::chrono::nanoseconds gap);

    /// The session an SDK named. Valid until trim() or forget().
    SessionState &sent(std::string_view key);
    /// Finds or forms sessions for records of one user less than a gap apart, joining two when a record closes the
    /// pause between them; then tells the session of each record. Sorts `records`.
    void form(std::vector<LooseRecord> &records,
              const std::function<void(const LooseRecord &record, SessionState &session)> &assign);
    /// The user `from` turned out to be `into`: what was formed of both without a pause is one session. Cost: the sessions
    /// formed for `from`.
    void moveFormed(UserId from, UserId into);
    void add(SessionState &session, RecordKind kind, Instant time, UserId user, OriginId origin);
    /// What we formed of this user's records within the time is part of a session that was sent, after all. `sent` has
    /// records.
    void adopt(SessionState &sent, UserId user, Instant first, Instant last);
    void setPrevious(SessionState &session, std::string_view key);

    void flush();
    /// Longest seen since the start, to bound searches by time.
    std::int64_t longest() const { return m_longest; }
    void forget();
    bool isFull() const;
    void trim();

private:
    SessionState &create();
    SessionState &load(Statement &row);
    SessionState &lookUp(std::string_view key);
    std::vector<SessionState *> formedNear(UserId user, std::int64_t first, std::int64_t last);
    void touch(SessionState &session);
    void join(SessionState &into, SessionState &from);
    void widen(SessionState &session, std::int64_t start, std::int64_t end);
    void takeOrigin(SessionState &session, std::int64_t time, OriginId origin);
    void write(SessionState &session);

    Dictionary &m_users;
    OriginWriter &m_origins;
    std::int64_t m_gap;
    Statement m_findByHash, m_findFormed, m_largest;
    LaterStatement m_insert, m_update, m_extend, m_alias, m_realias;
    std::unordered_map<SessionId, SessionState> m_sessions; ///< nodes stay where they are
    StringTable m_keys;                  ///< as they were sent
    std::vector<SessionState *> m_byKey; ///< by id of the key; none: not looked up
    /// Those we formed and did not join to others, by user and start.
    std::map<std::pair<UserId, std::int64_t>, SessionState *> m_formed;
    std::vector<SessionState *> m_dirty;
    SessionId m_next = 0;
    std::int64_t m_longest = 0;
};

} // namespace telltale
