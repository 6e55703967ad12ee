// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace telltale {

/// Walks a bitmap in the portable format of roaring bitmaps, container by container, as it lies in the file.
class RoaringBytes
{
public:
    enum class Kind : std::uint8_t { Array, Bits, Runs };
    static constexpr std::size_t kBitsBytes = 8192;

    struct Container
    {
        std::uint32_t high = 0; ///< of its ids: the upper 16 bits, in place
        std::size_t count = 0;
        Kind kind = Kind::Array;
        /// The lower halves in order; or 65,536 bits; or pairs of a first lower half and how many follow it.
        std::string_view bytes;
    };

    explicit RoaringBytes(std::string_view bytes);
    /// False at the end, or when the bytes are no bitmap.
    bool next(Container &container);
    bool isFine() const { return m_isFine; }

    static std::uint16_t shortAt(std::string_view bytes, std::size_t index)
    {
        std::uint16_t value = 0;
        std::memcpy(&value, bytes.data() + 2 * index, sizeof value);
        return value;
    }

private:
    bool fail();

    std::string_view m_flags, m_heads, m_bytes;
    std::uint32_t m_count = 0, m_next = 0;
    bool m_hasRuns = false, m_isFine = true;
};

} // namespace telltale
