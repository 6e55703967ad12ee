// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/removal.h"
#include "models/telemetry/time.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace telltale {

/// Exit codes of every command.
enum ExitCode : int {
    ExitDone = 0,
    ExitFailed = 1,
    ExitWrongUse = 2,
    ExitPartial = 3, ///< done in part, said on stderr
};

/// Options that every command takes.
struct GlobalOptions
{
    std::string cachePath; ///< --cache; empty: defaultCachePath()
    std::string nowText;   ///< --now
    std::string zone;      ///< --zone; empty: the system's
    std::string locale;    ///< --lang; empty: the system's
    int argc = 0;
    char **argv = nullptr; ///< for QApplication and QCoreApplication

    std::filesystem::path cache() const;
    /// The injected clock: fixed by --now, else the system's. Throws CLI::ValidationError on a bad time.
    std::shared_ptr<const Clock> clock() const;
};

/// $XDG_DATA_HOME/telltale/telltale.db, or ~/.local/share/telltale/telltale.db.
std::filesystem::path defaultCachePath();

/// What main() runs after the command line was read. Each add...Command() declares one subcommand and, when it was
/// chosen, sets `run`. Exceptions of type CLI::Error become a message and ExitWrongUse.
using Run = std::function<int()>;

void addCollectCommand(CLI::App &app, const GlobalOptions &options, Run &run);
void addQueryCommand(CLI::App &app, const GlobalOptions &options, Run &run);
void addImportCommand(CLI::App &app, const GlobalOptions &options, Run &run);
void addExportCommand(CLI::App &app, const GlobalOptions &options, Run &run);
void addReportCommand(CLI::App &app, const GlobalOptions &options, Run &run);
void addSnapshotCommand(CLI::App &app, const GlobalOptions &options, Run &run);
void addDemoCommand(CLI::App &app, const GlobalOptions &options, Run &run);
/// When somebody should look.
void addAlertsCommand(CLI::App &app, const GlobalOptions &options, Run &run);
/// Selections as files that open elsewhere.
void addArchiveCommand(CLI::App &app, const GlobalOptions &options, Run &run);
/// Decisions about groups of errors, in a cache that nobody writes.
void addTriageCommand(CLI::App &app, const GlobalOptions &options, Run &run);
/// What becomes what, and rules of one's own.
void addMappingCommand(CLI::App &app, const GlobalOptions &options, Run &run);
/// `preview-mqtt`, below mapping: what messages of a broker would become.
void addMqttPreviewCommand(CLI::App &mapping, Run &run);
/// verify, prune and forget: what is done with a cache while nobody writes it.
void addKeepingCommands(CLI::App &app, const GlobalOptions &options, Run &run);
/// "500MB", "10GB", "2GiB" or a number of bytes. Throws CLI::ValidationError.
std::uint64_t parseBytes(const char *option, const std::string &text);
/// --keep-age and --keep-size, for parseRetention().
void addRetentionOptions(CLI::App &command, std::string &age, std::string &size);
/// What is kept when these are asked for ("90d", "2GB"); the default rule for what is empty. "none" is no limit.
Retention parseRetention(const std::string &age, const std::string &size, const std::filesystem::path &cache);
/// What only the window takes.
struct WindowOptions
{
    std::string theme;   ///< empty: as last time
    std::string view;    ///< empty: as last time, or how to connect an app while there is nothing to see
    bool isDeaf = false; ///< --no-receive
    bool isNew = false;  ///< --new-window: also when one shows the cache already
    std::string receive;  ///< empty: as the settings say
    std::string settings; ///< a file; empty: that of the user
    std::vector<std::string> origins;
};
void addWindowOptions(CLI::App &app, WindowOptions &options);
/// Without a command: the window on the one cache among `files`, else on the default cache, into which they are imported. When a window
/// shows that cache already, it is told instead.
int runWindow(const GlobalOptions &options, const WindowOptions &window, const std::vector<std::string> &files);

} // namespace telltale
