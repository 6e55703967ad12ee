// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/pastedrange.h"
#include "models/telemetry/timeformat.h"

#include <QTest>

using namespace telltale;
using namespace std::chrono_literals;

namespace {

// Tuesday 18 November 2025, 14:32:10 in Berlin (UTC+1).
RangeParser parser()
{
    return RangeParser(*parseRfc3339("2025-11-18T13:32:10Z"), QTimeZone("Europe/Berlin"));
}

QString utc(Instant at)
{
    return QString::fromStdString(formatRfc3339(at));
}

} // namespace

class TestPastedRange final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thereAndBack()
    {
        const TimeRange range{*parseRfc3339("2025-11-18T12:00:00.25Z"), *parseRfc3339("2025-11-18T12:30:00Z")};
        QCOMPARE(copiedRange(range), QStringLiteral("2025-11-18T12:00:00.25Z/2025-11-18T12:30:00Z"));
        const auto back = pastedRange(copiedRange(range), parser(), 60min);
        QVERIFY(back);
        QVERIFY(!back->isLive);
        QCOMPARE(back->fixed, range);
    }

    void logs_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        const auto row = [](const char *name, const char *text, const char *from, const char *to) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromLatin1(from) << QString::fromLatin1(to);
        };
        row("local, with a comma", "2025-11-18 13:00:01,250 INFO start\n2025-11-18 13:05:02,750 ERROR stop", "2025-11-18T12:00:01Z", "2025-11-18T12:05:02Z");
        row("with zones", "[2025-11-18T13:00:01.25+01:00] a [2025-11-18T07:05:02-0500] b", "2025-11-18T12:00:01.25Z", "2025-11-18T12:05:02Z");
        row("only first and last", "2025-11-18T10:00:00Z x 2025-11-18T11:00:00Z y 2025-11-18T12:00:00Z", "2025-11-18T10:00:00Z", "2025-11-18T12:00:00Z");
        row("newest first", "2025-11-18T12:00:00Z\n2025-11-18T10:00:00Z", "2025-11-18T10:00:00Z", "2025-11-18T12:00:00Z");
        row("a single one", "at 2025-11-18T12:00:00Z it broke", "2025-11-18T11:30:00Z", "2025-11-18T12:30:00Z");
        row("reaches beyond now", "2025-11-18T13:00:00Z/2025-11-18T15:00:00Z", "2025-11-18T13:00:00Z", "2025-11-18T13:32:10Z");
        row("what the picker reads", "yesterday 9-17", "2025-11-17T08:00:00Z", "2025-11-17T16:00:00Z");
    }
    void logs()
    {
        QFETCH(QString, text);
        QFETCH(QString, from);
        QFETCH(QString, to);
        const auto range = pastedRange(text, parser(), 60min);
        QVERIFY2(range, range ? "" : range.error().message.c_str());
        QCOMPARE(utc(range->fixed.from), from);
        QCOMPARE(utc(range->fixed.to), to);
    }

    void otherText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << QString();
        QTest::newRow("words") << QStringLiteral("no time at all");
        QTest::newRow("much text") << QString(500, u'x');
        QTest::newRow("no day of the calendar") << QStringLiteral("2025-02-31T10:00:00Z");
        QTest::newRow("in the future") << QStringLiteral("2031-01-01T10:00:00Z 2031-01-01T11:00:00Z");
    }
    void otherText()
    {
        QFETCH(QString, text);
        const auto range = pastedRange(text, parser(), 60min);
        QVERIFY(!range);
        QVERIFY(!range.error().message.empty());
    }
};

QTEST_GUILESS_MAIN(TestPastedRange)
#include "tst_pastedrange.moc"
