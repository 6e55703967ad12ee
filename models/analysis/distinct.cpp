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
