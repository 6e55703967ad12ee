// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/delivery.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace telltale {

/// Remembers the latest keys, 131,072 to twice as many, in memory alone: of what comes by the million, such as spans, where a row
/// of a table for each would cost more than they do. A restart forgets them.
/// Cost: two looks into tables of 2 MiB; no memory before the first key. Not thread-safe.
class BriefMemory
{
public:
    static constexpr std::size_t kMostOfOne = 131'072;

    /// True when it is remembered; else it is from now on. Two keys are taken for one once in 2^46 times.
    bool isRepeat(const DeliveryKey &key);
    void forget();

private:
    using Table = std::vector<std::uint64_t>; ///< open addressing; 0: free

    static std::size_t placeIn(const Table &table, std::uint64_t mark);

    Table m_latest, m_before;
    std::size_t m_count = 0; ///< in m_latest
};

} // namespace telltale
