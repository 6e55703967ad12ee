// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/settings/settings.h"
#include "models/telemetry/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace telltale {

/// Something in a settings file that could not be followed.
struct SettingsProblem
{
    std::string place;    ///< "[receive] otlp_http"
    std::string sentence; ///< what is wrong and what holds instead
    bool isUnknown = false; ///< nobody knows the key; it is kept as it is
    friend bool operator==(const SettingsProblem &, const SettingsProblem &) = default;
};

struct LoadedSettings
{
    Settings settings;
    std::vector<SettingsProblem> problems;
};

/// $XDG_CONFIG_HOME/telltale/telltale.ini, or ~/.config/telltale/telltale.ini.
std::filesystem::path defaultSettingsPath();

/// Reads the plain text of a settings file. Broken and unknown values are problems, never errors: the default holds.
LoadedSettings parseSettings(const std::string &text);
/// The text with these settings: only lines whose value is different are changed; comments, order, unknown keys and broken
/// lines that nobody set anew stay. From nothing: every key with its comment and default.
std::string writeSettings(const std::string &text, const Settings &settings);

/// A file that is not there is one without lines. Error: Io; TooLarge beyond 1 MiB.
Result<LoadedSettings> loadSettings(const std::filesystem::path &path);
/// Merges into what the file says now, whole or not at all, durable, mode 0600; makes the folder (0700). Errors: as above.
Result<void> saveSettings(const std::filesystem::path &path, const Settings &settings);

} // namespace telltale
