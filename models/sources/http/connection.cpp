// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/http/connection.h"

#include "models/sources/http/listening.h"

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <cstring>

namespace telltale {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t kFirstBuffer = 8 * 1024;
constexpr std::size_t kLargestBuffer = 128 * 1024;
/// A refused body up to this size is read to its end, so that the connection can be kept.
constexpr std::uint64_t kDiscardLimit = 256 * 1024;
/// Deflate makes at most this many bytes of one; what a waiting body may become.
constexpr std::size_t kWorstRatio = 1032;
constexpr std::chrono::milliseconds kForever = std::chrono::hours(24 * 365);
constexpr std::string_view kMethods = "POST, GET, OPTIONS";

bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
               return (x >= 'A' && x <= 'Z' ? x + 32 : x) == (y >= 'A' && y <= 'Z' ? y + 32 : y);
           });
}

/// Whether "GET, POST" holds the method.
bool isListed(std::string_view methods, std::string_view method)
{
    while (!methods.empty()) {
        const auto end = methods.find(", ");
        if (methods.substr(0, end) == method)
            return true;
        methods.remove_prefix(end == std::string_view::npos ? methods.size() : end + 2);
    }
    return false;
}

} // namespace

Connection::Connection(tcp::socket socket, std::shared_ptr<ServerCore> core)
    : m_core(std::move(core))
    , m_socket(std::move(socket))
    , m_peer(peerOf(m_socket))
    , m_buffer(kFirstBuffer)
{
    error_code ignored;
    m_socket.set_option(tcp::no_delay(true), ignored);
}

void Connection::start()
{
    beginRequest();
}

void Connection::startRefused()
{
    m_core->handler.count("http.too_many_connections");
    m_parser = std::make_unique<RequestParser>(m_core->options.limits.headerBytes);
    Answer answer;
    answer.status = 503;
    answer.contentType = "text/plain";
    answer.body = "Too many connections are open.\n";
    answer.retryAfterSeconds = 2;
    answerNow(std::move(answer), true);
}

void Connection::close()
{
    if (m_state == State::Closed)
        return;
    const auto self = shared_from_this();
    m_state = State::Closed;
    error_code ignored;
    m_socket.close(ignored);
    setCharge(0);
    m_core->remove(self);
}

void Connection::closeWhenDone()
{
    m_mustClose = true;
    if (m_state != State::Handling && m_state != State::Writing && m_state != State::HeldDecode)
        close();
}

void Connection::setState(State state, std::chrono::milliseconds time)
{
    m_state = state;
    m_since = Clock::now();
    m_deadline = m_since + time;
}

void Connection::setCharge(std::size_t bytes)
{
    const std::size_t before = std::exchange(m_charge, bytes);
    if (bytes == 0)
        m_mayOverdraw = false;
    if (bytes > before)
        m_core->charge(bytes - before);
    else if (bytes < before)
        m_core->release(before - bytes);
}

void Connection::checkDeadline(Clock::time_point now)
{
    if (m_state == State::Closed || now < m_deadline)
        return;
    switch (m_state) {
    case State::HeldBody:
    case State::HeldDecode:
        refuse(503, "Too much is waiting here; send it again.", "http.overload", 1);
        return;
    case State::Head:
    case State::Body:
    case State::Writing:
        m_core->handler.count("http.timeout");
        close();
        return;
    case State::Idle:
    case State::Lingering:
        close();
        return;
    case State::Handling: // its deadline is the handler's
    case State::Closed:
        return;
    }
}

Connection::Worth Connection::worth(Clock::time_point now) const
{
    using namespace std::chrono_literals;
    switch (m_state) {
    case State::Lingering:
        return Worth::Lingering;
    case State::Idle:
        return m_answered == 0 ? Worth::SilentNewcomer : Worth::Idle;
    case State::Head:
        return Worth::SlowHead;
    case State::Body: {
        const auto age = now - m_since;
        const double seconds = std::chrono::duration<double>(age).count();
        const bool isSlow =
            age > 1s && static_cast<double>(m_parser->bodySize()) <
                            2.0 * static_cast<double>(m_core->options.limits.bodyBytesPerSecond) * seconds;
        return isSlow ? Worth::SlowBody : Worth::Busy;
    }
    default:
        return Worth::Busy;
    }
}

// --- reading ---------------------------------------------------------------------------------------------------------

void Connection::beginRequest()
{
    m_parser = std::make_unique<RequestParser>(m_core->options.limits.headerBytes);
    m_path.clear();
    m_query.clear();
    m_codings.clear();
    m_more.clear();
    m_answerAfterBody.reset();
    m_isOriginAllowed = false;
    if (m_begin == m_end) {
        m_begin = m_end = 0;
        if (m_buffer.size() > kFirstBuffer) {
            m_buffer.resize(kFirstBuffer);
            m_buffer.shrink_to_fit();
        }
        setState(State::Idle, m_core->options.limits.idleTime);
        read();
    } else {
        setState(State::Head, m_core->options.limits.headerTime);
        consume();
    }
}

void Connection::read()
{
    if (m_state == State::Closed || m_isReading)
        return;
    if (m_end == m_buffer.size() && !growBuffer()) {
        close(); // can not happen: the parser refuses before the buffer is full of what it can not consume
        return;
    }
    m_isReading = true;
    m_socket.async_read_some(boost::asio::buffer(m_buffer.data() + m_end, m_buffer.size() - m_end),
                             [self = shared_from_this()](error_code error, std::size_t size) {
                                 self->m_isReading = false;
                                 self->onRead(error, size);
                             });
}

bool Connection::growBuffer()
{
    if (m_begin > 0) {
        std::memmove(m_buffer.data(), m_buffer.data() + m_begin, m_end - m_begin);
        m_end -= m_begin;
        m_begin = 0;
        if (m_end < m_buffer.size())
            return true;
    }
    if (m_buffer.size() >= kLargestBuffer)
        return false;
    m_buffer.resize(m_buffer.size() * 2);
    return true;
}

void Connection::onRead(error_code error, std::size_t size)
{
    if (m_state == State::Closed)
        return;
    if (error) {
        if (m_state == State::Head || m_state == State::Body)
            m_core->handler.count("http.interrupted");
        close();
        return;
    }
    if (m_state == State::Lingering) {
        read();
        return;
    }
    m_end += size;
    if (m_state == State::Idle)
        setState(State::Head, m_core->options.limits.headerTime);
    consume();
}

void Connection::consume()
{
    while (m_state == State::Head || m_state == State::Body) {
        std::string_view data(m_buffer.data() + m_begin, m_end - m_begin);
        const auto step = m_parser->feed(data);
        m_begin = m_end - data.size();
        if (m_begin == m_end) {
            const bool wasFull = m_end == m_buffer.size();
            m_begin = m_end = 0;
            if (wasFull && m_state == State::Body && m_buffer.size() < kLargestBuffer)
                m_buffer.resize(m_buffer.size() * 2);
        }
        switch (step) {
        case RequestParser::Step::NeedMore:
            readMoreOrHold();
            return;
        case RequestParser::Step::Head:
            onHead();
            break;
        case RequestParser::Step::Done:
            onRequestComplete();
            return;
        case RequestParser::Step::HeadTooLarge:
            answerMalformed(431, "The request's head is larger than 64 KiB.", "http.malformed");
            return;
        case RequestParser::Step::Malformed:
            answerMalformed(400, "This is not HTTP/1.1.", "http.malformed");
            return;
        }
    }
}

void Connection::readMoreOrHold()
{
    if (m_state == State::Head) {
        read();
        return;
    }
    const HttpLimits &limits = m_core->options.limits;
    const std::uint64_t size = m_parser->bodySize();
    if (m_answerAfterBody) {
        if (size > kDiscardLimit) {
            answerNow(std::move(*m_answerAfterBody), true);
            return;
        }
    } else if (size > limits.bodyBytes) {
        onTooMuchBody();
        return;
    } else {
        setCharge(static_cast<std::size_t>(size));
        if (!hasRoom(m_buffer.size())) {
            setState(State::HeldBody, limits.holdTime);
            m_core->hold(shared_from_this());
            return;
        }
    }
    const auto earned =
        std::chrono::milliseconds(size * 1000 / std::max<std::size_t>(limits.bodyBytesPerSecond, 1));
    m_deadline = m_since + limits.bodyGrace + earned;
    read();
}

bool Connection::resume()
{
    if (m_state == State::HeldBody) {
        if (!hasRoom(m_buffer.size()))
            return false;
        setState(State::Body, m_core->options.limits.bodyGrace);
        read();
    } else if (m_state == State::HeldDecode) {
        const std::size_t worst = std::min(m_core->options.limits.bodyBytes, m_charge * kWorstRatio);
        if (m_core->isDecoding || !hasRoom(worst))
            return false;
        decode();
    }
    return true;
}

// --- deciding --------------------------------------------------------------------------------------------------------

void Connection::splitTarget()
{
    std::string_view target = m_parser->head().target;
    // RFC 9112, 3.2.2: a server must accept the absolute form.
    if (const auto scheme = target.find("://"); scheme != std::string_view::npos && target.front() != '/') {
        const auto slash = target.find('/', scheme + 3);
        target = slash == std::string_view::npos ? std::string_view("/") : target.substr(slash);
    }
    const auto mark = target.find('?');
    m_query = mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
    std::string_view path = target.substr(0, mark);
    while (path.size() > 1 && path.back() == '/')
        path.remove_suffix(1);
    m_path = path;
}

void Connection::onHead()
{
    const RequestHead &head = m_parser->head();
    const HttpLimits &limits = m_core->options.limits;
    splitTarget();
    setState(State::Body, limits.bodyGrace);
    m_more.emplace_back("Vary", "Origin");

    // Who is it?
    if (head.hosts > 1 || (head.hosts == 0 && head.isHttp11))
        return answerMalformed(400, "A request needs exactly one Host.", "http.malformed");
    if (!m_core->access.acceptsHost(head.host))
        return refuse(403, "This host name is not served here. Use 127.0.0.1 or localhost with the port.",
                      "http.host.refused");
    if (head.origins > 0) {
        if (head.origins > 1 || !m_core->access.acceptsOrigin(head.origin)) {
            m_core->access.rememberRefused(head.origin, m_core->options.clock->now());
            return refuse(403, "Pages of this origin may not send here until somebody allows it in Telltale.",
                          "http.origin.refused");
        }
        if (!m_core->handler.isForPages(m_path))
            return refuse(403, "Web pages may send events, but not read or change what is stored.", "http.origin.refused");
        m_isOriginAllowed = true;
        m_more.emplace_back("Access-Control-Allow-Origin", head.origin);
        m_more.emplace_back("Access-Control-Allow-Credentials", "true");
        m_more.emplace_back("Access-Control-Expose-Headers", "Retry-After, X-Sentry-Rate-Limits");
    }
    const bool isPreflight = head.method == "OPTIONS";
    if (!isPreflight && !m_core->access.acceptsToken(head.authorization, head.apiKey)) {
        m_more.emplace_back("WWW-Authenticate", "Bearer");
        return refuse(401, "A token is needed: Authorization: Bearer, or x-api-key.", "http.unauthorized");
    }

    // What does it want?
    const std::string_view methods =
        m_path.starts_with('/') ? m_core->handler.methodsFor(m_path) : std::string_view();
    if (methods.empty() && !(isPreflight && m_path == "*"))
        return refuse(404, "Nothing is received at this path.", "http.path.unknown");
    if (isPreflight) {
        Answer answer;
        answer.status = 204;
        m_more.emplace_back("Allow", std::string(methods.empty() ? "POST" : methods) + ", OPTIONS");
        if (m_isOriginAllowed) {
            m_more.emplace_back("Access-Control-Allow-Methods", kMethods);
            if (!head.requestedHeaders.empty())
                m_more.emplace_back("Access-Control-Allow-Headers", head.requestedHeaders);
            if (head.asksForPrivateNetwork)
                m_more.emplace_back("Access-Control-Allow-Private-Network", "true");
            m_more.emplace_back("Access-Control-Max-Age", "600");
        }
        return answerAfterBody(std::move(answer));
    }
    if (!isListed(methods, head.method == "HEAD" ? "GET" : head.method)) {
        m_more.emplace_back("Allow", std::string(methods) + ", OPTIONS");
        return refuse(405, "This path takes " + std::string(methods) + ".", "http.method.refused");
    }

    // Can it be read?
    if (!head.transferEncoding.empty() && !equalsIgnoringCase(head.transferEncoding, "chunked"))
        return answerMalformed(501, "Only the transfer encoding chunked is understood.", "http.malformed");
    auto codings = parseContentEncoding(head.contentEncoding);
    if (!codings)
        return refuse(415, codings.error().message, "http.encoding.unsupported");
    m_codings = std::move(*codings);
    if (head.contentLength && *head.contentLength > limits.bodyBytes)
        return onTooMuchBody();
    if (!head.expect.empty()) {
        if (!equalsIgnoringCase(head.expect, "100-continue"))
            return refuse(417, "Only 100-continue can be expected.", "http.malformed");
        if (head.isHttp11 && !m_parser->isDone() && m_begin == m_end) {
            // A dozen bytes on an empty socket buffer: if that does not go out, the client will not wait for it anyway.
            constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
            error_code ignored;
            m_socket.non_blocking(true, ignored);
            m_socket.write_some(boost::asio::buffer(kContinue.data(), kContinue.size()), ignored);
        }
    }
}

void Connection::onTooMuchBody()
{
    refuse(413,
           "The body is larger than " + std::to_string(m_core->options.limits.bodyBytes / (1024 * 1024)) +
               " MiB.",
           "http.body.too_large");
}

void Connection::onRequestComplete()
{
    if (m_answerAfterBody) {
        answerNow(std::move(*m_answerAfterBody), false);
        return;
    }
    if (m_parser->bodySize() > m_core->options.limits.bodyBytes) {
        onTooMuchBody();
        return;
    }
    setCharge(static_cast<std::size_t>(m_parser->bodySize()));
    if (m_codings.empty() && m_parser->beginsLikeGzip() && m_core->handler.sniffsGzip(m_path))
        m_codings = *parseContentEncoding("gzip");
    if (m_codings.empty()) {
        handOver(m_parser->takeBody());
        return;
    }
    setState(State::HeldDecode, m_core->options.limits.holdTime);
    if (!resume())
        m_core->hold(shared_from_this());
}

void Connection::decode()
{
    setState(State::Handling, kForever);
    m_core->isDecoding = true;
    boost::asio::post(m_core->decoder, [self = shared_from_this(), body = m_parser->takeBody()]() mutable {
        auto decoded = std::make_shared<Result<std::string>>(
            decodeContent(std::move(body), self->m_codings, self->m_core->options.limits.bodyBytes));
        boost::asio::post(self->m_core->loop, [self, decoded] {
            self->m_core->isDecoding = false;
            self->onDecoded(std::move(*decoded));
            self->m_core->decodingEnded();
        });
    });
}

void Connection::onDecoded(Result<std::string> body)
{
    if (m_state == State::Closed)
        return;
    if (body) {
        handOver(std::move(*body));
    } else if (body.error().code == Error::Code::TooLarge) {
        refuse(413, body.error().message, "http.body.too_large");
    } else if (body.error().code == Error::Code::Busy) {
        refuse(503, body.error().message, "http.overload", 1);
    } else {
        refuse(400, body.error().message, "http.decompress.failed");
    }
}

void Connection::handOver(std::string body)
{
    setState(State::Handling, kForever);
    setCharge(body.size());
    const RequestHead &head = m_parser->head();
    ReceivedRequest request;
    request.method = head.method;
    request.path = m_path;
    request.query = m_query;
    request.contentType = head.contentType;
    request.userAgent = head.userAgent;
    request.appKey = head.appKey;
    request.authorization = head.authorization;
    request.body = std::move(body);
    request.peer = m_peer;
    request.arrival = m_core->options.clock->now();
    // The answer may come on any thread, also at once on this one, also after the loop has ended: what waits in the loop
    // must not own its owner.
    m_core->handler.handle(std::move(request), [weak = weak_from_this()](Answer &&answer) {
        const auto connection = weak.lock();
        if (!connection)
            return;
        boost::asio::post(connection->m_core->loop, [weak, answer = std::move(answer)]() mutable {
            if (const auto self = weak.lock(); self && self->m_state == State::Handling)
                self->answerNow(std::move(answer), false);
        });
    });
}

// --- answering -------------------------------------------------------------------------------------------------------

void Connection::refuse(int status, std::string_view message, std::string_view counter,
                        std::optional<int> retryAfter)
{
    m_core->handler.count(counter);
    Answer answer = m_core->handler.refusal(m_path, m_parser->head().contentType, status, message);
    answer.status = status;
    if (retryAfter && m_core->handler.wantsRetryAfter(m_path))
        answer.retryAfterSeconds = retryAfter;
    answerAfterBody(std::move(answer));
}

void Connection::answerAfterBody(Answer &&answer)
{
    const RequestHead &head = m_parser->head();
    if (m_parser->isDone()) {
        answerNow(std::move(answer), false);
        return;
    }
    // Who expects 100-continue holds the body back; what is long is not worth reading; what is held has no room.
    const bool isLong =
        head.contentLength.value_or(0) > kDiscardLimit || m_parser->bodySize() > kDiscardLimit;
    if (!head.expect.empty() || isLong || m_state == State::HeldBody) {
        answerNow(std::move(answer), true);
        return;
    }
    m_parser->discardBody();
    setCharge(0);
    m_answerAfterBody = std::move(answer);
}

void Connection::answerMalformed(int status, std::string_view message, std::string_view counter)
{
    m_core->handler.count(counter);
    Answer answer;
    answer.status = status;
    answer.contentType = "text/plain";
    answer.body = std::string(message) + "\n";
    answerNow(std::move(answer), true);
}

void Connection::answerNow(Answer &&answer, bool mustClose)
{
    const RequestHead &head = m_parser->head();
    m_mustClose = m_mustClose || mustClose || !head.isKeptAlive || m_core->isStopping();
    m_out = writeAnswer(answer, m_more, !m_mustClose, head.method == "HEAD");
    m_parser->discardBody();
    m_answerAfterBody.reset();
    setCharge(0);
    write();
}

void Connection::write()
{
    setState(State::Writing, m_core->options.limits.writeTime);
    boost::asio::async_write(
        m_socket, boost::asio::buffer(m_out),
        [self = shared_from_this()](error_code error, std::size_t) { self->onWritten(error); });
}

void Connection::onWritten(error_code error)
{
    if (m_state == State::Closed)
        return;
    ++m_answered;
    if (error)
        close();
    else if (m_mustClose)
        linger();
    else
        beginRequest();
}

void Connection::linger()
{
    // Closing with unread bytes would reset the connection, and the client might never see the answer.
    error_code ignored;
    m_socket.shutdown(tcp::socket::shutdown_send, ignored);
    setState(State::Lingering, m_core->options.limits.lingerTime);
    m_begin = m_end = 0;
    read();
}

} // namespace telltale
