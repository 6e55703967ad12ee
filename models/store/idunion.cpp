// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/idunion.h"

#include "models/store/idset.h"
#include "models/store/roaringbytes.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <iterator>
#include <limits>

namespace telltale {
namespace {

/// Words as they lie in the file, one after the other: plain enough for the compiler to take several at once.
template<typename Block>
void orInto(Block &block, const char *from)
{
    Block words;
    std::memcpy(words.data(), from, sizeof words);
    for (std::size_t i = 0; i < words.size(); ++i)
        block[i] |= words[i];
}

/// Looked up rather than shifted: without the newest instructions that is quicker.
constexpr std::array<std::uint64_t, 64> kBits = [] {
    std::array<std::uint64_t, 64> bits{};
    for (std::size_t i = 0; i < bits.size(); ++i)
        bits[i] = std::uint64_t(1) << i;
    return bits;
}();

/// Of so many bytes of differences no list is made: an id has five at most.
constexpr std::size_t kSurelyMany = 5 * 1024;

std::uint64_t bitsOf(std::uint64_t word)
{
    word -= word >> 1 & 0x5555555555555555U;
    word = (word & 0x3333333333333333U) + (word >> 2 & 0x3333333333333333U);
    word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0fU;
    return word * 0x0101010101010101U >> 56;
}

/// Counts by adding whole words bit by bit, eight of them before one is counted (Harley and Seal's way, as in Mula, Kurz and
/// Lemire, "Faster population counts using AVX2 instructions", 2016): processors that count bits themselves can not be
/// relied on.
template<typename WordAt>
std::uint64_t countBits(std::size_t count, WordAt &&wordAt)
{
    std::uint64_t ones = 0, twos = 0, fours = 0, eights = 0;
    const auto add = [](std::uint64_t &sum, std::uint64_t a, std::uint64_t b) {
        const std::uint64_t half = sum ^ a;
        const std::uint64_t carry = (sum & a) | (half & b);
        sum = half ^ b;
        return carry;
    };
    std::size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        const std::uint64_t two0 = add(ones, wordAt(i), wordAt(i + 1)), two1 = add(ones, wordAt(i + 2), wordAt(i + 3));
        const std::uint64_t four0 = add(twos, two0, two1);
        const std::uint64_t two2 = add(ones, wordAt(i + 4), wordAt(i + 5)), two3 = add(ones, wordAt(i + 6), wordAt(i + 7));
        const std::uint64_t four1 = add(twos, two2, two3);
        eights += bitsOf(add(fours, four0, four1));
    }
    std::uint64_t rest = 0;
    for (; i < count; ++i)
        rest += bitsOf(wordAt(i));
    return 8 * eights + 4 * bitsOf(fours) + 2 * bitsOf(twos) + bitsOf(ones) + rest;
}

} // namespace

/// Ids mostly rise: the block of the one before is at hand.
template<typename IdAt>
void IdUnion::setBits(std::size_t count, IdAt &&idAt)
{
    Block *at = nullptr;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t id = idAt(i);
        if (!at || id >> kBlockBits != number) {
            number = id >> kBlockBits;
            at = &block(number);
        }
        (*at)[wordOf(id)] |= bitOf(id);
    }
}

void IdUnion::addToList(std::uint32_t id)
{
    if (!m_list.empty()) {
        if (m_list.back() == id)
            return;
        m_isSorted = m_isSorted && m_list.back() < id;
    }
    m_list.push_back(id);
    if (m_list.size() > 2 * kFew) {
        sortList();
        if (m_list.size() > kFew)
            useBlocks();
    }
}

/// A few runs are merged; more of them are better sorted all at once.
void IdUnion::addRun(std::span<const std::uint32_t> sorted)
{
    if (sorted.empty())
        return;
    if (!m_blocks.empty() || m_list.size() + sorted.size() > fewUpTo(sorted.back())) {
        if (m_blocks.empty())
            useBlocks();
        setBits(sorted.size(), [sorted](std::size_t i) { return sorted[i]; });
        return;
    }
    const bool isBehind = m_list.empty() || m_list.back() < sorted.front();
    const auto middle = static_cast<std::ptrdiff_t>(m_list.size());
    m_list.insert(m_list.end(), sorted.begin(), sorted.end());
    if (isBehind)
        return;
    if (!m_isSorted || ++m_merges > 4) {
        m_isSorted = false;
        return;
    }
    std::inplace_merge(m_list.begin(), m_list.begin() + middle, m_list.end());
    m_list.erase(std::unique(m_list.begin(), m_list.end()), m_list.end());
}

bool IdUnion::addStored(std::string_view bytes)
{
    if (bytes.empty())
        return true;
    const auto form = static_cast<IdSet::Form>(bytes.front());
    bytes.remove_prefix(1);
    if (form == IdSet::Form::Differences)
        return addDifferences(bytes);
    if (m_blocks.empty())
        useBlocks();
    return form == IdSet::Form::Bitmap && addBitmap(bytes);
}

/// The same into blocks, without a list in between. Where eight differences are a byte each and lead to one block, no question
/// is asked about any of them: that is most of what there is of large sets.
bool IdUnion::setDifferences(std::string_view bytes)
{
    constexpr std::uint64_t kHighBits = 0x8080808080808080U;
    const auto *at = reinterpret_cast<const std::uint8_t *>(bytes.data());
    const auto *const end = at + bytes.size();
    Block *to = nullptr;
    std::uint64_t id = 0, number = 0;
    while (at != end) {
        if (to && end - at >= 8) {
            std::uint64_t eight = 0;
            std::memcpy(&eight, at, sizeof eight);
            if ((eight & kHighBits) == 0 && (id + 8 * 0x7f) >> kBlockBits == number) {
                for (unsigned shift = 0; shift < 64; shift += 8) {
                    id += eight >> shift & 0x7fU;
                    (*to)[wordOf(static_cast<std::uint32_t>(id))] |= kBits[id & 63];
                }
                at += 8;
                continue;
            }
        }
        std::uint64_t difference = *at++;
        if (difference >= 0x80) {
            difference &= 0x7fU;
            unsigned shift = 7;
            for (bool isWhole = false; !isWhole; shift += 7) {
                if (at == end || shift > 28)
                    return false;
                difference |= std::uint64_t(*at & 0x7fU) << shift;
                isWhole = *at++ < 0x80;
            }
        }
        id += difference;
        if (!to || id >> kBlockBits != number) {
            if (id > std::numeric_limits<std::uint32_t>::max())
                return false;
            number = id >> kBlockBits;
            to = &block(static_cast<std::uint32_t>(number));
        }
        (*to)[wordOf(static_cast<std::uint32_t>(id))] |= kBits[id & 63];
    }
    return true;
}

bool IdUnion::addDifferences(std::string_view bytes)
{
    if (m_blocks.empty() && bytes.size() > kSurelyMany)
        useBlocks();
    if (!m_blocks.empty())
        return setDifferences(bytes);
    // Every id takes a byte at least. They rise, so that the last one tells whether any was too large.
    thread_local std::vector<std::uint32_t> run;
    if (run.size() < bytes.size())
        run.resize(bytes.size());
    std::uint32_t *to = run.data();
    std::uint64_t id = 0;
    const auto *at = reinterpret_cast<const std::uint8_t *>(bytes.data());
    const auto *const end = at + bytes.size();
    bool isWhole = true;
    while (at != end) {
        std::uint64_t difference = *at++;
        if (difference >= 0x80) {
            difference &= 0x7fU;
            unsigned shift = 7;
            for (isWhole = false; at != end && shift <= 28 && !isWhole; shift += 7) {
                difference |= std::uint64_t(*at & 0x7fU) << shift;
                isWhole = *at++ < 0x80;
            }
            if (!isWhole)
                return false;
        }
        id += difference;
        *to++ = static_cast<std::uint32_t>(id);
    }
    if (id > std::numeric_limits<std::uint32_t>::max())
        return false;
    addRun({run.data(), to});
    return true;
}

bool IdUnion::addBitmap(std::string_view bytes)
{
    RoaringBytes bitmap(bytes);
    RoaringBytes::Container from;
    while (bitmap.next(from)) {
        const std::uint32_t high = from.high;
        const std::string_view data = from.bytes;
        switch (from.kind) {
        case RoaringBytes::Kind::Array:
            setBits(from.count, [high, data](std::size_t i) { return high | RoaringBytes::shortAt(data, i); });
            break;
        case RoaringBytes::Kind::Runs:
            for (std::size_t run = 0; run < data.size() / 4; ++run) {
                const std::uint32_t first = RoaringBytes::shortAt(data, 2 * run);
                const std::uint32_t last = first + RoaringBytes::shortAt(data, 2 * run + 1);
                for (std::uint32_t low = first; low <= last && low <= 0xffffU; ++low)
                    setBit(high | low);
            }
            break;
        case RoaringBytes::Kind::Bits:
            for (std::uint32_t part = 0; part < RoaringBytes::kBitsBytes / sizeof(Block); ++part)
                orInto(block((high >> kBlockBits) + part), data.data() + part * sizeof(Block));
        }
    }
    return bitmap.isFine();
}

void IdUnion::add(const IdUnion &other)
{
    if (other.m_blocks.empty()) {
        other.sortList();
        addRun(other.m_list);
        return;
    }
    if (m_blocks.empty())
        useBlocks();
    for (std::size_t i = 0; i < other.m_blocks.size(); ++i) {
        if (!other.m_blocks[i])
            continue;
        Block &to = block(static_cast<std::uint32_t>(i));
        for (std::size_t word = 0; word < to.size(); ++word)
            to[word] |= (*other.m_blocks[i])[word];
    }
}

void IdUnion::subtract(const IdUnion &other)
{
    if (m_blocks.empty()) {
        std::erase_if(m_list, [&other](std::uint32_t id) { return other.contains(id); });
        return;
    }
    for (const std::uint32_t id : other.m_list) {
        if (contains(id))
            remove(id);
    }
    for (std::size_t i = 0; i < std::min(m_blocks.size(), other.m_blocks.size()); ++i) {
        if (!m_blocks[i] || !other.m_blocks[i])
            continue;
        for (std::size_t word = 0; word < m_blocks[i]->size(); ++word)
            (*m_blocks[i])[word] &= ~(*other.m_blocks[i])[word];
    }
}

bool IdUnion::contains(std::uint32_t id) const
{
    if (m_blocks.empty()) {
        sortList();
        return std::binary_search(m_list.begin(), m_list.end(), id);
    }
    const std::size_t number = id >> kBlockBits;
    return number < m_blocks.size() && m_blocks[number] &&
           ((*m_blocks[number])[wordOf(id)] & bitOf(id)) != 0;
}

void IdUnion::remove(std::uint32_t id)
{
    if (m_blocks.empty()) {
        sortList();
        m_list.erase(std::lower_bound(m_list.begin(), m_list.end(), id));
    } else {
        block(id >> kBlockBits)[wordOf(id)] &= ~bitOf(id);
    }
}

void IdUnion::replace(std::span<const std::pair<std::uint32_t, std::uint32_t>> pairs)
{
    if (m_blocks.empty() && m_list.size() < pairs.size()) {
        bool isReplaced = false;
        for (std::uint32_t &id : m_list) {
            const auto at = std::lower_bound(pairs.begin(), pairs.end(), id,
                                             [](const auto &pair, std::uint32_t of) { return pair.first < of; });
            if (at == pairs.end() || at->first != id)
                continue;
            id = at->second;
            isReplaced = true;
        }
        m_isSorted = m_isSorted && !isReplaced;
        return;
    }
    for (const auto &[from, to] : pairs) {
        if (from == to || !contains(from))
            continue;
        remove(from);
        add(to);
    }
}

std::uint64_t IdUnion::count() const
{
    if (m_blocks.empty()) {
        sortList();
        return m_list.size();
    }
    std::uint64_t count = 0;
    for (const auto &each : m_blocks) {
        if (!each)
            continue;
        count += countBits(each->size(), [&each](std::size_t word) { return (*each)[word]; });
    }
    return count;
}

std::uint64_t IdUnion::countCommon(const IdUnion &other) const
{
    if (!m_blocks.empty() && !other.m_blocks.empty()) {
        std::uint64_t count = 0;
        for (std::size_t i = 0; i < std::min(m_blocks.size(), other.m_blocks.size()); ++i) {
            if (!m_blocks[i] || !other.m_blocks[i])
                continue;
            const Block &ours = *m_blocks[i], &theirs = *other.m_blocks[i];
            count += countBits(ours.size(), [&](std::size_t word) { return ours[word] & theirs[word]; });
        }
        return count;
    }
    const IdUnion &list = m_blocks.empty() ? *this : other;
    const IdUnion &rest = m_blocks.empty() ? other : *this;
    list.sortList();
    return static_cast<std::uint64_t>(std::count_if(list.m_list.begin(), list.m_list.end(),
                                                    [&](std::uint32_t id) { return rest.contains(id); }));
}

/// The ids of a word of a block.
void IdUnion::appendBits(std::vector<std::uint32_t> &ids, std::size_t number, std::size_t word, std::uint64_t bits)
{
    for (; bits != 0; bits &= bits - 1)
        ids.push_back(static_cast<std::uint32_t>((number << kBlockBits) + word * 64 +
                                                 static_cast<std::size_t>(std::countr_zero(bits))));
}

std::vector<std::uint32_t> IdUnion::common(const IdUnion &other) const
{
    std::vector<std::uint32_t> ids;
    if (!m_blocks.empty() && !other.m_blocks.empty()) {
        for (std::size_t i = 0; i < std::min(m_blocks.size(), other.m_blocks.size()); ++i) {
            if (!m_blocks[i] || !other.m_blocks[i])
                continue;
            for (std::size_t word = 0; word < std::tuple_size_v<Block>; ++word)
                appendBits(ids, i, word, (*m_blocks[i])[word] & (*other.m_blocks[i])[word]);
        }
        return ids;
    }
    const IdUnion &list = m_blocks.empty() ? *this : other;
    const IdUnion &rest = m_blocks.empty() ? other : *this;
    list.sortList();
    std::copy_if(list.m_list.begin(), list.m_list.end(), std::back_inserter(ids),
                 [&rest](std::uint32_t id) { return rest.contains(id); });
    return ids;
}

std::vector<std::uint32_t> IdUnion::ids() const
{
    sortList();
    std::vector<std::uint32_t> ids = m_list;
    for (std::size_t i = 0; i < m_blocks.size(); ++i) {
        if (!m_blocks[i])
            continue;
        for (std::size_t word = 0; word < std::tuple_size_v<Block>; ++word)
            appendBits(ids, i, word, (*m_blocks[i])[word]);
    }
    return ids;
}

std::size_t IdUnion::bytes() const
{
    const auto there = std::count_if(m_blocks.begin(), m_blocks.end(), [](const auto &block) { return block != nullptr; });
    return m_list.capacity() * sizeof(std::uint32_t) + m_blocks.capacity() * sizeof m_blocks[0] +
           static_cast<std::size_t>(there) * sizeof(Block);
}

void IdUnion::settle()
{
    sortList();
    if (m_blocks.empty() || count() * sizeof(std::uint32_t) > bytes() / 2)
        return;
    std::vector<std::uint32_t> list = ids();
    list.shrink_to_fit();
    m_blocks.clear();
    m_blocks.shrink_to_fit();
    m_list = std::move(list);
}

void IdUnion::sortList() const
{
    if (m_isSorted)
        return;
    std::sort(m_list.begin(), m_list.end());
    m_list.erase(std::unique(m_list.begin(), m_list.end()), m_list.end());
    m_isSorted = true;
}

void IdUnion::useBlocks()
{
    m_blocks.resize(1);
    for (const std::uint32_t id : m_list)
        setBit(id);
    m_list.clear();
    m_isSorted = true;
}

IdUnion::Block &IdUnion::block(std::uint32_t number)
{
    if (number >= m_blocks.size())
        m_blocks.resize(std::size_t(number) + 1);
    auto &slot = m_blocks[number];
    if (!slot)
        slot = std::make_unique<Block>();
    return *slot;
}

} // namespace telltale
