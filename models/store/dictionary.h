// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/changelog.h"
#include "models/store/sqlite.h"
#include "models/telemetry/stringtable.h"

#include <cstdint>
#include <string>
#include <vector>

namespace telltale {

/// Texts to cache-wide ids for the writer: one table `id, hash, text`. Remembers what it met lately; everything else is
/// one look-up by hash. New texts are noted in the log at once. What is in the log and not yet in the table must be
/// remembered: forget() and trim() only when nothing is on its way.
class Dictionary
{
public:
    /// `table` is "strings" or "users"; `lookups` reads it.
    Dictionary(Database &lookups, ChangeWriter &writer, ChangeLog &log, const std::string &table);

    std::uint32_t idOf(std::string_view text);
    std::string textOf(std::uint32_t id);
    /// After a rollback: ids given since may be gone.
    void forget();
    bool isFull() const; ///< it holds more than it should: trim() would make room
    void trim();

private:
    std::uint32_t lookUp(std::string_view text, StringId local);

    Statement m_find, m_text, m_largest;
    LaterStatement m_insert;
    StringTable m_texts;
    std::vector<std::uint32_t> m_ids; ///< by id of m_texts, 0: not looked up
    std::uint32_t m_next = 0;
    std::uint32_t m_firstNew = 0;  ///< the first id given since forget()
    std::vector<StringId> m_added; ///< their ids in m_texts, in order
};

} // namespace telltale
