// SPDX-License-Identifier: GPL-3.0-or-later
// One program: a window without a command, and commands that need no display.
#include "app/commands/command.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <string>
#include <vector>

int main(int argc, char **argv)
{
    using namespace telltale;

    GlobalOptions options;
    options.argc = argc;
    options.argv = argv;
    Run run;
    std::vector<std::string> files;

    CLI::App app{"Telltale watches product telemetry: live usage, sessions, errors.", "telltale"};
    app.set_version_flag("--version", "telltale " TELLTALE_VERSION);
    app.fallthrough(); // the options below may follow the command
    app.add_option("--cache", options.cachePath, "Cache file (default: in the user's data folder)");
    app.add_option("--now", options.nowText, "A fixed clock: RFC 3339");
    app.add_option("--zone", options.zone, "Time zone of days and hours (default: the system's)");
    app.add_option("--lang", options.locale, "Locale of numbers and words (default: the system's)");
    addCollectCommand(app, options, run);
    addQueryCommand(app, options, run);
    addImportCommand(app, options, run);
    addExportCommand(app, options, run);
    addReportCommand(app, options, run);
    addSnapshotCommand(app, options, run);
    addDemoCommand(app, options, run);
    addTriageCommand(app, options, run);
    addMappingCommand(app, options, run);
    addArchiveCommand(app, options, run);
    addAlertsCommand(app, options, run);
    addKeepingCommands(app, options, run);
    WindowOptions window;
    addWindowOptions(app, window);
    app.add_option("FILE", files, "A cache to open in the window, or telemetry to import into it (see import)")->allow_extra_args(true);
    app.require_subcommand(0, 1);

    try {
        app.parse(argc, argv);
        if (run && !files.empty())
            throw CLI::ExtrasError("telltale", files);
        return run ? run() : runWindow(options, window, files);
    } catch (const CLI::Error &problem) {
        const int code = app.exit(problem);
        return code == 0 ? ExitDone : ExitWrongUse;
    } catch (const std::exception &problem) {
        std::fprintf(stderr, "telltale: %s\n", problem.what());
        return ExitFailed;
    }
}
