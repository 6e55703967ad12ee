// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/decimation.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace telltale;

namespace {

std::vector<TimedValue> walk(int count)
{
    std::mt19937 random(1);
    std::vector<TimedValue> points;
    double level = 0;
    for (int i = 0; i < count; ++i)
        points.push_back(
            {Instant::fromMilliseconds(i), level += std::normal_distribution<double>(0, 1)(random)});
    return points;
}

} // namespace

class TestDecimation final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsFirstLowHighLastOfEachColumn()
    {
        const auto points = walk(100'000);
        const TimeScale scale{{points.front().at, points.back().at}, 0, 300};
        const auto kept = decimated(points, scale);
        QVERIFY(kept.size() <= 4 * 302);
        std::vector<double> low(302, HUGE_VAL), high(302, -HUGE_VAL), keptLow = low, keptHigh = high;
        const auto column = [&](const TimedValue &p) { return std::size_t(scale.x(p.at)); };
        for (const TimedValue &p : points) {
            low[column(p)] = std::min(low[column(p)], p.value);
            high[column(p)] = std::max(high[column(p)], p.value);
        }
        for (const TimedValue &p : kept) {
            keptLow[column(p)] = std::min(keptLow[column(p)], p.value);
            keptHigh[column(p)] = std::max(keptHigh[column(p)], p.value);
        }
        QCOMPARE(keptLow, low);
        QCOMPARE(keptHigh, high);
        QVERIFY(std::is_sorted(kept.begin(), kept.end(),
                               [](const auto &a, const auto &b) { return a.at < b.at; }));
    }

    void fewPointsStayAsTheyAre()
    {
        const auto points = walk(20);
        QCOMPARE(decimated(points, {{points.front().at, points.back().at}, 0, 300}), points);
    }

    void gapsStayGaps()
    {
        auto points = walk(9);
        points[3].value = points[4].value = std::nan("");
        points[8].value = std::nan("");
        const auto kept = decimated(points, {{points.front().at, points.back().at}, 0, 300});
        QCOMPARE(
            std::count_if(kept.begin(), kept.end(), [](const TimedValue &p) { return std::isnan(p.value); }),
            1);
        QVERIFY(std::isfinite(kept.back().value));
    }

    void oneNeighbourOnEachSide()
    {
        const auto points = walk(100);
        const auto kept =
            decimated(points, {{Instant::fromMilliseconds(40), Instant::fromMilliseconds(60)}, 0, 400});
        QCOMPARE(kept.front().at, Instant::fromMilliseconds(39));
        QCOMPARE(kept.back().at, Instant::fromMilliseconds(60));
    }

    void nothing()
    {
        QVERIFY(decimated({}, {{Instant::fromSeconds(0), Instant::fromSeconds(1)}, 0, 10}).empty());
        QVERIFY(decimated(walk(5), {}).empty());
    }

    void buckets()
    {
        const std::vector<Instant> starts{Instant::fromSeconds(10), Instant::fromSeconds(20),
                                          Instant::fromSeconds(30)};
        QCOMPARE(bucketAt(starts, Instant::fromSeconds(9)), std::ptrdiff_t(-1));
        QCOMPARE(bucketAt(starts, Instant::fromSeconds(10)), std::ptrdiff_t(0));
        QCOMPARE(bucketAt(starts, Instant::fromSeconds(19)), std::ptrdiff_t(0));
        QCOMPARE(bucketAt(starts, Instant::fromSeconds(20)), std::ptrdiff_t(1));
        QCOMPARE(bucketAt(starts, Instant::fromSeconds(99)), std::ptrdiff_t(2));
        QCOMPARE(bucketAt({}, Instant::fromSeconds(1)), std::ptrdiff_t(-1));
    }

    void percentiles()
    {
        std::vector<double> values;
        for (int i = 1; i <= 100; ++i)
            values.push_back(i);
        QCOMPARE(percentileOf(values, 0.98), 98.0);
        QCOMPARE(percentileOf(values, 1), 100.0);
        QCOMPARE(percentileOf(values, 0), 1.0);
        QCOMPARE(percentileOf({std::nan("")}, 0.98), 0.0);
        QCOMPARE(percentileOf({std::nan(""), 4}, 0.5), 4.0);
    }
};

QTEST_APPLESS_MAIN(TestDecimation)
#include "tst_decimation.moc"
