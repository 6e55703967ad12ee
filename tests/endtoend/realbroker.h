// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>

#include <memory>

struct mosquitto;

namespace telltale::test {

/// A mosquitto of our own on free ports of the loopback, with a configuration and a folder of its own.
class RealBroker
{
public:
    /// Empty: there is none on this machine.
    static QString program();
    explicit RealBroker(const QString &folder);
    ~RealBroker(); ///< stops

    /// With a listener for TLS too when `certificate` and `key` are given. False, with a warning, when it does not listen.
    bool start();
    /// It writes down what it keeps.
    void stop();
    void useTls(const QString &certificate, const QString &key);
    QString url() const { return QStringLiteral("mqtt://127.0.0.1:%1").arg(m_port); }
    QString tlsUrl() const { return QStringLiteral("mqtts://localhost:%1").arg(m_tlsPort); }
    /// Publishes and waits until the broker has taken all of it. False after ten seconds.
    bool publish(const QString &topic, const QList<QByteArray> &payloads, int qos,
                 bool isRetained = false) const;

private:
    const QString m_folder;
    QString m_certificate, m_key;
    QProcess m_process;
    int m_port = 0, m_tlsPort = 0;
};

} // namespace telltale::test
