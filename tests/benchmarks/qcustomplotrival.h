// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/decimation.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace telltale::test {

/// Milliseconds (median) QCustomPlot takes to take in and draw so many series, its own adaptive sampling on, without antialiasing.
/// None: built without it.
std::optional<double> customPlotMs(std::size_t series, const std::vector<std::vector<TimedValue>> &points, int width, int height, int rounds);

} // namespace telltale::test
