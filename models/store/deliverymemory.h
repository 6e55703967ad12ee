// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/delivery.h"
#include "models/store/sqlite.h"

#include <chrono>

namespace telltale {

/// Remembers the keys of deliveries for a while, in the same transaction as what they brought.
class DeliveryMemory
{
public:
    DeliveryMemory(Database &database, std::chrono::nanoseconds memory);

    /// True when it came before, within the memory. Else it is remembered from now on.
    bool isRepeat(const DeliveryKey &key, Instant arrival);
    /// Forgets what is too old to matter; cheap to call often.
    void prune(Instant now);

private:
    std::chrono::nanoseconds m_memory;
    Statement m_find, m_insert, m_prune;
    Instant m_lastPruned = Instant::min();
};

} // namespace telltale
