// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/rowbaseline.h"

#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace telltale::test {
namespace {

void require(bool ok, sqlite3 *database)
{
    if (ok)
        return;
    std::fprintf(stderr, "the row baseline failed: %s\n", sqlite3_errmsg(database));
    std::exit(1);
}

} // namespace

RowBaseline::RowBaseline(const std::filesystem::path &path, bool withIndexes)
{
    require(sqlite3_open(path.c_str(), &m_database) == SQLITE_OK, m_database);
    run("PRAGMA journal_mode=WAL");
    run("PRAGMA synchronous=NORMAL");
    run("CREATE TABLE event (t INTEGER, name INTEGER, session INTEGER, user INTEGER, screen INTEGER, kind "
        "INTEGER,"
        " value REAL, attributes BLOB)");
    if (withIndexes) {
        run("CREATE INDEX event_session ON event (session, t)");
        run("CREATE INDEX event_name ON event (name, t)");
    }
    require(sqlite3_prepare_v2(m_database, "INSERT INTO event VALUES (?,?,?,?,?,?,?,?)", -1, &m_insert,
                               nullptr) == SQLITE_OK,
            m_database);
}

RowBaseline::~RowBaseline()
{
    sqlite3_finalize(m_insert);
    sqlite3_close(m_database);
}

void RowBaseline::insert(std::uint64_t rows)
{
    char blob[40];
    run("BEGIN");
    for (std::uint64_t i = 0; i < rows; ++i, ++m_made) {
        const std::uint64_t mixed = (m_made + 1) * 0x9e3779b97f4a7c15ULL;
        std::memset(blob, 'a', sizeof blob);
        std::memcpy(blob, &mixed, sizeof mixed);
        sqlite3_bind_int64(m_insert, 1,
                           static_cast<sqlite3_int64>(1'795'161'600'000'000'000 + m_made * 1'000'000));
        sqlite3_bind_int64(m_insert, 2, static_cast<sqlite3_int64>(mixed >> 58));
        sqlite3_bind_int64(m_insert, 3, static_cast<sqlite3_int64>((mixed >> 20) % 1'000));
        sqlite3_bind_int64(m_insert, 4, static_cast<sqlite3_int64>((mixed >> 20) % 1'000));
        sqlite3_bind_int64(m_insert, 5, static_cast<sqlite3_int64>((mixed >> 10) % 20));
        sqlite3_bind_int64(m_insert, 6, 1);
        sqlite3_bind_double(m_insert, 7, static_cast<double>(mixed % 100'000) / 1000);
        sqlite3_bind_blob(m_insert, 8, blob, sizeof blob, SQLITE_STATIC);
        require(sqlite3_step(m_insert) == SQLITE_DONE, m_database);
        sqlite3_reset(m_insert);
        if ((m_made + 1) % 10'000 == 0) {
            run("COMMIT");
            run("BEGIN");
        }
    }
    run("COMMIT");
}

void RowBaseline::run(const char *sql)
{
    require(sqlite3_exec(m_database, sql, nullptr, nullptr, nullptr) == SQLITE_OK, m_database);
}

} // namespace telltale::test
