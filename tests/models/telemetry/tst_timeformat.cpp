// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/telemetry/timeformat.h"

#include <QTest>

using namespace telltale;
using namespace std::chrono_literals;

class TestTimeFormat final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAndWrites_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("ns");
        QTest::addColumn<QByteArray>("canonical");
        QTest::newRow("epoch") << QByteArray("1970-01-01T00:00:00Z") << qint64(0)
                               << QByteArray("1970-01-01T00:00:00Z");
        QTest::newRow("nanoseconds") << QByteArray("2026-11-20T08:00:00.123456789Z")
                                     << qint64(1795161600123456789)
                                     << QByteArray("2026-11-20T08:00:00.123456789Z");
        QTest::newRow("offset") << QByteArray("2026-11-20T09:00:00+01:00") << qint64(1795161600000000000)
                                << QByteArray("2026-11-20T08:00:00Z");
        QTest::newRow("blank, offset without colon")
            << QByteArray("2026-11-20 02:30:00-0530") << qint64(1795161600000000000)
            << QByteArray("2026-11-20T08:00:00Z");
        QTest::newRow("date") << QByteArray("2026-11-20") << qint64(1795132800000000000)
                              << QByteArray("2026-11-20T00:00:00Z");
        QTest::newRow("before the epoch") << QByteArray("1969-12-31T23:59:59.5Z") << qint64(-500000000)
                                          << QByteArray("1969-12-31T23:59:59.5Z");
        QTest::newRow("leap day") << QByteArray("2024-02-29T00:00:00Z") << qint64(1709164800000000000)
                                  << QByteArray("2024-02-29T00:00:00Z");
    }

    void readsAndWrites()
    {
        QFETCH(QByteArray, text);
        QFETCH(qint64, ns);
        QFETCH(QByteArray, canonical);
        const auto instant = parseRfc3339(text.toStdString());
        QVERIFY(instant.has_value());
        QCOMPARE(qint64(instant->ns), ns);
        QCOMPARE(QByteArray::fromStdString(formatRfc3339(*instant)), canonical);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text :
             {"", "yesterday", "2026-13-01T00:00:00Z", "2025-02-29", "2026-11-20T24:00:00Z",
              "2026-11-20T08:00:00", "2026-11-20T08:00:00.Z", "2026-11-20T08:00:00Zx", "20261120"})
            QTest::newRow(text) << QByteArray(text);
    }

    void refuses()
    {
        QFETCH(QByteArray, text);
        const auto instant = parseRfc3339(text.toStdString());
        QVERIFY(!instant.has_value());
        QCOMPARE(instant.error().code, Error::Code::InvalidArgument);
    }

    /// The quick reader agrees with the careful one, which reads the same with an offset.
    void theUsualForm()
    {
        for (const char *text :
             {"1970-01-01T00:00:00", "2026-11-20T08:00:00.5", "2026-11-20T08:00:00.123456789", "1969-12-31T23:59:59.999",
              "2024-02-29T23:59:60", "0001-01-01T00:00:00", "9999-12-31T23:59:59", "2026-11-20T08:00:00.000"}) {
            const auto quick = readUsualRfc3339(text + std::string("Z"));
            const auto careful = parseRfc3339(text + std::string("+00:00"));
            QVERIFY2(quick && careful, text);
            QCOMPARE(qint64(quick->ns), qint64(careful->ns));
        }
        for (const char *text :
             {"", "Z", "2026-11-20T08:00:00", "2026-11-20T08:00:00.Z", "2026-11-20T08:00:00.1234567890Z",
              "2026-11-20T08:00:00.12x4Z", "2026-11-20T08:00:00,5Z", "2026-00-20T08:00:00Z", "2026-13-20T08:00:00Z",
              "2026-11-00T08:00:00Z", "2026-11-31T08:00:00Z", "2025-02-29T08:00:00Z", "2026-11-20T24:00:00Z",
              "2026-11-20T08:60:00Z", "2026-11-20T08:00:61Z", "2026/11-20T08:00:00Z", "2026-11/20T08:00:00Z",
              "2026-11-20 08:00:00Z", "2026-11-20T08-00:00Z", "2026-11-20T08:00-00Z", "202x-11-20T08:00:00Z",
              "2026-1:-20T08:00:00Z", "2026-11-20T08:00:00z"})
            QVERIFY2(!readUsualRfc3339(text), text);
    }

    void distancesFromNow()
    {
        const Instant now = Instant::fromSeconds(1'000'000);
        QCOMPARE(parseTime("now", now)->ns, now.ns);
        QVERIFY(*parseTime("-90m", now) == now - 90min);
        QVERIFY(*parseTime("-7d", now) == now - 168h);
        QVERIFY(*parseTime("+2h", now) == now + 2h);
        QVERIFY(!parseTime("-7y", now));
    }

    void durations()
    {
        QVERIFY(*parseDuration("1h30m") == 90min);
        QVERIFY(*parseDuration("250ms") == 250ms);
        QVERIFY(*parseDuration("1.5s") == 1500ms);
        QVERIFY(*parseDuration("60") == 60ms);
        QVERIFY(!parseDuration(""));
        QVERIFY(!parseDuration("-5m"));
        QVERIFY(!parseDuration("1e300h"));
        QVERIFY(!parseDuration("soon"));
    }
};

QTEST_APPLESS_MAIN(TestTimeFormat)
#include "tst_timeformat.moc"
