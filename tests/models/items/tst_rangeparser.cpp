// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/rangeparser.h"
#include "models/telemetry/timeformat.h"

#include <QTest>

using namespace telltale;
using namespace std::chrono_literals;

namespace {

// Tuesday 18 November 2025, 14:32:10 in Berlin (UTC+1).
Instant now()
{
    return *parseRfc3339("2025-11-18T13:32:10Z");
}

RangeParser parser()
{
    return RangeParser(now(), QTimeZone("Europe/Berlin"),
                       [](const QString &release) -> std::optional<Instant> {
                           if (release == u"4.2.0")
                               return *parseRfc3339("2025-11-18T13:08:00Z");
                           return std::nullopt;
                       });
}

} // namespace

class TestRangeParser final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void live_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("seconds");
        QTest::newRow("minutes") << QStringLiteral("60m") << 3600;
        QTest::newRow("hours") << QStringLiteral("6h") << 6 * 3600;
        QTest::newRow("seconds") << QStringLiteral("90s") << 90;
        QTest::newRow("blank") << QStringLiteral(" 15 min ") << 900;
        QTest::newRow("words") << QStringLiteral("last 2 hours") << 7200;
        QTest::newRow("capitals") << QStringLiteral("LAST 5 Minutes") << 300;
        QTest::newRow("one") << QStringLiteral("last hour") << 3600;
        QTest::newRow("24h") << QStringLiteral("24h") << 86400;
    }

    void live()
    {
        QFETCH(QString, text);
        QFETCH(int, seconds);
        const auto spec = parser().parse(text);
        QVERIFY2(spec.has_value(), spec ? "" : spec.error().message.c_str());
        QVERIFY(spec->isLive);
        QCOMPARE(spec->width, std::chrono::nanoseconds(std::chrono::seconds(seconds)));
        QCOMPARE(spec->resolve(now()).to, now());
    }

    void history_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        const QByteArray end = "2025-11-18T13:32:10Z";
        const auto row = [](const char *text, const QByteArray &from, const QByteArray &to) {
            QTest::newRow(text) << QString::fromUtf8(text) << from << to;
        };
        row("7d", "2025-11-11T23:00:00Z", end);
        row("28d", "2025-10-21T22:00:00Z", end); // back over the end of summer time
        row("2w", "2025-11-04T23:00:00Z", end);
        row("last 7 days", "2025-11-11T23:00:00Z", end);
        row("today", "2025-11-17T23:00:00Z", end);
        row("Yesterday", "2025-11-16T23:00:00Z", "2025-11-17T23:00:00Z");
        row("this week", "2025-11-16T23:00:00Z", end);
        row("this month", "2025-10-31T23:00:00Z", end);
        row("yesterday 9-17", "2025-11-17T08:00:00Z", "2025-11-17T16:00:00Z");
        row("yesterday 9:30 - 17:15", "2025-11-17T08:30:00Z", "2025-11-17T16:15:00Z");
        row("yesterday 9–17", "2025-11-17T08:00:00Z", "2025-11-17T16:00:00Z");
        row("yesterday 18-24", "2025-11-17T17:00:00Z", "2025-11-17T23:00:00Z");
        row("9-12", "2025-11-18T08:00:00Z", "2025-11-18T11:00:00Z");
        row("9am-1pm", "2025-11-18T08:00:00Z", "2025-11-18T12:00:00Z");
        row("today 12-17", "2025-11-18T11:00:00Z", end); // ends now, not later
        row("18 Nov 13:32 - 14:10", "2025-11-18T12:32:00Z", "2025-11-18T13:10:00Z");
        row("18 Nov 2025 13:32 - 14:10", "2025-11-18T12:32:00Z", "2025-11-18T13:10:00Z");
        row("Nov 17 22:00 - Nov 18 02:00", "2025-11-17T21:00:00Z", "2025-11-18T01:00:00Z");
        row("18. November", "2025-11-17T23:00:00Z", end);
        row("10 Nov - 12 Nov", "2025-11-09T23:00:00Z", "2025-11-12T23:00:00Z");
        row("24 Dec", "2024-12-23T23:00:00Z", "2024-12-24T23:00:00Z");      // the latest that was
        row("26 Oct 2025", "2025-10-25T22:00:00Z", "2025-10-26T23:00:00Z"); // 25 hours
        row("2025-11-17", "2025-11-16T23:00:00Z", "2025-11-17T23:00:00Z");
        row("2025-11-10..2025-11-12", "2025-11-09T23:00:00Z", "2025-11-12T23:00:00Z");
        row("2025-11-17 13:00 - 14:00", "2025-11-17T12:00:00Z", "2025-11-17T13:00:00Z");
        row("since 4.2.0", "2025-11-18T13:08:00Z", end);
        row("since yesterday", "2025-11-16T23:00:00Z", end);
        row("since 9:00", "2025-11-18T08:00:00Z", end);
        row("since 18 Nov 13:32", "2025-11-18T12:32:00Z", end);
        row("14:00..", "2025-11-18T13:00:00Z", end);
        row("13:00..14:10", "2025-11-18T12:00:00Z", "2025-11-18T13:10:00Z");
        row("13:00 to 14:00", "2025-11-18T12:00:00Z", "2025-11-18T13:00:00Z");
        row("-2h..-1h", "2025-11-18T11:32:10Z", "2025-11-18T12:32:10Z");
        row("2025-11-18T12:32:00Z..2025-11-18T13:10:00Z", "2025-11-18T12:32:00Z", "2025-11-18T13:10:00Z");
        row("2025-11-18T13:32:00+01:00 - 2025-11-18T14:10:00+01:00", "2025-11-18T12:32:00Z",
            "2025-11-18T13:10:00Z");
        row("2025-11-18T12:32:00Z/2025-11-18T13:10:00Z", "2025-11-18T12:32:00Z", "2025-11-18T13:10:00Z");
        row("2025-11-18T12:32:00Z 2025-11-18T13:10:00Z", "2025-11-18T12:32:00Z", "2025-11-18T13:10:00Z");
        row("2025-11-18T13:32 - 2025-11-18T14:10", "2025-11-18T12:32:00Z", "2025-11-18T13:10:00Z");
    }

    void history()
    {
        QFETCH(QString, text);
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        const auto spec = parser().parse(text);
        QVERIFY2(spec.has_value(), spec ? "" : spec.error().message.c_str());
        QVERIFY(!spec->isLive);
        QCOMPARE(QByteArray::fromStdString(formatRfc3339(spec->fixed.from)), from);
        QCOMPARE(QByteArray::fromStdString(formatRfc3339(spec->fixed.to)), to);
    }

    void rejected_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("reason"); // a piece of it
        const auto row = [](const char *text, const char *reason) {
            QTest::newRow(*text ? text : "(empty)") << QString::fromUtf8(text) << QString::fromUtf8(reason);
        };
        row("", "Type a range");
        row("   ", "Type a range");
        row("60", "has no unit");
        row("-60", "has no unit");
        row("60x", "neither a day nor a time");
        row("0m", "no length");
        row("99999d", "too long");
        row("999999h", "too long");
        row("hello", "neither a day nor a time");
        row("31 Feb", "no 31 Feb");
        row("2025-13-01", "no 2025-13-01");
        row("10 Foo", "neither a day nor a time");
        row("tomorrow", "Tomorrow");
        row("25:00..", "24:00");
        row("9:75-10", "0:00 to 24:00");
        row("yesterday 9-25", "24:00");
        row("yesterday 17-9", "not after");
        row("14:10 - 13:32", "not after");
        row("13pm-14", "am and pm");
        row("..", "at least one end");
        row("..14:00", "needs a beginning");
        row("18 Nov 13:32 -", "end is missing");
        row("since", "Since when");
        row("since 9.9.9", "No release 9.9.9");
        row("since forever", "neither a day nor a time");
        row("2099-01-01..2099-01-02", "future");
        row("23:00..23:30", "future");
        row("14:30", "is a moment");
        row("2025-11-18T99:00:00Z..", "not a time stamp");
        row("now", "is");
    }

    void rejected()
    {
        QFETCH(QString, text);
        QFETCH(QString, reason);
        const auto spec = parser().parse(text);
        QVERIFY(!spec.has_value());
        QVERIFY(spec.error().code == Error::Code::InvalidArgument);
        const QString message = QString::fromStdString(spec.error().message);
        QVERIFY2(message.contains(reason), qPrintable(message));
    }

    void twoFields()
    {
        const auto fixed = parser().parse(QStringLiteral("18 Nov 2025 13:32"), QStringLiteral("now"));
        QVERIFY(fixed.has_value());
        QCOMPARE(QByteArray::fromStdString(formatRfc3339(fixed->fixed.from)),
                 QByteArray("2025-11-18T12:32:00Z"));
        QCOMPARE(fixed->fixed.to, now());
        const auto whole = parser().parse(QStringLiteral("60m"), QStringLiteral("now"));
        QVERIFY(whole.has_value() && whole->isLive);
        const auto both = parser().parse(QStringLiteral("13:00"), QStringLiteral("14:00"));
        QVERIFY(both.has_value());
        QVERIFY(!parser().parse(QString(), QStringLiteral("14:00")).has_value());
        QVERIFY(!parser().parse(QStringLiteral("13:00"), QStringLiteral("nonsense")).has_value());
    }
};

QTEST_GUILESS_MAIN(TestRangeParser)
#include "tst_rangeparser.moc"
