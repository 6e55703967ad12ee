// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

struct sqlite3;
struct sqlite3_stmt;

namespace telltale::test {

/// The yardstick "R1" and "R2": events as plain SQLite rows of seven columns and a 40-byte blob, one prepared insert,
/// WAL, synchronous=NORMAL, 10,000 rows a transaction, without or with indexes on (session, time) and (name, time).
class RowBaseline
{
public:
    RowBaseline(const std::filesystem::path &path, bool withIndexes);
    ~RowBaseline();
    RowBaseline(const RowBaseline &) = delete;
    RowBaseline &operator=(const RowBaseline &) = delete;

    /// Inserts `rows` made-up events and commits the last transaction.
    void insert(std::uint64_t rows);

private:
    void run(const char *sql);

    sqlite3 *m_database = nullptr;
    sqlite3_stmt *m_insert = nullptr;
    std::uint64_t m_made = 0;
};

} // namespace telltale::test
