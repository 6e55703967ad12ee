// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/timeplot.h"

#include "widgets/charts/spanraster.h"
#include "widgets/charts/twothreads.h"
#include "widgets/theme/colourmath.h"

#include <QAreaSeries>
#include <QChart>
#include <QGraphicsLayout>
#include <QGraphicsScene>
#include <QLineSeries>
#include <QPainter>
#include <QPainterPath>
#include <QPolygonF>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace telltale {

namespace {

/// Strokes on the edge of the plot must not be cut: the chart is this much larger on all sides.
constexpr double kBleed = 3;
/// Runs between gaps become series of Qt Charts up to so many, fragments of our own beyond.
constexpr std::size_t kMostSeries = 16;
/// From so many points on two threads are faster than one.
constexpr std::size_t kManyPoints = 500'000;

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
    /// The next series of this kind that is there, else a new one. Those that are passed over are hidden: what was added first lies below.
    template<typename Series>
    Series *take()
    {
        for (; used < pool.size(); ++used) {
            if (auto *series = qobject_cast<Series *>(pool[used])) {
                ++used;
                series->setVisible(true);
                return series;
            }
            pool[used]->setVisible(false);
        }
        Series *series = make(static_cast<Series *>(nullptr));
        chart->addSeries(series);
        series->attachAxis(axisX);
        series->attachAxis(axisY);
        pool.push_back(series);
        used = pool.size();
        return series;
    }
    static QLineSeries *make(QLineSeries *)
    {
        auto *line = new QLineSeries;
        line->setUseOpenGL(false);
        return line;
    }
    static QAreaSeries *make(QAreaSeries *)
    {
        auto *upper = new QLineSeries, *lower = new QLineSeries;
        auto *area = new QAreaSeries(upper, lower);
        upper->setParent(area);
        lower->setParent(area);
        area->setPen(Qt::NoPen);
        return area;
    }
    void addArea(const QList<QPointF> &run, const QBrush &brush)
    {
        auto *area = take<QAreaSeries>();
        area->upperSeries()->replace(run);
        area->lowerSeries()->replace(QList<QPointF>{{run.first().x(), 0}, {run.last().x(), 0}});
        area->setBrush(brush);
    }
    static QBrush fillOf(const PlotStyle &style)
    {
        QLinearGradient fill(0, 0, 0, 1);
        fill.setCoordinateMode(QGradient::ObjectBoundingMode);
        fill.setColorAt(0, colour::faded(style.line, style.fillTop));
        fill.setColorAt(1, colour::faded(style.line, style.fillBottom));
        return fill;
    }
    static QPen penOf(const PlotStyle &style)
    {
        QPen pen(style.line, style.width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
        if (style.isDashed) {
            pen.setCapStyle(Qt::FlatCap);
            pen.setDashPattern({3 / style.width, 3 / style.width});
        }
        return pen;
    }
    /// Series live in pixels: x from the left edge, y from the foot, so that doubles never hold nanoseconds.
    void addRun(QList<QPointF> run, const PlotStyle &style)
    {
        if (run.isEmpty())
            return;
        if (used >= kMostSeries) {
            fragments.push_back({std::move(run), style});
            return;
        }
        if (style.fillTop > 0 && run.size() > 1)
            addArea(run, fillOf(style));
        auto *line = take<QLineSeries>();
        line->replace(run.size() == 1 ? dotOf(run.first()) : run);
        line->setPen(penOf(style));
    }
    /// A lone point still is a point.
    static QList<QPointF> dotOf(const QPointF &point) { return {point - QPointF(1, 0), point + QPointF(1, 0)}; }

    /// What is more than Qt Charts should hold; looks the same. The painter's origin is the plot's upper left corner.
    void paintFragments(QPainter &painter) const
    {
        for (const Fragment &fragment : fragments) {
            QPolygonF line(fragment.run.size() == 1 ? dotOf(fragment.run.first()) : fragment.run);
            for (QPointF &point : line)
                point.setY(size.height() - point.y());
            if (fragment.style.fillTop > 0 && fragment.run.size() > 1) {
                QPolygonF area = line;
                area << QPointF(line.last().x(), size.height()) << QPointF(line.first().x(), size.height());
                painter.setPen(Qt::NoPen);
                painter.setBrush(fillOf(fragment.style));
                painter.drawPolygon(area);
            }
            painter.setPen(penOf(fragment.style));
            painter.setBrush(Qt::NoBrush);
            painter.drawPolyline(line);
        }
    }

    QGraphicsScene scene;
    QChart *chart = new QChart; // owned by the scene
    QValueAxis *axisX = new QValueAxis;
    QValueAxis *axisY = new QValueAxis;
    QSizeF size;
    double ratio = 1;
    struct Fragment
    {
        QList<QPointF> run; ///< y from the foot
        PlotStyle style;
    };
    std::vector<QAbstractSeries *> pool; ///< the chart's: a new one costs a third of a millisecond, for a legend nobody sees
    std::size_t used = 0;                ///< of the pool, by what was added since clear()
    std::vector<Fragment> fragments;
    struct Dense
    {
        std::vector<ColumnSpan> spans;  ///< in device pixels; empty: they are made when it is drawn
        std::span<const Instant> times; ///< what the spans are made from
        std::span<const double> points;
        TimeScale scale; ///< in device pixels
        ValueScale values;
        QColor colour;
        double width = 1; ///< in device pixels
    };
    std::vector<Dense> dense;
    std::vector<std::vector<ColumnSpan>> memories{1}; ///< of spans, used again by each repaint
    bool isAlone = false;
    QImage canvas; ///< its memory is used again

    bool isWorthTwoThreads() const
    {
        std::size_t points = 0;
        for (const Dense &line : dense)
            points += line.points.size();
        return !isAlone && points >= kManyPoints;
    }
    /// What a line is within each column; `memory` is where that is kept when it is not known yet.
    static const std::vector<ColumnSpan> &spansOf(const Dense &line, std::vector<ColumnSpan> &memory)
    {
        if (!line.spans.empty())
            return line.spans;
        columnSpans(line.times, line.points, line.scale, memory);
        return memory;
    }
    void drawDense()
    {
        if (!isWorthTwoThreads()) {
            for (const Dense &line : dense) // each drawn while its spans are near
                drawSpans(canvas, spansOf(line, memories.front()), line.values, line.colour, line.width);
            return;
        }
        memories.resize(std::max(memories.size(), dense.size()));
        onTwoThreads(dense.size(), [this](std::size_t i) { spansOf(dense[i], memories[i]); });
        constexpr std::size_t kBands = 4; // more than threads, so that nobody waits long for the other one
        const auto width = static_cast<std::size_t>(canvas.width());
        onTwoThreads(kBands, [&](std::size_t band) {
            for (std::size_t i = 0; i < dense.size(); ++i) {
                const Dense &line = dense[i];
                drawSpans(canvas, line.spans.empty() ? memories[i] : line.spans, line.values, line.colour, line.width,
                          {width * band / kBands, width * (band + 1) / kBands});
            }
        });
    }

    /// A span of each column as a rectangle, at least as high as the line is wide.
    void paintShapes(QPainter &painter, const QPointF &topLeft, const Dense &line)
    {
        const std::vector<ColumnSpan> &spans = spansOf(line, memories.front());
        const double width = line.width / ratio;
        QPainterPath path;
        path.setFillRule(Qt::WindingFill);
        const ColumnSpan *before = nullptr;
        for (std::size_t column = 0; column < spans.size(); ++column) {
            const ColumnSpan &span = spans[column];
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
    d->ratio = devicePixelRatio;
    if (size == d->size)
        return;
    d->size = size;
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
        d->dense.push_back({columnSpans(points, device), {}, {}, device, values, style.line, style.width * d->ratio});
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
        d->dense.push_back({{}, times, values.first(times.size()), device, axis, style.line, style.width * d->ratio});
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
    d->addArea(steps, colour);
}

void TimePlot::clear()
{
    for (QAbstractSeries *series : d->pool)
        series->setVisible(false);
    d->used = 0;
    d->fragments.clear();
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
    painter.translate(topLeft);
    d->paintFragments(painter);
    painter.restore();
}

void TimePlot::setAlone(bool isAlone)
{
    d->isAlone = isAlone;
}

const QImage &TimePlot::render()
{
    const QSizeF whole = d->scene.sceneRect().size();
    const QSizeF shown = d->size;
    const QSize pixels(int(std::ceil(shown.width() * d->ratio)), int(std::ceil(shown.height() * d->ratio)));
    if (d->canvas.size() != pixels)
        d->canvas = QImage(pixels, QImage::Format_ARGB32_Premultiplied);
    QImage &image = d->canvas;
    image.setDevicePixelRatio(1);
    image.fill(Qt::transparent);
    d->drawDense();
    if (d->used > 0) {
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.save();
        painter.translate(-kBleed * d->ratio, -kBleed * d->ratio);
        d->scene.render(&painter, QRectF(QPointF(0, 0), whole * d->ratio), QRectF(QPointF(0, 0), whole), Qt::IgnoreAspectRatio);
        painter.restore();
        painter.scale(d->ratio, d->ratio);
        d->paintFragments(painter);
    }
    image.setDevicePixelRatio(d->ratio);
    return image;
}

} // namespace telltale
