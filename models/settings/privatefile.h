// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace telltale {

/// The whole text of a small file; empty when there is none. Errors: Io; TooLarge beyond 1 MiB.
Result<std::string> readSmallFile(const std::filesystem::path &path);

/// Writes another file beside it and renames that: mode 0600, synced, whole or not at all. Makes the folder (0700). A link is
/// followed, so that settings kept elsewhere stay there. Error: Io.
Result<void> writePrivateFile(const std::filesystem::path &path, std::string_view text);

} // namespace telltale
