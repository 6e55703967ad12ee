// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"

#include <QString>

#include <functional>
#include <string>

// Files that are there when they are whole; else what was there before stays. Errors: Io. Any thread.
namespace telltale {

Result<void> writeWhole(const std::string &bytes, const QString &path);
/// For libraries that want a file of their own: `write` gets the path of one beside the target.
Result<void> writeWholeBeside(const QString &path, const QString &suffix, const std::function<Result<void>(const std::string &part)> &write);

} // namespace telltale
