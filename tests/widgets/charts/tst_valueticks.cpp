// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/valueticks.h"

#include <QTest>

#include <cmath>

using namespace telltale;

class TestValueTicks final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void steps_data()
    {
        QTest::addColumn<double>("raw");
        QTest::addColumn<double>("step");
        QTest::addRow("one") << 1.0 << 1.0;
        QTest::addRow("just above one") << 1.0001 << 2.0;
        QTest::addRow("three") << 3.0 << 5.0;
        QTest::addRow("six") << 6.0 << 10.0;
        QTest::addRow("small") << 0.013 << 0.02;
        QTest::addRow("large") << 34'000.0 << 50'000.0;
        QTest::addRow("rounding of logarithms") << 1000.0 << 1000.0;
        QTest::addRow("zero") << 0.0 << 1.0;
        QTest::addRow("negative") << -4.0 << 1.0;
        QTest::addRow("infinite") << HUGE_VAL << 1.0;
    }
    void steps()
    {
        QFETCH(double, raw);
        QFETCH(double, step);
        QCOMPARE(niceStep(raw), step);
    }

    void scales_data()
    {
        QTest::addColumn<double>("highest");
        QTest::addColumn<int>("wanted");
        QTest::addColumn<bool>("integer");
        QTest::addColumn<double>("high");
        QTest::addColumn<int>("ticks");
        QTest::addRow("activity") << 1640.0 << 4 << true << 2000.0 << 5;
        QTest::addRow("exactly nice") << 2000.0 << 4 << true << 2000.0 << 5;
        QTest::addRow("few errors") << 2.0 << 4 << true << 2.0 << 3;
        QTest::addRow("one error") << 1.0 << 4 << true << 1.0 << 2;
        QTest::addRow("fractions") << 0.93 << 2 << false << 1.0 << 3;
        QTest::addRow("nothing") << 0.0 << 4 << true << 1.0 << 2;
        QTest::addRow("not a number") << std::nan("") << 4 << true << 1.0 << 2;
    }
    void scales()
    {
        QFETCH(double, highest);
        QFETCH(int, wanted);
        QFETCH(bool, integer);
        QFETCH(double, high);
        QFETCH(int, ticks);
        const ValueScale scale = niceScale(highest, wanted, integer);
        QCOMPARE(scale.low, 0.0);
        QCOMPARE(scale.high, high);
        QCOMPARE(int(scale.ticks.size()), ticks);
        QCOMPARE(scale.ticks.front(), 0.0);
        QCOMPARE(scale.ticks.back(), high);
        if (std::isfinite(highest))
            QVERIFY(scale.share(highest) <= 1);
    }

    void notBasedAtZero()
    {
        const ValueScale scale = niceScaleBetween(612, 893, 3);
        QVERIFY(scale.low > 0 && scale.low <= 612);
        QVERIFY(scale.high >= 893);
        const ValueScale flat = niceScaleBetween(50, 50, 3);
        QVERIFY(flat.low < 50 && flat.high > 50);
        QCOMPARE(niceScaleBetween(HUGE_VAL, -HUGE_VAL, 3).high, 1.0);
    }

    void axisDoesNotBreathe()
    {
        const ValueScale old = niceScale(1640, 4, true);
        QCOMPARE(steadyScale(old, 1990, 4, true), old);
        QCOMPARE(steadyScale(old, 1001, 4, true), old);
        QVERIFY(steadyScale(old, 2001, 4, true).high > 2000); // exceeded
        QVERIFY(steadyScale(old, 900, 4, true).high < 2000);  // twice too large
    }
};

QTEST_APPLESS_MAIN(TestValueTicks)
#include "tst_valueticks.moc"
