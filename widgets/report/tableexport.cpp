// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/tableexport.h"

#include "models/report/workbook.h"
#include "models/telemetry/csvcell.h"
#include "models/telemetry/timeformat.h"
#include "widgets/report/wholefile.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>

#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

Instant instantOf(const QDateTime &time)
{
    return Instant::fromMilliseconds(time.toMSecsSinceEpoch());
}

/// The value of a cell, or its words.
Value valueOf(const ExportTable &table, std::size_t row, qsizetype column)
{
    const QString words = table.rows[row].value(column);
    if (row >= table.values.size() || column >= table.values[row].size())
        return words.isEmpty() ? Value() : Value(words.toStdString());
    const QVariant &value = table.values[row][column];
    switch (value.typeId()) {
    case QMetaType::Double: {
        const double number = value.toDouble();
        if (!std::isfinite(number))
            return {};
        if (number == std::floor(number) && std::abs(number) < 9e15)
            return Value(static_cast<std::int64_t>(number));
        return Value(number);
    }
    case QMetaType::Int:
    case QMetaType::LongLong:
    case QMetaType::ULongLong:
        return Value(static_cast<std::int64_t>(value.toLongLong()));
    case QMetaType::QDateTime:
        return Value(formatRfc3339(instantOf(value.toDateTime())));
    default:
        return words.isEmpty() ? Value() : Value(words.toStdString());
    }
}

QString flat(QString text)
{
    return text.replace(u'\t', u' ').replace(u'\n', u' ').replace(u'\r', u' ');
}

bool isNumber(const QVariant &value)
{
    const int type = value.typeId();
    return type == QMetaType::Double || type == QMetaType::Int || type == QMetaType::LongLong || type == QMetaType::ULongLong;
}

/// Words as they may be pasted anywhere.
QString pasted(const QString &words)
{
    return isTakenForFormula(words.toStdString()) ? u'\'' + words : words;
}

QString pastedCell(const ExportTable &table, std::size_t row, qsizetype column)
{
    const QString words = table.rows[row].value(column);
    const bool isFigure = row < table.values.size() && isNumber(table.values[row].value(column));
    return isFigure ? words : pasted(words);
}

/// "Range: …", one a line.
QStringList askedLines(const ExportTable &table)
{
    QStringList lines;
    for (const auto &[what, value] : table.asked)
        lines << flat(what) + QStringLiteral(": ") + flat(value);
    return lines;
}

bool isTimeColumn(const ExportTable &table, qsizetype column)
{
    return std::any_of(table.values.begin(), table.values.end(), [column](const QVariantList &row) {
        return column < row.size() && row[column].typeId() == QMetaType::QDateTime;
    });
}

bool isNumberColumn(const ExportTable &table, qsizetype column)
{
    return std::any_of(table.values.begin(), table.values.end(), [column](const QVariantList &row) {
        return column < row.size() && isNumber(row[column]);
    });
}

Result<void> writeSheets(const ExportTable &table, const Formatter &formatter, const std::string &path)
{
    const Instant made = Instant::fromMilliseconds(QDateTime::currentMSecsSinceEpoch());
    Workbook book(path, table.title.toStdString(), made);
    std::vector<Workbook::Column> columns;
    for (qsizetype c = 0; c < table.columns.size(); ++c) {
        const bool isTime = isTimeColumn(table, c);
        columns.push_back({table.columns[c].toStdString(),
                           isTime                     ? Workbook::Style::Time
                           : isNumberColumn(table, c) ? Workbook::Style::Number
                                                      : Workbook::Style::Text,
                           isTime ? 20.0 : c == 0 ? 28.0 : 14.0});
    }
    book.beginSheet(table.title.toStdString(), std::move(columns));
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        book.beginRow();
        for (qsizetype c = 0; c < table.columns.size(); ++c) {
            if (r < table.values.size() && c < table.values[r].size() && table.values[r][c].typeId() == QMetaType::QDateTime) {
                const Instant at = instantOf(table.values[r][c].toDateTime());
                book.time(at, formatter.offset() ? formatter.offset()(at) : 0);
                continue;
            }
            const Value value = valueOf(table, r, c);
            if (const auto *whole = value.as<std::int64_t>())
                book.number(static_cast<double>(*whole));
            else if (const auto *number = value.as<double>())
                book.number(*number);
            else if (const auto *text = value.as<std::string>())
                book.text(*text);
            else
                book.empty();
        }
    }
    book.beginSheet(QCoreApplication::translate("telltale::TableExport", "What was asked").toStdString(),
                    {{"", Workbook::Style::Text, 20}, {"", Workbook::Style::Text, 70}});
    for (const auto &[what, value] : table.asked) {
        book.beginRow();
        book.text(what.toStdString());
        book.text(value.toStdString());
    }
    return book.close();
}

} // namespace

std::optional<TableFormat> tableFormatOf(const QString &fileName)
{
    const QString suffix = QFileInfo(fileName).suffix().toLower();
    if (suffix == u"csv")
        return TableFormat::Csv;
    if (suffix == u"json")
        return TableFormat::Json;
    if (suffix == u"xlsx")
        return TableFormat::Xlsx;
    return std::nullopt;
}

std::string tableCsv(const ExportTable &table)
{
    std::string out = "# " + flat(table.title).toStdString() + "\r\n";
    for (const auto &[what, value] : table.asked)
        out += "# " + flat(what).toStdString() + ": " + flat(value).toStdString() + "\r\n";
    for (qsizetype c = 0; c < table.columns.size(); ++c) {
        out += c > 0 ? "," : "";
        appendCsvCell(out, Value(table.columns[c].toStdString()));
    }
    out += "\r\n";
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        for (qsizetype c = 0; c < table.columns.size(); ++c) {
            out += c > 0 ? "," : "";
            appendCsvCell(out, valueOf(table, r, c));
        }
        out += "\r\n";
    }
    return out;
}

std::string tableJson(const ExportTable &table)
{
    Value::Map asked;
    for (const auto &[what, value] : table.asked)
        asked.emplace_back(what.toStdString(), Value(value.toStdString()));
    Value::Array rows;
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        Value::Map cells;
        for (qsizetype c = 0; c < table.columns.size(); ++c)
            cells.emplace_back(table.columns[c].toStdString(), valueOf(table, r, c));
        rows.emplace_back(std::move(cells));
    }
    return toJson(Value(Value::Map{{"title", Value(table.title.toStdString())}, {"asked", Value(std::move(asked))}, {"rows", Value(std::move(rows))}})) +
           "\n";
}

QString tableMarkdown(const ExportTable &table)
{
    const auto line = [](const QStringList &cells) {
        QString text = QStringLiteral("|");
        for (const QString &cell : cells)
            text += u' ' + flat(cell).replace(u'\\', QStringLiteral("\\\\")).replace(u'|', QStringLiteral("\\|")) + QStringLiteral(" |");
        return QString(text + u'\n');
    };
    QString text = line(table.columns) + u'|';
    for (qsizetype c = 0; c < table.columns.size(); ++c)
        text += isNumberColumn(table, c) ? QStringLiteral(" ---: |") : QStringLiteral(" --- |");
    text += u'\n';
    for (const QStringList &row : table.rows)
        text += line(row);
    for (const QString &said : askedLines(table))
        text += (text.endsWith(QStringLiteral("|\n")) ? QStringLiteral("\n- ") : QStringLiteral("- ")) + said + u'\n';
    return text;
}

QString tableText(const ExportTable &table)
{
    QStringList titles;
    for (const QString &column : table.columns)
        titles << flat(pasted(column));
    QString text = titles.join(u'\t') + u'\n';
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        QStringList cells;
        for (qsizetype c = 0; c < table.rows[r].size(); ++c)
            cells << flat(pastedCell(table, r, c));
        text += cells.join(u'\t') + u'\n';
    }
    const QStringList said = askedLines(table);
    return said.isEmpty() ? text : text + u'\n' + said.join(u'\n') + u'\n';
}

QString tableHtml(const ExportTable &table)
{
    QString html = QStringLiteral("<table>");
    if (!table.title.isEmpty())
        html += QStringLiteral("<caption>") + table.title.toHtmlEscaped() + QStringLiteral("</caption>");
    html += QStringLiteral("<tr>");
    for (const QString &column : table.columns)
        html += QStringLiteral("<th>") + pasted(column).toHtmlEscaped() + QStringLiteral("</th>");
    html += QStringLiteral("</tr>");
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        html += QStringLiteral("<tr>");
        for (qsizetype c = 0; c < table.rows[r].size(); ++c)
            html += QStringLiteral("<td>") + pastedCell(table, r, c).toHtmlEscaped() + QStringLiteral("</td>");
        html += QStringLiteral("</tr>");
    }
    html += QStringLiteral("</table>");
    if (const QStringList said = askedLines(table); !said.isEmpty())
        html += QStringLiteral("<p>") + said.join(u'\n').toHtmlEscaped().replace(u'\n', QStringLiteral("<br>")) + QStringLiteral("</p>");
    return html;
}

Result<void> writeTable(const ExportTable &table, TableFormat format, const Formatter &formatter, const QString &path)
{
    switch (format) {
    case TableFormat::Csv:
        return writeWhole(tableCsv(table), path);
    case TableFormat::Json:
        return writeWhole(tableJson(table), path);
    case TableFormat::Xlsx:
        return writeWholeBeside(path, QStringLiteral("xlsx"),
                                [&](const std::string &part) { return writeSheets(table, formatter, part); });
    }
    return {};
}

} // namespace telltale
