// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/http/servercore.h"

#include "models/sources/http/connection.h"

#include <boost/asio/post.hpp>

#include <algorithm>

namespace telltale {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;
using namespace std::chrono_literals;

/// Beyond the limit this many more may be open for as long as it takes to say 503; further ones are just closed.
constexpr std::size_t kPoliteExtra = 32;
/// Sockets that wait for a place, and how often it is looked for one.
constexpr std::size_t kMostWaiting = 1'024;
constexpr auto kWaitStep = 10ms;
constexpr auto kWaitTime = 8s; // an SDK gives up at 10
/// A connection younger than this is not closed for a newer one: its request may be on its way.
constexpr std::chrono::milliseconds kProtectedAge{50};
/// An SDK that opens hundreds at once gets to the last one's first byte a good while later.
constexpr std::chrono::milliseconds kSilentAge{4'000};

} // namespace

ServerCore::ServerCore(const HttpOptions &serverOptions, RequestHandler &requestHandler,
                       AccessPolicy &accessPolicy)
    : options(serverOptions)
    , handler(requestHandler)
    , access(accessPolicy)
    , m_waitTimer(loop)
    , m_sweepTimer(loop)
{}

void ServerCore::listen(tcp::acceptor acceptor)
{
    m_doors.push_back({std::move(acceptor), boost::asio::steady_timer(loop)});
}

void ServerCore::begin()
{
    for (std::size_t i = 0; i < m_doors.size(); ++i)
        accept(i);
    sweep();
}

void ServerCore::beginStop()
{
    boost::asio::post(loop, [self = shared_from_this()] {
        self->m_isStopping = true;
        self->m_stopDeadline = std::chrono::steady_clock::now() + self->options.limits.stopTime;
        error_code ignored;
        for (Door &door : self->m_doors) {
            door.acceptor.close(ignored);
            door.pause.cancel();
        }
        self->m_waiting.clear();
        self->m_waitTimer.cancel();
        const auto all = self->m_connections;
        for (const auto &connection : all)
            connection->closeWhenDone();
        self->endIfQuiet();
    });
}

void ServerCore::accept(std::size_t index)
{
    m_doors[index].acceptor.async_accept(
        [self = shared_from_this(), index](error_code error, tcp::socket socket) {
            if (self->m_isStopping || error == boost::asio::error::operation_aborted)
                return;
            if (!error) {
                self->admit(std::move(socket));
                self->accept(index);
                return;
            }
            // Out of descriptors or the like: try again soon rather than spin.
            self->m_doors[index].pause.expires_after(100ms);
            self->m_doors[index].pause.async_wait([self, index](error_code cancelled) {
                if (!cancelled && !self->m_isStopping)
                    self->accept(index);
            });
        });
}

void ServerCore::admit(tcp::socket socket)
{
    if (hasPlace() || makeRoom()) {
        enter(std::move(socket));
    } else if (m_waiting.size() < kMostWaiting) {
        // An SDK that flushes opens hundreds at once and needs each for a few milliseconds.
        m_waiting.push_back({std::move(socket), std::chrono::steady_clock::now() + kWaitTime});
        if (m_waiting.size() == 1)
            watchWaiting();
    } else {
        refuse(std::move(socket));
    }
}

bool ServerCore::hasPlace() const
{
    return m_connections.size() < options.limits.connections;
}

void ServerCore::enter(tcp::socket socket)
{
    const auto connection = std::make_shared<Connection>(std::move(socket), shared_from_this());
    m_connections.insert(connection);
    connection->start();
}

void ServerCore::refuse(tcp::socket socket)
{
    if (m_connections.size() >= options.limits.connections + kPoliteExtra) {
        handler.count("http.too_many_connections");
        return; // the socket closes itself
    }
    const auto connection = std::make_shared<Connection>(std::move(socket), shared_from_this());
    m_connections.insert(connection);
    connection->startRefused();
}

void ServerCore::admitWaiting()
{
    // The latest first: whoever floods the door waits behind those who come after.
    while (!m_waiting.empty() && (hasPlace() || makeRoom())) {
        enter(std::move(m_waiting.back().socket));
        m_waiting.pop_back();
    }
    const auto now = std::chrono::steady_clock::now();
    while (!m_waiting.empty() && now >= m_waiting.front().deadline) {
        refuse(std::move(m_waiting.front().socket));
        m_waiting.pop_front();
    }
}

void ServerCore::watchWaiting()
{
    m_waitTimer.expires_after(kWaitStep);
    m_waitTimer.async_wait([self = shared_from_this()](error_code cancelled) {
        if (cancelled || self->m_isStopping)
            return;
        self->admitWaiting();
        if (!self->m_waiting.empty())
            self->watchWaiting();
    });
}

/// Closes the connection that is worth least, so that slow or silent clients can not keep others out.
bool ServerCore::makeRoom()
{
    const auto now = std::chrono::steady_clock::now();
    std::shared_ptr<Connection> least;
    for (const auto &connection : m_connections) {
        const auto worth = connection->worth(now);
        const auto age = now - connection->since();
        if (worth == Connection::Worth::Busy ||
            age < (worth == Connection::Worth::SilentNewcomer ? kSilentAge : kProtectedAge))
            continue;
        const auto isLess = [&] {
            const auto a = connection->worth(now);
            const auto b = least->worth(now);
            return a != b ? a < b : connection->since() < least->since();
        };
        if (!least || isLess())
            least = connection;
    }
    if (!least)
        return false;
    const auto worth = least->worth(now);
    if (worth != Connection::Worth::Idle && worth != Connection::Worth::Lingering)
        handler.count("http.too_many_connections");
    least->close();
    return m_connections.size() < options.limits.connections;
}

void ServerCore::remove(const std::shared_ptr<Connection> &connection)
{
    m_connections.erase(connection);
    endIfQuiet();
}

void ServerCore::release(std::size_t bytes)
{
    m_inFlight -= bytes;
    wakeHeld();
}

void ServerCore::hold(const std::shared_ptr<Connection> &connection)
{
    m_held.push_back(connection);
    wakeHeld();
}

void ServerCore::decodingEnded()
{
    wakeHeld();
    endIfQuiet();
}

void ServerCore::wakeHeld()
{
    if (m_held.empty() || std::exchange(m_isWakePosted, true))
        return;
    // Posted, because the caller is in the middle of something with a connection of its own.
    boost::asio::post(loop, [self = shared_from_this()] {
        self->m_isWakePosted = false;
        std::deque<std::weak_ptr<Connection>> waiting;
        waiting.swap(self->m_held);
        for (auto &weak : waiting) {
            const auto connection = weak.lock();
            if (connection && !connection->resume())
                self->m_held.push_back(std::move(weak));
        }
        self->resolveStandstill();
    });
}

/// Several half-read bodies may fill the budget and all wait for room that only they could give back. Then the one that
/// has waited longest goes on: at most one body beyond the budget.
void ServerCore::resolveStandstill()
{
    if (isDecoding)
        return;
    std::size_t bytes = 0;
    std::shared_ptr<Connection> first;
    for (const auto &weak : m_held) {
        const auto connection = weak.lock();
        if (!connection || !connection->isHeld())
            continue;
        bytes += connection->charged();
        if (!first)
            first = connection;
    }
    if (!first || bytes != m_inFlight)
        return;
    std::erase_if(m_held, [&](const std::weak_ptr<Connection> &weak) { return weak.lock() == first; });
    first->overdraw();
    first->resume();
}

void ServerCore::sweep()
{
    const auto now = std::chrono::steady_clock::now();
    const auto all = std::vector<std::shared_ptr<Connection>>(m_connections.begin(), m_connections.end());
    for (const auto &connection : all) {
        if (m_isStopping && now >= m_stopDeadline)
            connection->close();
        else
            connection->checkDeadline(now);
    }
    endIfQuiet();
    if (m_isStopping && m_connections.empty() && !isDecoding)
        return;
    const auto &limits = options.limits;
    const auto shortest = std::min({limits.headerTime, limits.idleTime, limits.bodyGrace, limits.holdTime});
    m_sweepTimer.expires_after(std::clamp<std::chrono::milliseconds>(shortest / 8, 5ms, 250ms));
    m_sweepTimer.async_wait([self = shared_from_this()](error_code cancelled) {
        if (!cancelled)
            self->sweep();
    });
}

void ServerCore::endIfQuiet()
{
    // Without the timer nothing is left to wait for, and run() returns.
    if (m_isStopping && m_connections.empty() && !isDecoding)
        m_sweepTimer.cancel();
}

} // namespace telltale
