// SPDX-License-Identifier: GPL-3.0-or-later
// Settings with a real collector, real ports and a real file.
#include "app/window/windowsettings.h"

#include "tests/models/sources/mqtt/fakebroker.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace telltale;

namespace {

/// Everything on free ports of this machine, in a folder of its own.
class Bench
{
public:
    explicit Bench(const QByteArray &more = {})
    {
        QFile file(m_folder.filePath(QStringLiteral("telltale.ini")));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no file");
        file.write("[receive]\notlp_http = 127.0.0.1:0\notlp_grpc = 127.0.0.1:0\nstatsd = 127.0.0.1:0\n" + more);
        file.close();
        settings = std::make_unique<WindowSettings>(file.fileName().toStdString());
        CollectorOptions options;
        options.cache = m_folder.filePath(QStringLiteral("cache.db")).toStdString();
        receiver = std::make_unique<CollectorReceiver>(settings->receiverOptions(std::move(options)));
        settings->setReceiver(receiver.get());
        QObject::connect(settings.get(), &WindowSettings::tokenKnown, receiver.get(),
                         [this] { receiver->restartWith(settings->receiverOptions(receiver->options())); });
    }
    bool start()
    {
        settings->readToken();
        return listens();
    }
    bool listens() const
    {
        for (int i = 0; i < 2'000 && receiver->status().state != ReceiverStatus::State::Listening; ++i)
            QTest::qWait(5);
        return receiver->status().state == ReceiverStatus::State::Listening;
    }
    DoorRow door(const std::string &id) const
    {
        for (const DoorRow &row : settings->doors()) {
            if (row.id == id)
                return row;
        }
        return {};
    }
    /// What a test of this door says; empty on success.
    QString test(const QString &id) const
    {
        QSignalSpy spy(settings.get(), &SourceControl::tested);
        settings->test(id);
        for (int i = 0; i < 2'000 && spy.isEmpty(); ++i)
            QTest::qWait(5);
        if (spy.isEmpty())
            return QStringLiteral("no answer");
        return spy[0][1].toBool() ? QString() : spy[0][2].toString();
    }
    void change(const std::function<void(Settings &)> &how) const
    {
        Settings wanted = settings->settings();
        how(wanted);
        settings->change(wanted);
    }
    QByteArray file() const
    {
        QFile text(m_folder.filePath(QStringLiteral("telltale.ini")));
        return text.open(QIODevice::ReadOnly) ? text.readAll() : QByteArray();
    }
    QString folder() const { return m_folder.path(); }

private:
    QTemporaryDir m_folder;

public:
    std::unique_ptr<WindowSettings> settings;
    std::unique_ptr<CollectorReceiver> receiver;
};

/// Lets clients in until the one that is meant is there.
template<typename IsMeant>
bool acceptUntil(test::FakeBroker &broker, IsMeant isMeant)
{
    for (int i = 0; i < 4; ++i) {
        if (broker.accept(true) && isMeant())
            return true;
    }
    return false;
}

} // namespace

class TestWindowSettings final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyDoorAnswersItsTest()
    {
        Bench bench;
        QVERIFY(bench.start());
        for (const char *id : {"otlp_http", "otlp_grpc", "statsd"}) {
            QCOMPARE(bench.door(id).state, SourceState::Waiting);
            QCOMPARE(bench.test(QLatin1String(id)), QString());
            QTRY_COMPARE(bench.door(id).state, SourceState::Live);
        }
    }

    void pausingRefusesWithoutARestart()
    {
        Bench bench;
        QVERIFY(bench.start());
        const auto collector = bench.receiver->collector();
        bench.change([](Settings &s) { s.otlpHttp.isPaused = true; });
        QCOMPARE(bench.door("otlp_http").state, SourceState::Paused);
        QVERIFY2(bench.test(QStringLiteral("otlp_http")).contains(QStringLiteral("503")), "told to come again");
        QVERIFY(bench.door("otlp_http").turnedAway >= 1);
        bench.change([](Settings &s) { s.otlpHttp.isPaused = false; });
        QCOMPARE(bench.test(QStringLiteral("otlp_http")), QString());
        QCOMPARE(bench.receiver->collector().get(), collector.get());
        QTRY_VERIFY(bench.file().contains("otlp_http_paused"));
    }

    void targetsComeAndGo()
    {
        QTcpServer target;
        QVERIFY(target.listen(QHostAddress::LocalHost));
        connect(&target, &QTcpServer::newConnection, &target, [&target] {
            QTcpSocket *socket = target.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket] {
                socket->readAll();
                socket->write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nopens_total 5\n");
                socket->disconnectFromHost();
            });
        });
        Bench bench;
        QVERIFY(bench.start());
        const std::string url = QStringLiteral("http://127.0.0.1:%1/metrics").arg(target.serverPort()).toStdString();
        bench.change([&](Settings &s) { s.targets = {{"checkout", url, std::chrono::seconds(1), false}}; });
        QTRY_COMPARE(bench.door("scrape checkout").state, SourceState::Live);
        QVERIFY(bench.door("scrape checkout").requests >= 1);
        QCOMPARE(bench.test(QStringLiteral("scrape checkout")), QString());
        target.close();
        QTRY_COMPARE(bench.door("scrape checkout").state, SourceState::Error);
        QVERIFY(!bench.door("scrape checkout").problem.empty());
        bench.change([](Settings &s) { s.targets[0].isPaused = true; });
        QTRY_COMPARE(bench.door("scrape checkout").state, SourceState::Paused);
        bench.change([](Settings &s) { s.targets.clear(); });
        QVERIFY(bench.door("scrape checkout").id.empty());
        QTRY_VERIFY(!bench.file().contains("checkout"));
    }

    void brokersComeAndGo()
    {
        test::FakeBroker broker;
        Bench bench;
        QVERIFY(bench.start());
        bench.change([&](Settings &s) {
            BrokerSetting plant;
            plant.name = "plant";
            plant.host = "127.0.0.1";
            plant.port = broker.port;
            plant.topics = {{"plant/#", 1}};
            s.brokers = {plant};
        });
        QVERIFY(broker.accept(false));
        QVERIFY(!broker.connect.body.contains("sesame"));
        const test::FakeBroker::Packet subscribe = broker.read();
        QVERIFY(subscribe.body.contains("plant/#"));
        broker.subAck(subscribe, 1);
        broker.publish(1, "plant/a", "21.5");
        QCOMPARE(broker.read().type, int(test::FakeBroker::PubAck)); // after it was stored
        QTRY_COMPARE(bench.door("mqtt plant").state, SourceState::Live);
        QCOMPARE(bench.door("mqtt plant").requests, std::uint64_t(1));
        QVERIFY(bench.door("mqtt plant").url.ends_with(std::to_string(broker.port)));
        const auto collector = bench.receiver->collector();

        // The rest does not notice when one of them changes.
        bench.change([](Settings &s) { s.brokers[0].isPaused = true; });
        QCOMPARE(broker.read().type, int(test::FakeBroker::Disconnect));
        QTRY_COMPARE(bench.door("mqtt plant").state, SourceState::Paused);
        QCOMPARE(bench.receiver->collector().get(), collector.get());

        // Its password is kept beside the settings, not in them.
        bool isKept = false;
        bench.settings->setPassword(QStringLiteral("plant"), QStringLiteral("open sesame"), TokenPlace::File, [&](const Result<void> &kept) { isKept = kept.has_value(); });
        QTRY_VERIFY(isKept);
        bench.change([](Settings &s) {
            s.brokers[0].isPaused = false;
            s.brokers[0].user = "reader";
            s.brokers[0].password = TokenPlace::File;
        });
        // Another user has another session: the one before is ended, in no order with this.
        QVERIFY(acceptUntil(broker, [&] { return broker.connect.body.contains("open sesame"); }));
        QTRY_VERIFY(bench.file().contains("password = file"));
        QVERIFY(!bench.file().contains("sesame"));

        const QByteArray before = broker.connect.body;
        QDir folder(bench.folder());
        QVERIFY(!folder.entryList({QStringLiteral("cache.db.mqtt-*")}).isEmpty());
        bench.change([](Settings &s) { s.brokers.clear(); });
        QVERIFY(bench.door("mqtt plant").id.empty());
        // The broker forgets our session instead of keeping messages for ever: the same one, begun anew and left.
        QVERIFY(acceptUntil(broker, [&] { return (broker.connect.body[7] & 2) == 2 && broker.connect.body.mid(10) == before.mid(10); }));
        QCOMPARE(broker.read().type, int(test::FakeBroker::Disconnect));
        QTRY_VERIFY_WITH_TIMEOUT(folder.entryList({QStringLiteral("cache.db.mqtt-*")}).isEmpty(), 20'000);
        QTRY_VERIFY(!bench.file().contains("plant"));
    }

    /// Its password comes from where it is kept, a moment after the receivers began to start; nothing starts twice for it.
    void aBrokerWaitsForItsPassword()
    {
        test::FakeBroker broker;
        Bench bench("[mqtt plant]\nbroker = mqtt://127.0.0.1:" + QByteArray::number(broker.port) + "\nuser = reader\npassword = file\ntopic = plant/# qos 1\n");
        QFile secret(bench.folder() + QStringLiteral("/telltale.mqtt-password plant"));
        QVERIFY(secret.open(QIODevice::WriteOnly) && secret.write("open sesame") > 0);
        secret.close();
        QVERIFY(bench.start());
        QVERIFY(broker.accept(false));
        QVERIFY(broker.connect.body.contains("open sesame"));
        QVERIFY(!bench.settings->problems().join(u' ').contains(QStringLiteral("password")));

        // One that is not there is said, and the broker says what it thinks of that.
        Bench other("[mqtt plant]\nbroker = mqtt://127.0.0.1:1\nuser = reader\npassword = file\n");
        QVERIFY(other.start());
        QTRY_VERIFY(other.settings->problems().join(u' ').contains(QStringLiteral("The password of plant could not be read")));
        QTRY_COMPARE_WITH_TIMEOUT(other.door("mqtt plant").state, SourceState::Error, 20'000);
        QVERIFY(other.door("mqtt plant").problem.find("127.0.0.1:1") != std::string::npos);
    }

    void aBrokerAnswersItsTest_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<bool>("speaks");
        QTest::newRow("a message") << 0 << true;
        QTest::newRow("none") << 0 << false;
        QTest::newRow("not let in") << 5 << false;
    }
    void aBrokerAnswersItsTest()
    {
        QFETCH(int, code);
        QFETCH(bool, speaks);
        test::FakeBroker broker;
        Bench bench;
        QVERIFY(bench.start());
        bench.change([&](Settings &s) {
            BrokerSetting plant;
            plant.name = "plant";
            plant.host = "127.0.0.1";
            plant.port = broker.port;
            plant.isPaused = true; // nobody else connects
            s.brokers = {plant};
        });
        QSignalSpy spy(bench.settings.get(), &SourceControl::tested);
        bench.settings->test(QStringLiteral("mqtt plant"));
        QVERIFY(broker.accept(false, char(code)));
        if (code == 0) {
            broker.subAck(broker.read(), 0);
            if (speaks)
                broker.publish(0, "plant/a", "21.5");
        }
        QTRY_COMPARE_WITH_TIMEOUT(spy.size(), 1, 20'000);
        QCOMPARE(spy[0][1].toBool(), code == 0);
        const QString said = spy[0][2].toString();
        QVERIFY2(said.contains(speaks ? QStringLiteral("plant/a: 21.5") : code == 0 ? QStringLiteral("No message came") : QStringLiteral("127.0.0.1")), qPrintable(said));
    }

    void aBrokerIsListenedToBesideTheSource()
    {
        test::FakeBroker broker;
        Bench bench;
        BrokerSetting plant;
        plant.name = "plant";
        plant.host = "127.0.0.1";
        plant.port = broker.port;
        plant.client = "ours";
        bench.change([&](Settings &s) { s.brokers = {plant}; });
        QVERIFY(!bench.settings->listen(QStringLiteral("mqtt other")));
        const std::unique_ptr<MessageFeed> feed = bench.settings->listen(QStringLiteral("mqtt plant"));
        QVERIFY(broker.accept(false));
        QVERIFY(!broker.connect.body.contains("ours")); // the source's session stays the source's
        QCOMPARE(broker.connect.body[7] & 2, 2);        // a clean one
        broker.subAck(broker.read(), 0);
        for (int i = 0; i < 250; ++i)
            broker.publish(0, "plant/a", QByteArray::number(i));
        QTRY_VERIFY(!feed->messages().empty() && feed->messages().back().second.payload == "249");
        QCOMPARE(feed->messages().size(), MessageFeed::kMostMessages); // the last ones
        QCOMPARE(feed->messages().front().second.payload, std::string("50"));
        QVERIFY(feed->problem().isEmpty());
        QSignalSpy spy(feed.get(), &MessageFeed::changed);
        broker.drop();
        QTRY_VERIFY(!feed->problem().isEmpty());
        QTRY_VERIFY(!spy.isEmpty());
    }

    void theMappingOfMessages()
    {
        Bench bench;
        bench.change([&](Settings &s) {
            BrokerSetting plant;
            plant.name = "Halle 3/b";
            plant.isPaused = true;
            s.brokers = {plant};
        });
        const QString door = QStringLiteral("mqtt Halle 3/b");
        std::optional<Result<std::string>> read;
        bench.settings->readMessageMapping(door, [&](const Result<std::string> &text) { read = text; });
        QTRY_VERIFY(read);
        QCOMPARE(read->value_or("?"), std::string());
        bool isSaved = false;
        const std::string text = mqttMappingText({R"({"topic":"a","ignore":true})"});
        bench.settings->saveMessageMapping(door, text, [&](const Result<void> &saved) { isSaved = saved.has_value(); });
        QTRY_VERIFY(isSaved);
        const std::string path = bench.settings->settings().brokers[0].mapping;
        QCOMPARE(path, bench.folder().toStdString() + "/mqtt-Halle_3_b.json");
        read.reset();
        bench.settings->readMessageMapping(door, [&](const Result<std::string> &again) { read = again; });
        QTRY_VERIFY(read);
        QCOMPARE(read->value_or("?"), text);
        QTRY_VERIFY(bench.file().contains("mapping = "));
    }

    void filesAreFollowed()
    {
        Bench bench;
        QVERIFY(bench.start());
        const QString path = bench.folder() + QStringLiteral("/log/app.jsonl");
        FollowSetting folder;
        folder.name = "log";
        folder.path = bench.folder().toStdString() + "/log";
        folder.product = "Stride";
        bench.change([&](Settings &s) { s.followed = {folder}; });
        QTRY_COMPARE(bench.door("follow log").state, SourceState::Waiting);
        const auto answer = [&] {
            QSignalSpy spy(bench.settings.get(), &SourceControl::tested);
            bench.settings->test(QStringLiteral("follow log"));
            for (int i = 0; i < 2'000 && spy.isEmpty(); ++i)
                QTest::qWait(5);
            return spy.isEmpty() ? QString() : spy[0][2].toString();
        };
        QVERIFY2(answer().contains(QStringLiteral("no such file yet")), qPrintable(answer()));
        QVERIFY(QDir().mkpath(bench.folder() + QStringLiteral("/log")));
        QFile log(path);
        QVERIFY(log.open(QIODevice::WriteOnly) && log.write("{\"event\":\"a\"}\n{\"event\":\"b\"}\nnonsense\n") > 0);
        log.close();
        QTRY_COMPARE_WITH_TIMEOUT(bench.door("follow log").state, SourceState::Live, 20'000);
        QTRY_COMPARE(bench.door("follow log").files, std::size_t(1));
        QVERIFY2(answer().contains(QStringLiteral("holds lines of JSON (2)")), qPrintable(answer()));
        bench.change([](Settings &s) { s.followed[0].isPaused = true; });
        QTRY_COMPARE(bench.door("follow log").state, SourceState::Paused);
        QVERIFY(log.open(QIODevice::Append) && log.write("{\"event\":\"c\"}\n") > 0);
        log.close();
        bench.change([](Settings &s) { s.followed[0].isPaused = false; });
        QTRY_COMPARE_WITH_TIMEOUT(bench.door("follow log").requests, std::uint64_t(1), 20'000); // the one line that is new
        QTRY_COMPARE_WITH_TIMEOUT(bench.receiver->collector()->stats().totals.records, std::uint64_t(3), 20'000);
        bench.change([](Settings &s) { s.followed.clear(); });
        QVERIFY(bench.door("follow log").id.empty());
    }

    void rulesOfTheCache()
    {
        Bench bench;
        std::optional<Result<RuleEntries>> rules;
        const auto read = [&] {
            rules.reset();
            bench.settings->readRules([&](const Result<RuleEntries> &entries) { rules = entries; });
        };
        read();
        QTRY_VERIFY(rules && rules->has_value() && rules->value().entries.empty()); // no cache
        const std::filesystem::path cache = bench.folder().toStdString() + "/rules.db";
        bench.settings->setCache(cache);
        RuleEntries after;
        after.entries = {{"feature = attribute a", true, {}, std::string(ruleFileHead())}};
        std::optional<Result<void>> done;
        bench.settings->replaceRules({}, after, [&](const Result<void> &result) { done = result; });
        QTRY_VERIFY(done && done->has_value());
        QCOMPARE(::telltale::readRules(rulePathOf(cache))->rules.size(), std::size_t(1)); // as the collector reads them
        read();
        QTRY_VERIFY(rules);
        QVERIFY(rules->value() == after);
        done.reset();
        bench.settings->replaceRules({}, after, [&](const Result<void> &result) { done = result; });
        QTRY_VERIFY(done);
        QCOMPARE(done->error().code, Error::Code::Busy);
    }

    void aTakenPortNamesItsHolder()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        Bench bench;
        QVERIFY(bench.start());
        bench.change([&](Settings &s) { s.otlpHttp.port = other.serverPort(); });
        QTRY_COMPARE(bench.door("otlp_http").state, SourceState::Error);
        const std::string problem = bench.door("otlp_http").problem;
        QVERIFY2(problem.find(std::to_string(QCoreApplication::applicationPid())) != std::string::npos, problem.c_str());
        bench.change([](Settings &s) { s.otlpHttp.port = 0; });
        QVERIFY(bench.listens());
        QTRY_COMPARE(bench.door("otlp_http").state, SourceState::Waiting);
    }

    void aTokenInAFile()
    {
        Bench bench;
        QVERIFY(bench.start());
        bool isKept = false;
        bench.settings->setToken(QStringLiteral("open sesame"), TokenPlace::File, [&](const Result<void> &kept) { isKept = kept.has_value(); });
        QTRY_VERIFY(isKept);
        QVERIFY(bench.listens());
        QCOMPARE(bench.settings->token(), QStringLiteral("open sesame"));
        QTRY_COMPARE(bench.receiver->options().http->token, std::string("open sesame"));
        QTRY_VERIFY(bench.receiver->collector() != nullptr);
        QCOMPARE(bench.test(QStringLiteral("otlp_http")), QString()); // shows it
        QCOMPARE(bench.test(QStringLiteral("otlp_grpc")), QString());
        QTRY_VERIFY(bench.file().contains("token = file"));
        QVERIFY(!bench.file().contains("sesame"));
        QFile secret(bench.folder() + QStringLiteral("/telltale.receiver-token"));
        QCOMPARE(secret.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());

        // The next start knows it.
        WindowSettings next(bench.folder().toStdString() + "/telltale.ini");
        next.readToken();
        QTRY_COMPARE(next.token(), QStringLiteral("open sesame"));

        bool isGone = false;
        bench.settings->setToken({}, TokenPlace::None, [&](const Result<void> &gone) { isGone = gone.has_value(); });
        QTRY_VERIFY(isGone);
        QVERIFY(!secret.exists());
        QVERIFY(bench.settings->token().isEmpty());
    }

    void whatTheWindowLearnsIsKept()
    {
        Bench bench;
        QVERIFY(bench.start());
        bench.receiver->allowOrigin(QStringLiteral("http://localhost:3000"));
        QCOMPARE(bench.settings->settings().allowedOrigins, std::vector<std::string>{"http://localhost:3000"});
        QTRY_VERIFY(bench.file().contains("allow_origin = http://localhost:3000"));
    }

    void problemsAreSaid()
    {
        Bench bench("colour = red\n[keep]\nage = soon\n");
        QCOMPARE(bench.settings->problems().size(), 2);
        QVERIFY(bench.settings->problems().join(u' ').contains(QStringLiteral("soon")));
    }

    void theCommandLineWins()
    {
        Bench bench;
        bench.settings->forceHttp("127.0.0.1", 0, {"http://localhost:5173"});
        CollectorOptions options = bench.settings->receiverOptions(CollectorOptions());
        QCOMPARE(options.http->port, std::uint16_t(0));
        QCOMPARE(options.http->allowedOrigins, std::vector<std::string>{"http://localhost:5173"});
        QVERIFY(!bench.settings->settings().allowedOrigins.size()); // for this time only
        bench.change([](Settings &s) { s.otlpHttp.port = 4400; });
        QCOMPARE(bench.settings->receiverOptions(CollectorOptions()).http->port, std::uint16_t(4400));
    }

    void nothingReceives()
    {
        const QTemporaryDir folder;
        WindowSettings settings(folder.filePath(QStringLiteral("telltale.ini")).toStdString());
        QVERIFY(!settings.isReceiving());
        QCOMPARE(settings.doors().size(), std::size_t(3));
        QCOMPARE(settings.doors()[0].state, SourceState::Off);
        QSignalSpy spy(&settings, &SourceControl::tested);
        settings.test(QStringLiteral("otlp_http"));
        QCOMPARE(spy.size(), 1);
        QVERIFY(!spy[0][1].toBool());
    }
};

QTEST_MAIN(TestWindowSettings)
#include "tst_windowsettings.moc"
