// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"

#include <cstdint>
#include <filesystem>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

struct sqlite3;
struct sqlite3_blob;
struct sqlite3_stmt;

namespace telltale {

/// How the inside of the store reports trouble; never leaves this folder: doors turn it into Result with guarded().
struct StoreFailure
{
    Error error;
};

[[noreturn]] void throwDamaged(const std::string &message);

/// Runs `work` and turns a StoreFailure into the failed Result it stands for.
template<typename Work>
auto guarded(Work &&work) -> Result<decltype(work())>
{
    try {
        if constexpr (std::is_void_v<decltype(work())>) {
            work();
            return {};
        } else {
            return work();
        }
    } catch (const StoreFailure &problem) {
        return tl::unexpected<Error>(problem.error);
    } catch (const std::bad_alloc &) {
        return failure(Error::Code::Busy, "there is not enough memory");
    }
}

class Database;

/// A prepared statement. Bound values must outlive the step. Reset before it is run again; execute() and one() do so.
class Statement
{
public:
    Statement() = default;
    Statement(Database &database, std::string_view sql);
    Statement(Statement &&other) noexcept
        : m_statement(std::exchange(other.m_statement, nullptr))
    {}
    Statement &operator=(Statement &&other) noexcept
    {
        std::swap(m_statement, other.m_statement);
        return *this;
    }
    ~Statement();

    Statement &bind(const char *name, std::int64_t value);
    Statement &bind(const char *name, std::uint64_t value)
    {
        return bind(name, static_cast<std::int64_t>(value));
    }
    Statement &bind(const char *name, std::uint32_t value)
    {
        return bind(name, static_cast<std::int64_t>(value));
    }
    Statement &bind(const char *name, int value) { return bind(name, static_cast<std::int64_t>(value)); }
    Statement &bindText(const char *name, std::string_view value);
    Statement &bindBlob(const char *name, std::string_view value);
    Statement &bindNull(const char *name);
    // By the number SQLite gave the name, the first is 1: for statements that are run very often.
    Statement &bindAt(int position, std::int64_t value);
    Statement &bindTextAt(int position, std::string_view value);
    Statement &bindBlobAt(int position, std::string_view value);
    Statement &bindNullAt(int position);
    /// The value of a row of another statement, whatever its type.
    Statement &bindValueAt(int position, const Statement &row, int column);

    /// True while there is a row.
    bool step();
    void reset();
    /// Runs to the end, ready to be run again.
    void execute();

    std::int64_t integer(int column) const;
    std::uint64_t unsignedInteger(int column) const { return static_cast<std::uint64_t>(integer(column)); }
    std::uint32_t id(int column) const { return static_cast<std::uint32_t>(integer(column)); }
    bool isNull(int column) const;
    /// Text and blobs; valid until the next step or reset.
    std::string_view bytes(int column) const;

private:
    int parameter(const char *name) const;
    sqlite3_stmt *m_statement = nullptr;
};

/// Resets a statement when the scope is left, so that no cursor stays open.
class StatementScope
{
public:
    explicit StatementScope(Statement &statement)
        : m_statement(statement)
    {}
    ~StatementScope() { m_statement.reset(); }
    StatementScope(const StatementScope &) = delete;
    StatementScope &operator=(const StatementScope &) = delete;

private:
    Statement &m_statement;
};

/// Blobs of one column of a table, read straight into the caller's memory: no copy in between. An open one keeps its
/// connection's read transaction, so close() it at the end of that.
class BlobColumn
{
public:
    /// `table` and `column` are literals.
    BlobColumn(Database &database, const char *table, const char *column)
        : m_database(database)
        , m_table(table)
        , m_column(column)
    {}
    BlobColumn(const BlobColumn &) = delete;
    BlobColumn &operator=(const BlobColumn &) = delete;
    ~BlobColumn() { close(); }

    /// Goes to a row and gives the blob's size. Throws Damaged when there is no such row.
    std::size_t open(std::int64_t row);
    /// Bytes of the row opened last, which has them. `to` has room for them. Cost: a large read or a few.
    void read(char *to, std::size_t offset, std::size_t size);
    void close();

private:
    Database &m_database;
    const char *m_table, *m_column;
    sqlite3_blob *m_blob = nullptr;
};

/// One connection. One that writes belongs to one thread at a time; one that only reads may be shared.
class Database
{
public:
    enum class Mode {
        ReadWrite,
        ReadOnly ///< can read ahead, see readahead.h
    };
    /// Errors: NotFound, Unsupported (no database), Io.
    Database(const std::filesystem::path &path, Mode mode);
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;
    ~Database();

    void execute(const char *sql);
    std::int64_t integer(const char *sql);
    /// Throws the failure that the last result stands for, with `context` in front.
    [[noreturn]] void fail(std::string_view context) const;
    bool inTransaction() const;
    /// Tries to move the whole log into the file. False when readers hold some of it.
    bool checkpoint(bool truncate);
    /// Writes the file anew, into its log. Outside of a transaction.
    void vacuum();
    /// Keeps logPages() up to date from now on.
    void watchLog();
    /// Pages the log held after the last commit of this connection.
    int logPages() const { return m_logPages; }
    sqlite3 *handle() const { return m_handle; }

private:
    static int noteLog(void *self, sqlite3 *, const char *, int pages);

    sqlite3 *m_handle = nullptr;
    int m_logPages = 0;
};

/// Keeps what a connection reads at one moment of the cache while it lives. Never held while waiting for something: the
/// log can not be cut meanwhile.
class ReadScope
{
public:
    explicit ReadScope(Database &database)
        : m_database(database)
    {
        m_database.execute("BEGIN");
    }
    ~ReadScope();
    ReadScope(const ReadScope &) = delete;
    ReadScope &operator=(const ReadScope &) = delete;

private:
    Database &m_database;
};

/// Begins at once as the writer; rolls back unless committed.
class Transaction
{
public:
    explicit Transaction(Database &database)
        : m_database(database)
    {
        m_database.execute("BEGIN IMMEDIATE");
    }
    ~Transaction();
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;
    void commit() { m_database.execute("COMMIT"); }

private:
    Database &m_database;
};

} // namespace telltale
