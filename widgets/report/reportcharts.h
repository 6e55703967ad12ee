// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "widgets/report/drawing.h"
#include "widgets/theme/formatter.h"

#include <optional>
#include <utility>
#include <vector>

// The charts of a report as shapes. Pure functions; every drawing is kReportWidth wide and starts at (0, 0).
namespace telltale {

struct ReportSeries
{
    QString name;
    Paint paint = SeriesSlot::Blue;
    std::vector<std::optional<double>> values; ///< one a bucket; none: nothing was measured, the line has a gap
    bool isDashed = false;
};

struct TimeChart
{
    TimeRange range;
    std::vector<Instant> starts; ///< of the buckets, rising
    std::vector<ReportSeries> series;
    ValueKind kind = ValueKind::Count;
    bool isBars = false; ///< the first series as bars
    std::vector<std::pair<Instant, QString>> markers;
};
Drawing drawTimeChart(const TimeChart &chart, const Formatter &formatter, double height);

struct HeatmapChart
{
    std::vector<QString> rows, columns; ///< column labels may be empty: not every one has room
    std::vector<std::optional<double>> values; ///< row by row; none: not tracked yet
    std::vector<double> totals;                ///< written at the right; empty: none
    double top = 1;                            ///< the value of the darkest cell
    QString topLabel;                          ///< with "≥" when cells are above
};
Drawing drawHeatmap(const HeatmapChart &chart, const Formatter &formatter);
double heatmapHeight(std::size_t rows);

struct RangeBar
{
    QString name;
    double low = 0, middle = 0, high = 0;
    bool isFew = false; ///< too few observations: drawn pale
};
/// Bars from low to high with a mark in the middle, over one axis from zero.
Drawing drawRangeBars(const std::vector<RangeBar> &bars, ValueKind kind, const Formatter &formatter);
double rangeBarsHeight(std::size_t bars);

/// Small bars that fit a cell of a table; `size` in tenths of a millimetre.
Drawing drawTrend(const std::vector<double> &values, const QRectF &box, Paint paint);

} // namespace telltale
