// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/http/httpserver.h"

#include "models/sources/http/portholder.h"
#include "models/sources/http/servercore.h"

#include <boost/asio/ip/v6_only.hpp>

#include <charconv>
#include <optional>
#include <thread>

namespace telltale {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

/// How often a free port of one family may turn out to be taken in the other.
constexpr int kPortAttempts = 32;

bool isLoopbackName(const std::string &host)
{
    return host == "localhost" || host == "127.0.0.1" || host == "::1" || host == "[::1]";
}

std::optional<asio::ip::address> parseAddress(std::string host)
{
    if (host.size() > 2 && host.front() == '[' && host.back() == ']')
        host = host.substr(1, host.size() - 2);
    error_code error;
    const auto address = asio::ip::make_address(host, error);
    return error ? std::nullopt : std::optional(address);
}

/// An acceptor that listens, or what went wrong.
error_code open(tcp::acceptor &acceptor, const asio::ip::address &address, std::uint16_t port)
{
    const tcp::endpoint end(address, port);
    error_code error;
    acceptor.open(end.protocol(), error);
    if (!error)
        acceptor.set_option(tcp::acceptor::reuse_address(true),
                            error); // past connections do not block the port
    if (!error && address.is_v6())
        acceptor.set_option(asio::ip::v6_only(true), error);
    if (!error)
        acceptor.bind(end, error);
    if (!error)
        acceptor.listen(asio::socket_base::max_listen_connections, error);
    return error;
}

bool isFamilyMissing(error_code error)
{
    return error == asio::error::address_family_not_supported ||
           error == boost::system::errc::address_not_available;
}

tl::unexpected<Error> listenFailure(const std::string &place, std::uint16_t port, error_code error)
{
    const std::string end = place + " port " + std::to_string(port);
    if (error == asio::error::address_in_use)
        return failure(Error::Code::Busy,
                       "Can not listen on " + end + ": " + describePortHolder(port) + " holds it.");
    return failure(Error::Code::Io, "Can not listen on " + end + ": " + error.message() + ".");
}

} // namespace

bool parseHostAndPort(const std::string &text, std::string &host, std::uint16_t &port)
{
    const std::size_t colon = text.rfind(':');
    const bool isPortOnly = colon == std::string::npos;
    const std::string digits = isPortOnly ? text : text.substr(colon + 1);
    std::uint16_t value = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size())
        return false;
    std::string name = isPortOnly ? "127.0.0.1" : text.substr(0, colon);
    const bool isBracketed = name.size() > 2 && name.front() == '[' && name.back() == ']';
    if (name.empty() || (name.find(':') != std::string::npos && !isBracketed))
        return false;
    host = isBracketed ? name.substr(1, name.size() - 2) : name;
    port = value;
    return true;
}

class HttpServer::Private
{
public:
    std::shared_ptr<ServerCore> core;
    std::thread thread;
    std::uint16_t port = 0;

    Result<void> listenOnLoopback(std::uint16_t wanted);
    Result<void> listenOn(const asio::ip::address &address, std::uint16_t wanted);
};

Result<void> HttpServer::Private::listenOnLoopback(std::uint16_t wanted)
{
    const asio::ip::address four = asio::ip::address_v4::loopback();
    const asio::ip::address six = asio::ip::address_v6::loopback();
    for (int attempt = 0;; ++attempt) {
        tcp::acceptor first(core->loop);
        tcp::acceptor second(core->loop);
        error_code error = open(first, four, wanted);
        if (error)
            return listenFailure("127.0.0.1", wanted, error);
        const std::uint16_t bound = first.local_endpoint().port();
        error = open(second, six, bound);
        if (error == asio::error::address_in_use && wanted == 0 && attempt < kPortAttempts)
            continue;
        if (error && !isFamilyMissing(error))
            return listenFailure("[::1]", bound, error);
        port = bound;
        core->listen(std::move(first));
        if (!error)
            core->listen(std::move(second));
        return {};
    }
}

Result<void> HttpServer::Private::listenOn(const asio::ip::address &address, std::uint16_t wanted)
{
    tcp::acceptor acceptor(core->loop);
    if (const error_code error = open(acceptor, address, wanted))
        return listenFailure(address.to_string(), wanted, error);
    port = acceptor.local_endpoint().port();
    core->listen(std::move(acceptor));
    return {};
}

HttpServer::HttpServer(HttpOptions options, RequestHandler &handler)
    : m_options(std::move(options))
    , m_handler(handler)
    , m_access(m_options.allowedHosts, m_options.allowedOrigins, m_options.token)
    , d(std::make_unique<Private>())
{}

HttpServer::~HttpServer()
{
    stop();
}

Result<std::uint16_t> HttpServer::start()
{
    if (d->core)
        return failure(Error::Code::InvalidArgument, "The HTTP server is running already.");
    for (const std::string &origin : m_options.allowedOrigins) {
        if (const auto normal = normalizedOrigin(origin); !normal)
            return tl::unexpected(normal.error());
    }
    d->core = std::make_shared<ServerCore>(m_options, m_handler, m_access);
    Result<void> listening;
    if (isLoopbackName(m_options.host)) {
        listening = d->listenOnLoopback(m_options.port);
    } else if (const auto address = parseAddress(m_options.host); !address) {
        listening =
            failure(Error::Code::InvalidArgument,
                    "'" + m_options.host +
                        "' is no address to listen on. Use 127.0.0.1, or an address of this machine.");
    } else if (!address->is_loopback() && m_options.token.empty()) {
        listening =
            failure(Error::Code::InvalidArgument,
                    "Listening on " + m_options.host +
                        " lets other machines send. That needs a token: start with --token, and let clients "
                        "send it as Authorization: Bearer or x-api-key.");
    } else {
        m_access.setAddressesAccepted(true);
        listening = d->listenOn(*address, m_options.port);
    }
    if (!listening) {
        d->core.reset();
        return tl::unexpected(listening.error());
    }
    m_access.setPort(d->port);
    d->core->begin();
    d->thread = std::thread([core = d->core] { core->loop.run(); });
    return d->port;
}

void HttpServer::stop()
{
    if (!d->core)
        return;
    d->core->beginStop();
    d->thread.join();
    d->core->decoder.join();
    d->core.reset();
    d->port = 0;
}

std::uint16_t HttpServer::port() const
{
    return d->port;
}

AccessPolicy &HttpServer::access()
{
    return m_access;
}

} // namespace telltale
