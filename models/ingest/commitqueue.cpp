// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/commitqueue.h"

#include <utility>

namespace telltale {

bool CommitQueue::push(PendingDelivery &pending, Clock::time_point deadline)
{
    std::unique_lock lock(m_mutex);
    const auto mayEnter = [&] { return m_isClosed || m_bytes == 0 || m_bytes + pending.bytes <= m_budget; };
    if (!m_hasRoom.wait_until(lock, deadline, mayEnter) || m_isClosed)
        return false;
    m_bytes += pending.bytes;
    m_waiting.push_back(std::move(pending));
    lock.unlock();
    m_hasWork.notify_one();
    return true;
}

std::vector<PendingDelivery> CommitQueue::takeAll(Clock::time_point deadline)
{
    std::unique_lock lock(m_mutex);
    m_hasWork.wait_until(lock, deadline, [&] { return m_isClosed || m_isWoken || !m_waiting.empty(); });
    m_isWoken = false;
    return std::exchange(m_waiting, {});
}

void CommitQueue::release(std::size_t bytes)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_bytes -= bytes;
    }
    m_hasRoom.notify_all();
}

void CommitQueue::close()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isClosed = true;
    }
    m_hasRoom.notify_all();
    m_hasWork.notify_all();
}

void CommitQueue::wake()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isWoken = true;
    }
    m_hasWork.notify_all();
}

bool CommitQueue::isDrained() const
{
    const std::scoped_lock lock(m_mutex);
    return m_isClosed && m_waiting.empty();
}

} // namespace telltale
