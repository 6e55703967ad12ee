// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/reportcharts.h"

#include "widgets/charts/timescale.h"
#include "widgets/charts/valueticks.h"
#include "widgets/report/reportdocument.h"

#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

constexpr double kGutter = 118;     ///< of value labels
constexpr double kNames = 400;      ///< of row names
constexpr double kAxis = 52;        ///< below a plot
constexpr double kMarkers = 40;     ///< above a plot, for release names
constexpr double kSeriesNames = 36; ///< above those
constexpr double kHair = 2;
constexpr double kLine = 5;
constexpr double kRow = 46;
constexpr double kTotals = 130;
constexpr double kLegend = 62;
constexpr double kTickDistance = 200;
constexpr std::size_t kMostSingleBars = 160;

using Anchor = Shape::Anchor;

/// Where a time chart draws, and how values become heights.
struct Plot
{
    TimeScale time;
    ValueScale values;
    double top = 0, bottom = 0;
    double y(double value) const { return bottom - values.share(value) * (bottom - top); }
};

/// Durations get round minutes and hours, everything else round numbers.
ValueScale scaleFor(ValueKind kind, double highest, int wanted)
{
    if (kind == ValueKind::Ratio && highest > 0.5)
        return niceScaleBetween(0, 1, wanted);
    if (kind != ValueKind::Milliseconds)
        return niceScale(highest, wanted, kind == ValueKind::Count);
    double unit = 1;
    for (const double larger : {1000.0, 60'000.0, 3'600'000.0, 86'400'000.0}) {
        if (highest >= 2 * larger)
            unit = larger;
    }
    ValueScale scale = niceScale(highest / unit, wanted);
    scale.low *= unit;
    scale.high *= unit;
    scale.step *= unit;
    for (double &tick : scale.ticks)
        tick *= unit;
    return scale;
}

void addGrid(Drawing &out, const Plot &plot, ValueKind kind, const Formatter &formatter)
{
    for (const double tick : plot.values.ticks) {
        const double y = plot.y(tick);
        const bool isBase = tick == plot.values.low;
        out.push_back(Shape::line({{plot.time.left, y}, {plot.time.right, y}}, isBase ? Ink::BorderStrong : Ink::Border,
                                  kHair));
        // Plain numbers may be taken for anything: the topmost one names the unit.
        const bool isTop = tick == plot.values.ticks.back();
        const QString label = isTop ? formatter.axisValueWithUnit(tick, plot.values.step, kind) : formatter.axisValue(tick, plot.values.step, kind);
        out.push_back(Shape::label({kGutter - 14, y + 9}, label, PrintText::Small, Ink::Text3, Anchor::End));
    }
    for (const TimeTick &tick : labelledTicks(plot.time, formatter, kTickDistance)) {
        const double x = plot.time.x(tick.at);
        const double half = printWidth(PrintText::Small, tick.label) / 2;
        out.push_back(Shape::label({std::clamp(x, half, kReportWidth - half), plot.bottom + 38}, tick.label, PrintText::Small,
                                   Ink::Text3, Anchor::Middle));
    }
}

Instant bucketEnd(const TimeChart &chart, std::size_t bucket)
{
    return bucket + 1 < chart.starts.size() ? chart.starts[bucket + 1] : chart.range.to;
}

void addBars(Drawing &out, const TimeChart &chart, const Plot &plot)
{
    const ReportSeries &series = chart.series.front();
    const bool isStep = chart.starts.size() > kMostSingleBars;
    std::vector<QPointF> outline{{plot.time.left, plot.bottom}};
    for (std::size_t i = 0; i < chart.starts.size() && i < series.values.size(); ++i) {
        const double left = plot.time.clampedX(chart.starts[i]);
        const double right = plot.time.clampedX(bucketEnd(chart, i));
        const double y = plot.y(series.values[i].value_or(0));
        if (isStep) {
            outline.push_back({left, y});
            outline.push_back({right, y});
        } else if (y < plot.bottom) {
            const double gap = (right - left) * 0.11;
            out.push_back(Shape::rectangle(QRectF(QPointF(left + gap, y), QPointF(right - gap, plot.bottom)), series.paint));
        }
    }
    if (!isStep)
        return;
    outline.push_back({plot.time.right, plot.bottom});
    out.push_back(Shape::area(std::move(outline), series.paint, 1));
}

void addLine(Drawing &out, const TimeChart &chart, const ReportSeries &series, const Plot &plot)
{
    std::vector<QPointF> points;
    const auto finish = [&] {
        if (points.size() == 1)
            points.push_back(points.front() + QPointF(kLine, 0));
        if (!points.empty())
            out.push_back(Shape::line(std::move(points), series.paint, series.isDashed ? 3 : kLine, series.isDashed));
        points.clear();
    };
    for (std::size_t i = 0; i < chart.starts.size() && i < series.values.size(); ++i) {
        if (!series.values[i]) {
            finish();
            continue;
        }
        const double middle = (plot.time.clampedX(chart.starts[i]) + plot.time.clampedX(bucketEnd(chart, i))) / 2;
        points.push_back({middle, plot.y(*series.values[i])});
    }
    finish();
}

/// Names at the top right, in the colour of their line.
void addNames(Drawing &out, const TimeChart &chart)
{
    double x = kReportWidth;
    for (auto series = chart.series.rbegin(); series != chart.series.rend(); ++series) {
        const double width = printWidth(PrintText::Small, series->name);
        out.push_back(Shape::label({x, 24}, series->name, PrintText::Small, Ink::Text2, Anchor::End));
        out.push_back(Shape::line({{x - width - 46, 15}, {x - width - 12, 15}}, series->paint, series->isDashed ? 3 : 7,
                                  series->isDashed));
        x -= width + 80;
    }
}

double highestOf(const TimeChart &chart)
{
    double highest = 0;
    for (const ReportSeries &series : chart.series) {
        for (const auto &value : series.values)
            highest = std::max(highest, value.value_or(0));
    }
    return highest;
}

} // namespace

Drawing drawTimeChart(const TimeChart &chart, const Formatter &formatter, double height)
{
    Drawing out;
    Plot plot;
    plot.time = {chart.range, kGutter, kReportWidth - 4};
    plot.top = kMarkers + 10 + (chart.series.size() > 1 ? kSeriesNames : 0);
    plot.bottom = height - kAxis;
    plot.values = scaleFor(chart.kind, highestOf(chart), 4);
    if (!plot.time.isValid())
        return out;
    addGrid(out, plot, chart.kind, formatter);
    for (std::size_t i = 0; i < chart.series.size(); ++i) {
        if (chart.isBars && i == 0)
            addBars(out, chart, plot);
        else
            addLine(out, chart, chart.series[i], plot);
    }
    double free = 0; // names of markers never lie on one another
    for (const auto &[at, name] : chart.markers) {
        const double x = plot.time.x(at);
        if (x < plot.time.left || x > plot.time.right)
            continue;
        out.push_back(Shape::line({{x, plot.top - 12}, {x, plot.bottom}}, Ink::Text2, kHair, true));
        const double width = printWidth(PrintText::Small, name);
        const double left = std::min(x + 8, kReportWidth - width);
        if (left < free)
            continue;
        out.push_back(Shape::label({left, plot.top - 4}, name, PrintText::Small, Ink::Text2));
        free = left + width + 20;
    }
    if (chart.series.size() > 1)
        addNames(out, chart);
    return out;
}

double heatmapHeight(std::size_t rows)
{
    return static_cast<double>(rows) * kRow + kAxis + kLegend;
}

Drawing drawHeatmap(const HeatmapChart &chart, const Formatter &formatter)
{
    Drawing out;
    if (chart.columns.empty())
        return out;
    const double right = kReportWidth - (chart.totals.empty() ? 0 : kTotals);
    const double step = (right - kNames) / static_cast<double>(chart.columns.size());
    const double gap = std::min(3.0, step * 0.12);
    for (std::size_t row = 0; row < chart.rows.size(); ++row) {
        const double top = static_cast<double>(row) * kRow;
        out.push_back(Shape::label({0, top + 31}, chart.rows[row], PrintText::Small, Ink::Text, Anchor::Start, kNames - 20));
        for (std::size_t column = 0; column < chart.columns.size(); ++column) {
            const QRectF cell(kNames + static_cast<double>(column) * step, top, step - gap, kRow - 3);
            const auto &value = chart.values[row * chart.columns.size() + column];
            if (!value)
                out.push_back(Shape::line({cell.bottomLeft(), cell.topRight()}, Ink::Border, kHair));
            else if (*value <= 0)
                out.push_back(Shape::rectangle(cell, Ink::Inset));
            else
                out.push_back(Shape::rectangle(cell, Shade{std::clamp(*value / chart.top, 0.0, 1.0)}));
        }
        if (!chart.totals.empty())
            out.push_back(Shape::label({kReportWidth, top + 31}, formatter.count(chart.totals[row]), PrintText::Small,
                                       Ink::Text2, Anchor::End));
    }
    const double below = static_cast<double>(chart.rows.size()) * kRow;
    double free = kNames - 30;
    for (std::size_t column = 0; column < chart.columns.size(); ++column) {
        const QString &label = chart.columns[column];
        const double x = kNames + (static_cast<double>(column) + 0.5) * step;
        const double half = printWidth(PrintText::Small, label) / 2;
        if (label.isEmpty() || x - half < free || x + half > kReportWidth)
            continue;
        out.push_back(Shape::label({x, below + 34}, label, PrintText::Small, Ink::Text3, Anchor::Middle));
        free = x + half + 28;
    }
    // The legend: from nothing to the most.
    const double y = below + kAxis + 16;
    const double most = printWidth(PrintText::Small, chart.topLabel);
    out.push_back(Shape::label({right - most - 210, y + 20}, QStringLiteral("0"), PrintText::Small, Ink::Text3, Anchor::End));
    out.push_back(Shape::rectangle(QRectF(right - most - 196, y, 20, 24), Ink::Inset));
    for (int i = 0; i < 8; ++i)
        out.push_back(Shape::rectangle(QRectF(right - most - 174 + i * 20, y, 20, 24), Shade{(i + 0.5) / 8}));
    out.push_back(Shape::label({right, y + 20}, chart.topLabel, PrintText::Small, Ink::Text3, Anchor::End));
    return out;
}

double rangeBarsHeight(std::size_t bars)
{
    return static_cast<double>(bars) * kRow + kAxis;
}

Drawing drawRangeBars(const std::vector<RangeBar> &bars, ValueKind kind, const Formatter &formatter)
{
    Drawing out;
    double highest = 0;
    for (const RangeBar &bar : bars)
        highest = std::max({highest, bar.high, bar.middle});
    const ValueScale scale = scaleFor(kind, highest, 5);
    const double right = kReportWidth - 40;
    const auto x = [&](double value) { return kNames + scale.share(value) * (right - kNames); };
    const double bottom = static_cast<double>(bars.size()) * kRow;
    for (const double tick : scale.ticks) {
        out.push_back(Shape::line({{x(tick), 0}, {x(tick), bottom}}, tick == 0 ? Ink::BorderStrong : Ink::Border, kHair));
        out.push_back(Shape::label({x(tick), bottom + 38}, formatter.axisValue(tick, scale.step, kind), PrintText::Small,
                                   Ink::Text3, Anchor::Middle));
    }
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const RangeBar &bar = bars[i];
        const double top = static_cast<double>(i) * kRow;
        out.push_back(Shape::label({0, top + 31}, bar.name, PrintText::Small, bar.isFew ? Ink::Text3 : Ink::Text, Anchor::Start,
                                   kNames - 20));
        Shape range = Shape::rectangle(QRectF(QPointF(x(bar.low), top + 12), QPointF(x(bar.high), top + kRow - 12)),
                                       SeriesSlot::Teal, 8);
        range.opacity = bar.isFew ? 0.2 : 0.38;
        out.push_back(std::move(range));
        out.push_back(Shape::rectangle(QRectF(x(bar.middle) - 4, top + 7, 8, kRow - 14), bar.isFew ? Paint(Ink::Text3) : Paint(SeriesSlot::Teal), 3));
    }
    return out;
}

Drawing drawTrend(const std::vector<double> &values, const QRectF &box, Paint paint)
{
    Drawing out;
    const double highest = values.empty() ? 0 : *std::max_element(values.begin(), values.end());
    if (highest <= 0)
        return out;
    const double step = box.width() / static_cast<double>(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] <= 0)
            continue;
        const double height = std::max(2.0, values[i] / highest * box.height());
        out.push_back(Shape::rectangle(
            QRectF(box.left() + static_cast<double>(i) * step, box.bottom() - height, step * 0.72, height), paint));
    }
    return out;
}

} // namespace telltale
