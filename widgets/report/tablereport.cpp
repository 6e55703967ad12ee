// SPDX-License-Identifier: GPL-3.0-or-later
// A report as tables: sheets and CSV.
#include "models/report/workbook.h"
#include "models/telemetry/csvcell.h"
#include "models/telemetry/timeformat.h"
#include "widgets/report/reportwriter.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

using Kind = ReportColumn::Kind;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(telltale::Report)
};

Workbook::Style styleOf(Kind kind)
{
    switch (kind) {
    case Kind::Count:
        return Workbook::Style::Count;
    case Kind::Number:
    case Kind::Milliseconds:
        return Workbook::Style::Number;
    case Kind::Ratio:
        return Workbook::Style::Ratio;
    case Kind::Time:
        return Workbook::Style::Time;
    case Kind::Text:
    case Kind::Code:
    case Kind::Trend:
        break;
    }
    return Workbook::Style::Text;
}

/// Raw durations say their unit.
QString titleOf(const ReportColumn &column)
{
    return column.kind == Kind::Milliseconds ? column.title + QStringLiteral(" (ms)") : column.title;
}

Value valueOf(const ReportCell &cell)
{
    if (const auto *text = std::get_if<QString>(&cell.value))
        return Value(text->toStdString());
    if (const auto *time = std::get_if<Instant>(&cell.value))
        return Value(formatRfc3339(*time));
    if (const auto *number = std::get_if<double>(&cell.value)) {
        if (std::abs(*number) < 9e15 && *number == std::floor(*number))
            return Value(static_cast<std::int64_t>(*number));
        return Value(*number);
    }
    return {};
}

/// The figures of a part, one a row.
ReportTable figuresOf(const ReportPart &part)
{
    ReportTable table;
    table.columns = {{Words::tr("Figure"), Kind::Text}, {Words::tr("Value"), Kind::Number}, {Words::tr("In words"), Kind::Text}, {Words::tr("Change"), Kind::Text}};
    for (const ReportBlock &block : part.blocks) {
        const auto *figures = std::get_if<std::vector<ReportFigure>>(&block);
        if (!figures)
            continue;
        for (const ReportFigure &figure : *figures) {
            const QString words = figure.unit.isEmpty() ? figure.number : figure.number + QLatin1Char(' ') + figure.unit;
            table.rows.push_back({{figure.label, figure.label, 0, {}}, {figure.value, words, 0, {}}, {words, words, 0, {}},
                                  {figure.change, figure.change, 0, {}}});
        }
    }
    return table;
}

QString sheetName(const ReportPart &part, const ReportTable &table)
{
    return table.title.isEmpty() ? part.title : table.title;
}

void appendTable(std::string &out, const QString &title, const ReportTable &table)
{
    out += "\r\n";
    appendCsvCell(out, Value(title.toStdString()));
    out += "\r\n";
    bool isFirst = true;
    for (const ReportColumn &column : table.columns) {
        if (column.kind == Kind::Trend)
            continue;
        out += isFirst ? "" : ",";
        isFirst = false;
        appendCsvCell(out, Value(titleOf(column).toStdString()));
    }
    out += "\r\n";
    for (const auto &row : table.rows) {
        isFirst = true;
        for (std::size_t c = 0; c < row.size() && c < table.columns.size(); ++c) {
            if (table.columns[c].kind == Kind::Trend)
                continue;
            out += isFirst ? "" : ",";
            isFirst = false;
            appendCsvCell(out, valueOf(row[c]));
        }
        out += "\r\n";
    }
    if (!table.note.isEmpty())
        out.append("# ").append(table.note.toStdString()).append("\r\n");
}

void writeSheet(Workbook &book, const QString &name, const ReportTable &table, const Formatter &formatter)
{
    std::vector<Workbook::Column> columns;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        if (table.columns[c].kind == Kind::Trend)
            continue;
        std::size_t widest = static_cast<std::size_t>(titleOf(table.columns[c]).size());
        for (std::size_t r = 0; r < std::min<std::size_t>(table.rows.size(), 200); ++r)
            widest = std::max(widest, static_cast<std::size_t>(table.rows[r][c].text.size()));
        const double width = table.columns[c].kind == Kind::Time ? 20 : std::clamp(static_cast<double>(widest) + 2, 8.0, 60.0);
        columns.push_back({titleOf(table.columns[c]).toStdString(), styleOf(table.columns[c].kind), width});
    }
    book.beginSheet(name.toStdString(), std::move(columns));
    for (const auto &row : table.rows) {
        book.beginRow();
        for (std::size_t c = 0; c < row.size() && c < table.columns.size(); ++c) {
            if (table.columns[c].kind == Kind::Trend)
                continue;
            if (const auto *text = std::get_if<QString>(&row[c].value))
                book.text(text->toStdString());
            else if (const auto *number = std::get_if<double>(&row[c].value))
                book.number(*number);
            else if (const auto *time = std::get_if<Instant>(&row[c].value))
                book.time(*time, formatter.offset() ? formatter.offset()(*time) : 0);
            else
                book.empty();
        }
    }
    if (!table.note.isEmpty()) {
        book.beginRow();
        book.text(table.note.toStdString());
    }
}

} // namespace

std::string reportCsv(const ReportDocument &document)
{
    std::string out;
    const auto comment = [&out](const QString &text) {
        QString line = text;
        line.replace(QLatin1Char('\n'), QLatin1Char(' '));
        out.append("# ").append(line.toStdString()).append("\r\n");
    };
    comment(document.title);
    for (const auto &[what, value] : document.asked)
        comment(what + QStringLiteral(": ") + value);
    for (const ReportPart &part : document.parts) {
        out += "\r\n";
        comment(part.title);
        for (const ReportBlock &block : part.blocks) {
            if (const auto *text = std::get_if<ReportText>(&block))
                comment(text->text);
        }
        if (const ReportTable figures = figuresOf(part); !figures.rows.empty())
            appendTable(out, part.title, figures);
        for (const ReportBlock &block : part.blocks) {
            if (const auto *chart = std::get_if<ReportChart>(&block))
                appendTable(out, chart->title, chart->data);
            else if (const auto *table = std::get_if<ReportTable>(&block))
                appendTable(out, sheetName(part, *table), *table);
        }
    }
    return out;
}

Result<void> writeReportXlsx(const ReportDocument &document, const Formatter &formatter, const std::string &path)
{
    Workbook book(path, document.title.toStdString(), document.made);
    book.beginSheet(Words::tr("Report").toStdString(),
                    {{document.title.toStdString(), Workbook::Style::Text, 24}, {"", Workbook::Style::Text, 80}});
    for (const auto &[what, value] : document.asked) {
        book.beginRow();
        book.text(what.toStdString());
        book.text(value.toStdString());
    }
    for (const ReportPart &part : document.parts) {
        for (const ReportBlock &block : part.blocks) {
            if (const auto *text = std::get_if<ReportText>(&block)) {
                book.beginRow();
                book.text(part.title.toStdString());
                book.text(text->text.toStdString());
            }
        }
    }
    for (const ReportPart &part : document.parts) {
        if (const ReportTable figures = figuresOf(part); !figures.rows.empty())
            writeSheet(book, part.title, figures, formatter);
        for (const ReportBlock &block : part.blocks) {
            if (const auto *chart = std::get_if<ReportChart>(&block))
                writeSheet(book, chart->title, chart->data, formatter);
            else if (const auto *table = std::get_if<ReportTable>(&block))
                writeSheet(book, sheetName(part, *table), *table, formatter);
        }
    }
    return book.close();
}

} // namespace telltale
