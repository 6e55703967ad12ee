// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/cachereader.h"
#include "models/store/sqlite.h"
#include "models/store/userjoins.h"

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace telltale {

/// What ids stand for, read from the cache when first asked for and remembered. Safe from any thread; segments share it,
/// so that they can be read after the reader moved on. Views live as long as it does.
class ReaderTexts
{
public:
    explicit ReaderTexts(std::shared_ptr<Database> database);

    std::string_view string(DictionaryId id) { return text(m_strings, id); }
    std::string_view user(UserId id) { return text(m_users, id); }
    std::optional<DictionaryId> findString(std::string_view text) { return find(m_strings, text); }
    /// The user who has this key now, be it as another one's alias.
    std::optional<UserId> findUser(std::string_view key);
    /// As of the last refresh().
    const UserJoins &joins() const { return m_joins.joins(); }
    /// An empty origin for ids that are not there.
    const StoredOrigin &origin(OriginId id);
    std::vector<OriginId> origins();

    /// The key of the session as it was sent; for formed sessions as of now.
    std::string_view session(SessionId id);
    std::optional<SessionId> findSession(std::string_view key);
    SessionId canonical(SessionId id);
    /// Whether any session is another one's alias.
    bool hasAliases();
    /// All ids that are this session, itself first.
    std::vector<SessionId> aliasesOf(SessionId id);
    /// All that are another one, with that one, in order.
    std::vector<std::pair<SessionId, SessionId>> aliases();
    /// A new transaction began: sessions and users may have been joined since. Nobody else may be reading, or have keys of users and
    /// sessions from before.
    void refresh();
    /// What remembered keys of users and sessions take, about. Up to kMostKeyBytes outlast a transaction.
    std::size_t keyBytes() const { return m_keyBytes; }
    static constexpr std::size_t kMostKeyBytes = std::size_t{4} << 20;

private:
    struct Table
    {
        Statement text, find;
        std::vector<const std::string *> known{}; ///< by id
        bool isOfKeys = false;                    ///< there may be millions
    };
    std::string_view text(Table &table, std::uint32_t id);
    std::optional<std::uint32_t> find(Table &table, std::string_view text);
    const std::string &keepKey(std::string_view text);
    void forgetKeys();
    void loadAliases();

    std::shared_ptr<Database> m_database;
    std::mutex m_mutex;
    Table m_strings, m_users;
    Statement m_origin, m_origins, m_session, m_findSession, m_findFormed, m_aliases, m_aliasesOf;
    UserJoinTable m_joins;
    std::deque<std::string> m_kept;
    std::deque<std::string> m_keptKeys; ///< of users and sessions
    std::size_t m_keyBytes = 0;
    std::deque<StoredOrigin> m_keptOrigins;
    std::vector<const StoredOrigin *> m_knownOrigins;
    std::vector<const std::string *> m_sessionKeys; ///< of sent sessions, by id
    StringTable m_formedKeys;
    std::unordered_map<SessionId, SessionId> m_canonical;
    bool m_hasAliases = false;
};

} // namespace telltale
