// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/telemetry/stringtable.h"

#include "models/telemetry/shorttext.h"

#define XXH_INLINE_ALL // most texts are shorter than a call takes
#include <xxhash.h>

#include <algorithm>
#include <cstring>

namespace telltale {
namespace {

constexpr std::size_t kFirstSlots = 128;
constexpr std::size_t kMostKeptSlots = 4 * 1024;
constexpr std::size_t kChunkBytes = 32 * 1024;

/// Up to ShortText::kMost bytes. The arena keeps them as ShortText writes them.
struct ShortBytes
{
    std::string_view text;
    ShortText words;

    std::size_t room() const { return ShortText::kMost; }
    std::uint64_t hash() const
    {
        __extension__ using Wide = unsigned __int128;
        const std::uint64_t low = words.low ^ 0x9e3779b97f4a7c15U;
        const std::uint64_t high = words.high ^ (0xbf58476d1ce4e5b9U + text.size());
        const Wide product = static_cast<Wide>(low) * high;
        // The sum: texts that make a factor zero must not all have one hash.
        return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64) ^ (low + high);
    }
    bool isAt(std::string_view stored) const
    {
        return stored.size() == text.size() && ShortText::at(stored.data()) == words;
    }
    void copyTo(char *room) const { words.copyTo(room); }
};

struct LongBytes
{
    std::string_view text;

    std::size_t room() const { return text.size(); }
    std::uint64_t hash() const { return XXH3_64bits(text.data(), text.size()); }
    bool isAt(std::string_view stored) const { return isSameText(stored, text); }
    void copyTo(char *room) const { std::memcpy(room, text.data(), text.size()); }
};

/// Calls `use` with the bytes as one of the two.
template<typename Use>
auto bySize(std::string_view bytes, Use &&use)
{
    return bytes.size() <= ShortText::kMost ? use(ShortBytes{bytes, ShortText::of(bytes)}) : use(LongBytes{bytes});
}

std::uint32_t tagOf(std::uint64_t hash)
{
    return static_cast<std::uint32_t>(hash >> 32);
}

} // namespace

StringTable::StringTable()
    : m_views(1)
    , m_slots(kFirstSlots)
{}
StringTable::StringTable(StringTable &&) noexcept = default;
StringTable &StringTable::operator=(StringTable &&) noexcept = default;
StringTable::~StringTable() = default;

/// Where these bytes are, or would go.
template<typename Bytes>
[[gnu::always_inline]] inline std::size_t StringTable::slotOf(Bytes bytes, std::uint64_t hash) const
{
    const std::size_t mask = m_slots.size() - 1;
    std::size_t at = hash & mask;
    for (;; at = (at + 1) & mask) {
        const Slot &slot = m_slots[at];
        if (slot.id == kNoString || (slot.tag == tagOf(hash) && bytes.isAt(m_views[slot.id])))
            return at;
    }
}

/// Short bytes, as most are, where there is room for them: nothing is called, so nothing is saved for a call either.
StringId StringTable::intern(std::string_view bytes)
{
    if (bytes.size() > ShortText::kMost || m_shortLeft == 0)
        return internMakingRoom(bytes);
    const ShortBytes text{bytes, ShortText::of(bytes)};
    const std::uint64_t hash = text.hash();
    Slot &slot = m_slots[slotOf(text, hash)];
    if (slot.id != kNoString)
        return slot.id;
    const auto id = static_cast<StringId>(m_views.size());
    slot = {tagOf(hash), id};
    if (m_views.size() == m_views.capacity())
        __builtin_unreachable(); // m_shortLeft is not 0
    m_views.emplace_back(m_chunkNext, bytes.size());
    text.copyTo(m_chunkNext);
    m_chunkNext += ShortText::kMost;
    m_chunkLeft -= ShortText::kMost;
    m_textBytes += bytes.size();
    --m_shortLeft;
    return id;
}

/// Room for a long text is as much as some short ones have, so mostly it need not be made either.
StringId StringTable::internMakingRoom(std::string_view bytes)
{
    const std::size_t asShort = bytes.size() / ShortText::kMost + 1;
    const bool hasRoom = m_shortLeft >= asShort;
    if (!hasRoom && !hasFreeSlots())
        grow();
    if (!hasRoom && m_views.size() == m_views.capacity())
        m_views.reserve(m_views.size() * 2);
    const StringId id = bySize(bytes, [this](auto sized) {
        const std::uint64_t hash = sized.hash();
        Slot &slot = m_slots[slotOf(sized, hash)];
        if (slot.id == kNoString) {
            slot = {tagOf(hash), static_cast<StringId>(m_views.size())};
            m_views.push_back(copy(sized));
        }
        return slot.id;
    });
    if (hasRoom)
        m_shortLeft -= asShort;
    else
        countShortLeft();
    return id;
}

void StringTable::countShortLeft()
{
    const std::size_t most = m_slots.size() / 3 * 2; // as hasFreeSlots() has it, or less
    const std::size_t free = most > m_views.size() ? most - m_views.size() : 0;
    m_shortLeft = std::min({free, m_views.capacity() - m_views.size(), m_chunkLeft / ShortText::kMost});
}

StringId StringTable::find(std::string_view bytes) const
{
    return bySize(bytes, [this](auto sized) { return m_slots[slotOf(sized, sized.hash())].id; });
}

void StringTable::replace(StringId id, std::string_view bytes)
{
    // The slot keeps the old hash: it can no longer match, because the bytes behind it differ.
    m_views[id] = bySize(bytes, [this](auto sized) { return copy(sized); });
    countShortLeft();
}

void StringTable::clear()
{
    // As much room as was needed: a source sends alike batches, and clearing room costs as much as filling it.
    const bool wasBig = m_views.size() > kFirstSlots / 2;
    m_views.assign(1, {});
    m_slots.resize(wasBig && m_slots.size() <= kMostKeptSlots ? m_slots.size() : kFirstSlots);
    std::memset(static_cast<void *>(m_slots.data()), 0, m_slots.size() * sizeof(Slot)); // empty ones
    m_chunkLeft = 0;
    m_chunkNext = nullptr;
    m_textBytes = 0;
    if (m_firstChunk) {
        m_chunkLeft = kChunkBytes;
        m_chunkNext = m_firstChunk.get();
    }
    m_chunks.clear();
    countShortLeft();
}

template<typename Bytes>
std::string_view StringTable::copy(Bytes bytes)
{
    m_textBytes += bytes.text.size();
    const std::size_t size = bytes.room();
    if (size > m_chunkLeft && size > kChunkBytes / 4) { // one of its own; the open chunk stays open
        auto &own = m_chunks.emplace_back(std::make_unique_for_overwrite<char[]>(size));
        bytes.copyTo(own.get());
        return {own.get(), bytes.text.size()};
    }
    if (size > m_chunkLeft)
        openChunk();
    char *const room = m_chunkNext;
    m_chunkNext += size;
    m_chunkLeft -= size;
    bytes.copyTo(room);
    return {room, bytes.text.size()};
}

void StringTable::openChunk()
{
    auto &chunk = m_firstChunk ? m_chunks.emplace_back() : m_firstChunk;
    chunk = std::make_unique_for_overwrite<char[]>(kChunkBytes);
    m_chunkNext = chunk.get();
    m_chunkLeft = kChunkBytes;
}

void StringTable::grow()
{
    std::vector<Slot> bigger(m_slots.size() * 4);
    const std::size_t mask = bigger.size() - 1;
    for (const Slot &slot : m_slots) {
        if (slot.id == kNoString)
            continue;
        // A replaced string is hashed anew and so becomes findable under its new bytes; harmless.
        const std::uint64_t hash = bySize(m_views[slot.id], [](const auto &sized) { return sized.hash(); });
        std::size_t at = hash & mask;
        while (bigger[at].id != kNoString)
            at = (at + 1) & mask;
        bigger[at] = {tagOf(hash), slot.id};
    }
    m_slots = std::move(bigger);
}

} // namespace telltale
