// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/changelog.h"
#include "models/store/sqlite.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace telltale {

/// Which users are another one, of cache-wide ids. Memory: 4 bytes a user near one that was joined. Reading is safe from
/// any thread while nobody adds.
class UserJoins
{
public:
    bool isEmpty() const { return m_aliases.empty(); }
    /// The user that `id` turned out to be, else itself. Cost: an array access for each step of the way.
    std::uint32_t of(std::uint32_t id) const
    {
        for (std::uint32_t user = next(id); user != 0; user = next(id))
            id = user;
        return id;
    }
    bool isAlias(std::uint32_t id) const { return next(id) != 0; }
    /// `alias` is no alias yet, and is not of(user).
    void add(std::uint32_t alias, std::uint32_t user);
    /// Each alias with the user it is, in order of aliases.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs() const;
    /// All ids of the user that `id` is, in order.
    std::vector<std::uint32_t> idsOf(std::uint32_t id) const;

private:
    static constexpr unsigned kPageBits = 10;
    using Page = std::array<std::uint32_t, 1U << kPageBits>;

    std::uint32_t next(std::uint32_t id) const
    {
        const std::uint32_t page = id >> kPageBits;
        return page < m_pages.size() && m_pages[page] ? (*m_pages[page])[id & ((1U << kPageBits) - 1)] : 0;
    }

    std::vector<std::unique_ptr<Page>> m_pages; ///< 0: itself
    std::vector<std::uint32_t> m_aliases;       ///< in order of arrival
};

/// The table of joins in memory.
class UserJoinTable
{
public:
    explicit UserJoinTable(Database &database);

    const UserJoins &joins() const { return m_joins; }
    /// The writer knows before the table does; then it does not refresh() again.
    void add(std::uint32_t alias, std::uint32_t user) { m_joins.add(alias, user); }
    /// Reads what was added since the last time. Inside a transaction. Throws. Cost: what is new.
    void refresh();

private:
    Statement m_read;
    UserJoins m_joins;
    std::int64_t m_last = 0;
};

/// Decides about joins as they arrive. Used by the thread that prepares commits.
class UserJoinWriter
{
public:
    enum class Outcome {
        Known,  ///< they are one already
        Joined, ///< from now on they are one
        Refused ///< the alias is somebody else: two people at one machine are not one
    };

    UserJoinWriter(Database &lookups, ChangeWriter &writer, ChangeLog &log);

    /// Reads the table unless that was done since forget(). Inside a transaction. Throws.
    void prepare();
    Outcome join(std::uint32_t user, std::uint32_t alias);
    /// After prepare().
    std::uint32_t of(std::uint32_t user) const { return m_table->joins().of(user); }
    /// After a rollback.
    void forget() { m_table.reset(); }

private:
    Database &m_lookups;
    LaterStatement m_insert;
    std::optional<UserJoinTable> m_table;
};

} // namespace telltale
