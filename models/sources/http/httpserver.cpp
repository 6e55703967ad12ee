// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/http/httpserver.h"

#include "models/sources/http/listening.h"
#include "models/sources/http/servercore.h"

#include <charconv>
#include <thread>

namespace telltale {

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
};

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
    const auto listening =
        listenOn(d->core->loop, m_options.host, m_options.port, !m_options.token.empty(),
                 [this](boost::asio::ip::tcp::acceptor acceptor) { d->core->listen(std::move(acceptor)); });
    if (!listening) {
        d->core.reset();
        return tl::unexpected(listening.error());
    }
    d->port = *listening;
    m_access.setAddressesAccepted(!isLoopbackName(m_options.host));
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
