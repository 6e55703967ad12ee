// SPDX-License-Identifier: GPL-3.0-or-later
// Records out of the cache: whole or not at all.
#include "app/commands/askedlines.h"
#include "app/commands/partfile.h"
#include "app/commands/recordfile.h"
#include "app/commands/scopeoptions.h"
#include "models/telemetry/timeformat.h"
#include "models/telemetry/value.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <memory>
#include <stop_token>
#include <string_view>
#include <unistd.h>

namespace telltale {
namespace {

constexpr std::chrono::milliseconds kProgressPause{200};

volatile std::sig_atomic_t isInterrupted = 0;
void onInterrupt(int)
{
    isInterrupted = 1;
}

struct ExportLine
{
    ScopeOptions scope;
    std::string out, format;
};

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

int fail(const std::string &message, ExitCode code = ExitFailed)
{
    std::fprintf(stderr, "telltale export: %s\n", message.c_str());
    return code;
}

int exportRecords(const ExportLine &line, const GlobalOptions &options)
{
    const ExportFormat format = formatOf(line);
    const Scope scope = scopeOf(line.scope, options);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) // before there is a part that a signal could leave behind
        std::signal(signal, onInterrupt);
    auto engine = openCacheEngine(options.cache());
    if (!engine)
        return fail(engine.error().message);
    AskedLines asked = askedLines(scope, **engine);
    Value::Map said = askedMap(asked);
    const auto file = RecordFile::make(format, line.out, scope.now, std::move(asked));
    if (!file->isOpen())
        return fail("Can not write " + line.out + ".");
    std::uint64_t count = 0;
    bool isGood = true;
    std::stop_source stop;
    auto shown = std::chrono::steady_clock::now();
    const auto notes = (*engine)->records(
        scope,
        [&](const Engine::RecordLine &record) {
            isGood = file->add(record);
            ++count;
            const auto now = std::chrono::steady_clock::now();
            if (now - shown >= kProgressPause && ::isatty(STDERR_FILENO)) {
                shown = now;
                std::fprintf(stderr, "\r%llu records, until %s", static_cast<unsigned long long>(count),
                             formatRfc3339(record.time).c_str());
            }
            return isGood && isInterrupted == 0;
        },
        stop.get_token());
    if (::isatty(STDERR_FILENO))
        std::fputs("\r\033[K", stderr);
    if (!notes)
        return fail(notes.error().message);
    // Nobody looks at isInterrupted while the file is finished, and that can take a minute for sheets.
    const PartGuard guard(partOf(line.out), "telltale export: Stopped; nothing was written.\n");
    if (isInterrupted != 0)
        return fail("Stopped; nothing was written.");
    const auto cut = isGood ? file->keep() : Result<std::uint64_t>(failure(Error::Code::Io, "there is no file now"));
    if (!cut)
        return fail("Can not write " + line.out + ": " + cut.error().message + ".");
    if (*cut > 0)
        std::fprintf(stderr, "note: %llu cells were cut to the 32,767 characters that a sheet can hold\n", static_cast<unsigned long long>(*cut));
    for (const std::string &note : *notes)
        std::fprintf(stderr, "note: %s\n", note.c_str());
    if (line.out != "-")
        std::printf("%s\n", toJson(Value(Value::Map{{"file", Value(line.out)},
                                                    {"records", Value(static_cast<std::int64_t>(count))},
                                                    {"asked", Value(std::move(said))}}))
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
