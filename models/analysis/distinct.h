// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace telltale {

/// A set of (place, id) pairs: counts how many distinct users a bucket has. A matrix of bits while that is small, which ids
/// out of dense ranges allow nearly always; open addressing over 64-bit keys beyond.
/// Cost: an insert touches one cache line; at most 16 MiB as a matrix, or 16 bytes a pair when that is more; else 16 bytes a
/// pair.
class DistinctPairs
{
public:
    /// True when the pair is new. Not both may be 0xffffffff.
    bool insert(std::uint32_t place, std::uint32_t id)
    {
        if (place < m_places && id < m_stride) {
            std::uint64_t &word = m_bits[(place * m_stride + id) / 64];
            const std::uint64_t bit = std::uint64_t(1) << (id % 64);
            if (word & bit)
                return false;
            word |= bit;
            ++m_size;
            return true;
        }
        return m_isHashed ? insertHashed(place, id) : insertGrowing(place, id);
    }
    std::size_t size() const { return m_size; }
    /// Adds the pairs of another set. Its places are `placeOf(place)` here; calls `added(place, count)` with how many of a place
    /// are new. Cost: that of reading the other one's matrix.
    template<typename PlaceOf, typename Added>
    void add(const DistinctPairs &other, PlaceOf &&placeOf, Added &&added)
    {
        for (std::size_t row = 0; row < other.m_places; ++row) {
            const std::span<const std::uint64_t> words = other.rowOf(row);
            if (words.empty())
                continue;
            const std::uint32_t place = placeOf(static_cast<std::uint32_t>(row));
            added(place, insertRow(place, words));
        }
        for (const std::uint64_t slot : other.m_slots) {
            if (slot == 0)
                continue;
            const std::uint32_t place = placeOf(static_cast<std::uint32_t>((slot - 1) >> 32));
            added(place, std::size_t{insert(place, static_cast<std::uint32_t>(slot - 1))});
        }
    }

private:
    static constexpr std::size_t kMaximumBits = std::size_t(1) << 27;
    static constexpr std::size_t kBitsOfKey = 2 * 64; ///< a slot or more is free beside each

    bool insertGrowing(std::uint32_t place, std::uint32_t id);
    bool insertHashed(std::uint32_t place, std::uint32_t id);
    /// Bits of a row up to the last one that is set.
    std::span<const std::uint64_t> rowOf(std::size_t row) const;
    std::size_t insertRow(std::uint32_t place, std::span<const std::uint64_t> words);
    bool put(std::uint64_t key);
    void grow();

    std::vector<std::uint64_t> m_bits; ///< m_places rows of m_stride bits
    std::size_t m_places = 0;
    std::size_t m_stride = 0; ///< a multiple of 64
    std::vector<std::uint64_t> m_slots;
    bool m_isHashed = false;
    std::size_t m_size = 0;
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
    void add(const SeenIds &other)
    {
        m_has.resize(std::max(m_has.size(), other.m_has.size()));
        for (std::size_t id = 0; id < other.m_has.size(); ++id) {
            m_size += other.m_has[id] & ~m_has[id];
            m_has[id] |= other.m_has[id];
        }
    }

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
    /// Of an id that was seen.
    std::optional<std::uint32_t> find(std::uint32_t id) const
    {
        return id < m_places.size() && m_places[id] != kNone ? std::optional(m_places[id]) : std::nullopt;
    }
    const std::vector<std::uint32_t> &ids() const { return m_ids; }

private:
    static constexpr std::uint32_t kNone = 0xffffffffU;
    std::vector<std::uint32_t> m_places;
    std::vector<std::uint32_t> m_ids;
};

} // namespace telltale
