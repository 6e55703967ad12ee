// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/mqtt/mqttsubscriber.h"

#include "models/sources/mqtt/sessionmemory.h"
#include "tests/models/sources/http/fakehandler.h"
#include "tests/models/sources/mqtt/fakebroker.h"

#include <QTemporaryDir>
#include <QTest>

using namespace telltale;
using namespace telltale::test;
using namespace std::chrono_literals;

/// The subscriber against a broker that says what a test wants: what is acknowledged when, and what is recognised.
class TestMqttSubscriber final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_broker = std::make_unique<FakeBroker>();
        m_handler = std::make_unique<FakeHandler>();
        m_problems.clear();
        m_options = {};
        m_options.broker.host = "127.0.0.1";
        m_options.broker.port = m_broker->port;
        m_options.broker.filters = {"plant/#"};
        m_options.broker.client = "tester";
        m_options.memory = m_folder->filePath(QStringLiteral("memory")).toStdString();
        m_options.firstPause = 10ms;
        m_options.longestPause = 20ms;
        m_options.bodyOf = [](std::span<const HandedMessage> messages) {
            std::string body;
            for (const HandedMessage &each : messages)
                body.append(each.id)
                    .append("|")
                    .append(each.topic)
                    .append("|")
                    .append(each.payload)
                    .append(each.isRetained ? "|r\n" : "\n");
            return body;
        };
        m_options.changed = [this](const std::string &problem) {
            const std::scoped_lock lock(m_mutex);
            m_problems.push_back(problem);
        };
    }
    void cleanup()
    {
        m_subscriber.reset();
        m_handler.reset();
        m_broker.reset();
    }

    void subscribesOnce()
    {
        start();
        QVERIFY(m_broker->accept(false));
        QVERIFY(m_broker->connect.body.contains("MQTT\x04")); // 3.1.1
        QCOMPARE(m_broker->connect.body[7] & 2, 0);           // not a clean session
        QVERIFY(m_broker->connect.body.endsWith("tester"));
        const FakeBroker::Packet subscribe = m_broker->read();
        QCOMPARE(subscribe.type, int(FakeBroker::Subscribe));
        QVERIFY(subscribe.body.contains("plant/#"));
        QCOMPARE(subscribe.body.back(), '\1');
        m_broker->subAck(subscribe, 1);
        QTRY_VERIFY(m_subscriber->isConnected());
        // The broker knows us: subscribing again would bring what it retains again.
        m_broker->drop();
        QVERIFY(m_broker->accept(true));
        m_broker->publish(1, "plant/a", "1");
        QCOMPARE(m_broker->read().type, int(FakeBroker::PubAck));
        // It has forgotten us.
        m_broker->drop();
        QVERIFY(m_broker->accept(false));
        QCOMPARE(m_broker->read().type, int(FakeBroker::Subscribe));
        QCOMPARE(m_handler->counted("mqtt.connection.lost"), 2U);
    }

    void whatIsWantedChanges()
    {
        start();
        QVERIFY(m_broker->accept(false));
        m_broker->subAck(m_broker->read(), 1);
        QTRY_VERIFY(m_subscriber->isConnected());
        m_subscriber->stop();
        m_options.broker.filters = {"other/+"};
        start();
        QVERIFY(m_broker->accept(true));
        const FakeBroker::Packet first = m_broker->read(), second = m_broker->read();
        QCOMPARE(first.type, int(FakeBroker::Unsubscribe));
        QVERIFY(first.body.contains("plant/#"));
        QCOMPARE(second.type, int(FakeBroker::Subscribe));
        QVERIFY(second.body.contains("other/+"));
    }

    void acknowledgesWhatIsStored()
    {
        RequestHandler::Done waiting;
        std::mutex mutex;
        m_handler->setReaction([&](ReceivedRequest &&, RequestHandler::Done done) {
            const std::scoped_lock lock(mutex);
            waiting = std::move(done);
        });
        startAndAccept();
        m_broker->publish(7, "plant/a", "21.5");
        QTRY_COMPARE(m_handler->requests().size(), 1U);
        QVERIFY(!m_broker->hasSomething()); // not before it is stored
        {
            const std::scoped_lock lock(mutex);
            waiting(Answer{});
        }
        const FakeBroker::Packet packet = m_broker->read();
        QCOMPARE(packet.type, int(FakeBroker::PubAck));
        QCOMPARE(packet.number(), 7);
        const ReceivedRequest request = m_handler->requests().front();
        QCOMPARE(request.protocol, std::string("mqtt/qos1"));
        QCOMPARE(request.path, std::string("mqtt"));
        QVERIFY(request.body.ends_with("|plant/a|21.5\n"));
    }

    void comesAgainWhileThereIsNoRoom()
    {
        std::atomic<int> refusals = 2;
        m_handler->setReaction([&](ReceivedRequest &&, RequestHandler::Done done) {
            done(Answer{refusals-- > 0 ? 503 : 200, {}, {}, {}});
        });
        startAndAccept();
        m_broker->publish(3, "plant/a", "1");
        QCOMPARE(m_broker->read().number(), 3);
        const auto requests = m_handler->requests();
        QCOMPARE(requests.size(), 3U);
        QCOMPARE(requests[0].body, requests[2].body);
    }

    /// The broker hears nothing, so it sends the message again, and its id is the same; a later message of equal number and content is
    /// another one.
    void isRecognisedUntilAcknowledged()
    {
        m_options.patience = 0ms;
        std::atomic<bool> hasRoom = false;
        m_handler->setReaction([&](ReceivedRequest &&, RequestHandler::Done done) {
            done(Answer{hasRoom ? 200 : 503, {}, {}, {}});
        });
        startAndAccept();
        m_broker->publish(1, "plant/a", "21.5");
        QCOMPARE(m_broker->read().type, 0); // the connection is given up
        hasRoom = true;
        QVERIFY(m_broker->accept(true));
        m_broker->publish(1, "plant/a", "21.5", true);
        QCOMPARE(m_broker->read().type, int(FakeBroker::PubAck));
        m_broker->publish(1, "plant/a", "21.5");
        QCOMPARE(m_broker->read().type, int(FakeBroker::PubAck));
        const auto requests = m_handler->requests();
        const std::string last = requests[requests.size() - 1].body,
                          again = requests[requests.size() - 2].body;
        QCOMPARE(requests.front().body, again);
        QVERIFY(last != again);
    }

    /// The acknowledgement is sent, but the connection ends before the broker reads it (as when a process is killed that has not read all).
    void isRecognisedWhenItsAcknowledgementIsLost()
    {
        startAndAccept();
        m_broker->publish(1, "plant/a", "21.5");
        QTRY_VERIFY(m_broker->hasSomething()); // sent, and nobody looks at it
        QVERIFY(m_broker->accept(true));
        m_broker->publish(1, "plant/a", "21.5", true);
        QCOMPARE(m_broker->read().type, int(FakeBroker::PubAck));
        m_broker->publish(1, "plant/a", "21.5");
        QCOMPARE(m_broker->read().type, int(FakeBroker::PubAck)); // on the way there the broker shows that it has read the one before
        const auto requests = m_handler->requests();
        QCOMPARE(requests.size(), 3U);
        QCOMPARE(requests[0].body, requests[1].body);
        QVERIFY(requests[1].body != requests[2].body);
        QVERIFY(m_broker->signs >= 1);
    }

    /// A broker that never shows what it has read holds nothing up for long.
    void noSign()
    {
        m_broker->givesSigns = false;
        startAndAccept();
        for (int number : {1, 2}) {
            m_broker->publish(number, "plant/a", "21.5");
            QCOMPARE(m_broker->read().number(), number);
        }
        QCOMPARE(m_handler->requests().size(), 2U);
    }

    /// A new process of ours: what it remembers is in the file.
    void isRecognisedByAnotherProcess()
    {
        {
            auto memory = SessionMemory::open(
                m_options.memory); // one that was killed between storing and acknowledging
            QVERIFY(memory);
            memory->subscribed({"1 plant/#"});
            memory->isAcknowledged();
            memory->willStore(2);
        }
        start();
        QVERIFY(m_broker->accept(true));
        // What comes again is a request of its own, so that the next round begins behind it.
        m_broker->hold();
        m_broker->publish(1, "plant/a", "1", true);
        m_broker->publish(2, "plant/a", "2", true);
        m_broker->publish(3, "plant/a", "3");
        m_broker->release();
        for (int number : {1, 2, 3})
            QCOMPARE(m_broker->read().number(), number);
        const auto requests = m_handler->requests();
        QCOMPARE(requests.size(), 2U);
        QCOMPARE(requests[0].body.substr(0, requests[0].body.find("/1/")),
                 "mqtt://127.0.0.1:" + std::to_string(m_broker->port) + "/tester/2");
        QVERIFY(requests[0].body.find("|plant/a|2\n") != std::string::npos);
        QVERIFY(requests[1].body.find("/tester/3/3/") != std::string::npos);
    }

    void theBrokerHasForgotten()
    {
        {
            auto memory = SessionMemory::open(m_options.memory);
            memory->willStore(5);
        }
        start();
        QVERIFY(m_broker->accept(false));
        m_broker->subAck(m_broker->read(), 1);
        m_broker->publish(1, "plant/a", "1");
        QCOMPARE(m_broker->read().number(), 1);
        QVERIFY(m_handler->requests().front().body.find("/tester/2/1/") !=
                std::string::npos); // nothing comes again
    }

    void lossIsPossibleWithoutQos()
    {
        startAndAccept();
        m_broker->hold();
        m_broker->publish(0, "plant/a", "1", false, true);
        m_broker->publish(5, "plant/b", "2");
        m_broker->release();
        QCOMPARE(m_broker->read().number(), 5);
        const auto requests = m_handler->requests();
        QCOMPARE(requests.size(), 2U);
        const std::size_t plain = requests[0].protocol == "mqtt/qos0" ? 0 : 1;
        QCOMPARE(requests[plain].protocol, std::string("mqtt/qos0"));
        QCOMPARE(requests[plain].body, std::string("|plant/a|1|r\n"));
        QCOMPARE(requests[1 - plain].protocol, std::string("mqtt/qos1"));
    }

    void droppedIsCounted()
    {
        m_options.patience = 0ms;
        m_handler->setReaction([](ReceivedRequest &&, RequestHandler::Done done) {
            done(Answer{503, {}, {}, {}});
        });
        startAndAccept();
        m_broker->publish(0, "plant/a", "1");
        QTRY_COMPARE(m_handler->counted("mqtt.dropped"), 1U);
    }

    void refusals()
    {
        start();
        QVERIFY(m_broker->accept(false, 5));
        QTRY_VERIFY(m_handler->counted("mqtt.connect.failed") >= 1);
        QTRY_VERIFY(!problems().isEmpty());
        QVERIFY2(problems().first().contains(QStringLiteral("refuses")), qPrintable(problems().first()));
        QVERIFY(m_broker->accept(false)); // tried again
        m_broker->subAck(m_broker->read(), char(0x80));
        QTRY_COMPARE(m_handler->counted("mqtt.subscription.refused"), 1U);
    }

    void nobodyIsThere()
    {
        m_options.broker.port = 1; // nobody listens there
        start();
        QTRY_VERIFY(m_handler->counted("mqtt.connect.failed") >= 2);
        m_subscriber->stop();
        QVERIFY(!m_subscriber->isConnected());
        QCOMPARE(problems().size(), 1); // said once
    }

    void saysGoodbye()
    {
        startAndAccept();
        m_subscriber->stop();
        QCOMPARE(m_broker->read().type, int(FakeBroker::Disconnect));
    }

    void remembers()
    {
        const std::filesystem::path path = m_folder->filePath(QStringLiteral("x")).toStdString();
        {
            auto memory = SessionMemory::open(path);
            QCOMPARE(memory->round(), 1U);
            memory->willStore(3);
            memory->willStore(2); // of those before, the one not acknowledged is among them
            memory->subscribed({"1 a/long/topic", "0 b"});
            memory->subscribed({"1 c"});
        }
        auto memory = SessionMemory::open(path);
        QCOMPARE(memory->round(), 1U);
        QCOMPARE(memory->pending(), 3U);
        QCOMPARE(memory->filters(), std::vector<std::string>{"1 c"});
        memory->isAcknowledged();
        QCOMPARE(SessionMemory::open(path)->round(), 2U);
        QCOMPARE(SessionMemory::open(path)->pending(), 0U);
        QFile broken(QString::fromStdString(path.string()));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("nonsense");
        broken.close();
        QCOMPARE(SessionMemory::open(path)->round(), 1U);
        QVERIFY(!SessionMemory::open(m_folder->filePath(QStringLiteral("no/such/folder")).toStdString()));
    }

private:
    void start()
    {
        m_subscriber = std::make_unique<MqttSubscriber>(m_options, *m_handler);
        QVERIFY(m_subscriber->start());
    }
    void startAndAccept()
    {
        start();
        QVERIFY(m_broker->accept(false));
        m_broker->subAck(m_broker->read(), 1);
        QTRY_VERIFY(m_subscriber->isConnected());
    }
    QStringList problems()
    {
        const std::scoped_lock lock(m_mutex);
        QStringList all;
        for (const std::string &problem : m_problems)
            all << QString::fromStdString(problem);
        return all;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeBroker> m_broker;
    std::unique_ptr<FakeHandler> m_handler;
    std::unique_ptr<MqttSubscriber> m_subscriber;
    MqttOptions m_options;
    std::mutex m_mutex;
    std::vector<std::string> m_problems;
};

QTEST_GUILESS_MAIN(TestMqttSubscriber)
#include "tst_mqttsubscriber.moc"
