// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/grpc/grpccore.h"

#include "models/sources/grpc/grpcconnection.h"

#include <boost/asio/post.hpp>

#include <vector>

namespace telltale {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::milliseconds kSweep{250};

} // namespace

GrpcCore::GrpcCore(const GrpcOptions &serverOptions, RequestHandler &requestHandler)
    : options(serverOptions)
    , handler(requestHandler)
    , access(serverOptions.allowedHosts, {}, serverOptions.token)
    , m_sweepTimer(loop)
{}

void GrpcCore::listen(tcp::acceptor acceptor)
{
    m_doors.push_back(std::move(acceptor));
}

void GrpcCore::begin()
{
    for (std::size_t i = 0; i < m_doors.size(); ++i)
        accept(i);
    sweep();
}

void GrpcCore::beginStop()
{
    boost::asio::post(loop, [self = shared_from_this()] {
        self->m_isStopping = true;
        self->m_stopDeadline = std::chrono::steady_clock::now() + self->options.limits.stopTime;
        error_code ignored;
        for (tcp::acceptor &door : self->m_doors)
            door.close(ignored);
        const auto all = std::vector(self->m_connections.begin(), self->m_connections.end());
        for (const auto &connection : all)
            connection->closeWhenDone();
        self->endIfQuiet();
    });
}

void GrpcCore::accept(std::size_t index)
{
    m_doors[index].async_accept([self = shared_from_this(), index](error_code error, tcp::socket socket) {
        if (self->m_isStopping || error == boost::asio::error::operation_aborted)
            return;
        if (!error) {
            if (self->m_connections.size() >= self->options.limits.connections) {
                self->handler.count("grpc.too_many_connections");
            } else {
                const auto connection = std::make_shared<GrpcConnection>(std::move(socket), self);
                self->m_connections.insert(connection);
                connection->start();
            }
        }
        self->accept(index);
    });
}

void GrpcCore::remove(const std::shared_ptr<GrpcConnection> &connection)
{
    m_connections.erase(connection);
    endIfQuiet();
}

bool GrpcCore::charge(std::size_t bytes)
{
    if (m_inFlight + bytes > options.limits.inFlightBytes)
        return false;
    m_inFlight += bytes;
    return true;
}

void GrpcCore::sweep()
{
    const auto now = std::chrono::steady_clock::now();
    const auto all = std::vector(m_connections.begin(), m_connections.end());
    for (const auto &connection : all) {
        if (m_isStopping && now >= m_stopDeadline)
            connection->close();
        else
            connection->checkDeadlines(now);
    }
    if (m_isStopping && m_connections.empty())
        return;
    m_sweepTimer.expires_after(kSweep);
    m_sweepTimer.async_wait([self = shared_from_this()](error_code cancelled) {
        if (!cancelled)
            self->sweep();
    });
}

void GrpcCore::endIfQuiet()
{
    // Without the timer nothing is left to wait for, and run() returns.
    if (m_isStopping && m_connections.empty())
        m_sweepTimer.cancel();
}

} // namespace telltale
