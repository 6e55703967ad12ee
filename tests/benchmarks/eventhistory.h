// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/delivery.h"
#include "models/telemetry/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace telltale::test {

/// A long history of a busy product, made up quickly and always the same: 2,000 records a second in order of time, 400
/// features of which few make most of the use, 64 sessions at a time of some 300 records each, a few thousand users on
/// four systems. Of a hundred records 90 are usage events, 5 screen views and 5 log lines whose bodies are nearly all
/// different; one in a thousand is an error. Each has five attributes beside its session and its user.
class EventHistory
{
public:
    static constexpr std::size_t kPerRequest = 4096;
    static constexpr std::int64_t kStep = 500'000; ///< ns between records, on average
    static constexpr std::size_t kFeatures = 400;
    static constexpr std::size_t kAtOnce = 64;

    explicit EventHistory(std::uint64_t seed = 1);

    /// The next request, in time right behind the last one.
    Delivery next(std::size_t records = kPerRequest);
    static Instant start() { return {1'795'161'600'000'000'000}; }
    Instant now() const { return m_now; }

private:
    struct Live
    {
        std::string key;
        std::uint32_t user = 0, left = 0, screen = 0;
        StringId keyId = kNoString, userId = kNoString; ///< in the batch that is being filled
    };
    struct Keys;
    void begin(Live &live);
    void append(RecordBatch &batch, const Keys &keys, Live &live);
    std::uint64_t below(std::uint64_t n) { return (m_random() >> 11) % n; }

    std::mt19937_64 m_random;
    std::vector<Live> m_live;
    std::vector<std::uint32_t> m_rank; ///< draws a feature: the first ones more often
    std::uint64_t m_sessions = 0;
    Instant m_now = start();
};

/// Makes a cache of at least `records` records at `path` through the real writer, or goes on where one of an earlier run
/// stops short; does nothing when it holds as many. `progress` is told how many there are.
/// Cost: about a second and a half for each million, 14 bytes a record on disk.
Result<void> writeEventHistory(const std::filesystem::path &path, std::uint64_t records,
                               const std::function<void(std::uint64_t)> &progress = {});

} // namespace telltale::test
