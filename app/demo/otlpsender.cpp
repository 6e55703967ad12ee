// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/otlpsender.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <protozero/pbf_reader.hpp>
#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <thread>

namespace telltale::demo {

namespace beast = boost::beast;
namespace http = beast::http;
using boost::asio::ip::tcp;
using std::chrono::milliseconds;

namespace {

constexpr auto kAnswerDeadline = std::chrono::seconds(20);
constexpr auto kLongestWait = std::chrono::seconds(10);

std::string gzipped(const std::string &text)
{
    z_stream stream{};
    constexpr int kGzipWindow = 15 + 16;
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    std::string out(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
    std::string input = text; // zlib's interface is older than const
    stream.next_in = reinterpret_cast<Bytef *>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

// ExportXServiceResponse { partial_success = 1 { rejected = 1 } }, the same for all signals.
std::uint64_t rejectedIn(const std::string &answer)
{
    std::uint64_t rejected = 0;
    try {
        protozero::pbf_reader message(answer);
        while (message.next(1)) {
            protozero::pbf_reader partial = message.get_message();
            while (partial.next(1))
                rejected += static_cast<std::uint64_t>(std::max<std::int64_t>(0, partial.get_int64()));
        }
    } catch (const protozero::exception &) {
        // Not an answer of the protocol; the status said that the data was taken.
    }
    return rejected;
}

// Seconds, or none when it is a date: then half a second is as good as any.
milliseconds retryAfter(std::string_view text)
{
    int seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc() || seconds < 0)
        return milliseconds(500);
    return std::min<milliseconds>(std::chrono::seconds(seconds), kLongestWait);
}

} // namespace

struct OtlpSender::Connection
{
    boost::asio::io_context context;
    beast::tcp_stream stream{context};
    beast::flat_buffer buffer;

    // Runs what was started to its end; expiry of the stream makes that certain.
    void finish()
    {
        context.restart();
        context.run();
    }
};

struct OtlpSender::Answer
{
    unsigned status = 0;
    std::string retryAfter;
    std::string body;
};

Result<Endpoint> Endpoint::parse(std::string_view url)
{
    constexpr std::string_view kScheme = "http://";
    if (url.substr(0, kScheme.size()) != kScheme)
        return failure(Error::Code::InvalidArgument, "An endpoint looks like http://127.0.0.1:4318.");
    url.remove_prefix(kScheme.size());
    Endpoint endpoint;
    if (const auto slash = url.find('/'); slash != std::string_view::npos) {
        endpoint.prefix = url.substr(slash);
        while (!endpoint.prefix.empty() && endpoint.prefix.back() == '/')
            endpoint.prefix.pop_back();
        url = url.substr(0, slash);
    }
    const auto bracket = url.find(']');
    const auto colon = url.find(':', bracket == std::string_view::npos ? 0 : bracket);
    endpoint.port = colon == std::string_view::npos ? "80" : std::string(url.substr(colon + 1));
    endpoint.host = url.substr(0, colon);
    if (bracket != std::string_view::npos && endpoint.host.size() > 2 && endpoint.host.front() == '[')
        endpoint.host = endpoint.host.substr(1, endpoint.host.size() - 2);
    int port = 0;
    const auto [end, error] =
        std::from_chars(endpoint.port.data(), endpoint.port.data() + endpoint.port.size(), port);
    if (endpoint.host.empty() || error != std::errc() || end != endpoint.port.data() + endpoint.port.size() ||
        port < 1 || port > 65535)
        return failure(Error::Code::InvalidArgument, "An endpoint looks like http://127.0.0.1:4318.");
    return endpoint;
}

std::string Endpoint::authority() const
{
    return (host.find(':') == std::string::npos ? host : '[' + host + ']') + ':' + port;
}

OtlpSender::OtlpSender(Endpoint endpoint, const std::atomic<bool> &stop, milliseconds patience)
    : m_endpoint(std::move(endpoint))
    , m_stop(stop)
    , m_patience(patience)
{}

OtlpSender::~OtlpSender() = default;

Result<void> OtlpSender::send(const OtlpRequest &request)
{
    const std::string body = gzipped(request.body);
    const auto giveUp = std::chrono::steady_clock::now() + m_patience;
    for (milliseconds pause(200);; pause = std::min(pause * 2, milliseconds(2000))) {
        const Result<Answer> answer = attempt(request.path, body);
        milliseconds before = pause;
        std::string reason;
        if (answer && answer->status >= 200 && answer->status < 300) {
            ++m_figures.requests;
            m_figures.bytes += body.size();
            m_figures.rejected += rejectedIn(answer->body);
            return {};
        }
        if (answer) {
            const bool comeAgain = answer->status == 429 || (answer->status >= 502 && answer->status <= 504);
            reason = m_endpoint.authority() + " answered " + std::to_string(answer->status) + " to " +
                     std::string(request.path) + '.';
            if (!comeAgain)
                return failure(Error::Code::InvalidArgument, reason);
            if (!answer->retryAfter.empty())
                before = retryAfter(answer->retryAfter);
        } else {
            reason = "Nobody answers at " + m_endpoint.authority() + ": " + answer.error().message +
                     ". Is telltale, or telltale collect, running?";
        }
        if (std::chrono::steady_clock::now() + before > giveUp)
            return failure(Error::Code::Io, reason);
        if (!wait(before))
            return failure(Error::Code::Cancelled, "Stopped.");
        ++m_figures.retries;
    }
}

Result<OtlpSender::Answer> OtlpSender::attempt(std::string_view path, const std::string &body)
{
    beast::error_code error;
    if (!m_connection) {
        auto connection = std::make_unique<Connection>();
        tcp::resolver resolver(connection->context);
        const auto addresses = resolver.resolve(m_endpoint.host, m_endpoint.port, error);
        if (!error) {
            connection->stream.expires_after(kAnswerDeadline);
            connection->stream.async_connect(addresses,
                                             [&](beast::error_code e, const tcp::endpoint &) { error = e; });
            connection->finish();
        }
        if (error)
            return failure(Error::Code::Io, error.message());
        beast::error_code ignored;
        connection->stream.socket().set_option(tcp::no_delay(true), ignored);
        m_connection = std::move(connection);
    }
    http::request<http::string_body> request(http::verb::post, m_endpoint.prefix + std::string(path), 11,
                                             body);
    request.set(http::field::host, m_endpoint.authority());
    request.set(http::field::user_agent, "telltale-demo/" TELLTALE_VERSION);
    request.set(http::field::content_type, "application/x-protobuf");
    request.set(http::field::content_encoding, "gzip");
    request.keep_alive(true);
    request.prepare_payload();
    http::response<http::string_body> response;

    m_connection->stream.expires_after(kAnswerDeadline);
    http::async_write(m_connection->stream, request, [&](beast::error_code e, std::size_t) {
        error = e;
        if (e)
            return;
        http::async_read(m_connection->stream, m_connection->buffer, response,
                         [&](beast::error_code readError, std::size_t) { error = readError; });
    });
    m_connection->finish();
    if (error) {
        m_connection.reset();
        return failure(Error::Code::Io, error.message());
    }
    if (!response.keep_alive())
        m_connection.reset();
    return Answer{response.result_int(), std::string(response[http::field::retry_after]),
                  std::move(response.body())};
}

// False when told to stop meanwhile.
bool OtlpSender::wait(milliseconds duration) const
{
    const auto until = std::chrono::steady_clock::now() + duration;
    while (!m_stop && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(std::min<milliseconds>(milliseconds(50), duration));
    return !m_stop;
}

} // namespace telltale::demo
