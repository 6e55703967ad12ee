// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/timescale.h"

#include <QSet>
#include <QTest>

#include <cmath>

using namespace telltale;
using namespace std::chrono_literals;

namespace {

// Europe/Berlin around 2025: +2 h until 26 Oct 2025 01:00 UTC, +1 h until 29 Mar 2026 01:00 UTC.
constexpr Instant kAutumn = Instant::fromSeconds(1'761'440'400);
constexpr Instant kSpring = Instant::fromSeconds(1'774'746'000);

int berlin(Instant at)
{
    return at < kAutumn || kSpring <= at ? 7200 : 3600;
}

/// Clocks that skip midnight itself, as in some zones of South America: 00:00 to 01:00 at this instant.
constexpr Instant kSkip = Instant::fromSeconds(1'700'017'200); // 03:00 UTC
int skippingMidnight(Instant at)
{
    return at < kSkip ? -10800 : -7200;
}

Formatter formatter(ZoneOffset offset)
{
    return Formatter(QLocale(QLocale::English, QLocale::UnitedKingdom), std::move(offset));
}

} // namespace

class TestTimeScale final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pixelsAndBack()
    {
        const TimeScale scale{{Instant::fromSeconds(1000), Instant::fromSeconds(2000)}, 100, 600};
        QCOMPARE(scale.x(Instant::fromSeconds(1000)), 100.0);
        QCOMPARE(scale.x(Instant::fromSeconds(2000)), 600.0);
        QCOMPARE(scale.x(Instant::fromSeconds(3000)), 1100.0);
        QCOMPARE(scale.clampedX(Instant::fromSeconds(3000)), 600.0);
        QCOMPARE(scale.at(350), Instant::fromSeconds(1500));
        QCOMPARE(scale.at(-50), Instant::fromSeconds(1000));
        QCOMPARE(scale.at(9999), Instant::fromSeconds(2000));
        for (double x = 100; x <= 600; x += 7.3)
            QVERIFY(std::abs(scale.x(scale.at(x)) - x) < 1e-6);
        QVERIFY(!TimeScale{}.isValid());
        QVERIFY(!(TimeScale{{Instant::fromSeconds(5), Instant::fromSeconds(5)}, 0, 10}.isValid()));
        QVERIFY(!(TimeScale{{Instant::fromSeconds(5), Instant::fromSeconds(9)}, 10, 10}.isValid()));
    }

    void stepsFitTheLabels_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<int>("unit");
        QTest::addColumn<int>("count");
        using U = TickStep::Unit;
        QTest::addRow("5 min") << qint64(300) << int(U::Milliseconds) << 60'000;
        QTest::addRow("60 min") << qint64(3600) << int(U::Milliseconds) << 600'000;
        QTest::addRow("24 h") << qint64(86'400) << int(U::Milliseconds) << 21'600'000;
        QTest::addRow("7 d") << qint64(7 * 86'400) << int(U::Days) << 1;
        QTest::addRow("28 d") << qint64(28 * 86'400) << int(U::Weeks) << 1;
        QTest::addRow("1 y") << qint64(365 * 86'400) << int(U::Months) << 3;
        QTest::addRow("10 y") << qint64(3650) * 86'400 << int(U::Years) << 2;
    }
    void stepsFitTheLabels()
    {
        QFETCH(qint64, seconds);
        QFETCH(int, unit);
        QFETCH(int, count);
        const TickStep step = tickStepFor(std::chrono::seconds(seconds), 600, 78);
        QCOMPARE(int(step.unit), unit);
        QCOMPARE(step.count, count);
    }

    void ticksStandAtRoundLocalTimes()
    {
        const ZoneOffset halfHour = [](Instant) { return 19'800; }; // India
        const TimeRange range{Instant::fromSeconds(1'763'463'600),
                              Instant::fromSeconds(1'763'463'600 + 4 * 3600)};
        for (const Instant at : timeTicks(range, {TickStep::Unit::Milliseconds, 3'600'000}, halfHour))
            QCOMPARE((at.ns / 1'000'000'000 + 19'800) % 3600, 0);
    }

    void ticksAreHalfOpen()
    {
        const TimeRange range{Instant::fromSeconds(600), Instant::fromSeconds(1200)};
        const auto ticks =
            timeTicks(range, {TickStep::Unit::Milliseconds, 300'000}, [](Instant) { return 0; });
        QCOMPARE(ticks.size(), std::size_t(2));
        QCOMPARE(ticks[0], Instant::fromSeconds(600));
        QCOMPARE(ticks[1], Instant::fromSeconds(900));
        QVERIFY(timeTicks({Instant::fromSeconds(5), Instant::fromSeconds(5)}, {}, berlin).empty());
        QVERIFY(timeTicks({}, {TickStep::Unit::Days, 1}, berlin).empty()); // open
    }

    void nightWhenClocksGoBack()
    {
        const Instant midnight = localMidnight(kAutumn, berlin);
        QCOMPARE(midnight, kAutumn - 3h);
        const TimeRange day{midnight, midnight + 25h};
        const TimeScale scale{day, 0, 2600};
        QSet<QString> seen;
        int lines = 0;
        for (const TimeTick &tick : labelledTicks(scale, formatter(berlin), 78)) {
            ++lines;
            if (tick.label.isEmpty())
                continue;
            QVERIFY2(!seen.contains(tick.label), qPrintable(tick.label));
            seen.insert(tick.label);
        }
        QVERIFY(lines >= 24);
        QVERIFY(seen.contains(QStringLiteral("02:00")));
        QVERIFY(seen.contains(QStringLiteral("26 Oct")));
        // With half hours both passes keep their lines, the second without labels.
        const TimeScale fine{{kAutumn - 2h, kAutumn + 3h}, 0, 1200};
        int unlabelled = 0;
        for (const TimeTick &tick : labelledTicks(fine, formatter(berlin), 78))
            unlabelled += tick.label.isEmpty();
        QVERIFY(unlabelled >= 2);
    }

    void nightWhenClocksGoForward()
    {
        const Instant midnight = localMidnight(kSpring, berlin);
        QCOMPARE(midnight, kSpring - 2h);
        QSet<QString> seen;
        for (const TimeTick &tick :
             labelledTicks({{midnight, midnight + 23h}, 0, 2400}, formatter(berlin), 78))
            seen.insert(tick.label);
        QVERIFY(seen.contains(QStringLiteral("01:00")));
        QVERIFY2(!seen.contains(QStringLiteral("02:00")), "an hour that did not exist");
        QVERIFY(seen.contains(QStringLiteral("03:00")));
    }

    void daysAcrossTheChange()
    {
        const auto ticks = timeTicks({kAutumn - 48h, kAutumn + 72h}, {TickStep::Unit::Days, 1}, berlin);
        QCOMPARE(ticks.size(), std::size_t(5));
        QCOMPARE(ticks[2] - ticks[1], std::chrono::nanoseconds(25h));
        for (const Instant at : ticks)
            QCOMPARE(localMidnight(at, berlin), at);
    }

    void skippedMidnight()
    {
        QCOMPARE(localMidnight(kSkip + 5h, skippingMidnight), kSkip);
        const std::int64_t wanted = kSkip.ns / 1'000'000'000 - 10'800; // 00:00, which never came
        QCOMPARE(fromLocalSeconds(wanted, skippingMidnight), kSkip);
    }

    void weeksBeginOnMonday()
    {
        for (const Instant at :
             timeTicks({kAutumn, kAutumn + 24h * 40}, {TickStep::Unit::Weeks, 1}, berlin)) {
            const auto days = std::chrono::floor<std::chrono::days>(
                std::chrono::seconds(at.ns / 1'000'000'000 + berlin(at)));
            QCOMPARE(std::chrono::weekday(std::chrono::sys_days(days)), std::chrono::Monday);
        }
    }

    void monthsAndYears()
    {
        const TimeRange year{Instant::fromSeconds(1'735'689'600),
                             Instant::fromSeconds(1'767'225'600)}; // 2025 UTC
        const ZoneOffset utc = [](Instant) { return 0; };
        QCOMPARE(timeTicks(year, {TickStep::Unit::Months, 1}, utc).size(), std::size_t(12));
        QCOMPARE(timeTicks(year, {TickStep::Unit::Months, 3}, utc).size(), std::size_t(4));
        QCOMPARE(timeTicks(year, {TickStep::Unit::Years, 1}, utc).size(), std::size_t(1));
        const auto labels = labelledTicks({{year.from, year.to + 24h * 3650}, 0, 600}, formatter(utc), 78);
        QVERIFY(!labels.empty());
        QCOMPARE(labels.front().label.size(), qsizetype(4));
    }

    void labelsKeepTheirDistance()
    {
        for (std::int64_t seconds = 1; seconds < 400'000'000; seconds = seconds * 3 / 2 + 1) {
            const TimeScale scale{{kAutumn - std::chrono::seconds(seconds / 2),
                                   kAutumn + std::chrono::seconds(seconds - seconds / 2)},
                                  0,
                                  700};
            const auto ticks = labelledTicks(scale, formatter(berlin), 78);
            QVERIFY(ticks.size() <= 10);
            for (std::size_t i = 1; i < ticks.size();
                 ++i) // 2-day steps restart at nothing; days of 23 h are a little narrower
                QVERIFY2(scale.x(ticks[i].at) - scale.x(ticks[i - 1].at) >= 70,
                         qPrintable(QString::number(seconds)));
        }
    }
};

QTEST_APPLESS_MAIN(TestTimeScale)
#include "tst_timescale.moc"
