// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

struct sqlite3;

namespace telltale::test {

/// The yardsticks "RQ" and "RS": usage events of an EventHistory as SQLite rows of eight columns and a 40-byte blob, asked
/// for count and sum by minute and name of some of them. Warm, default temp_store, a large page cache, memory
/// mapped. Exits the program when SQLite fails.
class RowScan
{
public:
    static constexpr std::size_t kMostNames = 512; ///< in arrays of cells: more than there are

    /// `count` and `sum` over all cells, to see that everybody counted the same.
    struct Answer
    {
        std::uint64_t cells = 0, count = 0;
        double sum = 0;
    };

    /// Writes `events` usage events to a new file.
    RowScan(const std::filesystem::path &path, std::uint64_t events);
    ~RowScan();
    RowScan(const RowScan &) = delete;
    RowScan &operator=(const RowScan &) = delete;

    /// RQ: one GROUP BY. `where` is SQL: "os = 1" are those of Android, "screen <> 1" all but those on the screen Search.
    Answer grouped(const std::string &where);
    /// RS: stepped row by row into arrays of C++.
    Answer stepped(const std::string &where);

private:
    void run(const char *sql);
    sqlite3 *m_database = nullptr;
};

} // namespace telltale::test
