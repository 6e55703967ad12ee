// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/timeplot.h"

#include "widgets/charts/spanraster.h"
#include "widgets/theme/colourmath.h"

#include <QAreaSeries>
#include <QChart>
#include <QGraphicsLayout>
#include <QGraphicsScene>
#include <QLineSeries>
#include <QPainter>
#include <QPainterPath>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace telltale {

namespace {

/// Strokes on the edge of the plot must not be cut: the chart is this much larger on all sides.
constexpr double kBleed = 3;

/// Where the way from `a` to `b` meets `x`.
QPointF crossing(const QPointF &a, const QPointF &b, double x)
{
    return {x, a.y() + (b.y() - a.y()) * (x - a.x()) / (b.x() - a.x())};
}

/// A run cut at the edges of the plot: not every painter can clip.
QList<QPointF> within(const QList<QPointF> &run, double width)
{
    QList<QPointF> cut;
    for (qsizetype i = 0; i < run.size(); ++i) {
        const QPointF &point = run[i];
        for (const double edge : {0.0, width}) {
            if (i > 0 && (run[i - 1].x() < edge) != (point.x() < edge) && run[i - 1].x() != edge && point.x() != edge)
                cut.append(crossing(run[i - 1], point, edge));
        }
        if (point.x() >= 0 && point.x() <= width)
            cut.append(point);
    }
    return cut;
}

} // namespace

class TimePlot::Private
{
public:
    Private()
    {
        chart->setBackgroundVisible(false);
        chart->setPlotAreaBackgroundVisible(false);
        chart->setBackgroundBrush(Qt::NoBrush);
        chart->legend()->hide();
        chart->setMargins(QMargins(0, 0, 0, 0));
        chart->layout()->setContentsMargins(0, 0, 0, 0);
        chart->setAnimationOptions(QChart::NoAnimation);
        chart->addAxis(axisX, Qt::AlignBottom);
        chart->addAxis(axisY, Qt::AlignLeft);
        axisX->setVisible(false);
        axisY->setVisible(false);
        scene.addItem(chart);
    }
    void attach(QAbstractSeries *series)
    {
        chart->addSeries(series);
        series->attachAxis(axisX);
        series->attachAxis(axisY);
    }
    /// Series live in pixels: x from the left edge, y from the foot, so that doubles never hold nanoseconds.
    void addRun(const QList<QPointF> &run, const PlotStyle &style)
    {
        if (run.isEmpty())
            return;
        if (style.fillTop > 0 && run.size() > 1) {
            auto *upper = new QLineSeries;
            auto *lower = new QLineSeries;
            upper->replace(run);
            lower->replace(QList<QPointF>{{run.first().x(), 0}, {run.last().x(), 0}});
            auto *area = new QAreaSeries(upper, lower);
            upper->setParent(area);
            lower->setParent(area);
            area->setPen(Qt::NoPen);
            QLinearGradient fill(0, 0, 0, 1);
            fill.setCoordinateMode(QGradient::ObjectBoundingMode);
            fill.setColorAt(0, colour::faded(style.line, style.fillTop));
            fill.setColorAt(1, colour::faded(style.line, style.fillBottom));
            area->setBrush(fill);
            attach(area);
        }
        auto *line = new QLineSeries;
        line->setUseOpenGL(false);
        if (run.size() == 1) // a lone point still is a point
            line->replace(QList<QPointF>{run.first() - QPointF(1, 0), run.first() + QPointF(1, 0)});
        else
            line->replace(run);
        QPen pen(style.line, style.width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
        if (style.isDashed) {
            pen.setCapStyle(Qt::FlatCap);
            pen.setDashPattern({3 / style.width, 3 / style.width});
        }
        line->setPen(pen);
        attach(line);
    }

    QGraphicsScene scene;
    QChart *chart = new QChart; // owned by the scene
    QValueAxis *axisX = new QValueAxis;
    QValueAxis *axisY = new QValueAxis;
    QSizeF size{1, 1};
    double ratio = 1;
    struct Dense
    {
        std::vector<ColumnSpan> spans; ///< in device pixels
        ValueScale values;
        QColor colour;
        double width = 1; ///< in device pixels
    };
    std::vector<Dense> dense;
    QImage canvas; ///< its memory is used again

    /// A span of each column as a rectangle, at least as high as the line is wide.
    void paintShapes(QPainter &painter, const QPointF &topLeft, const Dense &line) const
    {
        const double width = line.width / ratio;
        QPainterPath path;
        path.setFillRule(Qt::WindingFill);
        const ColumnSpan *before = nullptr;
        for (std::size_t column = 0; column < line.spans.size(); ++column) {
            const ColumnSpan &span = line.spans[column];
            if (span.points == 0)
                continue;
            const bool isJoined = before && !span.isBroken;
            const double low = isJoined ? std::min(span.low, before->last) : span.low;
            const double high = isJoined ? std::max(span.high, before->last) : span.high;
            const double top = (1 - line.values.share(high)) * size.height() - width / 2;
            const double bottom = (1 - line.values.share(low)) * size.height() + width / 2;
            path.addRect(QRectF(topLeft + QPointF(double(column) / ratio, top), QSizeF(1 / ratio, bottom - top)));
            before = &span;
        }
        painter.fillPath(path, line.colour);
    }
};

TimePlot::TimePlot()
    : d(std::make_unique<Private>())
{}

TimePlot::~TimePlot() = default;

void TimePlot::setSize(const QSizeF &size, double devicePixelRatio)
{
    d->size = size;
    d->ratio = devicePixelRatio;
    const QRectF whole(0, 0, size.width() + 2 * kBleed, size.height() + 2 * kBleed);
    d->scene.setSceneRect(whole);
    d->chart->setGeometry(whole);
    d->chart->setPlotArea(whole);
    d->axisX->setRange(-kBleed, size.width() + kBleed);
    d->axisY->setRange(-kBleed, size.height() + kBleed);
}

void TimePlot::addLine(std::span<const TimedValue> points, const TimeScale &scale, const ValueScale &values,
                       const PlotStyle &style)
{
    const auto from = std::lower_bound(points.begin(), points.end(), scale.range.from, [](const TimedValue &p, Instant at) { return p.at < at; });
    const auto to = std::lower_bound(from, points.end(), scale.range.to, [](const TimedValue &p, Instant at) { return p.at < at; });
    if (!style.isDashed && double(to - from) > kDensePoints * d->size.width()) {
        const TimeScale device{scale.range, 0, d->size.width() * d->ratio};
        d->dense.push_back({columnSpans(points, device), values, style.line, style.width * d->ratio});
        return;
    }
    const std::vector<TimedValue> drawn = decimated(points, scale);
    QList<QPointF> run;
    run.reserve(qsizetype(drawn.size()));
    for (const TimedValue &point : drawn) {
        if (!std::isfinite(point.value)) {
            d->addRun(within(run, d->size.width()), style);
            run.clear();
            continue;
        }
        run.append({scale.x(point.at) - scale.left, values.share(point.value) * d->size.height()});
    }
    d->addRun(within(run, d->size.width()), style);
}

void TimePlot::addLine(std::span<const Instant> times, std::span<const double> values, const TimeScale &scale, const ValueScale &axis,
                       const PlotStyle &style)
{
    times = times.first(std::min(times.size(), values.size()));
    const auto from = std::lower_bound(times.begin(), times.end(), scale.range.from);
    const auto to = std::lower_bound(from, times.end(), scale.range.to);
    if (!style.isDashed && double(to - from) > kDensePoints * d->size.width()) {
        const TimeScale device{scale.range, 0, d->size.width() * d->ratio};
        d->dense.push_back({columnSpans(times, values, device), axis, style.line, style.width * d->ratio});
        return;
    }
    std::vector<TimedValue> points;
    points.reserve(times.size());
    for (std::size_t i = 0; i < times.size(); ++i)
        points.push_back({times[i], values[i]});
    addLine(points, scale, axis, style);
}

void TimePlot::addBars(std::span<const Bar> bars, const ValueScale &values, const QColor &colour)
{
    if (bars.empty())
        return;
    QList<QPointF> steps;
    steps.reserve(qsizetype(bars.size()) * 4);
    for (const Bar &bar : bars) {
        const double top = std::round(values.share(bar.value) * d->size.height() * d->ratio) / d->ratio;
        steps << QPointF(bar.left, 0) << QPointF(bar.left, top) << QPointF(bar.right, top)
              << QPointF(bar.right, 0);
    }
    auto *upper = new QLineSeries;
    auto *lower = new QLineSeries;
    upper->replace(steps);
    lower->replace(QList<QPointF>{{steps.first().x(), 0}, {steps.last().x(), 0}});
    auto *area = new QAreaSeries(upper, lower);
    upper->setParent(area);
    lower->setParent(area);
    area->setPen(Qt::NoPen);
    area->setBrush(colour);
    d->attach(area);
}

void TimePlot::clear()
{
    d->chart->removeAllSeries();
    d->dense.clear();
}

void TimePlot::paint(QPainter &painter, const QPointF &topLeft)
{
    const QRectF whole = d->scene.sceneRect();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Private::Dense &dense : d->dense)
        d->paintShapes(painter, topLeft, dense);
    d->scene.render(&painter, whole.translated(topLeft - QPointF(kBleed, kBleed)), whole, Qt::IgnoreAspectRatio);
    painter.restore();
}

QPixmap TimePlot::render()
{
    const QSizeF whole = d->scene.sceneRect().size();
    const QSizeF shown = d->size;
    const QSize pixels(int(std::ceil(shown.width() * d->ratio)), int(std::ceil(shown.height() * d->ratio)));
    if (d->canvas.size() != pixels)
        d->canvas = QImage(pixels, QImage::Format_ARGB32_Premultiplied);
    QImage &image = d->canvas;
    image.fill(Qt::transparent);
    for (const Private::Dense &dense : d->dense)
        drawSpans(image, dense.spans, dense.values, dense.colour, dense.width);
    if (!d->chart->series().isEmpty()) {
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.translate(-kBleed * d->ratio, -kBleed * d->ratio);
        d->scene.render(&painter, QRectF(QPointF(0, 0), whole * d->ratio), QRectF(QPointF(0, 0), whole), Qt::IgnoreAspectRatio);
    }
    QPixmap pixmap = QPixmap::fromImage(image);
    pixmap.setDevicePixelRatio(d->ratio);
    return pixmap;
}

} // namespace telltale
