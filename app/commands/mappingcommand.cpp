// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes what, and rules of one's own on top.
#include "app/commands/answerwriter.h"
#include "app/commands/command.h"
#include "app/commands/scopeoptions.h"
#include "models/ingest/mappingtables.h"
#include "models/ingest/rulefile.h"
#include "models/preview/rulepreview.h"
#include "models/telemetry/filterfields.h"
#include "models/telemetry/timeformat.h"

#include <CLI/CLI.hpp>

#include <cstdio>

namespace telltale {
namespace {

struct MappingLine
{
    std::string protocol, format;
    std::vector<std::string> rule; ///< its words, when the shell took them apart
    std::size_t last = 10'000;
    ScopeOptions scope;
};

int fail(const Error &error)
{
    std::fprintf(stderr, "telltale mapping: %s\n", error.message.c_str());
    const bool isWrongUse = error.code == Error::Code::InvalidArgument;
    return isWrongUse ? ExitWrongUse : ExitFailed;
}

Result<MappingRule> ruleOf(const MappingLine &line)
{
    std::string text;
    for (const std::string &word : line.rule)
        text += (text.empty() ? "" : " ") + word;
    return parseMappingRule(text);
}

int write(const AnswerTable &table, const std::string &formatName)
{
    if (!writeAnswer(table, answerFormatNamed(formatName), stdout)) {
        std::fputs("telltale: the answer could not be written\n", stderr);
        return ExitFailed;
    }
    if (answerFormatNamed(formatName) != AnswerFormat::Json) {
        for (const std::string &note : table.notes)
            std::fprintf(stderr, "note: %s\n", note.c_str());
    }
    return ExitDone;
}

/// Rules of one's own first, as they are what is tried last and wins.
int show(const MappingLine &line, const GlobalOptions &global)
{
    AnswerTable table;
    table.question = "mapping";
    table.columns = {"protocol", "field", "from", "when", "becomes", "own"};
    std::vector<std::vector<Value>> rows;
    auto file = readRules(rulePathOf(global.cache()));
    if (!file)
        return fail(file.error());
    bool isKnown = line.protocol.empty();
    for (const MappingRule &rule : file->rules) {
        MappingRow row{rule.target, rule.place, rule.key, {}, {}};
        rows.push_back({Value(), Value(mappedFieldName(rule.target)), Value(mappingSource(row)),
                        textOrNull(conditionsText(rule)), Value(), Value(toText(rule))});
    }
    for (const MappingTable &mapping : builtInMappings()) {
        if (!line.protocol.empty() && mapping.protocol != line.protocol)
            continue;
        isKnown = true;
        for (const MappingRow &row : mapping.rows)
            rows.push_back({Value(mapping.protocol), Value(mappedFieldName(row.field)),
                            Value(mappingSource(row)), textOrNull(row.when), textOrNull(row.meaning),
                            Value()});
    }
    if (!isKnown) {
        std::string known;
        for (const MappingTable &mapping : builtInMappings())
            known += (known.empty() ? "" : ", ") + mapping.protocol;
        throw CLI::ValidationError("PROTOCOL", "'" + line.protocol + "' has no table; there are " + known);
    }
    for (const RuleProblem &problem : file->problems)
        table.notes.push_back("line " + std::to_string(problem.line) + " of " +
                              rulePathOf(global.cache()).string() + " is no rule: " + problem.message);
    table.rowCount = rows.size();
    table.row = [&](std::size_t row) { return rows[row]; };
    return write(table, line.format);
}

int change(const MappingLine &line, const GlobalOptions &global, bool isAdded)
{
    const auto rule = ruleOf(line);
    if (!rule)
        return fail(rule.error());
    const auto path = rulePathOf(global.cache());
    const auto isChanged = isAdded ? addRule(path, *rule) : removeRule(path, *rule);
    if (!isChanged)
        return fail(isChanged.error());
    if (!*isChanged && !isAdded)
        return fail({Error::Code::NotFound,
                     "there is no rule '" + toText(*rule) + "'; telltale mapping shows those there are"});
    std::printf("%s\n", toJson(Value(Value::Map{{isAdded ? "added" : "removed", Value(*isChanged)},
                                                {"rule", Value(toText(*rule))}}))
                            .c_str());
    if (!*isChanged)
        std::fputs("telltale mapping: that rule is there already\n", stderr);
    return ExitDone;
}

int preview(const MappingLine &line, const GlobalOptions &global)
{
    const auto rule = ruleOf(line);
    if (!rule)
        return fail(rule.error());
    const Scope scope = scopeOf(line.scope, global);
    auto engine = openCacheEngine(global.cache());
    if (!engine)
        return fail(engine.error());
    const auto found = previewRule(**engine, *rule, scope, line.last, {});
    if (!found)
        return fail(found.error());
    AnswerTable table;
    table.question = "mapping preview";
    table.columns = {"kind", "name", "field", "before", "after", "records", "newest"};
    table.rowCount = found->changes.size();
    table.row = [&](std::size_t i) -> std::vector<Value> {
        const RuleChange &each = found->changes[i];
        return {Value(recordKindName(each.kind)),
                textOrNull(each.name),
                Value(mappedFieldName(rule->target)),
                textOrNull(each.before),
                textOrNull(each.after),
                Value(static_cast<std::int64_t>(each.records)),
                Value(formatRfc3339(each.newest))};
    };
    table.notes = found->notes;
    table.notes.insert(table.notes.begin(), std::to_string(found->changed) + " of the last " +
                                                std::to_string(found->examined) + " records would change");
    table.explanation = {{"rule", Value(toText(*rule))},
                         {"examined", Value(static_cast<std::int64_t>(found->examined))},
                         {"changed", Value(static_cast<std::int64_t>(found->changed))}};
    return write(table, line.format);
}

constexpr const char *kHelp = "A rule is TARGET = attribute KEY or TARGET = resource KEY, and then perhaps: "
                              "when event is NAME. Conditions are about event,\n"
                              "scope, product and protocol, joined by and; a * at the end of a name stands "
                              "for anything; names with blanks stand in quotes.\n"
                              "Targets: feature, screen, event, user, session, product, release, "
                              "environment, os, device, country, dwell, duration; the last two\n"
                              "are milliseconds, or in s, us, ns, min. For each field the first rule that "
                              "finds a value wins; without one the built-in table's\n"
                              "stays. Rules hold for what comes from now on, also in a collector or window "
                              "that runs already. They stand beside the cache,\n"
                              "in CACHE.mapping, one a line.";

} // namespace

void addMappingCommand(CLI::App &app, const GlobalOptions &options, Run &run)
{
    const auto line = std::make_shared<MappingLine>();
    CLI::App *command = app.add_subcommand(
        "mapping", "Shows and changes what becomes what: one table a protocol, rules of one's own on top");
    command->require_subcommand(0, 1);
    command->add_option("PROTOCOL", line->protocol, "Of this protocol only: otlp, sentry, posthog...");
    command->add_option("--format", line->format, "json, csv or table (default: json; table on a terminal)");
    command->footer(kHelp);
    const auto addRuleCommand = [&](const char *name, const char *help, auto act) {
        CLI::App *sub = command->add_subcommand(name, help);
        sub->add_option("RULE", line->rule, "feature = attribute stride.feature")
            ->required()
            ->expected(1, 64);
        sub->footer(kHelp);
        sub->callback(
            [line, &options, &run, act] { run = [line, &options, act] { return act(*line, options); }; });
        return sub;
    };
    addRuleCommand("add", "Adds a rule, as the last one that is tried",
                   [](const MappingLine &l, const GlobalOptions &global) { return change(l, global, true); });
    addRuleCommand("remove", "Takes a rule away", [](const MappingLine &l, const GlobalOptions &global) {
        return change(l, global, false);
    });
    CLI::App *tried =
        addRuleCommand("preview", "Says what a rule would have done to what was received last", preview);
    tried->add_option("--last", line->last, "How many records, the newest ones")
        ->capture_default_str()
        ->check(CLI::Range(1, 1'000'000));
    tried->add_option("--format", line->format, "json, csv or table (default: json; table on a terminal)");
    addScopeOptions(*tried, line->scope);
    addMqttPreviewCommand(*command, run);
    command->final_callback([line, command, &options, &run] {
        if (command->get_subcommands().empty())
            run = [line, &options] { return show(*line, options); };
    });
}

} // namespace telltale
