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
#include <cstdio>
#include <memory>
#include <utility>

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

/// A table on its way into a file, in pieces.
class TableSink
{
public:
    virtual ~TableSink() = default;
    /// False: the system refused.
    virtual bool add(const ExportTable &piece) = 0;
    virtual Result<void> finish() = 0;
};

class SheetSink final : public TableSink
{
public:
    SheetSink(const ExportTable &head, const Formatter &formatter, const std::string &path)
        : m_asked(head.asked)
        , m_formatter(formatter)
        , m_book(path, head.title.toStdString(), Instant::fromMilliseconds(QDateTime::currentMSecsSinceEpoch()))
    {
        std::vector<Workbook::Column> columns;
        for (qsizetype c = 0; c < head.columns.size(); ++c) {
            const bool isTime = isTimeColumn(head, c);
            columns.push_back({head.columns[c].toStdString(),
                               isTime                    ? Workbook::Style::Time
                               : isNumberColumn(head, c) ? Workbook::Style::Number
                                                         : Workbook::Style::Text,
                               isTime ? 20.0 : c == 0 ? 28.0 : 14.0});
        }
        m_book.beginSheet(head.title.toStdString(), std::move(columns));
    }
    bool add(const ExportTable &piece) override
    {
        for (std::size_t r = 0; r < piece.rows.size(); ++r) {
            m_book.beginRow();
            for (qsizetype c = 0; c < piece.columns.size(); ++c)
                addCell(piece, r, c);
        }
        return true;
    }
    Result<void> finish() override
    {
        m_book.beginSheet(QCoreApplication::translate("telltale::TableExport", "What was asked").toStdString(),
                          {{"", Workbook::Style::Text, 20}, {"", Workbook::Style::Text, 70}});
        for (const auto &[what, value] : m_asked) {
            m_book.beginRow();
            m_book.text(what.toStdString());
            m_book.text(value.toStdString());
        }
        return m_book.close();
    }

private:
    void addCell(const ExportTable &piece, std::size_t row, qsizetype column)
    {
        if (row < piece.values.size() && column < piece.values[row].size() && piece.values[row][column].typeId() == QMetaType::QDateTime) {
            const Instant at = instantOf(piece.values[row][column].toDateTime());
            m_book.time(at, m_formatter.offset() ? m_formatter.offset()(at) : 0);
            return;
        }
        const Value value = valueOf(piece, row, column);
        if (const auto *whole = value.as<std::int64_t>())
            m_book.number(static_cast<double>(*whole));
        else if (const auto *number = value.as<double>())
            m_book.number(*number);
        else if (const auto *text = value.as<std::string>())
            m_book.text(*text);
        else
            m_book.empty();
    }

    std::vector<std::pair<QString, QString>> m_asked;
    Formatter m_formatter;
    Workbook m_book;
};

std::string csvHead(const ExportTable &table)
{
    std::string out = "# " + flat(table.title).toStdString() + "\r\n";
    for (const auto &[what, value] : table.asked)
        out += "# " + flat(what).toStdString() + ": " + flat(value).toStdString() + "\r\n";
    for (qsizetype c = 0; c < table.columns.size(); ++c) {
        out += c > 0 ? "," : "";
        appendCsvCell(out, Value(table.columns[c].toStdString()));
    }
    return out + "\r\n";
}

std::string csvRows(const ExportTable &table)
{
    std::string out;
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        for (qsizetype c = 0; c < table.columns.size(); ++c) {
            out += c > 0 ? "," : "";
            appendCsvCell(out, valueOf(table, r, c));
        }
        out += "\r\n";
    }
    return out;
}

std::string jsonHead(const ExportTable &table)
{
    Value::Map asked;
    for (const auto &[what, value] : table.asked)
        asked.emplace_back(what.toStdString(), Value(value.toStdString()));
    return R"({"title":)" + toJson(Value(table.title.toStdString())) + R"(,"asked":)" + toJson(Value(std::move(asked))) + R"(,"rows":[)";
}

std::string jsonRows(const ExportTable &table, bool isFirst)
{
    std::string out;
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        Value::Map cells;
        for (qsizetype c = 0; c < table.columns.size(); ++c)
            cells.emplace_back(table.columns[c].toStdString(), valueOf(table, r, c));
        out += isFirst && r == 0 ? "" : ",";
        out += toJson(Value(std::move(cells)));
    }
    return out;
}

constexpr const char *kJsonEnd = "]}\n";

class TextSink final : public TableSink
{
public:
    TextSink(const ExportTable &head, TableFormat format, const std::string &path)
        : m_isJson(format == TableFormat::Json)
        , m_file(std::fopen(path.c_str(), "wb"))
    {
        write(m_isJson ? jsonHead(head) : csvHead(head));
    }
    ~TextSink() override
    {
        if (m_file)
            std::fclose(m_file);
    }
    TextSink(const TextSink &) = delete;
    TextSink &operator=(const TextSink &) = delete;
    bool add(const ExportTable &piece) override
    {
        write(m_isJson ? jsonRows(piece, m_isFirst) : csvRows(piece));
        m_isFirst = m_isFirst && piece.rows.empty();
        return m_isGood;
    }
    Result<void> finish() override
    {
        if (m_isJson)
            write(kJsonEnd);
        const bool isClosed = m_file && std::fclose(std::exchange(m_file, nullptr)) == 0;
        if (m_isGood && isClosed)
            return {};
        return failure(Error::Code::Io, "the file can not be written");
    }

private:
    void write(const std::string &text) { m_isGood = m_isGood && m_file && std::fwrite(text.data(), 1, text.size(), m_file) == text.size(); }

    bool m_isJson;
    std::FILE *m_file;
    bool m_isFirst = true;
    bool m_isGood = true;
};

std::unique_ptr<TableSink> sinkFor(const ExportTable &head, TableFormat format, const Formatter &formatter, const std::string &path)
{
    if (format == TableFormat::Xlsx)
        return std::make_unique<SheetSink>(head, formatter, path);
    return std::make_unique<TextSink>(head, format, path);
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
    return csvHead(table) + csvRows(table);
}

std::string tableJson(const ExportTable &table)
{
    return jsonHead(table) + jsonRows(table, true) + kJsonEnd;
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
    return writeTable(table, [](ExportTable &) { return false; }, format, formatter, path);
}

Result<void> writeTable(const ExportTable &head, const MoreRows &more, TableFormat format, const Formatter &formatter, const QString &path)
{
    const QString suffix = format == TableFormat::Xlsx ? QStringLiteral("xlsx") : format == TableFormat::Json ? QStringLiteral("json") : QStringLiteral("csv");
    return writeWholeBeside(path, suffix, [&](const std::string &part) -> Result<void> {
        const auto sink = sinkFor(head, format, formatter, part);
        bool isGood = sink->add(head);
        ExportTable piece;
        piece.columns = head.columns;
        while (isGood) {
            const auto isMore = more(piece);
            if (!isMore)
                return tl::unexpected(isMore.error());
            if (!*isMore)
                break;
            isGood = sink->add(piece);
        }
        return sink->finish();
    });
}

} // namespace telltale
