// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/http/accesspolicy.h"
#include "models/sources/http/httpoptions.h"
#include "models/sources/requesthandler.h"
#include "models/telemetry/result.h"

#include <memory>

namespace telltale {

/// Receives HTTP/1.1 requests on one port of both loopback families and hands their decompressed bodies to a
/// RequestHandler. Follows RFC 9110 and 9112, and the Fetch standard for CORS.
///
/// One thread of its own moves all bytes; another undoes content encodings. handle() is called on the first of them and
/// must not block. Everything a client can do is bounded by HttpLimits; what is refused is counted at the handler.
class HttpServer
{
public:
    /// `handler` is not owned and must outlive the server.
    HttpServer(HttpOptions options, RequestHandler &handler);
    ~HttpServer(); ///< stops
    HttpServer(const HttpServer &) = delete;
    HttpServer &operator=(const HttpServer &) = delete;

    /// Listens; gives the port. Errors: InvalidArgument (a network address without a token, no address at all), Busy
    /// (the port is taken; the message names its holder), Io.
    Result<std::uint16_t> start();
    /// Stops accepting, lets what is being answered finish, closes. The handler must still answer meanwhile. Idempotent.
    void stop();

    std::uint16_t port() const; ///< 0 when not listening
    AccessPolicy &access();     ///< safe from any thread

private:
    HttpOptions m_options;
    RequestHandler &m_handler;
    AccessPolicy m_access;
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace telltale
