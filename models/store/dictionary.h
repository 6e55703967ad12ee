// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/sqlite.h"
#include "models/telemetry/stringtable.h"

#include <cstdint>
#include <string>
#include <vector>

namespace telltale {

/// Texts to cache-wide ids for the writer: one table `id, hash, text`. Remembers what it met lately; everything else is
/// one look-up by hash. Inserts at once, inside the caller's transaction.
class Dictionary
{
public:
    /// `table` is "strings" or "users".
    Dictionary(Database &database, const std::string &table);

    std::uint32_t idOf(std::string_view text);
    std::string textOf(std::uint32_t id);
    /// After a rollback: ids given since may be gone.
    void forget();
    /// Between commits: keeps the memory within limits.
    void trim();

private:
    std::uint32_t lookUp(std::string_view text);

    Statement m_find, m_insert, m_text, m_largest;
    StringTable m_texts;
    std::vector<std::uint32_t> m_ids; ///< by id of m_texts, 0: not looked up
    std::uint32_t m_next = 0;
};

} // namespace telltale
