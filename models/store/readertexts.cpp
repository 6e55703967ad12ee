// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/readertexts.h"

#include "models/store/sessionkey.h"
#include "models/telemetry/timeformat.h"

#include <algorithm>

namespace telltale {
namespace {

Statement textStatement(Database &database, const std::string &table)
{
    return Statement(database, "SELECT text FROM " + table + " WHERE id = :id");
}

Statement findStatement(Database &database, const std::string &table)
{
    return Statement(database, "SELECT id, text FROM " + table + " WHERE hash = :hash");
}

template<typename T>
T &slotOf(std::vector<T> &values, std::uint32_t id)
{
    if (values.size() <= id)
        values.resize(id + 1U);
    return values[id];
}

Value::Map mapOf(std::string_view bytes)
{
    return decodeKeyValueList(bytes).value_or(Value::Map());
}

} // namespace

ReaderTexts::ReaderTexts(std::shared_ptr<Database> database)
    : m_database(std::move(database))
    , m_strings{textStatement(*m_database, "strings"), findStatement(*m_database, "strings"), {}, false}
    , m_users{textStatement(*m_database, "users"), findStatement(*m_database, "users"), {}, true}
    , m_origin(*m_database,
               "SELECT product, environment, release, os, device, country, scope_name, scope_version,"
               " schema_url, resource_attributes, scope_attributes FROM origins WHERE id = :id")
    , m_origins(*m_database, "SELECT id FROM origins ORDER BY id")
    , m_session(*m_database, "SELECT hash, key, user, start FROM sessions WHERE id = :id")
    , m_findSession(*m_database, "SELECT id, key FROM sessions WHERE hash = :hash AND hash IS NOT NULL")
    , m_findFormed(*m_database, "SELECT id FROM sessions WHERE hash IS NULL AND alias_of = 0 AND user = :user"
                                " AND start = :start")
    , m_aliases(*m_database, "SELECT id, alias_of FROM sessions WHERE alias_of != 0")
    , m_aliasesOf(*m_database, "SELECT id FROM sessions WHERE alias_of = :id AND alias_of != 0")
    , m_joins(*m_database)
{}

const std::string &ReaderTexts::keepKey(std::string_view text)
{
    constexpr std::size_t kPlaces = 2 * sizeof(void *); // by id, which may not be dense
    m_keyBytes += sizeof(std::string) + text.size() + kPlaces;
    return m_keptKeys.emplace_back(text);
}

void ReaderTexts::forgetKeys()
{
    m_users.known = {};
    m_sessionKeys = {};
    m_keptKeys = {};
    m_formedKeys = {};
    m_keyBytes = 0;
}

std::string_view ReaderTexts::text(Table &table, std::uint32_t id)
{
    const std::lock_guard lock(m_mutex);
    if (id < table.known.size() && table.known[id])
        return *table.known[id];
    if (id == 0)
        return {};
    const StatementScope scope(table.text);
    table.text.bind(":id", id);
    if (!table.text.step())
        return {};
    const std::string_view bytes = table.text.bytes(0);
    const std::string &text = table.isOfKeys ? keepKey(bytes) : m_kept.emplace_back(bytes);
    slotOf(table.known, id) = &text;
    return text;
}

std::optional<std::uint32_t> ReaderTexts::find(Table &table, std::string_view text)
{
    const std::lock_guard lock(m_mutex);
    const StatementScope scope(table.find);
    table.find.bind(":hash", textHash(text));
    while (table.find.step()) {
        if (table.find.bytes(1) == text)
            return table.find.id(0);
    }
    return std::nullopt;
}

std::optional<UserId> ReaderTexts::findUser(std::string_view key)
{
    const auto id = find(m_users, key);
    return id ? std::optional(joins().of(*id)) : std::nullopt;
}

const StoredOrigin &ReaderTexts::origin(OriginId id)
{
    static const StoredOrigin kNone;
    const std::lock_guard lock(m_mutex);
    if (id < m_knownOrigins.size() && m_knownOrigins[id])
        return *m_knownOrigins[id];
    const StatementScope scope(m_origin);
    m_origin.bind(":id", id);
    if (id == 0 || !m_origin.step())
        return kNone;
    StoredOrigin origin;
    origin.id = id;
    int column = 0;
    for (std::string *text :
         {&origin.product, &origin.environment, &origin.release, &origin.os, &origin.device, &origin.country,
          &origin.scopeName, &origin.scopeVersion, &origin.schemaUrl})
        *text = m_origin.bytes(column++);
    origin.resourceAttributes = mapOf(m_origin.bytes(9));
    origin.scopeAttributes = mapOf(m_origin.bytes(10));
    m_keptOrigins.push_back(std::move(origin));
    slotOf(m_knownOrigins, id) = &m_keptOrigins.back();
    return m_keptOrigins.back();
}

std::vector<OriginId> ReaderTexts::origins()
{
    const std::lock_guard lock(m_mutex);
    std::vector<OriginId> ids;
    const StatementScope scope(m_origins);
    while (m_origins.step())
        ids.push_back(m_origins.id(0));
    return ids;
}

std::string_view ReaderTexts::session(SessionId id)
{
    UserId user = 0;
    Instant start;
    {
        const std::lock_guard lock(m_mutex);
        if (id < m_sessionKeys.size() && m_sessionKeys[id])
            return *m_sessionKeys[id];
        const StatementScope scope(m_session);
        m_session.bind(":id", id);
        if (id == 0 || !m_session.step())
            return {};
        if (!m_session.isNull(0)) {
            const std::string &key = keepKey(unpackSessionKey(m_session.bytes(1)));
            slotOf(m_sessionKeys, id) = &key;
            return key;
        }
        user = m_session.id(2);
        start = {m_session.integer(3)};
    }
    const std::string key = derivedSessionKey(this->user(user), start);
    const std::lock_guard lock(m_mutex);
    m_keyBytes += key.size();
    return m_formedKeys.view(m_formedKeys.intern(key));
}

std::optional<SessionId> ReaderTexts::findSession(std::string_view key)
{
    {
        const std::lock_guard lock(m_mutex);
        const std::string packed = packSessionKey(key);
        const StatementScope scope(m_findSession);
        m_findSession.bind(":hash", textHash(key));
        while (m_findSession.step()) {
            if (m_findSession.bytes(1) == packed)
                return m_findSession.id(0);
        }
    }
    const std::size_t at = key.rfind('@');
    if (at == std::string_view::npos)
        return std::nullopt;
    const auto start = parseRfc3339(key.substr(at + 1));
    const auto user = findUser(key.substr(0, at));
    if (!start || !user)
        return std::nullopt;
    const std::lock_guard lock(m_mutex);
    const StatementScope scope(m_findFormed);
    m_findFormed.bind(":user", *user).bind(":start", start->ns);
    if (m_findFormed.step())
        return m_findFormed.id(0);
    return std::nullopt;
}

/// Called with the mutex held.
void ReaderTexts::loadAliases()
{
    if (m_hasAliases)
        return;
    m_canonical.clear();
    const StatementScope scope(m_aliases);
    while (m_aliases.step())
        m_canonical.emplace(m_aliases.id(0), m_aliases.id(1));
    m_hasAliases = true;
}

bool ReaderTexts::hasAliases()
{
    const std::lock_guard lock(m_mutex);
    loadAliases();
    return !m_canonical.empty();
}

SessionId ReaderTexts::canonical(SessionId id)
{
    const std::lock_guard lock(m_mutex);
    loadAliases();
    if (m_canonical.empty())
        return id;
    const auto found = m_canonical.find(id);
    return found == m_canonical.end() ? id : found->second;
}

std::vector<std::pair<SessionId, SessionId>> ReaderTexts::aliases()
{
    const std::lock_guard lock(m_mutex);
    loadAliases();
    std::vector<std::pair<SessionId, SessionId>> pairs(m_canonical.begin(), m_canonical.end());
    std::sort(pairs.begin(), pairs.end());
    return pairs;
}

std::vector<SessionId> ReaderTexts::aliasesOf(SessionId id)
{
    std::vector<SessionId> ids{id};
    const std::lock_guard lock(m_mutex);
    const StatementScope scope(m_aliasesOf);
    m_aliasesOf.bind(":id", id);
    while (m_aliasesOf.step())
        ids.push_back(m_aliasesOf.id(0));
    return ids;
}

void ReaderTexts::refresh()
{
    const std::lock_guard lock(m_mutex);
    m_hasAliases = false;
    if (m_keyBytes > kMostKeyBytes)
        forgetKeys();
    m_joins.refresh();
}

} // namespace telltale
