// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/weekdayhours.h"
#include "models/telemetry/timeformat.h"

#include <QTest>

#include <cmath>

using namespace telltale;
using namespace std::chrono_literals;

class TestWeekdayHours final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tenDaysAverageRightly()
    {
        // From a Monday on, ten days: Monday to Wednesday are in it twice.
        std::vector<ActivityRow> rows;
        const Instant monday = *parseRfc3339("2026-11-02T00:00:00Z");
        for (int hour = 0; hour < 10 * 24; ++hour) {
            ActivityRow row;
            row.start = monday + std::chrono::hours(hour);
            row.users = hour % 24 == 7 ? (hour < 7 * 24 ? 10 : 20) : 0;
            rows.push_back(row);
        }
        const WeekdayHours hours = weekdayHours(rows, Zone());
        QCOMPARE(hours.hours[0 * 24 + 7], 2);
        QCOMPARE(hours.average[0 * 24 + 7], 15.0);
        QCOMPARE(hours.hours[4 * 24 + 7], 1);
        QCOMPARE(hours.average[4 * 24 + 7], 10.0);
        QCOMPARE(hours.average[4 * 24 + 8], 0.0);
    }

    void hoursThatAreNotThereAreNotZero()
    {
        std::vector<ActivityRow> rows(1);
        rows[0].start = *parseRfc3339("2026-11-02T05:00:00Z");
        rows[0].users = 3;
        const WeekdayHours hours = weekdayHours(rows, *Zone::named("Europe/Berlin"));
        QCOMPARE(hours.average[6], 3.0); // Monday 06 by the local clock
        QVERIFY(std::isnan(hours.average[7]));
    }
};

QTEST_GUILESS_MAIN(TestWeekdayHours)
#include "tst_weekdayhours.moc"
