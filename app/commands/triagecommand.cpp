// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"

#include "models/analysis/engine.h"
#include "models/analysis/recordtext.h"
#include "models/store/cachewriter.h"
#include "models/telemetry/timeformat.h"

#include <CLI/CLI.hpp>

#include <cstdio>

namespace telltale {
namespace {

using Action = TriageDecision::Action;

/// What stands on the command line of `telltale triage`.
struct TriageLine
{
    std::vector<std::string> groups;
    bool isResolved = false, isArchived = false, isReopened = false, isUnmerged = false;
    std::string inRelease, afterRelease, until, mergeInto;
    std::uint64_t events = 0, users = 0;
    bool untilEscalating = false;
};

std::uint64_t keyOf(const char *option, const std::string &name)
{
    const auto key = groupKey(name);
    if (!key)
        throw CLI::ValidationError(option, "'" + name + "' names no error group; groups are 16 hex digits");
    return *key;
}

TriageDecision decisionOf(const TriageLine &line, Instant now)
{
    const int actions = line.isResolved + line.isArchived + line.isReopened + line.isUnmerged + !line.mergeInto.empty();
    if (actions != 1)
        throw CLI::ValidationError("triage", "say one of --resolve, --archive, --reopen, --merge-into and --unmerge");
    TriageDecision decision;
    decision.time = now;
    if (line.isResolved) {
        decision.action = Action::Resolve;
        decision.release = line.inRelease.empty() ? line.afterRelease : line.inRelease;
        decision.isAfter = line.inRelease.empty() && !line.afterRelease.empty();
    } else if (line.isArchived) {
        decision.action = Action::Archive;
        decision.events = line.events;
        decision.users = line.users;
        decision.untilEscalating = line.untilEscalating;
        if (!line.until.empty()) {
            const auto until = parseTime(line.until, now);
            if (!until)
                throw CLI::ValidationError("--until", until.error().message);
            decision.until = *until;
        }
    } else if (line.isReopened) {
        decision.action = Action::Reopen;
    } else if (line.isUnmerged) {
        decision.action = Action::Unmerge;
    } else {
        decision.action = Action::Merge;
        decision.target = keyOf("--merge-into", line.mergeInto);
    }
    return decision;
}

int fail(const Error &error)
{
    std::fprintf(stderr, "telltale triage: %s\n", error.message.c_str());
    return ExitFailed;
}

int triage(const TriageLine &line, const GlobalOptions &global)
{
    std::vector<TriageDecision> decisions;
    for (const std::string &group : line.groups) {
        TriageDecision &decision = decisions.emplace_back(decisionOf(line, global.clock()->now()));
        decision.group = keyOf("GROUP", group);
        if (decision.action == Action::Merge && decision.target == decision.group)
            throw CLI::ValidationError("--merge-into", "a group can not be merged into itself");
    }
    if (!std::filesystem::exists(global.cache()))
        return fail({Error::Code::NotFound, "there is no cache " + global.cache().string()});
    CacheOptions options;
    options.path = global.cache();
    const auto writer = CacheWriter::open(options);
    if (!writer)
        return fail(writer.error());
    if (const auto decided = (*writer)->decide(decisions); !decided)
        return fail(decided.error());
    std::printf("%s\n", toJson(Value(Value::Map{{"action", Value(triageActionName(decisions.front().action))},
                                                {"groups", Value(static_cast<std::int64_t>(decisions.size()))}}))
                            .c_str());
    return ExitDone;
}

} // namespace

void addTriageCommand(CLI::App &app, const GlobalOptions &global, Run &run)
{
    const auto line = std::make_shared<TriageLine>();
    CLI::App *command = app.add_subcommand("triage", "Decides about groups of errors: resolved, archived, merged");
    command->add_option("GROUP", line->groups, "As telltale query errors names them")->required();
    CLI::Option *resolve = command->add_flag("--resolve", line->isResolved, "Mended; seen again, it has regressed");
    command->add_option("--in", line->inRelease, "Only this release or a later one brings it back")->needs(resolve);
    command->add_option("--after", line->afterRelease, "Only a release later than this one brings it back")->needs(resolve);
    CLI::Option *archive = command->add_flag("--archive", line->isArchived, "Not to be looked at, for ever or until something happens");
    command->add_option("--until", line->until, "A time: RFC 3339")->needs(archive);
    command->add_option("--until-events", line->events, "So many more events")->needs(archive);
    command->add_option("--until-users", line->users, "So many more users")->needs(archive);
    command->add_flag("--until-escalating", line->untilEscalating, "It happens much more often than before")->needs(archive);
    command->add_flag("--reopen", line->isReopened, "Takes it back to the others");
    command->add_option("--merge-into", line->mergeInto, "Counts as this group, for what was and what comes");
    command->add_flag("--unmerge", line->isUnmerged, "Stands for itself again");
    command->footer("Nobody else may write the cache meanwhile; a window decides about the errors of its own cache.");
    command->callback([line, &global, &run] { run = [line, &global] { return triage(*line, global); }; });
}

} // namespace telltale
