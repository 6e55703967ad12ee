// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/http/listening.h"

#include "models/sources/http/portholder.h"

#include <boost/asio/ip/v6_only.hpp>

#include <optional>

namespace telltale {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

/// How often a free port of one family may turn out to be taken in the other.
constexpr int kPortAttempts = 32;

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

Result<std::uint16_t> listenOnLoopback(asio::io_context &loop, std::uint16_t wanted,
                                       const std::function<void(tcp::acceptor)> &take)
{
    const asio::ip::address four = asio::ip::address_v4::loopback();
    const asio::ip::address six = asio::ip::address_v6::loopback();
    for (int attempt = 0;; ++attempt) {
        tcp::acceptor first(loop);
        tcp::acceptor second(loop);
        error_code error = open(first, four, wanted);
        if (error)
            return listenFailure("127.0.0.1", wanted, error);
        const std::uint16_t bound = first.local_endpoint().port();
        error = open(second, six, bound);
        if (error == asio::error::address_in_use && wanted == 0 && attempt < kPortAttempts)
            continue;
        if (error && !isFamilyMissing(error))
            return listenFailure("[::1]", bound, error);
        take(std::move(first));
        if (!error)
            take(std::move(second));
        return bound;
    }
}

} // namespace

std::string peerOf(const tcp::socket &socket)
{
    error_code error;
    const auto end = socket.remote_endpoint(error);
    if (error)
        return {};
    const std::string address = end.address().to_string();
    return (end.address().is_v6() ? "[" + address + "]" : address) + ":" + std::to_string(end.port());
}

bool isLoopbackName(const std::string &host)
{
    return host == "localhost" || host == "127.0.0.1" || host == "::1" || host == "[::1]";
}

Result<std::uint16_t> listenOn(asio::io_context &loop, const std::string &host, std::uint16_t port, bool hasToken,
                               const std::function<void(tcp::acceptor)> &take)
{
    if (isLoopbackName(host))
        return listenOnLoopback(loop, port, take);
    const auto address = parseAddress(host);
    if (!address)
        return failure(Error::Code::InvalidArgument,
                       "'" + host + "' is no address to listen on. Use 127.0.0.1, or an address of this machine.");
    if (!address->is_loopback() && !hasToken)
        return failure(Error::Code::InvalidArgument,
                       "Listening on " + host +
                           " lets other machines send. That needs a token: start with --token, and let clients "
                           "send it as Authorization: Bearer or x-api-key.");
    tcp::acceptor acceptor(loop);
    if (const error_code error = open(acceptor, *address, port))
        return listenFailure(address->to_string(), port, error);
    const std::uint16_t bound = acceptor.local_endpoint().port();
    take(std::move(acceptor));
    return bound;
}

} // namespace telltale
