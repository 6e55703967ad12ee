// SPDX-License-Identifier: GPL-3.0-or-later
// What SDKs say they sent is what telltale query answers. TELLTALE_SDK_SESSIONS=200 sends more than the usual 40 sessions.
#include "tests/endtoend/program.h"
#include "tests/endtoend/realbroker.h"
#include "tests/endtoend/sdkcheck.h"

#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace telltale::test;

/// Unmodified SDKs send; what they say they sent is what telltale query answers.
class TestSdk final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        QVERIFY2(isSdkInstalled(), "The SDKs are not installed: run tests/run.sh, or npm ci in tests/sdk.");
    }

    void countsAgree_data()
    {
        QTest::addColumn<QString>("protocol");
        QTest::addColumn<QString>("compression");
        QTest::addColumn<QString>("temporality");
        QTest::newRow("json") << QStringLiteral("http/json") << QStringLiteral("none")
                              << QStringLiteral("cumulative");
        QTest::newRow("json, gzip") << QStringLiteral("http/json") << QStringLiteral("gzip")
                                    << QStringLiteral("cumulative");
        QTest::newRow("protobuf") << QStringLiteral("http/protobuf") << QStringLiteral("none")
                                  << QStringLiteral("cumulative");
        QTest::newRow("protobuf, gzip")
            << QStringLiteral("http/protobuf") << QStringLiteral("gzip") << QStringLiteral("cumulative");
        QTest::newRow("grpc") << QStringLiteral("grpc") << QStringLiteral("none") << QStringLiteral("cumulative");
        QTest::newRow("grpc, gzip") << QStringLiteral("grpc") << QStringLiteral("gzip")
                                    << QStringLiteral("cumulative");
        QTest::newRow("protobuf, gzip, delta")
            << QStringLiteral("http/protobuf") << QStringLiteral("gzip") << QStringLiteral("delta");
    }
    void countsAgree()
    {
        QFETCH(QString, protocol);
        QFETCH(QString, compression);
        QFETCH(QString, temporality);
        const QString name = QString::fromUtf8(QTest::currentDataTag())
                                 .remove(QLatin1Char(' '))
                                 .replace(QLatin1Char(','), QLatin1Char('-'));
        Collector collector(m_folder.filePath(name + QStringLiteral(".db")));
        QVERIFY(collector.start());
        const QString endpoint = protocol == QLatin1String("grpc") ? collector.grpcEndpoint() : collector.endpoint();
        const QJsonObject sent = runSdk({QStringLiteral("otlp-js.mjs"), QStringLiteral("--protocol"), protocol, QStringLiteral("--compression"),
                                         compression, QStringLiteral("--temporality"), temporality},
                                        endpoint, 7);
        QVERIFY(!sent.isEmpty());
        // Delta leaves out what was not measured since the last export, so the last one is smaller than the
        // others.
        compareOtlp(collector.cache(), sent, temporality == QLatin1String("cumulative"));
        QVERIFY(collector.stop());
    }

    void otherSdks_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("sentry") << QStringList{QStringLiteral("sentry-node.mjs")};
        QTest::newRow("sentry, transactions")
            << QStringList{QStringLiteral("sentry-node.mjs"), QStringLiteral("--trace-lifecycle"), QStringLiteral("static")};
        QTest::newRow("posthog") << QStringList{QStringLiteral("posthog-node.mjs")};
        QTest::newRow("posthog, v1")
            << QStringList{QStringLiteral("posthog-node.mjs"), QStringLiteral("--mode"), QStringLiteral("v1")};
        QTest::newRow("segment") << QStringList{QStringLiteral("segment-node.mjs")};
    }
    void otherSdks()
    {
        QFETCH(QStringList, arguments);
        const QString name = QString::fromUtf8(QTest::currentDataTag()).remove(QLatin1Char(' '));
        Collector collector(m_folder.filePath(name + QStringLiteral(".db")));
        QVERIFY(collector.start());
        const QJsonObject sent = runSdk(arguments, collector.endpoint(), 7);
        QVERIFY(!sent.isEmpty());
        const QString first = arguments.first();
        if (first.startsWith(QLatin1String("sentry")))
            compareSentry(collector.cache(), sent);
        else if (first.startsWith(QLatin1String("posthog")))
            comparePostHog(collector.cache(), sent);
        else
            compareSegment(collector.cache(), sent);
        QVERIFY(collector.stop());
    }

    void statsd_data()
    {
        QTest::addColumn<QString>("flavor");
        for (const char *flavor : {"dogstatsd", "statsd", "telegraf"})
            QTest::newRow(flavor) << QString::fromLatin1(flavor);
    }
    void statsd()
    {
        QFETCH(QString, flavor);
        Collector collector(m_folder.filePath(flavor + QStringLiteral(".db")));
        QVERIFY(collector.start());
        const QString endpoint = collector.ready().value(QStringLiteral("statsd")).toString();
        QVERIFY2(endpoint.startsWith(QLatin1String("udp://127.0.0.1:")), qPrintable(endpoint));
        const QJsonObject sent = runSdk({QStringLiteral("statsd-hotshots.mjs"), QStringLiteral("--flavor"), flavor}, endpoint, 7);
        QVERIFY(!sent.isEmpty());
        QVERIFY(collector.stop()); // what is still in the socket is read first
        const QString cache = collector.cache();
        const qint64 lines = sent[u"steps"][0][u"counts"][u"lines"].toInteger();
        QVERIFY(lines > 100);
        QCOMPARE(rowsOf(cache, {QStringLiteral("totals")})[0][u"metric_points"].toInteger(), lines);
        QMap<QString, qint64> names;
        const QJsonObject named = sent[u"names"].toObject();
        for (auto it = named.begin(); it != named.end(); ++it)
            names.insert(it.key(), it.value().toInteger());
        QCOMPARE(counted(rowsOf(cache, {QStringLiteral("metrics")}), QStringLiteral("metric"), QStringLiteral("points")),
                 names);
        const QJsonArray sums = rowsOf(cache, {QStringLiteral("metric"), QStringLiteral("stride.feature"), QStringLiteral("--value"),
                                               QStringLiteral("sum"), QStringLiteral("--step"), QStringLiteral("1d")});
        double sum = 0;
        for (const QJsonValue &row : sums)
            sum += row[u"value"].toDouble();
        QCOMPARE(sum, sent[u"steps"][0][u"sums"][u"stride.feature"].toDouble());
    }

    /// A registry pushed once: every sample of it, with the values that the program counted itself.
    void pushgateway()
    {
        Collector collector(m_folder.filePath(QStringLiteral("push.db")));
        QVERIFY(collector.start());
        const QJsonObject sent = runSdk({QStringLiteral("prom-client.mjs")}, collector.endpoint(), 7);
        QVERIFY(!sent.isEmpty());
        const QJsonObject expected = sent[u"steps"][0][u"expected"].toObject();
        const auto valueOf = [&](const QString &metric, const char *value) {
            double sum = 0;
            for (const QJsonValue &row : rowsOf(collector.cache(), {QStringLiteral("metric"), metric, QStringLiteral("--value"), QString::fromLatin1(value),
                                                                    QStringLiteral("--step"), QStringLiteral("1d")}))
                sum += row[u"value"].toDouble();
            return sum;
        };
        // "NAME{label=value}": what all series of a metric should say together
        const auto together = [](const QJsonObject &series, const QString &field) {
            QMap<QString, double> sums;
            for (auto it = series.begin(); it != series.end(); ++it)
                sums[it.key().section(QLatin1Char('{'), 0, 0)] += field.isEmpty() ? it.value().toDouble() : it.value()[field].toDouble();
            return sums;
        };
        const QString load = QStringLiteral("stride_screen_load_seconds"), sync = QStringLiteral("stride_sync_seconds"),
                      opens = QStringLiteral("stride_app_opens_total"), active = QStringLiteral("stride_active_sessions");
        const QJsonObject histograms = expected[u"histograms"].toObject(), summaries = expected[u"summaries"].toObject();
        QVERIFY(together(histograms, QStringLiteral("count"))[load] > 100);
        QCOMPARE(valueOf(load, "count"), together(histograms, QStringLiteral("count"))[load]);
        QCOMPARE(valueOf(load, "sum"), together(histograms, QStringLiteral("sum"))[load]);
        QCOMPARE(valueOf(sync, "count"), together(summaries, QStringLiteral("count"))[sync]);
        QCOMPARE(valueOf(sync, "sum"), together(summaries, QStringLiteral("sum"))[sync]);
        QCOMPARE(valueOf(opens, "sum"), together(expected[u"counters"].toObject(), {})[opens]);
        QCOMPARE(valueOf(active, "max"), expected[u"gauges"][active].toDouble());
        QVERIFY(collector.stop());
    }

    /// Each message one event of its user's session, as a mapping of ours says.
    void mqtt()
    {
        if (RealBroker::program().isEmpty())
            QSKIP("mosquitto is not installed; resources/packages-tests.txt names it");
        QFile mapping(m_folder.filePath(QStringLiteral("mqtt.json")));
        QVERIFY(mapping.open(QIODevice::WriteOnly));
        mapping.write(R"({"topics": [{"topic": "stride/{user}/events/+", "time": "/t", "event": "/kind", "session": "/session", "release": "/version"}]})");
        mapping.close();
        RealBroker broker(m_folder.filePath(QStringLiteral("broker")));
        QVERIFY(broker.start());
        Collector collector(m_folder.filePath(QStringLiteral("mqtt.db")));
        QVERIFY(collector.start({QStringLiteral("--mqtt"), broker.url() + QStringLiteral("/#"), QStringLiteral("--mqtt-mapping"), mapping.fileName()}));
        const auto points = [&] { return rowsOf(collector.cache(), {QStringLiteral("totals")})[0][u"metric_points"].toInteger(); };
        // Until the subscription stands.
        QTRY_VERIFY_WITH_TIMEOUT(broker.publish(QStringLiteral("before"), {"1"}, 1) && points() > 0, 30'000);
        const QJsonObject sent = runSdk({QStringLiteral("mqtt-js.mjs")}, broker.url(), 7);
        const qint64 published = sent[u"counts"][u"publishes"].toInteger();
        QVERIFY(published > 100);
        QTRY_COMPARE_WITH_TIMEOUT(rowsOf(collector.cache(), {QStringLiteral("totals")})[0][u"usage_events"].toInteger(), published, 60'000);
        QMap<QString, qint64> kinds; // the last level of the topic
        const QJsonObject topics = sent[u"names"].toObject();
        for (auto it = topics.begin(); it != topics.end(); ++it)
            kinds[it.key().section(QLatin1Char('/'), -1)] += it.value().toInteger();
        QCOMPARE(counted(rowsOf(collector.cache(), {QStringLiteral("features")}), QStringLiteral("feature"), QStringLiteral("events")), kinds);
        compareSessions(collector.cache(), sent);
        QVERIFY(collector.stop());
    }

    // What README tells people to write works as it stands, but for the port.
    void snippetOfTheReadme()
    {
        QFile readme(QStringLiteral(TELLTALE_TEST_DATA) + QStringLiteral("/../README.md"));
        QVERIFY(readme.open(QIODevice::ReadOnly));
        QString snippet;
        const QStringList lines = QString::fromUtf8(readme.readAll()).split(QLatin1Char('\n'));
        for (qsizetype i = lines.indexOf(QRegularExpression(QStringLiteral("^    import .*")));
             i >= 0 && i < lines.size(); ++i) {
            if (!lines[i].isEmpty() && !lines[i].startsWith(QLatin1String("    ")))
                break;
            snippet += lines[i] + QLatin1Char('\n');
        }
        QVERIFY(snippet.contains(QLatin1String("http://127.0.0.1:4318")));
        Collector collector(m_folder.filePath(QStringLiteral("readme.db")));
        QVERIFY(collector.start());
        snippet.replace(QLatin1String("http://127.0.0.1:4318"), collector.endpoint());
        const Outcome outcome =
            runProgram(QStringLiteral("node"),
                       {QStringLiteral("--input-type=module"), QStringLiteral("-e"), snippet}, sdkFolder());
        QVERIFY2(outcome.exitCode == 0, outcome.errors.constData());
        const QJsonArray totals = rowsOf(collector.cache(), {QStringLiteral("totals")});
        for (const char *one : {"usage_events", "screen_views", "sessions", "users"})
            QVERIFY2(totals[0][QLatin1String(one)].toInteger() == 1, one);
        QCOMPARE(counted(rowsOf(collector.cache(), {QStringLiteral("features")}), QStringLiteral("feature"), QStringLiteral("events")),
                 (QMap<QString, qint64>{{QStringLiteral("Start workout"), 1}}));
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestSdk)
#include "tst_sdk.moc"
