// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/sametext.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace telltale {

/// Names a string inside one StringTable. 0 means "there is none"; the empty string has an id of its own.
using StringId = std::uint32_t;
inline constexpr StringId kNoString = 0;

/// Interns byte strings: equal bytes get equal ids, 1, 2, 3... in order of first sight. Open addressing over 64-bit hashes;
/// the bytes live in an arena, so views stay valid until clear() or the table's end. Not thread-safe.
/// Cost: one hash and about one probe an intern, no allocation for a string seen before.
class StringTable
{
public:
    StringTable();
    StringTable(StringTable &&) noexcept;
    StringTable &operator=(StringTable &&) noexcept;
    ~StringTable();

    StringId intern(std::string_view bytes);
    /// The same, where these bytes may well be those of `guess`: then a comparison is all it costs.
    StringId intern(std::string_view bytes, StringId guess)
    {
        return guess != kNoString && isSameText(m_views[guess], bytes) ? guess : intern(bytes);
    }
    /// kNoString when it was never interned.
    StringId find(std::string_view bytes) const;
    /// Empty view for kNoString.
    std::string_view view(StringId id) const { return m_views[id]; }
    /// Ids run from 1 to size().
    std::uint32_t size() const { return static_cast<std::uint32_t>(m_views.size() - 1); }
    /// Bytes of text held.
    std::size_t textBytes() const { return m_textBytes; }
    /// Lets the id stand for other bytes from now on (redaction). find() and intern() no longer see the old bytes
    /// under this id; two ids may then view equal bytes.
    void replace(StringId id, std::string_view bytes);
    /// Keeps some of the memory.
    void clear();

private:
    /// intern() for whatever bytes and however full the table is.
    StringId internMakingRoom(std::string_view bytes);
    struct Slot
    {
        std::uint32_t tag = 0;
        StringId id = 0;
    };
    template<typename Bytes>
    std::size_t slotOf(Bytes bytes, std::uint64_t hash) const;
    template<typename Bytes>
    std::string_view copy(Bytes bytes);
    void openChunk();
    bool hasFreeSlots() const { return m_views.size() + m_views.size() / 2 <= m_slots.size(); }
    void grow();
    void countShortLeft();

    std::vector<std::string_view> m_views;
    std::vector<Slot> m_slots;
    std::unique_ptr<char[]> m_firstChunk; ///< kept by clear()
    std::vector<std::unique_ptr<char[]>> m_chunks;
    std::size_t m_shortLeft = 0; ///< texts of ShortText's size that fit without making room, at least
    std::size_t m_chunkLeft = 0;
    char *m_chunkNext = nullptr;
    std::size_t m_textBytes = 0;
};

} // namespace telltale
