// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/decimation.h"
#include "widgets/charts/timescale.h"
#include "widgets/charts/valueticks.h"

#include <QColor>
#include <QImage>

#include <memory>
#include <span>
#include <vector>

class QPainter;

namespace telltale {

/// How a series is drawn.
struct PlotStyle
{
    QColor line;
    double width = 1.9;
    bool isDashed = false;
    double fillTop = 0; ///< opacity of the area under the line, at its top and at its foot; 0: no area
    double fillBottom = 0;
    friend bool operator==(const PlotStyle &, const PlotStyle &) = default;
};

/// Draws lines, areas and bars over time into a pixmap. The one class that knows Qt Charts, so that it could be replaced. What is
/// denser than two points a pixel is no line any more and drawn as vertical spans, without Qt Charts and without its area.
/// Axes, grid, labels and everything that moves belong to the caller. UI thread, with another one beside it from half a million points on.
/// Cost: 0.7 ns a point; about 10 ms a repaint of lines.
class TimePlot
{
public:
    TimePlot();
    ~TimePlot();
    TimePlot(const TimePlot &) = delete;
    TimePlot &operator=(const TimePlot &) = delete;

    struct Bar
    {
        double left = 0, right = 0; ///< pixels from the plot's left edge
        double value = 0;
    };

    /// Logical size of the plot and the device pixels in one of its pixels.
    void setSize(const QSizeF &size, double devicePixelRatio);
    /// A line through the points, by time, with breaks at NaN; decimated here. Dashed lines are never drawn as spans.
    void addLine(std::span<const TimedValue> points, const TimeScale &scale, const ValueScale &values,
                 const PlotStyle &style);
    /// The same of times and values side by side, which must stay until clear(): they are looked at when they are drawn.
    void addLine(std::span<const Instant> times, std::span<const double> values, const TimeScale &scale, const ValueScale &axis,
                 const PlotStyle &style);
    /// Bars from the scale's foot as one area of steps.
    void addBars(std::span<const Bar> bars, const ValueScale &values, const QColor &colour);
    void clear();
    /// Everything that was added. Transparent ground. Stays until the next call.
    const QImage &render();
    /// On this thread alone, however many points there are. For measuring.
    void setAlone(bool isAlone);
    /// The same as shapes, for files that keep them; `topLeft` is the plot's corner.
    void paint(QPainter &painter, const QPointF &topLeft);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace telltale
