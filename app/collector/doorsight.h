// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/time.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace telltale {

/// What comes in through one place: a receiver's port, a target that is asked, a broker or files that are listened to.
struct DoorSight
{
    /// Names of the receivers; others are what they are and their name: "scrape checkout", "mqtt plant", "follow app log".
    static constexpr std::string_view kOtlpHttp = "otlp_http";
    static constexpr std::string_view kOtlpGrpc = "otlp_grpc";
    static constexpr std::string_view kStatsd = "statsd";
    static constexpr std::string_view kScrape = "scrape ";
    static constexpr std::string_view kMqtt = "mqtt ";
    static constexpr std::string_view kFollow = "follow ";

    std::string id;
    std::string url;     ///< where it listens, or what is asked, listened to or followed; empty: off
    std::string problem; ///< why it does not work, one sentence; empty: it does
    bool isPaused = false;
    std::uint64_t requests = 0;   ///< handed on, or answers of a target
    std::uint64_t turnedAway = 0; ///< while it was paused
    std::size_t files = 0;        ///< of a folder or pattern, found so far
    std::optional<Instant> lastRequest;
};

} // namespace telltale
