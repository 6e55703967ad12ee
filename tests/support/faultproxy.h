// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QTcpServer>
#include <QUrl>

#include <functional>
#include <map>

class QTcpSocket;

namespace telltale::test {

/// A request on its way through a FaultProxy.
struct PassingRequest
{
    QByteArray path, head, body; ///< the body after transfer coding, still compressed if it was
};

/// Stands between an HTTP client and a server on this machine and does to requests what busy servers and bad networks do. Lives in
/// the test's thread and needs its event loop.
class FaultProxy final : public QObject
{
    Q_OBJECT

public:
    enum class Fault {
        None,
        Busy,       ///< answered 503, the server knows nothing
        Dropped,    ///< the connection ends, the server knows nothing
        AnswerLost, ///< the connection ends when the server has answered
    };
    using Choose = std::function<Fault(const PassingRequest &)>;

    /// `choose` says what becomes of each request. `hasRetryAfter`: 503 asks to come again in a second.
    FaultProxy(const QUrl &target, Choose choose, bool hasRetryAfter = true);

    QString endpoint() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort()); }
    int count(Fault fault) const
    {
        const auto at = m_counts.find(fault);
        return at == m_counts.end() ? 0 : at->second;
    }
    /// Requests that the server was given, in order.
    const QList<PassingRequest> &delivered() const { return m_delivered; }

private:
    class Passage;
    void pass(Passage &passage);

    QTcpServer m_server;
    const QUrl m_target;
    const Choose m_choose;
    const bool m_hasRetryAfter;
    std::map<Fault, int> m_counts;
    QList<PassingRequest> m_delivered;
};

/// A fault for what is seen for the first time, in turn none, Busy, AnswerLost and Dropped; what comes again passes. `sameness` makes
/// equal what a client sends again in other bytes.
FaultProxy::Choose faultAtFirst(std::function<QByteArray(const PassingRequest &)> sameness = {});

/// Passes HTTP/2 on, but cuts the first connections when the server answers a call: the client knows nothing, the server has it.
class CuttingTunnel final : public QObject
{
    Q_OBJECT

public:
    CuttingTunnel(const QUrl &target, int answersToLose);
    QString endpoint() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort()); }
    int lost() const { return m_lost; }

private:
    void tunnel(QTcpSocket *client);

    QTcpServer m_server;
    const QUrl m_target;
    const int m_answersToLose;
    int m_lost = 0;
};

} // namespace telltale::test
