// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/telemetry/stringtable.h"

#include "models/telemetry/sametext.h"

#define XXH_INLINE_ALL // most texts are shorter than a call takes
#include <xxhash.h>

#include <cstring>

namespace telltale {
namespace {

constexpr std::size_t kFirstSlots = 128;
constexpr std::size_t kMostKeptSlots = 4 * 1024;
constexpr std::size_t kChunkBytes = 32 * 1024;

} // namespace

StringTable::StringTable()
    : m_views(1)
    , m_slots(kFirstSlots)
{}
StringTable::StringTable(StringTable &&) noexcept = default;
StringTable &StringTable::operator=(StringTable &&) noexcept = default;
StringTable::~StringTable() = default;

StringId StringTable::intern(std::string_view bytes)
{
    if ((m_views.size() + m_views.size() / 2) > m_slots.size())
        grow();
    const std::uint64_t hash = XXH3_64bits(bytes.data(), bytes.size());
    const auto tag = static_cast<std::uint32_t>(hash >> 32);
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
        Slot &slot = m_slots[at];
        if (slot.id == kNoString) {
            slot = {tag, static_cast<StringId>(m_views.size())};
            m_views.push_back(copy(bytes));
            return slot.id;
        }
        if (slot.tag == tag && isSameText(m_views[slot.id], bytes))
            return slot.id;
    }
}

StringId StringTable::find(std::string_view bytes) const
{
    const std::uint64_t hash = XXH3_64bits(bytes.data(), bytes.size());
    const auto tag = static_cast<std::uint32_t>(hash >> 32);
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
        const Slot &slot = m_slots[at];
        if (slot.id == kNoString)
            return kNoString;
        if (slot.tag == tag && isSameText(m_views[slot.id], bytes))
            return slot.id;
    }
}

void StringTable::replace(StringId id, std::string_view bytes)
{
    // The slot keeps the old hash: it can no longer match, because the bytes behind it differ.
    m_views[id] = copy(bytes);
}

void StringTable::clear()
{
    // As much room as was needed: a source sends alike batches, and clearing room costs as much as filling it.
    const bool wasBig = m_views.size() > kFirstSlots / 2;
    m_views.assign(1, {});
    m_slots.assign(wasBig && m_slots.size() <= kMostKeptSlots ? m_slots.size() : kFirstSlots, {});
    m_chunkLeft = 0;
    m_chunkNext = nullptr;
    m_textBytes = 0;
    if (m_firstChunk) {
        m_chunkLeft = kChunkBytes;
        m_chunkNext = m_firstChunk.get();
    }
    m_chunks.clear();
}

std::string_view StringTable::copy(std::string_view bytes)
{
    m_textBytes += bytes.size();
    if (bytes.empty())
        return std::string_view("", 0);
    if (bytes.size() > m_chunkLeft) {
        const std::size_t size = bytes.size() > kChunkBytes / 4 ? bytes.size() : kChunkBytes;
        auto &room = !m_firstChunk && size == kChunkBytes ? m_firstChunk : m_chunks.emplace_back();
        room = std::make_unique_for_overwrite<char[]>(size);
        if (size == bytes.size()) {
            std::memcpy(room.get(), bytes.data(), bytes.size());
            const std::string_view stored(room.get(), bytes.size());
            return stored; // the open chunk stays open
        }
        m_chunkNext = room.get();
        m_chunkLeft = size;
    }
    std::memcpy(m_chunkNext, bytes.data(), bytes.size());
    const std::string_view stored(m_chunkNext, bytes.size());
    m_chunkNext += bytes.size();
    m_chunkLeft -= bytes.size();
    return stored;
}

void StringTable::grow()
{
    std::vector<Slot> bigger(m_slots.size() * 4);
    const std::size_t mask = bigger.size() - 1;
    for (const Slot &slot : m_slots) {
        if (slot.id == kNoString)
            continue;
        // A replaced string is hashed anew and so becomes findable under its new bytes; harmless.
        const std::string_view bytes = m_views[slot.id];
        const std::uint64_t hash = XXH3_64bits(bytes.data(), bytes.size());
        std::size_t at = hash & mask;
        while (bigger[at].id != kNoString)
            at = (at + 1) & mask;
        bigger[at] = {static_cast<std::uint32_t>(hash >> 32), slot.id};
    }
    m_slots = std::move(bigger);
}

} // namespace telltale
