// SPDX-License-Identifier: GPL-3.0-or-later
// When somebody should look: rules in a plain file, read against a cache.
#include "app/commands/scopeoptions.h"

#include "models/alerts/alertfile.h"
#include "models/alerts/alertreading.h"
#include "models/telemetry/timeformat.h"
#include "models/telemetry/value.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <stop_token>

namespace telltale {
namespace {

struct AlertsLine
{
    std::string file; ///< empty: the default one
    std::string name, rule, filter, from = "-7d", to = "now";
    bool isOn = false, failsWhenFiring = false;

    std::filesystem::path path() const { return file.empty() ? AlertFile::defaultPath() : std::filesystem::path(file); }
};

int fail(const Error &error)
{
    std::fprintf(stderr, "telltale alerts: %s\n", error.message.c_str());
    return error.code == Error::Code::InvalidArgument ? ExitWrongUse : ExitFailed;
}

Value numberOrNull(const std::optional<double> &number)
{
    return number ? Value(*number) : Value();
}

void print(Value::Map answer)
{
    std::printf("%s\n", toJson(Value(std::move(answer))).c_str());
}

/// Zone and clock of the command line; its filter is the alerts' own.
Scope scopeFor(const GlobalOptions &global)
{
    Scope scope = scopeOf({}, global);
    if (auto zone = Zone::named(global.zone))
        scope.zone = std::move(*zone);
    return scope;
}

Value groupsOf(const std::vector<AlertGroup> &groups)
{
    Value::Array all;
    for (const AlertGroup &group : groups)
        all.emplace_back(Value::Map{{"group", Value(group.group)}, {"title", Value(group.title)}, {"since", Value(formatRfc3339(group.since))}});
    return Value(std::move(all));
}

int check(const AlertsLine &line, const GlobalOptions &global)
{
    const auto file = AlertFile::read(line.path());
    if (!file)
        return fail(file.error());
    for (const std::string &problem : file->problems)
        std::fprintf(stderr, "note: left out: %s\n", problem.c_str());
    const auto engine = openCacheEngine(global.cache());
    if (!engine)
        return fail(engine.error());
    const Scope scope = scopeFor(global);
    Value::Array rows;
    bool isFiring = false;
    for (const Alert &alert : file->alerts) {
        AlertReading reading;
        if (alert.isOn) {
            auto read = readAlert(**engine, alert, scope, scope.now, {});
            if (!read)
                return fail(read.error());
            reading = std::move(*read);
        }
        isFiring = isFiring || reading.isFiring;
        rows.emplace_back(Value::Map{{"name", Value(alert.name)},
                                     {"rule", Value(alert.rule.text())},
                                     {"filter", Value(alert.filter.text())},
                                     {"on", Value(alert.isOn)},
                                     {"firing", Value(reading.isFiring)},
                                     {"value", numberOrNull(reading.value)},
                                     {"before", numberOrNull(reading.before)},
                                     {"groups", groupsOf(reading.groups)}});
    }
    print({{"at", Value(formatRfc3339(scope.now))}, {"alerts", Value(std::move(rows))}});
    return isFiring && line.failsWhenFiring ? ExitFailed : ExitDone;
}

/// What the alert would have said; then, for a new one, it is added.
int replay(const AlertsLine &line, const GlobalOptions &global, bool isAdded)
{
    auto file = AlertFile::read(line.path());
    if (!file)
        return fail(file.error());
    Alert alert;
    if (!line.rule.empty()) {
        const auto rule = AlertRule::parse(line.rule);
        const auto filter = Filter::parse(line.filter);
        if (!rule || !filter)
            return fail(rule ? filter.error() : rule.error());
        alert = {line.name, *rule, *filter, line.isOn};
    } else if (const Alert *known = file->find(line.name)) {
        alert = *known;
    } else {
        return fail({Error::Code::NotFound, "there is no alert called " + line.name});
    }
    if (isAdded && file->find(line.name))
        return fail({Error::Code::InvalidArgument, "there is an alert called " + line.name + " already"});
    Scope scope = scopeFor(global);
    const auto from = parseTime(line.from, scope.now), to = parseTime(line.to, scope.now);
    if (!from || !to)
        return fail(from ? to.error() : from.error());
    scope.range = {*from, *to};
    Value::Array firings;
    std::optional<AlertReplay> replay;
    if (const auto engine = openCacheEngine(global.cache())) {
        auto read = replayAlert(**engine, alert, scope, {}, {});
        if (!read)
            return fail(read.error());
        replay = std::move(*read);
        for (const AlertFiring &firing : replay->firings)
            firings.emplace_back(Value::Map{{"from", Value(formatRfc3339(firing.from))},
                                            {"to", Value(formatRfc3339(firing.to))},
                                            {"worst", numberOrNull(firing.worst)},
                                            {"what", firing.what.empty() ? Value() : Value(firing.what)}});
    } else if (!isAdded || engine.error().code != Error::Code::NotFound) {
        return fail(engine.error());
    }
    if (isAdded) {
        file->alerts.push_back(alert);
        if (const auto written = file->write(line.path()); !written)
            return fail(written.error());
    }
    print({{"name", Value(alert.name)},
           {"rule", Value(alert.rule.text())},
           {"filter", Value(alert.filter.text())},
           {"on", Value(alert.isOn)},
           {"from", Value(formatRfc3339(scope.range.from))},
           {"to", Value(formatRfc3339(scope.range.to))},
           {"readings", replay ? Value(static_cast<std::int64_t>(replay->readings)) : Value()},
           {"firings", Value(std::move(firings))}});
    return ExitDone;
}

enum class Change { On, Off, Remove };

int change(const AlertsLine &line, Change what)
{
    auto file = AlertFile::read(line.path());
    if (!file)
        return fail(file.error());
    Alert *alert = file->find(line.name);
    if (!alert)
        return fail({Error::Code::NotFound, "there is no alert called " + line.name});
    alert->isOn = what == Change::On;
    if (what == Change::Remove)
        std::erase_if(file->alerts, [&](const Alert &each) { return each.name == line.name; });
    if (const auto written = file->write(line.path()); !written)
        return fail(written.error());
    print({{"name", Value(line.name)}, {"on", what == Change::Remove ? Value() : Value(what == Change::On)}});
    return ExitDone;
}

} // namespace

void addAlertsCommand(CLI::App &app, const GlobalOptions &global, Run &run)
{
    const auto line = std::make_shared<AlertsLine>();
    CLI::App *command = app.add_subcommand("alerts", "Says which alerts hold now");
    command->require_subcommand(0, 1);
    command->add_option("--alerts", line->file, "The file of alerts (default: alerts.json in the user's settings)");
    command->add_flag("--fail", line->failsWhenFiring, "Exit code 1 when one of them holds");
    command->footer("A rule is a level:   errors > 20 in 10m      crash-free < 98% in 1h      p95 screen.load > 800ms in 15m\n"
                    "a change:            events down 50% in 1h   (against the hour before)\n"
                    "or about groups:     new error   regressed error   escalating error\n"
                    "Measures are events, users, sessions, errors, crash-free, and p50, p95, p99 OPERATION.");
    const auto addRange = [line](CLI::App &sub) {
        sub.add_option("--from", line->from, "Of the history that it is tried on")->capture_default_str();
        sub.add_option("--to", line->to, "Its end")->capture_default_str();
    };
    CLI::App *added = command->add_subcommand("add", "Adds an alert, off, and says what it would have said in the last week");
    added->add_option("NAME", line->name)->required();
    added->add_option("RULE", line->rule)->required();
    added->add_option("--filter", line->filter, "What it is about");
    added->add_flag("--on", line->isOn, "It is on at once");
    addRange(*added);
    added->callback([line, &global, &run] { run = [line, &global] { return replay(*line, global, true); }; });
    CLI::App *tried = command->add_subcommand("replay", "Says when an alert would have held");
    tried->add_option("NAME", line->name, "Of one that is there");
    tried->add_option("--rule", line->rule, "Or one that is not");
    tried->add_option("--filter", line->filter, "What it is about")->needs("--rule");
    addRange(*tried);
    tried->callback([line, &global, &run] {
        if (line->name.empty() == line->rule.empty())
            throw CLI::ValidationError("replay", "say NAME or --rule");
        run = [line, &global] { return replay(*line, global, false); };
    });
    for (const auto &[name, what, help] : {std::tuple{"on", Change::On, "Switches an alert on"},
                                           std::tuple{"off", Change::Off, "Switches an alert off"},
                                           std::tuple{"remove", Change::Remove, "Forgets an alert"}}) {
        CLI::App *changed = command->add_subcommand(name, help);
        changed->add_option("NAME", line->name)->required();
        changed->callback([line, what = what, &run] { run = [line, what] { return change(*line, what); }; });
    }
    command->callback([line, command, &global, &run] {
        if (command->get_subcommands().empty())
            run = [line, &global] { return check(*line, global); };
    });
}

} // namespace telltale
