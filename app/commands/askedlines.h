// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/engine.h"

#include <string>
#include <utility>
#include <vector>

namespace telltale {

/// What was asked, in words, for files that have room for it.
using AskedLines = std::vector<std::pair<std::string, std::string>>;

/// Products, range, zone, filter, how much was looked at, what was dropped, and when. Asks the engine; what has no answer is left out.
AskedLines askedLines(const Scope &scope, Engine &engine);
/// The same as an object.
Value::Map askedMap(const AskedLines &lines);

} // namespace telltale
