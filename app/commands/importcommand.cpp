// SPDX-License-Identifier: GPL-3.0-or-later
// Files into the cache, through the same way in as what comes over the wire.
#include "app/commands/command.h"

#include "app/collector/cachesink.h"
#include "models/archive/archivecontent.h"
#include "models/grouping/errorgrouping.h"
#include "models/ingest/pipeline.h"
#include "models/ingest/rulefile.h"
#include "models/protocols/jsonlines/jsonlines.h"
#include "models/sources/file/fileimport.h"
#include "models/telemetry/cachesignature.h"
#include "models/telemetry/value.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <future>
#include <optional>
#include <unistd.h>

namespace telltale {
namespace {

constexpr std::chrono::milliseconds kProgressEvery{200};

std::atomic<bool> isInterrupted = false;

/// One line on a terminal that is written over; nothing anywhere else.
class ProgressLine
{
public:
    void show(const ImportProgress &progress)
    {
        const auto now = std::chrono::steady_clock::now();
        if (!m_isTerminal || now - m_shown < kProgressEvery)
            return;
        m_shown = now;
        const std::string name = std::filesystem::path(progress.file).filename().string();
        if (progress.size > 0)
            std::fprintf(stderr, "\r\x1b[K%s  %3.0f %%  %llu records", name.c_str(),
                         100.0 * static_cast<double>(progress.consumed) / static_cast<double>(progress.size),
                         static_cast<unsigned long long>(progress.records));
        else
            std::fprintf(stderr, "\r\x1b[K%s  %llu MB  %llu records", name.c_str(),
                         static_cast<unsigned long long>(progress.consumed / 1'000'000),
                         static_cast<unsigned long long>(progress.records));
        m_isDirty = true;
    }
    ~ProgressLine()
    {
        if (m_isDirty)
            std::fputs("\r\x1b[K", stderr);
    }

private:
    const bool m_isTerminal = ::isatty(STDERR_FILENO) == 1;
    bool m_isDirty = false;
    std::chrono::steady_clock::time_point m_shown;
};

bool isCache(const std::string &file)
{
    std::array<char, kCacheSignatureBytes> head{};
    std::ifstream stream(file, std::ios::binary);
    return stream.read(head.data(), head.size()) && isCacheSignature({head.data(), head.size()});
}

/// Decisions and documents of an archive. A sentence when they can not be stored.
std::string keepBeside(const std::string &file, ArchiveTaken &taken, Pipeline &pipeline)
{
    std::size_t left = 0;
    for (const TriageDecision &decision : taken.decisions) {
        std::promise<bool> decided;
        pipeline.decide({decision}, [&](const Result<void> &result) { decided.set_value(bool(result)); });
        left += decided.get_future().get() ? 0 : 1;
    }
    if (left > 0)
        std::fprintf(stderr, "note: %s: %zu decisions about error groups were left out: the cache does not know the groups\n", file.c_str(), left);
    std::promise<Result<void>> put;
    pipeline.putDocuments(std::move(taken.documents), [&](Result<void> result) { put.set_value(std::move(result)); });
    const Result<void> result = put.get_future().get();
    return result ? std::string() : result.error().message;
}

/// What an archive holds and the cache does not.
ImportResult importArchive(const std::string &file, const std::filesystem::path &cache, ImportOptions options, Pipeline &pipeline, std::uint64_t &known)
{
    options.isAgain = true; // what is known is left out already, and equal records are not one
    std::optional<Result<ArchiveTaken>> taken;
    ImportResult result = importRequests(
        [&](const std::function<bool(ReceivedRequest &&)> &hand) {
            const auto take = [&](std::string &&json) {
                ReceivedRequest request;
                request.protocol = kArchiveKind;
                request.method = "POST";
                request.path = kJsonLinesPath;
                request.contentType = "application/json";
                request.body = std::move(json);
                return hand(std::move(request));
            };
            taken = takeArchive(file, cache, take, {});
        },
        options, pipeline, isInterrupted);
    if (!*taken) {
        if (!result.isCancelled)
            result.problems.emplace_back(file, taken->error().message);
        return result;
    }
    known += (*taken)->known;
    for (const std::string &note : (*taken)->about.notes)
        std::fprintf(stderr, "note: %s: %s\n", file.c_str(), note.c_str());
    if (std::string problem = keepBeside(file, **taken, pipeline); !problem.empty())
        result.problems.emplace_back(file, std::move(problem));
    else
        ++result.files;
    return result;
}

struct ImportArguments
{
    std::vector<std::string> files, columns, constants; ///< FIELD=COLUMN and FIELD=TEXT
    bool isTable = false, isAgain = false;
};

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// False when one has no "=" or nothing before it.
bool splitPairs(const std::vector<std::string> &texts, Pairs &pairs)
{
    for (const std::string &text : texts) {
        const auto at = text.find('=');
        if (at == std::string::npos || at == 0 || at + 1 == text.size()) {
            std::fprintf(stderr, "telltale import: %s is not FIELD=NAME\n", text.c_str());
            return false;
        }
        pairs.emplace_back(text.substr(0, at), text.substr(at + 1));
    }
    return true;
}

void stopOnSignals()
{
    std::signal(SIGINT, [](int) { isInterrupted = true; });
    std::signal(SIGTERM, [](int) { isInterrupted = true; });
    std::signal(SIGXFSZ, SIG_IGN); // a file size limit is like a full disk: an error, not the end
}

void say(const ImportResult &result)
{
    const auto number = [](std::uint64_t n) { return static_cast<unsigned long long>(n); };
    for (const auto &[file, problem] : result.problems)
        std::fprintf(stderr, "telltale import: %s\n",
                     problem.find(file) == std::string::npos ? (file + ": " + problem).c_str() : problem.c_str());
    if (result.refused > 0)
        std::fprintf(stderr, "telltale import: %llu requests were refused; the last one: %s\n", number(result.refused),
                     result.lastRefusal.c_str());
    if (result.rejected > 0)
        std::fprintf(stderr, "telltale import: %llu records were left out; query counters says why\n",
                     number(result.rejected));
    if (result.firstBadLine > 0)
        std::fprintf(stderr, "telltale import: %s: the first line that is not JSON is line %llu\n",
                     result.firstBadFile.c_str(), number(result.firstBadLine));
    if (result.isCancelled)
        std::fputs("telltale import: stopped before the end. Start it again: what is stored already is recognised.\n",
                   stderr);
}

int import(const ImportArguments &chosen, const GlobalOptions &global)
{
    ImportOptions options;
    options.form.isTable = chosen.isTable;
    options.isAgain = chosen.isAgain;
    options.clock = global.clock();
    CsvMapping &mapping = options.form.mapping;
    if (!splitPairs(chosen.columns, mapping.columns) || !splitPairs(chosen.constants, mapping.constants))
        return ExitWrongUse;

    CacheOptions cache;
    cache.path = global.cache();
    cache.groupingVersion = kErrorGroupingVersion;
    auto writer = CacheWriter::open(cache);
    if (!writer) {
        std::fprintf(stderr, "telltale import: Can not write %s: %s\n", cache.path.c_str(),
                     writer.error().message.c_str());
        return ExitFailed;
    }
    stopOnSignals();
    CacheSink sink(std::move(*writer));
    PipelineOptions pipelineOptions;
    pipelineOptions.clock = options.clock;
    pipelineOptions.mappingRules = rulePathOf(cache.path);
    Pipeline pipeline(pipelineOptions, sink);
    pipeline.start();
    ImportResult result;
    std::uint64_t known = 0; ///< records of archives that the cache has already
    {
        ProgressLine line;
        options.progress = [&line](const ImportProgress &progress) { line.show(progress); };
        std::vector<std::string> files = chosen.files;
        const auto archives = std::stable_partition(files.begin(), files.end(), [](const std::string &file) { return !isCache(file); });
        result = importFiles({files.begin(), archives}, options, pipeline, isInterrupted);
        for (auto archive = archives; archive != files.end() && !isInterrupted; ++archive)
            result.add(importArchive(*archive, cache.path, options, pipeline, known));
    }
    pipeline.stop();
    const auto number = [](std::uint64_t n) { return Value(static_cast<std::int64_t>(n)); };
    std::printf("%s\n", toJson(Value(Value::Map{{"files", number(result.files)},
                                                {"requests", number(result.requests)},
                                                {"records", number(result.records)},
                                                {"repeats", number(result.repeats)},
                                                {"known", number(known)},
                                                {"rejected", number(result.rejected)},
                                                {"refused", number(result.refused)}}))
                            .c_str());
    say(result);
    if (result.isWhole())
        return ExitDone;
    return result.records > 0 || result.repeats > 0 || known > 0 ? ExitPartial : ExitFailed;
}

} // namespace

void addImportCommand(CLI::App &app, const GlobalOptions &options, Run &run)
{
    const auto chosen = std::make_shared<ImportArguments>();
    CLI::App *command = app.add_subcommand("import", "Stores what is in files");
    command
        ->add_option("FILE", chosen->files,
                     "OTLP in JSON, whole or one request a line; what a Collector's file exporter writes, protobuf too; JSON "
                     "lines; recorded requests; tables as .csv or .tsv; also .gz and .zst; archives of telltale archive; - is the "
                     "standard input")
        ->required();
    command->add_flag("--csv", chosen->isTable, "The files are tables with a header, whatever their names");
    command->add_option("--map", chosen->columns, "FIELD=COLUMN: what a column of a table is (repeatable)")
        ->allow_extra_args(false);
    command->add_option("--set", chosen->constants, "FIELD=TEXT: what all rows of a table have (repeatable)")
        ->allow_extra_args(false);
    command->add_flag("--again", chosen->isAgain,
                      "Store also what an import stored before; else it is recognised, however long ago that was");
    command->footer("JSON lines are objects with event or name (a use of that feature), metric and value, exception or "
                    "error, or message;\nbeside them time, user, session, screen, product, release, environment, os, "
                    "device, severity. All else is an attribute.\nThe columns of tables are the same fields when they are "
                    "called so, or --map says so: --map user=Customer --set event=Order.\nPrints what was stored as JSON. Exit code 3: not all "
                    "could be stored. An import that was stopped is complete after it was started once more.");
    command->callback([chosen, &options, &run] { run = [chosen, &options] { return import(*chosen, options); }; });
}

} // namespace telltale
