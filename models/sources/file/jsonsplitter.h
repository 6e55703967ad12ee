// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/file/filereader.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace telltale {

/// Takes one JSON value after the other out of a file, whatever stands between them: one a line, or one over many lines. A
/// list of objects at the top comes object by object. Looks at brackets and quotes only; whether it is JSON, its reader
/// finds out. When the first line is one whole object, every line is a value of its own, so that a broken one spoils no
/// other. Memory: the largest value and a few hundred KiB.
class JsonSplitter
{
public:
    explicit JsonSplitter(FileReader &file, std::size_t limit = 64 * 1024 * 1024)
        : m_file(file)
        , m_limit(limit)
    {}

    /// The next value; nothing at the end. Valid until the next call. Errors: those of FileReader; TooLarge beyond the limit;
    /// InvalidArgument when the file ends inside a value, or is none.
    Result<std::optional<std::string_view>> next();
    bool isLines() const { return m_form == Form::Lines; } ///< after the first value
    std::uint64_t line() const { return m_line; }          ///< of the last value, from 1; when isLines()

private:
    enum class Form { Unknown, Values, Lines };

    Result<bool> fill();
    Result<void> begin();
    Result<std::optional<std::string_view>> nextLine();
    Result<std::optional<std::string_view>> nextValue();

    FileReader &m_file;
    std::size_t m_limit;
    std::string m_text;
    std::size_t m_at = 0;
    bool m_isInList = false;
    Form m_form = Form::Unknown;
    std::uint64_t m_line = 0;
};

} // namespace telltale
