// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/deliverymemory.h"

#include "models/store/bytestream.h"

namespace telltale {
namespace {

constexpr std::chrono::seconds kPruneEvery(60);
/// So many keys are held in memory, up to twice.
constexpr std::size_t kMostRemembered = 32'768;

} // namespace

DeliveryMemory::DeliveryMemory(Database &lookups, ChangeWriter &writer, ChangeLog &log,
                               std::chrono::nanoseconds memory)
    : m_memory(memory)
    , m_find(lookups, "SELECT arrival FROM deliveries WHERE key = :key")
    , m_insert(writer, log, "INSERT OR REPLACE INTO deliveries (key, arrival) VALUES (:key, :arrival)")
    , m_prune(writer, log, "DELETE FROM deliveries WHERE arrival < :oldest")
{}

bool DeliveryMemory::isRepeat(const DeliveryKey &key, Instant arrival, bool isKept)
{
    const Instant until = isKept ? Instant::max() : arrival; // the end of time never becomes too old
    // A clock that was set back must not make old deliveries look new: only age counts.
    const auto isRecent = [&](Instant before) { return arrival - before <= m_memory; };
    for (const Arrivals *arrivals : {&m_latest, &m_before}) {
        if (const auto known = arrivals->find(key); known != arrivals->end() && isRecent(known->second))
            return true;
    }
    std::string bytes;
    ByteWriter writer(bytes);
    writer.fixed(key.high, 8);
    writer.fixed(key.low, 8);
    {
        const StatementScope scope(m_find);
        m_find.bindBlob(":key", bytes);
        if (m_find.step() && isRecent(Instant{m_find.integer(0)}))
            return true;
    }
    m_insert.execute(Blob{bytes}, until.ns);
    m_latest.insert_or_assign(key, until);
    return false;
}

void DeliveryMemory::prune(Instant now)
{
    if (m_lastPruned != Instant::min() && now >= m_lastPruned && now - m_lastPruned < kPruneEvery)
        return;
    m_lastPruned = now;
    m_prune.execute((now - m_memory).ns);
}

void DeliveryMemory::beginGroup()
{
    if (m_latest.size() < kMostRemembered)
        return;
    m_before = std::move(m_latest);
    m_latest.clear();
}

void DeliveryMemory::forget()
{
    m_latest.clear();
    m_before.clear();
    m_lastPruned = Instant::min();
}

} // namespace telltale
