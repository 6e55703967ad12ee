// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/sqlite.h"

#include <cstdint>
#include <string>

namespace telltale {

/// Puts rows of a table of one cache into that of another, as far as both have the columns.
class TableCopy
{
public:
    /// `first` is the column that comes first; empty: whichever. Throws Damaged when the table has nothing in common with ours.
    TableCopy(Database &from, Database &to, const std::string &table, const std::string &first);

    /// For SELECT.
    const std::string &columns() const { return m_columns; }
    /// False when the row breaks a rule of the table: it was not written so. Rows that are there already stay.
    bool put(Statement &row);
    /// Notes that a row was left out.
    void leave() { ++m_left; }
    std::uint64_t left() const { return m_left; }

private:
    Database &m_to;
    std::string m_columns;
    int m_count = 0;
    Statement m_insert;
    std::uint64_t m_left = 0;
};

} // namespace telltale
