// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace telltale {

/// Collects the distinct ids of many records; 0 is none. Most repeats are left out before anything is sorted: sessions and users
/// come again and again. A small table of what was seen last at each place; what it forgets is merely kept twice until sorted().
class DistinctIds
{
public:
    void add(std::uint32_t id)
    {
        if (id == 0)
            return;
        std::uint32_t &place = m_seen[id % m_seen.size()];
        if (place == id)
            return;
        place = id;
        m_ids.push_back(id);
    }
    /// Until the next change.
    const std::vector<std::uint32_t> &sorted()
    {
        std::sort(m_ids.begin(), m_ids.end());
        m_ids.erase(std::unique(m_ids.begin(), m_ids.end()), m_ids.end());
        return m_ids;
    }
    void clear()
    {
        for (const std::uint32_t id : m_ids)
            m_seen[id % m_seen.size()] = 0;
        m_ids.clear();
    }

private:
    std::array<std::uint32_t, 1024> m_seen{};
    std::vector<std::uint32_t> m_ids;
};

} // namespace telltale
