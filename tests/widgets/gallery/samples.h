// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/charts.h"
#include "widgets/controls/kpitile.h"

/// Seeded data that tells one story: release 4.2.0 arrives at 14:08, errors and latency rise, the route map fades.
namespace telltale::samples {

inline constexpr Instant kNow =
    Instant::fromSeconds(1'763'472'730); // 2025-11-18T13:32:10Z, 14:32:10 in Berlin

Formatter formatter();
TimeRange lastHour();
TrackStackData tracks();
HeatGrid features();
HeatGrid featuresByDay();
HeatGrid weekdays();
SessionTimelineData session();
std::vector<DwellRanges::Row> dwells();
std::vector<ShareBars::Row> shares();
std::vector<double> trend(int seed, int count, double slope);
std::vector<double> crashTrend(int count);
MiniTimeline mini(int seed);

} // namespace telltale::samples
