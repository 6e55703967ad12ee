// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"

#include "app/window/windowrun.h"
#include "models/sources/http/httpoptions.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstdlib>

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

} // namespace

void addWindowOptions(CLI::App &app, WindowOptions &options)
{
    app.add_option("--theme", options.theme, "Of the window: light, dark or system")
        ->check(CLI::IsMember({"light", "dark", "system"}));
    app.add_option("--view", options.view, "What the window shows first (default: as last time)")
        ->check(CLI::IsMember(snapshotViews()));
    app.add_flag("--no-receive", options.isDeaf, "The window only shows; nothing is received");
    app.add_option("--receive", options.receive, "HOST:PORT on which the window receives OTLP/HTTP")
        ->capture_default_str();
    app.add_option("--window-allow-origin", options.origins,
                   "A web page that may send to the window (repeatable)")
        ->allow_extra_args(false);
}

int runWindow(const GlobalOptions &global, const WindowOptions &window, const std::string &file)
{
    if (!hasDisplay()) {
        std::fputs("telltale: there is no display to open a window on. For a picture of it:\n"
                   "  telltale snapshot overview --out overview.png\n",
                   stderr);
        return ExitFailed;
    }
    WindowRunOptions options;
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
    options.argc = global.argc;
    options.argv = global.argv;
    if (!parseHostAndPort(window.receive, options.host, options.port))
        throw CLI::ValidationError("--receive", "'" + window.receive + "' is not HOST:PORT");
    return runWindowApp(options);
}

} // namespace telltale
