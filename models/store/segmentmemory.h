// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/storedsegment.h"

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace telltale {

/// The segments used last, within a budget of memory. Safe from any thread.
class SegmentMemory
{
public:
    /// Of one reader; a window has two that answer. What does not fit is read from the file again, whose pages the system keeps.
    static constexpr std::size_t kBudget = std::size_t{24} << 20;

    std::shared_ptr<const StoredSegment> find(std::int64_t id)
    {
        const std::lock_guard lock(m_mutex);
        const auto known = m_byId.find(id);
        if (known == m_byId.end())
            return nullptr;
        m_recent.splice(m_recent.begin(), m_recent, known->second);
        return *known->second;
    }
    void keep(std::int64_t id, std::shared_ptr<const StoredSegment> segment)
    {
        const std::lock_guard lock(m_mutex);
        forget(id);
        m_bytes += segment->memoryBytes();
        m_recent.push_front(std::move(segment));
        m_byId[id] = m_recent.begin();
        while (m_bytes > kBudget && m_recent.size() > 1)
            forget(m_recent.back()->info().id);
    }
    /// What they take, or would when everything in them is decoded.
    std::size_t bytes() const
    {
        const std::lock_guard lock(m_mutex);
        return m_bytes;
    }

private:
    void forget(std::int64_t id)
    {
        const auto known = m_byId.find(id);
        if (known == m_byId.end())
            return;
        m_bytes -= (*known->second)->memoryBytes();
        m_recent.erase(known->second);
        m_byId.erase(known);
    }

    mutable std::mutex m_mutex;
    std::list<std::shared_ptr<const StoredSegment>> m_recent;
    std::unordered_map<std::int64_t, std::list<std::shared_ptr<const StoredSegment>>::iterator> m_byId;
    std::size_t m_bytes = 0;
};

} // namespace telltale
