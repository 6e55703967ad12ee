// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"

#include <vector>

namespace telltale {

/// Paths as rows of step, from_kind, from, to_kind, to, sessions, share: where they begin ("begin"), what goes from step to step,
/// and what ends there ("end"); by step, the most first.
std::vector<std::vector<Value>> pathRows(const Paths &paths);

} // namespace telltale
