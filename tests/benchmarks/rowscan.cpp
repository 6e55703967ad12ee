// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/rowscan.h"

#include "tests/benchmarks/eventhistory.h"

#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace telltale::test {
namespace {

constexpr std::int64_t kMinute = 60'000'000'000;

void require(bool ok, sqlite3 *database)
{
    if (ok)
        return;
    std::fprintf(stderr, "the reference rows failed: %s\n", sqlite3_errmsg(database));
    std::exit(1);
}

} // namespace

RowScan::RowScan(const std::filesystem::path &path, std::uint64_t events)
{
    require(sqlite3_open(path.c_str(), &m_database) == SQLITE_OK, m_database);
    run("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA cache_size=-262144; PRAGMA "
        "mmap_size=2147483648;"
        "CREATE TABLE event (t INTEGER, name INTEGER, session INTEGER, user INTEGER, screen INTEGER, os "
        "INTEGER,"
        " kind INTEGER, value REAL, attributes BLOB)");
    sqlite3_stmt *insert = nullptr;
    require(sqlite3_prepare_v2(m_database, "INSERT INTO event VALUES (?,?,?,?,?,?,?,?,?)", -1, &insert,
                               nullptr) == SQLITE_OK,
            m_database);
    EventHistory history;
    run("BEGIN");
    for (std::uint64_t made = 0; made < events;) {
        const Delivery delivery = history.next();
        const RecordBatch &batch = delivery.batch;
        for (std::size_t row = 0; row < batch.size() && made < events; ++row) {
            if (batch.kinds[row] != RecordKind::UsageEvent)
                continue;
            char blob[40];
            std::memset(blob, 'a', sizeof blob);
            std::memcpy(blob, &batch.attributes[batch.attributeRanges[row].begin + 2].bits, 8);
            std::memcpy(blob + 8, &batch.attributes[batch.attributeRanges[row].begin + 4].bits, 8);
            sqlite3_bind_int64(insert, 1, batch.times[row].ns);
            sqlite3_bind_int64(insert, 2, batch.features[row]);
            sqlite3_bind_int64(insert, 3, batch.sessions[row]);
            sqlite3_bind_int64(insert, 4, batch.users[row]);
            sqlite3_bind_int64(insert, 5,
                               batch.text(batch.screens[row]) == "Search" ? 1 : batch.screens[row] + 1);
            sqlite3_bind_int64(insert, 6, batch.origin[row] + 1);
            sqlite3_bind_int64(insert, 7, 1);
            sqlite3_bind_double(insert, 8, static_cast<double>(batch.durations[row]) / 1e6);
            sqlite3_bind_blob(insert, 9, blob, sizeof blob, SQLITE_STATIC);
            require(sqlite3_step(insert) == SQLITE_DONE, m_database);
            sqlite3_reset(insert);
            ++made;
        }
    }
    sqlite3_finalize(insert);
    run("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
}

RowScan::~RowScan()
{
    sqlite3_close(m_database);
}

RowScan::Answer RowScan::grouped(const std::string &where)
{
    Answer answer;
    sqlite3_stmt *query = nullptr;
    const std::string sql =
        "SELECT t / 60000000000, name, count(*), sum(value) FROM event WHERE " + where + " GROUP BY 1, 2";
    require(sqlite3_prepare_v2(m_database, sql.c_str(), -1, &query, nullptr) == SQLITE_OK, m_database);
    while (sqlite3_step(query) == SQLITE_ROW) {
        ++answer.cells;
        answer.count += static_cast<std::uint64_t>(sqlite3_column_int64(query, 2));
        answer.sum += sqlite3_column_double(query, 3);
    }
    sqlite3_finalize(query);
    return answer;
}

RowScan::Answer RowScan::stepped(const std::string &where)
{
    struct Cell
    {
        std::uint64_t count = 0;
        double sum = 0;
    };
    Answer answer;
    std::vector<Cell> cells;
    constexpr std::size_t kNames = kMostNames;
    sqlite3_stmt *query = nullptr;
    const std::string sql = "SELECT t, name, value FROM event WHERE " + where;
    require(sqlite3_prepare_v2(m_database, sql.c_str(), -1, &query, nullptr) == SQLITE_OK, m_database);
    while (sqlite3_step(query) == SQLITE_ROW) {
        const auto minute =
            static_cast<std::size_t>((sqlite3_column_int64(query, 0) - EventHistory::start().ns) / kMinute);
        const auto name = static_cast<std::size_t>(sqlite3_column_int64(query, 1));
        const std::size_t at = minute * kNames + name % kNames;
        if (at >= cells.size())
            cells.resize((minute + 1) * kNames);
        ++cells[at].count;
        cells[at].sum += sqlite3_column_double(query, 2);
    }
    sqlite3_finalize(query);
    for (const Cell &cell : cells) {
        answer.cells += cell.count > 0;
        answer.count += cell.count;
        answer.sum += cell.sum;
    }
    return answer;
}

void RowScan::run(const char *sql)
{
    require(sqlite3_exec(m_database, sql, nullptr, nullptr, nullptr) == SQLITE_OK, m_database);
}

} // namespace telltale::test
