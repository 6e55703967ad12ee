// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/changelog.h"
#include "models/store/delivery.h"

#include <chrono>
#include <unordered_map>

namespace telltale {

/// Remembers the keys of deliveries for a while, in the same transaction as what they brought. The latest ones are held in
/// memory, too: they may still be on their way to the table.
class DeliveryMemory
{
public:
    DeliveryMemory(Database &lookups, ChangeWriter &writer, ChangeLog &log, std::chrono::nanoseconds memory);

    /// True when it came before, within the memory. Else it is remembered from now on, or for good.
    bool isRepeat(const DeliveryKey &key, Instant arrival, bool isKept = false);
    /// Forgets what is too old to matter; cheap to call often.
    void prune(Instant now);
    /// A group of deliveries begins; those of the one before it are still held after this.
    void beginGroup();
    /// After a rollback.
    void forget();

private:
    struct Hash
    {
        std::size_t operator()(const DeliveryKey &key) const { return key.low; }
    };
    using Arrivals = std::unordered_map<DeliveryKey, Instant, Hash>;

    std::chrono::nanoseconds m_memory;
    Statement m_find;
    LaterStatement m_insert, m_prune;
    Arrivals m_latest, m_before;
    Instant m_lastPruned = Instant::min();
};

} // namespace telltale
