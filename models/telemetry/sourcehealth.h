// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/time.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace telltale {

/// A request, or records of one, that could not be kept.
struct Refusal
{
    static constexpr std::size_t kLongestExample = 4096; ///< bytes

    Instant at;
    std::string reason;  ///< one sentence
    std::string example; ///< plain text, secrets masked; says of bytes that are no text only how many they are
    friend bool operator==(const Refusal &, const Refusal &) = default;
};

/// How a source did lately, as the process that receives saw it. Kept in the cache as a document of kSourceHealthKind, one a
/// source, so that everybody who reads the cache sees the same.
struct SourceHealth
{
    std::string protocol, product, os; ///< without product and os: requests that did not say who sends
    Instant asOf;                      ///< end of the minute
    std::uint64_t minuteRecords = 0;
    std::uint64_t minuteRejected = 0; ///< records; a request that was refused whole counts as one
    std::uint64_t refusedRequests = 0; ///< since the process started
    std::optional<std::chrono::nanoseconds> lag;             ///< usual time from event to arrival
    std::optional<std::chrono::nanoseconds> clockDifference; ///< theirs minus ours; none while it can not be told from delay
    std::optional<std::chrono::nanoseconds> usualGap;        ///< between two requests
    std::optional<Refusal> lastRefusal;
    friend bool operator==(const SourceHealth &, const SourceHealth &) = default;
};

inline constexpr std::string_view kSourceHealthKind = "source.health";

/// Names a source among the documents.
std::string sourceKey(std::string_view protocol, std::string_view product, std::string_view os);

/// One line; times in nanoseconds, what is not known is left out.
std::string toJson(const SourceHealth &health);

} // namespace telltale
