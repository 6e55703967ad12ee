// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/sourcewatch.h"

#include "models/ingest/refusedexample.h"

#include <QTest>

using namespace telltale;
using namespace std::chrono_literals;

namespace {

constexpr Instant kNow = Instant::fromSeconds(1'763'625'600);

/// One record a time.
Delivery delivery(std::string_view product, Instant arrival, std::vector<Instant> times, std::uint64_t rejected = 0)
{
    Delivery made;
    made.protocol = "otlp/http";
    made.arrival = arrival;
    made.rejected = rejected;
    Origin origin;
    origin.product = made.batch.strings.intern(product);
    made.batch.origins.push_back(origin);
    for (const Instant time : times) {
        Record record;
        record.time = time;
        made.batch.append(record);
    }
    return made;
}

SourceHealth only(const SourceWatch &watch, Instant now)
{
    const auto all = watch.health(now);
    return all.size() == 1 ? all.front() : SourceHealth{};
}

} // namespace

class TestSourceWatch final : public QObject
{
    Q_OBJECT

    SecretPatterns m_patterns;

private Q_SLOTS:
    void countsTheLastMinute()
    {
        SourceWatch watch(m_patterns);
        watch.delivered(delivery("stride", kNow - 70s, {kNow - 70s}), {}, {}, {});
        watch.delivered(delivery("stride", kNow - 30s, {kNow - 31s, kNow - 30s}, 1), "too deep", "application/json", "{}");
        watch.delivered(delivery("stride", kNow, {kNow}), {}, {}, {});
        const SourceHealth health = only(watch, kNow);
        QCOMPARE(health.product, std::string("stride"));
        QCOMPARE(health.protocol, std::string("otlp/http"));
        QCOMPARE(health.minuteRecords, std::uint64_t(3));
        QCOMPARE(health.minuteRejected, std::uint64_t(1));
        QCOMPARE(health.lastRefusal->reason, std::string("too deep"));
        QCOMPARE(health.lastRefusal->example, std::string("{}"));
        QCOMPARE(only(watch, kNow + 2min).minuteRecords, std::uint64_t(0));
        QVERIFY(only(watch, kNow + 2min).lastRefusal.has_value());
    }

    void lagAndGap()
    {
        SourceWatch watch(m_patterns);
        QVERIFY(watch.health(kNow).empty());
        for (int i = 0; i < 9; ++i) {
            const Instant arrival = kNow + i * 5s;
            watch.delivered(delivery("stride", arrival, {arrival - 3s, arrival - 1s}), {}, {}, {});
        }
        const SourceHealth health = only(watch, kNow + 45s);
        QCOMPARE(health.lag->count(), std::chrono::nanoseconds(2s).count());
        QCOMPARE(health.usualGap->count(), std::chrono::nanoseconds(5s).count());
        QCOMPARE(health.clockDifference->count(), std::chrono::nanoseconds(-1s).count());
    }

    void clocks_data()
    {
        QTest::addColumn<QList<qint64>>("delays"); // seconds from the newest event to its arrival
        QTest::addColumn<qint64>("difference");
        QTest::addColumn<bool>("isKnown");
        QTest::newRow("too few") << QList<qint64>{1, 1, 1} << qint64(0) << false;
        QTest::newRow("in step") << QList<qint64>{1, 2, 5, 1} << qint64(-1) << true;
        QTest::newRow("3 h ahead") << QList<qint64>{-10'800, -10'799, -10'798, -10'800} << qint64(10'800) << true;
        QTest::newRow("3 h behind") << QList<qint64>{10'800, 10'801, 10'805, 10'802} << qint64(-10'800) << true;
        QTest::newRow("one late among many") << QList<qint64>{1, 1, 1, 1, 1, 1, 1, 900} << qint64(-1) << true;
        QTest::newRow("old data, catching up") << QList<qint64>{9'000, 7'000, 5'000, 3'000, 1'000, 500} << qint64(0) << false;
    }
    void clocks()
    {
        QFETCH(QList<qint64>, delays);
        QFETCH(qint64, difference);
        QFETCH(bool, isKnown);
        SourceWatch watch(m_patterns);
        Instant arrival = kNow;
        for (const qint64 delay : delays) {
            watch.delivered(delivery("stride", arrival, {arrival - std::chrono::seconds(delay)}), {}, {}, {});
            arrival = arrival + 5s;
        }
        const SourceHealth health = only(watch, arrival);
        QCOMPARE(health.clockDifference.has_value(), isKnown);
        if (isKnown)
            QCOMPARE(std::chrono::round<std::chrono::seconds>(*health.clockDifference).count(), difference);
    }

    void refusals()
    {
        SourceWatch watch(m_patterns);
        watch.refused("sentry", kNow - 1s, "no envelope", "text/plain", "rubbish");
        watch.refused("sentry", kNow, "no envelope either", "text/plain", "more rubbish");
        const SourceHealth health = only(watch, kNow);
        QCOMPARE(health.protocol, std::string("sentry"));
        QCOMPARE(health.product, std::string());
        QCOMPARE(health.refusedRequests, std::uint64_t(2));
        QCOMPARE(health.minuteRejected, std::uint64_t(2));
        QCOMPARE(health.lastRefusal->reason, std::string("no envelope either"));
        QCOMPARE(health.lastRefusal->example, std::string("more rubbish"));
        QVERIFY(!health.lag);
    }

    void changesAreTakenOnce()
    {
        SourceWatch watch(m_patterns);
        QVERIFY(watch.changes(kNow).empty());
        watch.delivered(delivery("stride", kNow, {kNow}), {}, {}, {});
        watch.delivered(delivery("other", kNow, {kNow}), {}, {}, {});
        QCOMPARE(watch.changes(kNow).size(), std::size_t(2));
        QVERIFY(watch.changes(kNow).empty());
        watch.delivered(delivery("other", kNow, {kNow}), {}, {}, {});
        const auto changes = watch.changes(kNow);
        QCOMPARE(changes.size(), std::size_t(1));
        QCOMPARE(changes[0].document.kind, std::string(kSourceHealthKind));
        QCOMPARE(changes[0].document.name, sourceKey("otlp/http", "other", ""));
        QVERIFY(!changes[0].isRemoved);
    }

    void isBounded()
    {
        SourceWatch watch(m_patterns);
        for (std::size_t i = 0; i < SourceWatch::kMostSources + 10; ++i)
            watch.refused("protocol " + std::to_string(i), kNow, "no", {}, {});
        QCOMPARE(watch.health(kNow).size(), SourceWatch::kMostSources);
    }

    void examples_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("shown");
        QTest::newRow("empty") << QByteArray() << QByteArray();
        QTest::newRow("plain") << QByteArray("{\"a\": 1}\n") << QByteArray("{\"a\": 1}\n");
        QTest::newRow("not ended") << QByteArray("{\"a\": \"b") << QByteArray("{\"a\": \"b");
        QTest::newRow("password") << QByteArray("{\"password\": \"hunter2\", \"n\": 1}")
                                  << QByteArray("{\"password\": \"[redacted]\", \"n\": 1}");
        QTest::newRow("nested secret") << QByteArray("{\"authorization\":{\"a\":[1,\"}\"]},\"n\":1}")
                                       << QByteArray("{\"authorization\":\"[redacted]\",\"n\":1}");
        QTest::newRow("secret, cut") << QByteArray("{\"api_key\": \"abc") << QByteArray("{\"api_key\": \"[redacted]\"");
        QTest::newRow("secret number") << QByteArray("{\"password\":1234}") << QByteArray("{\"password\":\"[redacted]\"}");
        QTest::newRow("escaped quote") << QByteArray("{\"password\":\"a\\\"b\",\"n\":1}")
                                       << QByteArray("{\"password\":\"[redacted]\",\"n\":1}");
        QTest::newRow("pair of OTLP") << QByteArray("{\"key\":\"password\",\"value\":{\"stringValue\":\"hunter2\"}}")
                                      << QByteArray("{\"key\":\"password\",\"value\":\"[redacted]\"}");
        QTest::newRow("e-mail") << QByteArray("{\"who\":\"ada@example.org\"}") << QByteArray("{\"who\":\"[email]\"}");
        QTest::newRow("form") << QByteArray("a=1&token=abc&b=2") << QByteArray("a=1&token=[redacted]&b=2");
        QTest::newRow("bytes") << QByteArray("\x0a\x01\x00\xff", 4)
                               << QByteArray("4 bytes that are no text, application/x-protobuf");
    }
    void examples()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, shown);
        QCOMPARE(QByteArray::fromStdString(refusedExample(body.toStdString(), "application/x-protobuf", m_patterns)), shown);
    }

    void examplesAreShort()
    {
        const std::string euros = [] {
            std::string text;
            for (int i = 0; i < 10'000; ++i)
                text += "€";
            return text;
        }();
        const std::string shown = refusedExample(euros, {}, m_patterns);
        QVERIFY(shown.size() <= Refusal::kLongestExample);
        QVERIFY(shown.size() > Refusal::kLongestExample - 8);
        QVERIFY(QString::fromStdString(shown).endsWith(QStringLiteral("€…")));
        // A secret across the end is no secret that is half shown.
        const std::string secret = std::string(Refusal::kLongestExample - 20, 'x') + " \"password\": \"" + std::string(9'000, 'q') + "\"";
        QVERIFY(refusedExample(secret, {}, m_patterns).find('q') == std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestSourceWatch)
#include "tst_sourcewatch.moc"
