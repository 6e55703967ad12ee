// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/grpc/grpcmessage.h"
#include "models/sources/grpc/grpcserver.h"
#include "tests/models/sources/grpc/grpcclient.h"
#include "tests/models/sources/http/fakehandler.h"
#include "tests/support/compress.h"

#include <QFile>
#include <QTest>

#include <random>

using namespace telltale;
using namespace telltale::test;

namespace {

const std::string kLogs = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";

/// A server with a handler that says yes.
struct Fixture
{
    GrpcOptions options;
    FakeHandler handler;
    std::unique_ptr<GrpcServer> server;
    std::uint16_t port = 0;

    Fixture()
    {
        options.port = 0;
        handler.setReaction([](ReceivedRequest &&, RequestHandler::Done done) { done(Answer{}); });
    }
    void start()
    {
        server = std::make_unique<GrpcServer>(options, handler);
        const auto started = server->start();
        if (!started)
            qFatal("%s", started.error().message.c_str());
        port = *started;
    }
    bool servesHonestClients()
    {
        GrpcClient client(port);
        return client.call(kLogs, writeGrpcMessage("x")).status() == "0";
    }
};

} // namespace

class TestGrpcServer final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCall()
    {
        Fixture f;
        f.handler.setReaction([](ReceivedRequest &&, RequestHandler::Done done) {
            Answer answer;
            answer.body = "partial";
            done(std::move(answer));
        });
        f.start();
        GrpcClient client(f.port);
        for (int i = 0; i < 3; ++i) { // headers come from HPACK's table the second time
            const GrpcAnswer answer = client.call(kLogs, writeGrpcMessage("the message"));
            QVERIFY(answer.isComplete);
            QCOMPARE(answer.headers.at(":status"), std::string("200"));
            QCOMPARE(answer.headers.at("content-type"), std::string("application/grpc"));
            QCOMPARE(answer.status(), std::string("0"));
            QCOMPARE(answer.body, writeGrpcMessage("partial"));
        }
        const auto requests = f.handler.requests();
        QCOMPARE(requests.size(), std::size_t(3));
        QCOMPARE(requests[0].path, std::string("/v1/logs"));
        QCOMPARE(requests[0].protocol, std::string("otlp/grpc"));
        QCOMPARE(requests[0].contentType, std::string("application/x-protobuf"));
        QCOMPARE(requests[0].body, std::string("the message"));
    }

    void aLargeMessageNeedsFlowControl()
    {
        Fixture f;
        std::atomic<std::size_t> received = 0;
        f.handler.setReaction([&](ReceivedRequest &&request, RequestHandler::Done done) {
            received = request.body.size();
            done(Answer{});
        });
        f.start();
        GrpcClient client(f.port);
        const std::string large(20'000'000, 'x');
        QCOMPARE(client.call(kLogs, writeGrpcMessage(large)).status(), std::string("0"));
        QCOMPARE(received.load(), large.size());
    }

    void compressedMessages()
    {
        Fixture f;
        f.start();
        GrpcClient client(f.port);
        std::string message = writeGrpcMessage(gzipped("the message"));
        message[0] = 1;
        QCOMPARE(client.call(kLogs, message, {{"grpc-encoding", "gzip"}}).status(), std::string("0"));
        QCOMPARE(f.handler.requests().front().body, std::string("the message"));
        QCOMPARE(client.call(kLogs, message, {{"grpc-encoding", "snappy"}}).status(), std::string("12"));
        message.back() = static_cast<char>(message.back() + 1);
        message[message.size() - 6] = static_cast<char>(message[message.size() - 6] + 1);
        QCOMPARE(client.call(kLogs, message, {{"grpc-encoding", "gzip"}}).status(), std::string("3"));
        QCOMPARE(f.handler.counted("grpc.decompress.failed"), std::uint64_t(1));
    }

    void refusals()
    {
        Fixture f;
        f.options.limits.messageBytes = 1'000;
        f.start();
        GrpcClient client(f.port);
        QCOMPARE(client.call("/somewhere/Else", writeGrpcMessage("x")).status(), std::string("12"));
        QCOMPARE(client.call(kLogs, "no message").status(), std::string("3"));
        QCOMPARE(client.call(kLogs, writeGrpcMessage(std::string(2'000, 'x'))).status(), std::string("8"));
        QCOMPARE(client.call(kLogs, "x", {{"content-type", "text/plain"}}).headers.at(":status"), std::string("415"));
        QCOMPARE(client.call(kLogs, "x", {{":authority", "evil.example:4317"}}).status(), std::string("7"));
        QVERIFY(f.handler.requests().empty());
        QVERIFY(f.servesHonestClients());
    }

    void bombs()
    {
        Fixture f;
        f.options.limits.messageBytes = 100'000;
        f.start();
        GrpcClient client(f.port);
        std::string message = writeGrpcMessage(gzipped(std::string(5'000'000, ' ')));
        message[0] = 1;
        QCOMPARE(client.call(kLogs, message, {{"grpc-encoding", "gzip"}}).status(), std::string("8"));
    }

    void answersOfTheHandler()
    {
        Fixture f;
        int status = 0;
        f.handler.setReaction([&](ReceivedRequest &&, RequestHandler::Done done) {
            Answer answer;
            answer.status = status;
            answer.body = std::string("\x08\x03\x12\x02no", 6);
            done(std::move(answer));
        });
        f.start();
        GrpcClient client(f.port);
        for (const auto &[http, grpc] : {std::pair(400, "3"), std::pair(413, "8"), std::pair(503, "14")}) {
            status = http;
            const GrpcAnswer answer = client.call(kLogs, writeGrpcMessage("x"));
            QCOMPARE(answer.status(), std::string(grpc));
            QCOMPARE(answer.headers.at("grpc-message"), std::string("no"));
        }
    }

    void tokens()
    {
        Fixture f;
        f.options.token = "secret";
        f.start();
        GrpcClient client(f.port);
        QCOMPARE(client.call(kLogs, writeGrpcMessage("x")).status(), std::string("16"));
        QCOMPARE(client.call(kLogs, writeGrpcMessage("x"), {{"authorization", "Bearer secret"}}).status(), std::string("0"));
    }

    void rapidReset()
    {
        Fixture f;
        f.options.limits.resets = 50;
        f.start();
        GrpcClient client(f.port);
        int sent = 0;
        while (sent < 100'000 && client.callAndReset(kLogs))
            ++sent;
        QVERIFY2(sent < 100'000, "the door was shown");
        QVERIFY(f.handler.counted("grpc.flood") + f.handler.counted("grpc.malformed") > 0);
        QVERIFY(f.servesHonestClients());
    }

    void settingsAndPingsWithoutEnd()
    {
        for (const char type : {char(4), char(6)}) {
            Fixture f;
            f.start();
            GrpcClient client(f.port);
            std::string bytes = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
            bytes += std::string("\0\0\0\4\0\0\0\0\0", 9);
            const std::string frame = type == 4 ? std::string("\0\0\0\4\0\0\0\0\0", 9)
                                                : std::string("\0\0\10\6\0\0\0\0\0abcdefgh", 17);
            for (int i = 0; i < 20'000; ++i)
                bytes += frame;
            bool isOpen = true;
            for (int i = 0; i < 50 && isOpen; ++i) // never reads what comes back
                isOpen = client.sendBytes(bytes);
            QVERIFY(f.servesHonestClients());
        }
    }

    void headersWithoutEnd()
    {
        Fixture f;
        f.start();
        GrpcClient client(f.port);
        std::string bytes = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
        bytes += std::string("\0\0\0\4\0\0\0\0\0", 9);
        bytes += std::string("\0\0\1\1\0\0\0\0\1\x83", 10); // HEADERS without END_HEADERS
        const std::string more = std::string("\0\0\x10\x09\0\0\0\0\1", 9) + std::string("\x40\x01x\x0c") +
                                 std::string(12, 'y'); // CONTINUATION
        for (int i = 0; i < 100'000; ++i)
            bytes += more;
        client.sendBytes(bytes);
        QVERIFY(client.waitForClose());
        QVERIFY(f.servesHonestClients());
    }

    void headersTooLarge()
    {
        Fixture f;
        f.options.limits.headerBytes = 4'096;
        f.start();
        GrpcClient client(f.port);
        QVERIFY(client.call(kLogs, writeGrpcMessage("x"), {{"x-long", std::string(8'000, 'y')}}).status() != "0");
        QVERIFY(f.handler.requests().empty());
        QVERIFY(f.servesHonestClients());
    }

    void silentAndSlowClients()
    {
        Fixture f;
        f.options.limits.openTime = std::chrono::milliseconds(200);
        f.options.limits.callTime = std::chrono::milliseconds(300);
        f.start();
        GrpcClient silent(f.port);
        QVERIFY(silent.waitForClose());
        QTRY_COMPARE(f.handler.counted("grpc.timeout"), std::uint64_t(1));
        QVERIFY(f.servesHonestClients());
    }

    void whatIsNotHttp2()
    {
        Fixture f;
        f.start();
        GrpcClient client(f.port);
        client.sendBytes("POST /v1/logs HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        QVERIFY(client.waitForClose());
        QCOMPARE(f.handler.counted("grpc.malformed"), std::uint64_t(1));
    }

    void mutatedConnectionsDoNoHarm()
    {
        Fixture f;
        f.start();
        QFile file(QStringLiteral(TELLTALE_TEST_DATA "/fixtures/otlp-js/06-wire-grpc.bin"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const std::string wire = file.readAll().toStdString();
        std::mt19937 random(7);
        for (int i = 0; i < 300; ++i) {
            std::string mutated = wire;
            for (int n = 0; n < 1 + i % 8; ++n)
                mutated[random() % mutated.size()] = static_cast<char>(random());
            GrpcClient client(f.port);
            client.sendBytes(mutated);
        }
        QVERIFY(f.servesHonestClients());
    }

    void stopAnswersWhatWasReceived()
    {
        Fixture f;
        std::mutex mutex;
        std::vector<RequestHandler::Done> waiting;
        f.handler.setReaction([&](ReceivedRequest &&, RequestHandler::Done done) {
            const std::scoped_lock lock(mutex);
            waiting.push_back(std::move(done));
        });
        f.start();
        GrpcAnswer answer;
        std::thread caller([&] {
            GrpcClient client(f.port);
            answer = client.call(kLogs, writeGrpcMessage("x"));
        });
        QTRY_COMPARE(f.handler.requests().size(), std::size_t(1));
        std::thread stopper([&] { f.server->stop(); });
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        {
            const std::scoped_lock lock(mutex);
            for (auto &done : waiting)
                done(Answer{});
        }
        stopper.join();
        caller.join();
        QCOMPARE(answer.status(), std::string("0"));
    }
};

QTEST_GUILESS_MAIN(TestGrpcServer)
#include "tst_grpcserver.moc"
