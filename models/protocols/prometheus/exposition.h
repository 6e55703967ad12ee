// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace telltale::prometheus {

using Labels = std::vector<std::pair<std::string, std::string>>;

/// One line of a metric.
struct Sample
{
    std::string name; ///< with its suffix: "http_requests_total"
    Labels labels;
    double value = 0;
    std::optional<double> timestamp; ///< as written: ms (text format) or s (OpenMetrics) since the epoch
    std::optional<double> exemplar;
    std::optional<double> exemplarTimestamp; ///< seconds since the epoch
    Labels exemplarLabels;
};

/// A metric family: everything under one # TYPE.
struct Family
{
    std::string name;
    std::string type = "untyped"; ///< counter, gauge, histogram, summary, untyped/unknown, info, stateset, gaugehistogram
    std::string help;
    std::string unit;
    std::vector<Sample> samples;
};

struct Exposition
{
    std::vector<Family> families;
    bool isOpenMetrics = false;   ///< ended in # EOF: timestamps are seconds
    std::uint64_t badLines = 0;   ///< left out
};

/// A value as both formats write it: NaN and the infinities in any case. False when it is none.
bool readNumber(std::string_view word, double &value);

/// Reads the text format 0.0.4 or OpenMetrics 1.0.0, told apart by `# EOF`. Lines that are neither are counted and left
/// out. Error: TooLarge beyond a million samples. Pure. Cost: linear.
Result<Exposition> parseExposition(std::string_view text);

} // namespace telltale::prometheus
