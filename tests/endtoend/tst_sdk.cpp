// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endtoend/program.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace telltale::test;

namespace {

QString sdkFolder()
{
    return QStringLiteral(TELLTALE_TEST_DATA) + QStringLiteral("/sdk");
}

QSet<QString> textsOf(const QJsonArray &array)
{
    QSet<QString> result;
    for (const QJsonValue &value : array)
        result.insert(value.toString());
    return result;
}

QSet<QString> column(const QJsonArray &rows, const QString &name)
{
    QSet<QString> result;
    for (const QJsonValue &row : rows)
        result.insert(row[name].toString());
    return result;
}

// Passes everything on, but cuts the first connections when the answer comes: the client knows nothing, the
// receiver has it.
class ForgetfulProxy final : public QObject
{
    Q_OBJECT

public:
    ForgetfulProxy(const QUrl &target, int answersToLose)
        : m_target(target)
        , m_answersToLose(answersToLose)
    {
        m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QTcpServer::newConnection, this,
                [this] { connectThrough(m_server.nextPendingConnection()); });
    }

    QString endpoint() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort()); }
    int lost() const { return m_lost; }

private:
    void connectThrough(QTcpSocket *client)
    {
        auto *receiver = new QTcpSocket(client);
        receiver->connectToHost(m_target.host(), static_cast<quint16>(m_target.port()));
        connect(client, &QTcpSocket::readyRead, receiver, [client, receiver, this] {
            // The Host header keeps naming the receiver, which answers to no other name.
            const QByteArray ours = "127.0.0.1:" + QByteArray::number(m_server.serverPort());
            const QByteArray theirs = "127.0.0.1:" + QByteArray::number(m_target.port());
            QByteArray data = client->readAll();
            data.replace(ours, theirs);
            receiver->write(data);
        });
        connect(receiver, &QTcpSocket::readyRead, client, [client, receiver, this] {
            const QByteArray answer = receiver->readAll();
            if (m_lost < m_answersToLose) {
                ++m_lost;
                client->abort();
            } else {
                client->write(answer);
            }
        });
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
        connect(receiver, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
    }

    QTcpServer m_server;
    const QUrl m_target;
    const int m_answersToLose;
    int m_lost = 0;
};

} // namespace

/// The unmodified OpenTelemetry SDK for JavaScript sends; what it says it sent is what telltale query
/// answers.
class TestSdk final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        QVERIFY2(QFileInfo::exists(sdkFolder() + QStringLiteral("/node_modules/@opentelemetry/sdk-logs")),
                 "The SDK is not installed: run tests/run.sh, or npm ci in tests/sdk.");
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
        const Outcome outcome = runProgram(QStringLiteral("node"),
                                           sdkArguments(protocol == QLatin1String("grpc") ? collector.grpcEndpoint()
                                                                                          : collector.endpoint(),
                                                        protocol, 7) +
                                               QStringList{QStringLiteral("--compression"), compression,
                                                           QStringLiteral("--temporality"), temporality},
                                           sdkFolder());
        QVERIFY2(outcome.exitCode == 0, outcome.errors.constData());
        // Delta leaves out what was not measured since the last export, so the last one is smaller than the
        // others.
        compare(collector, QJsonDocument::fromJson(outcome.output).object(),
                temporality == QLatin1String("cumulative"));
        QVERIFY(collector.stop());
    }

    void lostAnswersAreNotStoredTwice()
    {
        Collector collector(m_folder.filePath(QStringLiteral("retry.db")));
        QVERIFY(collector.start());
        ForgetfulProxy proxy(QUrl(collector.endpoint()), 2);
        QProcess node;
        node.setWorkingDirectory(sdkFolder());
        QSignalSpy finished(&node, &QProcess::finished);
        node.start(QStringLiteral("node"),
                   sdkArguments(proxy.endpoint(), QStringLiteral("http/protobuf"), 11) +
                       QStringList{QStringLiteral("--signals"), QStringLiteral("logs,traces")});
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 120'000);
        QVERIFY2(node.exitCode() == 0, node.readAllStandardError().constData());
        QCOMPARE(proxy.lost(), 2);
        compare(collector, QJsonDocument::fromJson(node.readAllStandardOutput()).object(), true);
        qint64 duplicates = 0;
        for (const QJsonValue &row : rowsOf(collector.cache(), {QStringLiteral("sources")}))
            duplicates += row[u"duplicates"].toInteger();
        QVERIFY(duplicates > 0);
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
        const Outcome outcome = runProgram(
            QStringLiteral("node"),
            arguments + QStringList{QStringLiteral("--endpoint"), collector.endpoint(), QStringLiteral("--sessions"),
                                    QStringLiteral("200"), QStringLiteral("--events"), QStringLiteral("25"),
                                    QStringLiteral("--seed"), QStringLiteral("7")},
            sdkFolder());
        QVERIFY2(outcome.exitCode == 0, outcome.errors.constData());
        const QJsonObject sent = QJsonDocument::fromJson(outcome.output).object();
        const QJsonObject counts = sent[u"counts"].toObject();
        const QJsonObject totals = rowsOf(collector.cache(), {QStringLiteral("totals")})[0].toObject();
        const auto total = [&](QStringView key) { return totals[key].toInteger(); };
        QCOMPARE(total(u"sessions"), sent[u"sessions"].toArray().size());
        QCOMPARE(total(u"users"), sent[u"users"].toArray().size());
        const QString first = arguments.first();
        if (first.startsWith(QLatin1String("sentry"))) {
            QCOMPARE(total(u"errors"), counts[u"errors"].toInteger());
            QCOMPARE(total(u"spans"), counts[u"transactions"].toInteger());
            QCOMPARE(total(u"logs"), counts[u"logs"].toInteger());
            QCOMPARE(total(u"metric_points"), counts[u"metrics"].toInteger());
        } else {
            const qint64 all = counts[first.startsWith(QLatin1String("posthog")) ? u"events" : u"messages"].toInteger();
            QCOMPARE(total(u"usage_events") + total(u"screen_views") + total(u"errors") + total(u"logs"), all);
            const QJsonObject names = sent[u"names"].toObject();
            const auto features = counted(rowsOf(collector.cache(), {QStringLiteral("features")}),
                                          QStringLiteral("feature"), QStringLiteral("events"));
            QVERIFY(!features.isEmpty());
            for (auto it = features.begin(); it != features.end(); ++it)
                QCOMPARE(it.value(), names[it.key()].toInteger());
        }
        const QJsonObject types = sent[u"errors"].toObject();
        if (!first.startsWith(QLatin1String("segment"))) { // there a crash is an event like any other
            QCOMPARE(counted(rowsOf(collector.cache(), {QStringLiteral("errors")}), QStringLiteral("type"),
                             QStringLiteral("events")),
                     (QMap<QString, qint64>{{QStringLiteral("SyncError"), types[u"SyncError"].toInteger()}}));
        }
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
        const Outcome outcome = runProgram(
            QStringLiteral("node"),
            {QStringLiteral("statsd-hotshots.mjs"), QStringLiteral("--endpoint"), endpoint, QStringLiteral("--flavor"),
             flavor, QStringLiteral("--sessions"), QStringLiteral("40"), QStringLiteral("--seed"), QStringLiteral("7")},
            sdkFolder());
        QVERIFY2(outcome.exitCode == 0, outcome.errors.constData());
        QVERIFY(collector.stop()); // what is still in the socket is read first
        const QJsonObject sent = QJsonDocument::fromJson(outcome.output).object();
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
        QCOMPARE(column(rowsOf(collector.cache(), {QStringLiteral("features")}), QStringLiteral("feature")),
                 QSet<QString>{QStringLiteral("Start workout")});
    }

private:
    static QStringList sdkArguments(const QString &endpoint, const QString &protocol, int seed)
    {
        return {QStringLiteral("otlp-js.mjs"),
                QStringLiteral("--endpoint"),
                endpoint,
                QStringLiteral("--protocol"),
                protocol,
                QStringLiteral("--sessions"),
                QStringLiteral("40"),
                QStringLiteral("--events"),
                QStringLiteral("15"),
                QStringLiteral("--seed"),
                QString::number(seed)};
    }

    // The SDK names what it sent by event name; which kind of record that is, is our mapping.
    static void compare(const Collector &collector, const QJsonObject &sent, bool hasAllPointsAgain)
    {
        const QJsonObject names = sent[u"names"].toObject();
        const QJsonObject counts = sent[u"counts"].toObject();
        const qint64 clicks = names[u"app.widget.click"].toInteger();
        const qint64 used = names[u"stride.feature.used"].toInteger();
        const qint64 views = names[u"app.screen.view"].toInteger();
        QVERIFY(clicks > 0 && used > 0 && views > 0);

        const QString cache = collector.cache();
        const QJsonArray totals = rowsOf(cache, {QStringLiteral("totals")});
        QCOMPARE(totals.size(), 1);
        QCOMPARE(totals[0][u"usage_events"].toInteger(), clicks + used);
        QCOMPARE(totals[0][u"screen_views"].toInteger(), views);
        QCOMPARE(totals[0][u"errors"].toInteger(),
                 names[u"exception"].toInteger() + counts[u"spanExceptions"].toInteger());
        QCOMPARE(totals[0][u"spans"].toInteger(), counts[u"spans"].toInteger());
        QCOMPARE(totals[0][u"logs"].toInteger(),
                 names[u"device.app.lifecycle"].toInteger() + names[u"app.jank"].toInteger());
        QCOMPARE(totals[0][u"sessions"].toInteger(), sent[u"sessions"].toArray().size());
        // Spans below the first one name only their session: their errors are those of the session's user.
        QCOMPARE(totals[0][u"users"].toInteger(), sent[u"users"].toArray().size());
        // Every export was counted but the one at shutdown, which repeats the last one.
        const qint64 again = sent[u"steps"].toArray().at(0).toObject().value(u"lastExport").toArray().size();
        const qint64 points = totals[0][u"metric_points"].toInteger();
        if (hasAllPointsAgain)
            QCOMPARE(points, counts[u"dataPoints"].toInteger() + again);
        else
            QVERIFY(points >= counts[u"dataPoints"].toInteger() &&
                    points < counts[u"dataPoints"].toInteger() + again);

        QMap<QString, qint64> features = counted(rowsOf(cache, {QStringLiteral("features")}),
                                                 QStringLiteral("feature"), QStringLiteral("events"));
        QCOMPARE(features.take(QStringLiteral("stride.feature.used")), used);
        qint64 clicked = 0;
        for (qint64 count : std::as_const(features))
            clicked += count;
        QCOMPARE(clicked, clicks);
        QVERIFY(features.contains(QStringLiteral("Share 🏃")));

        // Metrics say what the last export said; what rises is counted once, however often it was exported.
        const QJsonArray exported = sent[u"steps"].toArray().at(0).toObject().value(u"lastExport").toArray();
        int compared = 0;
        for (const QJsonValue &metric : exported) {
            const bool isCumulative = metric[u"temporality"].toInt() == 2;
            const QString type = metric[u"type"].toString();
            if (!metric[u"attributes"].toObject().isEmpty() || !isCumulative || type == QLatin1String("gauge"))
                continue;
            const QString field = type == QLatin1String("sum") ? QStringLiteral("value") : QStringLiteral("sum");
            double sum = 0;
            for (const QJsonValue &row :
                 rowsOf(cache, {QStringLiteral("metric"), metric[u"metric"].toString(), QStringLiteral("--value"),
                                QStringLiteral("sum"), QStringLiteral("--step"), QStringLiteral("1d")}))
                sum = type == QLatin1String("sum") ? row[u"value"].toDouble() : sum + row[u"value"].toDouble();
            QCOMPARE(sum, metric[field].toDouble());
            ++compared;
        }
        QVERIFY(!hasAllPointsAgain || exported.isEmpty() || compared >= 2);
        qint64 spans = 0;
        for (const QJsonValue &row : rowsOf(cache, {QStringLiteral("operations")}))
            spans += row[u"spans"].toInteger();
        QCOMPARE(spans, counts[u"spans"].toInteger());
        spans = 0;
        const QJsonArray traces = rowsOf(cache, {QStringLiteral("traces")});
        for (const QJsonValue &row : traces)
            spans += row[u"spans"].toInteger();
        QCOMPARE(spans, counts[u"spans"].toInteger());
        const QJsonArray tree = rowsOf(cache, {QStringLiteral("trace"), traces[0][u"trace"].toString()});
        QCOMPARE(tree.size(), traces[0][u"spans"].toInteger());
        QCOMPARE(tree[0][u"operation"].toString(), traces[0][u"root"].toString());

        qint64 viewed = 0;
        for (qint64 count : counted(rowsOf(cache, {QStringLiteral("screens")}), QStringLiteral("screen"),
                                    QStringLiteral("views")))
            viewed += count;
        QCOMPARE(viewed, views);

        const QJsonArray sessions = rowsOf(cache, {QStringLiteral("sessions")});
        QCOMPARE(column(sessions, QStringLiteral("session")), textsOf(sent[u"sessions"].toArray()));
        QCOMPARE(column(sessions, QStringLiteral("user")), textsOf(sent[u"users"].toArray()));

        QMap<QString, qint64> errors;
        const QJsonObject sentErrors = sent[u"errors"].toObject();
        for (auto it = sentErrors.begin(); it != sentErrors.end(); ++it)
            errors[it.key()] = it.value().toInteger();
        QCOMPARE(counted(rowsOf(cache, {QStringLiteral("errors")}), QStringLiteral("type"),
                         QStringLiteral("events")),
                 errors);
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestSdk)
#include "tst_sdk.moc"
