// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/time.h"
#include "widgets/charts/timescale.h"

#include <span>
#include <vector>

namespace telltale {

/// A value at a time. NaN: nothing known there, the line breaks.
struct TimedValue
{
    Instant at;
    double value = 0;
    friend bool operator==(const TimedValue &, const TimedValue &) = default;
};

/// M4: first, lowest, highest and last of each pixel column, in order of time; points outside the range only as the nearest neighbour
/// on each side, so that lines leave the plot with the right slope. `points` by time. Runs between NaNs are kept apart by one NaN point.
/// At most 4 points a column.
std::vector<TimedValue> decimated(std::span<const TimedValue> points, const TimeScale &scale);

/// The index of the last bucket that starts at or before `at`, or -1. `starts` ascending.
std::ptrdiff_t bucketAt(std::span<const Instant> starts, Instant at);

/// The value below which `share` of the finite values lie (nearest rank); 0 without any.
double percentileOf(std::vector<double> values, double share);

} // namespace telltale
