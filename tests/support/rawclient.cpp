// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/rawclient.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace telltale::test {
namespace {

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

} // namespace

std::string RawAnswer::header(std::string_view name) const
{
    for (const auto &[key, value] : headers) {
        if (key == name)
            return value;
    }
    return {};
}

bool RawAnswer::hasHeader(std::string_view name) const
{
    return std::any_of(headers.begin(), headers.end(),
                       [&](const auto &entry) { return entry.first == name; });
}

RawClient::RawClient(std::uint16_t port, const std::string &host, std::chrono::milliseconds patience)
{
    const bool isSix = host.find(':') != std::string::npos;
    m_socket = ::socket(isSix ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    timeval time{};
    time.tv_sec = static_cast<time_t>(patience.count() / 1000);
    time.tv_usec = static_cast<suseconds_t>(patience.count() % 1000 * 1000);
    setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
    setsockopt(m_socket, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
    const int on = 1;
    setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in four{};
    four.sin_family = AF_INET;
    four.sin_port = htons(port);
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(port);
    if (isSix)
        inet_pton(AF_INET6, host.c_str(), &six.sin6_addr);
    else
        inet_pton(AF_INET, host.c_str(), &four.sin_addr);
    const auto *address = isSix ? static_cast<const void *>(&six) : static_cast<const void *>(&four);
    const socklen_t size = isSix ? sizeof six : sizeof four;
    if (::connect(m_socket, static_cast<const sockaddr *>(address), size) != 0)
        close();
}

RawClient::~RawClient()
{
    close();
}

RawClient::RawClient(RawClient &&other) noexcept
    : m_socket(std::exchange(other.m_socket, -1))
    , m_buffer(std::move(other.m_buffer))
{}

RawClient &RawClient::operator=(RawClient &&other) noexcept
{
    if (this != &other) {
        close();
        m_socket = std::exchange(other.m_socket, -1);
        m_buffer = std::move(other.m_buffer);
    }
    return *this;
}

bool RawClient::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t n = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

bool RawClient::fill()
{
    std::array<char, 16 * 1024> chunk{};
    const ssize_t n = ::recv(m_socket, chunk.data(), chunk.size(), 0);
    if (n <= 0)
        return false;
    m_buffer.append(chunk.data(), static_cast<std::size_t>(n));
    return true;
}

std::optional<RawAnswer> RawClient::receive(bool isHead)
{
    std::size_t end = 0;
    while ((end = m_buffer.find("\r\n\r\n")) == std::string::npos) {
        if (!fill())
            return std::nullopt;
    }
    RawAnswer answer;
    std::string_view head(m_buffer.data(), end);
    if (head.size() < 12 || head.substr(0, 9) != "HTTP/1.1 ")
        return std::nullopt;
    std::from_chars(head.data() + 9, head.data() + 12, answer.status);
    std::size_t length = 0;
    for (std::size_t at = head.find("\r\n"); at != std::string_view::npos;) {
        const std::size_t next = head.find("\r\n", at + 2);
        const std::string_view line =
            head.substr(at + 2, next == std::string_view::npos ? next : next - at - 2);
        const std::size_t colon = line.find(": ");
        if (colon != std::string_view::npos) {
            answer.headers.emplace_back(lowered(line.substr(0, colon)), line.substr(colon + 2));
            if (answer.headers.back().first == "content-length" && !isHead)
                std::from_chars(line.data() + colon + 2, line.data() + line.size(), length);
        }
        at = next;
    }
    while (m_buffer.size() < end + 4 + length) {
        if (!fill())
            return std::nullopt;
    }
    answer.body = m_buffer.substr(end + 4, length);
    m_buffer.erase(0, end + 4 + length);
    return answer;
}

bool RawClient::waitForClose()
{
    std::array<char, 4096> chunk{};
    for (;;) {
        const ssize_t n = ::recv(m_socket, chunk.data(), chunk.size(), 0);
        if (n == 0)
            return true;
        if (n < 0)
            return errno == ECONNRESET;
    }
}

void RawClient::finishSending()
{
    ::shutdown(m_socket, SHUT_WR);
}

void RawClient::close()
{
    if (m_socket >= 0)
        ::close(m_socket);
    m_socket = -1;
}

void RawClient::reset()
{
    const linger abrupt{1, 0};
    setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &abrupt, sizeof abrupt);
    close();
}

std::string postRequest(std::uint16_t port, std::string_view path, std::string_view contentType,
                        std::string_view body, std::string_view headers)
{
    std::string text =
        "POST " + std::string(path) + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) + "\r\n";
    if (!contentType.empty())
        text += "Content-Type: " + std::string(contentType) + "\r\n";
    text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    text += headers;
    text += "\r\n";
    text += body;
    return text;
}

std::string chunked(std::string_view body, std::size_t size)
{
    std::string out;
    while (!body.empty()) {
        const std::string_view part = body.substr(0, size);
        std::array<char, 32> head{};
        std::snprintf(head.data(), head.size(), "%zx\r\n", part.size());
        out += head.data();
        out += part;
        out += "\r\n";
        body.remove_prefix(part.size());
    }
    return out + "0\r\n\r\n";
}

std::optional<RawAnswer> ask(std::uint16_t port, std::string_view request, bool isHead)
{
    RawClient client(port);
    if (!client.isConnected())
        return std::nullopt;
    client.send(request); // an early refusal may stop it half-way
    return client.receive(isHead);
}

} // namespace telltale::test
