// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/http/httpserver.h"

#include "tests/models/sources/http/fakehandler.h"
#include "tests/support/compress.h"
#include "tests/support/rawclient.h"

#include <QTest>

#include <thread>
#include <unistd.h>

using namespace telltale;
using namespace telltale::test;

namespace {

constexpr const char *kPage = "http://localhost:3000";

HttpOptions anyPort()
{
    HttpOptions options;
    options.port = 0;
    return options;
}

} // namespace

class TestHttpServer final : public QObject
{
    Q_OBJECT

    std::unique_ptr<FakeHandler> m_handler;
    std::unique_ptr<HttpServer> m_server;
    std::uint16_t m_port = 0;

    std::string head(std::string_view method, std::string_view target, std::string_view headers = {}) const
    {
        return std::string(method) + " " + std::string(target) +
               " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(m_port) + "\r\n" + std::string(headers) +
               "\r\n";
    }

private Q_SLOTS:
    void init()
    {
        m_handler = std::make_unique<FakeHandler>();
        m_server = std::make_unique<HttpServer>(anyPort(), *m_handler);
        const auto port = m_server->start();
        QVERIFY(port);
        m_port = *port;
        QVERIFY(m_server->access().allowOrigin(kPage));
    }

    void cleanup()
    {
        m_server.reset();
        m_handler.reset();
    }

    void bothFamiliesShareThePort()
    {
        for (const char *host : {"127.0.0.1", "::1"}) {
            RawClient client(m_port, host);
            QVERIFY2(client.isConnected(), host);
            QVERIFY(client.send(postRequest(m_port, "/v1/logs", "application/json", "{}")));
            QCOMPARE(client.receive()->status, 200);
        }
        QCOMPARE(m_handler->requests().size(), std::size_t(2));
        QVERIFY(m_handler->requests()[1].peer.starts_with("[::1]:"));
    }

    void aRequestArrivesAsSent()
    {
        const auto answer =
            ask(m_port, postRequest(m_port, "/v1/logs/?a=1&b=%20", "application/json; charset=utf-8",
                                    "{\"x\":1}", "User-Agent: probe/1\r\n"));
        QCOMPARE(answer->status, 200);
        QCOMPARE(answer->body, std::string("7"));
        QCOMPARE(answer->header("content-length"), std::string("1"));
        QVERIFY(answer->hasHeader("date"));
        QVERIFY(!answer->hasHeader("access-control-allow-origin"));
        const ReceivedRequest request = m_handler->requests().at(0);
        QCOMPARE(request.method, std::string("POST"));
        QCOMPARE(request.path, std::string("/v1/logs"));
        QCOMPARE(request.query, std::string("a=1&b=%20"));
        QCOMPARE(request.contentType, std::string("application/json; charset=utf-8"));
        QCOMPARE(request.userAgent, std::string("probe/1"));
        QCOMPARE(request.body, std::string("{\"x\":1}"));
        QVERIFY(request.peer.starts_with("127.0.0.1:"));
        QVERIFY(request.arrival.ns > 0);
    }

    void chunkedBodies_data()
    {
        QTest::addColumn<int>("chunk");
        QTest::addColumn<int>("piece"); // bytes a send; 0: all at once
        QTest::newRow("one chunk") << 100000 << 0;
        QTest::newRow("small chunks") << 7 << 0;
        QTest::newRow("byte by byte") << 3 << 1;
        QTest::newRow("pieces across chunks") << 1000 << 333;
    }

    void chunkedBodies()
    {
        QFETCH(int, chunk);
        QFETCH(int, piece);
        const std::string body(piece == 1 ? 40 : 50000, 'x');
        const std::string text =
            head("POST", "/v1/logs", "Transfer-Encoding: chunked\r\n") + chunked(body, std::size_t(chunk));
        RawClient client(m_port);
        const std::size_t step = piece == 0 ? text.size() : std::size_t(piece);
        for (std::size_t at = 0; at < text.size(); at += step)
            QVERIFY(client.send(std::string_view(text).substr(at, step)));
        const auto answer = client.receive();
        QVERIFY(answer);
        QCOMPARE(answer->status, 200);
        QCOMPARE(answer->body, std::to_string(body.size()));
    }

    void chunksWithExtensionsAndTrailers()
    {
        const std::string text = head("POST", "/v1/logs", "Transfer-Encoding: chunked\r\n") +
                                 "4;name=\"v\"\r\nabcd\r\n0\r\nX-Checksum: 1\r\nHost: other\r\n\r\n";
        QCOMPARE(ask(m_port, text)->body, std::string("4"));
    }

    void anEmptyChunkedBodyByteByByte()
    {
        const std::string text = head("POST", "/v1/logs", "Transfer-Encoding: chunked\r\n") + "0\r\n\r\n";
        RawClient client(m_port);
        for (const char c : text)
            QVERIFY(client.send(std::string_view(&c, 1)));
        QCOMPARE(client.receive()->body, std::string("0"));
    }

    void connectionsAreKept()
    {
        RawClient client(m_port);
        for (int i = 0; i < 20; ++i) {
            QVERIFY(client.send(
                postRequest(m_port, "/v1/logs", "application/json", std::string(std::size_t(i), 'a'))));
            const auto answer = client.receive();
            QVERIFY(answer);
            QCOMPARE(answer->body, std::to_string(i));
            QCOMPARE(answer->header("connection"), std::string("keep-alive"));
        }
    }

    void connectionsCloseWhenAsked()
    {
        RawClient client(m_port);
        QVERIFY(
            client.send(postRequest(m_port, "/v1/logs", "application/json", "{}", "Connection: close\r\n")));
        const auto answer = client.receive();
        QCOMPARE(answer->header("connection"), std::string("close"));
        QVERIFY(client.waitForClose());

        RawClient old(m_port);
        QVERIFY(old.send("POST /v1/logs HTTP/1.0\r\nHost: 127.0.0.1:" + std::to_string(m_port) +
                         "\r\nContent-Length: 2\r\n\r\n{}"));
        QCOMPARE(old.receive()->status, 200);
        QVERIFY(old.waitForClose());
    }

    void pipelinedRequestsKeepTheirOrder()
    {
        // The first answer comes late, from another thread; the second request must wait for it.
        std::vector<std::thread> threads;
        m_handler->setReaction([&](ReceivedRequest &&request, RequestHandler::Done done) {
            threads.emplace_back([body = request.body, done = std::move(done)] {
                done(Answer{200, "text/plain", body, {}});
            });
        });
        std::string text;
        for (const char *body : {"one", "two", "three", "four"})
            text += postRequest(m_port, "/v1/logs", "application/json", body);
        text += head("GET", "/v1/logs") + head("OPTIONS", "/v1/logs");
        RawClient client(m_port);
        QVERIFY(client.send(text));
        for (const char *body : {"one", "two", "three", "four"})
            QCOMPARE(client.receive()->body, std::string(body));
        QCOMPARE(client.receive()->status, 405);
        QCOMPARE(client.receive()->status, 204);
        for (auto &thread : threads)
            thread.join();
    }

    void expectContinue()
    {
        RawClient client(m_port);
        QVERIFY(client.send(head("POST", "/v1/logs", "Expect: 100-continue\r\nContent-Length: 5\r\n")));
        const auto first = client.receive();
        QVERIFY(first);
        QCOMPARE(first->status, 100);
        QVERIFY(client.send("hello"));
        const auto second = client.receive();
        QCOMPARE(second->status, 200);
        QCOMPARE(second->body, std::string("5"));
        // Who would be refused is told so before the body.
        QCOMPARE(
            ask(m_port, head("POST", "/nowhere", "Expect: 100-continue\r\nContent-Length: 5\r\n"))->status,
            404);
        QCOMPARE(ask(m_port, head("POST", "/v1/logs", "Expect: wonders\r\nContent-Length: 5\r\n"))->status,
                 417);
    }

    void methods_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<int>("status");
        QTest::newRow("GET") << QByteArray("GET") << QByteArray("/v1/logs") << 405;
        QTest::newRow("HEAD") << QByteArray("HEAD") << QByteArray("/v1/logs") << 405;
        QTest::newRow("PUT") << QByteArray("PUT") << QByteArray("/v1/logs") << 405;
        QTest::newRow("unknown method") << QByteArray("FETCH") << QByteArray("/v1/traces") << 405;
        QTest::newRow("lower case") << QByteArray("post") << QByteArray("/v1/logs") << 405;
        QTest::newRow("OPTIONS") << QByteArray("OPTIONS") << QByteArray("/v1/logs") << 204;
        QTest::newRow("OPTIONS *") << QByteArray("OPTIONS") << QByteArray("*") << 204;
        QTest::newRow("OPTIONS nowhere") << QByteArray("OPTIONS") << QByteArray("/nowhere") << 404;
        QTest::newRow("root") << QByteArray("GET") << QByteArray("/") << 404;
        QTest::newRow("unknown path") << QByteArray("POST") << QByteArray("/v1/nothing") << 404;
        QTest::newRow("path and more") << QByteArray("POST") << QByteArray("/v1/logs/more") << 404;
        QTest::newRow("other case") << QByteArray("POST") << QByteArray("/V1/logs") << 404;
        QTest::newRow("absolute form") << QByteArray("POST") << QByteArray("http://127.0.0.1/v1/logs") << 200;
        QTest::newRow("slash") << QByteArray("POST") << QByteArray("/v1/logs/") << 200;
        QTest::newRow("query") << QByteArray("POST") << QByteArray("/v1/logs?x=http://a/b") << 200;
    }

    void methods()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, target);
        QFETCH(int, status);
        const std::string headers = method == "POST" ? "Content-Length: 0\r\n" : "";
        const auto answer =
            ask(m_port, head(method.toStdString(), target.toStdString(), headers), method == "HEAD");
        QVERIFY(answer);
        QCOMPARE(answer->status, status);
        if (status == 405 || (status == 204 && target != "*"))
            QCOMPARE(answer->header("allow"), std::string("POST, OPTIONS"));
        if (status >= 400 && method != "HEAD")
            QVERIFY(QByteArray::fromStdString(answer->body).startsWith("refused: "));
    }

    void refusedBodiesDoNotSpoilTheConnection()
    {
        RawClient client(m_port);
        QVERIFY(client.send(postRequest(m_port, "/nowhere", "application/json", std::string(100000, 'x'))));
        QCOMPARE(client.receive()->status, 404);
        QVERIFY(
            client.send(head("POST", "/nowhere", "Transfer-Encoding: chunked\r\n") + chunked("hello", 2)));
        QCOMPARE(client.receive()->status, 404);
        QVERIFY(client.send(postRequest(m_port, "/v1/logs", "application/json", "{}")));
        QCOMPARE(client.receive()->status, 200);
        QCOMPARE(m_handler->counted("http.path.unknown"), std::uint64_t(2));
    }

    void malformed_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("status");
        const QByteArray host = "Host: 127.0.0.1:PORT\r\n";
        QTest::newRow("TLS") << QByteArrayLiteral(
                                         "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello hello")
                                  << 400;
        QTest::newRow("HTTP/2 preface") << QByteArray("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") << 400;
        QTest::newRow("no host") << QByteArray("POST /v1/logs HTTP/1.1\r\nContent-Length: 0\r\n\r\n") << 400;
        QTest::newRow("two hosts") << QByteArray("POST /v1/logs HTTP/1.1\r\n") + host + host +
                                          "Content-Length: 0\r\n\r\n"
                                   << 400;
        QTest::newRow("length and chunked")
            << QByteArray("POST /v1/logs HTTP/1.1\r\n") + host +
                   "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            << 400;
        QTest::newRow("two lengths") << QByteArray("POST /v1/logs HTTP/1.1\r\n") + host +
                                            "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"
                                     << 400;
        QTest::newRow("negative length")
            << QByteArray("POST /v1/logs HTTP/1.1\r\n") + host + "Content-Length: -1\r\n\r\n"
            << 400;
        QTest::newRow("bad chunk") << QByteArray("POST /v1/logs HTTP/1.1\r\n") + host +
                                          "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n"
                                   << 400;
        QTest::newRow("transfer gzip") << QByteArray("POST /v1/logs HTTP/1.1\r\n") + host +
                                              "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"
                                       << 501;
        QTest::newRow("bare LF") << QByteArray("POST /v1/logs HTTP/1.1\nHost: a\n\n") << 400;
        QTest::newRow("blank in field name") << "POST /v1/logs HTTP/1.1\r\nHo st: x\r\n" + host + "\r\n"
                                             << 400;
    }

    void tlsIsNamed()
    {
        RawClient client(m_port);
        QVERIFY(client.send(std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello", 18)));
        const auto answer = client.receive();
        QVERIFY(answer && answer->body.find("plain HTTP") != std::string::npos);
        QCOMPARE(m_handler->counted("http.tls.unexpected"), std::uint64_t(1));
    }

    void malformed()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, status);
        text.replace("PORT", QByteArray::number(m_port));
        RawClient client(m_port);
        QVERIFY(client.send(text.toStdString()));
        const auto answer = client.receive();
        QVERIFY(answer);
        QCOMPARE(answer->status, status);
        QVERIFY(client.waitForClose());
        QCOMPARE(m_handler->requests().size(), std::size_t(0));
        QCOMPARE(m_handler->counted("http.malformed"), std::uint64_t(1));
    }

    void hosts()
    {
        const auto withHost = [&](const std::string &host) {
            return ask(m_port, "POST /v1/logs HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 2\r\n\r\n{}")
                ->status;
        };
        const std::string port = std::to_string(m_port);
        QCOMPARE(withHost("localhost:" + port), 200);
        QCOMPARE(withHost("[::1]:" + port), 200);
        QCOMPARE(withHost("localhost"), 403);
        QCOMPARE(withHost("evil.example:" + port), 403);
        QCOMPARE(withHost("evil.example"), 403);
        QCOMPARE(withHost(""), 403);
        QCOMPARE(m_handler->requests().size(), std::size_t(2));
        QCOMPARE(m_handler->counted("http.host.refused"), std::uint64_t(4));
    }

    void strangeOriginsAreRefused()
    {
        for (const std::string method : {"POST", "OPTIONS", "GET"}) {
            const auto answer = ask(m_port, head(method, "/v1/logs",
                                                 "Origin: http://localhost:9999\r\nContent-Length: 0\r\n"
                                                 "Access-Control-Request-Method: POST\r\n"));
            QCOMPARE(answer->status, 403);
            QVERIFY(!answer->hasHeader("access-control-allow-origin"));
            QVERIFY(!answer->hasHeader("access-control-allow-methods"));
            QCOMPARE(answer->header("vary"), std::string("Origin"));
        }
        QCOMPARE(ask(m_port, postRequest(m_port, "/v1/logs", "text/plain", "{}", "Origin: null\r\n"))->status,
                 403);
        QCOMPARE(m_handler->requests().size(), std::size_t(0));
        QCOMPARE(m_handler->counted("http.origin.refused"), std::uint64_t(4));
        QCOMPARE(m_server->access().refusedOrigins().size(), std::size_t(1));
        QCOMPARE(m_server->access().refusedOrigins()[0].origin, std::string("http://localhost:9999"));
    }

    void allowedOriginsGetCors()
    {
        const std::string origin = std::string("Origin: ") + kPage + "\r\n";
        const auto preflight =
            ask(m_port, head("OPTIONS", "/v1/logs",
                             origin + "Access-Control-Request-Method: POST\r\n"
                                      "Access-Control-Request-Headers: content-type,x-api-key\r\n"
                                      "Access-Control-Request-Private-Network: true\r\n"));
        QCOMPARE(preflight->status, 204);
        QCOMPARE(preflight->header("access-control-allow-origin"), std::string(kPage));
        QCOMPARE(preflight->header("access-control-allow-credentials"), std::string("true"));
        QCOMPARE(preflight->header("access-control-allow-methods"), std::string("POST, GET, OPTIONS"));
        QCOMPARE(preflight->header("access-control-allow-headers"), std::string("content-type,x-api-key"));
        QCOMPARE(preflight->header("access-control-allow-private-network"), std::string("true"));
        QVERIFY(preflight->hasHeader("access-control-max-age"));
        QVERIFY(!preflight->hasHeader("content-length"));
        const auto post = ask(m_port, postRequest(m_port, "/v1/logs", "application/json", "{}", origin));
        QCOMPARE(post->status, 200);
        QCOMPARE(post->header("access-control-allow-origin"), std::string(kPage));
        QCOMPARE(post->header("access-control-allow-credentials"), std::string("true"));
        QCOMPARE(post->header("access-control-expose-headers"),
                 std::string("Retry-After, X-Sentry-Rate-Limits"));
        QCOMPARE(post->header("vary"), std::string("Origin"));
        // Errors must be readable by the page, too.
        const auto missing = ask(m_port, postRequest(m_port, "/nowhere", "application/json", "{}", origin));
        QCOMPARE(missing->status, 404);
        QCOMPARE(missing->header("access-control-allow-origin"), std::string(kPage));
        // Two origins are one too many.
        const auto two =
            ask(m_port, postRequest(m_port, "/v1/logs", "application/json", "{}", origin + origin));
        QCOMPARE(two->status, 403);
    }

    void contentEncodings_data()
    {
        QTest::addColumn<QByteArray>("encoding");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        const std::string text(3000, 'y');
        const auto add = [](const char *name, const char *encoding, const std::string &body, int status) {
            QTest::newRow(name) << QByteArray(encoding) << QByteArray::fromStdString(body) << status;
        };
        add("gzip", "gzip", gzipped(text), 200);
        add("deflate", "deflate", zlibbed(text), 200);
        add("raw deflate", "deflate", rawDeflated(text), 200);
        add("zstd", "zstd", zstandard(text), 200);
        add("identity", "identity", text, 200);
        add("chain", "gzip, zstd", zstandard(gzipped(text)), 200);
        add("damaged", "gzip", gzipped(text).substr(0, 20), 400);
        add("plain text said to be gzip", "gzip", text, 400);
        add("brotli", "br", brotlied(text), 200);
        add("unknown", "compress", text, 415);
        add("gzip bomb", "gzip", gzipBomb(96), 413);
        add("zstd bomb", "zstd", zstdBomb(96), 413);
        add("brotli bomb", "br", brotliBomb(96), 413);
    }

    void contentEncodings()
    {
        QFETCH(QByteArray, encoding);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        RawClient client(m_port);
        QVERIFY(client.send(postRequest(m_port, "/v1/logs", "application/json", body.toStdString(),
                                        "Content-Encoding: " + encoding.toStdString() + "\r\n")));
        const auto answer = client.receive();
        QVERIFY(answer);
        QCOMPARE(answer->status, status);
        if (status == 200)
            QCOMPARE(answer->body, std::string("3000"));
        else
            QCOMPARE(m_handler->requests().size(), std::size_t(0));
        const char *counter = status == 400   ? "http.decompress.failed"
                              : status == 413 ? "http.body.too_large"
                                              : "http.encoding.unsupported";
        QCOMPARE(m_handler->counted(counter), std::uint64_t(status == 200 ? 0 : 1));
        // The body was read, so the connection goes on.
        QVERIFY(client.send(postRequest(m_port, "/v1/logs", "application/json", "{}")));
        QCOMPARE(client.receive()->status, 200);
    }

    void tokensAreNeededWhenConfigured()
    {
        HttpOptions options = anyPort();
        options.token = "s3cret";
        HttpServer server(options, *m_handler);
        const std::uint16_t port = server.start().value();
        const auto status = [&](const std::string &headers) {
            return ask(port, postRequest(port, "/v1/logs", "application/json", "{}", headers))->status;
        };
        QCOMPARE(status(""), 401);
        QCOMPARE(status("Authorization: Bearer wrong!\r\n"), 401);
        QCOMPARE(status("Authorization: Bearer s3cret\r\n"), 200);
        QCOMPARE(status("X-Api-Key: s3cret\r\n"), 200);
        QCOMPARE(m_handler->counted("http.unauthorized"), std::uint64_t(2));
    }

    void networkAddressesNeedAToken()
    {
        HttpOptions options = anyPort();
        options.host = "0.0.0.0";
        HttpServer open(options, *m_handler);
        const auto refused = open.start();
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, Error::Code::InvalidArgument);
        QVERIFY(refused.error().message.find("token") != std::string::npos);
        options.token = "s3cret";
        HttpServer closed(options, *m_handler);
        const std::uint16_t port = closed.start().value();
        QCOMPARE(ask(port, postRequest(port, "/v1/logs", "application/json", "{}", "x-api-key: s3cret\r\n"))
                     ->status,
                 200);
        options.host = "no-such-place";
        HttpServer nowhere(options, *m_handler);
        QCOMPARE(nowhere.start().error().code, Error::Code::InvalidArgument);
    }

    void aBusyPortNamesItsHolder()
    {
        HttpOptions options;
        options.port = m_port;
        HttpServer second(options, *m_handler);
        const auto result = second.start();
        QVERIFY(!result);
        QCOMPARE(result.error().code, Error::Code::Busy);
        const QByteArray message = QByteArray::fromStdString(result.error().message);
        QVERIFY2(message.contains(QByteArray("process ").append(QByteArray::number(getpid()))),
                 message.constData());
        QVERIFY2(message.contains("tst_httpserver"), message.constData());
    }

    void stoppingFinishesWhatIsBeingAnswered()
    {
        std::mutex mutex;
        std::vector<RequestHandler::Done> waiting;
        m_handler->setReaction([&](ReceivedRequest &&, RequestHandler::Done done) {
            const std::scoped_lock lock(mutex);
            waiting.push_back(std::move(done));
        });
        RawClient busy(m_port);
        QVERIFY(busy.send(postRequest(m_port, "/v1/logs", "application/json", "{}")));
        RawClient idle(m_port);
        QTRY_COMPARE(m_handler->requests().size(), std::size_t(1));
        std::thread stopping([&] { m_server->stop(); });
        QVERIFY(idle.waitForClose());
        {
            const std::scoped_lock lock(mutex);
            waiting.front()(Answer{200, "text/plain", "late", {}});
        }
        const auto answer = busy.receive();
        stopping.join();
        QVERIFY(answer);
        QCOMPARE(answer->body, std::string("late"));
        QCOMPARE(answer->header("connection"), std::string("close"));
        QVERIFY(!RawClient(m_port).isConnected());
        // It can be started again.
        m_handler->setReaction({});
        const std::uint16_t again = m_server->start().value();
        QCOMPARE(ask(again, postRequest(again, "/v1/logs", "application/json", "{}"))->status, 200);
    }

    void answersAfterTheEndAreHarmless()
    {
        RequestHandler::Done late;
        std::mutex mutex;
        HttpOptions options = anyPort();
        options.limits.stopTime = std::chrono::milliseconds(50);
        m_handler->setReaction([&](ReceivedRequest &&, RequestHandler::Done done) {
            const std::scoped_lock lock(mutex);
            late = std::move(done);
        });
        auto server = std::make_unique<HttpServer>(options, *m_handler);
        const std::uint16_t port = server->start().value();
        RawClient client(port);
        QVERIFY(client.send(postRequest(port, "/v1/logs", "application/json", "{}")));
        QTRY_COMPARE(m_handler->requests().size(), std::size_t(1));
        server.reset();
        late(Answer{});
        QVERIFY(client.waitForClose());
    }
};

QTEST_APPLESS_MAIN(TestHttpServer)
#include "tst_httpserver.moc"
