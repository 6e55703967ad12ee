// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/zone.h"

#include "models/telemetry/timeformat.h"

#include <QTest>

using namespace telltale;

namespace {

Instant at(const char *text)
{
    return parseRfc3339(text).value();
}

QByteArray utc(Instant instant)
{
    return QByteArray::fromStdString(formatRfc3339(instant));
}

} // namespace

class TestZone : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names();
    void units_data();
    void units();
    void bucketsCoverWithoutGap_data();
    void bucketsCoverWithoutGap();
    void hoursOfLongAndShortDays_data();
    void hoursOfLongAndShortDays();
    void extremes();
    void clockAndWeekday();
};

void TestZone::names()
{
    QCOMPARE(Zone().id(), std::string("UTC"));
    QCOMPARE(Zone::named("Europe/Berlin")->id(), std::string("Europe/Berlin"));
    QCOMPARE(Zone::named("+02:00")->offsetSeconds({0}), 7200);
    QCOMPARE(Zone::named("-03:30")->offsetSeconds({0}), -12600);
    QVERIFY(Zone::named("").has_value());
    QVERIFY(Zone::named("system").has_value());
    for (const char *wrong : {"Mars", "Europe/Berlino", "Mars/Olympus", "../../etc/passwd", "+2500:00"}) {
        const auto zone = Zone::named(wrong);
        QVERIFY2(!zone.has_value(), wrong);
        QCOMPARE(zone.error().code, Error::Code::InvalidArgument);
    }
}

void TestZone::units_data()
{
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<int>("unit");
    QTest::addColumn<QByteArray>("instant");
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QByteArray>("next");
    QTest::addColumn<QByteArray>("local"); // of the start
    const auto row = [](const char *name, const char *zone, CalendarUnit unit, const char *instant,
                        const char *start, const char *next, const char *local) {
        QTest::newRow(name) << QByteArray(zone) << int(unit) << QByteArray(instant) << QByteArray(start)
                            << QByteArray(next) << QByteArray(local);
    };
    using enum CalendarUnit;
    row("utc minute", "UTC", Minute, "2026-11-20T08:01:59.9Z", "2026-11-20T08:01:00Z", "2026-11-20T08:02:00Z",
        "2026-11-20T08:01:00+00:00");
    row("utc week on sunday", "UTC", Week, "2026-11-22T23:59:59Z", "2026-11-16T00:00:00Z",
        "2026-11-23T00:00:00Z", "2026-11-16T00:00:00+00:00");
    row("utc week on monday", "UTC", Week, "2026-11-23T00:00:00Z", "2026-11-23T00:00:00Z",
        "2026-11-30T00:00:00Z", "2026-11-23T00:00:00+00:00");
    row("utc december", "UTC", Month, "2026-12-31T23:59:59Z", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z",
        "2026-12-01T00:00:00+00:00");
    row("before 1970", "UTC", Hour, "1969-12-31T23:30:00Z", "1969-12-31T23:00:00Z", "1970-01-01T00:00:00Z",
        "1969-12-31T23:00:00+00:00");
    row("Berlin first 02:00", "Europe/Berlin", Hour, "2026-10-25T00:30:00Z", "2026-10-25T00:00:00Z",
        "2026-10-25T01:00:00Z", "2026-10-25T02:00:00+02:00");
    row("Berlin second 02:00", "Europe/Berlin", Hour, "2026-10-25T01:30:00Z", "2026-10-25T01:00:00Z",
        "2026-10-25T02:00:00Z", "2026-10-25T02:00:00+01:00");
    row("Berlin long day", "Europe/Berlin", Day, "2026-10-25T12:00:00Z", "2026-10-24T22:00:00Z",
        "2026-10-25T23:00:00Z", "2026-10-25T00:00:00+02:00");
    row("Berlin short day", "Europe/Berlin", Day, "2026-03-29T12:00:00Z", "2026-03-28T23:00:00Z",
        "2026-03-29T22:00:00Z", "2026-03-29T00:00:00+01:00");
    row("Berlin long week", "Europe/Berlin", Week, "2026-10-25T22:59:59Z", "2026-10-18T22:00:00Z",
        "2026-10-25T23:00:00Z", "2026-10-19T00:00:00+02:00");
    row("Berlin month", "Europe/Berlin", Month, "2026-10-31T22:59:59Z", "2026-09-30T22:00:00Z",
        "2026-10-31T23:00:00Z", "2026-10-01T00:00:00+02:00");
    row("Kolkata hour", "Asia/Kolkata", Hour, "2026-11-20T08:45:00Z", "2026-11-20T08:30:00Z",
        "2026-11-20T09:30:00Z", "2026-11-20T14:00:00+05:30");
    row("Kathmandu hour", "Asia/Kathmandu", Hour, "2026-11-20T08:10:00Z", "2026-11-20T07:15:00Z",
        "2026-11-20T08:15:00Z", "2026-11-20T13:00:00+05:45");
    row("Kathmandu day", "Asia/Kathmandu", Day, "2026-11-20T18:14:59Z", "2026-11-19T18:15:00Z",
        "2026-11-20T18:15:00Z", "2026-11-20T00:00:00+05:45");
    // The clock goes from 02:00 to 02:30: that hour has half an hour left.
    row("Lord Howe forward", "Australia/Lord_Howe", Hour, "2026-10-03T15:45:00Z", "2026-10-03T15:30:00Z",
        "2026-10-03T16:00:00Z", "2026-10-04T02:30:00+11:00");
    // From 02:00 back to 01:30.
    row("Lord Howe back, before", "Australia/Lord_Howe", Hour, "2026-04-04T14:45:00Z", "2026-04-04T14:00:00Z",
        "2026-04-04T15:00:00Z", "2026-04-05T01:00:00+11:00");
    row("Lord Howe back, after", "Australia/Lord_Howe", Hour, "2026-04-04T15:15:00Z", "2026-04-04T15:00:00Z",
        "2026-04-04T15:30:00Z", "2026-04-05T01:30:00+10:30");
    // Midnight does not exist: the day begins at 01:00.
    row("Sao Paulo without midnight", "America/Sao_Paulo", Day, "2018-11-04T12:00:00Z",
        "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z", "2018-11-04T01:00:00-02:00");
    // Midnight comes twice: the day begins at the first.
    row("Havana with two midnights", "America/Havana", Day, "2024-11-03T05:30:00Z", "2024-11-03T04:00:00Z",
        "2024-11-04T05:00:00Z", "2024-11-03T00:00:00-04:00");
    // A day that never was.
    row("Apia before the missing day", "Pacific/Apia", Day, "2011-12-30T09:00:00Z", "2011-12-29T10:00:00Z",
        "2011-12-30T10:00:00Z", "2011-12-29T00:00:00-10:00");
    row("Apia after the missing day", "Pacific/Apia", Day, "2011-12-30T11:00:00Z", "2011-12-30T10:00:00Z",
        "2011-12-31T10:00:00Z", "2011-12-31T00:00:00+14:00");
    row("far future", "Europe/Berlin", Day, "2099-07-01T12:00:00Z", "2099-06-30T22:00:00Z",
        "2099-07-01T22:00:00Z", "2099-07-01T00:00:00+02:00");
}

void TestZone::units()
{
    QFETCH(QByteArray, zone);
    QFETCH(int, unit);
    QFETCH(QByteArray, instant);
    QFETCH(QByteArray, start);
    QFETCH(QByteArray, next);
    QFETCH(QByteArray, local);
    const Zone z = Zone::named(zone.toStdString()).value();
    const auto u = static_cast<CalendarUnit>(unit);
    const Instant t = at(instant.constData());
    QCOMPARE(utc(z.startOf(u, t)), start);
    QCOMPARE(utc(z.nextStart(u, t)), next);
    QCOMPARE(QByteArray::fromStdString(z.formatLocal(z.startOf(u, t))), local);
    QCOMPARE(QByteArray::fromStdString(z.formatLocalDate(z.startOf(u, t))), local.left(10));
}

void TestZone::bucketsCoverWithoutGap_data()
{
    QTest::addColumn<QByteArray>("zone");
    for (const char *zone : {"UTC", "Europe/Berlin", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe",
                             "America/Havana", "America/New_York", "America/St_Johns", "+05:30"})
        QTest::newRow(zone) << QByteArray(zone);
}

void TestZone::bucketsCoverWithoutGap()
{
    QFETCH(QByteArray, zone);
    const Zone z = Zone::named(zone.toStdString()).value();
    const Instant end = at("2027-01-02T00:00:00Z");
    for (const CalendarUnit unit :
         {CalendarUnit::Hour, CalendarUnit::Day, CalendarUnit::Week, CalendarUnit::Month}) {
        Instant start = z.startOf(unit, at("2026-01-01T12:00:00Z"));
        while (start < end) {
            const Instant next = z.nextStart(unit, start);
            QVERIFY(next > start);
            QCOMPARE(utc(z.startOf(unit, start)), utc(start));
            QCOMPARE(utc(z.startOf(unit, Instant{next.ns - 1})), utc(start));
            const Instant middle{start.ns + (next.ns - start.ns) / 2};
            QCOMPARE(utc(z.startOf(unit, middle)), utc(start));
            QCOMPARE(utc(z.nextStart(unit, middle)), utc(next));
            start = next;
        }
    }
}

void TestZone::hoursOfLongAndShortDays_data()
{
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QByteArray>("inside");
    QTest::addColumn<int>("hours");
    QTest::newRow("Berlin 2026-03-29")
        << QByteArray("Europe/Berlin") << QByteArray("2026-03-29T12:00:00Z") << 23;
    QTest::newRow("Berlin 2026-10-25")
        << QByteArray("Europe/Berlin") << QByteArray("2026-10-25T12:00:00Z") << 25;
    QTest::newRow("Berlin 2026-10-26")
        << QByteArray("Europe/Berlin") << QByteArray("2026-10-26T12:00:00Z") << 24;
    QTest::newRow("Kathmandu") << QByteArray("Asia/Kathmandu") << QByteArray("2026-10-25T12:00:00Z") << 24;
    QTest::newRow("New York 2026-11-01")
        << QByteArray("America/New_York") << QByteArray("2026-11-01T12:00:00Z") << 25;
}

void TestZone::hoursOfLongAndShortDays()
{
    QFETCH(QByteArray, zone);
    QFETCH(QByteArray, inside);
    QFETCH(int, hours);
    const Zone z = Zone::named(zone.toStdString()).value();
    const Instant day = z.startOf(CalendarUnit::Day, at(inside.constData()));
    const Instant next = z.nextStart(CalendarUnit::Day, day);
    int count = 0;
    for (Instant t = day; t < next; t = z.nextStart(CalendarUnit::Hour, t))
        ++count;
    QCOMPARE(count, hours);
}

void TestZone::extremes()
{
    const Zone z = Zone::named("Europe/Berlin").value();
    for (const Instant t : {Instant::min(), Instant{0}, Instant{Instant::max().ns - 1}}) {
        for (const CalendarUnit unit : {CalendarUnit::Minute, CalendarUnit::Hour, CalendarUnit::Day,
                                        CalendarUnit::Week, CalendarUnit::Month}) {
            QVERIFY(z.startOf(unit, t) <= t);
            QVERIFY(z.nextStart(unit, t) > t);
        }
        QVERIFY(!z.formatLocal(t).empty());
    }
}

void TestZone::clockAndWeekday()
{
    const Zone utcZone;
    QCOMPARE(utcZone.weekday(at("2026-11-22T10:00:00Z")), 6);
    QCOMPARE(utcZone.hour(at("2026-11-22T10:59:00Z")), 10);
    QCOMPARE(utcZone.hour(at("1969-12-31T23:59:00Z")), 23);
    QCOMPARE(Zone::named("Europe/Berlin")->hour(at("2026-10-25T01:10:00Z")), 2);
    QCOMPARE(Zone::named("Asia/Kathmandu")->weekday(at("2026-11-22T19:00:00Z")), 0);
}

QTEST_GUILESS_MAIN(TestZone)
#include "tst_zone.moc"
