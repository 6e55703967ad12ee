// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/answerbook.h"

#include "models/report/workbook.h"
#include "models/telemetry/timeformat.h"

#include <algorithm>
#include <optional>

namespace telltale {
namespace {

using Style = Workbook::Style;

constexpr std::size_t kRowsForStyles = 1000; ///< columns look like their first rows

std::optional<Instant> instantOf(const Value &value)
{
    const auto *text = value.as<std::string>();
    if (!text)
        return std::nullopt;
    const auto at = parseRfc3339(*text);
    return at ? std::optional(*at) : std::nullopt;
}

Style styleOf(const Value &value)
{
    if (value.as<std::int64_t>())
        return Style::Count;
    if (value.as<double>())
        return Style::Number;
    return instantOf(value) ? Style::Time : Style::Text;
}

/// A column of whole numbers and fractions has fractions; one of several kinds is text, which says nothing of its cells.
Style common(Style a, Style b)
{
    const auto isNumber = [](Style style) { return style == Style::Count || style == Style::Number; };
    if (a == b)
        return a;
    return isNumber(a) && isNumber(b) ? Style::Number : Style::Text;
}

std::vector<Workbook::Column> columnsOf(const AnswerTable &table)
{
    std::vector<std::optional<Style>> styles(table.columns.size());
    for (std::size_t row = 0; row < std::min(table.rowCount, kRowsForStyles); ++row) {
        const std::vector<Value> cells = table.row(row);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (!cells[i].isNull())
                styles[i] = styles[i] ? common(*styles[i], styleOf(cells[i])) : styleOf(cells[i]);
        }
    }
    std::vector<Workbook::Column> columns;
    for (std::size_t i = 0; i < styles.size(); ++i) {
        const Style style = styles[i].value_or(Style::Text);
        columns.push_back({table.columns[i], style, style == Style::Time || i == 0 ? 24.0 : 14.0});
    }
    return columns;
}

void addCell(Workbook &book, const Value &value, const Zone &zone)
{
    if (const auto *whole = value.as<std::int64_t>())
        book.number(static_cast<double>(*whole));
    else if (const auto *number = value.as<double>())
        book.number(*number);
    else if (value.isNull())
        book.empty();
    else if (const auto at = instantOf(value))
        book.time(*at, zone.offsetSeconds(*at));
    else
        book.text(toDisplayText(value));
}

} // namespace

Result<std::uint64_t> writeAnswerBook(const AnswerTable &table, const AskedLines &asked, const Zone &zone, Instant now, const std::string &path)
{
    Workbook book(path, "Telltale: " + table.question, now);
    book.beginSheet(table.question, columnsOf(table));
    for (std::size_t row = 0; row < table.rowCount; ++row) {
        book.beginRow();
        for (const Value &cell : table.row(row))
            addCell(book, cell, zone);
    }
    book.beginSheet("What was asked", {{"", Style::Text, 20}, {"", Style::Text, 70}});
    const auto addLine = [&book](const std::string &what, const std::string &value) {
        book.beginRow();
        book.text(what);
        book.text(value);
    };
    addLine("Question", table.question);
    for (const auto &[what, value] : asked)
        addLine(what, value);
    addLine("Rows", std::to_string(table.rowCount));
    for (const std::string &note : table.notes)
        addLine("Note", note);
    for (const auto &[name, value] : table.explanation)
        addLine(name, toDisplayText(value));
    const std::uint64_t cut = book.cutCells();
    if (const auto closed = book.close(); !closed)
        return tl::unexpected(closed.error());
    return cut;
}

} // namespace telltale
