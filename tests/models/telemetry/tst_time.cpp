// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/telemetry/time.h"

#include <QTest>

using namespace telltale;
using namespace std::chrono_literals;

/// Time at its ends: the default range is everything, and everything has a length.
class TestTime final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sumsStopAtTheEnds()
    {
        QCOMPARE((Instant::max() + 1ns).ns, Instant::max().ns);
        QCOMPARE((Instant::max() - -1ns).ns, Instant::max().ns);
        QCOMPARE((Instant::min() - 1ns).ns, Instant::min().ns);
        QCOMPARE((Instant::min() + -1ns).ns, Instant::min().ns);
        QCOMPARE((Instant::max() - 1ns).ns, Instant::max().ns - 1);
        QCOMPARE((Instant::fromSeconds(7) + 5ns).ns, 7'000'000'005);
    }
    void differencesStopAtTheEnds()
    {
        QCOMPARE(Instant::max() - Instant::min(), std::chrono::nanoseconds::max());
        QCOMPARE(Instant::min() - Instant::max(), std::chrono::nanoseconds::min());
        QCOMPARE(Instant::fromSeconds(1) - Instant::fromSeconds(3), std::chrono::nanoseconds(-2s));
        // The smallest number has no opposite.
        QCOMPARE(Instant{0} - Instant::min(), std::chrono::nanoseconds::max());
    }
    void everythingHasALength()
    {
        const TimeRange everything;
        QVERIFY(everything.isOpen() && !everything.isEmpty());
        QCOMPARE(everything.to - everything.from, std::chrono::nanoseconds::max());
        QVERIFY(everything.contains(Instant::min()));
        QVERIFY(!everything.contains(Instant::max())); // half-open
    }
};

QTEST_APPLESS_MAIN(TestTime)
#include "tst_time.moc"
