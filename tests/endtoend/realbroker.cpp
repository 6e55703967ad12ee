// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endtoend/realbroker.h"

#include <mosquitto.h>

#include <QDeadlineTimer>
#include <QDebug>
#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTest>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace telltale::test {
namespace {

constexpr int kDeadline = 10'000;

sockaddr_in loopback(int port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

int freePort()
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    ::bind(fd, reinterpret_cast<sockaddr *>(&address), size);
    ::getsockname(fd, reinterpret_cast<sockaddr *>(&address), &size);
    ::close(fd);
    return ntohs(address.sin_port);
}

bool isListening(int port)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port);
    const bool is = ::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    ::close(fd);
    return is;
}

} // namespace

QString RealBroker::program()
{
    const QString found = QStandardPaths::findExecutable(QStringLiteral("mosquitto"));
    return found.isEmpty() ? QStandardPaths::findExecutable(
                                 QStringLiteral("mosquitto"),
                                 {QStringLiteral("/usr/sbin"), QStringLiteral("/usr/local/sbin")})
                           : found;
}

RealBroker::RealBroker(const QString &folder)
    : m_folder(folder)
    , m_port(freePort())
    , m_tlsPort(freePort())
{
    QDir().mkpath(folder);
}

RealBroker::~RealBroker()
{
    stop();
}

void RealBroker::useTls(const QString &certificate, const QString &key)
{
    m_certificate = certificate;
    m_key = key;
}

bool RealBroker::start()
{
    QFile file(m_folder + QStringLiteral("/broker.conf"));
    if (!file.open(QIODevice::WriteOnly))
        return false;
    QString text = QStringLiteral("user %1\nper_listener_settings false\nallow_anonymous "
                                  "true\nmax_queued_messages 0\npersistence true\n"
                                  "persistence_location %2/\nlistener %3 127.0.0.1\n")
                       .arg(::geteuid() == 0 ? QStringLiteral("root")
                                             : qEnvironmentVariable("USER", QStringLiteral("nobody")),
                            m_folder)
                       .arg(m_port);
    if (!m_certificate.isEmpty())
        text += QStringLiteral("listener %1 127.0.0.1\ncertfile %2\nkeyfile %3\n")
                    .arg(m_tlsPort)
                    .arg(m_certificate, m_key);
    file.write(text.toUtf8());
    file.close();
    m_process.setStandardOutputFile(m_folder + QStringLiteral("/broker.log"));
    m_process.setStandardErrorFile(m_folder + QStringLiteral("/broker.log"), QIODevice::Append);
    m_process.start(program(), {QStringLiteral("-c"), file.fileName()});
    for (const QDeadlineTimer end(kDeadline);
         !end.hasExpired() && m_process.state() != QProcess::NotRunning;) {
        if (isListening(m_port) && (m_certificate.isEmpty() || isListening(m_tlsPort)))
            return true;
        QTest::qWait(20);
    }
    QFile log(m_folder + QStringLiteral("/broker.log"));
    if (log.open(QIODevice::ReadOnly))
        qWarning() << "mosquitto did not start:" << log.readAll();
    return false;
}

void RealBroker::stop()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(kDeadline)) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

bool RealBroker::publish(const QString &topic, const QList<QByteArray> &payloads, int qos,
                         bool isRetained) const
{
    mosquitto_lib_init();
    int published = 0;
    const std::unique_ptr<mosquitto, decltype(&mosquitto_destroy)> client(
        mosquitto_new(nullptr, true, &published), mosquitto_destroy);
    mosquitto_publish_callback_set(client.get(),
                                   [](mosquitto *, void *count, int) { ++*static_cast<int *>(count); });
    mosquitto_max_inflight_messages_set(client.get(), 100);
    if (mosquitto_connect(client.get(), "127.0.0.1", m_port, 60) != MOSQ_ERR_SUCCESS)
        return false;
    int sent = 0;
    const QDeadlineTimer end(kDeadline);
    while (published < payloads.size() && !end.hasExpired()) {
        while (sent < payloads.size() && sent - published < 200) {
            const QByteArray &payload = payloads[sent++];
            mosquitto_publish(client.get(), nullptr, topic.toUtf8().constData(), int(payload.size()),
                              payload.constData(), qos, isRetained);
        }
        if (mosquitto_loop(client.get(), 50, 1) != MOSQ_ERR_SUCCESS)
            return false;
    }
    mosquitto_disconnect(client.get());
    mosquitto_loop(client.get(), 50, 1);
    return published == payloads.size();
}

} // namespace telltale::test
