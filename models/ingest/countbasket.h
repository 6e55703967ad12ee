// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/delivery.h"
#include "models/telemetry/counters.h"

#include <cstdint>
#include <mutex>
#include <string_view>
#include <utility>

namespace telltale {

/// Counts of what belongs to no stored delivery, until they are on their way to the disk. Thread-safe.
class CountBasket
{
public:
    void add(std::string_view counter, std::uint64_t n = 1)
    {
        const std::scoped_lock lock(m_mutex);
        m_counters.add(counter, n);
    }
    void add(const CounterSet &counters, std::uint64_t rejected = 0)
    {
        const std::scoped_lock lock(m_mutex);
        m_counters.add(counters);
        m_rejected += rejected;
    }
    /// Moves everything into the delivery; false when there is nothing.
    bool takeInto(Delivery &delivery)
    {
        const std::scoped_lock lock(m_mutex);
        if (m_counters.isEmpty() && m_rejected == 0)
            return false;
        delivery.counters = std::exchange(m_counters, {});
        delivery.rejected = std::exchange(m_rejected, 0);
        return true;
    }

private:
    std::mutex m_mutex;
    CounterSet m_counters;
    std::uint64_t m_rejected = 0; ///< records
};

} // namespace telltale
