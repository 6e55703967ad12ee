// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/gridmaking.h"

#include "models/telemetry/timeformat.h"

#include <QTest>

#include <cmath>

using namespace telltale;
using namespace std::chrono_literals;

namespace {

constexpr Instant kStart = Instant::fromSeconds(1'763'424'000); // Tuesday 18 November 2025, midnight UTC

Heatmap days()
{
    Heatmap map;
    map.rows = {"Start workout", "Sleep insights"};
    for (int day = 0; day < 7; ++day)
        map.columns.push_back({std::to_string(day), kStart + day * 24h, kStart + (day + 1) * 24h});
    map.values.assign(14, 0);
    map.values[0] = 5;
    map.rowTotals = {5, 0};
    map.firstSeen = {kStart - 24h, kStart + 50h};
    return map;
}

} // namespace

class TestGridMaking final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ordersOfRows_data()
    {
        QTest::addColumn<int>("order");
        QTest::addColumn<QString>("rows");
        QTest::newRow("total") << int(RowOrder::Total) << QStringLiteral("Many Fading New Few");
        QTest::newRow("name") << int(RowOrder::Name) << QStringLiteral("Fading Few Many New");
        // New above all, then what rose; what has few data says nothing.
        QTest::newRow("change") << int(RowOrder::Change) << QStringLiteral("New Many Fading Few");
        // Who is not placed comes after those that are.
        QTest::newRow("by hand") << int(RowOrder::ByHand) << QStringLiteral("Few Many Fading New");
    }
    void ordersOfRows()
    {
        QFETCH(int, order);
        QFETCH(QString, rows);
        Heatmap map;
        map.rows = {"Many", "Fading", "New", "Few"};
        map.columns.push_back({"0", kStart, kStart + 24h});
        map.values = {400, 90, 60, 3};
        map.rowTotals = map.values;
        map.firstSeen.assign(4, kStart);
        const RowOrdering ordering{static_cast<RowOrder>(order), {{"Many", 300}, {"Fading", 200}, {"Few", 1}}, {QStringLiteral("Gone"), QStringLiteral("Few")}};
        const HeatGrid grid = heatGrid(map, {kStart, kStart + 24h}, QStringLiteral("users"), 10, Zone(), ordering);
        QStringList found;
        for (const HeatRow &row : grid.rows)
            found << row.label;
        QCOMPARE(found.join(u' '), rows);
        QCOMPARE(grid.at(static_cast<std::size_t>(found.indexOf(QStringLiteral("Few"))), 0), 3.0); // values go along
    }

    void missingZeroAndValueDiffer()
    {
        const HeatGrid grid =
            heatGrid(days(), {kStart, kStart + 7 * 24h}, QStringLiteral("users"), 10, Zone());
        QCOMPARE(grid.at(0, 0), 5.0);
        QCOMPARE(grid.at(0, 1), 0.0);
        QVERIFY(std::isnan(grid.at(1, 0))); // before the feature was there
        QCOMPARE(grid.at(1, 2), 0.0);       // the day it came
        QVERIFY(grid.range.has_value());
    }

    void weeksBeginGroups()
    {
        const HeatGrid grid =
            heatGrid(days(), {kStart, kStart + 7 * 24h}, QStringLiteral("users"), 10, Zone());
        for (std::size_t day = 0; day < 7; ++day)
            QCOMPARE(grid.columns[day].isGroupStart, day == 6); // Monday 24 November
    }

    void longTailsAreCut()
    {
        const HeatGrid grid =
            heatGrid(days(), {kStart, kStart + 7 * 24h}, QStringLiteral("users"), 1, Zone());
        QCOMPARE(grid.rows.size(), std::size_t(1));
        QCOMPARE(grid.values.size(), std::size_t(7));
    }

    void bucketsBeginWhereTheClockSays()
    {
        const Zone kolkata = *Zone::named("Asia/Kolkata");
        const Instant at = kStart + 100min;
        QVERIFY(bucketStart(at, ActivityStep::FifteenSeconds, kolkata) == at);
        QVERIFY(bucketStart(at + 7s, ActivityStep::FifteenSeconds, kolkata) == at);
        QVERIFY(bucketStart(at, ActivityStep::Hour, kolkata) == kStart + 90min); // 07:00 there
        QVERIFY(bucketStart(at, ActivityStep::Day, Zone()) == kStart);
    }

    void thePeriodBeforeIsAligned()
    {
        const std::vector<Instant> now = {kStart + 60s, kStart + 75s, kStart + 90s};
        const std::vector<Instant> before = {kStart, kStart + 15s};
        const std::vector<double> values = {1, 2};
        const auto aligned = alignedBefore(now, 60s, before, values);
        QCOMPARE(aligned[0], 1.0);
        QCOMPARE(aligned[1], 2.0);
        QCOMPARE(aligned[2], 2.0);
        QVERIFY(std::isnan(alignedBefore(now, 120s, before, values)[0]));
    }

    void thinningKeepsMeansAndGaps()
    {
        const double unknown = std::nan("");
        const auto out = thinnedOut(std::vector<double>{1, 3, unknown, 5, unknown, unknown}, 3);
        QCOMPARE(out[0], 2.0);
        QCOMPARE(out[1], 5.0);
        QVERIFY(std::isnan(out[2]));
    }

    void badBeginsWithTheFirstOrTheRelease()
    {
        ErrorGroupRow row;
        row.trend = {0, 0, 3, 4};
        row.state = "new";
        const TimeRange range{kStart, kStart + 4min};
        row.everFirstSeen = kStart + 2min;
        QCOMPARE(firstBadSlice(row, range, {}), 2);
        row.state = "ongoing";
        row.everFirstSeen = kStart - 24h;
        QCOMPARE(firstBadSlice(row, range, {}), -1);
        row.state = "escalating";
        ReleaseRow release;
        release.firstSeen = kStart + 3min;
        QCOMPARE(firstBadSlice(row, range, std::vector{release}), 3);
    }
};

QTEST_GUILESS_MAIN(TestGridMaking)
#include "tst_gridmaking.moc"
