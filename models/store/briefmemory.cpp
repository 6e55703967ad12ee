// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/briefmemory.h"

#include <algorithm>

namespace telltale {
namespace {

constexpr std::size_t kPlaces = 2 * BriefMemory::kMostOfOne; // half of them stay free
static_assert((kPlaces & (kPlaces - 1)) == 0);

std::uint64_t markOf(const DeliveryKey &key)
{
    std::uint64_t mark = (key.high ^ (key.low >> 29U)) * 0x9e3779b97f4a7c15ULL + key.low;
    mark = (mark ^ (mark >> 32U)) * 0xd6e8feb86659fd93ULL;
    mark ^= mark >> 32U;
    return std::max<std::uint64_t>(mark, 1);
}

} // namespace

/// Where the mark is, or where it would go.
std::size_t BriefMemory::placeIn(const Table &table, std::uint64_t mark)
{
    std::size_t place = mark & (kPlaces - 1);
    while (table[place] != 0 && table[place] != mark)
        place = (place + 1) & (kPlaces - 1);
    return place;
}

bool BriefMemory::isRepeat(const DeliveryKey &key)
{
    const std::uint64_t mark = markOf(key);
    if (m_latest.empty())
        m_latest.resize(kPlaces);
    std::size_t place = placeIn(m_latest, mark);
    if (m_latest[place] == mark || (!m_before.empty() && m_before[placeIn(m_before, mark)] == mark))
        return true;
    if (m_count == kMostOfOne) {
        std::swap(m_latest, m_before);
        m_latest.assign(kPlaces, 0);
        m_count = 0;
        place = placeIn(m_latest, mark);
    }
    m_latest[place] = mark;
    ++m_count;
    return false;
}

void BriefMemory::forget()
{
    m_latest.clear();
    m_before.clear();
    m_count = 0;
}

} // namespace telltale
