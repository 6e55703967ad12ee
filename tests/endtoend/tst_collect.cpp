// SPDX-License-Identifier: GPL-3.0-or-later
// The command itself: what it prints, how it ends, what it refuses.
#include "tests/endtoend/program.h"
#include "tests/endtoend/stored.h"
#include "tests/models/sources/mqtt/fakebroker.h"
#include "tests/support/rawclient.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <csignal>
#include <thread>

using namespace telltale;
using namespace telltale::test;

namespace {

constexpr const char *kEvent =
    R"({"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1763625600000000000","eventName":"one"}]}]}]})";

} // namespace

class TestCollect final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString file(const char *name) const { return m_folder.filePath(QLatin1String(name)); }
    static std::uint16_t portOf(const test::Collector &collector)
    {
        return static_cast<std::uint16_t>(QUrl(collector.endpoint()).port());
    }

private Q_SLOTS:
    void readyLine()
    {
        test::Collector collector(file("ready.db"));
        QVERIFY(collector.start());
        const QJsonObject ready = collector.ready();
        QCOMPARE(ready.value(u"ready").toBool(), true);
        QVERIFY(ready.value(u"otlp_http").toString().startsWith(QStringLiteral("http://127.0.0.1:")));
        QVERIFY(ready.contains(u"otlp_grpc"));
        QCOMPARE(ready.value(u"cache").toString(), collector.cache());
        QVERIFY(ready.value(u"pid").toInteger() > 1);
        for (const char *host : {"127.0.0.1", "::1"})
            QVERIFY2(RawClient(portOf(collector), host).isConnected(), host);
        QVERIFY(collector.stop());
    }

    void endsWellOnSignals_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGTERM") << SIGTERM;
    }

    void endsWellOnSignals()
    {
        QFETCH(int, signal);
        const QString cache = file(QTest::currentDataTag());
        QProcess process;
        process.start(telltaleProgram(), {QStringLiteral("collect"), QStringLiteral("--otlp-http"),
                                          QStringLiteral("127.0.0.1:0"), QStringLiteral("--cache"), cache});
        QTRY_VERIFY_WITH_TIMEOUT(process.canReadLine(), 30000);
        const QByteArray line = process.readLine();
        const auto port = static_cast<std::uint16_t>(
            QUrl(QJsonDocument::fromJson(line).object().value(u"otlp_http").toString()).port());
        QCOMPARE(test::ask(port, postRequest(port, "/v1/logs", "application/json", kEvent))->status, 200);
        ::kill(static_cast<pid_t>(process.processId()), signal);
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(process.readAllStandardOutput(), QByteArray()); // one line, no more
        QCOMPARE(process.readAllStandardError(), QByteArray());
        QCOMPARE(readCache(cache.toStdString()).logRecords(), std::uint64_t(1));
        QVERIFY2(!QFileInfo::exists(cache + QStringLiteral("-wal")) ||
                     QFileInfo(cache + QStringLiteral("-wal")).size() == 0,
                 "the log is moved into the file at the end");
    }

    void onlyTheOwnerReadsTheCache()
    {
        const QString folder = file("made/by/us");
        test::Collector collector(folder + QStringLiteral("/cache.db"));
        QVERIFY(collector.start());
        const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther |
                            QFileDevice::WriteOther;
        QVERIFY(!(QFile::permissions(collector.cache()) & others));
        QVERIFY(!(QFile::permissions(folder) & others));
    }

    void aLockedCacheNamesItsOwner()
    {
        test::Collector owner(file("locked.db"));
        QVERIFY(owner.start());
        const Outcome second =
            runTelltale({QStringLiteral("collect"), QStringLiteral("--otlp-http"),
                         QStringLiteral("127.0.0.1:0"), QStringLiteral("--cache"), owner.cache()});
        QCOMPARE(second.exitCode, 1);
        QCOMPARE(second.output, QByteArray());
        QVERIFY2(second.errors.contains(QByteArray::number(owner.ready().value(u"pid").toInteger())),
                 second.errors.constData());
    }

    void aBusyPortNamesItsHolder()
    {
        test::Collector owner(file("busy.db"));
        QVERIFY(owner.start());
        const Outcome second = runTelltale({QStringLiteral("collect"), QStringLiteral("--otlp-http"),
                                            QStringLiteral("127.0.0.1:") + QString::number(portOf(owner)),
                                            QStringLiteral("--cache"), file("b2.db")});
        QCOMPARE(second.exitCode, 1);
        QVERIFY2(second.errors.contains(QByteArray::number(owner.ready().value(u"pid").toInteger())),
                 second.errors.constData());
    }

    /// The settings file says where and what; the command line wins.
    void settings()
    {
        const QString path = file("telltale.ini");
        QFile text(path);
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write("[receive]\notlp_http = 127.0.0.1:1\nstatsd = none\ncolour = red\ntoken = file\n"
                   "otlp_http_paused = yes\n[keep]\nage = soon\n");
        text.close();
        QFile token(file("telltale.receiver-token"));
        QVERIFY(token.open(QIODevice::WriteOnly));
        token.write("open sesame\n");
        token.close();
        test::Collector collector(file("settings.db"));
        QVERIFY(collector.start({QStringLiteral("--settings"), path})); // on a port of its own
        const std::uint16_t port = portOf(collector);
        const auto without = test::ask(port, postRequest(port, "/v1/logs", "application/json", kEvent));
        QCOMPARE(without->status, 401);
        const auto with = test::ask(port, postRequest(port, "/v1/logs", "application/json", kEvent, "Authorization: Bearer open sesame\r\n"));
        QCOMPARE(with->status, 503); // paused
        QVERIFY(collector.stop());
        QCOMPARE(readCache(collector.cache().toStdString()).logRecords(), std::uint64_t(0));
    }

    /// Brokers and files of the settings, without a word on the command line.
    void settingsSayWhatIsListenedTo()
    {
        FakeBroker broker;
        QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("followed")));
        QFile log(file("followed/a.csv"));
        QVERIFY(log.open(QIODevice::WriteOnly) && log.write("What,Who\nopened,ann\nclosed,ann\n") > 0);
        log.close();
        QFile password(file("telltale.mqtt-password plant"));
        QVERIFY(password.open(QIODevice::WriteOnly) && password.write("open sesame\n") > 0);
        password.close();
        QFile text(file("listening.ini"));
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write(QStringLiteral("[receive]\notlp_http = none\notlp_grpc = none\nstatsd = none\n"
                                  "[mqtt plant]\nbroker = mqtt://127.0.0.1:%1\nuser = reader\npassword = file\ntopic = plant/# qos 1\n"
                                  "[mqtt other]\nbroker = mqtt://127.0.0.1:%1\npaused = yes\n"
                                  "[follow table]\npath = %2\ncolumn = event=What\nproduct = Stride\n")
                       .arg(broker.port)
                       .arg(file("followed"))
                       .toUtf8());
        text.close();
        test::Collector collector(file("listening.db"));
        std::thread accepting([&broker] {
            if (!broker.accept(false))
                return;
            broker.subAck(broker.read(), 1);
            broker.publish(1, "plant/a", "21.5");
        });
        const bool isReady = collector.start({QStringLiteral("--settings"), text.fileName()});
        accepting.join();
        QVERIFY(isReady);
        QVERIFY(broker.connect.body.contains("open sesame"));
        QCOMPARE(broker.read().type, int(FakeBroker::PubAck)); // it is stored
        QCOMPARE(collector.ready()[u"followed"].toArray(), QJsonArray{file("followed")});
        const auto names = [&] { return readCache(collector.cache().toStdString()).names; };
        QTRY_COMPARE_WITH_TIMEOUT(names().size(), std::size_t(2), 20'000);
        QVERIFY(collector.stop());
        const StoredContent content = readCache(collector.cache().toStdString());
        QCOMPARE(content.names.at("opened"), std::uint64_t(1));
        QCOMPARE(content.metrics.at("plant/a"), std::uint64_t(1));
        bool isOfStride = false;
        for (const QJsonValue &row : rowsOf(collector.cache(), {QStringLiteral("features"), QStringLiteral("--filter"), QStringLiteral("product:Stride")}))
            isOfStride = isOfStride || row[u"feature"].toString() == QLatin1String("opened");
        QVERIFY(isOfStride);
    }

    void settingsThatCanNotBe()
    {
        const Outcome missing = runTelltale({QStringLiteral("collect"), QStringLiteral("--settings"), m_folder.path()});
        QCOMPARE(missing.exitCode, 2);
        QFile text(file("tokenless.ini"));
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write("[receive]\ntoken = file\n");
        text.close();
        QFile::remove(file("telltale.receiver-token"));
        const Outcome tokenless = runTelltale({QStringLiteral("collect"), QStringLiteral("--settings"), text.fileName()});
        QCOMPARE(tokenless.exitCode, 2);
        QVERIFY2(tokenless.errors.contains("token"), tokenless.errors.constData());
    }

    void wrongUse_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("word");
        const auto row = [](const char *name, const QStringList &arguments, const char *word) {
            QTest::newRow(name) << arguments << QByteArray(word);
        };
        row("gRPC without port", {QStringLiteral("--otlp-grpc"), QStringLiteral("localhost")}, "HOST:PORT");
        row("nothing to do", {QStringLiteral("--otlp-http"), QStringLiteral("none"), QStringLiteral("--otlp-grpc"),
                              QStringLiteral("none")}, "nothing to receive");
        row("no port", {QStringLiteral("--otlp-http"), QStringLiteral("localhost")}, "HOST:PORT");
        row("network without token", {QStringLiteral("--otlp-http"), QStringLiteral("0.0.0.0:0")}, "token");
        row("not an address", {QStringLiteral("--otlp-http"), QStringLiteral("no.such.place:0")},
            "no address");
        row("bad origin", {QStringLiteral("--allow-origin"), QStringLiteral("localhost:3000")}, "origin");
        row("unknown option", {QStringLiteral("--wonder")}, "wonder");
    }

    void wrongUse()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, word);
        const Outcome outcome = runTelltale(
            QStringList{QStringLiteral("collect"), QStringLiteral("--cache"), file("w.db")} + arguments);
        QCOMPARE(outcome.exitCode, 2);
        QCOMPARE(outcome.output, QByteArray());
        QVERIFY2(outcome.errors.contains(word), outcome.errors.constData());
    }

    void originsAndTokensOfTheCommandLine()
    {
        test::Collector collector(file("origins.db"));
        QVERIFY(collector.start({QStringLiteral("--allow-origin"), QStringLiteral("http://localhost:3000"),
                                 QStringLiteral("--allow-origin"), QStringLiteral("https://app.example"),
                                 QStringLiteral("--token"), QStringLiteral("s3cret")}));
        const std::uint16_t port = portOf(collector);
        const auto status = [&](const char *headers) {
            return test::ask(port, postRequest(port, "/v1/logs", "application/json", kEvent, headers))
                ->status;
        };
        QCOMPARE(status(""), 401);
        QCOMPARE(status("x-api-key: s3cret\r\n"), 200);
        QCOMPARE(status("x-api-key: s3cret\r\nOrigin: https://app.example\r\n"), 200);
        QCOMPARE(status("x-api-key: s3cret\r\nOrigin: http://localhost:3000\r\n"), 200);
        QCOMPARE(status("x-api-key: s3cret\r\nOrigin: http://localhost:3001\r\n"), 403);
    }

    void aFixedClockGivesTimesOfArrival()
    {
        test::Collector collector(file("clock.db"));
        QVERIFY(collector.start({QStringLiteral("--now"), QStringLiteral("2026-11-22T12:00:00Z")}));
        const std::uint16_t port = portOf(collector);
        QCOMPARE(
            test::ask(port,
                      postRequest(
                          port, "/v1/logs", "application/json",
                          R"({"resourceLogs":[{"scopeLogs":[{"logRecords":[{"eventName":"timeless"}]}]}]})"))
                ->status,
            200);
        QVERIFY(collector.stop());
        const auto reader = CacheReader::open(collector.cache().toStdString());
        QVERIFY(reader);
        const CacheReader::Snapshot snapshot(**reader);
        const auto summary = (*reader)->summary();
        QVERIFY(summary && summary->newest);
        QCOMPARE(summary->newest->ns, std::int64_t(1'795'348'800) * 1'000'000'000);
    }
};

QTEST_GUILESS_MAIN(TestCollect)
#include "tst_collect.moc"
