// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/population.h"
#include "models/telemetry/timeformat.h"
#include "resources/stride/stridescenario.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace telltale;
using namespace telltale::demo;

namespace {

Instant at(const char *time)
{
    return parseRfc3339(time).value_or(Instant::min());
}

} // namespace

class TestPopulation final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offsetsFollowDaylightSaving_data()
    {
        QTest::addColumn<int>("standard");
        QTest::addColumn<int>("rule");
        QTest::addColumn<QByteArray>("time");
        QTest::addColumn<int>("offset");
        const int eu = int(DaylightSaving::European);
        const int us = int(DaylightSaving::American);
        QTest::newRow("Berlin before spring") << 60 << eu << QByteArray("2026-03-29T00:59:59Z") << 60;
        QTest::newRow("Berlin at spring") << 60 << eu << QByteArray("2026-03-29T01:00:00Z") << 120;
        QTest::newRow("Berlin before autumn") << 60 << eu << QByteArray("2026-10-25T00:59:59Z") << 120;
        QTest::newRow("Berlin at autumn") << 60 << eu << QByteArray("2026-10-25T01:00:00Z") << 60;
        QTest::newRow("London in summer") << 0 << eu << QByteArray("2026-07-01T00:00:00Z") << 60;
        QTest::newRow("New York before spring") << -300 << us << QByteArray("2026-03-08T06:59:59Z") << -300;
        QTest::newRow("New York at spring") << -300 << us << QByteArray("2026-03-08T07:00:00Z") << -240;
        QTest::newRow("New York before autumn") << -300 << us << QByteArray("2026-11-01T05:59:59Z") << -240;
        QTest::newRow("New York at autumn") << -300 << us << QByteArray("2026-11-01T06:00:00Z") << -300;
        QTest::newRow("Tokyo in summer")
            << 540 << int(DaylightSaving::None) << QByteArray("2026-07-01T00:00:00Z") << 540;
    }
    void offsetsFollowDaylightSaving()
    {
        QFETCH(int, standard);
        QFETCH(int, rule);
        QFETCH(QByteArray, time);
        QFETCH(int, offset);
        const Place place{"", "", standard, static_cast<DaylightSaving>(rule), 1};
        QCOMPARE(utcOffsetMinutes(place, at(time.constData())), offset);
    }

    void isTheSameForTheSameSeed()
    {
        const auto scenario = Scenario::parse(strideScenarioJson());
        QVERIFY(scenario);
        const Instant epoch = at("2026-11-22T12:00:00Z");
        const auto one = makePopulation(*scenario, 7, 200, epoch);
        const auto same = makePopulation(*scenario, 7, 200, epoch);
        const auto other = makePopulation(*scenario, 8, 200, epoch);
        QCOMPARE(one.size(), std::size_t(200));
        std::set<std::string> ids;
        for (std::size_t i = 0; i < one.size(); ++i) {
            QCOMPARE(one[i].id, same[i].id);
            QCOMPARE(one[i].joined.ns, same[i].joined.ns);
            QVERIFY(one[i].joined < one[i].left);
            ids.insert(one[i].id);
            ids.insert(other[i].id);
        }
        QCOMPARE(ids.size(), std::size_t(400));
        const auto there =
            std::count_if(one.begin(), one.end(), [&](const Person &p) { return p.isThere(epoch); });
        QVERIFY(there > 60 && there < 180); // some have left, some are still to come
    }

    void releasesRollOut()
    {
        const auto scenario = Scenario::parse(strideScenarioJson());
        QVERIFY(scenario);
        const Instant epoch = at("2026-11-22T12:00:00Z");
        const auto people = makePopulation(*scenario, 1, 2000, epoch);
        const auto share = [&](Instant time) {
            int mobile = 0;
            int updated = 0;
            for (const Person &person : people) {
                if (person.platform->track != "mobile")
                    continue;
                ++mobile;
                updated += installedRelease(*scenario, person, epoch, time).name == "4.2.0";
            }
            return 100.0 * updated / mobile;
        };
        QCOMPARE(share(epoch - std::chrono::hours(24 * 10)), 0.0);
        const double first = share(epoch - std::chrono::hours(60));
        const double second = share(epoch - std::chrono::hours(10));
        QVERIFY2(first > 3 && first < 7, qPrintable(QString::number(first)));
        QVERIFY2(second > 21 && second < 29, qPrintable(QString::number(second)));
        QCOMPARE(share(epoch), 100.0);
        // Nobody goes back.
        for (const Person &person : people) {
            if (installedRelease(*scenario, person, epoch, epoch - std::chrono::hours(60)).name == "4.2.0")
                QCOMPARE(installedRelease(*scenario, person, epoch, epoch - std::chrono::hours(10)).name,
                         "4.2.0");
        }
    }
};

QTEST_APPLESS_MAIN(TestPopulation)
#include "tst_population.moc"
