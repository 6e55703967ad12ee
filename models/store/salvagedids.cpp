// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/salvagedids.h"

#include "models/store/sessionkey.h"
#include "models/store/sessionwriter.h"

#include <algorithm>

namespace telltale {
namespace {

std::string lostName(std::uint32_t id)
{
    return "(lost " + std::to_string(id) + ")";
}

} // namespace

void SalvagedIds::add(std::uint32_t id)
{
    if (id >= m_have.size())
        m_have.resize(std::max<std::size_t>(id + std::size_t(1), m_have.size() * 2));
    m_size += m_have[id] ? 0 : 1;
    m_have[id] = true;
}

void LostSession::add(RecordKind kind, std::int64_t time, std::uint32_t user, std::uint32_t origin)
{
    if (kind == RecordKind::MetricPoint) // names a session and has no part in it
        return;
    m_start = m_hasRecords ? std::min(m_start, time) : time;
    m_end = m_hasRecords ? std::max(m_end, time) : time;
    m_hasRecords = true;
    if (user != 0 && (m_user == 0 || time < m_userTime)) {
        m_user = user;
        m_userTime = time;
    }
    if (m_origin == 0 || time < m_originTime) {
        m_origin = origin;
        m_originTime = time;
    }
    m_events += kind == RecordKind::UsageEvent;
    m_screens += kind == RecordKind::ScreenView;
    m_errors += kind == RecordKind::Error;
    m_logs += kind == RecordKind::Log;
    m_spans += kind == RecordKind::Span;
}

void LostSession::write(Database &to, std::uint32_t id) const
{
    const std::string key = lostName(id);
    const std::string packed = packSessionKey(key);
    const std::int64_t start = m_hasRecords ? m_start : kNoRecordYet;
    Statement insert(to, "INSERT OR IGNORE INTO sessions (id, hash, key, start, length, user, user_after, origin, events, screens, errors,"
                         " logs, spans) VALUES (:id, :hash, :key, :start, :length, :user, :user_after, :origin, :events, :screens,"
                         " :errors, :logs, :spans)");
    insert.bind(":id", id)
        .bind(":hash", textHash(key))
        .bindBlob(":key", packed)
        .bind(":start", start)
        .bind(":length", m_end - m_start)
        .bind(":user", m_user)
        .bind(":user_after", m_user == 0 ? 0 : m_userTime - m_start)
        .bind(":origin", m_origin)
        .bind(":events", m_events)
        .bind(":screens", m_screens)
        .bind(":errors", m_errors)
        .bind(":logs", m_logs)
        .bind(":spans", m_spans);
    insert.execute();
}

std::uint64_t nameLostTexts(Database &to, const char *table, const SalvagedIds &ids)
{
    Statement insert(to, std::string("INSERT OR IGNORE INTO ") + table + " (id, hash, text) VALUES (:id, :hash, :text)");
    for (const std::uint32_t id : ids.missing()) {
        const std::string name = lostName(id);
        insert.bind(":id", id).bind(":hash", textHash(name)).bindText(":text", name);
        insert.execute();
    }
    return ids.missing().size();
}

std::uint64_t nameLostOrigins(Database &to, const SalvagedIds &ids)
{
    Statement insert(to, "INSERT OR IGNORE INTO origins (id, hash, product, environment, release, os, device, country, scope_name, scope_version,"
                         " schema_url, resource_attributes, scope_attributes)"
                         " VALUES (:id, randomblob(16), :name, '', :name, '', '', '', '', '', '', x'', x'')");
    for (const std::uint32_t id : ids.missing()) {
        const std::string name = lostName(id);
        insert.bind(":id", id).bindText(":name", name);
        insert.execute();
    }
    return ids.missing().size();
}

std::uint64_t nameLostSeries(Database &to, const SalvagedIds &ids)
{
    Statement insert(to, "INSERT OR IGNORE INTO series (id, hash, name, unit, description, kind, temporality, is_monotonic, attributes)"
                         " VALUES (:id, randomblob(16), :name, '', '', 0, 0, 0, x'')");
    for (const std::uint32_t id : ids.missing()) {
        const std::string name = lostName(id);
        insert.bind(":id", id).bindText(":name", name);
        insert.execute();
    }
    return ids.missing().size();
}

void remakeErrorGroups(Database &to)
{
    // Beside max() the other columns are those of its row.
    to.execute("INSERT OR IGNORE INTO error_groups (key, rule_version, type, message, culprit, state, events, first_seen, last_seen)"
               " SELECT group_key, 0, coalesce((SELECT text FROM strings WHERE id = type), ''), message, '', 'new', count(*),"
               " (SELECT min(time) FROM errors AS earlier WHERE earlier.group_key = errors.group_key), max(time)"
               " FROM errors WHERE group_key NOT IN (SELECT key FROM error_groups) GROUP BY group_key");
}

} // namespace telltale
