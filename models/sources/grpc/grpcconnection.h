// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/grpc/grpccore.h"
#include "models/sources/grpc/grpcmessage.h"

#include <nghttp2/nghttp2.h>

#include <array>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace telltale {

/// One client's connection: frames in, calls to the handler, answers out. Lives as long as something is going on; all of it
/// on the loop's thread.
class GrpcConnection : public std::enable_shared_from_this<GrpcConnection>
{
public:
    using Clock = std::chrono::steady_clock;

    GrpcConnection(boost::asio::ip::tcp::socket socket, std::shared_ptr<GrpcCore> core);
    ~GrpcConnection();

    void start();
    void close();
    /// Takes no further calls, answers those it has, then closes.
    void closeWhenDone();
    void checkDeadlines(Clock::time_point now);

private:
    /// A call from its first header until its stream is closed.
    struct Call
    {
        std::string method, path, contentType, encoding, authority, userAgent, authorization, apiKey;
        std::size_t headerBytes = 0;
        std::string body;
        std::size_t charged = 0;
        Clock::time_point since;
        bool isReceived = false; ///< the client has sent all of it
        bool isAnswered = false; ///< what still comes is not looked at
        std::string answer;
        std::size_t sent = 0;
    };

    static int onBeginHeaders(nghttp2_session *, const nghttp2_frame *frame, void *self);
    static int onHeader(nghttp2_session *, const nghttp2_frame *frame, const std::uint8_t *name, std::size_t nameSize,
                        const std::uint8_t *value, std::size_t valueSize, std::uint8_t flags, void *self);
    static int onFrame(nghttp2_session *, const nghttp2_frame *frame, void *self);
    static int onData(nghttp2_session *, std::uint8_t flags, std::int32_t stream, const std::uint8_t *data,
                      std::size_t size, void *self);
    static int onSent(nghttp2_session *, const nghttp2_frame *frame, void *self);
    static int onClosed(nghttp2_session *, std::int32_t stream, std::uint32_t error, void *self);
    static ssize_t readAnswer(nghttp2_session *, std::int32_t stream, std::uint8_t *buffer, std::size_t size,
                              std::uint32_t *flags, nghttp2_data_source *source, void *self);

    Call *callOf(std::int32_t stream);
    void read();
    void flush();
    void onBody(std::int32_t stream, Call &call, std::string_view data);
    bool isServed(std::string_view authority) const;
    void onReceived(std::int32_t stream, Call &call);
    void handOver(std::int32_t stream, std::string message);
    void answer(std::int32_t stream, const Answer &answer);
    void refuse(std::int32_t stream, GrpcCode code, std::string_view message, std::string_view counter = {});
    void refuseHttp(std::int32_t stream, int status);
    void submit(std::int32_t stream, std::initializer_list<std::pair<std::string_view, std::string_view>> headers);
    void release(Call &call);

    std::shared_ptr<GrpcCore> m_core;
    boost::asio::ip::tcp::socket m_socket;
    std::string m_peer;
    nghttp2_session *m_session = nullptr;
    std::array<std::uint8_t, 16 * 1024> m_in{};
    std::string m_out;
    bool m_isWriting = false;
    bool m_isClosed = false;
    bool m_mustClose = false;
    bool m_hasCalled = false;
    std::uint64_t m_resets = 0;
    Clock::time_point m_since;
    std::map<std::int32_t, Call> m_calls;
};

} // namespace telltale
