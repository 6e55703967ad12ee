// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"

#include "models/telemetry/timeformat.h"

#include <CLI/CLI.hpp>

#include <cstdlib>

namespace telltale {

std::filesystem::path defaultCachePath()
{
    if (const char *data = std::getenv("XDG_DATA_HOME"); data && *data == '/')
        return std::filesystem::path(data) / "telltale" / "telltale.db";
    const char *home = std::getenv("HOME");
    return std::filesystem::path(home ? home : ".") / ".local" / "share" / "telltale" / "telltale.db";
}

std::filesystem::path GlobalOptions::cache() const
{
    return cachePath.empty() ? defaultCachePath() : std::filesystem::path(cachePath);
}

std::shared_ptr<const Clock> GlobalOptions::clock() const
{
    if (nowText.empty())
        return std::make_shared<SystemClock>();
    const auto now = parseTime(nowText, SystemClock().now());
    if (!now)
        throw CLI::ValidationError("--now", now.error().message);
    return std::make_shared<FixedClock>(*now);
}

} // namespace telltale
