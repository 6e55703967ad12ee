// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/grpc/grpcconnection.h"

#include "models/sources/http/contentdecoder.h"
#include "models/sources/http/listening.h"

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <cstring>
#include <vector>

namespace telltale {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t kWriteChunk = 64 * 1024;
constexpr std::int32_t kStreamWindow = 1024 * 1024;
constexpr std::int32_t kConnectionWindow = 8 * 1024 * 1024;
constexpr std::size_t kPrefix = 5;
constexpr std::string_view kContentType = "application/grpc";

GrpcConnection *connectionOf(void *self)
{
    return static_cast<GrpcConnection *>(self);
}

nghttp2_nv fieldOf(std::string_view name, std::string_view value)
{
    // nghttp2 copies both: no flag forbids it.
    return {reinterpret_cast<std::uint8_t *>(const_cast<char *>(name.data())),
            reinterpret_cast<std::uint8_t *>(const_cast<char *>(value.data())), name.size(), value.size(),
            NGHTTP2_NV_FLAG_NONE};
}

} // namespace

GrpcConnection::GrpcConnection(tcp::socket socket, std::shared_ptr<GrpcCore> core)
    : m_core(std::move(core))
    , m_socket(std::move(socket))
    , m_peer(peerOf(m_socket))
    , m_since(Clock::now())
{
    error_code ignored;
    m_socket.set_option(tcp::no_delay(true), ignored);
}

GrpcConnection::~GrpcConnection()
{
    nghttp2_session_del(m_session);
}

void GrpcConnection::start()
{
    const GrpcLimits &limits = m_core->options.limits;
    nghttp2_session_callbacks *callbacks = nullptr;
    nghttp2_option *option = nullptr;
    if (nghttp2_session_callbacks_new(&callbacks) != 0 || nghttp2_option_new(&option) != 0) {
        nghttp2_session_callbacks_del(callbacks);
        close();
        return;
    }
    nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, onBeginHeaders);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, onHeader);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, onFrame);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, onData);
    nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, onSent);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, onClosed);
    // Floods: acknowledgements that pile up, settings without end, headers without end, calls taken back.
    nghttp2_option_set_max_outbound_ack(option, 256);
    nghttp2_option_set_max_settings(option, 32);
    nghttp2_option_set_max_continuations(option, 8);
    nghttp2_option_set_stream_reset_rate_limit(option, limits.resets, 33);
    nghttp2_option_set_no_closed_streams(option, 1);
    const int made = nghttp2_session_server_new2(&m_session, callbacks, this, option);
    nghttp2_session_callbacks_del(callbacks);
    nghttp2_option_del(option);
    if (made != 0) {
        close();
        return;
    }
    const nghttp2_settings_entry settings[] = {
        {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, limits.streams},
        {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, static_cast<std::uint32_t>(kStreamWindow)},
        {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, static_cast<std::uint32_t>(limits.headerBytes)}};
    nghttp2_submit_settings(m_session, NGHTTP2_FLAG_NONE, settings, std::size(settings));
    nghttp2_session_set_local_window_size(m_session, NGHTTP2_FLAG_NONE, 0, kConnectionWindow);
    flush();
    read();
}

void GrpcConnection::close()
{
    if (m_isClosed)
        return;
    const auto self = shared_from_this();
    m_isClosed = true;
    error_code ignored;
    m_socket.close(ignored);
    for (auto &[stream, call] : m_calls)
        release(call);
    m_calls.clear();
    m_core->remove(self);
}

void GrpcConnection::closeWhenDone()
{
    m_mustClose = true;
    if (!m_session || m_calls.empty()) {
        close();
        return;
    }
    nghttp2_submit_goaway(m_session, NGHTTP2_FLAG_NONE, nghttp2_session_get_last_proc_stream_id(m_session),
                          NGHTTP2_NO_ERROR, nullptr, 0);
    flush();
}

void GrpcConnection::checkDeadlines(Clock::time_point now)
{
    const GrpcLimits &limits = m_core->options.limits;
    if (m_calls.empty()) {
        if (now - m_since > (m_hasCalled ? limits.idleTime : limits.openTime)) {
            if (!m_hasCalled)
                m_core->handler.count("grpc.timeout");
            close();
        }
        return;
    }
    bool isLate = false;
    for (const auto &[stream, call] : m_calls)
        isLate = isLate || (!call.isReceived && now - call.since > limits.callTime);
    if (isLate) {
        m_core->handler.count("grpc.timeout");
        close();
    }
}

// --- bytes -----------------------------------------------------------------------------------------------------------

void GrpcConnection::read()
{
    m_socket.async_read_some(
        boost::asio::buffer(m_in), [self = shared_from_this()](error_code error, std::size_t size) {
            if (self->m_isClosed)
                return;
            if (error) {
                if (!self->m_calls.empty())
                    self->m_core->handler.count("grpc.interrupted");
                self->close();
                return;
            }
            const auto used = nghttp2_session_mem_recv(self->m_session, self->m_in.data(), size);
            if (self->m_isClosed)
                return;
            if (used < 0) {
                self->m_core->handler.count(used == NGHTTP2_ERR_FLOODED ? "grpc.flood" : "grpc.malformed");
                self->flush(); // it may hold a GOAWAY that says why
                self->close();
                return;
            }
            self->flush();
            if (!self->m_isClosed)
                self->read();
        });
}

void GrpcConnection::flush()
{
    if (m_isClosed || m_isWriting || !m_session)
        return;
    m_out.clear();
    while (m_out.size() < kWriteChunk) {
        const std::uint8_t *data = nullptr;
        const auto size = nghttp2_session_mem_send(m_session, &data);
        if (size < 0) {
            m_core->handler.count("grpc.flood");
            close();
            return;
        }
        if (size == 0)
            break;
        m_out.append(reinterpret_cast<const char *>(data), static_cast<std::size_t>(size));
    }
    if (m_out.empty()) {
        const bool isOver = nghttp2_session_want_read(m_session) == 0 && nghttp2_session_want_write(m_session) == 0;
        if (isOver || (m_mustClose && m_calls.empty()))
            close();
        return;
    }
    m_isWriting = true;
    boost::asio::async_write(m_socket, boost::asio::buffer(m_out),
                             [self = shared_from_this()](error_code error, std::size_t) {
                                 self->m_isWriting = false;
                                 if (error)
                                     self->close();
                                 else
                                     self->flush();
                             });
}

// --- frames ----------------------------------------------------------------------------------------------------------

GrpcConnection::Call *GrpcConnection::callOf(std::int32_t stream)
{
    const auto found = m_calls.find(stream);
    return found == m_calls.end() ? nullptr : &found->second;
}

int GrpcConnection::onBeginHeaders(nghttp2_session *, const nghttp2_frame *frame, void *data)
{
    GrpcConnection *self = connectionOf(data);
    if (frame->hd.type == NGHTTP2_HEADERS && frame->headers.cat == NGHTTP2_HCAT_REQUEST)
        self->m_calls[frame->hd.stream_id].since = Clock::now();
    return 0;
}

int GrpcConnection::onHeader(nghttp2_session *, const nghttp2_frame *frame, const std::uint8_t *nameBytes,
                             std::size_t nameSize, const std::uint8_t *valueBytes, std::size_t valueSize, std::uint8_t,
                             void *data)
{
    GrpcConnection *self = connectionOf(data);
    Call *call = self->callOf(frame->hd.stream_id);
    if (!call)
        return 0;
    call->headerBytes += nameSize + valueSize + 32; // as RFC 9113 counts
    if (call->headerBytes > self->m_core->options.limits.headerBytes) {
        self->m_core->handler.count("grpc.malformed");
        return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
    }
    const std::string_view name(reinterpret_cast<const char *>(nameBytes), nameSize);
    const std::string_view value(reinterpret_cast<const char *>(valueBytes), valueSize);
    const std::pair<std::string_view, std::string *> known[] = {{":method", &call->method},
                                                                {":path", &call->path},
                                                                {":authority", &call->authority},
                                                                {"host", &call->authority},
                                                                {"content-type", &call->contentType},
                                                                {"grpc-encoding", &call->encoding},
                                                                {"user-agent", &call->userAgent},
                                                                {"authorization", &call->authorization},
                                                                {"x-api-key", &call->apiKey}};
    for (const auto &[key, text] : known) {
        if (key == name && (name != "host" || text->empty()))
            *text = value;
    }
    return 0;
}

int GrpcConnection::onFrame(nghttp2_session *session, const nghttp2_frame *frame, void *data)
{
    GrpcConnection *self = connectionOf(data);
    if (frame->hd.type == NGHTTP2_RST_STREAM && ++self->m_resets > self->m_core->options.limits.resets) {
        self->m_core->handler.count("grpc.flood");
        nghttp2_session_terminate_session(session, NGHTTP2_ENHANCE_YOUR_CALM);
        return 0;
    }
    if (frame->hd.type != NGHTTP2_HEADERS && frame->hd.type != NGHTTP2_DATA)
        return 0;
    Call *call = self->callOf(frame->hd.stream_id);
    if (call && (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0) {
        call->isReceived = true;
        if (!call->isAnswered)
            self->onReceived(frame->hd.stream_id, *call);
    }
    return 0;
}

int GrpcConnection::onData(nghttp2_session *, std::uint8_t, std::int32_t stream, const std::uint8_t *bytes,
                           std::size_t size, void *data)
{
    GrpcConnection *self = connectionOf(data);
    Call *call = self->callOf(stream);
    if (call && !call->isAnswered)
        self->onBody(stream, *call, {reinterpret_cast<const char *>(bytes), size});
    return 0;
}

/// After an early refusal the rest of the call is not wanted (RFC 9113, 8.1).
int GrpcConnection::onSent(nghttp2_session *session, const nghttp2_frame *frame, void *data)
{
    if (frame->hd.type != NGHTTP2_HEADERS || (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) == 0)
        return 0;
    const Call *call = connectionOf(data)->callOf(frame->hd.stream_id);
    if (call && !call->isReceived)
        nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, frame->hd.stream_id, NGHTTP2_NO_ERROR);
    return 0;
}

int GrpcConnection::onClosed(nghttp2_session *, std::int32_t stream, std::uint32_t, void *data)
{
    GrpcConnection *self = connectionOf(data);
    if (Call *call = self->callOf(stream)) {
        self->release(*call);
        self->m_calls.erase(stream);
        self->m_since = Clock::now();
    }
    return 0;
}

ssize_t GrpcConnection::readAnswer(nghttp2_session *session, std::int32_t stream, std::uint8_t *buffer,
                                   std::size_t size, std::uint32_t *flags, nghttp2_data_source *, void *data)
{
    Call *call = connectionOf(data)->callOf(stream);
    if (!call)
        return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
    const std::size_t now = std::min(size, call->answer.size() - call->sent);
    std::memcpy(buffer, call->answer.data() + call->sent, now);
    call->sent += now;
    if (call->sent == call->answer.size()) {
        *flags |= NGHTTP2_DATA_FLAG_EOF | NGHTTP2_DATA_FLAG_NO_END_STREAM;
        const nghttp2_nv trailer[] = {fieldOf("grpc-status", "0")};
        nghttp2_submit_trailer(session, stream, trailer, std::size(trailer));
    }
    return static_cast<ssize_t>(now);
}

// --- calls -----------------------------------------------------------------------------------------------------------

void GrpcConnection::release(Call &call)
{
    m_core->release(call.charged);
    call.charged = 0;
    call.body = {};
}

void GrpcConnection::onBody(std::int32_t stream, Call &call, std::string_view data)
{
    const GrpcLimits &limits = m_core->options.limits;
    if (call.body.size() + data.size() > limits.messageBytes + kPrefix) {
        refuse(stream, GrpcCode::ResourceExhausted,
               "The message is larger than " + std::to_string(limits.messageBytes / (1024 * 1024)) + " MiB.",
               "grpc.message.too_large");
        return;
    }
    if (!m_core->charge(data.size())) {
        refuse(stream, GrpcCode::Unavailable, "Too much is waiting here; send it again.", "http.overload");
        return;
    }
    call.charged += data.size();
    call.body += data;
}

void GrpcConnection::onReceived(std::int32_t stream, Call &call)
{
    m_hasCalled = true;
    if (call.method != "POST")
        return refuseHttp(stream, 405);
    if (!std::string_view(call.contentType).starts_with(kContentType))
        return refuseHttp(stream, 415);
    if (!isServed(call.authority))
        return refuse(stream, GrpcCode::PermissionDenied, "This host name is not served here.", "http.host.refused");
    if (!m_core->access.acceptsToken(call.authorization, call.apiKey))
        return refuse(stream, GrpcCode::Unauthenticated, "A token is needed: authorization: Bearer, or x-api-key.",
                      "http.unauthorized");
    if (httpPathOf(call.path).empty())
        return refuse(stream, GrpcCode::Unimplemented, "There is no such method here.", "grpc.method.unknown");
    const auto message = readGrpcMessage(call.body);
    if (!message)
        return refuse(stream, GrpcCode::InvalidArgument, message.error().message, "grpc.malformed");
    if (!message->isCompressed) {
        handOver(stream, std::string(message->bytes));
        return;
    }
    const auto codings = parseContentEncoding(call.encoding);
    if (!codings || codings->size() != 1)
        return refuse(stream, GrpcCode::Unimplemented, "Messages may be compressed with gzip or deflate.",
                      "grpc.encoding.unsupported");
    boost::asio::post(m_core->decoder, [weak = weak_from_this(), core = m_core, stream, codings = *codings,
                                        body = std::string(message->bytes)]() mutable {
        auto decoded = std::make_shared<Result<std::string>>(
            decodeContent(std::move(body), codings, core->options.limits.messageBytes));
        boost::asio::post(core->loop, [weak, stream, decoded] {
            const auto self = weak.lock();
            if (!self || self->m_isClosed || !self->callOf(stream))
                return;
            if (*decoded)
                self->handOver(stream, std::move(**decoded));
            else if (decoded->error().code == Error::Code::TooLarge)
                self->refuse(stream, GrpcCode::ResourceExhausted, decoded->error().message, "grpc.message.too_large");
            else
                self->refuse(stream, GrpcCode::InvalidArgument, decoded->error().message, "grpc.decompress.failed");
            self->flush();
        });
    });
}

/// Browsers can not speak HTTP/2 without TLS, so the port in :authority says nothing about who asks; proxies change it.
bool GrpcConnection::isServed(std::string_view authority) const
{
    const auto bracket = authority.rfind(']');
    const auto colon = authority.rfind(':');
    if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket))
        authority = authority.substr(0, colon);
    return m_core->access.acceptsHost(std::string(authority) + ":" + std::to_string(m_core->port));
}

void GrpcConnection::handOver(std::int32_t stream, std::string message)
{
    Call *call = callOf(stream);
    ReceivedRequest request;
    request.method = "POST";
    request.protocol = "otlp/grpc";
    request.path = httpPathOf(call->path);
    request.contentType = "application/x-protobuf";
    request.userAgent = call->userAgent;
    request.body = std::move(message);
    request.peer = m_peer;
    request.arrival = m_core->options.clock->now();
    call->body = {};
    m_core->handler.handle(std::move(request), [weak = weak_from_this(), core = m_core, stream](Answer &&answer) {
        boost::asio::post(core->loop, [weak, stream, answer = std::move(answer)] {
            const auto self = weak.lock();
            if (!self || self->m_isClosed || !self->callOf(stream))
                return;
            self->answer(stream, answer);
            self->flush();
        });
    });
}

void GrpcConnection::answer(std::int32_t stream, const Answer &answer)
{
    if (answer.status != 200) {
        refuse(stream, grpcCodeOf(answer.status), messageOfStatus(answer.body));
        return;
    }
    Call *call = callOf(stream);
    call->isAnswered = true;
    call->answer = writeGrpcMessage(answer.body);
    const nghttp2_nv headers[] = {fieldOf(":status", "200"), fieldOf("content-type", kContentType),
                                  fieldOf("grpc-accept-encoding", "identity,gzip,deflate")};
    nghttp2_data_provider provider{};
    provider.read_callback = readAnswer;
    nghttp2_submit_response(m_session, stream, headers, std::size(headers), &provider);
}

void GrpcConnection::submit(std::int32_t stream,
                            std::initializer_list<std::pair<std::string_view, std::string_view>> headers)
{
    Call *call = callOf(stream);
    if (!call || call->isAnswered)
        return;
    call->isAnswered = true;
    release(*call);
    std::vector<nghttp2_nv> fields;
    for (const auto &[name, value] : headers)
        fields.push_back(fieldOf(name, value));
    nghttp2_submit_response(m_session, stream, fields.data(), fields.size(), nullptr);
}

void GrpcConnection::refuse(std::int32_t stream, GrpcCode code, std::string_view message, std::string_view counter)
{
    if (!counter.empty())
        m_core->handler.count(counter);
    const std::string status = std::to_string(static_cast<int>(code));
    const std::string text = encodedGrpcMessage(message);
    submit(stream, {{":status", "200"},
                    {"content-type", kContentType},
                    {"grpc-accept-encoding", "identity,gzip,deflate"},
                    {"grpc-status", status},
                    {"grpc-message", text}});
}

void GrpcConnection::refuseHttp(std::int32_t stream, int status)
{
    m_core->handler.count("grpc.malformed");
    const std::string text = std::to_string(status);
    submit(stream, {{":status", text}});
}

} // namespace telltale
