// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/time.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace telltale {

/// How much a client may send and how long it may take. The defaults are what people run; tests shrink them.
struct HttpLimits
{
    std::size_t headerBytes = 64 * 1024;
    std::size_t bodyBytes = 64 * 1024 * 1024;      ///< before and after decompression
    std::size_t inFlightBytes = 128 * 1024 * 1024; ///< bodies of all connections, until they are answered
    std::size_t connections = 256;
    std::chrono::milliseconds headerTime{
        10'000}; ///< from the first byte of a request to the end of its headers
    std::chrono::milliseconds idleTime{60'000};  ///< between requests
    std::chrono::milliseconds bodyGrace{10'000}; ///< a body may take this long, and beyond it ...
    std::size_t bodyBytesPerSecond = 4 * 1024;   ///< ... must have come at this rate on average
    std::chrono::milliseconds holdTime{2'000};   ///< how long a request waits for room before 503
    std::chrono::milliseconds lingerTime{
        3'000}; ///< reading on after an early refusal, so that the client sees it
    std::chrono::milliseconds writeTime{30'000}; ///< for taking our answer
    std::chrono::milliseconds stopTime{10'000};  ///< how long stop() waits for answers
};

struct HttpOptions
{
    /// "127.0.0.1", "localhost" or "::1" mean both loopback families. Any other address needs a token.
    std::string host = "127.0.0.1";
    std::uint16_t port = 4318; ///< 0: any free port, the same one in both families
    std::string token;         ///< when set, every request must carry it: Authorization: Bearer, or x-api-key
    std::vector<std::string> allowedOrigins; ///< web pages that may send, "http://localhost:3000"
    std::vector<std::string> allowedHosts;   ///< more names for the Host header, "name" or "name:port"
    HttpLimits limits;
    std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>(); ///< gives times of arrival
};

/// "HOST:PORT", "[::1]:PORT" or "PORT" into host and port. False when it is none of these.
bool parseHostAndPort(const std::string &text, std::string &host, std::uint16_t &port);

} // namespace telltale
