// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/distinct.h"
#include "models/telemetry/recordbatch.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace telltale {

/// How far every user has come in a funnel, record by record in order of time. One thread.
/// Memory: 8 bytes a step and user, as much again for the times of those who got there; not a byte a record.
class FunnelWalk
{
public:
    static constexpr std::size_t kMostSteps = 20;

    /// What one record is to the funnel.
    struct Taken
    {
        std::int64_t time = 0;
        std::uint32_t user = 0;
        std::uint32_t steps = 0; ///< which ones it can be, a bit each
    };

    /// `window`: nanoseconds from a user's first step within which the others count.
    FunnelWalk(std::size_t steps, std::int64_t window)
        : m_steps(steps)
        , m_window(window)
        , m_times(steps)
        , m_users(steps)
    {}
    /// Records of one stretch of time, in any order, which it loses; stretches come one after the other. Cost: that of sorting.
    void add(std::vector<Taken> &taken);

    std::uint64_t users(std::size_t step) const { return m_users[step]; }
    /// From the first step to this one; none when nobody came, and for the first. Milliseconds.
    std::optional<double> medianMs(std::size_t step);

private:
    void take(const Taken &taken);

    const std::size_t m_steps;
    const std::int64_t m_window;
    PlaceMap m_places; ///< of users
    std::vector<std::uint32_t> m_reached; ///< by place: the steps a user came to, a bit each
    /// By place and step: the latest first step of a chain that has come to it, as that gives the most time for what follows.
    std::vector<std::int64_t> m_starts;
    std::vector<std::vector<std::int64_t>> m_times; ///< by step, of who came to it: how long after the first one
    std::vector<std::uint64_t> m_users;             ///< by step
};

} // namespace telltale
