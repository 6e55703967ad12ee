// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/distinct.h"

#include <algorithm>
#include <bit>

namespace telltale {

/// Makes the matrix large enough, or gives it up.
bool DistinctPairs::insertGrowing(std::uint32_t place, std::uint32_t id)
{
    const std::size_t places = std::max(m_places, std::bit_ceil(std::size_t(place) + 1));
    const std::size_t stride =
        std::max(m_stride, std::bit_ceil(std::max<std::size_t>(std::size_t(id) + 1, 1024)));
    // Also a large matrix is worth it when the pairs that are there would take more room as keys.
    const std::size_t most = std::max(kMaximumBits, m_size * kBitsOfKey);
    const bool isLarge = places > most / stride;
    std::vector<std::uint64_t> bits(isLarge ? 0 : places * stride / 64);
    if (isLarge)
        m_isHashed = true;
    for (std::size_t p = 0; p < m_places; ++p) {
        for (std::size_t word = 0; word < m_stride / 64; ++word) {
            std::uint64_t left = m_bits[p * m_stride / 64 + word];
            if (!isLarge) {
                bits[p * stride / 64 + word] = left;
                continue;
            }
            for (; left != 0; left &= left - 1) {
                const std::size_t known = word * 64 + static_cast<std::size_t>(std::countr_zero(left));
                put((std::uint64_t(p) << 32 | known) + 1);
            }
        }
    }
    m_bits = std::move(bits);
    m_places = isLarge ? 0 : places;
    m_stride = isLarge ? 0 : stride;
    return insert(place, id);
}

bool DistinctPairs::insertHashed(std::uint32_t place, std::uint32_t id)
{
    if (!put((std::uint64_t(place) << 32 | id) + 1)) // 0 marks a free slot
        return false;
    ++m_size;
    return true;
}

std::span<const std::uint64_t> DistinctPairs::rowOf(std::size_t row) const
{
    std::span<const std::uint64_t> words(m_bits);
    words = words.subspan(row * m_stride / 64, m_stride / 64);
    while (!words.empty() && words.back() == 0)
        words = words.first(words.size() - 1);
    return words;
}

/// `words` end with one that is not 0. How many are new.
std::size_t DistinctPairs::insertRow(std::uint32_t place, std::span<const std::uint64_t> words)
{
    const std::size_t before = m_size;
    const auto idOf = [](std::size_t word, int bit) {
        return static_cast<std::uint32_t>(word * 64 + static_cast<std::size_t>(bit));
    };
    insert(place, idOf(words.size() - 1, 63 - std::countl_zero(words.back()))); // makes room for all of them
    if (place < m_places && words.size() * 64 <= m_stride) {
        std::uint64_t *const bits = &m_bits[place * m_stride / 64];
        for (std::size_t word = 0; word < words.size(); ++word) {
            m_size += static_cast<std::size_t>(std::popcount(words[word] & ~bits[word]));
            bits[word] |= words[word];
        }
        return m_size - before;
    }
    for (std::size_t word = 0; word < words.size(); ++word) {
        for (std::uint64_t left = words[word]; left != 0; left &= left - 1)
            insert(place, idOf(word, std::countr_zero(left)));
    }
    return m_size - before;
}

bool DistinctPairs::put(std::uint64_t key)
{
    if ((m_size + 1) * 2 > m_slots.size())
        grow();
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

void DistinctPairs::grow()
{
    std::vector<std::uint64_t> old(std::bit_ceil(std::max<std::size_t>((m_size + 1) * 4, 1024)));
    old.swap(m_slots);
    const std::size_t mask = m_slots.size() - 1;
    for (const std::uint64_t key : old) {
        if (key == 0)
            continue;
        std::size_t at = static_cast<std::size_t>((key * 0x9e3779b97f4a7c15U) >> 20) & mask;
        while (m_slots[at] != 0)
            at = (at + 1) & mask;
        m_slots[at] = key;
    }
}

} // namespace telltale
