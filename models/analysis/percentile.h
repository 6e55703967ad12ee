// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace telltale {

inline constexpr double kNanosecondsPerMillisecond = 1e6;

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

/// The same over all values of several lists, which stay as they are: it takes a few thousand counts beside them,
/// no copy. Cost: some passes over them.
inline std::optional<double> percentileMs(std::span<const std::vector<std::int64_t>> lists, double p)
{
    constexpr unsigned kDigitBits = 12;
    std::uint64_t total = 0;
    std::uint64_t low = ~std::uint64_t{0}, high = 0; // in the order of unsigned numbers
    constexpr std::uint64_t kSign = std::uint64_t{1} << 63;
    const auto forEach = [&lists](auto &&visit) {
        for (const auto &list : lists) {
            for (const std::int64_t value : list)
                visit(static_cast<std::uint64_t>(value) ^ kSign);
        }
    };
    forEach([&](std::uint64_t value) {
        ++total;
        low = std::min(low, value);
        high = std::max(high, value);
    });
    if (total == 0)
        return std::nullopt;
    const auto rank = static_cast<std::int64_t>(std::ceil(p * static_cast<double>(total) - 1e-9));
    auto left =
        static_cast<std::uint64_t>(std::clamp<std::int64_t>(rank, 1, static_cast<std::int64_t>(total)));
    // The range that the value is in becomes narrower by a digit at a time.
    while (low < high) {
        const unsigned bits = static_cast<unsigned>(std::bit_width(high - low));
        const unsigned shift = bits > kDigitBits ? bits - kDigitBits : 0;
        std::vector<std::uint64_t> counts(std::size_t{1} << kDigitBits);
        forEach([&](std::uint64_t value) {
            if (value >= low && value <= high)
                ++counts[(value - low) >> shift];
        });
        std::size_t digit = 0;
        for (; counts[digit] < left; ++digit)
            left -= counts[digit];
        low += std::uint64_t(digit) << shift;
        high = std::min(high, low + ((std::uint64_t{1} << shift) - 1));
    }
    return static_cast<double>(static_cast<std::int64_t>(low ^ kSign)) / kNanosecondsPerMillisecond;
}

} // namespace telltale
