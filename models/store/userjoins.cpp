// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/userjoins.h"

#include <algorithm>
#include <iterator>

namespace telltale {

void UserJoins::add(std::uint32_t alias, std::uint32_t user)
{
    const std::uint32_t page = alias >> kPageBits;
    if (page >= m_pages.size())
        m_pages.resize(page + 1U);
    if (!m_pages[page])
        m_pages[page] = std::make_unique<Page>();
    (*m_pages[page])[alias & ((1U << kPageBits) - 1)] = user;
    m_aliases.push_back(alias);
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> UserJoins::pairs() const
{
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    pairs.reserve(m_aliases.size());
    for (const std::uint32_t alias : m_aliases)
        pairs.emplace_back(alias, of(alias));
    std::sort(pairs.begin(), pairs.end());
    return pairs;
}

std::vector<std::uint32_t> UserJoins::idsOf(std::uint32_t id) const
{
    const std::uint32_t user = of(id);
    std::vector<std::uint32_t> ids{user};
    std::copy_if(m_aliases.begin(), m_aliases.end(), std::back_inserter(ids),
                 [&](std::uint32_t alias) { return of(alias) == user; });
    std::sort(ids.begin(), ids.end());
    return ids;
}

// --- UserJoinTable ---------------------------------------------------------------------------------------------------

UserJoinTable::UserJoinTable(Database &database)
    : m_read(database, "SELECT number, alias, user FROM user_joins WHERE number > :last ORDER BY number")
{}

void UserJoinTable::refresh()
{
    const StatementScope scope(m_read);
    m_read.bind(":last", m_last);
    while (m_read.step()) {
        m_last = m_read.integer(0);
        if (const std::uint32_t alias = m_read.id(1); alias != 0 && m_joins.of(m_read.id(2)) != alias)
            m_joins.add(alias, m_read.id(2));
    }
}

// --- UserJoinWriter --------------------------------------------------------------------------------------------------

UserJoinWriter::UserJoinWriter(Database &lookups, ChangeWriter &writer, ChangeLog &log)
    : m_lookups(lookups)
    , m_insert(writer, log, "INSERT INTO user_joins (alias, user) VALUES (:alias, :user)")
{}

void UserJoinWriter::prepare()
{
    if (m_table)
        return;
    m_table.emplace(m_lookups);
    m_table->refresh();
}

UserJoinWriter::Outcome UserJoinWriter::join(std::uint32_t user, std::uint32_t alias)
{
    const std::uint32_t known = m_table->joins().of(user);
    if (m_table->joins().of(alias) == known)
        return Outcome::Known;
    if (m_table->joins().isAlias(alias))
        return Outcome::Refused;
    m_table->add(alias, known);
    m_insert.execute(alias, known);
    return Outcome::Joined;
}

} // namespace telltale
