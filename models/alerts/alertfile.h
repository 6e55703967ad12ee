// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alertrule.h"

#include <filesystem>
#include <vector>

namespace telltale {

/// Alerts as a plain JSON file that a person can write: a list of {"name", "rule", "filter", "on"}.
struct AlertFile
{
    std::vector<Alert> alerts;
    std::vector<std::string> problems; ///< entries that could not be read, a sentence each; they are lost when it is written

    /// $XDG_CONFIG_HOME/telltale/alerts.json, or ~/.config/telltale/alerts.json.
    static std::filesystem::path defaultPath();
    /// A file that is not there has none. Errors: InvalidArgument when it is no such list; those of readSmallFile().
    static Result<AlertFile> read(const std::filesystem::path &path);
    static Result<AlertFile> parse(std::string_view json);
    std::string toJson() const;
    /// As writePrivateFile().
    Result<void> write(const std::filesystem::path &path) const;
    /// nullptr when there is none.
    Alert *find(std::string_view name);
};

} // namespace telltale
