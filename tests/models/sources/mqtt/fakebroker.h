// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstdint>
#include <optional>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace telltale::test {

/// A broker that says what a test wants, packet by packet. Waits five seconds for anything at most.
class FakeBroker
{
public:
    enum Type : std::uint8_t {
        Connect = 1,
        ConnAck = 2,
        Publish = 3,
        PubAck = 4,
        Subscribe = 8,
        SubAck = 9,
        Unsubscribe = 10,
        UnsubAck = 11,
        Disconnect = 14
    };
    struct Packet
    {
        int type = 0; ///< 0: none came
        QByteArray body;
        int number() const
        {
            return body.size() < 2 ? -1 : (std::uint8_t(body[0]) << 8 | std::uint8_t(body[1]));
        }
    };

    FakeBroker()
    {
        m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::bind(m_listener, reinterpret_cast<sockaddr *>(&address), sizeof address);
        ::listen(m_listener, 8);
        socklen_t size = sizeof address;
        ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &size);
        port = ntohs(address.sin_port);
    }
    ~FakeBroker()
    {
        drop();
        ::close(m_listener);
    }

    /// Lets a client in that sends a CONNECT; those that only look whether somebody is here are passed over. False: none came.
    bool accept(bool isSessionPresent, char code = 0)
    {
        drop();
        while (isReadable(m_listener)) {
            m_client = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
            connect = read();
            if (connect.type == Connect) {
                send(ConnAck, 0, QByteArray(1, isSessionPresent ? 1 : 0) + code);
                return true;
            }
            drop();
        }
        return false;
    }
    void drop()
    {
        if (m_client >= 0)
            ::close(m_client);
        m_client = -1;
    }
    void send(Type type, int flags, const QByteArray &body)
    {
        const QByteArray packet =
            QByteArray(1, char(type << 4 | flags)) + char(body.size()) + body; // short ones only
        m_out += packet;
        flush();
    }
    /// With hold(), what is sent goes out together with what comes before flush().
    void hold() { m_isHeld = true; }
    void release()
    {
        m_isHeld = false;
        flush();
    }
    void publish(int number, const QByteArray &topic, const QByteArray &payload, bool isAgain = false,
                 bool isRetained = false)
    {
        QByteArray body = word(int(topic.size())) + topic;
        if (number > 0)
            body += word(number);
        send(Publish, (number > 0 ? 2 : 0) | (isAgain ? 8 : 0) | (isRetained ? 1 : 0), body + payload);
    }
    void subAck(const Packet &subscribe, char granted)
    {
        send(SubAck, 0, word(subscribe.number()) + granted);
    }
    /// The next packet; type 0 when the client is gone or says nothing. Questions whether all was read are answered and passed over.
    Packet read()
    {
        Packet packet = readAny();
        while (packet.type == Unsubscribe && packet.body.contains("telltale/nobody/")) {
            ++signs;
            if (givesSigns)
                send(UnsubAck, 0, packet.body.left(2));
            packet = readAny();
        }
        return packet;
    }
    bool givesSigns = true;
    int signs = 0; ///< that were asked for
    Packet readAny()
    {
        Packet packet;
        QByteArray head(2, 0);
        if (!readAll(head.data(), 2))
            return packet;
        packet.body.resize(std::uint8_t(head[1]) & 0x7f);
        if (std::uint8_t(head[1]) > 0x7f) { // longer than 127 bytes
            char more = 0;
            readAll(&more, 1);
            packet.body.resize(packet.body.size() + 128 * more);
        }
        if (readAll(packet.body.data(), std::size_t(packet.body.size())))
            packet.type = std::uint8_t(head[0]) >> 4;
        return packet;
    }
    /// True when the client has sent something that nobody read.
    bool hasSomething() const
    {
        pollfd polled{m_client, POLLIN, 0};
        return ::poll(&polled, 1, 0) > 0;
    }

    std::uint16_t port = 0;
    Packet connect; ///< the last one

private:
    static QByteArray word(int n) { return QByteArray(1, char(n >> 8)) + char(n & 0xff); }
    static bool isReadable(int fd)
    {
        pollfd polled{fd, POLLIN, 0};
        return ::poll(&polled, 1, 5'000) > 0;
    }
    bool readAll(char *to, std::size_t size) const
    {
        while (size > 0) {
            if (!isReadable(m_client))
                return false;
            const ssize_t got = ::recv(m_client, to, size, 0);
            if (got <= 0)
                return false;
            to += got;
            size -= std::size_t(got);
        }
        return true;
    }
    void flush()
    {
        if (!m_isHeld && !m_out.isEmpty()) {
            ::send(m_client, m_out.constData(), std::size_t(m_out.size()), MSG_NOSIGNAL);
            m_out.clear();
        }
    }

    int m_listener = -1, m_client = -1;
    QByteArray m_out;
    bool m_isHeld = false;
};

} // namespace telltale::test
