// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/decimation.h"
#include "widgets/charts/valueticks.h"

#include <QColor>
#include <QImage>

#include <span>
#include <vector>

namespace telltale {

/// What a line does within one pixel column.
struct ColumnSpan
{
    double low = 0, high = 0;
    double first = 0, last = 0; ///< where it comes in and goes out
    std::uint32_t points = 0;   ///< none: nothing is known of this column
    bool isBroken = false;      ///< a NaN lies before its first point or among them: nothing leads into it
    friend bool operator==(const ColumnSpan &, const ColumnSpan &) = default;
};

/// One span a pixel column of `scale`, which is as wide as the answer: from its left edge rounded down to its right edge rounded up.
/// Every extreme is kept. `points` by time. Cost: each value is looked at once, times only near the columns' edges; 0.6 ns a point.
std::vector<ColumnSpan> columnSpans(std::span<const TimedValue> points, const TimeScale &scale);
/// The same of times and values side by side, as many of both: half the memory to walk through.
std::vector<ColumnSpan> columnSpans(std::span<const Instant> times, std::span<const double> values, const TimeScale &scale);
/// The same into `spans`, whose memory is used again.
void columnSpans(std::span<const Instant> times, std::span<const double> values, const TimeScale &scale, std::vector<ColumnSpan> &spans);

/// How many points a column must hold on average before a line is nothing but vertical spans.
inline constexpr double kDensePoints = 2;

/// Columns from..to-1 of an image. Two threads may draw different ones of the same image.
struct ColumnBand
{
    std::size_t from = 0;
    std::size_t to = static_cast<std::size_t>(-1);
};

/// Draws a line as vertical spans, each column joined to the one before; columns without points get the straight line between their
/// neighbours. `image` is ARGB32_Premultiplied, not shared, a column of it a span, its height the scale. `width` in its pixels. Soft at
/// both ends.
void drawSpans(QImage &image, std::span<const ColumnSpan> spans, const ValueScale &values, const QColor &colour, double width,
               const ColumnBand &band = {});

} // namespace telltale
