// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/formatter.h"

#include <QTest>

using namespace telltale;
using namespace std::chrono_literals;

namespace {

Formatter british()
{
    return Formatter(
        QLocale(QLocale::English, QLocale::UnitedKingdom), [](Instant) { return 3600; },
        QStringLiteral("Europe/Berlin"));
}

Formatter german()
{
    return Formatter(QLocale(QLocale::German, QLocale::Germany));
}

constexpr Instant kNoon = Instant::fromSeconds(1'763'463'600); // 2025-11-18T11:00:00Z

} // namespace

class TestFormatter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void counts()
    {
        QCOMPARE(british().count(0), QStringLiteral("0"));
        QCOMPARE(british().count(1449), QStringLiteral("1,449"));
        QCOMPARE(british().count(-3), QStringLiteral("\u22123"));
        QCOMPARE(german().count(1449), QStringLiteral("1.449"));
        QCOMPARE(Formatter(QLocale::c()).count(1449), QStringLiteral("1,449"));
    }

    void germanWritesItsOwnWay()
    {
        const Instant at = Instant::fromMilliseconds(1'763'472'730'250); // 18 November 2025, 13:32:10.250 UTC
        QCOMPARE(german().date(at), QStringLiteral("18. Nov. 2025"));
        QCOMPARE(german().shortDate(at), QStringLiteral("18. Nov."));
        QCOMPARE(german().month(at), QStringLiteral("Nov. 2025"));
        QCOMPARE(german().timeMilliseconds(at), QStringLiteral("13:32:10,250"));
        QCOMPARE(german().duration(41'230).joined(), QStringLiteral("41,2\u00A0s"));
        QCOMPARE(german().durationClock(3'725'000), QStringLiteral("1:02:05"));
    }

    void americansPutTheMonthFirst()
    {
        const Formatter american(QLocale(QStringLiteral("en_US")));
        const Instant at = Instant::fromMilliseconds(1'763'472'730'250);
        QCOMPARE(american.date(at), QStringLiteral("Nov 18, 2025"));
        QCOMPARE(american.timeSeconds(at), QStringLiteral("1:32:10 PM"));
    }

    void compactCounts_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        QTest::addRow("small") << 950.0 << QStringLiteral("950");
        QTest::addRow("still exact") << 9999.0 << QStringLiteral("9,999");
        QTest::addRow("thousands") << 12'400.0 << QStringLiteral("12.4\u202Fk");
        QTest::addRow("millions") << 38.2e6 << QStringLiteral("38.2\u202FM");
        QTest::addRow("hundreds of millions") << 382.4e6 << QStringLiteral("382\u202FM");
        QTest::addRow("border") << 999'900.0 << QStringLiteral("1\u202FM");
        QTest::addRow("negative") << -12'400.0 << QStringLiteral("\u221212.4\u202Fk");
    }
    void compactCounts()
    {
        QFETCH(double, value);
        QFETCH(QString, text);
        QCOMPARE(british().compact(value), text);
    }

    void durations_data()
    {
        QTest::addColumn<double>("ms");
        QTest::addColumn<QString>("headline");
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("clock");
        const auto nb = [](const char *text) {
            return QString::fromUtf8(text).replace(QLatin1Char('_'), QChar(0xA0));
        };
        QTest::addRow("zero") << 0.0 << nb("0_ms") << nb("0_ms") << QStringLiteral("0:00");
        QTest::addRow("fraction") << 0.25 << nb("0.25_ms") << nb("0.25_ms") << QStringLiteral("0:00");
        QTest::addRow("milliseconds") << 842.0 << nb("842_ms") << nb("842_ms") << QStringLiteral("0:00");
        QTest::addRow("rounds into a second") << 999.7 << nb("1_s") << nb("1_s") << QStringLiteral("0:00");
        QTest::addRow("seconds") << 41'200.0 << nb("41.2_s") << nb("41.2_s") << QStringLiteral("0:41");
        QTest::addRow("minutes") << 1'692'000.0 << nb("28.2_min") << QStringLiteral("28 min 12 s")
                                 << QStringLiteral("28:12");
        QTest::addRow("whole minutes")
            << 660'000.0 << nb("11_min") << QStringLiteral("11 min") << QStringLiteral("11:00");
        QTest::addRow("hours") << 9'000'000.0 << nb("2.5_h") << QStringLiteral("2 h 30 min")
                               << QStringLiteral("2:30:00");
        QTest::addRow("days") << 259'200'000.0 << nb("3_d") << QStringLiteral("3 d")
                              << QStringLiteral("72:00:00");
    }
    void durations()
    {
        QFETCH(double, ms);
        QFETCH(QString, headline);
        QFETCH(QString, words);
        QFETCH(QString, clock);
        QCOMPARE(british().duration(ms).joined(), headline);
        QCOMPARE(british().durationWords(ms), words);
        QCOMPARE(british().durationClock(ms), clock);
    }

    void signs()
    {
        QCOMPARE(british().signedCount(118), QStringLiteral("+118"));
        QCOMPARE(british().signedCount(-3), QStringLiteral("\u22123"));
        QCOMPARE(british().signedCount(0.2), QStringLiteral("0"));
        QCOMPARE(british().signedPercent(0.061), QStringLiteral("+6.1%"));
        QCOMPARE(british().signedPercent(-0.02), QStringLiteral("\u22122.0%"));
        QCOMPARE(british().signedPercent(0.0004), QStringLiteral("0.0%"));
        QCOMPARE(british().signedPercent(2.5), QStringLiteral("+250%"));
        QCOMPARE(british().signedPoints(-0.0093), QStringLiteral("\u22120.93 pt"));
        QCOMPARE(german().signedPoints(-0.0093), QStringLiteral("\u22120,93 pt"));
        QCOMPARE(british().signedValue(118, ValueKind::Milliseconds), QStringLiteral("+118\u00A0ms"));
    }

    void values()
    {
        QCOMPARE(british().value(0.9861, ValueKind::Ratio),
                 (NumberText{QStringLiteral("98.61"), QStringLiteral("%")}));
        QCOMPARE(british().value(2418, ValueKind::Count), (NumberText{QStringLiteral("2,418"), {}}));
        const NumberText bytes = british().value(4.1e9, ValueKind::Bytes);
        QCOMPARE(bytes.number, QStringLiteral("4.1"));
        QCOMPARE(bytes.unit, QStringLiteral("GB"));
        QCOMPARE(british().axisValue(2000, 500, ValueKind::Count), QStringLiteral("2,000"));
        QCOMPARE(british().axisValue(0.5, 0.5, ValueKind::Count), QStringLiteral("0.5"));
        QCOMPARE(british().axisValue(500e6, 250e6, ValueKind::Bytes), QStringLiteral("500 MB"));
        QCOMPARE(british().axisValue(1.5e9, 500e6, ValueKind::Bytes), QStringLiteral("1.5 GB"));
        QCOMPARE(british().axisValue(120'000, 60'000, ValueKind::Milliseconds), QStringLiteral("2\u202Fmin"));
        QCOMPARE(british().axisValueWithUnit(800, 200, ValueKind::Milliseconds), QStringLiteral("800\u202Fms"));
        QCOMPARE(british().axisValueWithUnit(120'000, 60'000, ValueKind::Milliseconds), QStringLiteral("2\u202Fmin"));
        QCOMPARE(british().axisValueWithUnit(2000, 500, ValueKind::Count), QStringLiteral("2,000"));
    }

    void relativeTimes()
    {
        const Formatter f = british();
        QCOMPARE(f.ago(kNoon, kNoon), QStringLiteral("just now"));
        QCOMPARE(f.ago(kNoon + 5s, kNoon), QStringLiteral("just now")); // a clock ahead of ours
        QCOMPARE(f.ago(kNoon - 12s, kNoon), QStringLiteral("12 s ago"));
        QCOMPARE(f.ago(kNoon - 59s, kNoon), QStringLiteral("59 s ago"));
        QCOMPARE(f.ago(kNoon - 60s, kNoon), QStringLiteral("1 min ago"));
        QCOMPARE(f.ago(kNoon - 26h, kNoon), QStringLiteral("26 h ago"));
        QVERIFY(f.ago(kNoon - 24h * 4, kNoon).contains(QLatin1Char('4')));
        QCOMPARE(f.age(6min), QStringLiteral("6 min"));
    }

    void times()
    {
        const Formatter f = british();
        QCOMPARE(f.time(kNoon), QStringLiteral("12:00"));
        QCOMPARE(f.timeSeconds(kNoon + 15s), QStringLiteral("12:00:15"));
        QCOMPARE(f.date(kNoon), QStringLiteral("18 Nov 2025"));
        QCOMPARE(f.shortDate(kNoon), QStringLiteral("18 Nov"));
        QCOMPARE(f.weekday(kNoon), QStringLiteral("Tue"));
    }

    void intervals()
    {
        const Formatter f = british();
        QCOMPARE(f.interval({kNoon + 20min + 15s, kNoon + 20min + 30s}),
                 QStringLiteral("12:20:15 \u2013 30"));
        QCOMPARE(f.interval({kNoon + 20min + 45s, kNoon + 21min}),
                 QStringLiteral("12:20:45 \u2013 12:21:00"));
        QCOMPARE(f.interval({kNoon + 8min, kNoon + 19min}), QStringLiteral("12:08 \u2013 12:19"));
        QCOMPARE(f.interval({kNoon, kNoon + 15h}), QStringLiteral("18 Nov 12:00 \u2013 19 Nov 03:00"));
        QCOMPARE(f.interval({kNoon - 12h, kNoon + 12h}), QStringLiteral("Tue 18 Nov"));
        QCOMPARE(f.interval({kNoon - 12h, kNoon + 36h}), QStringLiteral("18 Nov \u2013 19 Nov"));
        QCOMPARE(f.interval({kNoon + 11h, kNoon + 12h}), QStringLiteral("23:00 \u2013 00:00"));
    }

    void changesSayOnlyWhatIsKnown()
    {
        using Better = Change::Better;
        QCOMPARE(Change::ratio(106, 100, Better::Higher, 106, 100).text(british()), QStringLiteral("+6.0%"));
        QCOMPARE(Change::ratio(106, 100, Better::Higher, 106, 100).mood(), 1);
        QCOMPARE(Change::ratio(106, 100, Better::Lower, 106, 100).mood(), -1);
        QCOMPARE(Change::ratio(106, 100, Better::Neither, 106, 100).mood(), 0);
        QCOMPARE(Change::ratio(100, 0, Better::Higher, 100, 0).kind, Change::Kind::New);
        QCOMPARE(Change::ratio(29, 100, Better::Higher, 29, 100).kind, Change::Kind::FewData);
        QCOMPARE(Change::ratio(100, 29, Better::Higher, 100, 29).kind, Change::Kind::FewData);
        QCOMPARE(Change::ratio(30, 30, Better::Higher, 30, 30).kind, Change::Kind::Ratio);
        QCOMPARE(Change::ratio(0, 0, Better::Higher, 0, 0).kind, Change::Kind::FewData);
        QCOMPARE(Change::points(0.9861, 0.9954, Better::Higher, 1000, 1000).text(british()),
                 QStringLiteral("\u22120.93 pt"));
        QCOMPARE(Change::value(842, 724, ValueKind::Milliseconds, Better::Lower, 99, 99).text(british()),
                 QStringLiteral("+118\u00A0ms"));
    }
};

QTEST_MAIN(TestFormatter)
#include "tst_formatter.moc"
