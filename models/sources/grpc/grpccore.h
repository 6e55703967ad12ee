// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/grpc/grpcserver.h"
#include "models/sources/http/accesspolicy.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include <deque>
#include <memory>
#include <unordered_set>

namespace telltale {

class GrpcConnection;

/// What all connections share. Everything here happens on the loop's thread, but for construction and the decoder's work.
class GrpcCore : public std::enable_shared_from_this<GrpcCore>
{
public:
    GrpcCore(const GrpcOptions &serverOptions, RequestHandler &requestHandler);

    void listen(boost::asio::ip::tcp::acceptor acceptor);
    void begin();
    /// From any thread.
    void beginStop();
    bool isStopping() const { return m_isStopping; }

    void remove(const std::shared_ptr<GrpcConnection> &connection);
    /// False: there is no room for so many more bytes.
    bool charge(std::size_t bytes);
    void release(std::size_t bytes) { m_inFlight -= bytes; }

    const GrpcOptions &options;
    RequestHandler &handler;
    AccessPolicy access;
    std::uint16_t port = 0;
    boost::asio::io_context loop;
    boost::asio::thread_pool decoder{1};

private:
    void accept(std::size_t index);
    void sweep();
    void endIfQuiet();

    std::deque<boost::asio::ip::tcp::acceptor> m_doors;
    std::unordered_set<std::shared_ptr<GrpcConnection>> m_connections;
    boost::asio::steady_timer m_sweepTimer;
    std::size_t m_inFlight = 0;
    bool m_isStopping = false;
    std::chrono::steady_clock::time_point m_stopDeadline;
};

} // namespace telltale
