// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/sources/grpc/grpcclient.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

namespace telltale::test {

struct GrpcClientCallbacks
{
    static int header(nghttp2_session *, const nghttp2_frame *frame, const std::uint8_t *name, std::size_t nameSize,
                      const std::uint8_t *value, std::size_t valueSize, std::uint8_t, void *self)
    {
        static_cast<GrpcClient *>(self)->m_answers[frame->hd.stream_id].headers[std::string(
            reinterpret_cast<const char *>(name), nameSize)] =
            std::string(reinterpret_cast<const char *>(value), valueSize);
        return 0;
    }
    static int data(nghttp2_session *, std::uint8_t, std::int32_t stream, const std::uint8_t *bytes, std::size_t size,
                    void *self)
    {
        static_cast<GrpcClient *>(self)->m_answers[stream].body.append(reinterpret_cast<const char *>(bytes), size);
        return 0;
    }
    static int closed(nghttp2_session *, std::int32_t stream, std::uint32_t error, void *self)
    {
        GrpcAnswer &answer = static_cast<GrpcClient *>(self)->m_answers[stream];
        answer.isComplete = true;
        answer.error = error;
        return 0;
    }
    static ssize_t read(nghttp2_session *, std::int32_t stream, std::uint8_t *buffer, std::size_t size,
                        std::uint32_t *flags, nghttp2_data_source *, void *self)
    {
        auto &[body, sent] = static_cast<GrpcClient *>(self)->m_bodies[stream];
        const std::size_t now = std::min(size, body.size() - sent);
        std::memcpy(buffer, body.data() + sent, now);
        sent += now;
        if (sent == body.size())
            *flags |= NGHTTP2_DATA_FLAG_EOF;
        return static_cast<ssize_t>(now);
    }
};

GrpcClient::GrpcClient(std::uint16_t port)
    : m_authority("127.0.0.1:" + std::to_string(port))
{
    m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval patience{20, 0};
    ::setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        ::close(m_socket);
        m_socket = -1;
    }
    nghttp2_session_callbacks *callbacks = nullptr;
    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, GrpcClientCallbacks::header);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, GrpcClientCallbacks::data);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, GrpcClientCallbacks::closed);
    nghttp2_session_client_new(&m_session, callbacks, this);
    nghttp2_session_callbacks_del(callbacks);
    nghttp2_submit_settings(m_session, NGHTTP2_FLAG_NONE, nullptr, 0);
}

GrpcClient::~GrpcClient()
{
    nghttp2_session_del(m_session);
    if (m_socket >= 0)
        ::close(m_socket);
}

bool GrpcClient::sendBytes(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto sent = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool GrpcClient::flush()
{
    for (;;) {
        const std::uint8_t *data = nullptr;
        const auto size = nghttp2_session_mem_send(m_session, &data);
        if (size < 0)
            return false;
        if (size == 0)
            return true;
        if (!sendBytes({reinterpret_cast<const char *>(data), static_cast<std::size_t>(size)}))
            return false;
    }
}

bool GrpcClient::receive()
{
    std::uint8_t buffer[16'384];
    const auto size = ::recv(m_socket, buffer, sizeof buffer, 0);
    return size > 0 && nghttp2_session_mem_recv(m_session, buffer, static_cast<std::size_t>(size)) >= 0;
}

GrpcAnswer GrpcClient::call(const std::string &path, std::string body, const Headers &headers)
{
    Headers all{{":method", "POST"},       {":scheme", "http"}, {":path", path},
                {":authority", m_authority}, {"te", "trailers"},  {"content-type", "application/grpc"}};
    for (const auto &[name, value] : headers) {
        const auto known = std::find_if(all.begin(), all.end(), [&](const auto &each) { return each.first == name; });
        if (known != all.end())
            known->second = value;
        else
            all.emplace_back(name, value);
    }
    std::vector<nghttp2_nv> fields;
    for (auto &[name, value] : all)
        fields.push_back({reinterpret_cast<std::uint8_t *>(name.data()), reinterpret_cast<std::uint8_t *>(value.data()),
                          name.size(), value.size(), NGHTTP2_NV_FLAG_NONE});
    nghttp2_data_provider provider{};
    provider.read_callback = GrpcClientCallbacks::read;
    const std::int32_t stream =
        nghttp2_submit_request(m_session, nullptr, fields.data(), fields.size(), &provider, nullptr);
    m_bodies[stream] = {std::move(body), 0};
    bool isAlive = flush();
    while (isAlive && !m_answers[stream].isComplete)
        isAlive = receive() && flush();
    return m_answers[stream];
}

bool GrpcClient::callAndReset(const std::string &path)
{
    const std::pair<std::string_view, std::string> all[] = {
        {":method", "POST"}, {":scheme", "http"}, {":path", path}, {":authority", m_authority},
        {"content-type", "application/grpc"}};
    std::vector<nghttp2_nv> fields;
    for (const auto &[name, value] : all)
        fields.push_back({reinterpret_cast<std::uint8_t *>(const_cast<char *>(name.data())),
                          reinterpret_cast<std::uint8_t *>(const_cast<char *>(value.data())), name.size(), value.size(),
                          NGHTTP2_NV_FLAG_NONE});
    const std::int32_t stream = nghttp2_submit_headers(m_session, NGHTTP2_FLAG_NONE, -1, nullptr, fields.data(),
                                                       fields.size(), nullptr);
    if (stream < 0 || !flush())
        return false;
    nghttp2_submit_rst_stream(m_session, NGHTTP2_FLAG_NONE, stream, NGHTTP2_CANCEL);
    return flush();
}

bool GrpcClient::waitForClose()
{
    char buffer[4'096];
    for (;;) {
        const auto size = ::recv(m_socket, buffer, sizeof buffer, 0);
        if (size == 0 || (size < 0 && errno == ECONNRESET))
            return true;
        if (size < 0)
            return false;
    }
}

} // namespace telltale::test
