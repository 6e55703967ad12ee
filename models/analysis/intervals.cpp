// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/intervals.h"

#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

constexpr double kZ = 1.959963984540054; ///< of the normal distribution, two-sided 95 %

} // namespace

std::optional<Estimate> shareEstimate(std::uint64_t hits, std::uint64_t all)
{
    if (all == 0)
        return std::nullopt;
    const auto n = static_cast<double>(all);
    const double p = static_cast<double>(std::min(hits, all)) / n;
    const double centre = p + kZ * kZ / (2 * n);
    const double margin = kZ * std::sqrt(p * (1 - p) / n + kZ * kZ / (4 * n * n));
    const double whole = 1 + kZ * kZ / n;
    // The formula gives these ends exactly, floating point only nearly.
    const double low = hits == 0 ? 0 : std::max(0.0, (centre - margin) / whole);
    const double high = hits >= all ? 1 : std::min(1.0, (centre + margin) / whole);
    return Estimate{p, low, high};
}

Estimate differenceEstimate(const Estimate &a, const Estimate &b)
{
    const double difference = b.value - a.value;
    return {difference, difference - std::hypot(b.value - b.low, a.high - a.value),
            difference + std::hypot(b.high - b.value, a.value - a.low)};
}

std::optional<std::pair<std::size_t, std::size_t>> quantilePlaces(std::size_t count, double share)
{
    const auto n = static_cast<double>(count);
    const double margin = kZ * std::sqrt(n * share * (1 - share));
    // The j-th and k-th smallest, counted from 1.
    const double first = std::floor(n * share - margin);
    const double last = std::ceil(n * share + margin) + 1;
    if (first < 1 || last > n)
        return std::nullopt;
    return std::pair(static_cast<std::size_t>(first) - 1, static_cast<std::size_t>(last) - 1);
}

} // namespace telltale
