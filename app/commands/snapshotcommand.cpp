// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"

#include "app/window/windowrun.h"

#include <CLI/CLI.hpp>

#include <cstdio>

namespace telltale {

namespace {

struct SnapshotArguments
{
    std::string view, out;
    std::string theme = "light";
    std::string size = "1440x900";
    std::string from, to, filter;
    double scale = 1;
};

int snapshot(const SnapshotArguments &arguments, const GlobalOptions &global)
{
    SnapshotRunOptions options;
    if (std::sscanf(arguments.size.c_str(), "%dx%d", &options.width, &options.height) != 2 ||
        options.width < 1024 || options.height < 640 || options.width > 8192 || options.height > 8192)
        throw CLI::ValidationError("--size",
                                   "'" + arguments.size + "' is not WIDTHxHEIGHT from 1024x640 to 8192x8192");
    options.cache = global.cache();
    options.clock = global.clock();
    options.isNowGiven = !global.nowText.empty();
    options.zone = global.zone;
    options.locale = global.locale;
    options.view = arguments.view;
    options.out = arguments.out;
    options.isDark = arguments.theme == "dark";
    options.scale = arguments.scale;
    options.from = arguments.from;
    options.to = arguments.to;
    options.filter = arguments.filter;
    options.argc = global.argc;
    options.argv = global.argv;
    return runSnapshot(options);
}

} // namespace

void addSnapshotCommand(CLI::App &app, const GlobalOptions &global, Run &run)
{
    auto arguments = std::make_shared<SnapshotArguments>();
    CLI::App *command = app.add_subcommand("snapshot", "Draws a view as the window would, without a display");
    command->add_option("VIEW", arguments->view, "overview, usage, sessions, errors, performance, journeys, reports or connect")
        ->required()
        ->check(CLI::IsMember(snapshotViews()));
    command->add_option("--out", arguments->out, "The PNG file to write")->required();
    command->add_option("--theme", arguments->theme, "light or dark")
        ->check(CLI::IsMember({"light", "dark"}))
        ->capture_default_str();
    command->add_option("--size", arguments->size, "Of the window, WIDTHxHEIGHT")->capture_default_str();
    command->add_option("--scale", arguments->scale, "Pixels of the picture for one of the window")
        ->check(CLI::Range(0.5, 4.0))
        ->capture_default_str();
    command->add_option("--from", arguments->from, "RFC 3339 or -7d (default: 60 minutes before --to)");
    command->add_option("--to", arguments->to, "RFC 3339 or now (default: now)");
    command->add_option("--filter", arguments->filter, "Filter expression");
    command->callback(
        [arguments, &global, &run] { run = [arguments, &global] { return snapshot(*arguments, global); }; });
}

} // namespace telltale
