// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/bucketchoice.h"

#include <QTest>

using namespace telltale;
using namespace std::chrono_literals;

class TestBucketChoice final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatCanBeChosen_data()
    {
        QTest::addColumn<qint64>("minutes");
        QTest::addColumn<int>("smallest");
        QTest::addColumn<int>("largest");
        const auto row = [](const char *name, qint64 minutes, ActivityStep smallest, ActivityStep largest) {
            QTest::newRow(name) << minutes << static_cast<int>(smallest) << static_cast<int>(largest);
        };
        row("5 min", 5, ActivityStep::Second, ActivityStep::Minute);
        row("60 min", 60, ActivityStep::FifteenSeconds, ActivityStep::FifteenMinutes);
        row("24 h", 1440, ActivityStep::FiveMinutes, ActivityStep::Hour);
        row("90 d", 90 * 1440, ActivityStep::Day, ActivityStep::Day);
    }
    /// Two buckets at least, and no more than a screen shows.
    void whatCanBeChosen()
    {
        QFETCH(qint64, minutes);
        QFETCH(int, smallest);
        QFETCH(int, largest);
        for (const ActivityStep step : activitySteps())
            QCOMPARE(isUsableStep(std::chrono::minutes(minutes), step), static_cast<int>(step) >= smallest && static_cast<int>(step) <= largest);
    }

    void steps_data()
    {
        QTest::addColumn<qint64>("minutes");
        QTest::addColumn<int>("step");
        const auto row = [](const char *name, qint64 minutes, ActivityStep step) {
            QTest::newRow(name) << minutes << static_cast<int>(step);
        };
        row("5 min", 5, ActivityStep::Second);
        row("60 min", 60, ActivityStep::FifteenSeconds);
        row("6 h", 360, ActivityStep::Minute);
        row("24 h", 1440, ActivityStep::FiveMinutes);
        row("7 d", 7 * 1440, ActivityStep::Hour);
        row("90 d", 90 * 1440, ActivityStep::Day);
        row("10 y", 3650 * 1440, ActivityStep::Day);
    }

    void steps()
    {
        QFETCH(qint64, minutes);
        QFETCH(int, step);
        QCOMPARE(static_cast<int>(activityStepFor(std::chrono::minutes(minutes))), step);
    }

    void neverMoreThanAScreenShows()
    {
        for (auto width = std::chrono::nanoseconds(1min); width < 600 * 24h; width = width * 5 / 4) {
            const auto step = activityStepFor(width);
            QVERIFY(width / widthOf(step) <= 700);
            if (step != ActivityStep::Day) // a bar is never less than a day there
                QVERIFY(width / widthOf(step) / bucketsPerBar(width, step) <= 240);
        }
    }

    void anHourHasSixtyBars()
    {
        QCOMPARE(bucketsPerBar(1h, ActivityStep::FifteenSeconds), 4);
        QCOMPARE(bucketsPerBar(5min, ActivityStep::Second), 5);
    }

    void heatmapColumns()
    {
        QCOMPARE(heatmapColumnsFor(1h), HeatmapColumns::Minute);
        QCOMPARE(heatmapColumnsFor(24h), HeatmapColumns::Hour);
        QCOMPARE(heatmapColumnsFor(28 * 24h), HeatmapColumns::Day);
        QCOMPARE(heatmapColumnsFor(365 * 24h), HeatmapColumns::Week);
    }
};

QTEST_GUILESS_MAIN(TestBucketChoice)
#include "tst_bucketchoice.moc"
