// SPDX-License-Identifier: GPL-3.0-or-later
// What painting costs: dense series against Qt Charts, direct span writes and QCustomPlot; a heatmap against a table view; what
// decimation does to the picture; a crosshair move and a repaint of the overview. All in one run, and in processor time of this
// thread where one thread does it all, so that ratios hold on a busy machine too; by the clock where two threads work.
// What is prepared outside of the measured time: times and values of the raw points in memory, side by side, nothing derived from them;
// for the rivals the decimated points or ready spans.
#include "qcustomplotrival.h"

#include "tests/support/benchmarkreport.h"
#include "tests/widgets/window/windowbench.h"
#include "widgets/charts/heatmapview.h"
#include "widgets/charts/spanraster.h"
#include "widgets/charts/timeplot.h"
#include "widgets/pages/overviewpage.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QChart>
#include <QGraphicsScene>
#include <QHeaderView>
#include <QLineSeries>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QValueAxis>

#include <cmath>
#include <cstdio>
#include <random>

using namespace telltale;
using namespace telltale::test;

namespace {

constexpr int kSeries = 32, kWidth = 1200, kHeight = 300;
constexpr int kRounds = 7;
const ValueScale kScale = niceScale(100, 4);

/// Median of milliseconds of this thread's processor time, the first round left out.
template<typename Work>
double timed(Work &&work, int rounds = kRounds)
{
    std::vector<double> samples;
    for (int round = -1; round < rounds; ++round) {
        const ThreadClock watch;
        work();
        if (round >= 0)
            samples.push_back(watch.milliseconds());
    }
    return median(samples);
}

/// A walk with spikes, a point each so many nanoseconds.
std::vector<TimedValue> walk(unsigned seed, std::size_t count, std::int64_t span)
{
    std::mt19937 random(seed);
    std::vector<TimedValue> points(count);
    double value = 20 + 60.0 * seed / kSeries;
    for (std::size_t i = 0; i < count; ++i) {
        const double step = static_cast<double>(random() % 2001) / 1000.0 - 1;
        value = std::clamp(value + step * 0.4, 2.0, 90.0);
        const double spike = random() % 4096 == 0 ? 8.0 * static_cast<double>(random() % 100) / 100 : 0;
        points[i] = {Instant{static_cast<std::int64_t>(i) * (span / static_cast<std::int64_t>(count))}, value + spike};
    }
    return points;
}

using Points = std::vector<std::vector<TimedValue>>;

/// The same as tracks keep them: times and values side by side.
struct Sides
{
    std::vector<Instant> times;
    std::vector<double> values;
};
std::vector<Sides> sidesOf(const Points &series)
{
    std::vector<Sides> sides(series.size());
    for (std::size_t i = 0; i < series.size(); ++i) {
        for (const TimedValue &point : series[i]) {
            sides[i].times.push_back(point.at);
            sides[i].values.push_back(point.value);
        }
    }
    return sides;
}

TimeScale scaleOver(std::int64_t span)
{
    return {{Instant{0}, Instant{span}}, 0, kWidth};
}

PlotStyle styleOf(std::size_t series)
{
    return {Tokens::light().series[series % Tokens::light().series.size()], 1, false, 0, 0};
}

/// From raw points to pixels, as the track stack does it for a repaint.
void paintOurs(TimePlot &plot, const std::vector<Sides> &series, const TimeScale &scale)
{
    plot.clear();
    plot.setSize({kWidth, kHeight}, 1);
    for (std::size_t i = 0; i < series.size(); ++i)
        plot.addLine(series[i].times, series[i].values, scale, kScale, styleOf(i));
    plot.render();
}

double onOneCore(const std::vector<Sides> &series, const TimeScale &scale)
{
    TimePlot plot;
    plot.setAlone(true);
    return timed([&] { paintOurs(plot, series, scale); });
}

double onBothCores(const std::vector<Sides> &series, const TimeScale &scale)
{
    TimePlot plot;
    std::vector<double> samples;
    for (int round = -1; round < kRounds; ++round) {
        const Stopwatch watch;
        paintOurs(plot, series, scale);
        if (round >= 0)
            samples.push_back(watch.seconds() * 1000);
    }
    return median(samples);
}

/// A chart as TimePlot makes it, with as many line series.
struct QtChart
{
    explicit QtChart(int count)
    {
        chart->setBackgroundVisible(false);
        chart->legend()->hide();
        chart->setMargins({});
        auto *x = new QValueAxis, *y = new QValueAxis;
        x->setRange(0, kWidth);
        y->setRange(0, 100);
        x->setVisible(false);
        y->setVisible(false);
        chart->addAxis(x, Qt::AlignBottom);
        chart->addAxis(y, Qt::AlignLeft);
        for (int i = 0; i < count; ++i) {
            auto *line = new QLineSeries;
            line->setPen(QPen(styleOf(static_cast<std::size_t>(i)).line, 0));
            chart->addSeries(line);
            line->attachAxis(x);
            line->attachAxis(y);
            lines.append(line);
        }
        scene.addItem(chart);
        scene.setSceneRect(0, 0, kWidth, kHeight);
        chart->setGeometry(0, 0, kWidth, kHeight);
    }
    void paint(QImage &image)
    {
        QPainter painter(&image);
        scene.render(&painter);
    }
    QGraphicsScene scene;
    QChart *chart = new QChart; // owned by the scene
    QList<QLineSeries *> lines;
};

QImage emptyImage()
{
    QImage image(kWidth, kHeight, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    return image;
}

QList<QPointF> pixelsOf(const std::vector<TimedValue> &points, const TimeScale &scale)
{
    QList<QPointF> pixels;
    for (const TimedValue &point : points)
        pixels.append({scale.x(point.at), point.value});
    return pixels;
}

void lines(BenchmarkReport &report)
{
    constexpr std::int64_t kSpan = 3'600'000'000'000;
    const TimeScale scale = scaleOver(kSpan);
    Points raw;
    for (unsigned i = 0; i < kSeries; ++i)
        raw.push_back(walk(i, 100'000, kSpan));
    const std::vector<Sides> sides = sidesOf(raw);
    const double own = onOneCore(sides, scale), both = onBothCores(sides, scale);

    std::vector<QList<QPointF>> decimatedPoints;
    std::vector<std::vector<ColumnSpan>> spans;
    for (const auto &points : raw) {
        decimatedPoints.push_back(pixelsOf(decimated(points, scale), scale));
        spans.push_back(columnSpans(points, scale));
    }
    QtChart chart(kSeries);
    QImage image = emptyImage();
    std::vector<double> replaced;
    const double charts = timed([&] {
        const ThreadClock watch;
        for (int i = 0; i < kSeries; ++i)
            chart.lines[i]->replace(decimatedPoints[static_cast<std::size_t>(i)]);
        replaced.push_back(watch.milliseconds());
        image.fill(Qt::transparent);
        chart.paint(image);
    }, 3);
    const double replacing = median(replaced);
    QtChart nothing(0);
    const double direct = timed([&] {
        image.fill(Qt::transparent);
        nothing.paint(image);
        for (std::size_t i = 0; i < spans.size(); ++i)
            drawSpans(image, spans[i], kScale, styleOf(i).line, 1);
    });
    const double decimating = timed([&] {
        for (const Sides &side : sides)
            columnSpans(side.times, side.values, scale);
    });
    // The least that can be done with raw points: a plain loop over them.
    std::vector<ColumnSpan> plain(kWidth);
    const double barest = timed([&] {
        image.fill(Qt::transparent);
        nothing.paint(image);
        for (std::size_t i = 0; i < sides.size(); ++i) {
            std::fill(plain.begin(), plain.end(), ColumnSpan{1e300, -1e300, 0, 0, 0, false});
            const double factor = kWidth / static_cast<double>(kSpan);
            for (std::size_t k = 0; k < sides[i].times.size(); ++k) {
                ColumnSpan &span = plain[std::min<std::size_t>(kWidth - 1, static_cast<std::size_t>(static_cast<double>(sides[i].times[k].ns) * factor))];
                const double value = sides[i].values[k];
                span.low = std::min(span.low, value);
                span.high = std::max(span.high, value);
                span.first = span.points++ == 0 ? value : span.first;
                span.last = value;
            }
            drawSpans(image, plain, kScale, styleOf(i).line, 1);
        }
    });
    report.figure("an empty Qt chart, a plain loop over the raw points and span writes", barest, "ms");
    report.figure("32 series of 100,000 raw points, decimated and drawn", own, "ms");
    report.figure("of that decimating", decimating, "ms");
    report.figure("the same on both cores, by the clock", both, "ms");
    report.figure("QLineSeries::replace of the decimated points and painting", charts, "ms");
    report.figure("of that replace alone", replacing, "ms");
    report.figure("an empty Qt chart and direct span writes", direct, "ms");
    report.ratio("Qt Charts with decimated points / ours with raw ones", charts / own, 15, true);
    report.ratio("QLineSeries::replace alone / ours with raw ones", replacing / own, 15, true);
    report.ratio("ours on one core / empty chart and writes of spans that are ready", own / direct, 3, false);
    report.ratio("ours / empty chart, plain loop and span writes", own / barest, 3, false);
    if (const auto rival = customPlotMs(raw.size(), raw, kWidth, kHeight, kRounds))
        report.ratio("QCustomPlot / ours", *rival / own, 1, true);
    else
        std::fprintf(stderr, "bench_paint: built without QCustomPlot (libqcustomplot-dev)\n");
}

void million(BenchmarkReport &report)
{
    constexpr std::int64_t kSpan = 3'600'000'000'000;
    const TimeScale scale = scaleOver(kSpan);
    std::vector<Sides> raw;
    for (unsigned i = 0; i < kSeries; ++i)
        raw.push_back(std::move(sidesOf({walk(i, 1'000'000, kSpan)}).front()));
    const double one = onOneCore(raw, scale), both = onBothCores(raw, scale);
    report.figure("32 series of a million raw points, one core", one, "ms");
    report.figure("32 series of a million raw points, both cores, by the clock", both, "ms");
    report.ratio("a million points on both cores / 16 ms", both / 16, 1, false);
}

/// Every segment of the line in the column or columns it runs through; points stand in the middle of theirs.
std::vector<bool> polyline(const QList<QPointF> &points)
{
    std::vector<bool> pixels(static_cast<std::size_t>(kWidth * kHeight));
    const auto fill = [&](int x, double from, double to) {
        const auto [low, high] = std::minmax(from, to);
        for (int y = std::max(0, static_cast<int>(low)); x >= 0 && x < kWidth && y <= std::min(kHeight - 1, static_cast<int>(high)); ++y)
            pixels[static_cast<std::size_t>(y * kWidth + x)] = true;
    };
    for (qsizetype i = 0; i + 1 < points.size(); ++i) {
        const double from = kHeight * points[i].y() / 100, to = kHeight * points[i + 1].y() / 100;
        const int left = static_cast<int>(std::floor(points[i].x())), right = static_cast<int>(std::floor(points[i + 1].x()));
        const double step = right > left ? (to - from) / (right - left) : 0;
        if (right == left)
            fill(left, from, to);
        for (int x = left; right > left && x <= right; ++x)
            fill(x, from + step * std::max(0.0, x - left - 0.5), from + step * std::min<double>(right - left, x - left + 0.5));
    }
    return pixels;
}

double different(const std::vector<bool> &a, const std::vector<bool> &b)
{
    double count = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        count += a[i] != b[i];
    return count;
}

/// Pixels that differ from a picture of every point: of what is kept of each column, and of every k-th point, as many.
void decimationError(BenchmarkReport &report)
{
    constexpr std::int64_t kSpan = 3'600'000'000'000;
    const TimeScale scale = scaleOver(kSpan);
    double keptError = 0, sampledError = 0;
    for (unsigned seed = 1; seed <= 4; ++seed) {
        const auto points = walk(seed * 7, 200'000, kSpan);
        const auto kept = decimated(points, scale);
        std::vector<TimedValue> sampled;
        const std::size_t every = std::max<std::size_t>(1, points.size() / kept.size());
        for (std::size_t i = 0; i < points.size(); i += every)
            sampled.push_back(points[i]);
        const std::vector<bool> all = polyline(pixelsOf(points, scale));
        keptError += different(all, polyline(pixelsOf(kept, scale)));
        sampledError += different(all, polyline(pixelsOf(sampled, scale)));
    }
    report.figure("pixels that differ, decimated", keptError, "px");
    report.figure("pixels that differ, every k-th point", sampledError, "px");
    report.ratio("error of decimation / error of sampling", keptError / std::max(1.0, sampledError), 1.0 / 25, false);
}

class CellModel final : public QAbstractTableModel
{
public:
    explicit CellModel(const HeatGrid &grid)
        : m_grid(grid)
    {}
    int rowCount(const QModelIndex & = {}) const override { return static_cast<int>(m_grid.rows.size()); }
    int columnCount(const QModelIndex & = {}) const override { return static_cast<int>(m_grid.columns.size()); }
    QVariant data(const QModelIndex &index, int role) const override
    {
        return role == Qt::DisplayRole ? QVariant(m_grid.at(static_cast<std::size_t>(index.row()), static_cast<std::size_t>(index.column())))
                                       : QVariant();
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (role != Qt::DisplayRole)
            return {};
        const auto at = static_cast<std::size_t>(section);
        return orientation == Qt::Vertical ? m_grid.rows[at].label : m_grid.columns[at].label;
    }

private:
    const HeatGrid &m_grid;
};

std::vector<QColor> cellColours()
{
    std::vector<QColor> colours;
    for (int i = 0; i <= 100; ++i)
        colours.push_back(Tokens::light().sequentialAt(i / 100.0));
    return colours;
}

/// As delegates are usually written: the style paints, with another ground.
class UsualDelegate final : public QStyledItemDelegate
{
protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->backgroundBrush = m_colours[static_cast<std::size_t>(index.data().toDouble())];
        option->text.clear();
    }

private:
    const std::vector<QColor> m_colours = cellColours();
};

/// The least a delegate can do: one rectangle.
class BareDelegate final : public QStyledItemDelegate
{
public:
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->fillRect(option.rect, m_colours[static_cast<std::size_t>(index.data().toDouble())]);
    }

private:
    const std::vector<QColor> m_colours = cellColours();
};

HeatGrid heatGridOf(int rows, int columns)
{
    HeatGrid grid;
    std::mt19937 random(5);
    for (int row = 0; row < rows; ++row)
        grid.rows.push_back({QString::number(row), QStringLiteral("Row %1").arg(row), std::nullopt});
    for (int column = 0; column < columns; ++column)
        grid.columns.push_back({QString::number(column), std::nullopt, false});
    for (int i = 0; i < rows * columns; ++i)
        grid.values.push_back(static_cast<double>(1 + random() % 99));
    return grid;
}

void heatmap(BenchmarkReport &report)
{
    constexpr int kRows = 60, kColumns = 200;
    const HeatGrid grid = heatGridOf(kRows, kColumns);
    QImage image(kWidth, 720, QImage::Format_ARGB32_Premultiplied);
    HeatmapView own;
    own.setAttribute(Qt::WA_DontShowOnScreen);
    own.resize(image.size());
    own.show();
    HeatGrid other = grid;
    const double mine = timed([&] {
        other.values.front() = other.values.front() > 50 ? 1 : 99; // nothing of the picture before may be used
        own.setGrid(other);
        own.render(&image);
    });
    CellModel model(grid);
    UsualDelegate usual;
    BareDelegate bare;
    QTableView table;
    table.setModel(&model);
    table.setItemDelegate(&usual);
    table.horizontalHeader()->setMinimumSectionSize(1);
    table.verticalHeader()->setMinimumSectionSize(1);
    table.horizontalHeader()->setDefaultSectionSize(kWidth / kColumns);
    table.verticalHeader()->setDefaultSectionSize(720 / kRows);
    table.setAttribute(Qt::WA_DontShowOnScreen);
    table.resize(image.size());
    table.show();
    const double delegated = timed([&] { table.render(&image); });
    table.setItemDelegate(&bare);
    const double barest = timed([&] { table.render(&image); });
    report.figure("heatmap of 60 x 200 cells", mine, "ms");
    report.figure("table view with a delegate", delegated, "ms");
    report.figure("table view with a delegate that fills a rectangle and nothing more", barest, "ms");
    report.ratio("table view with a delegate / heatmap", delegated / mine, 12, true);
    report.ratio("table view with the barest delegate / heatmap", barest / mine, 12, true);
}

void overview(BenchmarkReport &report, Theme &theme)
{
    WindowBench bench(theme, {1440, 900});
    bench.window->showView(QStringLiteral("overview"));
    if (!bench.settle())
        std::fprintf(stderr, "bench_paint: the overview never settled\n");
    auto *page = static_cast<OverviewPage *>(bench.window->page(QStringLiteral("overview")));
    TrackStack *tracks = page->tracks();
    const TimeRange range = bench.state->resolvedRange();
    std::vector<double> moves;
    for (int i = 0; i < 200; ++i) {
        const QPointF to(tracks->timeScale().x(range.from) + i * tracks->timeScale().width() / 200, tracks->height() / 2.0);
        QMouseEvent move(QEvent::MouseMove, to, tracks->mapToGlobal(to), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        const ThreadClock watch;
        QApplication::sendEvent(tracks, &move);
        QApplication::processEvents(); // the repaint of all panels that follow
        moves.push_back(watch.milliseconds());
    }
    double sum = 0;
    for (const double move : moves)
        sum += move;
    report.figure("crosshair move over the overview, mean of 200", sum / static_cast<double>(moves.size()), "ms");
    report.figure("crosshair move, slowest", *std::max_element(moves.begin(), moves.end()), "ms");
    const double whole = timed([&] { bench.window->repaint(); });
    const double panels = timed([&] { page->repaint(); });
    report.figure("repaint of the overview", panels, "ms");
    report.figure("repaint of the whole window", whole, "ms");
    report.ratio("crosshair move / 8 ms", sum / static_cast<double>(moves.size()) / 8, 1, false);
    report.ratio("repaint of the overview / 16 ms", panels / 16, 1, false);
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    Theme theme;
    theme.install(Theme::Mode::Light);
    theme.setReducedMotion(true);
    BenchmarkReport report("bench_paint", argc, argv);
    lines(report);
    decimationError(report);
    heatmap(report);
    overview(report, theme);
    million(report);
    return report.finish();
}
