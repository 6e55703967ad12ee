// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/value.h"

#include <cstddef>
#include <cstdio>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// An answer as rows of cells that are made when they are written: a heatmap of a million cells needs no million values.
struct AnswerTable
{
    std::string question;
    std::string from, to; ///< RFC 3339; empty: open
    std::string zone;
    std::vector<std::string> columns;
    std::size_t rowCount = 0;
    std::function<std::vector<Value>(std::size_t row)> row; ///< as many cells as columns; null: missing
    std::vector<std::string> notes;
    Value::Map explanation; ///< how it was found; empty: nobody asked
};

enum class AnswerFormat {
    Json, ///< one object, as the documentation of the command line has it
    Csv, ///< RFC 4180 with a header; cells that a spreadsheet would run as a formula get an apostrophe before them
    Table, ///< for people: aligned, cut, without control characters
};

/// Writes the answer to `out` in pieces. False when the system refused (a full disk, a closed pipe).
/// Only JSON holds notes and explanation.
bool writeAnswer(const AnswerTable &table, AnswerFormat format, std::FILE *out);

/// "json", "csv" or "table"; empty: a table on a terminal, else JSON. Throws CLI::ValidationError for anything else.
AnswerFormat answerFormatNamed(const std::string &name);

/// Milliseconds as a number: without a fraction when there is none.
Value milliseconds(double ms);
/// Null for a text that says nothing.
Value textOrNull(std::string_view text);

} // namespace telltale
