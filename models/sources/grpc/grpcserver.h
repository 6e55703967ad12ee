// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/requesthandler.h"
#include "models/telemetry/result.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace telltale {

/// How much a client may send and how long it may take.
struct GrpcLimits
{
    std::size_t headerBytes = 64 * 1024;           ///< of one call
    std::size_t messageBytes = 64 * 1024 * 1024;   ///< before and after decompression
    std::size_t inFlightBytes = 128 * 1024 * 1024; ///< messages of all calls, until they are answered
    std::size_t connections = 128;
    std::uint32_t streams = 128;             ///< calls at once on one connection
    std::uint64_t resets = 200;              ///< calls a client may take back before it is shown the door
    std::chrono::milliseconds openTime{10'000};  ///< until the first complete call
    std::chrono::milliseconds callTime{60'000};  ///< for sending one call
    std::chrono::milliseconds idleTime{900'000}; ///< between calls: exporters of metrics call once a minute
    std::chrono::milliseconds stopTime{10'000};  ///< how long stop() waits for answers
};

struct GrpcOptions
{
    std::string host = "127.0.0.1"; ///< as HttpOptions::host
    std::uint16_t port = 4317;      ///< 0: any free port
    std::string token;              ///< as HttpOptions::token
    std::vector<std::string> allowedHosts;
    GrpcLimits limits;
    std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>();
};

/// Receives OTLP/gRPC: Export of the logs, trace and metrics services, as unary calls over HTTP/2 without TLS. A call goes to
/// the handler as the same message over HTTP would. Compressed messages: gzip and deflate. Answers follow the gRPC over HTTP/2
/// specification and OTLP's table of status codes.
///
/// One thread of its own for all connections, one more for decompression. All functions may be called from any thread, start()
/// and stop() from one at a time.
class GrpcServer
{
public:
    /// `handler` is not owned and must outlive the server.
    GrpcServer(GrpcOptions options, RequestHandler &handler);
    ~GrpcServer(); ///< stops
    GrpcServer(const GrpcServer &) = delete;
    GrpcServer &operator=(const GrpcServer &) = delete;

    /// Returns the port. Errors as HttpServer::start().
    Result<std::uint16_t> start();
    /// Accepts nothing more, answers what was received, closes. Idempotent.
    void stop();
    std::uint16_t port() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace telltale
