// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/sqlite.h"

#include "models/store/readahead.h"

#include <sqlite3.h>

#include <cassert>
#include <cerrno>

namespace telltale {
namespace {

// Milliseconds.
constexpr int kWaitForWriter = 5000;
constexpr int kWaitForReaders = 250;

Error::Code codeOf(sqlite3 *handle, int result)
{
    switch (result & 0xff) {
    case SQLITE_FULL:
        return Error::Code::NoSpace;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
        return Error::Code::Busy;
    case SQLITE_CORRUPT:
        return Error::Code::Damaged;
    case SQLITE_NOTADB:
        return Error::Code::Unsupported;
    case SQLITE_IOERR:
        if (handle) {
            // A failed COMMIT does not tell SQLite's own record of errno; the system's still has it.
            const int noted = sqlite3_system_errno(handle);
            const int reason = noted != 0 ? noted : errno;
            // A limit on file sizes or a quota is a full disk to us: room may come back.
            if (reason == ENOSPC || reason == EFBIG || reason == EDQUOT)
                return Error::Code::NoSpace;
        }
        return Error::Code::Io;
    default:
        return Error::Code::Io;
    }
}

} // namespace

void throwDamaged(const std::string &message)
{
    throw StoreFailure{Error{Error::Code::Damaged, message}};
}

Statement::Statement(Database &database, std::string_view sql)
{
    if (sqlite3_prepare_v3(database.handle(), sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &m_statement, nullptr) != SQLITE_OK)
        database.fail("cannot prepare a statement");
}

Statement::~Statement()
{
    sqlite3_finalize(m_statement);
}

int Statement::parameter(const char *name) const
{
    const int index = sqlite3_bind_parameter_index(m_statement, name);
    assert(index > 0 && "no such parameter");
    return index;
}

Statement &Statement::bindAt(int position, std::int64_t value)
{
    sqlite3_bind_int64(m_statement, position, value);
    return *this;
}

Statement &Statement::bindTextAt(int position, std::string_view value)
{
    sqlite3_bind_text64(m_statement, position, value.data() ? value.data() : "", value.size(), nullptr,
                        SQLITE_UTF8);
    return *this;
}

Statement &Statement::bindBlobAt(int position, std::string_view value)
{
    sqlite3_bind_blob64(m_statement, position, value.data() ? value.data() : "", value.size(), nullptr);
    return *this;
}

Statement &Statement::bindNullAt(int position)
{
    sqlite3_bind_null(m_statement, position);
    return *this;
}

Statement &Statement::bind(const char *name, std::int64_t value)
{
    return bindAt(parameter(name), value);
}

Statement &Statement::bindText(const char *name, std::string_view value)
{
    return bindTextAt(parameter(name), value);
}

Statement &Statement::bindBlob(const char *name, std::string_view value)
{
    return bindBlobAt(parameter(name), value);
}

Statement &Statement::bindNull(const char *name)
{
    return bindNullAt(parameter(name));
}

Statement &Statement::bindValueAt(int position, const Statement &row, int column)
{
    sqlite3_bind_value(m_statement, position, sqlite3_column_value(row.m_statement, column));
    return *this;
}

bool Statement::step()
{
    errno = 0;
    const int result = sqlite3_step(m_statement);
    if (result == SQLITE_ROW)
        return true;
    if (result == SQLITE_DONE)
        return false;
    sqlite3 *handle = sqlite3_db_handle(m_statement);
    const Error error{codeOf(handle, result), std::string("the cache: ") + sqlite3_errmsg(handle)};
    sqlite3_reset(m_statement);
    throw StoreFailure{error};
}

void Statement::reset()
{
    sqlite3_reset(m_statement);
}

void Statement::execute()
{
    while (step()) {
    }
    sqlite3_reset(m_statement);
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

std::string_view Statement::bytes(int column) const
{
    const void *data = sqlite3_column_blob(m_statement, column);
    const int size = sqlite3_column_bytes(m_statement, column);
    if (!data || size <= 0)
        return std::string_view("", 0);
    return {static_cast<const char *>(data), static_cast<std::size_t>(size)};
}

std::size_t BlobColumn::open(std::int64_t row)
{
    errno = 0;
    const int result =
        m_blob ? sqlite3_blob_reopen(m_blob, row)
               : sqlite3_blob_open(m_database.handle(), "main", m_table, m_column, row, 0, &m_blob);
    if (result == SQLITE_OK)
        return static_cast<std::size_t>(sqlite3_blob_bytes(m_blob));
    const bool isMissing = (result & 0xff) == SQLITE_ERROR;
    const Error problem{codeOf(m_database.handle(), result),
                        std::string("the cache: ") + sqlite3_errmsg(m_database.handle())};
    close(); // of no use after an error
    if (isMissing)
        throwDamaged("the cache has lost a row's data");
    throw StoreFailure{problem};
}

void BlobColumn::read(char *to, std::size_t offset, std::size_t size)
{
    errno = 0;
    const ReadAheadScope ahead(m_database.handle(), size);
    if (sqlite3_blob_read(m_blob, to, static_cast<int>(size), static_cast<int>(offset)) != SQLITE_OK)
        m_database.fail("the cache");
}

void BlobColumn::close()
{
    sqlite3_blob_close(std::exchange(m_blob, nullptr));
}

Database::Database(const std::filesystem::path &path, Mode mode)
{
    // A reader's connection is shared with the segments it gave out, which any thread may ask for names.
    const int flags = mode == Mode::ReadOnly
                          ? SQLITE_OPEN_READONLY | SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_EXRESCODE
                          : SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const char *const vfs = mode == Mode::ReadOnly ? readAheadVfs() : nullptr;
    if (sqlite3_open_v2(path.c_str(), &m_handle, flags, vfs) != SQLITE_OK) {
        const int result = m_handle ? sqlite3_extended_errcode(m_handle) : SQLITE_NOMEM;
        const std::string message = m_handle ? sqlite3_errmsg(m_handle) : "out of memory";
        const Error::Code code = codeOf(m_handle, result);
        sqlite3_close_v2(m_handle);
        throw StoreFailure{Error{code, "cannot open " + path.string() + ": " + message}};
    }
    sqlite3_busy_timeout(m_handle, kWaitForWriter);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, mode == Mode::ReadOnly ? 1 : 0, nullptr);
    sqlite3_limit(m_handle, SQLITE_LIMIT_ATTACHED, 0);
}

int Database::noteLog(void *self, sqlite3 *, const char *, int pages)
{
    static_cast<Database *>(self)->m_logPages = pages;
    return SQLITE_OK;
}

void Database::watchLog()
{
    // Takes the place of SQLite's own automatic checkpoint, so this comes after PRAGMA wal_autocheckpoint.
    sqlite3_wal_hook(m_handle, noteLog, this);
}

Database::~Database()
{
    sqlite3_close_v2(m_handle);
}

void Database::execute(const char *sql)
{
    errno = 0;
    if (sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        fail("the cache");
}

std::int64_t Database::integer(const char *sql)
{
    Statement statement(*this, sql);
    return statement.step() ? statement.integer(0) : 0;
}

void Database::fail(std::string_view context) const
{
    const int result = sqlite3_extended_errcode(m_handle);
    throw StoreFailure{
        Error{codeOf(m_handle, result), std::string(context) + ": " + sqlite3_errmsg(m_handle)}};
}

bool Database::inTransaction() const
{
    return sqlite3_get_autocommit(m_handle) == 0;
}

void Database::vacuum()
{
    sqlite3_limit(m_handle, SQLITE_LIMIT_ATTACHED, 1); // the new file, while it is being made
    try {
        execute("VACUUM");
    } catch (...) {
        sqlite3_limit(m_handle, SQLITE_LIMIT_ATTACHED, 0);
        throw;
    }
    sqlite3_limit(m_handle, SQLITE_LIMIT_ATTACHED, 0);
}

bool Database::checkpoint(bool truncate)
{
    int logFrames = 0;
    int movedFrames = 0;
    // Cutting waits for readers, and whoever writes has other things to do.
    sqlite3_busy_timeout(m_handle, truncate ? kWaitForReaders : kWaitForWriter);
    errno = 0;
    const int result = sqlite3_wal_checkpoint_v2(
        m_handle, nullptr, truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, &logFrames,
        &movedFrames);
    sqlite3_busy_timeout(m_handle, kWaitForWriter);
    if (result == SQLITE_BUSY || result == SQLITE_LOCKED)
        return false;
    if (result != SQLITE_OK)
        fail("cannot move the log into the cache");
    if (logFrames == movedFrames)
        m_logPages = 0;
    return logFrames == movedFrames;
}

ReadScope::~ReadScope()
{
    if (m_database.inTransaction())
        sqlite3_exec(m_database.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

Transaction::~Transaction()
{
    // After some errors SQLite has rolled back by itself.
    if (m_database.inTransaction())
        sqlite3_exec(m_database.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

} // namespace telltale
