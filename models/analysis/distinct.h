// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace telltale {

/// A set of (place, id) pairs: counts how many distinct users a bucket has. Open addressing over 64-bit keys.
/// Cost: about one cache miss an insert; 16 bytes a distinct pair.
class DistinctPairs
{
public:
    /// True when the pair is new. Not both may be 0xffffffff.
    bool insert(std::uint32_t place, std::uint32_t id)
    {
        const std::uint64_t key = (std::uint64_t(place) << 32 | id) + 1; // 0 marks a free slot
        if (key == m_last)
            return false; // records of one session come in runs
        m_last = key;
        if ((m_size + 1) * 2 > m_slots.size())
            grow();
        if (!put(key))
            return false;
        ++m_size;
        return true;
    }
    std::size_t size() const { return m_size; }

private:
    bool put(std::uint64_t key)
    {
        const std::size_t mask = m_slots.size() - 1;
        std::size_t at = static_cast<std::size_t>((key * 0x9e3779b97f4a7c15U) >> 20) & mask;
        while (m_slots[at] != 0) {
            if (m_slots[at] == key)
                return false;
            at = (at + 1) & mask;
        }
        m_slots[at] = key;
        return true;
    }
    void grow()
    {
        std::vector<std::uint64_t> old(m_slots.empty() ? 1024 : m_slots.size() * 2);
        old.swap(m_slots);
        for (const std::uint64_t key : old) {
            if (key != 0)
                put(key);
        }
    }

    std::vector<std::uint64_t> m_slots;
    std::size_t m_size = 0;
    std::uint64_t m_last = 0;
};

/// A set of ids out of a dense range: one byte an id.
class SeenIds
{
public:
    /// True when the id is new.
    bool insert(std::uint32_t id)
    {
        if (id >= m_has.size())
            m_has.resize(std::size_t(id) + id / 2 + 64);
        if (m_has[id])
            return false;
        m_has[id] = 1;
        ++m_size;
        return true;
    }
    bool contains(std::uint32_t id) const { return id < m_has.size() && m_has[id]; }
    std::size_t size() const { return m_size; }

private:
    std::vector<std::uint8_t> m_has;
    std::size_t m_size = 0;
};

/// Gives ids out of a dense range places 0, 1, 2... in order of first sight.
class PlaceMap
{
public:
    std::uint32_t placeOf(std::uint32_t id)
    {
        if (id >= m_places.size())
            m_places.resize(std::size_t(id) + id / 2 + 64, kNone);
        if (m_places[id] == kNone) {
            m_places[id] = static_cast<std::uint32_t>(m_ids.size());
            m_ids.push_back(id);
        }
        return m_places[id];
    }
    const std::vector<std::uint32_t> &ids() const { return m_ids; }

private:
    static constexpr std::uint32_t kNone = 0xffffffffU;
    std::vector<std::uint32_t> m_places;
    std::vector<std::uint32_t> m_ids;
};

} // namespace telltale
