// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/sqlite.h"

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// Marks bytes that are bound as a blob, not as text.
struct Blob
{
    std::string_view bytes;
};

/// Changes of rows that are decided now and made later, in the same order: which statement, with which values. Filled by
/// the thread that prepares a commit, applied by the one that owns the connection. Owns copies of all values.
class ChangeLog
{
public:
    void begin(std::uint32_t statement, std::size_t values);
    void value(std::int64_t number);
    void value(std::string_view text) { bytes(Text, text); }
    void value(Blob blob) { bytes(Bytes, blob.bytes); }
    void null();

    bool isEmpty() const { return m_bytes.empty(); }
    void clear() { m_bytes.clear(); }
    std::string_view recorded() const { return m_bytes; }

    enum Type : std::uint8_t { Null, Number, Text, Bytes };

private:
    void bytes(Type type, std::string_view data);

    std::string m_bytes;
};

/// Owns the statements that logs name and runs them. Statements are added before the first apply().
class ChangeWriter
{
public:
    explicit ChangeWriter(Database &database)
        : m_database(database)
    {}
    /// Prepares a statement; gives its number.
    std::uint32_t add(std::string_view sql);
    /// Makes all changes of the log, inside the caller's transaction.
    void apply(const ChangeLog &log);

private:
    Database &m_database;
    std::vector<Statement> m_statements;
};

/// A statement that is run later: execute() only notes its values. They are given in the order in which their names
/// appear first in the SQL text, as SQLite numbers them.
class LaterStatement
{
public:
    LaterStatement(ChangeWriter &writer, ChangeLog &log, std::string_view sql)
        : m_log(log)
        , m_number(writer.add(sql))
    {}

    template<typename... Values>
    void execute(const Values &...values) const
    {
        m_log.begin(m_number, sizeof...(values));
        (note(values), ...);
    }

private:
    template<std::integral Number>
    void note(Number number) const
    {
        m_log.value(static_cast<std::int64_t>(number));
    }
    void note(std::string_view text) const { m_log.value(text); }
    void note(Blob blob) const { m_log.value(blob); }
    void note(std::nullopt_t) const { m_log.null(); }
    template<typename Value>
    void note(const std::optional<Value> &value) const
    {
        if (value)
            note(*value);
        else
            m_log.null();
    }

    ChangeLog &m_log;
    std::uint32_t m_number;
};

} // namespace telltale
