// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/deliverymemory.h"

#include "models/store/bytestream.h"

namespace telltale {
namespace {

constexpr std::chrono::seconds kPruneEvery(60);

} // namespace

DeliveryMemory::DeliveryMemory(Database &database, std::chrono::nanoseconds memory)
    : m_memory(memory)
    , m_find(database, "SELECT arrival FROM deliveries WHERE key = :key")
    , m_insert(database, "INSERT OR REPLACE INTO deliveries (key, arrival) VALUES (:key, :arrival)")
    , m_prune(database, "DELETE FROM deliveries WHERE arrival < :oldest")
{}

bool DeliveryMemory::isRepeat(const DeliveryKey &key, Instant arrival)
{
    std::string bytes;
    ByteWriter writer(bytes);
    writer.fixed(key.high, 8);
    writer.fixed(key.low, 8);
    {
        const StatementScope scope(m_find);
        m_find.bindBlob(":key", bytes);
        // A clock that was set back must not make old deliveries look new: only age counts.
        if (m_find.step() && arrival - Instant{m_find.integer(0)} <= m_memory)
            return true;
    }
    m_insert.bindBlob(":key", bytes).bind(":arrival", arrival.ns).execute();
    return false;
}

void DeliveryMemory::prune(Instant now)
{
    if (m_lastPruned != Instant::min() && now >= m_lastPruned && now - m_lastPruned < kPruneEvery)
        return;
    m_lastPruned = now;
    m_prune.bind(":oldest", (now - m_memory).ns).execute();
}

} // namespace telltale
