// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nghttp2/nghttp2.h>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace telltale::test {

struct GrpcAnswer
{
    bool isComplete = false; ///< the stream has ended
    std::uint32_t error = 0; ///< of RST_STREAM
    std::map<std::string, std::string> headers; ///< trailers among them
    std::string body;
    std::string status() const
    {
        const auto found = headers.find("grpc-status");
        return found == headers.end() ? std::string() : found->second;
    }
};

/// A blocking client of one connection. Every wait ends after some seconds.
class GrpcClient
{
public:
    explicit GrpcClient(std::uint16_t port);
    ~GrpcClient();
    GrpcClient(const GrpcClient &) = delete;
    GrpcClient &operator=(const GrpcClient &) = delete;

    using Headers = std::vector<std::pair<std::string, std::string>>;
    /// One unary call; `headers` are added to or replace the usual ones.
    GrpcAnswer call(const std::string &path, std::string body, const Headers &headers = {});
    /// Begins a call and takes it back. False when the connection is over.
    bool callAndReset(const std::string &path);
    bool sendBytes(std::string_view bytes);
    bool waitForClose();

private:
    bool flush();
    bool receive();

    int m_socket = -1;
    std::string m_authority;
    nghttp2_session *m_session = nullptr;
    std::map<std::int32_t, GrpcAnswer> m_answers;
    std::map<std::int32_t, std::pair<std::string, std::size_t>> m_bodies;
    friend struct GrpcClientCallbacks;
};

} // namespace telltale::test
