// SPDX-License-Identifier: GPL-3.0-or-later
#include "qcustomplotrival.h"

#ifdef TELLTALE_HAS_QCUSTOMPLOT
#include "tests/support/benchmarkreport.h"

#include <qcustomplot.h>
#endif

namespace telltale::test {

#ifdef TELLTALE_HAS_QCUSTOMPLOT
std::optional<double> customPlotMs(std::size_t series, const std::vector<std::vector<TimedValue>> &points, int width, int height, int rounds)
{
    QCustomPlot plot;
    plot.setNoAntialiasingOnDrag(true);
    plot.setNotAntialiasedElements(QCP::aeAll);
    plot.xAxis->setVisible(false);
    plot.yAxis->setVisible(false);
    plot.yAxis->setRange(0, 100);
    std::vector<QVector<double>> times, values;
    for (std::size_t i = 0; i < series; ++i) {
        QVector<double> x, y;
        for (const TimedValue &point : points[i]) {
            x.append(static_cast<double>(point.at.ns) / 1e9);
            y.append(point.value);
        }
        times.push_back(x);
        values.push_back(y);
        plot.addGraph()->setPen(QPen(Qt::black, 0));
    }
    plot.xAxis->setRange(0, times.front().last());
    std::vector<double> samples;
    for (int round = -1; round < rounds; ++round) {
        const ThreadClock watch;
        for (std::size_t i = 0; i < series; ++i)
            plot.graph(static_cast<int>(i))->setData(times[i], values[i], true);
        plot.toPixmap(width, height);
        if (round >= 0)
            samples.push_back(watch.milliseconds());
    }
    return median(samples);
}
#else
std::optional<double> customPlotMs(std::size_t, const std::vector<std::vector<TimedValue>> &, int, int, int)
{
    return std::nullopt;
}
#endif

} // namespace telltale::test
