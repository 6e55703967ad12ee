// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/delivery.h"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace telltale::testing {

/// Ordinary usage as batches: people open the app, use 25 to 50 features and leave; some 64 at a time. Each event has
/// session.id, user.id, event.name, feature.name and app.screen.name and five further attributes.
class UsageLoad
{
public:
    explicit UsageLoad(std::chrono::nanoseconds step, std::uint32_t seed = 1)
        : m_random(seed)
        , m_step(step)
        , m_live(64)
    {}

    /// The next request, in time right behind the last one.
    Delivery next(std::size_t records = 512);
    void fill(RecordBatch &batch, std::size_t records);

private:
    struct Live
    {
        std::string session, user;
        std::uint32_t left = 0;
        std::uint32_t screen = 0;
    };
    std::string uuid();

    std::mt19937 m_random;
    std::chrono::nanoseconds m_step;
    std::vector<Live> m_live;
    Instant m_now{1'795'161'600'000'000'000};
};

} // namespace telltale::testing
