// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/answerbook.h"
#include "app/commands/command.h"
#include "app/commands/partfile.h"
#include "app/commands/queryquestions.h"
#include "app/commands/scopeoptions.h"
#include "models/telemetry/timeformat.h"

#include <CLI/CLI.hpp>

#include <unistd.h>

#include <cstdio>
#include <memory>

namespace telltale {
namespace {

/// What stands on the command line of `telltale query`.
struct QueryLine
{
    QueryOptions query;
    ScopeOptions scope;
    std::string format, out, plan;
    std::size_t limit = kNoLimit;
    bool isExplained = false;
};

PlanChoice planOf(const std::string &name)
{
    if (name.empty() || name == "auto")
        return PlanChoice::Automatic;
    if (name == "scan")
        return PlanChoice::Scan;
    if (name == "rollups")
        return PlanChoice::Rollups;
    throw CLI::ValidationError("--plan", "'" + name + "' is no plan; there are auto, scan, rollups");
}

Scope scopeOf(const QueryLine &line, const GlobalOptions &options)
{
    Scope scope = scopeOf(line.scope, options);
    auto zone = Zone::named(options.zone);
    if (!zone)
        throw CLI::ValidationError("--zone", zone.error().message);
    scope.zone = std::move(*zone);
    scope.plan = planOf(line.plan);
    return scope;
}

void applyLimit(AnswerTable &table, std::size_t limit)
{
    if (table.rowCount <= limit)
        return;
    table.notes.push_back("the first " + std::to_string(limit) + " of " + std::to_string(table.rowCount) +
                          " rows");
    table.rowCount = limit;
}

/// By --format, else by the file's name. No value: sheets.
std::optional<AnswerFormat> formatOf(const QueryLine &line)
{
    const bool isFile = !line.out.empty() && line.out != "-";
    if (isFile && (line.format == "xlsx" || (line.format.empty() && line.out.ends_with(".xlsx"))))
        return std::nullopt;
    if (isFile && line.format.empty())
        return line.out.ends_with(".csv") ? AnswerFormat::Csv : AnswerFormat::Json;
    return answerFormatNamed(line.format);
}

bool writeSheets(const QueryLine &line, const AnswerTable &table, const Scope &scope, const AskedLines &asked)
{
    const auto cut = writeAnswerBook(table, asked, scope.zone, scope.now, partOf(line.out));
    if (!cut) {
        std::remove(partOf(line.out).c_str());
        return false;
    }
    if (*cut > 0)
        std::fprintf(stderr, "note: %llu cells were cut to the 32,767 characters that a sheet can hold\n", static_cast<unsigned long long>(*cut));
    return putInPlace(line.out);
}

bool writeText(const QueryLine &line, const AnswerTable &table, AnswerFormat format)
{
    PartFile file(line.out.empty() ? "-" : line.out);
    return file.isOpen() && writeAnswer(table, format, file.file()) && file.keep();
}

/// To the standard output, or whole into the file; then says what is in the file, which the columns of a table do not.
bool write(const QueryLine &line, const AnswerTable &table, const Scope &scope, Engine &engine)
{
    const auto format = formatOf(line);
    if (line.out.empty() || line.out == "-")
        return writeText(line, table, *format);
    const AskedLines asked = askedLines(scope, engine);
    const PartGuard guard(partOf(line.out), "telltale query: Stopped; nothing was written.\n");
    if (!(format ? writeText(line, table, *format) : writeSheets(line, table, scope, asked)))
        return false;
    const Value::Map said{{"file", Value(line.out)}, {"rows", Value(static_cast<std::int64_t>(table.rowCount))}, {"asked", Value(askedMap(asked))}};
    std::printf("%s\n", toJson(Value(said)).c_str());
    return true;
}

int fail(const Error &error)
{
    std::fprintf(stderr, "telltale: %s\n", error.message.c_str());
    return error.code == Error::Code::InvalidArgument ? ExitWrongUse : ExitFailed;
}

int runQuery(const QueryLine &line, const GlobalOptions &options)
{
    const bool isJson = formatOf(line) == AnswerFormat::Json; // which says everything itself
    const Scope scope = scopeOf(line, options);
    if (const auto checked = checkQuestion(line.query); !checked)
        return fail(checked.error());
    auto engine = openCacheEngine(options.cache());
    if (!engine)
        return fail(engine.error());
    auto table = answerQuestion(**engine, line.query, scope);
    if (!table)
        return fail(table.error());
    table->question = line.query.question;
    table->from = scope.range.from == Instant::min() ? "" : formatRfc3339(scope.range.from);
    table->to = scope.range.to == Instant::max() ? "" : formatRfc3339(scope.range.to);
    table->zone = scope.zone.id();
    applyLimit(*table, line.limit);
    if (!line.isExplained)
        table->explanation.clear();
    if (!write(line, *table, scope, **engine)) {
        std::fprintf(stderr, "telltale: the answer could not be written%s\n", line.out.empty() ? "" : (" to " + line.out).c_str());
        return ExitFailed;
    }
    if (!isJson) {
        for (const std::string &note : table->notes)
            std::fprintf(stderr, "note: %s\n", note.c_str());
        for (const auto &[name, value] : table->explanation)
            std::fprintf(stderr, "explain: %s %s\n", name.c_str(), toDisplayText(value).c_str());
    }
    return ExitDone;
}

} // namespace

AnswerFormat answerFormatNamed(const std::string &name)
{
    if (name.empty())
        return ::isatty(STDOUT_FILENO) ? AnswerFormat::Table : AnswerFormat::Json;
    if (name == "json")
        return AnswerFormat::Json;
    if (name == "csv")
        return AnswerFormat::Csv;
    if (name == "table")
        return AnswerFormat::Table;
    throw CLI::ValidationError("--format", "'" + name + "' is no format; there are json, csv, table");
}

void addQueryCommand(CLI::App &app, const GlobalOptions &options, Run &run)
{
    const auto line = std::make_shared<QueryLine>();
    CLI::App *command = app.add_subcommand("query", "Answers a question about what was received");
    command->add_option("QUESTION", line->query.question, "One of: " + questionNames())->required();
    command->add_option("ABOUT", line->query.subject, "The session's id, the error's group, the metric's name or the trace's id");
    addScopeOptions(*command, line->scope);
    command->add_option("--format", line->format, "json, csv or table, and xlsx for files (default: by the file's name; json; table on a terminal)");
    command->add_option("--out", line->out, "A file for the answer: .json, .csv or .xlsx; it is there when it is whole");
    command->add_option("--limit", line->limit, "No more rows than this");
    command->add_flag("--explain", line->isExplained,
                      "Says how the answer was found: from rollups or by a scan, and what was read");
    command->add_option(
        "--plan", line->plan,
        "auto, scan or rollups: the answer is the same, only its way differs (default: auto)");
    command->add_option("--step", line->query.step, "activity, metric: 1s, 15s, 1m, 5m, 15m, 1h or 1d");
    command->add_option("--rows", line->query.rows, "heatmap: feature or screen");
    command->add_option("--columns", line->query.columns,
                        "heatmap: minute, hour, day, week, weekday-hour or release");
    command->add_option("--value", line->query.value,
                        "heatmap: events, users or dwell; metric: avg, min, max, sum, rate, count, p50, p95 or p99");
    command->add_option("--period", line->query.period, "retention: day, week or month");
    command->add_option("--steps", line->query.steps,
                        "funnel: names of features, events or screens in their order, joined by commas");
    command->add_option("--window", line->query.window, "funnel: all steps within this time of the first (default: 14d)");
    command->add_option("--starting-at", line->query.startingAt, "paths: the screen or feature they begin with (default: where sessions begin)");
    command->add_option("--ending-at", line->query.endingAt, "paths: the screen or feature they end with; step 1 is the last");
    command->add_option("--of", line->query.of, "paths: screens, features or both (default: both)");
    command->add_option("--depth", line->query.depth, "paths: how many steps, 2 to 12 (default: 4)");
    command->add_option("--top", line->query.top, "paths: names a step, 1 to 50; the others are one (default: 6)");
    command->add_flag("--keep-repeats", line->query.keepsRepeats, "paths: the same name again is a step of its own");
    command->add_option("--by", line->query.by, "metric: the attribute that tells series apart");
    command->footer(
        "Filter fields: product, environment, release, user, session, feature, screen, event, error, "
        "severity,\n"
        "operation, metric, os, device, country, dwell, duration, kind, has, text, attr.KEY, resource.KEY. "
        "Terms "
        "are\n"
        "joined by blanks (and) or OR, - negates, * is a wildcard, quotes keep blanks together; case "
        "matters.\n"
        "Percentiles are of the nearest rank: always a value that was measured. Sessions come with the "
        "newest\n"
        "start first, what they count is of the whole session; logs and occurrences of an error go by time.\n"
        "A screen view without a dwell time of its own lasts until the session's next screen view or its "
        "end,\n"
        "30 minutes at most.");
    command->callback(
        [line, &options, &run] { run = [line, &options] { return runQuery(*line, options); }; });
}

} // namespace telltale
