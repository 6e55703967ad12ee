// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/analysis/engine.h"
#include "models/items/weekdayhours.h"
#include "widgets/charts/heatgrid.h"
#include "widgets/charts/trackdata.h"

#include <QStringList>

#include <map>
#include <span>
#include <string>

/// Answers turned into what the charts take. Pure.
namespace telltale {

/// Of the rows that are shown: the most first; by name; what rose most first; as somebody put them.
enum class RowOrder { Total, Name, Change, ByHand };
/// An order and what it needs to know.
struct RowOrdering
{
    RowOrder order = RowOrder::Total;
    std::map<std::string, double> earlier{}; ///< Change: the totals of the rows that are compared with, by name; a row that is not here is new
    QStringList byHand{};                    ///< ByHand: names, the uppermost first; rows that are not here come after them
};
/// The `mostRows` rows with the most; the rest is left out. Cells before a row's first event ever are missing, not zero.
/// Weeks start groups in grids of days.
HeatGrid heatGrid(const Heatmap &map, TimeRange range, const QString &unit, std::size_t mostRows,
                  const Zone &zone, const RowOrdering &ordering = {});
/// The slowest at the top. From `silent` on nothing is known.
HeatGrid spreadGrid(const LatencyBands &bands, TimeRange range, std::chrono::nanoseconds width, std::optional<Instant> silent,
                    const Formatter &formatter);
/// Any hour with somebody in it.
bool hasAnybody(const WeekdayHours &hours);
HeatGrid weekdayGrid(const WeekdayHours &hours, int labelEvery);
/// Room for the row names of such a grid, in pixels.
int gutterOf(const HeatGrid &grid);
/// The start of the bucket that holds `at`.
Instant bucketStart(Instant at, ActivityStep step, const Zone &zone);
/// `values` of `before` at the times `length` before `starts`; NaN where there is none.
std::vector<double> alignedBefore(std::span<const Instant> starts, std::chrono::nanoseconds length,
                                  std::span<const Instant> before, std::span<const double> values);
/// About `points` values, each the mean of its share; NaN is left out of means.
std::vector<double> thinnedOut(std::span<const double> values, std::size_t points);
/// Which slice of the group's trend is the first after it went bad: with a new error its first, with one that
/// got worse the first of the newest release within the range. -1: none.
int firstBadSlice(const ErrorGroupRow &row, TimeRange range, std::span<const ReleaseRow> releases);

} // namespace telltale
