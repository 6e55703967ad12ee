// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/handoverserver.h"

#include <QLocalSocket>
#include <QTimer>

#include <utility>

namespace telltale {

namespace {

constexpr int kPatienceMs = 10'000; ///< with somebody who connects and says nothing
constexpr int kMostAtOnce = 16;

} // namespace

HandoverServer::HandoverServer(Take take, QObject *parent)
    : QObject(parent)
    , m_take(std::move(take))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    m_server.setMaxPendingConnections(kMostAtOnce);
    connect(&m_server, &QLocalServer::newConnection, this, &HandoverServer::connected);
}

bool HandoverServer::listen(const SingleInstance &instance)
{
    const QString path = QString::fromStdString(instance.socketPath().string());
    if (path.isEmpty())
        return false;
    QLocalServer::removeServer(path);
    return m_server.listen(path);
}

void HandoverServer::connected()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        QTimer::singleShot(kPatienceMs, socket, &QLocalSocket::abort);
        read(socket);
    }
}

void HandoverServer::read(QLocalSocket *socket)
{
    if (!socket->canReadLine()) {
        if (socket->bytesAvailable() > kMostHandoverBytes)
            socket->abort();
        return;
    }
    const std::optional<Handover> handover = parseHandover(socket->readLine(kMostHandoverBytes));
    if (handover)
        socket->write(kHandoverTaken);
    socket->disconnectFromServer(); // once it is written
    if (handover)
        m_take(*handover);
}

} // namespace telltale
