// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/timeplot.h"

#include <QTest>

#include <cmath>
#include <functional>

using namespace telltale;

class TestTimePlot final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// So many points that two threads share the work: the picture is that of one.
    void twoThreadsDrawTheSame()
    {
        constexpr int kPoints = 200'000, kLines = 4;
        std::vector<Instant> times;
        std::vector<std::vector<double>> values(kLines);
        for (int i = 0; i < kPoints; ++i) {
            times.push_back({i * 1'000'000LL});
            for (int line = 0; line < kLines; ++line)
                values[std::size_t(line)].push_back(i % 50'000 < 900 ? std::nan("") : 50 + 40 * std::sin(i * 0.0001 * (line + 1)) + (i % 977 == 0 ? 9 : 0));
        }
        const TimeScale scale{{times.front(), times.back()}, 0, 300};
        const ValueScale axis = niceScale(100, 4);
        const QColor colours[kLines] = {Qt::red, QColor(0, 90, 200, 130), Qt::darkGreen, QColor(90, 0, 200, 40)};
        TimePlot plot;
        const auto drawn = [&](bool isAlone, double ratio) {
            plot.setAlone(isAlone);
            plot.clear();
            plot.setSize({300, 120}, ratio);
            for (int line = 0; line < kLines; ++line)
                plot.addLine(times, values[std::size_t(line)], scale, axis, {colours[line], 1.9, false, 0, 0});
            return plot.render().copy();
        };
        const QImage alone = drawn(true, 1);
        QCOMPARE(drawn(false, 1), alone);
        QCOMPARE(alone.size(), QSize(300, 120));
        QImage nothing(alone.size(), alone.format());
        nothing.fill(Qt::transparent);
        QVERIFY(alone != nothing);
        const QImage fine = drawn(false, 2);
        QCOMPARE(fine.size(), QSize(600, 240));
        QCOMPARE(fine.devicePixelRatio(), 2.0);
        QCOMPARE(drawn(true, 2), fine);
    }

    /// Series are used again: whatever was drawn before, the picture is that of a new plot.
    void usedAgain()
    {
        const TimeScale scale{{Instant{0}, Instant{1000}}, 0, 100};
        const ValueScale axis = niceScale(100, 4);
        const std::vector<TimedValue> up = {{Instant{0}, 10}, {Instant{600}, 90}, {Instant{900}, 20}};
        const std::vector<TimedValue> broken = {{Instant{0}, 70}, {Instant{200}, 60}, {Instant{300}, std::nan("")}, {Instant{500}, 30}, {Instant{900}, std::nan("")}, {Instant{950}, 80}};
        const TimePlot::Bar bars[] = {{5, 20, 40}, {30, 60, 90}};
        const std::vector<std::function<void(TimePlot &)>> pictures = {
            [&](TimePlot &plot) { plot.addLine(up, scale, axis, {Qt::red, 1.9, false, 0.3, 0.02}); },
            [&](TimePlot &plot) { plot.addBars(bars, axis, Qt::blue); plot.addLine(up, scale, axis, {Qt::gray, 1.3, true, 0, 0}); },
            [&](TimePlot &plot) { plot.addLine(up, scale, axis, {Qt::gray, 1.3, true, 0, 0}); plot.addLine(broken, scale, axis, {Qt::green, 1.9, false, 0.3, 0.02}); },
            [](TimePlot &) {},
        };
        const auto drawn = [](TimePlot &plot, const auto &picture) {
            plot.clear();
            plot.setSize({100, 40}, 1);
            picture(plot);
            return plot.render().copy();
        };
        std::vector<QImage> fresh;
        for (const auto &picture : pictures) {
            TimePlot plot;
            fresh.push_back(drawn(plot, picture));
        }
        TimePlot plot;
        for (const std::size_t i : {0, 1, 2, 3, 2, 1, 0, 3, 0, 2, 2, 1})
            QCOMPARE(drawn(plot, pictures[i]), fresh[i]);
    }

    /// A line with more gaps than Qt Charts is given series for: each part of it is drawn like the others.
    void manyGaps()
    {
        std::vector<TimedValue> points;
        for (int i = 0; i < 80; ++i) // two points, a gap
            points.push_back({Instant{i * 10}, i % 4 == 3 ? std::nan("") : 50.0});
        TimePlot plot;
        plot.setSize({800, 40}, 1);
        plot.addLine(points, {{Instant{0}, Instant{800}}, 0, 800}, niceScale(100, 4), {Qt::black, 2, false, 0.5, 0.5});
        const QImage image = plot.render();
        for (int part = 0; part < 20; ++part) {
            const int x = part * 40 + 10;
            QCOMPARE(image.pixel(x, 20), image.pixel(10, 20)); // the line
            QCOMPARE(image.pixel(x, 30), image.pixel(10, 30)); // its area
            QCOMPARE(qAlpha(image.pixel(x + 20, 20)), 0);
            QVERIFY(qAlpha(image.pixel(x, 20)) > 200);
            QVERIFY(qAlpha(image.pixel(x, 30)) > 100);
        }
    }

    /// What was added is gone after clear(), and a plot of another size is another plot.
    void clearedAndResized()
    {
        const std::vector<TimedValue> points = {{Instant{0}, 50}, {Instant{1000}, 50}};
        TimePlot plot;
        plot.setSize({100, 40}, 1);
        plot.addLine(points, {{Instant{0}, Instant{1000}}, 0, 100}, niceScale(100, 4), {Qt::black, 2, false, 0, 0});
        const QImage line = plot.render().copy();
        QVERIFY(qAlpha(line.pixel(50, 20)) > 0);
        plot.clear();
        plot.setSize({60, 30}, 1);
        QCOMPARE(plot.render().size(), QSize(60, 30));
        QCOMPARE(qAlpha(plot.render().pixel(30, 15)), 0);
    }
};

QTEST_MAIN(TestTimePlot)
#include "tst_timeplot.moc"
