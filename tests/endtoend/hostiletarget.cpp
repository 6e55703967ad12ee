// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endtoend/hostiletarget.h"

#include "tests/support/compress.h"

#include <QFile>
#include <QTcpSocket>

#include <utility>

namespace telltale::test {
namespace {

QByteArray packed(const QByteArray &bytes)
{
    return QByteArray::fromStdString(gzipped(bytes.toStdString()));
}

QByteArray headFor(const QByteArray &type, const QByteArray &body, bool isPacked)
{
    return "HTTP/1.1 200 OK\r\nContent-Type: " + type + (isPacked ? "\r\nContent-Encoding: gzip" : "") +
           "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n";
}

} // namespace

HostileTarget::HostileTarget(std::function<Mutation(int)> mutation, int first, int count)
    : m_mutation(std::move(mutation))
    , m_first(first)
    , m_end(first + count)
    , m_next(first)
{
    for (const auto &[name, type] : {std::pair{"01-prom-client-text", "text/plain; version=0.0.4"},
                                     {"02-prom-client-openmetrics", "application/openmetrics-text; version=1.0.0"},
                                     {"03-python-text", "text/plain; version=0.0.4"},
                                     {"04-python-openmetrics", "application/openmetrics-text; version=1.0.0"}}) {
        QFile file(QStringLiteral(TELLTALE_TEST_DATA "/fixtures/prometheus-exposition/%1.bin").arg(QLatin1String(name)));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("no recorded answer");
        m_recorded.push_back({type, file.readAll()});
    }
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("no port");
    QObject::connect(&m_server, &QTcpServer::newConnection, [this] {
        while (QTcpSocket *socket = m_server.nextPendingConnection()) {
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                const QByteArray request = socket->peek(64 * 1024);
                if (!request.contains("\r\n\r\n"))
                    return;
                socket->readAll();
                socket->write(answerTo(request));
                socket->disconnectFromHost();
            });
        }
    });
}

QStringList HostileTarget::arguments(int others) const
{
    const QString base = QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort());
    QStringList all{QStringLiteral("--scrape"), QStringLiteral("good=%1/good").arg(base), QStringLiteral("--scrape-interval"),
                    QStringLiteral("100ms")};
    for (int i = 0; i < others; ++i)
        all << QStringLiteral("--scrape") << QStringLiteral("hostile%1=%2/metrics%1").arg(i).arg(base);
    return all;
}

QByteArray HostileTarget::answerTo(const QByteArray &request)
{
    if (!request.startsWith("GET /good") && m_next < m_end)
        return brokenAnswer();
    const QByteArray body = m_metric + " 1\n";
    return headFor("text/plain; version=0.0.4", body, false) + body;
}

QByteArray HostileTarget::brokenAnswer()
{
    Mutation change = m_mutation(m_next++);
    const Recorded &recorded = m_recorded[static_cast<std::size_t>(m_next) % m_recorded.size()];
    const auto changed = [&](const QByteArray &bytes) { return QByteArray::fromStdString(change.of(bytes.toStdString())); };
    const std::size_t kind = change.below(10);
    if (kind == 0) // the head; what it promises may not come
        return changed(headFor(recorded.type, recorded.body, false)) + recorded.body;
    if (kind == 1) { // packed, and damaged
        const QByteArray body = changed(packed(recorded.body));
        return headFor(recorded.type, body, true) + body;
    }
    const bool isPacked = kind == 2;
    const QByteArray body = isPacked ? packed(changed(recorded.body)) : changed(recorded.body);
    return headFor(recorded.type, body, isPacked) + body;
}

} // namespace telltale::test
