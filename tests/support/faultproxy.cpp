// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/faultproxy.h"

#include <QCryptographicHash>
#include <QSet>
#include <QTcpSocket>

#include <memory>
#include <optional>
#include <utility>

namespace telltale::test {
namespace {

QByteArray headerOf(const QByteArray &head, const QByteArray &name)
{
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).trimmed().compare(name, Qt::CaseInsensitive) == 0)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

/// The chunks at the beginning of `wire` put together, and where they end; nothing while they are not all there.
std::optional<std::pair<QByteArray, qsizetype>> chunksOf(const QByteArray &wire, qsizetype at)
{
    QByteArray body;
    for (;;) {
        const qsizetype end = wire.indexOf("\r\n", at);
        if (end < 0)
            return std::nullopt;
        const qsizetype size = wire.mid(at, end - at).split(';').first().trimmed().toLongLong(nullptr, 16);
        if (wire.size() < end + 2 + size + 2)
            return std::nullopt;
        body += wire.mid(end + 2, size);
        at = end + 2 + size + 2;
        if (size == 0)
            return std::pair(body, at);
    }
}

/// The first whole request of `wire`, and how many bytes it takes.
std::optional<std::pair<PassingRequest, qsizetype>> requestIn(const QByteArray &wire)
{
    const qsizetype blank = wire.indexOf("\r\n\r\n");
    if (blank < 0)
        return std::nullopt;
    PassingRequest request;
    request.head = wire.left(blank);
    request.path = request.head.split(' ').value(1);
    const qsizetype begin = blank + 4;
    if (headerOf(request.head, "transfer-encoding").toLower() == "chunked") {
        auto chunks = chunksOf(wire, begin);
        if (!chunks)
            return std::nullopt;
        request.body = chunks->first;
        return std::pair(request, chunks->second);
    }
    const qsizetype length = headerOf(request.head, "content-length").toLongLong();
    if (wire.size() < begin + length)
        return std::nullopt;
    request.body = wire.mid(begin, length);
    return std::pair(request, begin + length);
}

} // namespace

/// One connection of a client, and the one to the server that belongs to it.
class FaultProxy::Passage final : public QObject
{
public:
    Passage(QTcpSocket *clientSocket, const QUrl &target)
        : QObject(clientSocket)
        , client(clientSocket)
        , server(new QTcpSocket(this))
    {
        server->connectToHost(target.host(), static_cast<quint16>(target.port()));
    }

    QTcpSocket *const client, *const server;
    QByteArray wire; ///< of the client, not passed on yet
    bool isAnswerLost = false;
};

FaultProxy::FaultProxy(const QUrl &target, Choose choose, bool hasRetryAfter)
    : m_target(target)
    , m_choose(std::move(choose))
    , m_hasRetryAfter(hasRetryAfter)
{
    m_server.listen(QHostAddress::LocalHost);
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *client = m_server.nextPendingConnection()) {
            auto *passage = new Passage(client, m_target);
            connect(client, &QTcpSocket::readyRead, passage, [this, passage] {
                passage->wire += passage->client->readAll();
                pass(*passage);
            });
            connect(passage->server, &QTcpSocket::readyRead, passage, [passage] {
                const QByteArray answer = passage->server->readAll();
                if (passage->isAnswerLost)
                    passage->client->abort();
                else
                    passage->client->write(answer);
            });
            connect(passage->server, &QTcpSocket::disconnected, passage, [passage] { passage->client->disconnectFromHost(); });
            connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
        }
    });
}

void FaultProxy::pass(Passage &passage)
{
    while (const auto found = requestIn(passage.wire)) {
        const auto &[request, size] = *found;
        const Fault fault = m_choose(request);
        ++m_counts[fault];
        QByteArray bytes = passage.wire.left(size);
        passage.wire.remove(0, size);
        if (fault == Fault::Dropped)
            return passage.client->abort();
        if (fault == Fault::Busy) {
            passage.client->write(QByteArray("HTTP/1.1 503 Service Unavailable\r\n") + (m_hasRetryAfter ? "Retry-After: 1\r\n" : "") +
                                  "Content-Length: 0\r\n\r\n");
            continue;
        }
        passage.isAnswerLost = fault == Fault::AnswerLost;
        m_delivered.append(request);
        // The Host header names the server, which answers to no other name.
        const QByteArray ours = "127.0.0.1:" + QByteArray::number(m_server.serverPort());
        const QByteArray theirs = "127.0.0.1:" + QByteArray::number(m_target.port());
        QByteArray head = request.head;
        passage.server->write(head.replace(ours, theirs) + bytes.mid(request.head.size()));
    }
}

FaultProxy::Choose faultAtFirst(std::function<QByteArray(const PassingRequest &)> sameness)
{
    struct Seen
    {
        QSet<QByteArray> known;
        int turn = 0;
    };
    return [sameness = std::move(sameness), seen = std::make_shared<Seen>()](const PassingRequest &request) {
        const QByteArray same = sameness ? sameness(request) : request.body;
        const QByteArray key = QCryptographicHash::hash(QByteArray(request.path + '\n' + same), QCryptographicHash::Sha256);
        if (seen->known.contains(key))
            return FaultProxy::Fault::None;
        seen->known.insert(key);
        constexpr FaultProxy::Fault kTurns[] = {FaultProxy::Fault::Busy, FaultProxy::Fault::AnswerLost, FaultProxy::Fault::Dropped,
                                                FaultProxy::Fault::None};
        return kTurns[seen->turn++ % 4];
    };
}

CuttingTunnel::CuttingTunnel(const QUrl &target, int answersToLose)
    : m_target(target)
    , m_answersToLose(answersToLose)
{
    m_server.listen(QHostAddress::LocalHost);
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *client = m_server.nextPendingConnection())
            tunnel(client);
    });
}

void CuttingTunnel::tunnel(QTcpSocket *client)
{
    auto *server = new QTcpSocket(client);
    server->connectToHost(m_target.host(), static_cast<quint16>(m_target.port()));
    connect(client, &QTcpSocket::readyRead, server, [client, server] { server->write(client->readAll()); });
    connect(server, &QTcpSocket::readyRead, client, [this, client, server, frames = QByteArray()]() mutable {
        frames += server->readAll();
        // Whole frames only: 3 bytes of length, one of the type (1: headers of an answer), 5 more.
        while (frames.size() >= 9) {
            const auto byte = [&](int at) { return static_cast<unsigned char>(frames[at]); };
            const qsizetype size = 9 + (byte(0) << 16 | byte(1) << 8 | byte(2));
            if (frames.size() < size)
                return;
            if (byte(3) == 1 && m_lost < m_answersToLose) {
                ++m_lost;
                return client->abort();
            }
            client->write(frames.left(size));
            frames.remove(0, size);
        }
    });
    connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    connect(server, &QTcpSocket::disconnected, client, [client] { client->disconnectFromHost(); });
}

} // namespace telltale::test
