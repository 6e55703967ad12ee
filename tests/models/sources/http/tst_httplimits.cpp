// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/http/httpserver.h"

#include "tests/models/sources/http/fakehandler.h"
#include "tests/support/compress.h"
#include "tests/support/rawclient.h"

#include <QTest>

#include <random>
#include <thread>

using namespace telltale;
using namespace telltale::test;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kMiB = 1024 * 1024;

/// A server with limits of its own for one test.
struct Fixture
{
    FakeHandler handler;
    HttpOptions options;
    std::unique_ptr<HttpServer> server;
    std::uint16_t port = 0;

    Fixture() { options.port = 0; }
    void start()
    {
        server = std::make_unique<HttpServer>(options, handler);
        port = server->start().value();
    }
    std::string head(std::string_view headers) const
    {
        return "POST /v1/logs HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) + "\r\n" +
               std::string(headers) + "\r\n";
    }
    int honestStatus() const
    {
        const auto answer = ask(port, postRequest(port, "/v1/logs", "application/json", "{}"));
        return answer ? answer->status : 0;
    }
};

} // namespace

class TestHttpLimits final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void longHeadsWithinTheLimit()
    {
        Fixture f;
        f.start();
        const std::string target = "/v1/logs?" + std::string(9000, 'q');
        const std::string text = "POST " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(f.port) +
                                 "\r\nX-Long: " + std::string(40000, 'h') + "\r\nContent-Length: 2\r\n\r\n{}";
        QCOMPARE(ask(f.port, text)->status, 200);
        QCOMPARE(f.handler.requests().at(0).query.size(), std::size_t(9000));
    }

    void headsBeyondTheLimit_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("one long field") << 0;
        QTest::newRow("many fields") << 1;
        QTest::newRow("request line") << 2;
    }

    void headsBeyondTheLimit()
    {
        QFETCH(int, kind);
        Fixture f;
        f.start();
        std::string text = "POST /v1/logs HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(f.port) + "\r\n";
        if (kind == 0)
            text += "X-Long: " + std::string(80000, 'h');
        for (int i = 0; kind == 1 && i < 4000; ++i)
            text += "X-Field-" + std::to_string(i) + ": value value\r\n";
        if (kind == 2)
            text = "POST /v1/logs?" + std::string(80000, 'q');
        // Slowly, so that the parser sees it in pieces.
        RawClient client(f.port);
        for (std::size_t at = 0; at < text.size(); at += 5000) {
            if (!client.send(std::string_view(text).substr(at, 5000)))
                break;
        }
        const auto answer = client.receive();
        QVERIFY(answer);
        QCOMPARE(answer->status, 431);
        QVERIFY(client.waitForClose());
    }

    void bodiesBeyondTheLimit()
    {
        Fixture f;
        f.start();
        // Said in advance: refused before a byte of it was read.
        const auto said = ask(f.port, f.head("Content-Length: 67108865\r\n"));
        QCOMPARE(said->status, 413);
        // Chunked: refused when it passes the limit; the client sees the answer although it is still sending.
        RawClient client(f.port);
        QVERIFY(client.send(f.head("Transfer-Encoding: chunked\r\n")));
        std::string chunk = "100000\r\n" + std::string(kMiB, 'x') + "\r\n";
        for (int i = 0; i < 66; ++i) {
            if (!client.send(chunk))
                break;
        }
        const auto late = client.receive();
        QVERIFY(late);
        QCOMPARE(late->status, 413);
        QCOMPARE(f.handler.counted("http.body.too_large"), std::uint64_t(2));
        QCOMPARE(f.handler.requests().size(), std::size_t(0));
    }

    void aBodyOfExactlyTheLimit()
    {
        Fixture f;
        f.options.limits.bodyBytes = kMiB;
        f.start();
        const std::string body(kMiB, 'x');
        QCOMPARE(ask(f.port, postRequest(f.port, "/v1/logs", "application/json", body))->body,
                 std::to_string(kMiB));
        QCOMPARE(ask(f.port, f.head("Transfer-Encoding: chunked\r\n") + chunked(body, 1000))->body,
                 std::to_string(kMiB));
        QCOMPARE(ask(f.port, f.head("Transfer-Encoding: chunked\r\n") + chunked(body + "x", 1000))->status,
                 413);
        QCOMPARE(ask(f.port, postRequest(f.port, "/v1/logs", "application/json", gzipped(body + "x"),
                                         "Content-Encoding: gzip\r\n"))
                     ->status,
                 413);
    }

    void slowHeadsAreCut()
    {
        Fixture f;
        f.options.limits.headerTime = 150ms;
        f.start();
        RawClient client(f.port);
        QVERIFY(client.send("POST /v1/logs HTTP/1.1\r\nHost:"));
        QVERIFY(client.waitForClose());
        QTRY_COMPARE(f.handler.counted("http.timeout"), std::uint64_t(1));
        QCOMPARE(f.honestStatus(), 200);
    }

    void slowBodiesAreCut()
    {
        Fixture f;
        f.options.limits.bodyGrace = 200ms;
        f.start();
        RawClient client(f.port);
        QVERIFY(client.send(f.head("Content-Length: 100000\r\n") + "drip"));
        std::thread dripping([&] {
            // One byte at a time is not enough to stay. Bounded; ends when the server closes.
            for (int i = 0; i < 500 && client.send("x"); ++i)
                std::this_thread::sleep_for(20ms);
        });
        QVERIFY(client.waitForClose());
        dripping.join();
        QTRY_COMPARE(f.handler.counted("http.timeout"), std::uint64_t(1));
    }

    void idleConnectionsAreClosedQuietly()
    {
        Fixture f;
        f.options.limits.idleTime = 100ms;
        f.start();
        RawClient client(f.port);
        QVERIFY(client.send(postRequest(f.port, "/v1/logs", "application/json", "{}")));
        QCOMPARE(client.receive()->status, 200);
        QVERIFY(client.waitForClose());
        QCOMPARE(f.handler.counted("http.timeout"), std::uint64_t(0));
    }

    void interruptedRequestsAreCounted()
    {
        Fixture f;
        f.start();
        RawClient client(f.port);
        QVERIFY(client.send(f.head("Content-Length: 100\r\n") + "half"));
        client.reset();
        QTRY_COMPARE(f.handler.counted("http.interrupted"), std::uint64_t(1));
        QCOMPARE(f.handler.requests().size(), std::size_t(0));
        QCOMPARE(f.honestStatus(), 200);
    }

    void slowClientsDoNotKeepOthersOut()
    {
        Fixture f;
        f.options.limits.connections = 64;
        f.start();
        std::vector<RawClient> slow;
        int honest = 0;
        for (int i = 0; i < 300; ++i) {
            RawClient client(f.port);
            if (!client.isConnected())
                continue;
            client.send(i % 2 == 0 ? std::string("POST /v1/lo") : f.head("Content-Length: 1000\r\n") + "x");
            slow.push_back(std::move(client));
            if (i % 10 != 9)
                continue;
            // As an SDK would: a refusal means to try again a little later.
            for (int attempt = 0; attempt < 100; ++attempt) {
                const int status = f.honestStatus();
                if (status == 200) {
                    ++honest;
                    break;
                }
                QVERIFY2(status == 503 || status == 0, QByteArray::number(status).constData());
                std::this_thread::sleep_for(30ms);
            }
        }
        QCOMPARE(honest, 30);
        // How each of them ended depends on the machine's speed; that each is counted does not.
        const std::uint64_t opened = slow.size();
        slow.clear();
        QTRY_VERIFY_WITH_TIMEOUT(f.handler.counted("http.too_many_connections") +
                                         f.handler.counted("http.timeout") +
                                         f.handler.counted("http.interrupted") >=
                                     opened,
                                 20'000);
    }

    void busyConnectionsAreNotGivenUp()
    {
        Fixture f;
        f.options.limits.connections = 4;
        std::mutex mutex;
        std::vector<RequestHandler::Done> waiting;
        f.handler.setReaction([&](ReceivedRequest &&, RequestHandler::Done done) {
            const std::scoped_lock lock(mutex);
            waiting.push_back(std::move(done));
        });
        f.start();
        std::vector<RawClient> busy;
        for (int i = 0; i < 4; ++i) {
            busy.emplace_back(f.port);
            QVERIFY(busy.back().send(postRequest(f.port, "/v1/logs", "application/json", "{}")));
        }
        QTRY_COMPARE(f.handler.requests().size(), std::size_t(4));
        const auto refused = ask(f.port, postRequest(f.port, "/v1/logs", "application/json", "{}"));
        QVERIFY(refused);
        QCOMPARE(refused->status, 503);
        const int seconds = std::stoi(refused->header("retry-after"));
        QVERIFY(seconds >= 1 && seconds <= 5);
        {
            const std::scoped_lock lock(mutex);
            for (auto &done : waiting)
                done(Answer{});
        }
        for (RawClient &client : busy)
            QCOMPARE(client.receive()->status, 200);
    }

    void beyondTheBudgetRequestsAreHeldThenRefused()
    {
        Fixture f;
        f.options.limits.inFlightBytes = 4 * kMiB;
        f.options.limits.holdTime = 200ms;
        std::mutex mutex;
        std::vector<RequestHandler::Done> waiting;
        f.handler.setReaction([&](ReceivedRequest &&, RequestHandler::Done done) {
            const std::scoped_lock lock(mutex);
            waiting.push_back(std::move(done));
        });
        f.start();
        const std::string body(3 * kMiB, 'x');
        RawClient first(f.port);
        QVERIFY(first.send(postRequest(f.port, "/v1/logs", "application/json", body)));
        QTRY_COMPARE(f.handler.requests().size(), std::size_t(1));
        // There is no room for a second one; nobody frees any.
        const auto refused = ask(f.port, postRequest(f.port, "/v1/logs", "application/json", body));
        QVERIFY(refused);
        QCOMPARE(refused->status, 503);
        QVERIFY(std::stoi(refused->header("retry-after")) >= 1);
        QCOMPARE(f.handler.counted("http.overload"), std::uint64_t(1));
        // The first one goes: the next has room again.
        waiting.front()(Answer{});
        QCOMPARE(first.receive()->status, 200);
        f.handler.setReaction({});
        QCOMPARE(ask(f.port, postRequest(f.port, "/v1/logs", "application/json", body))->status, 200);
    }

    void heldRequestsGoOnWhenThereIsRoom()
    {
        Fixture f;
        f.options.limits.inFlightBytes = 4 * kMiB;
        f.options.limits.holdTime = 60s;
        std::mutex mutex;
        std::vector<RequestHandler::Done> waiting;
        f.handler.setReaction([&](ReceivedRequest &&, RequestHandler::Done done) {
            const std::scoped_lock lock(mutex);
            waiting.push_back(std::move(done));
        });
        f.start();
        const auto isWaiting = [&] {
            const std::scoped_lock lock(mutex);
            return !waiting.empty();
        };
        const auto answerOne = [&] {
            const std::scoped_lock lock(mutex);
            waiting.back()(Answer{});
            waiting.pop_back();
        };
        const std::string body(3 * kMiB, 'x');
        std::vector<std::thread> senders;
        std::atomic<int> answered{0};
        for (int i = 0; i < 6; ++i) {
            senders.emplace_back([&, i] {
                const bool isPacked = i % 2 == 1;
                const auto answer = ask(f.port, postRequest(f.port, "/v1/logs", "application/json",
                                                            isPacked ? gzipped(body) : body,
                                                            isPacked ? "Content-Encoding: gzip\r\n" : ""));
                answered += answer && answer->status == 200 ? 1 : 0;
            });
        }
        // Only one has room at a time, so each answer lets the next one in.
        int given = 0;
        for (; given < 6 && QTest::qWaitFor(isWaiting, 20000); ++given)
            answerOne();
        for (auto &sender : senders)
            sender.join();
        QCOMPARE(given, 6);
        QCOMPARE(answered.load(), 6);
    }

    void mutatedRequestsDoNoHarm()
    {
        Fixture f;
        f.options.limits.headerTime = 300ms;
        f.options.limits.bodyGrace = 300ms;
        f.options.limits.lingerTime = 300ms;
        f.start();
        const std::vector<std::string> seeds{
            postRequest(f.port, "/v1/logs", "application/json", "{\"resourceLogs\":[]}"),
            f.head("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n") +
                chunked(gzipped("{\"a\":1}"), 5),
            f.head("Expect: 100-continue\r\nContent-Length: 2\r\nOrigin: http://localhost:3000\r\n") + "{}",
            postRequest(f.port, "/v1/logs", "application/json", zstandard("{}"),
                        "Content-Encoding: zstd, gzip\r\n"),
        };
        std::mt19937 random(20261122);
        const auto below = [&](std::size_t n) { return std::size_t(random() % n); };
        for (int i = 0; i < 400; ++i) {
            std::string text = seeds[below(seeds.size())] + seeds[below(seeds.size())];
            for (std::size_t change = 1 + below(6); change > 0; --change) {
                const std::size_t at = below(text.size());
                switch (below(4)) {
                case 0:
                    text[at] = static_cast<char>(random());
                    break;
                case 1:
                    text.erase(at, 1 + below(20));
                    break;
                case 2:
                    text.insert(at, text.substr(below(text.size()), below(40)));
                    break;
                default:
                    text.insert(at, "\r\n");
                    break;
                }
            }
            RawClient client(f.port);
            QVERIFY(client.isConnected());
            client.send(text);
            client.finishSending();
            QVERIFY(client.waitForClose());
        }
        QCOMPARE(f.honestStatus(), 200);
    }
};

QTEST_APPLESS_MAIN(TestHttpLimits)
#include "tst_httplimits.moc"
