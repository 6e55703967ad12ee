// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/tablecopy.h"

#include <algorithm>
#include <vector>

#include <sqlite3.h>

namespace telltale {
namespace {

std::vector<std::string> columnsOf(Database &database, const std::string &table)
{
    std::vector<std::string> columns;
    Statement all(database, "SELECT name FROM pragma_table_info('" + table + "') ORDER BY cid");
    while (all.step())
        columns.emplace_back(all.bytes(0));
    return columns;
}

} // namespace

TableCopy::TableCopy(Database &from, Database &to, const std::string &table, const std::string &first)
    : m_to(to)
{
    const std::vector<std::string> theirs = columnsOf(from, table);
    std::vector<std::string> columns = columnsOf(to, table);
    std::erase_if(columns, [&](const std::string &column) { return std::ranges::find(theirs, column) == theirs.end(); });
    if (const auto at = std::ranges::find(columns, first); at != columns.end())
        std::rotate(columns.begin(), at, at + 1);
    std::string places;
    for (const std::string &column : columns) {
        m_columns += (m_columns.empty() ? "" : ", ") + column;
        places += places.empty() ? "?" : ", ?";
    }
    m_count = static_cast<int>(columns.size());
    if (columns.empty())
        throwDamaged("the table " + table + " is not ours");
    m_insert = Statement(to, "INSERT OR IGNORE INTO " + table + " (" + m_columns + ") VALUES (" + places + ")");
}

bool TableCopy::put(Statement &row)
{
    for (int column = 0; column < m_count; ++column)
        m_insert.bindValueAt(column + 1, row, column);
    try {
        m_insert.execute();
    } catch (const StoreFailure &) {
        if ((sqlite3_errcode(m_to.handle()) & 0xff) != SQLITE_CONSTRAINT)
            throw;
        m_insert.reset();
        return false;
    }
    return true;
}

} // namespace telltale
