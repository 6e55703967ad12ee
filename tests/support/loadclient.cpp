// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/loadclient.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <thread>

namespace telltale::test {
namespace {

int connectTo(std::uint16_t port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr generic;
    static_assert(sizeof generic == sizeof address);
    std::memcpy(&generic, &address, sizeof address);
    if (::connect(socket, &generic, sizeof generic) != 0) {
        ::close(socket);
        return -1;
    }
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket;
}

bool sendAll(int socket, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

/// Reads one answer with Content-Length; its status, or 0 when the connection broke.
int readAnswer(int socket, std::string &buffer)
{
    buffer.clear();
    std::size_t wanted = std::string::npos;
    while (buffer.size() < wanted) {
        char chunk[4096];
        const ssize_t got = ::recv(socket, chunk, sizeof chunk, 0);
        if (got <= 0)
            return 0;
        buffer.append(chunk, static_cast<std::size_t>(got));
        if (wanted != std::string::npos)
            continue;
        const std::size_t end = buffer.find("\r\n\r\n");
        if (end == std::string::npos)
            continue;
        const std::size_t field = buffer.find("Content-Length: ");
        wanted = end + 4;
        if (field < end)
            wanted += std::strtoull(buffer.c_str() + field + 16, nullptr, 10);
    }
    return buffer.size() > 12 ? std::atoi(buffer.c_str() + 9) : 0;
}

} // namespace

std::uint64_t LoadClient::send(const std::string &path, const std::vector<std::string> &bodies,
                               const std::string &contentType, const std::string &contentEncoding) const
{
    std::atomic<std::size_t> next = 0;
    std::atomic<std::uint64_t> accepted = 0;
    const auto work = [&] {
        int socket = connectTo(m_port);
        std::string head, answer;
        for (std::size_t i = next++; i < bodies.size() && socket >= 0; i = next++) {
            head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(m_port) +
                   "\r\nContent-Type: " + contentType +
                   "\r\nContent-Length: " + std::to_string(bodies[i].size());
            if (!contentEncoding.empty())
                head += "\r\nContent-Encoding: " + contentEncoding;
            head += "\r\n\r\n";
            if (!sendAll(socket, head) || !sendAll(socket, bodies[i]))
                break;
            if (readAnswer(socket, answer) == 200)
                ++accepted;
        }
        if (socket >= 0)
            ::close(socket);
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < m_connections; ++i)
        threads.emplace_back(work);
    for (std::thread &thread : threads)
        thread.join();
    return accepted;
}

} // namespace telltale::test
