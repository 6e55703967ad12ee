// SPDX-License-Identifier: GPL-3.0-or-later
// A selection as one file that opens elsewhere.
#include "app/commands/scopeoptions.h"

#include "models/archive/archivecontent.h"
#include "models/archive/archivewriter.h"
#include "models/telemetry/filterfields.h"
#include "models/telemetry/timeformat.h"
#include "models/telemetry/value.h"

#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdio>
#include <memory>
#include <stop_token>
#include <thread>
#include <unistd.h>

namespace telltale {
namespace {

struct ArchiveLine
{
    ScopeOptions scope;
    std::string out, title, note, view;
    std::vector<std::string> files; ///< shown, compared or merged
    bool isRedacted = false;
    std::size_t examples = 10;
};

/// Asks for a stop when a signal comes, for as long as it lives.
class StopOnSignal
{
public:
    StopOnSignal()
    {
        sigemptyset(&m_set);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP})
            sigaddset(&m_set, signal);
        pthread_sigmask(SIG_BLOCK, &m_set, nullptr);
        m_thread = std::jthread([this](const std::stop_token &ended) {
            const timespec pause{0, 50'000'000};
            while (!ended.stop_requested()) {
                if (sigtimedwait(&m_set, nullptr, &pause) > 0)
                    m_stop.request_stop();
            }
        });
    }
    std::stop_token token() const { return m_stop.get_token(); }

private:
    sigset_t m_set{};
    std::stop_source m_stop;
    std::jthread m_thread;
};

int fail(const Error &error)
{
    std::fprintf(stderr, "telltale archive: %s\n", error.code == Error::Code::Cancelled ? "Stopped; nothing was written." : error.message.c_str());
    return ExitFailed;
}

Value number(std::uint64_t n)
{
    return Value(static_cast<std::int64_t>(n));
}

Value texts(const std::vector<std::string> &list)
{
    Value::Array all;
    for (const std::string &text : list)
        all.emplace_back(text);
    return Value(std::move(all));
}

int answerWritten(const std::string &out, const Result<ArchiveAbout> &about)
{
    if (::isatty(STDERR_FILENO))
        std::fputs("\r\033[K", stderr);
    if (!about)
        return fail(about.error());
    for (const std::string &note : about->notes)
        std::fprintf(stderr, "note: %s\n", note.c_str());
    std::printf("%s\n", toJson(Value(Value::Map{{"file", Value(out)},
                                                {"records", number(about->records)},
                                                {"redacted", Value(about->isRedacted)},
                                                {"notes", texts(about->notes)}}))
                            .c_str());
    return ExitDone;
}

/// From the cache, or from the files that are merged.
int write(const ArchiveLine &line, const GlobalOptions &global)
{
    ArchiveRequest request;
    request.scope = scopeOf(line.scope, global);
    if (auto zone = Zone::named(global.zone))
        request.scope.zone = std::move(*zone);
    request.title = line.title;
    request.note = line.note;
    request.view = line.view;
    request.isRedacted = line.isRedacted;
    const StopOnSignal signal;
    std::vector<std::filesystem::path> files(line.files.begin(), line.files.end());
    if (files.empty())
        files.push_back(global.cache());
    const bool isShown = ::isatty(STDERR_FILENO) != 0;
    const auto progress = [isShown](std::uint64_t records, Instant until) {
        if (isShown)
            std::fprintf(stderr, "\r%llu records, until %s", static_cast<unsigned long long>(records), formatRfc3339(until).c_str());
    };
    return answerWritten(line.out, mergeArchives(files, line.out, std::move(request), progress, signal.token()));
}

int show(const ArchiveLine &line)
{
    const auto about = archiveAbout(line.files[0]);
    if (!about)
        return fail(about.error());
    if (!*about)
        return fail({Error::Code::Unsupported, line.files[0] + " is a cache and no archive"});
    std::printf("%s\n", (*about)->toJson().c_str());
    return ExitDone;
}

int compare(const ArchiveLine &line)
{
    const StopOnSignal signal;
    const auto difference = compareArchives(line.files[0], line.files[1], line.examples, signal.token());
    if (!difference)
        return fail(difference.error());
    Value::Array kinds, groups;
    for (const ArchiveDifference::Kind &kind : difference->kinds)
        kinds.emplace_back(Value::Map{{"kind", Value(recordKindName(kind.kind))},
                                      {"both", number(kind.both)},
                                      {"only_first", number(kind.onlyFirst)},
                                      {"only_second", number(kind.onlySecond)}});
    for (const ArchiveDifference::Group &group : difference->groups)
        groups.emplace_back(Value::Map{{"group", Value(group.group)},
                                       {"first", group.first.empty() ? Value() : Value(group.first)},
                                       {"second", group.second.empty() ? Value() : Value(group.second)}});
    // The examples are JSON already.
    const auto raw = [](const std::vector<std::string> &lines) {
        std::string out = "[";
        for (const std::string &each : lines)
            out.append(out.size() > 1 ? "," : "").append(each);
        return out + ']';
    };
    std::string text = toJson(Value(Value::Map{{"equal", Value(difference->isEmpty())},
                                               {"kinds", Value(std::move(kinds))},
                                               {"groups", Value(std::move(groups))},
                                               {"documents_only_first", texts(difference->documentsFirst)},
                                               {"documents_only_second", texts(difference->documentsSecond)},
                                               {"notes", texts(difference->notes)}}));
    text.pop_back();
    text += ",\"examples_only_first\":" + raw(difference->onlyFirst) + ",\"examples_only_second\":" + raw(difference->onlySecond) + '}';
    std::printf("%s\n", text.c_str());
    return ExitDone;
}

void addWhatItSays(CLI::App &command, ArchiveLine &line, bool isRequired)
{
    command.add_option("--out", line.out, "The file: NAME.telltale")->required(isRequired);
    addScopeOptions(command, line.scope);
    command.add_option("--title", line.title, "What it is, in a few words");
    command.add_option("--note", line.note, "What whoever opens it should know");
    command.add_option("--view", line.view, "The view it opens with: overview, usage, sessions, errors, performance, journeys");
    command.add_flag("--redact", line.isRedacted, "Without who the people were: users and sessions renamed, their machines and addresses left out");
}

} // namespace

void addArchiveCommand(CLI::App &app, const GlobalOptions &options, Run &run)
{
    const auto line = std::make_shared<ArchiveLine>();
    CLI::App *command = app.add_subcommand("archive", "Keeps a selection as one file that opens elsewhere");
    command->require_subcommand(0, 1);
    addWhatItSays(*command, *line, false);
    command->footer("The file holds records, decisions about error groups and documents. telltale FILE opens it, read-only; telltale import "
                    "takes it into a cache,\nwithout what is there already. It is there when it is whole: a stopped command leaves none.");
    CLI::App *shown = command->add_subcommand("show", "Prints what an archive says about itself");
    shown->add_option("FILE", line->files)->required()->expected(1);
    shown->callback([line, &run] { run = [line] { return show(*line); }; });
    CLI::App *compared = command->add_subcommand("compare", "Prints how two archives, or caches, differ");
    compared->add_option("FILES", line->files)->required()->expected(2);
    compared->add_option("--examples", line->examples, "So many records that only one of them has");
    compared->callback([line, &run] { run = [line] { return compare(*line); }; });
    CLI::App *merged = command->add_subcommand("merge", "Makes one archive of several; what two of them have comes once");
    merged->add_option("FILES", line->files)->required()->expected(2, 64);
    addWhatItSays(*merged, *line, true);
    merged->callback([line, &options, &run] { run = [line, &options] { return write(*line, options); }; });
    command->callback([line, command, &options, &run] {
        if (!command->get_subcommands().empty())
            return;
        if (line->out.empty())
            throw CLI::RequiredError("--out");
        run = [line, &options] { return write(*line, options); };
    });
}

} // namespace telltale
