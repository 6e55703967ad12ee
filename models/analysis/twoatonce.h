// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <thread>

namespace telltale {

/// Does both; the first one on a thread beside when that is worth it (a few hundred microseconds) and there is a processor for
/// it. Neither may throw, and they share nothing that changes.
template<typename First, typename Second>
void twoAtOnce(bool isWorthIt, First &&first, Second &&second)
{
    if (!isWorthIt || std::thread::hardware_concurrency() < 2) {
        first();
        second();
        return;
    }
    std::thread beside(std::forward<First>(first));
    second();
    beside.join();
}

} // namespace telltale
