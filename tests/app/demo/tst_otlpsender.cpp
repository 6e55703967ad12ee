// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/otlpsender.h"

#include <QEventLoop>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThread>

#include <zlib.h>

#include <memory>
#include <optional>

using namespace telltale;
using namespace telltale::demo;

namespace {

// A receiver that answers as it is told, request by request; an empty answer drops the connection.
class ScriptedReceiver final : public QObject
{
    Q_OBJECT

public:
    explicit ScriptedReceiver(QList<QByteArray> answers)
        : m_answers(std::move(answers))
    {
        m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            ++connections;
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        });
    }

    std::string url() const
    {
        return "http://127.0.0.1:" + std::to_string(m_server.serverPort()) + "/prefix/";
    }

    QList<QByteArray> requests; ///< heads
    QList<QByteArray> bodies;
    int connections = 0;

private:
    void read(QTcpSocket *socket)
    {
        QByteArray &buffer = m_buffers[socket];
        buffer += socket->readAll();
        const qsizetype end = buffer.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        const qsizetype at = buffer.indexOf("Content-Length: ") + 16;
        const qsizetype length = buffer.mid(at, buffer.indexOf("\r\n", at) - at).toLongLong();
        if (buffer.size() < end + 4 + length)
            return;
        requests += buffer.left(end);
        bodies += buffer.mid(end + 4, length);
        buffer.clear();
        const QByteArray answer = m_answers.isEmpty() ? QByteArray("200 OK\r\n") : m_answers.takeFirst();
        if (answer.isEmpty())
            socket->abort();
        else
            socket->write("HTTP/1.1 " + answer + "Content-Length: " + QByteArray::number(m_body.size()) +
                          "\r\n\r\n" + m_body);
    }

    QTcpServer m_server;
    QList<QByteArray> m_answers;
    QHash<QTcpSocket *, QByteArray> m_buffers;

public:
    QByteArray m_body;
};

QByteArray gunzipped(const QByteArray &data)
{
    z_stream stream{};
    if (inflateInit2(&stream, 15 + 16) != Z_OK)
        return {};
    QByteArray in = data;
    QByteArray out(1 << 16, '\0');
    stream.next_in = reinterpret_cast<Bytef *>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    inflate(&stream, Z_FINISH);
    out.truncate(qsizetype(stream.total_out));
    inflateEnd(&stream);
    return out;
}

// Sends in a thread of its own while the receiver's event loop runs here.
template<typename Work>
void runBeside(Work work)
{
    QEventLoop loop;
    std::unique_ptr<QThread> thread(QThread::create(work));
    QObject::connect(thread.get(), &QThread::finished, &loop, &QEventLoop::quit);
    thread->start();
    loop.exec();
    thread->wait();
}

} // namespace

class TestOtlpSender final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_stop = false; }

    void endpoints_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QByteArray>("authority");
        QTest::addColumn<QByteArray>("prefix");
        QTest::newRow("usual") << QByteArray("http://127.0.0.1:4318") << QByteArray("127.0.0.1:4318")
                               << QByteArray();
        QTest::newRow("slash") << QByteArray("http://localhost:4318/") << QByteArray("localhost:4318")
                               << QByteArray();
        QTest::newRow("prefix") << QByteArray("http://a:1/x/y/") << QByteArray("a:1") << QByteArray("/x/y");
        QTest::newRow("no port") << QByteArray("http://a") << QByteArray("a:80") << QByteArray();
        QTest::newRow("IPv6") << QByteArray("http://[::1]:4318") << QByteArray("[::1]:4318") << QByteArray();
        QTest::newRow("https") << QByteArray("https://a:1") << QByteArray() << QByteArray();
        QTest::newRow("nothing") << QByteArray("") << QByteArray() << QByteArray();
        QTest::newRow("no host") << QByteArray("http://:1") << QByteArray() << QByteArray();
        QTest::newRow("port 0") << QByteArray("http://a:0") << QByteArray() << QByteArray();
        QTest::newRow("port with letters") << QByteArray("http://a:1b") << QByteArray() << QByteArray();
    }
    void endpoints()
    {
        QFETCH(QByteArray, url);
        QFETCH(QByteArray, authority);
        QFETCH(QByteArray, prefix);
        const Result<Endpoint> endpoint = Endpoint::parse(url.toStdString());
        QCOMPARE(bool(endpoint), !authority.isEmpty());
        if (endpoint) {
            QCOMPARE(endpoint->authority(), authority.toStdString());
            QCOMPARE(endpoint->prefix, prefix.toStdString());
        }
    }

    void keepsOneConnection()
    {
        ScriptedReceiver receiver({});
        OtlpSender sender(*Endpoint::parse(receiver.url()), m_stop, std::chrono::seconds(30));
        runBeside([&] {
            QVERIFY(sender.send({"/v1/logs", "one", 1}));
            QVERIFY(sender.send({"/v1/traces", "two", 1}));
        });
        QCOMPARE(receiver.connections, 1);
        QCOMPARE(receiver.requests.size(), 2);
        QVERIFY(receiver.requests[0].startsWith("POST /prefix/v1/logs HTTP/1.1"));
        QVERIFY(receiver.requests[1].startsWith("POST /prefix/v1/traces HTTP/1.1"));
        QCOMPARE(gunzipped(receiver.bodies[0]), QByteArray("one"));
        QCOMPARE(sender.figures().requests, std::uint64_t(2));
        QCOMPARE(sender.figures().retries, std::uint64_t(0));
    }

    void repeatsTheSameBytes_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("503 with Retry-After") << QByteArray("503 Service Unavailable\r\nRetry-After: 0\r\n");
        QTest::newRow("429") << QByteArray("429 Too Many Requests\r\nRetry-After: 0\r\n");
        QTest::newRow("503 without Retry-After") << QByteArray("503 Service Unavailable\r\n");
        QTest::newRow("dropped connection") << QByteArray();
    }
    void repeatsTheSameBytes()
    {
        QFETCH(QByteArray, answer);
        ScriptedReceiver receiver({answer, answer});
        OtlpSender sender(*Endpoint::parse(receiver.url()), m_stop, std::chrono::seconds(30));
        std::optional<Result<void>> sent;
        runBeside([&] { sent = sender.send({"/v1/logs", "body", 1}); });
        QVERIFY(*sent);
        QCOMPARE(receiver.bodies.size(), 3);
        QCOMPARE(receiver.bodies[1], receiver.bodies[0]);
        QCOMPARE(receiver.bodies[2], receiver.bodies[0]);
        QCOMPARE(sender.figures().requests, std::uint64_t(1));
        QCOMPARE(sender.figures().retries, std::uint64_t(2));
    }

    void doesNotRepeatWhatIsRefused()
    {
        ScriptedReceiver receiver({"400 Bad Request\r\n"});
        OtlpSender sender(*Endpoint::parse(receiver.url()), m_stop, std::chrono::seconds(30));
        std::optional<Result<void>> sent;
        runBeside([&] { sent = sender.send({"/v1/logs", "body", 1}); });
        QVERIFY(!*sent);
        QCOMPARE(sent->error().code, Error::Code::InvalidArgument);
        QVERIFY(sent->error().message.find("400") != std::string::npos);
        QCOMPARE(receiver.bodies.size(), 1);
    }

    void countsWhatWasTakenOut()
    {
        ScriptedReceiver receiver({"200 OK\r\n"});
        receiver.m_body = QByteArray::fromHex("0a020807"); // partial_success { rejected 7 }
        OtlpSender sender(*Endpoint::parse(receiver.url()), m_stop, std::chrono::seconds(30));
        runBeside([&] { QVERIFY(sender.send({"/v1/logs", "body", 9})); });
        QCOMPARE(sender.figures().rejected, std::uint64_t(7));
    }

    void losesPatience()
    {
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        const std::string url = "http://127.0.0.1:" + std::to_string(closed.serverPort());
        closed.close();
        OtlpSender sender(*Endpoint::parse(url), m_stop, std::chrono::milliseconds(0));
        const Result<void> sent = sender.send({"/v1/logs", "body", 1});
        QVERIFY(!sent);
        QCOMPARE(sent.error().code, Error::Code::Io);
    }

    void stopEndsWaiting()
    {
        ScriptedReceiver receiver({"503 Service Unavailable\r\nRetry-After: 10\r\n"});
        OtlpSender sender(*Endpoint::parse(receiver.url()), m_stop, std::chrono::seconds(60));
        m_stop = true;
        std::optional<Result<void>> sent;
        runBeside([&] { sent = sender.send({"/v1/logs", "body", 1}); });
        QVERIFY(!*sent);
        QCOMPARE(sent->error().code, Error::Code::Cancelled);
    }

private:
    std::atomic<bool> m_stop = false;
};

QTEST_GUILESS_MAIN(TestOtlpSender)
#include "tst_otlpsender.moc"
