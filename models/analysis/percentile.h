// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

namespace telltale {

inline constexpr double kNanosecondsPerMillisecond = 1e6;

inline std::optional<double> inMilliseconds(std::optional<std::int64_t> nanoseconds)
{
    return nanoseconds ? std::optional(static_cast<double>(*nanoseconds) / kNanosecondsPerMillisecond)
                       : std::nullopt;
}

/// The nearest-rank percentile: the value at place ceil(p * n) of the sorted values, so always one that was measured.
/// Reorders `values`. Nanoseconds in, milliseconds out; none for no values. Cost: linear.
inline std::optional<double> percentileMs(std::vector<std::int64_t> &values, double p)
{
    if (values.empty())
        return std::nullopt;
    const auto rank = static_cast<std::ptrdiff_t>(std::ceil(p * static_cast<double>(values.size()) - 1e-9));
    const auto at = values.begin() +
                    std::clamp<std::ptrdiff_t>(rank - 1, 0, static_cast<std::ptrdiff_t>(values.size()) - 1);
    std::nth_element(values.begin(), at, values.end());
    return static_cast<double>(*at) / kNanosecondsPerMillisecond;
}

} // namespace telltale
