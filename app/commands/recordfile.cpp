// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/recordfile.h"

#include "app/commands/answerwriter.h"
#include "app/commands/otlplines.h"
#include "app/commands/partfile.h"
#include "models/analysis/recordtext.h"
#include "models/report/workbook.h"
#include "models/telemetry/csvcell.h"
#include "models/telemetry/value.h"

#include <cstdio>
#include <utility>
#include <vector>

namespace telltale {
namespace {

constexpr std::string_view kColumns[] = {"time",   "kind",    "name",        "feature", "screen",   "user",
                                         "session", "product", "release",     "environment", "os",  "device",
                                         "country", "severity", "duration_ms", "message", "attributes"};

Value cellOf(const Value::Map &fields, std::string_view column)
{
    if (column == "duration_ms") {
        const Value *duration = fieldOf(fields, "duration_ns");
        return duration ? milliseconds(static_cast<double>(*duration->as<std::int64_t>()) / 1e6) : Value();
    }
    if (column == "message") {
        const Value *error = fieldOf(fields, "error");
        const Value *text = error ? fieldOf(*error->as<Value::Map>(), "message") : fieldOf(fields, "body");
        return text ? Value(toDisplayText(*text)) : Value();
    }
    const Value *value = fieldOf(fields, column);
    if (!value)
        return {};
    return column == "attributes" ? Value(toJson(*value)) : *value;
}

void appendRow(std::string &out, const Value::Map &fields)
{
    for (const std::string_view column : kColumns) {
        if (column != kColumns[0])
            out += ',';
        appendCsvCell(out, cellOf(fields, column));
    }
    out += "\r\n";
}

void appendHeader(std::string &out)
{
    for (const std::string_view column : kColumns)
        out.append(column == kColumns[0] ? "" : ",").append(column);
    out += "\r\n";
}

/// Formats that are text: what a record becomes is appended.
class TextFile : public RecordFile
{
public:
    explicit TextFile(const std::string &path)
        : m_file(path)
    {}
    bool isOpen() const final { return m_file.isOpen(); }
    bool add(const Engine::RecordLine &record) final
    {
        append(record, m_file.text());
        return m_file.flushIfLarge();
    }
    Result<std::uint64_t> keep() final
    {
        finish(m_file.text());
        if (!m_file.keep())
            return failure(Error::Code::Io, "there is no file now");
        return std::uint64_t(0);
    }

protected:
    std::string &text() { return m_file.text(); }
    virtual void append(const Engine::RecordLine &record, std::string &out) = 0;
    virtual void finish(std::string & /*out*/) {}

private:
    PartFile m_file;
};

class LineFile final : public TextFile
{
public:
    using TextFile::TextFile;

private:
    void append(const Engine::RecordLine &record, std::string &out) override
    {
        appendJson(out, record.fields);
        out += '\n';
    }
};

class OtlpFile final : public TextFile
{
public:
    using TextFile::TextFile;

private:
    void append(const Engine::RecordLine &record, std::string &out) override { m_lines.add(record, out); }
    void finish(std::string &out) override { m_lines.finish(out); }

    OtlpLines m_lines;
};

class TableFile final : public TextFile
{
public:
    explicit TableFile(const std::string &path)
        : TextFile(path)
    {
        appendHeader(text());
    }

private:
    void append(const Engine::RecordLine &record, std::string &out) override { appendRow(out, record.fields); }
};

/// Records as rows of sheets, typed: a sheet begins where another is full.
class SheetFile final : public RecordFile
{
public:
    SheetFile(std::string path, Instant now, AskedLines asked)
        : m_path(std::move(path))
        , m_part(partOf(m_path))
        , m_asked(std::move(asked))
        , m_book(std::make_unique<Workbook>(m_part, "Telltale", now))
    {
        std::vector<Workbook::Column> columns;
        for (const std::string_view column : kColumns) {
            const bool isTime = column == "time";
            const bool isNumber = column == "severity" || column == "duration_ms";
            columns.push_back({std::string(column), isTime ? Workbook::Style::Time : isNumber ? Workbook::Style::Number : Workbook::Style::Text,
                               isTime || column == "attributes" ? 24.0 : 14.0});
        }
        m_book->beginSheet("Records", std::move(columns));
    }
    ~SheetFile() override
    {
        m_book.reset();
        std::remove(m_part.c_str());
    }
    SheetFile(const SheetFile &) = delete;
    SheetFile &operator=(const SheetFile &) = delete;

    bool add(const Engine::RecordLine &record) override
    {
        m_book->beginRow();
        for (const std::string_view column : kColumns) {
            const Value cell = column == "time" ? Value() : cellOf(record.fields, column);
            if (column == "time")
                m_book->time(record.time, 0); // UTC, as all times that programs read
            else if (const auto *whole = cell.as<std::int64_t>())
                m_book->number(static_cast<double>(*whole));
            else if (const auto *number = cell.as<double>())
                m_book->number(*number);
            else if (cell.isNull())
                m_book->empty();
            else
                m_book->text(toDisplayText(cell));
        }
        return true;
    }
    Result<std::uint64_t> keep() override
    {
        const std::uint64_t cut = m_book->cutCells();
        m_book->beginSheet("What was asked", {{"", Workbook::Style::Text, 20}, {"", Workbook::Style::Text, 70}});
        for (const auto &[what, value] : m_asked) {
            m_book->beginRow();
            m_book->text(what);
            m_book->text(value);
        }
        if (const auto closed = m_book->close(); !closed)
            return tl::unexpected(closed.error());
        if (!putInPlace(m_path))
            return failure(Error::Code::Io, "it can not be put in place");
        return cut;
    }

private:
    std::string m_path, m_part;
    AskedLines m_asked;
    std::unique_ptr<Workbook> m_book;
};

} // namespace

std::unique_ptr<RecordFile> RecordFile::make(ExportFormat format, const std::string &path, Instant now, AskedLines asked)
{
    switch (format) {
    case ExportFormat::Lines:
        return std::make_unique<LineFile>(path);
    case ExportFormat::Otlp:
        return std::make_unique<OtlpFile>(path);
    case ExportFormat::Table:
        return std::make_unique<TableFile>(path);
    case ExportFormat::Sheets:
        break;
    }
    return std::make_unique<SheetFile>(path, now, std::move(asked));
}

} // namespace telltale
