// SPDX-License-Identifier: GPL-3.0-or-later
// Real SDKs over a bad network to a busy server: what they got through is stored, and stored once.
// TELLTALE_SDK_SESSIONS=200 sends more than the usual 40 sessions.
#include "tests/endtoend/program.h"
#include "tests/endtoend/sdkcheck.h"
#include "tests/support/faultproxy.h"
#include "tests/support/fixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QMap>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace telltale::test;
using Fault = FaultProxy::Fault;

namespace {

/// What envelopes hold, by item type: how many records. What came twice counts once: the HTTP client below the SDK may send again when a
/// connection ended.
QMap<QString, qint64> itemsIn(const QList<PassingRequest> &envelopes)
{
    QMap<QString, qint64> items;
    QSet<QByteArray> known;
    for (const PassingRequest &request : envelopes) {
        if (known.contains(request.body))
            continue;
        known.insert(request.body);
        const auto unpacked = request.body.startsWith("\x1f\x8b") ? inflated(request.body, 64U << 20) : request.body.toStdString();
        for (const QByteArray &line : QByteArray::fromStdString(unpacked.value_or("")).split('\n')) {
            const QJsonObject header = QJsonDocument::fromJson(line).object();
            // The header of an item says how long it is, or how much is in it; nothing else has a type at its top and so few fields.
            if (header.contains(u"type") && (header.contains(u"item_count") || header.contains(u"length") || header.size() == 1))
                items[header[u"type"].toString()] += header[u"item_count"].toInteger(1);
        }
    }
    return items;
}

} // namespace

class TestSdkRetries final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        QVERIFY2(isSdkInstalled(), "The SDKs are not installed: run tests/run.sh, or npm ci in tests/sdk.");
    }

    /// They send again, byte for byte or (Segment) the same messages under another time.
    void everythingOnce_data()
    {
        QTest::addColumn<QStringList>("arguments");
        const auto row = [](const char *name, const QStringList &arguments) { QTest::newRow(name) << arguments; };
        const QStringList otlp{QStringLiteral("otlp-js.mjs"), QStringLiteral("--protocol")};
        row("OTLP, JSON", otlp + QStringList{QStringLiteral("http/json")});
        row("OTLP, protobuf, gzip", otlp + QStringList{QStringLiteral("http/protobuf"), QStringLiteral("--compression"), QStringLiteral("gzip")});
        row("PostHog", {QStringLiteral("posthog-node.mjs")});
        row("PostHog, v1", {QStringLiteral("posthog-node.mjs"), QStringLiteral("--mode"), QStringLiteral("v1")});
        row("Segment", {QStringLiteral("segment-node.mjs")});
    }
    void everythingOnce()
    {
        QFETCH(QStringList, arguments);
        const bool isSegment = arguments.first().startsWith(QLatin1String("segment"));
        const auto choose = isSegment ? faultAtFirst([](const PassingRequest &request) {
            const QJsonArray messages = QJsonDocument::fromJson(request.body)[u"batch"].toArray();
            return messages.first()[u"messageId"].toString().toUtf8();
        })
                                      : faultAtFirst();
        Collector collector(cacheFor());
        QVERIFY(collector.start());
        FaultProxy proxy(QUrl(collector.endpoint()), choose);
        const QJsonObject sent = runSdk(arguments, proxy.endpoint(), 11);
        QVERIFY(!sent.isEmpty());
        qInfo("503: %d, answer lost: %d, dropped: %d, passed: %d", proxy.count(Fault::Busy), proxy.count(Fault::AnswerLost),
              proxy.count(Fault::Dropped), proxy.count(Fault::None));
        for (const Fault fault : {Fault::Busy, Fault::AnswerLost, Fault::Dropped})
            QVERIFY(proxy.count(fault) > 0);
        if (isSegment)
            compareSegment(collector.cache(), sent);
        else if (arguments.first().startsWith(QLatin1String("posthog")))
            comparePostHog(collector.cache(), sent);
        else
            compareOtlp(collector.cache(), sent, true);
        QVERIFY(duplicatesOf(collector) > 0);
        QVERIFY(collector.stop());
    }

    /// Over gRPC nothing is sent again; what the client believes lost is stored all the same, once.
    void grpcAnswersLost()
    {
        Collector collector(cacheFor());
        QVERIFY(collector.start());
        CuttingTunnel tunnel(QUrl(collector.grpcEndpoint()), 3);
        const QJsonObject sent = runSdk({QStringLiteral("otlp-js.mjs"), QStringLiteral("--protocol"), QStringLiteral("grpc")}, tunnel.endpoint(), 11);
        QVERIFY(!sent.isEmpty());
        QCOMPARE(tunnel.lost(), 3);
        compareOtlp(collector.cache(), sent, true);
        QVERIFY(collector.stop());
    }

    /// Sentry's SDK sends nothing again: what was delivered is there, whether or not it heard so.
    void sentry_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("streamed spans") << QStringList{QStringLiteral("sentry-node.mjs")};
        QTest::newRow("transactions") << QStringList{QStringLiteral("sentry-node.mjs"), QStringLiteral("--trace-lifecycle"), QStringLiteral("static")};
    }
    void sentry()
    {
        QFETCH(QStringList, arguments);
        Collector collector(cacheFor());
        QVERIFY(collector.start());
        // As Telltale itself: with Retry-After the SDK would fall silent.
        FaultProxy proxy(QUrl(collector.endpoint()), faultAtFirst(), false);
        const QJsonObject sent = runSdk(arguments, proxy.endpoint(), 11);
        QVERIFY(!sent.isEmpty());
        for (const Fault fault : {Fault::Busy, Fault::AnswerLost, Fault::Dropped, Fault::None})
            QVERIFY(proxy.count(fault) > 0);
        const QMap<QString, qint64> items = itemsIn(proxy.delivered());
        const QJsonObject totals = rowsOf(collector.cache(), {QStringLiteral("totals")})[0].toObject();
        QCOMPARE(totals[u"errors"].toInteger(), items[QStringLiteral("event")]);
        QCOMPARE(totals[u"logs"].toInteger(), items[QStringLiteral("log")]);
        QCOMPARE(totals[u"metric_points"].toInteger(), items[QStringLiteral("trace_metric")]);
        QCOMPARE(totals[u"spans"].toInteger(), items[QStringLiteral("span")] + items[QStringLiteral("transaction")]);
        QVERIFY(items[QStringLiteral("event")] > 0);
        QVERIFY(items[QStringLiteral("event")] < sent[u"counts"][u"errors"].toInteger());
        QVERIFY(collector.stop());
    }

private:
    QString cacheFor() const
    {
        static int number = 0;
        return m_folder.filePath(QStringLiteral("%1.db").arg(++number));
    }
    static qint64 duplicatesOf(const Collector &collector)
    {
        qint64 duplicates = 0;
        for (const QJsonValue &row : rowsOf(collector.cache(), {QStringLiteral("sources")}))
            duplicates += row[u"duplicates"].toInteger();
        return duplicates;
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestSdkRetries)
#include "tst_sdkretries.moc"
