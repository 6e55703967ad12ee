// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/spanraster.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <random>

using namespace telltale;

namespace {

/// `perColumn` points in each of ten columns, a second wide.
std::vector<TimedValue> points(int perColumn, const std::function<double(int)> &value)
{
    std::vector<TimedValue> made;
    for (int i = 0; i < 10 * perColumn; ++i)
        made.push_back({Instant{i * (1'000'000'000LL / perColumn)}, value(i)});
    return made;
}

TimeScale tenColumns()
{
    return {{Instant{0}, Instant{10'000'000'000LL}}, 0, 10};
}

QImage drawn(const std::vector<ColumnSpan> &spans, double width = 1)
{
    QImage image(10, 100, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    ValueScale scale;
    scale.low = 0;
    scale.high = 100;
    drawSpans(image, spans, scale, QColor(Qt::black), width);
    return image;
}

} // namespace

class TestSpanRaster final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Against a loop over all points, with gaps of NaN, over ranges that begin and end anywhere.
    void agreesWithALoop()
    {
        std::mt19937 random(3);
        for (int round = 0; round < 60; ++round) {
            std::vector<TimedValue> all;
            std::int64_t at = -500;
            for (int i = 0; i < 2000; ++i) {
                at += static_cast<std::int64_t>(random() % 7);
                all.push_back({Instant{at}, random() % 50 == 0 ? std::nan("") : static_cast<double>(random() % 1000)});
            }
            const std::int64_t from = static_cast<std::int64_t>(random() % 3000);
            const TimeScale scale{{Instant{from}, Instant{from + 10 * (1 + static_cast<std::int64_t>(random() % 200))}}, 0, 10};
            const auto spans = columnSpans(all, scale);
            std::vector<Instant> times;
            std::vector<double> values;
            for (const TimedValue &point : all) {
                times.push_back(point.at);
                values.push_back(point.value);
            }
            QVERIFY(columnSpans(times, values, scale) == spans);
            QCOMPARE(spans.size(), std::size_t(10));
            const std::int64_t width = (scale.range.to.ns - scale.range.from.ns) / 10;
            for (std::size_t column = 0; column < 10; ++column) {
                double low = HUGE_VAL, high = -HUGE_VAL;
                std::optional<double> first, last;
                for (const TimedValue &point : all) {
                    const std::int64_t left = from + width * static_cast<std::int64_t>(column);
                    if (point.at.ns < left || point.at.ns >= left + width || std::isnan(point.value))
                        continue;
                    low = std::min(low, point.value);
                    high = std::max(high, point.value);
                    first = first.value_or(point.value);
                    last = point.value;
                }
                QCOMPARE(spans[column].points > 0, first.has_value());
                if (!first)
                    continue;
                QCOMPARE(spans[column].low, low);
                QCOMPARE(spans[column].high, high);
                QCOMPARE(spans[column].first, *first);
                QCOMPARE(spans[column].last, *last);
            }
        }
    }

    /// Regular steps are found by arithmetic, which must not be wrong by one anywhere; then steps that are regular on average only.
    void edgesOfRegularSteps_data()
    {
        QTest::addColumn<std::int64_t>("step");
        QTest::addColumn<int>("jitter");
        QTest::newRow("whole columns") << std::int64_t(100'000'000) << 0;
        QTest::newRow("odd steps") << std::int64_t(33'333'333) << 0;
        QTest::newRow("jitter") << std::int64_t(10'000'000) << 30'000'000;
        QTest::newRow("all at once") << std::int64_t(0) << 0;
    }
    void edgesOfRegularSteps()
    {
        QFETCH(std::int64_t, step);
        QFETCH(int, jitter);
        std::mt19937 random(11);
        std::vector<Instant> times;
        std::vector<double> values;
        for (int i = 0; i < 2000; ++i) {
            times.push_back({step * i + (jitter ? static_cast<std::int64_t>(random()) % jitter : 0)});
            values.push_back(i);
        }
        std::sort(times.begin(), times.end());
        const TimeScale scale{{Instant{1}, Instant{9'000'000'001}}, 0, 90};
        const auto spans = columnSpans(times, values, scale);
        QCOMPARE(spans.size(), std::size_t(90));
        for (std::size_t column = 0; column < 90; ++column) {
            const Instant from{1 + static_cast<std::int64_t>(column) * 100'000'000}, to{from.ns + 100'000'000};
            const auto first = std::lower_bound(times.begin(), times.end(), from) - times.begin();
            const auto last = std::lower_bound(times.begin(), times.end(), to) - times.begin();
            QCOMPARE(spans[column].points, static_cast<std::uint32_t>(last - first));
            if (first == last)
                continue;
            QCOMPARE(spans[column].low, static_cast<double>(first)); // values are places: these are the very ends
            QCOMPARE(spans[column].high, static_cast<double>(last - 1));
        }
    }

    /// Bands together are the whole, wherever they are cut: gaps, breaks and lines over empty columns included.
    void bandsMakeTheWhole()
    {
        std::mt19937 random(5);
        const ValueScale scale = niceScale(100, 4);
        for (int round = 0; round < 40; ++round) {
            std::vector<ColumnSpan> spans(64);
            for (ColumnSpan &span : spans) {
                const double value = static_cast<double>(random() % 100);
                const auto kind = random() % 4;
                span = kind == 0 ? ColumnSpan{} : ColumnSpan{value * 0.8, value, value * 0.8, value, 2, random() % 9 == 0};
                span.isBroken = span.isBroken || random() % 13 == 0;
            }
            QImage whole(64, 50, QImage::Format_ARGB32_Premultiplied);
            whole.fill(Qt::transparent);
            QImage banded = whole.copy();
            drawSpans(whole, spans, scale, QColor(0, 90, 200, 130), 1.5);
            const std::size_t cut = random() % 65, other = cut + random() % (65 - cut);
            for (const ColumnBand &band : {ColumnBand{0, cut}, ColumnBand{cut, other}, ColumnBand{other, 64}})
                drawSpans(banded, spans, scale, QColor(0, 90, 200, 130), 1.5, band);
            QCOMPARE(banded, whole);
        }
    }

    void oneSpikeSurvives()
    {
        auto many = points(10'000, [](int) { return 10.0; });
        many[43'210].value = 90;
        const auto spans = columnSpans(many, tenColumns());
        QCOMPARE(spans[4].high, 90.0);
        QCOMPARE(spans[5].high, 10.0);
        const QImage image = drawn(spans);
        QVERIFY(qAlpha(image.pixel(4, 11)) > 0); // 90 of 100 from the foot
        QCOMPARE(qAlpha(image.pixel(5, 11)), 0);
    }

    void columnsAreJoined()
    {
        const QImage image = drawn(columnSpans(points(4, [](int i) { return i < 20 ? 10.0 : 90.0; }), tenColumns()));
        for (int y = 12; y < 88; ++y)
            QVERIFY2(qAlpha(image.pixel(5, y)) == 255, qPrintable(QString::number(y))); // the step, without a hole
        QCOMPARE(qAlpha(image.pixel(4, 50)), 0);
    }

    void nanBreaksTheLine()
    {
        const auto spans = columnSpans(points(4, [](int i) { return i < 18 ? 10.0 : i < 22 ? std::nan("") : 90.0; }), tenColumns());
        QVERIFY(spans[5].isBroken);
        const QImage image = drawn(spans);
        for (int y = 15; y < 85; ++y)
            QCOMPARE(qAlpha(image.pixel(5, y)), 0);
        const auto none = columnSpans(points(4, [](int) { return std::nan(""); }), tenColumns());
        QCOMPARE(drawn(none), drawn({}));
    }

    /// Columns without points get the straight line.
    void emptyColumnsAreCrossed()
    {
        const std::vector<TimedValue> two = {{Instant{500'000'000}, 10}, {Instant{9'500'000'000LL}, 90}};
        const QImage image = drawn(columnSpans(two, tenColumns()));
        for (int x = 0; x < 10; ++x) {
            bool isThere = false;
            for (int y = 0; y < 100; ++y)
                isThere = isThere || qAlpha(image.pixel(x, y)) > 0;
            QVERIFY2(isThere, qPrintable(QString::number(x)));
        }
    }

    void edges()
    {
        QVERIFY(columnSpans({}, TimeScale{{Instant{0}, Instant{0}}, 0, 10}).empty());
        QCOMPARE(columnSpans({}, tenColumns()).size(), std::size_t(10));
        ColumnSpan beyond;
        beyond.low = -1e9;
        beyond.high = 1e9;
        beyond.points = 2;
        const QImage image = drawn({beyond}, 3); // clamped to the image
        QCOMPARE(qAlpha(image.pixel(0, 0)), 255);
        QCOMPARE(qAlpha(image.pixel(0, 99)), 255);
        QCOMPARE(qAlpha(image.pixel(1, 50)), 0);
    }
};

QTEST_GUILESS_MAIN(TestSpanRaster)
#include "tst_spanraster.moc"
