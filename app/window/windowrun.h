// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/time.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace telltale {

struct WindowRunOptions
{
    std::filesystem::path cache;
    bool isFile = false; ///< somebody chose it: it may be an archive
    std::shared_ptr<const Clock> clock;
    bool isNowGiven = false; ///< else an archive is looked at as when it was made
    std::string zone;   ///< empty: the system's
    std::string locale; ///< empty: the system's
    std::string theme;  ///< "light", "dark", "system"; empty: as last time
    std::string view;   ///< one of snapshotViews(); empty: as last time
    bool receives = true;
    std::filesystem::path settings; ///< empty: defaultSettingsPath()
    bool isHostGiven = false;       ///< host and port win over the settings
    std::string host = "127.0.0.1";
    std::uint16_t port = 4318;
    std::vector<std::string> allowedOrigins;
    std::vector<std::string> importFiles; ///< imported as soon as the cache is written
    bool isNewWindow = false; ///< also when one shows the cache already; else that one is told
    int argc = 0;
    char **argv = nullptr;
};

/// Opens the window and returns when it is closed, or tells the one that is open what it was to show and returns at once. The cache is opened, the collector started and the first
/// question asked after the first paint. With TELLTALE_TRACE_START=1 in the environment prints "first-paint
/// MS" on stderr, in milliseconds since the process began.
int runWindowApp(const WindowRunOptions &options);

struct SnapshotRunOptions
{
    std::filesystem::path cache;
    std::shared_ptr<const Clock> clock; ///< held still from the start
    bool isNowGiven = false;            ///< as WindowRunOptions::isNowGiven
    std::string zone, locale;
    std::string view;
    std::filesystem::path out;
    bool isDark = false;
    int width = 1440, height = 900;
    double scale = 1;
    std::string from, to, filter; ///< empty: the last 60 minutes, everything
    int argc = 0;
    char **argv = nullptr;
};

/// Draws a view as the window would and writes it as PNG, under another name first. Returns an ExitCode.
int runSnapshot(const SnapshotRunOptions &options);
/// Names of views that runSnapshot() knows.
const std::vector<std::string> &snapshotViews();

} // namespace telltale
