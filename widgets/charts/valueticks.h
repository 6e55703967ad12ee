// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace telltale {

/// The labelled values of an axis and the range that holds them.
struct ValueScale
{
    double low = 0;
    double high = 1;
    double step = 1;
    std::vector<double> ticks; ///< low to high, both included

    /// 0 at low, 1 at high; not clamped.
    double share(double value) const { return (value - low) / (high - low); }
    friend bool operator==(const ValueScale &, const ValueScale &) = default;
};

/// 1, 2 or 5 times a power of ten, the smallest that is at least `raw`. 1 for what is not positive and finite.
double niceStep(double raw);
/// From 0 to the next nice value above `highest` with at most `wanted` steps (2 to 5). A `highest` of 0 or less gives 0..1.
/// `isInteger`: no step below 1.
ValueScale niceScale(double highest, int wanted, bool isInteger = false);
/// Not based at zero: nice bounds around [lowest, highest], for lines whose base says nothing.
ValueScale niceScaleBetween(double lowest, double highest, int wanted);
/// The live rule: `old` stays while `highest` fits and is not less than half of it; else a new scale.
ValueScale steadyScale(const ValueScale &old, double highest, int wanted, bool isInteger = false);

} // namespace telltale
