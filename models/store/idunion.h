// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace telltale {

/// Distinct ids out of stored sets (IdSet) and single ones, counted without decoding what need not be: a sorted list
/// while there are few, then blocks of bits into which stored bitmaps are or-ed as they lie.
/// Cost: about a nanosecond an id of a list, a microsecond a 65,536 ids of a bitmap. Memory: 4 KiB a touched block of
/// 32,768 ids at most.
class IdUnion
{
public:
    void add(std::uint32_t id)
    {
        if (m_blocks.empty())
            addToList(id);
        else
            setBit(id);
    }
    /// The bytes of an IdSet. False when they are none: some of them may be in then.
    [[nodiscard]] bool addStored(std::string_view bytes);
    void add(const IdUnion &other);
    /// Takes out what is in the other one.
    void subtract(const IdUnion &other);
    bool contains(std::uint32_t id) const;
    /// Puts the second of each pair where the first one is: ids that turned out to be another one's. `pairs` is in order.
    void replace(std::span<const std::pair<std::uint32_t, std::uint32_t>> pairs);
    std::uint64_t count() const;
    /// How many are in both.
    std::uint64_t countCommon(const IdUnion &other) const;
    /// Those in both, in rising order.
    std::vector<std::uint32_t> common(const IdUnion &other) const;
    bool isEmpty() const { return m_list.empty() && m_blocks.empty(); }
    /// In rising order.
    std::vector<std::uint32_t> ids() const;
    /// About how much memory it takes.
    std::size_t bytes() const;
    /// Takes the form that needs less memory. From here on several threads may read it at once, as long as nobody changes it.
    void settle();

private:
    static constexpr std::size_t kFew = 1024;
    static constexpr unsigned kBlockBits = 15;
    using Block = std::array<std::uint64_t, (std::size_t{1} << kBlockBits) / 64>;

    /// How many ids stay a list when the largest is this one: sorting more costs more than the blocks they touch.
    static std::size_t fewUpTo(std::uint32_t id)
    {
        return std::min<std::size_t>(kFew, 64 + 32 * std::size_t(id >> kBlockBits));
    }
    void addToList(std::uint32_t id);
    void addRun(std::span<const std::uint32_t> sorted);
    bool addDifferences(std::string_view bytes);
    bool setDifferences(std::string_view bytes);
    bool addBitmap(std::string_view bytes);
    void sortList() const;
    void useBlocks();
    void remove(std::uint32_t id);
    Block &block(std::uint32_t number);
    template<typename IdAt>
    void setBits(std::size_t count, IdAt &&idAt);
    static void appendBits(std::vector<std::uint32_t> &ids, std::size_t number, std::size_t word, std::uint64_t bits);
    static std::size_t wordOf(std::uint32_t id) { return id >> 6 & (std::tuple_size_v<Block> - 1); }
    static std::uint64_t bitOf(std::uint32_t id) { return std::uint64_t(1) << (id & 63); }
    void setBit(std::uint32_t id) { block(id >> kBlockBits)[wordOf(id)] |= bitOf(id); }

    mutable std::vector<std::uint32_t> m_list;
    mutable bool m_isSorted = true;
    unsigned m_merges = 0;
    std::vector<std::unique_ptr<Block>> m_blocks; ///< by id >> kBlockBits; empty while the list is in use
};

} // namespace telltale
