// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/http/accesspolicy.h"
#include "models/sources/http/httpoptions.h"
#include "models/sources/requesthandler.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include <deque>
#include <memory>
#include <unordered_set>
#include <vector>

namespace telltale {

class Connection;

/// What the connections of one server share: the event loop, the list of connections, the budget of bytes in flight.
/// Everything here runs on the loop's thread unless it says otherwise. Owned by the server, its connections and by
/// answers still on their way.
class ServerCore final : public std::enable_shared_from_this<ServerCore>
{
public:
    ServerCore(const HttpOptions &serverOptions, RequestHandler &requestHandler, AccessPolicy &accessPolicy);

    void listen(boost::asio::ip::tcp::acceptor acceptor); ///< before the loop runs
    void begin();                                         ///< before the loop runs
    void beginStop(); ///< from any thread; the loop ends when all is answered or the time for that is over

    void remove(const std::shared_ptr<Connection> &connection);
    bool isStopping() const { return m_isStopping; }

    // --- the budget ---
    /// True when `bytes` more may be taken.
    bool hasRoom(std::size_t bytes) const { return m_inFlight + bytes <= options.limits.inFlightBytes; }
    void charge(std::size_t bytes) { m_inFlight += bytes; }
    void release(std::size_t bytes);
    /// The connection is asked to go on, in order of waiting, when there may be room again.
    void hold(const std::shared_ptr<Connection> &connection);

    // --- one body is decompressed at a time ---
    bool isDecoding = false;
    void decodingEnded();

    const HttpOptions options;
    RequestHandler &handler;
    AccessPolicy &access;
    boost::asio::io_context loop{1};
    boost::asio::thread_pool decoder{1};

private:
    void accept(std::size_t index);
    void admit(boost::asio::ip::tcp::socket socket);
    bool hasPlace() const;
    void enter(boost::asio::ip::tcp::socket socket);
    void refuse(boost::asio::ip::tcp::socket socket);
    void admitWaiting();
    void watchWaiting();
    bool makeRoom();
    void sweep();
    void wakeHeld();
    void resolveStandstill();
    void endIfQuiet();

    struct Door
    {
        boost::asio::ip::tcp::acceptor acceptor;
        boost::asio::steady_timer pause;
    };
    std::vector<Door> m_doors;
    std::unordered_set<std::shared_ptr<Connection>> m_connections;
    /// Accepted while every place is taken by somebody busy; it gets the next one, or is refused when it waited too long.
    struct Waiting
    {
        boost::asio::ip::tcp::socket socket;
        std::chrono::steady_clock::time_point deadline;
    };
    std::deque<Waiting> m_waiting;
    boost::asio::steady_timer m_waitTimer;
    std::deque<std::weak_ptr<Connection>> m_held;
    boost::asio::steady_timer m_sweepTimer;
    std::chrono::steady_clock::time_point m_stopDeadline;
    std::size_t m_inFlight = 0;
    bool m_isStopping = false;
    bool m_isWakePosted = false;
};

} // namespace telltale
