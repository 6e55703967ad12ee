// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"

#include "app/window/windowrun.h"
#include "models/sources/http/httpoptions.h"
#include "models/telemetry/cachesignature.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace telltale {

namespace {

bool hasDisplay()
{
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        if (const char *value = std::getenv(name); value && *value)
            return true;
    }
    return false;
}

/// A file that is there, holds something, and is no database: telemetry to import.
bool isTelemetry(const std::string &path)
{
    std::error_code problem;
    if (!std::filesystem::is_regular_file(path, problem))
        return false;
    std::string head(kCacheSignatureBytes, '\0');
    std::ifstream file(path, std::ios::binary);
    file.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(file.gcount()));
    return !head.empty() && !head.starts_with("SQLite format 3"); // a cache, or of somebody else: opening it says
}

} // namespace

void addWindowOptions(CLI::App &app, WindowOptions &options)
{
    app.add_option("--theme", options.theme, "Of the window: light, dark or system")
        ->check(CLI::IsMember({"light", "dark", "system"}));
    app.add_option("--view", options.view, "What the window shows first (default: as last time)")
        ->check(CLI::IsMember(snapshotViews()));
    app.add_flag("--new-window", options.isNew, "A window of its own, also when one shows the cache already");
    app.add_flag("--no-receive", options.isDeaf, "The window only shows; nothing is received");
    app.add_option("--receive", options.receive, "HOST:PORT on which the window receives OTLP/HTTP (default: as the settings say)");
    app.add_option("--window-settings", options.settings, "The window's settings file (default: ~/.config/telltale/telltale.ini)");
    app.add_option("--window-allow-origin", options.origins,
                   "A web page that may send to the window (repeatable)")
        ->allow_extra_args(false);
}

int runWindow(const GlobalOptions &global, const WindowOptions &window, const std::vector<std::string> &files)
{
    if (!hasDisplay()) {
        std::fputs("telltale: there is no display to open a window on. For a picture of it:\n"
                   "  telltale snapshot overview --out overview.png\n",
                   stderr);
        return ExitFailed;
    }
    WindowRunOptions options;
    std::string file; // to look at
    for (const std::string &named : files) {
        if (isTelemetry(named))
            options.importFiles.push_back(named);
        else if (file.empty())
            file = named;
        else
            throw CLI::ValidationError("FILE", "a window shows one cache, so " + file + " and " + named + " can not be opened in one");
    }
    if (!options.importFiles.empty() && window.isDeaf)
        throw CLI::ValidationError("--no-receive", "with it nothing is stored, so " + options.importFiles.front() + " can not be imported");
    if (!options.importFiles.empty() && !file.empty())
        throw CLI::ValidationError("FILE", file + " is a cache to look at; to import into it: --cache " + file);
    options.cache = file.empty() ? global.cache() : std::filesystem::path(file);
    options.isFile = !file.empty() || !global.cachePath.empty();
    options.clock = global.clock();
    options.isNowGiven = !global.nowText.empty();
    options.zone = global.zone;
    options.locale = global.locale;
    options.theme = window.theme;
    options.view = window.view;
    options.receives = !window.isDeaf;
    options.allowedOrigins = window.origins;
    // What the window that is open can not follow wants one of its own.
    options.isNewWindow = window.isNew || options.isNowGiven || !window.receive.empty() || !window.settings.empty() ||
                          !window.origins.empty() || !global.zone.empty() || !global.locale.empty() || !window.theme.empty();
    options.argc = global.argc;
    options.argv = global.argv;
    options.settings = window.settings;
    options.isHostGiven = !window.receive.empty();
    if (options.isHostGiven && !parseHostAndPort(window.receive, options.host, options.port))
        throw CLI::ValidationError("--receive", "'" + window.receive + "' is not HOST:PORT");
    return runWindowApp(options);
}

} // namespace telltale
