// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/engine.h"

#include <QString>

#include <chrono>
#include <span>

namespace telltale {

/// The step with which a range of this width gets 120 to 300 buckets, or as near to that as the steps allow,
/// and no more than 700 (a screen shows no more points).
ActivityStep activityStepFor(std::chrono::nanoseconds width);
/// All there are, the smallest first.
std::span<const ActivityStep> activitySteps();
/// Whether a range of this width can be shown so: it has two buckets at least and no more than a screen shows points.
bool isUsableStep(std::chrono::nanoseconds width, ActivityStep step);
/// A day counts 24 hours here.
std::chrono::nanoseconds widthOf(ActivityStep step);
/// "15 s", "1 min", "1 h", "1 day"
QString stepText(ActivityStep step);
/// How many buckets become one bar, so that a range has some 60 bars and no bar is a fraction of a unit.
int bucketsPerBar(std::chrono::nanoseconds width, ActivityStep step);
/// Minute up to 2 hours, Hour up to 4 days, Day up to 120 days, then Week.
HeatmapColumns heatmapColumnsFor(std::chrono::nanoseconds width);
/// "minute", "hour", "day", "week": what stands after "users per".
QString columnText(HeatmapColumns columns);

} // namespace telltale
