// SPDX-License-Identifier: GPL-3.0-or-later
// Files into the cache, through the same way in as what comes over the wire.
#include "app/commands/command.h"

#include "app/collector/cachesink.h"
#include "models/archive/archivecontent.h"
#include "models/grouping/errorgrouping.h"
#include "models/ingest/pipeline.h"
#include "models/ingest/rulefile.h"
#include "models/protocols/jsonlines/jsonlines.h"
#include "models/sources/file/requestfile.h"
#include "models/telemetry/value.h"

#include <CLI/CLI.hpp>

#include <array>
#include <atomic>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <future>
#include <mutex>
#include <stop_token>
#include <thread>
#include <unistd.h>

namespace telltale {
namespace {

constexpr std::size_t kAtOnce = 16; ///< requests on their way; the pipeline bounds their bytes
constexpr std::chrono::milliseconds kPause{200};
constexpr int kMostRepeats = 300; ///< a minute: then the disk will not come back

std::atomic<bool> isInterrupted = false;

/// Hands requests to the pipeline and gathers what became of them.
class Importer
{
public:
    Importer(Pipeline &pipeline, std::shared_ptr<const Clock> clock)
        : m_pipeline(pipeline)
        , m_clock(std::move(clock))
    {}

    void add(ReceivedRequest request);
    void finish();
    std::uint64_t refused() const { return m_refused; }
    std::string lastProblem() const { return m_problem; }

private:
    struct Waiting
    {
        ReceivedRequest request;
        int repeats = 0;
    };
    void send(Waiting waiting);
    void onAnswer(const Answer &answer, Waiting waiting);

    Pipeline &m_pipeline;
    std::shared_ptr<const Clock> m_clock;
    std::mutex m_mutex;
    std::condition_variable m_hasAnswer;
    std::size_t m_onTheWay = 0;
    std::vector<Waiting> m_again;
    std::uint64_t m_refused = 0;
    std::string m_problem;
};

void Importer::send(Waiting waiting)
{
    ReceivedRequest copy = waiting.request;
    m_pipeline.handle(std::move(copy), [this, waiting = std::move(waiting)](Answer &&answer) mutable {
        onAnswer(answer, std::move(waiting));
    });
}

void Importer::onAnswer(const Answer &answer, Waiting waiting)
{
    const std::scoped_lock lock(m_mutex);
    if (answer.status == 503 && waiting.repeats < kMostRepeats && !isInterrupted) {
        ++waiting.repeats;
        m_again.push_back(std::move(waiting));
    } else {
        --m_onTheWay;
        if (answer.status >= 300) {
            ++m_refused;
            m_problem = answer.body.substr(0, 500);
        }
    }
    m_hasAnswer.notify_all();
}

void Importer::add(ReceivedRequest request)
{
    request.arrival = m_clock->now();
    std::unique_lock lock(m_mutex);
    while (m_onTheWay >= kAtOnce) {
        m_hasAnswer.wait(lock, [&] { return m_onTheWay < kAtOnce || !m_again.empty(); });
        auto again = std::exchange(m_again, {});
        if (again.empty())
            continue;
        lock.unlock();
        std::this_thread::sleep_for(kPause);
        for (Waiting &waiting : again)
            send(std::move(waiting));
        lock.lock();
    }
    ++m_onTheWay;
    lock.unlock();
    send({std::move(request)});
}

void Importer::finish()
{
    std::unique_lock lock(m_mutex);
    while (m_onTheWay > 0) {
        m_hasAnswer.wait(lock, [&] { return m_onTheWay == 0 || !m_again.empty(); });
        auto again = std::exchange(m_again, {});
        lock.unlock();
        if (!again.empty())
            std::this_thread::sleep_for(kPause);
        for (Waiting &waiting : again)
            send(std::move(waiting));
        lock.lock();
    }
}

void showProgress(const std::string &file, const RequestFile &requests, std::chrono::steady_clock::time_point &shown)
{
    const auto now = std::chrono::steady_clock::now();
    if (!::isatty(STDERR_FILENO) || requests.size() == 0 || now - shown < kPause)
        return;
    shown = now;
    std::fprintf(stderr, "\r%s %3.0f %%", file.c_str(),
                 100.0 * static_cast<double>(requests.consumed()) / static_cast<double>(requests.size()));
}

/// False when the file could not be read to its end.
bool importFile(const std::string &file, const FileForm &form, Importer &importer, std::uint64_t &count)
{
    auto requests = RequestFile::open(file, form);
    if (!requests) {
        std::fprintf(stderr, "telltale import: %s\n", requests.error().message.c_str());
        return false;
    }
    std::chrono::steady_clock::time_point shown;
    while (!isInterrupted) {
        auto request = requests->next();
        if (!request) {
            std::fprintf(stderr, "telltale import: %s: %s\n", file.c_str(), request.error().message.c_str());
            return false;
        }
        if (!*request)
            return true;
        importer.add(std::move(**request));
        ++count;
        showProgress(file, *requests, shown);
    }
    return false;
}

/// SQLite says so in its first bytes.
bool isDatabase(const std::string &file)
{
    constexpr std::string_view kMagic = "SQLite format 3";
    std::array<char, kMagic.size()> start{};
    std::ifstream stream(file, std::ios::binary);
    return stream.read(start.data(), start.size()) && std::string_view(start.data(), start.size()) == kMagic;
}

/// What an archive holds and the cache does not. False when it could not be read to its end.
bool importArchive(const std::string &file, const std::filesystem::path &cache, Pipeline &pipeline, Importer &importer, std::uint64_t &count,
                   std::uint64_t &known)
{
    importer.finish(); // what came before is known
    std::stop_source stop;
    const auto taken = takeArchive(
        file, cache,
        [&](std::string &&json) {
            ReceivedRequest request;
            request.protocol = "archive";
            request.method = "POST";
            request.path = kJsonLinesPath;
            request.query = std::to_string(::getpid()) + '/' + std::to_string(++count); // equal texts are different records
            request.contentType = "application/json";
            request.body = std::move(json);
            importer.add(std::move(request));
            return !isInterrupted;
        },
        stop.get_token());
    importer.finish();
    if (!taken) {
        std::fprintf(stderr, "telltale import: %s: %s\n", file.c_str(), taken.error().message.c_str());
        return false;
    }
    known += taken->known;
    for (const std::string &note : taken->about.notes)
        std::fprintf(stderr, "note: %s: %s\n", file.c_str(), note.c_str());
    std::size_t left = 0;
    for (const TriageDecision &decision : taken->decisions) {
        std::promise<bool> decided;
        pipeline.decide({decision}, [&](const Result<void> &result) { decided.set_value(bool(result)); });
        left += decided.get_future().get() ? 0 : 1;
    }
    if (left > 0)
        std::fprintf(stderr, "note: %s: %zu decisions about error groups were left out: the cache does not know the groups\n", file.c_str(), left);
    std::promise<Result<void>> put;
    pipeline.putDocuments(taken->documents, [&](Result<void> result) { put.set_value(std::move(result)); });
    if (const Result<void> result = put.get_future().get(); !result) {
        std::fprintf(stderr, "telltale import: %s: %s\n", file.c_str(), result.error().message.c_str());
        return false;
    }
    return true;
}

struct ImportOptions
{
    std::vector<std::string> files, columns, constants; ///< FIELD=COLUMN and FIELD=TEXT
    bool isTable = false;
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

int import(const ImportOptions &chosen, const GlobalOptions &global)
{
    const std::vector<std::string> &files = chosen.files;
    FileForm form;
    form.isTable = chosen.isTable;
    if (!splitPairs(chosen.columns, form.mapping.columns) || !splitPairs(chosen.constants, form.mapping.constants))
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
    std::signal(SIGINT, [](int) { isInterrupted = true; });
    std::signal(SIGTERM, [](int) { isInterrupted = true; });
    CacheSink sink(std::move(*writer));
    PipelineOptions options;
    options.clock = global.clock();
    options.mappingRules = rulePathOf(cache.path);
    Pipeline pipeline(options, sink);
    pipeline.start();
    std::uint64_t requests = 0;
    std::size_t complete = 0;
    std::uint64_t refused = 0;
    std::uint64_t known = 0; ///< records of archives that the cache has already
    {
        Importer importer(pipeline, options.clock);
        for (const std::string &file : files) {
            const bool isWhole = isDatabase(file) ? importArchive(file, cache.path, pipeline, importer, requests, known)
                                                  : importFile(file, form, importer, requests);
            complete += isWhole ? 1 : 0;
        }
        importer.finish();
        refused = importer.refused();
        if (refused > 0)
            std::fprintf(stderr, "telltale import: %llu requests were refused; the last one: %s\n",
                         static_cast<unsigned long long>(refused), importer.lastProblem().c_str());
    }
    pipeline.stop();
    const PipelineStats stats = pipeline.stats();
    const auto number = [](std::uint64_t n) { return Value(static_cast<std::int64_t>(n)); };
    std::printf("%s\n", toJson(Value(Value::Map{{"files", number(complete)},
                                                {"requests", number(requests)},
                                                {"records", number(stats.records)},
                                                {"repeats", number(stats.repeats)},
                                                {"known", number(known)},
                                                {"rejected", number(stats.rejected)},
                                                {"refused", number(refused)}}))
                            .c_str());
    if (isInterrupted)
        std::fputs("telltale import: stopped before the end. Start it again: what is stored already is recognised.\n",
                   stderr);
    if (stats.rejected > 0)
        std::fprintf(stderr, "telltale import: %llu records were left out; query counters says why\n",
                     static_cast<unsigned long long>(stats.rejected));
    if (complete == files.size() && refused == 0 && stats.rejected == 0 && !isInterrupted)
        return ExitDone;
    return stats.records > 0 || stats.repeats > 0 || known > 0 ? ExitPartial : ExitFailed;
}

} // namespace

void addImportCommand(CLI::App &app, const GlobalOptions &options, Run &run)
{
    const auto chosen = std::make_shared<ImportOptions>();
    CLI::App *command = app.add_subcommand("import", "Stores what is in files");
    command
        ->add_option("FILE", chosen->files,
                     "OTLP in JSON, whole or one request a line; JSON lines; recorded requests; tables as .csv or .tsv; "
                     "also .gz and .zst; archives of telltale archive; - is the standard input")
        ->required();
    command->add_flag("--csv", chosen->isTable, "The files are tables with a header, whatever their names");
    command->add_option("--map", chosen->columns, "FIELD=COLUMN: what a column of a table is (repeatable)")
        ->allow_extra_args(false);
    command->add_option("--set", chosen->constants, "FIELD=TEXT: what all rows of a table have (repeatable)")
        ->allow_extra_args(false);
    command->footer("JSON lines are objects with event or name (a use of that feature), metric and value, exception or "
                    "error, or message;\nbeside them time, user, session, screen, product, release, environment, os, "
                    "device, severity. All else is an attribute.\nThe columns of tables are the same fields when they are "
                    "called so, or --map says so: --map user=Customer --set event=Order.\nPrints what was stored as JSON. Exit code 3: not all "
                    "could be stored.");
    command->callback([chosen, &options, &run] { run = [chosen, &options] { return import(*chosen, options); }; });
}

} // namespace telltale
