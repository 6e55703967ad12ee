// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/file/csvreader.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace telltale {

/// What the columns of a table mean, in fields of JSON lines (jsonlines.h).
struct CsvMapping
{
    std::vector<std::pair<std::string, std::string>> columns;   ///< a field and the name of the column that holds it
    std::vector<std::pair<std::string, std::string>> constants; ///< a field and the text it has in every row
    friend bool operator==(const CsvMapping &, const CsvMapping &) = default;
};

/// The rows of a table with a header as JSON lines. Columns that are not mapped and have the name of a field ("User ID" is
/// user_id) are that field; all others are attributes under their own names, numbers and true and false as such. Empty cells
/// are left out; cells beyond the header are attributes "column 7". What is no UTF-8 is read as Latin-1.
class CsvLines
{
public:
    CsvLines(FileReader &file, CsvMapping mapping)
        : m_rows(file)
        , m_mapping(std::move(mapping))
    {}

    /// The next row as one JSON object; nothing at the end. Valid until the next call. Errors: those of CsvReader;
    /// InvalidArgument when there is no such column or none that says what happened.
    Result<std::optional<std::string_view>> next();

private:
    struct Column
    {
        std::string key;      ///< written as JSON
        bool isField = false; ///< false: an attribute
        bool isText = false;  ///< stays text, whatever it looks like
    };
    Result<void> readHeader(std::span<const std::string> names);
    Column attribute(std::string_view name) const;

    CsvReader m_rows;
    CsvMapping m_mapping;
    std::vector<Column> m_columns; ///< empty: the header was not read yet
    std::string m_constants, m_line, m_attributes;
};

} // namespace telltale
