// SPDX-License-Identifier: GPL-3.0-or-later
// Records out of the cache: whole or not at all.
#include "app/commands/answerwriter.h"
#include "app/commands/otlplines.h"
#include "app/commands/scopeoptions.h"
#include "models/analysis/recordtext.h"
#include "models/report/workbook.h"
#include "models/telemetry/csvcell.h"
#include "models/telemetry/timeformat.h"

#include <CLI/CLI.hpp>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <memory>
#include <optional>
#include <stop_token>
#include <unistd.h>
#include <utility>

namespace telltale {
namespace {

constexpr std::size_t kPiece = 256 * 1024;
constexpr std::chrono::milliseconds kProgressPause{200};

volatile std::sig_atomic_t isInterrupted = 0;

struct ExportLine
{
    ScopeOptions scope;
    std::string out, format;
};

/// A file that is there when it is whole: written beside, put in place by keep(). "-" is the standard output.
class WholeFile
{
public:
    explicit WholeFile(std::string path)
        : m_path(std::move(path))
        , m_part(m_path + ".part")
        , m_file(isStandard() ? stdout : std::fopen(m_part.c_str(), "wbx"))
    {
        if (!m_file && !isStandard() && errno == EEXIST) { // of an export that was killed
            std::remove(m_part.c_str());
            m_file = std::fopen(m_part.c_str(), "wbx");
        }
    }
    ~WholeFile()
    {
        if (m_file && !isStandard()) {
            std::fclose(m_file);
            std::remove(m_part.c_str());
        }
    }
    WholeFile(const WholeFile &) = delete;
    WholeFile &operator=(const WholeFile &) = delete;

    bool isOpen() const { return m_file != nullptr; }
    std::string &text() { return m_text; }
    bool flush()
    {
        m_isGood = m_isGood && std::fwrite(m_text.data(), 1, m_text.size(), m_file) == m_text.size();
        m_text.clear();
        return m_isGood;
    }
    bool flushIfLarge() { return m_text.size() < kPiece || flush(); }
    bool keep()
    {
        if (!flush() || std::fflush(m_file) != 0)
            return false;
        if (isStandard())
            return true;
        const bool isSafe = ::fsync(::fileno(m_file)) == 0;
        const bool isClosed = std::fclose(std::exchange(m_file, nullptr)) == 0;
        if (isSafe && isClosed && std::rename(m_part.c_str(), m_path.c_str()) == 0)
            return true;
        std::remove(m_part.c_str());
        return false;
    }

private:
    bool isStandard() const { return m_path == "-"; }

    std::string m_path, m_part;
    std::FILE *m_file;
    std::string m_text;
    bool m_isGood = true;
};

enum class ExportFormat { Lines, Otlp, Table, Sheets };

ExportFormat formatOf(const ExportLine &line)
{
    if (line.format.empty()) {
        return line.out.ends_with(".csv")    ? ExportFormat::Table
               : line.out.ends_with(".xlsx") ? ExportFormat::Sheets
                                             : ExportFormat::Lines;
    }
    if (line.format == "jsonl")
        return ExportFormat::Lines;
    if (line.format == "otlp")
        return ExportFormat::Otlp;
    if (line.format == "csv")
        return ExportFormat::Table;
    if (line.format == "xlsx" && line.out != "-")
        return ExportFormat::Sheets;
    throw CLI::ValidationError("--format", "'" + line.format + "' is no format here; there are jsonl, otlp, csv and, for files, xlsx");
}

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

/// Records as rows of sheets, typed: a sheet begins where another is full. The file is there when it is whole.
class SheetFile
{
public:
    SheetFile(std::string path, Instant now)
        : m_path(std::move(path))
        , m_part(m_path + ".part")
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
    ~SheetFile()
    {
        m_book.reset();
        std::remove(m_part.c_str());
    }
    SheetFile(const SheetFile &) = delete;
    SheetFile &operator=(const SheetFile &) = delete;

    void add(const Engine::RecordLine &record)
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
    }
    /// How many cells were cut, once it is in place.
    Result<std::uint64_t> keep()
    {
        const std::uint64_t cut = m_book->cutCells();
        if (const auto closed = m_book->close(); !closed)
            return tl::unexpected(closed.error());
        if (std::rename(m_part.c_str(), m_path.c_str()) != 0)
            return failure(Error::Code::Io, "it can not be put in place");
        return cut;
    }

private:
    std::string m_path, m_part;
    std::unique_ptr<Workbook> m_book;
};

int fail(const std::string &message, ExitCode code = ExitFailed)
{
    std::fprintf(stderr, "telltale export: %s\n", message.c_str());
    return code;
}

int exportRecords(const ExportLine &line, const GlobalOptions &options)
{
    const ExportFormat format = formatOf(line);
    const Scope scope = scopeOf(line.scope, options);
    auto engine = openCacheEngine(options.cache());
    if (!engine)
        return fail(engine.error().message);
    std::optional<SheetFile> sheets;
    if (format == ExportFormat::Sheets)
        sheets.emplace(line.out, scope.now);
    WholeFile file(sheets ? "-" : line.out);
    if (!file.isOpen())
        return fail("Can not write " + line.out + ".");
    std::signal(SIGINT, [](int) { isInterrupted = 1; });
    std::signal(SIGTERM, [](int) { isInterrupted = 1; });
    if (format == ExportFormat::Table)
        appendHeader(file.text());
    OtlpLines otlp;
    std::uint64_t count = 0;
    bool isGood = true;
    std::stop_source stop;
    auto shown = std::chrono::steady_clock::now();
    const auto notes = (*engine)->records(
        scope,
        [&](const Engine::RecordLine &record) {
            if (sheets) {
                sheets->add(record);
            } else if (format == ExportFormat::Table) {
                appendRow(file.text(), record.fields);
            } else if (format == ExportFormat::Otlp) {
                otlp.add(record, file.text());
            } else {
                appendJson(file.text(), Value(record.fields));
                file.text() += '\n';
            }
            ++count;
            isGood = file.flushIfLarge();
            const auto now = std::chrono::steady_clock::now();
            if (now - shown >= kProgressPause && ::isatty(STDERR_FILENO)) {
                shown = now;
                std::fprintf(stderr, "\r%llu records, until %s", static_cast<unsigned long long>(count),
                             formatRfc3339(record.time).c_str());
            }
            return isGood && isInterrupted == 0;
        },
        stop.get_token());
    if (!notes)
        return fail(notes.error().message);
    if (isInterrupted != 0)
        return fail("Stopped; nothing was written.");
    if (sheets) {
        const auto kept = sheets->keep();
        if (!kept)
            return fail("Can not write " + line.out + ": " + kept.error().message);
        if (*kept > 0)
            std::fprintf(stderr, "note: %llu cells were cut to the 32,767 characters that a sheet can hold\n",
                         static_cast<unsigned long long>(*kept));
    }
    otlp.finish(file.text());
    if (!isGood || !file.keep())
        return fail("Can not write " + line.out + ": there is no file now.");
    for (const std::string &note : *notes)
        std::fprintf(stderr, "note: %s\n", note.c_str());
    if (line.out != "-")
        std::printf("%s\n", toJson(Value(Value::Map{{"file", Value(line.out)},
                                                    {"records", Value(static_cast<std::int64_t>(count))}}))
                                .c_str());
    return ExitDone;
}

} // namespace

void addExportCommand(CLI::App &app, const GlobalOptions &options, Run &run)
{
    const auto line = std::make_shared<ExportLine>();
    CLI::App *command = app.add_subcommand("export", "Writes records to a file, in order of time");
    command->add_option("--out", line->out, "The file: .jsonl, .csv or .xlsx; - is the standard output")->required();
    addScopeOptions(*command, line->scope);
    command->add_option("--format", line->format, "jsonl, otlp (OTLP in JSON, one request a line), csv or xlsx (default: by the file's name, else jsonl)");
    command->footer("JSON lines hold all that is kept of a record, and telltale import takes them in again. A table holds what fits "
                    "in columns;\nits attributes are JSON. The file is there when it is whole: a stopped export leaves none.");
    command->callback(
        [line, &options, &run] { run = [line, &options] { return exportRecords(*line, options); }; });
}

} // namespace telltale
