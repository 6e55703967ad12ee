// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/sqlite.h"

#include <cstdint>
#include <functional>
#include <string>

namespace telltale {

/// What could not be read of a table whose pages are damaged.
struct UnreadRows
{
    std::uint64_t ranges = 0; ///< of ids that stand side by side
    bool isAll = false;       ///< not one row could be read, though the table may have some
};

/// Reads what can be read of a table with an INTEGER PRIMARY KEY `id`: from both ends of what is damaged, then halves that, down to
/// single rows. `columns` begins with the id; `visit` gets each row once, in no order, and its own failures pass through. Other failures
/// than Damaged are thrown. Cost: a walk through the table; where it is damaged a few look-ups a row.
UnreadRows readDamagedTable(Database &database, const std::string &table, const std::string &id, const std::string &columns,
                            const std::function<void(Statement &row)> &visit);

/// The same of a table WITHOUT ROWID: from both ends up to the damage. `order` and `reversed` are ORDER BY clauses over its key;
/// where both ends meet `visit` may get rows twice.
UnreadRows readDamagedIndex(Database &database, const std::string &table, const std::string &columns, const std::string &order,
                            const std::string &reversed, const std::function<void(Statement &row)> &visit);

} // namespace telltale
