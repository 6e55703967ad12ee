// SPDX-License-Identifier: GPL-3.0-or-later
// How the durations of spans are spread over time: every one is counted once, in the band it belongs to.
#include "models/analysis/cacheengine.h"
#include "models/store/storetesting.h"
#include "models/telemetry/timeformat.h"

#include <QTest>

#include <numeric>
#include <random>

using namespace telltale;
using namespace telltale::testing;
using namespace std::chrono_literals;

namespace {

const Instant kStart = *parseRfc3339("2026-11-02T10:00:00Z");

Sketch span(std::chrono::nanoseconds after, std::int64_t duration, const std::string &operation = "GET /")
{
    Sketch sketch;
    sketch.kind = RecordKind::Span;
    sketch.time = kStart + after;
    sketch.name = operation;
    sketch.duration = duration;
    return sketch;
}

} // namespace

class TestLatencyBands final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySpanIsInItsBand();
    void fewDurationsGetFineBands();
    void filtersHold();
    void nothingHasNoBands();

private:
    LatencyBands bandsOf(const std::vector<Sketch> &sketches, const QByteArray &filter = {}, PlanChoice plan = PlanChoice::Automatic)
    {
        ScratchFolder folder;
        const auto writer = openWriter(folder.cache());
        std::vector<Delivery> one;
        one.push_back(deliver(sketches, kStart));
        if (!writer->commit(one))
            return {};
        if (!writer->checkpoint())
            return {};
        while (writer->maintain().value_or(false)) {
        }
        CacheEngine engine(openReader(folder.cache()));
        Scope scope;
        scope.zone = *Zone::named("UTC");
        scope.range = {kStart, kStart + 3h};
        scope.plan = plan;
        scope.filter = *Filter::parse(filter.toStdString());
        return engine.latencyBands(scope, ActivityStep::Hour, {})->value;
    }
};

void TestLatencyBands::everySpanIsInItsBand()
{
    std::mt19937_64 random(7);
    std::vector<Sketch> sketches;
    for (int i = 0; i < 20'000; ++i) // enough for what rollups keep apart
        sketches.push_back(span(std::chrono::seconds(random() % 7200), static_cast<std::int64_t>(random() >> (24 + random() % 38))));
    sketches.push_back(span(1min, 0));
    sketches.push_back(span(1min, std::int64_t(1) << 30)); // the first of a band
    sketches.push_back(span(1min, (std::int64_t(1) << 30) - 1));
    sketches.push_back(span(1min, kNoDuration)); // in none
    for (const PlanChoice plan : {PlanChoice::Scan, PlanChoice::Rollups}) {
        const LatencyBands bands = bandsOf(sketches, {}, plan);
        QCOMPARE(bands.columns.size(), 3U);
        const std::size_t count = bands.edgesMs.size() - 1;
        QVERIFY(count > 5 && count <= LatencyBands::kMostBands);
        QVERIFY(std::is_sorted(bands.edgesMs.begin(), bands.edgesMs.end()));
        std::vector<std::vector<std::uint64_t>> expected(3, std::vector<std::uint64_t>(count));
        for (const Sketch &sketch : sketches) {
            if (sketch.duration == kNoDuration)
                continue;
            const double ms = double(sketch.duration) / 1e6;
            const auto above = std::upper_bound(bands.edgesMs.begin(), bands.edgesMs.end(), ms);
            QVERIFY(above != bands.edgesMs.begin() && above != bands.edgesMs.end());
            ++expected[std::size_t((sketch.time - kStart) / 1h)][std::size_t(above - bands.edgesMs.begin()) - 1];
        }
        for (std::size_t i = 0; i < 3; ++i) {
            QCOMPARE(bands.columns[i].start, kStart + i * 1h);
            QCOMPARE(bands.columns[i].spans, expected[i]);
        }
    }
}

void TestLatencyBands::fewDurationsGetFineBands()
{
    // From 100 to 200 ms: quarters of octaves. The least and the greatest have a band of their own.
    const LatencyBands bands = bandsOf({span(1min, 100'000'000), span(2min, 150'000'000), span(3min, 199'000'000)});
    QCOMPARE(bands.edgesMs.front(), 83.886080); // 1.25 x 2^26 ns
    QCOMPARE(bands.edgesMs.back(), 201.326592);
    QCOMPARE(bands.columns.front().spans.front(), 1U);
    QCOMPARE(bands.columns.front().spans.back(), 1U);
    // From a nanosecond to an hour: what would be too many are joined.
    const LatencyBands wide = bandsOf({span(1min, 1), span(2min, 3'600'000'000'000)});
    QVERIFY(wide.edgesMs.size() - 1 <= LatencyBands::kMostBands);
    QCOMPARE(std::accumulate(wide.columns[0].spans.begin(), wide.columns[0].spans.end(), std::uint64_t{0}), 2U);
}

void TestLatencyBands::filtersHold()
{
    const std::vector<Sketch> sketches{span(1min, 1'000'000), span(2min, 9'000'000, "POST /")};
    const LatencyBands bands = bandsOf(sketches, "operation:\"POST /\"");
    QCOMPARE(bands.edgesMs.size(), 2U);
    QVERIFY(bands.edgesMs[0] <= 9 && 9 < bands.edgesMs[1]);
}

void TestLatencyBands::nothingHasNoBands()
{
    const LatencyBands bands = bandsOf({span(1min, kNoDuration)});
    QVERIFY(bands.edgesMs.empty());
    QCOMPARE(bands.columns.size(), 3U);
}

QTEST_GUILESS_MAIN(TestLatencyBands)
#include "tst_latencybands.moc"
