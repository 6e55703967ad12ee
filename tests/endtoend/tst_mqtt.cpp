// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endtoend/program.h"
#include "tests/endtoend/realbroker.h"
#include "tests/models/sources/mqtt/fakebroker.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <thread>

using namespace telltale::test;

/// `telltale collect --mqtt` at a real broker: what comes is stored once, over restarts and kills of either side.
class TestMqtt final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (RealBroker::program().isEmpty())
            QSKIP("mosquitto is not installed; resources/packages-tests.txt names it");
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_broker = std::make_unique<RealBroker>(m_folder->filePath(QStringLiteral("broker")));
    }
    void cleanup()
    {
        m_broker.reset();
        m_folder.reset();
    }

    void bothQualities()
    {
        QVERIFY(m_broker->start());
        Collector collector(cache());
        QVERIFY(collect(collector, QStringLiteral("/plant/#")));
        QCOMPARE(collector.ready()[u"mqtt"].toArray().first().toString(), m_broker->url());
        QVERIFY(waitForSession(collector));
        QVERIFY(m_broker->publish(QStringLiteral("plant/a/t"), numbers(200), 1));
        QVERIFY(m_broker->publish(QStringLiteral("plant/b/t"), numbers(100), 0));
        QVERIFY(m_broker->publish(QStringLiteral("other/t"), numbers(10), 1));
        QTRY_COMPARE_WITH_TIMEOUT(
            points(),
            (QMap<QString, qint64>{{QStringLiteral("plant/a/t"), 200}, {QStringLiteral("plant/b/t"), 100}}),
            20'000);
        QMap<QString, QString> notes;
        for (const QJsonValue &row : rowsOf(cache(), {QStringLiteral("sources")})) {
            QCOMPARE(row[u"source"].toString(), QStringLiteral("plant"));
            QVERIFY(!row[u"last_event"].toString().isEmpty());
            if (row[u"protocol"].toString() == QLatin1String("mqtt/qos1"))
                QCOMPARE(row[u"records"].toInt(), 200);
            else
                QVERIFY(row[u"records"].toInt() > 100); // and what waited for the session
            notes[row[u"protocol"].toString()] = row[u"note"].toString();
        }
        QVERIFY(notes[QStringLiteral("mqtt/qos1")].contains(QStringLiteral("a crash loses nothing")));
        QVERIFY(notes[QStringLiteral("mqtt/qos0")].contains(QStringLiteral("is lost")));
        QVERIFY(collector.stop());
    }

    void keepsTheSession()
    {
        QVERIFY(m_broker->start());
        QVERIFY(m_broker->publish(QStringLiteral("plant/kept"), {"7"}, 1, true));
        {
            Collector collector(cache());
            QVERIFY(collect(collector, QStringLiteral("/plant/#")));
            QTRY_COMPARE_WITH_TIMEOUT(points(), (QMap<QString, qint64>{{QStringLiteral("plant/kept"), 1}}),
                                      20'000);
            QVERIFY(collector.stop());
        }
        QVERIFY(m_broker->publish(QStringLiteral("plant/a"), numbers(250), 1)); // nobody listens
        const QMap<QString, qint64> all{{QStringLiteral("plant/a"), 250}, {QStringLiteral("plant/kept"), 1}};
        {
            Collector collector(cache());
            QVERIFY(collect(collector, QStringLiteral("/plant/#")));
            QTRY_COMPARE_WITH_TIMEOUT(points(), all, 20'000);
            QVERIFY(collector.stop());
        }
        Collector collector(cache()); // nothing comes again, not even what the broker retains
        QVERIFY(collect(collector, QStringLiteral("/plant/#")));
        QVERIFY(m_broker->publish(QStringLiteral("plant/last"), {"1"}, 1));
        QTRY_COMPARE_WITH_TIMEOUT(points().value(QStringLiteral("plant/last")), 1, 20'000);
        QCOMPARE(points().size(), 3);
        QCOMPARE(points().value(QStringLiteral("plant/a")), 250);
        QCOMPARE(points().value(QStringLiteral("plant/kept")), 1);
        QVERIFY(collector.stop());
    }

    /// Killed again and again while messages come: each is stored, and stored once.
    void killed()
    {
        QVERIFY(m_broker->start());
        constexpr int kMessages = 3'000, kKills = 8;
        QList<QByteArray> payloads;
        for (int i = 0; i < kMessages; ++i)
            payloads << "{\"event\":\"e" + QByteArray::number(i) + "\"}";
        {
            Collector first(cache()); // makes the session
            QVERIFY(collect(first, QStringLiteral("/plant/#")));
            QVERIFY(waitForSession(first));
            QVERIFY(first.stop());
        }
        bool isPublished = false;
        std::thread publisher(
            [&] { isPublished = m_broker->publish(QStringLiteral("plant/events"), payloads, 1); });
        for (int i = 0; i < kKills; ++i) {
            Collector collector(cache());
            const bool isStarted = collect(collector, QStringLiteral("/plant/#"));
            if (!isStarted)
                break;
            // Some kills in the middle of storing, some early.
            const qint64 stored =
                rowsOf(cache(), {QStringLiteral("totals")}).first()[u"usage_events"].toInteger();
            for (int tries = 0; i % 2 == 0 && tries < 50; ++tries) {
                if (rowsOf(cache(), {QStringLiteral("totals")}).first()[u"usage_events"].toInteger() > stored)
                    break;
            }
            ::kill(pid_t(collector.ready()[u"pid"].toInteger()), SIGKILL);
        }
        publisher.join();
        QVERIFY(isPublished);
        Collector last(cache());
        QVERIFY(collect(last, QStringLiteral("/plant/#")));
        QTRY_VERIFY_WITH_TIMEOUT(features().size() == kMessages, 30'000);
        const auto stored = features();
        for (auto each = stored.begin(); each != stored.end(); ++each)
            QVERIFY2(each.value() == 1,
                     qPrintable(QStringLiteral("%1 is stored %2 times").arg(each.key()).arg(each.value())));
        QVERIFY(last.stop());
    }

    /// Stored and acknowledged, and killed before the broker has shown that it read the acknowledgement: it may send the message again.
    void killedBeforeTheAcknowledgement()
    {
        FakeBroker broker;
        const QStringList arguments{QStringLiteral("--mqtt"),
                                    QStringLiteral("mqtt://127.0.0.1:%1/plant/#").arg(broker.port)};
        const QByteArray payload = "{\"event\":\"pressed\"}";
        {
            Collector collector(cache());
            QVERIFY(collector.start(arguments));
            QVERIFY(broker.accept(false));
            broker.subAck(broker.read(), 1);
            broker.publish(1, "plant/a", payload);
            QCOMPARE(broker.read().type, int(FakeBroker::PubAck));
            ::kill(pid_t(collector.ready()[u"pid"].toInteger()), SIGKILL);
        }
        const QStringList memories =
            QDir(m_folder->path()).entryList({QStringLiteral("mqtt.db.mqtt-*")}, QDir::Files);
        QCOMPARE(memories.size(), 1);
        QFile memory(m_folder->filePath(memories.first()));
        QVERIFY(memory.open(QIODevice::ReadOnly));
        QVERIFY(memory.readLine().startsWith("round 00000000000000000001 pending 0000000001"));
        memory.close();
        Collector collector(cache());
        QVERIFY(collector.start(arguments));
        QVERIFY(broker.accept(true));
        broker.publish(1, "plant/a", payload, true);
        QCOMPARE(broker.read().type, int(FakeBroker::PubAck));
        broker.publish(1, "plant/a", payload); // pressed once more
        QCOMPARE(broker.read().type, int(FakeBroker::PubAck));
        QVERIFY(collector.stop());
        QCOMPARE(features(), (QMap<QString, qint64>{{QStringLiteral("pressed"), 2}}));
        QCOMPARE(counter("ingest.repeat.message"), 1);
    }

    void theBrokerRestarts()
    {
        QVERIFY(m_broker->start());
        Collector collector(cache());
        QVERIFY(collect(collector, QStringLiteral("/plant/#")));
        QVERIFY(waitForSession(collector));
        QVERIFY(m_broker->publish(QStringLiteral("plant/a"), numbers(5), 1));
        QTRY_COMPARE_WITH_TIMEOUT(points().value(QStringLiteral("plant/a")), 5, 20'000);
        m_broker->stop();
        QTRY_VERIFY_WITH_TIMEOUT(counter("mqtt.connect.failed") > 0, 20'000);
        QVERIFY(m_broker->start());
        QVERIFY(m_broker->publish(QStringLiteral("plant/a"), numbers(5), 1));
        QTRY_COMPARE_WITH_TIMEOUT(points().value(QStringLiteral("plant/a")), 10, 40'000);
        QVERIFY(counter("mqtt.connection.lost") >= 1);
        QVERIFY(collector.stop());
    }

    void encrypted()
    {
        const QString key = m_folder->filePath(QStringLiteral("key.pem")),
                      certificate = m_folder->filePath(QStringLiteral("certificate.pem"));
        const Outcome made = runProgram(
            QStringLiteral("openssl"),
            {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
             QStringLiteral("rsa:2048"), QStringLiteral("-nodes"), QStringLiteral("-days"),
             QStringLiteral("2"), QStringLiteral("-subj"), QStringLiteral("/CN=localhost"),
             QStringLiteral("-addext"), QStringLiteral("subjectAltName=DNS:localhost,IP:127.0.0.1"),
             QStringLiteral("-keyout"), key, QStringLiteral("-out"), certificate});
        QVERIFY2(made.exitCode == 0, made.errors.constData());
        m_broker->useTls(certificate, key);
        QVERIFY(m_broker->start());
        {
            Collector distrustful(
                m_folder->filePath(QStringLiteral("other.db"))); // nobody vouches for this certificate
            QVERIFY(distrustful.start(
                {QStringLiteral("--mqtt"), m_broker->tlsUrl() + QStringLiteral("/plant/#")}));
            QTRY_VERIFY_WITH_TIMEOUT(counter("mqtt.connect.failed", distrustful.cache()) > 0, 20'000);
            QVERIFY(distrustful.stop());
        }
        Collector collector(cache());
        QVERIFY(collector.start(
            {QStringLiteral("--mqtt"), m_broker->tlsUrl() + QStringLiteral("/plant/#?ca=") + certificate}));
        QVERIFY(waitForSession(collector));
        QVERIFY(m_broker->publish(QStringLiteral("plant/a"), numbers(500), 1));
        QTRY_COMPARE_WITH_TIMEOUT(points(), (QMap<QString, qint64>{{QStringLiteral("plant/a"), 500}}),
                                  20'000);
        QVERIFY(collector.stop());
    }

    void aMappingIsChanged()
    {
        const QString mapping = m_folder->filePath(QStringLiteral("mapping.json"));
        write(mapping,
              R"({"topics":[{"topic":"plant/{device}","metric":"temperature","value":"/t","unit":"Cel"}]})");
        QVERIFY(m_broker->start());
        Collector collector(cache());
        QVERIFY(collect(collector, QStringLiteral("/plant/#"), {QStringLiteral("--mqtt-mapping"), mapping}));
        QVERIFY(waitForSession(collector));
        QVERIFY(m_broker->publish(QStringLiteral("plant/s1"), {R"({"t":21,"type":"pressed"})"}, 1));
        QTRY_COMPARE_WITH_TIMEOUT(points(), (QMap<QString, qint64>{{QStringLiteral("temperature"), 1}}),
                                  20'000);
        write(mapping, R"({"topics":[{"topic":"plant/{device}","event":"/type"}]})");
        QVERIFY(m_broker->publish(QStringLiteral("plant/s1"), {R"({"t":21,"type":"pressed"})"}, 1));
        QTRY_COMPARE_WITH_TIMEOUT(features(), (QMap<QString, qint64>{{QStringLiteral("pressed"), 1}}),
                                  20'000);
        write(mapping, "{ broken"); // the one before stays
        QVERIFY(m_broker->publish(QStringLiteral("plant/s1"), {R"({"t":21,"type":"held"})"}, 1));
        QTRY_COMPARE_WITH_TIMEOUT(features().value(QStringLiteral("held")), 1, 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(counter("mqtt.mapping.invalid"), 1, 20'000);
        QVERIFY(collector.stop());
    }

    void previews()
    {
        const QString mapping = m_folder->filePath(QStringLiteral("mapping.json"));
        write(
            mapping,
            R"({"topics":[{"topic":"plant/{device}/t","metric":"temperature","value":"/t","unit":"Cel"}]})");
        QVERIFY(m_broker->start());
        QVERIFY(m_broker->publish(QStringLiteral("plant/s1/t"), {R"({"t":21.5})"}, 1,
                                  true)); // waits for whoever listens
        const Outcome outcome =
            runTelltale({QStringLiteral("mapping"), QStringLiteral("preview-mqtt"),
                         m_broker->url() + QStringLiteral("/plant/#"), QStringLiteral("--mapping"), mapping,
                         QStringLiteral("--count"), QStringLiteral("1")});
        QVERIFY2(outcome.exitCode == 0, outcome.errors.constData());
        const QJsonObject line = QJsonDocument::fromJson(outcome.output).object();
        QCOMPARE(line[u"rule"].toString(), QStringLiteral("plant/{device}/t"));
        const QJsonObject record = line[u"records"].toArray().first().toObject();
        QCOMPARE(record[u"name"].toString(), QStringLiteral("temperature"));
        QCOMPARE(record[u"value"].toDouble(), 21.5);
        QCOMPARE(record[u"device"].toString(), QStringLiteral("s1"));
        const Outcome offline =
            runTelltale({QStringLiteral("mapping"), QStringLiteral("preview-mqtt"), QStringLiteral("--topic"),
                         QStringLiteral("plant/s1"), QStringLiteral("--payload"), QStringLiteral("{\"t\":")});
        QVERIFY(QJsonDocument::fromJson(offline.output)[u"remarks"].toArray().first().toString().contains(
            QStringLiteral("JSON")));
    }

    void wrongUse_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("no broker") << QStringList{QStringLiteral("--mqtt"), QStringLiteral("http://x")}
                                   << QByteArray("mqtt://HOST");
        QTest::newRow("no mapping") << QStringList{QStringLiteral("--mqtt"),
                                                   QStringLiteral("mqtt://127.0.0.1:1/a"),
                                                   QStringLiteral("--mqtt-mapping"),
                                                   QStringLiteral("/no/such")}
                                    << QByteArray("Can not read the mapping");
    }
    void wrongUse()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, says);
        const Outcome outcome = runTelltale(
            QStringList{QStringLiteral("collect"), QStringLiteral("--cache"), cache()} + arguments +
            QStringList{QStringLiteral("--otlp-http"), QStringLiteral("127.0.0.1:0"),
                        QStringLiteral("--otlp-grpc"), QStringLiteral("none"), QStringLiteral("--statsd"),
                        QStringLiteral("none")});
        QVERIFY(outcome.exitCode == 1 || outcome.exitCode == 2);
        QVERIFY2(outcome.errors.contains(says), outcome.errors.constData());
    }

private:
    QString cache() const { return m_folder->filePath(QStringLiteral("mqtt.db")); }
    bool collect(Collector &collector, const QString &topic, const QStringList &more = {}) const
    {
        return collector.start(QStringList{QStringLiteral("--mqtt"), m_broker->url() + topic} + more);
    }
    /// The subscription is made when a message that is sent again and again has come.
    bool waitForSession(const Collector &collector) const
    {
        for (int i = 0; i < 100; ++i) {
            m_broker->publish(QStringLiteral("plant/probe/x"), {"hello"}, 0);
            if (!rowsOf(collector.cache(), {QStringLiteral("logs")}).isEmpty())
                return true;
        }
        return false;
    }
    QMap<QString, qint64> points() const
    {
        return counted(rowsOf(cache(), {QStringLiteral("metrics")}), QStringLiteral("metric"),
                       QStringLiteral("points"));
    }
    QMap<QString, qint64> features() const
    {
        return counted(rowsOf(cache(), {QStringLiteral("features")}), QStringLiteral("feature"),
                       QStringLiteral("events"));
    }
    qint64 counter(const char *name, const QString &of = {}) const
    {
        return counted(rowsOf(of.isEmpty() ? cache() : of, {QStringLiteral("counters")}),
                       QStringLiteral("counter"), QStringLiteral("count"))
            .value(QString::fromLatin1(name));
    }
    static QList<QByteArray> numbers(int count)
    {
        QList<QByteArray> all;
        for (int i = 0; i < count; ++i)
            all << QByteArray::number(i);
        return all;
    }
    static void write(const QString &path, const QByteArray &text)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<RealBroker> m_broker;
};

QTEST_GUILESS_MAIN(TestMqtt)
#include "tst_mqtt.moc"
