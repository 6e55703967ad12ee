// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/analysis/buckets.h"
#include "models/analysis/cacheengine.h"

#include <vector>

namespace telltale {

inline constexpr double kMedian = 0.5, kNinetyFifth = 0.95;

/// Nanoseconds, also between the ends of time.
inline double lengthOf(Instant from, Instant to)
{
    return static_cast<double>(to.ns) - static_cast<double>(from.ns);
}

/// One row a bucket. On two threads when there are several.
std::vector<LatencyRow> latencyRows(const MeasuredDurations &spans, const Buckets &buckets);

} // namespace telltale
