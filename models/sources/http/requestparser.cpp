// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/http/requestparser.h"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>

#include <limits>

namespace telltale {
namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using BoostView = boost::beast::string_view;

std::string text(BoostView view)
{
    return std::string(view.data(), view.size());
}

void join(std::string &list, BoostView value)
{
    if (!list.empty())
        list += ", ";
    list.append(value.data(), value.size());
}

/// A chunked body never ends in fewer bytes than this ("0\r\n\r\n"). Beast asserts so for its last chunk; a client that
/// sends byte by byte must not reach that.
constexpr std::size_t kLastChunkBytes = 5;
/// Growth beyond the first reserve is by doubling; a claimed Content-Length alone gets no more than this.
constexpr std::uint64_t kFirstReserve = 1024 * 1024;

} // namespace

class RequestParser::Private final : public http::basic_parser<true>
{
public:
    explicit Private(std::size_t limit)
        : m_headerLimit(limit)
    {
        header_limit(static_cast<std::uint32_t>(limit));
        body_limit(std::numeric_limits<std::uint64_t>::max()); // the connection has its own
    }

    RequestHead m_head;
    std::string m_body;
    std::uint64_t m_bodySize = 0;
    std::size_t m_headerBytes = 0;
    const std::size_t m_headerLimit;
    bool m_isHeadReported = false;
    bool m_discards = false;

private:
    void on_request_impl(http::verb, BoostView method, BoostView target, int version, error_code &ec) override
    {
        ec = {};
        m_head.method = text(method);
        m_head.target = text(target);
        m_head.isHttp11 = version >= 11;
    }
    void on_response_impl(int, BoostView, int, error_code &) override {}
    void on_field_impl(http::field field, BoostView name, BoostView value, error_code &ec) override
    {
        ec = {};
        if (m_isHeadReported)
            return; // trailers change nothing
        switch (field) {
        case http::field::host:
            ++m_head.hosts;
            m_head.host = text(value);
            break;
        case http::field::origin:
            ++m_head.origins;
            m_head.origin = text(value);
            break;
        case http::field::content_type:
            m_head.contentType = text(value);
            break;
        case http::field::content_encoding:
            join(m_head.contentEncoding, value);
            break;
        case http::field::transfer_encoding:
            join(m_head.transferEncoding, value);
            break;
        case http::field::expect:
            m_head.expect = text(value);
            break;
        case http::field::user_agent:
            m_head.userAgent = text(value);
            break;
        case http::field::authorization:
            m_head.authorization = text(value);
            break;
        case http::field::access_control_request_method:
            m_head.requestedMethod = text(value);
            break;
        case http::field::access_control_request_headers:
            join(m_head.requestedHeaders, value);
            break;
        default:
            if (boost::beast::iequals(name, "x-api-key"))
                m_head.apiKey = text(value);
            else if (boost::beast::iequals(name, "app-key"))
                m_head.appKey = text(value);
            else if (boost::beast::iequals(name, "access-control-request-private-network"))
                m_head.asksForPrivateNetwork = boost::beast::iequals(value, "true");
            break;
        }
    }
    void on_header_impl(error_code &ec) override { ec = {}; }
    void on_body_init_impl(const boost::optional<std::uint64_t> &length, error_code &ec) override
    {
        ec = {};
        if (length && !m_discards)
            m_body.reserve(static_cast<std::size_t>(std::min(*length, kFirstReserve)));
    }
    std::size_t on_body_impl(BoostView body, error_code &ec) override
    {
        ec = {};
        m_bodySize += body.size();
        if (!m_discards)
            m_body.append(body.data(), body.size());
        return body.size();
    }
    void on_chunk_header_impl(std::uint64_t, BoostView, error_code &ec) override { ec = {}; }
    std::size_t on_chunk_body_impl(std::uint64_t, BoostView body, error_code &ec) override
    {
        return on_body_impl(body, ec);
    }
    void on_finish_impl(error_code &ec) override { ec = {}; }
};

RequestParser::RequestParser(std::size_t headerLimit)
    : d(std::make_unique<Private>(headerLimit))
{}
RequestParser::~RequestParser() = default;

RequestParser::Step RequestParser::feed(std::string_view &data)
{
    while (!d->is_done()) {
        const bool isInHead = !d->is_header_done();
        if (data.empty() || (!isInHead && d->chunked() && data.size() < kLastChunkBytes))
            return Step::NeedMore;
        error_code ec;
        const std::size_t used = d->put(boost::asio::const_buffer(data.data(), data.size()), ec);
        data.remove_prefix(used);
        if (isInHead)
            d->m_headerBytes += used; // Beast measures only what it could not yet consume
        if (ec == http::error::need_more) {
            // A head line, a chunk extension or trailers that do not end.
            const std::size_t held = data.size() + (isInHead ? d->m_headerBytes : 0);
            if (held >= d->m_headerLimit)
                return isInHead ? Step::HeadTooLarge : Step::Malformed;
            return Step::NeedMore;
        }
        if (ec == http::error::header_limit || d->m_headerBytes > d->m_headerLimit)
            return Step::HeadTooLarge;
        if (ec)
            return Step::Malformed;
        if (d->is_header_done() && !d->m_isHeadReported) {
            d->m_isHeadReported = true;
            d->m_head.isKeptAlive = d->keep_alive();
            d->m_head.isChunked = d->chunked();
            if (const auto length = d->content_length())
                d->m_head.contentLength = *length;
            return Step::Head;
        }
    }
    return Step::Done;
}

bool RequestParser::hasStarted() const
{
    return d->got_some();
}

bool RequestParser::isDone() const
{
    return d->is_done();
}

const RequestHead &RequestParser::head() const
{
    return d->m_head;
}

std::uint64_t RequestParser::bodySize() const
{
    return d->m_bodySize;
}

bool RequestParser::beginsLikeGzip() const
{
    return d->m_body.starts_with("\x1f\x8b");
}

std::string RequestParser::takeBody()
{
    return std::move(d->m_body);
}

void RequestParser::discardBody()
{
    d->m_discards = true;
    d->m_body = {};
}

} // namespace telltale
