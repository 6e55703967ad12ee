// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/answerwriter.h"

#include "models/telemetry/csvcell.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace telltale {
namespace {

constexpr std::size_t kPiece = 256 * 1024;
constexpr std::size_t kWidestCell = 60;     ///< characters
constexpr std::size_t kMeasuredRows = 1000; ///< column widths of a table come from these

/// Text on its way to a file.
class Output
{
public:
    explicit Output(std::FILE *file)
        : m_file(file)
    {}
    std::string &text() { return m_text; }
    void flushIfLarge()
    {
        if (m_text.size() >= kPiece)
            flush();
    }
    bool finish()
    {
        flush();
        return std::fflush(m_file) == 0 && m_isGood;
    }

private:
    void flush()
    {
        m_isGood = m_isGood && std::fwrite(m_text.data(), 1, m_text.size(), m_file) == m_text.size();
        m_text.clear();
    }
    std::FILE *m_file;
    std::string m_text;
    bool m_isGood = true;
};

void appendTimeOrNull(std::string &out, std::string_view name, const std::string &time)
{
    appendJsonString(out, name);
    out += ':';
    if (time.empty())
        out += "null";
    else
        appendJsonString(out, time);
    out += ',';
}

void writeJson(const AnswerTable &table, Output &output)
{
    std::string &out = output.text();
    out += "{\"question\":";
    appendJsonString(out, table.question);
    out += ',';
    appendTimeOrNull(out, "from", table.from);
    appendTimeOrNull(out, "to", table.to);
    out += "\"zone\":";
    appendJsonString(out, table.zone);
    out += ",\"rows\":[";
    for (std::size_t row = 0; row < table.rowCount; ++row) {
        out += row == 0 ? "\n{" : ",\n{";
        const std::vector<Value> cells = table.row(row);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i > 0)
                out += ',';
            appendJsonString(out, table.columns[i]);
            out += ':';
            appendJson(out, cells[i]);
        }
        out += '}';
        output.flushIfLarge();
    }
    out += table.rowCount == 0 ? "]" : "\n]";
    out += ",\"notes\":[";
    for (std::size_t i = 0; i < table.notes.size(); ++i) {
        if (i > 0)
            out += ',';
        appendJsonString(out, table.notes[i]);
    }
    out += ']';
    if (!table.explanation.empty()) {
        out += ",\"explain\":";
        appendJson(out, Value(table.explanation));
    }
    out += "}\n";
}

std::string cellText(const Value &value)
{
    return value.isNull() ? std::string() : toDisplayText(value);
}

void writeCsv(const AnswerTable &table, Output &output)
{
    std::string &out = output.text();
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        out += i > 0 ? "," : "";
        out += table.columns[i];
    }
    out += "\r\n";
    for (std::size_t row = 0; row < table.rowCount; ++row) {
        const std::vector<Value> cells = table.row(row);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            out += i > 0 ? "," : "";
            appendCsvCell(out, cells[i]);
        }
        out += "\r\n";
        output.flushIfLarge();
    }
}

bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U;
}

/// What a terminal can show: no control characters (they could move the cursor, or worse), cut to kWidestCell.
std::string terminalText(const Value &value)
{
    std::string out;
    std::size_t characters = 0;
    const std::string text = cellText(value);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool isC1 =
            byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0;
        if (!isContinuation(text[i]) && ++characters > kWidestCell)
            return out + "…";
        if (byte < 0x20 || byte == 0x7f) {
            out += ' ';
        } else if (isC1) {
            out += ' ';
            ++i;
        } else {
            out += text[i];
        }
    }
    return out;
}

std::size_t characterCount(std::string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return !isContinuation(c); }));
}

void writeTable(const AnswerTable &table, Output &output)
{
    std::vector<std::size_t> widths;
    for (const std::string &column : table.columns)
        widths.push_back(column.size());
    for (std::size_t row = 0; row < std::min(table.rowCount, kMeasuredRows); ++row) {
        const std::vector<Value> cells = table.row(row);
        for (std::size_t i = 0; i < cells.size(); ++i)
            widths[i] = std::max(widths[i], characterCount(terminalText(cells[i])));
    }
    std::string &out = output.text();
    const auto appendCell = [&](std::size_t column, std::string_view text, bool isRight) {
        const std::size_t length = characterCount(text);
        const std::string padding(length < widths[column] ? widths[column] - length : 0, ' ');
        out += column > 0 ? "  " : "";
        if (isRight)
            out += padding;
        out += text;
        if (!isRight && column + 1 < table.columns.size())
            out += padding;
    };
    const std::vector<Value> first =
        table.rowCount > 0 ? table.row(0) : std::vector<Value>(table.columns.size());
    const auto isNumber = [](const Value &value) { return value.as<std::int64_t>() || value.as<double>(); };
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        appendCell(i, table.columns[i], isNumber(first[i]));
    out += '\n';
    for (std::size_t row = 0; row < table.rowCount; ++row) {
        const std::vector<Value> cells = table.row(row);
        for (std::size_t i = 0; i < cells.size(); ++i)
            appendCell(i, terminalText(cells[i]), isNumber(cells[i]));
        out += '\n';
        output.flushIfLarge();
    }
}

} // namespace

bool writeAnswer(const AnswerTable &table, AnswerFormat format, std::FILE *out)
{
    Output output(out);
    switch (format) {
    case AnswerFormat::Json:
        writeJson(table, output);
        break;
    case AnswerFormat::Csv:
        writeCsv(table, output);
        break;
    case AnswerFormat::Table:
        writeTable(table, output);
        break;
    }
    return output.finish();
}

Value milliseconds(double ms)
{
    if (std::abs(ms) < 9.0e15 && ms == std::floor(ms))
        return Value(static_cast<std::int64_t>(ms));
    return Value(ms);
}

Value textOrNull(std::string_view text)
{
    return text.empty() ? Value() : Value(text);
}

} // namespace telltale
