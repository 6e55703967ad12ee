// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/file/filereader.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace telltale {

/// Takes one record after the other out of comma-separated values as in RFC 4180: quoted fields hold anything, a doubled quote
/// is one quote, lines end with LF or CRLF. Empty lines are passed over. The delimiter (comma, semicolon, tab or bar) is
/// found out from the first line. Memory: the largest record and a few hundred KiB. Not thread-safe.
class CsvReader
{
public:
    explicit CsvReader(FileReader &file, std::size_t limit = 16 * 1024 * 1024)
        : m_file(file)
        , m_limit(limit)
    {}

    /// The fields of the next record; nothing at the end. Valid until the next call. Errors: those of FileReader; TooLarge
    /// beyond the limit; InvalidArgument when the file ends inside quotes.
    Result<std::optional<std::span<const std::string>>> next();
    std::uint64_t line() const { return m_recordLine; } ///< where the last record began, from 1

private:
    Result<bool> fill();
    Result<void> begin();
    Result<int> character();
    std::string &newField();

    FileReader &m_file;
    std::size_t m_limit;
    std::string m_text;
    std::size_t m_at = 0;
    char m_delimiter = 0; ///< 0: not begun
    std::uint64_t m_line = 1, m_recordLine = 0;
    std::vector<std::string> m_fields;
    std::size_t m_count = 0, m_bytes = 0;
};

} // namespace telltale
