// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <functional>
#include <string>

namespace telltale {

/// "localhost", "127.0.0.1", "::1".
bool isLoopbackName(const std::string &host);

/// "127.0.0.1:53122", "[::1]:53122"; empty when the other side has gone already.
std::string peerOf(const boost::asio::ip::tcp::socket &socket);

/// Hands out an acceptor for each place that `host` means: both loopback families under one port for a loopback name, else
/// that address. Port 0: any free one. Returns the port. Errors: Busy, naming who holds the port; InvalidArgument: no
/// address, or a network address without a token; Io.
Result<std::uint16_t> listenOn(boost::asio::io_context &loop, const std::string &host, std::uint16_t port,
                               bool hasToken, const std::function<void(boost::asio::ip::tcp::acceptor)> &take);

} // namespace telltale
