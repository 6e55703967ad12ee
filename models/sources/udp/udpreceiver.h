// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/requesthandler.h"
#include "models/telemetry/result.h"

#include <cstdint>
#include <memory>
#include <string>

namespace telltale {

struct UdpOptions
{
    std::string host = "127.0.0.1"; ///< loopback only: datagrams carry no token; 127.0.0.1 listens at ::1, too
    std::uint16_t port = 8125;      ///< 0: any free one
    std::string path = "statsd";    ///< under which the handler gets them
    std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>();
};

/// Datagrams to requests: what arrives within a fifth of a second, or a quarter of a MiB of it, is one request, a line feed
/// between two datagrams. Nobody hears an answer, so a request that is told to come again is kept, 32 MiB of them at most;
/// what the system or we had to throw away is counted (udp.kernel.dropped in datagrams, udp.dropped in lines).
///
/// Owns a thread. Functions may be called from any thread, start() and stop() from one at a time.
class UdpReceiver
{
public:
    /// `handler` is not owned and must outlive the receiver.
    UdpReceiver(UdpOptions options, RequestHandler &handler);
    ~UdpReceiver(); ///< stops
    UdpReceiver(const UdpReceiver &) = delete;
    UdpReceiver &operator=(const UdpReceiver &) = delete;

    /// The port. Errors: Busy (it is taken), InvalidArgument (the address is none of this machine's own), Io.
    Result<std::uint16_t> start();
    /// Hands over what arrived, waits for the answers for two seconds, counts the rest. Idempotent.
    void stop();
    std::uint16_t port() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace telltale
