// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace telltale {

/// resources/stride/scenario.json: who uses the example product, how, and what breaks. Lives as long as the program.
std::string_view strideScenarioJson();

} // namespace telltale
