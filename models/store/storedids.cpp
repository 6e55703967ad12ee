// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/storedids.h"

#include "models/store/idset.h"
#include "models/store/roaringbytes.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace telltale {
namespace {

constexpr std::uint64_t kHighBits = 0x8080808080808080U;
constexpr std::uint64_t kNone = std::numeric_limits<std::uint64_t>::max();

std::uint64_t eightAt(const std::uint8_t *at)
{
    std::uint64_t eight = 0;
    std::memcpy(&eight, at, sizeof eight);
    return eight;
}

/// Of eight bytes, each below 0x80.
std::uint64_t sumOf(std::uint64_t eight)
{
    constexpr std::uint64_t kEven = 0x00ff00ff00ff00ffU;
    return ((eight & kEven) + (eight >> 8 & kEven)) * 0x0001000100010001U >> 48;
}

/// Looks for the ids of a rising list, one after the other.
class Sought
{
public:
    Sought(std::span<const std::uint32_t> some, std::vector<std::uint32_t> &found)
        : m_at(some.begin())
        , m_end(some.end())
        , m_found(found)
    {}
    /// The next one that is looked for; kNone when there is none.
    std::uint64_t next() const { return m_at == m_end ? kNone : *m_at; }
    void passed(std::uint64_t id)
    {
        while (m_at != m_end && *m_at < id)
            ++m_at;
        if (m_at != m_end && *m_at == id)
            m_found.push_back(*m_at++);
    }
    /// Those from `from` on, below `end`, for which `isThere`.
    template<typename IsThere>
    void between(std::uint64_t from, std::uint64_t end, IsThere &&isThere)
    {
        m_at = std::lower_bound(m_at, m_end, from);
        for (; m_at != m_end && *m_at < end; ++m_at) {
            if (isThere(static_cast<std::uint16_t>(*m_at)))
                m_found.push_back(*m_at);
        }
    }

private:
    std::span<const std::uint32_t>::iterator m_at, m_end;
    std::vector<std::uint32_t> &m_found;
};

/// Varints end with the bytes below 0x80; where all of eight do, and nothing is sought between, their sum is enough.
StoredIds lookAtDifferences(std::string_view bytes, Sought sought)
{
    StoredIds seen;
    const auto *at = reinterpret_cast<const std::uint8_t *>(bytes.data());
    const auto *const end = at + bytes.size();
    std::uint64_t id = 0;
    while (at != end) {
        if (end - at >= 8) {
            const std::uint64_t eight = eightAt(at);
            if ((eight & kHighBits) == 0 && id + sumOf(eight) < sought.next()) {
                id += sumOf(eight);
                seen.count += 8;
                at += 8;
                continue;
            }
        }
        std::uint64_t difference = *at & 0x7fU;
        unsigned shift = 7;
        for (bool isWhole = *at++ < 0x80; !isWhole; shift += 7) {
            if (at == end || shift > 28)
                return {0, false};
            difference |= std::uint64_t(*at & 0x7fU) << shift;
            isWhole = *at++ < 0x80;
        }
        id += difference;
        ++seen.count;
        sought.passed(id);
    }
    seen.isFine = id <= std::numeric_limits<std::uint32_t>::max();
    return seen;
}

bool isInRuns(std::string_view runs, std::uint16_t low)
{
    for (std::size_t run = 0; run < runs.size() / 4; ++run) {
        const unsigned first = RoaringBytes::shortAt(runs, 2 * run);
        if (low < first)
            return false;
        if (low <= first + RoaringBytes::shortAt(runs, 2 * run + 1))
            return true;
    }
    return false;
}

bool isInArray(std::string_view lows, std::uint16_t low)
{
    std::size_t from = 0, to = lows.size() / 2;
    while (from < to) {
        const std::size_t middle = (from + to) / 2;
        if (RoaringBytes::shortAt(lows, middle) < low)
            from = middle + 1;
        else
            to = middle;
    }
    return from < lows.size() / 2 && RoaringBytes::shortAt(lows, from) == low;
}

StoredIds lookAtBitmap(std::string_view bytes, Sought sought)
{
    StoredIds seen;
    RoaringBytes bitmap(bytes);
    RoaringBytes::Container container;
    while (bitmap.next(container)) {
        seen.count += container.count;
        const std::string_view data = container.bytes;
        sought.between(container.high, std::uint64_t(container.high) + 0x10000, [&](std::uint16_t low) {
            switch (container.kind) {
            case RoaringBytes::Kind::Array:
                return isInArray(data, low);
            case RoaringBytes::Kind::Runs:
                return isInRuns(data, low);
            case RoaringBytes::Kind::Bits:
                break;
            }
            return (static_cast<std::uint8_t>(data[low / 8]) >> (low % 8) & 1) != 0;
        });
    }
    seen.isFine = bitmap.isFine();
    return seen;
}

} // namespace

StoredIds StoredIds::look(std::string_view bytes, std::span<const std::uint32_t> some,
                          std::vector<std::uint32_t> &found)
{
    if (bytes.empty())
        return {};
    const auto form = static_cast<IdSet::Form>(bytes.front());
    const Sought sought(some, found);
    if (form == IdSet::Form::Differences)
        return lookAtDifferences(bytes.substr(1), sought);
    return form == IdSet::Form::Bitmap ? lookAtBitmap(bytes.substr(1), sought) : StoredIds{0, false};
}

} // namespace telltale
