// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace telltale::test {

/// How one cost grows: (size, cost) pairs in order of size.
struct GrowthLine
{
    std::string name;
    std::vector<std::pair<double, double>> points;
};

/// Writes an SVG with both axes logarithmic: a line that lies flat costs what the screen shows, one that climbs a decade a
/// decade costs what is stored. False when the file can not be written.
bool writeGrowthPlot(const std::filesystem::path &file, const std::string &title, const std::string &unit,
                     const std::vector<GrowthLine> &lines);

} // namespace telltale::test
