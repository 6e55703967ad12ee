// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/metricwindow.h"

#include <QTest>

#include <cmath>

using namespace telltale;

namespace {

StoredSeries series(MetricKind kind, Temporality temporality, bool isMonotonic)
{
    StoredSeries series;
    series.kind = kind;
    series.temporality = temporality;
    series.isMonotonic = isMonotonic;
    return series;
}

MetricDetail number(double value, std::int64_t start = 1)
{
    MetricDetail point;
    point.value = value;
    point.start = {start};
    return point;
}

MetricDetail histogram(std::vector<double> bounds, std::vector<std::uint64_t> counts, double sum)
{
    MetricDetail point;
    point.explicitBounds = std::move(bounds);
    point.bucketCounts = std::move(counts);
    for (const std::uint64_t count : point.bucketCounts)
        point.count += count;
    point.sum = sum;
    point.hasSum = true;
    return point;
}

/// Feeds one series into one window.
MetricWindow windowOf(MetricSeries reader, const std::vector<MetricDetail> &points)
{
    MetricWindow window;
    for (const MetricDetail &point : points)
        window.add(1, reader.take({}, point));
    return window;
}

} // namespace

class TestMetricWindow final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cumulativeSumsCountTheIncrease()
    {
        const MetricSeries reader(series(MetricKind::Sum, Temporality::Cumulative, true));
        const auto window = windowOf(reader, {number(5), number(8), number(8)});
        QCOMPARE(window.value(MetricValue::Sum, 60).value(), 8.0);
        QCOMPARE(window.value(MetricValue::Rate, 4).value(), 2.0);
        QCOMPARE(window.value(MetricValue::Count, 60).value(), 3.0);
    }

    void aRestartIsNoNegativeRate()
    {
        const MetricSeries reader(series(MetricKind::Sum, Temporality::Cumulative, true));
        QCOMPARE(windowOf(reader, {number(5), number(2)}).value(MetricValue::Sum, 1).value(), 7.0);
        // A new start time tells it even when the value rose.
        QCOMPARE(windowOf(reader, {number(5, 1), number(9, 2)}).value(MetricValue::Sum, 1).value(), 14.0);
    }

    void deltasAreAdded()
    {
        const MetricSeries reader(series(MetricKind::Sum, Temporality::Delta, true));
        QCOMPARE(windowOf(reader, {number(5), number(2)}).value(MetricValue::Sum, 1).value(), 7.0);
    }

    void aHistogramOfWhatIsThereDoesNotAddUpInTime()
    {
        const StoredSeries queue = series(MetricKind::Histogram, Temporality::Unspecified, false);
        MetricWindow window = windowOf(MetricSeries(queue), {histogram({1, 5}, {4, 0, 2}, 40), histogram({1, 5}, {0, 3, 1}, 21)});
        QCOMPARE(window.value(MetricValue::Count, 60).value(), 4.0);
        QCOMPARE(window.value(MetricValue::Sum, 60).value(), 21.0);
        QCOMPARE(window.value(MetricValue::Average, 60).value(), 5.25);
        QCOMPARE(window.value(MetricValue::Minimum, 60).value(), 1.0); // of the bucket: nothing is below it any more
        // Of two series, what is there together.
        window.add(2, MetricSeries(queue).take({}, histogram({1, 5}, {2, 0, 0}, 1)));
        QCOMPARE(window.value(MetricValue::Count, 60).value(), 6.0);
        // Empty now.
        window.add(1, MetricSeries(queue).take({}, histogram({1, 5}, {0, 0, 0}, 0)));
        QCOMPARE(window.value(MetricValue::Count, 60).value(), 2.0);
    }

    void levelsDoNotAddUpInTime()
    {
        const MetricSeries reader(series(MetricKind::Sum, Temporality::Cumulative, false));
        MetricSeries one = reader;
        MetricSeries two = reader;
        MetricWindow window;
        window.add(1, one.take({}, number(10)));
        window.add(1, one.take({}, number(4)));
        window.add(2, two.take({}, number(3)));
        QCOMPARE(window.value(MetricValue::Sum, 1).value(), 7.0); // what both stand at
        QCOMPARE(window.value(MetricValue::Maximum, 1).value(), 10.0);
    }

    void nothingWasMeasured()
    {
        const MetricWindow window;
        QCOMPARE(window.value(MetricValue::Sum, 1).value(), 0.0);
        QCOMPARE(window.value(MetricValue::Count, 1).value(), 0.0);
        QVERIFY(!window.value(MetricValue::Average, 1));
        QVERIFY(!window.value(MetricValue::P95, 1));
        MetricDetail none;
        none.hasValue = false;
        const MetricSeries reader(series(MetricKind::Gauge, Temporality::Unspecified, false));
        QVERIFY(!windowOf(reader, {none}).value(MetricValue::Average, 1));
    }

    void percentilesOfSingleValues()
    {
        const MetricSeries reader(series(MetricKind::Gauge, Temporality::Unspecified, false));
        std::vector<MetricDetail> points;
        for (int i = 1; i <= 100; ++i)
            points.push_back(number(i));
        const auto window = windowOf(reader, points);
        QCOMPARE(window.value(MetricValue::P50, 1).value(), 50.0);
        QCOMPARE(window.value(MetricValue::P99, 1).value(), 99.0);
    }

    void histograms()
    {
        const MetricSeries delta(series(MetricKind::Histogram, Temporality::Delta, true));
        auto window = windowOf(delta, {histogram({10, 20}, {5, 5, 0}, 100)});
        QCOMPARE(window.value(MetricValue::P50, 1).value(), 10.0);
        QCOMPARE(window.value(MetricValue::P95, 1).value(), 19.0); // 90 % into the second bucket
        QCOMPARE(window.value(MetricValue::Average, 1).value(), 10.0);
        const MetricSeries running(series(MetricKind::Histogram, Temporality::Cumulative, true));
        MetricSeries reader = running;
        (void)reader.take({}, histogram({10, 20}, {5, 0, 0}, 25));
        MetricWindow later;
        later.add(1, reader.take({}, histogram({10, 20}, {5, 4, 0}, 85)));
        QCOMPARE(later.value(MetricValue::Count, 1).value(), 4.0);
        QCOMPARE(later.value(MetricValue::Sum, 1).value(), 60.0);
        QCOMPARE(later.value(MetricValue::P50, 1).value(), 15.0);
    }

    void exponentialHistograms()
    {
        const MetricSeries reader(series(MetricKind::ExponentialHistogram, Temporality::Delta, true));
        MetricDetail point;
        point.scale = 0; // base 2
        point.count = 4;
        point.sum = 20;
        point.hasSum = true;
        point.positive.offset = 1; // (2, 4], (4, 8]
        point.positive.counts = {2, 2};
        const auto window = windowOf(reader, {point});
        QCOMPARE(window.value(MetricValue::P50, 1).value(), 4.0);
        QCOMPARE(window.value(MetricValue::Maximum, 1).value(), 8.0);
        QCOMPARE(window.value(MetricValue::Minimum, 1).value(), 2.0);
    }

    void summaries()
    {
        const MetricSeries reader(series(MetricKind::Summary, Temporality::Unspecified, false));
        MetricDetail point;
        point.count = 10;
        point.sum = 30;
        point.hasSum = true;
        point.quantiles = {{0.5, 2.5}, {0.99, 9}};
        const auto window = windowOf(reader, {point});
        QCOMPARE(window.value(MetricValue::P50, 1).value(), 2.5);
        QCOMPARE(window.value(MetricValue::Average, 1).value(), 3.0);
        QVERIFY(!window.value(MetricValue::P95, 1));
    }
};

QTEST_GUILESS_MAIN(TestMetricWindow)
#include "tst_metricwindow.moc"
