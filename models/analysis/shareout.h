// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace telltale {

/// Calls `work(lane, index)` for 0, 1, 2... up to `count`, each index once, on one thread a lane; lane 0 is the caller's. Who is
/// done with one takes the next. When one returns false nothing more is begun. Returns when all have ended.
template<typename Work>
void shareOut(std::size_t count, std::size_t lanes, Work &&work)
{
    std::atomic<std::size_t> next = 0;
    const auto run = [&](std::size_t lane) {
        for (std::size_t index = next++; index < count; index = next++) {
            if (!work(lane, index))
                next = count;
        }
    };
    std::vector<std::jthread> helpers; // joined on every way out
    for (std::size_t lane = 1; lane < lanes; ++lane)
        helpers.emplace_back(run, lane);
    run(0);
}

} // namespace telltale
