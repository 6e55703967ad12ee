// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/changelog.h"

#include <cassert>
#include <cstring>

namespace telltale {
namespace {

template<typename T>
void append(std::string &out, T value)
{
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    out.append(bytes, sizeof value);
}

template<typename T>
T take(std::string_view &in)
{
    assert(in.size() >= sizeof(T) && "a log is written by value() alone");
    T value;
    std::memcpy(&value, in.data(), sizeof value);
    in.remove_prefix(sizeof value);
    return value;
}

std::string_view takeBytes(std::string_view &in)
{
    const auto size = take<std::uint64_t>(in);
    const std::string_view bytes = in.substr(0, size);
    in.remove_prefix(size);
    return bytes;
}

} // namespace

void ChangeLog::begin(std::uint32_t statement, std::size_t values)
{
    append(m_bytes, static_cast<std::uint16_t>(statement));
    append(m_bytes, static_cast<std::uint16_t>(values));
}

void ChangeLog::value(std::int64_t number)
{
    m_bytes.push_back(Number);
    append(m_bytes, number);
}

void ChangeLog::null()
{
    m_bytes.push_back(Null);
}

void ChangeLog::bytes(Type type, std::string_view data)
{
    m_bytes.push_back(static_cast<char>(type));
    append(m_bytes, static_cast<std::uint64_t>(data.size()));
    m_bytes.append(data);
}

std::uint32_t ChangeWriter::add(std::string_view sql)
{
    m_statements.emplace_back(m_database, sql);
    return static_cast<std::uint32_t>(m_statements.size() - 1);
}

void ChangeWriter::apply(const ChangeLog &log)
{
    std::string_view in = log.recorded();
    while (!in.empty()) {
        Statement &statement = m_statements[take<std::uint16_t>(in)];
        const int values = take<std::uint16_t>(in);
        for (int position = 1; position <= values; ++position) {
            switch (take<std::uint8_t>(in)) {
            case ChangeLog::Number:
                statement.bindAt(position, take<std::int64_t>(in));
                break;
            case ChangeLog::Text:
                statement.bindTextAt(position, takeBytes(in));
                break;
            case ChangeLog::Bytes:
                statement.bindBlobAt(position, takeBytes(in));
                break;
            default:
                statement.bindNullAt(position);
            }
        }
        statement.execute();
    }
}

} // namespace telltale
