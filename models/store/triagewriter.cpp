// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/triagewriter.h"

#include <string>

namespace telltale {
namespace {

std::string hex(std::uint64_t key)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text(16, '0');
    for (std::size_t i = 16; i-- > 0; key >>= 4)
        text[i] = kDigits[key & 15];
    return text;
}

} // namespace

TriageWriter::TriageWriter(Database &database)
    : m_find(database, "SELECT 1 FROM error_groups WHERE key = :key")
    , m_insert(database, "INSERT INTO triage (group_key, action, time, release, is_after, until, events, users, until_escalating, target)"
                         " VALUES (:group, :action, :time, :release, :is_after, :until, :events, :users, :until_escalating, :target)")
{}

void TriageWriter::add(std::span<const TriageDecision> decisions)
{
    for (const TriageDecision &decision : decisions) {
        for (const std::uint64_t key : {decision.group, decision.action == TriageDecision::Action::Merge ? decision.target : decision.group}) {
            const StatementScope scope(m_find);
            m_find.bind(":key", key);
            if (!m_find.step())
                throw StoreFailure{Error{Error::Code::NotFound, "there is no error group " + hex(key)}};
        }
        m_insert.bind(":group", decision.group)
            .bindText(":action", triageActionName(decision.action))
            .bind(":time", decision.time.ns)
            .bindText(":release", decision.release)
            .bind(":is_after", decision.isAfter ? 1 : 0)
            .bind(":events", decision.events)
            .bind(":users", decision.users)
            .bind(":until_escalating", decision.untilEscalating ? 1 : 0)
            .bind(":target", decision.target);
        if (decision.until)
            m_insert.bind(":until", decision.until->ns);
        else
            m_insert.bindNull(":until");
        m_insert.execute();
    }
}

} // namespace telltale
