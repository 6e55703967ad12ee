// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace telltale {

/// A text of up to 16 bytes as two words, zeros behind it: hashed, compared and copied without a loop or a call. Most texts
/// of a record are so short.
struct ShortText
{
    static constexpr std::size_t kMost = 16;
    static_assert(std::endian::native == std::endian::little, "the first byte is the lowest");

    std::uint64_t low = 0, high = 0;

    /// Precondition: at most kMost bytes. Reads no byte that is not the text's.
    static ShortText of(std::string_view text)
    {
        const char *const at = text.data();
        const std::size_t size = text.size();
        if (size >= 8) // the second word overlaps the first
            return {word<std::uint64_t>(at), size == 8 ? 0 : word<std::uint64_t>(at + size - 8) >> (kMost - size) * 8};
        if (size >= 4)
            return {word<std::uint32_t>(at) | word<std::uint32_t>(at + size - 4) << (size - 4) * 8, 0};
        if (size == 0)
            return {};
        return {word<std::uint8_t>(at) | word<std::uint8_t>(at + size / 2) << size / 2 * 8 |
                    word<std::uint8_t>(at + size - 1) << (size - 1) * 8,
                0};
    }
    /// What copyTo() wrote.
    static ShortText at(const char *room) { return {word<std::uint64_t>(room), word<std::uint64_t>(room + 8)}; }
    /// Writes kMost bytes.
    void copyTo(char *room) const
    {
        std::memcpy(room, &low, sizeof low);
        std::memcpy(room + sizeof low, &high, sizeof high);
    }
    friend bool operator==(const ShortText &a, const ShortText &b)
    {
        return ((a.low ^ b.low) | (a.high ^ b.high)) == 0;
    }

private:
    template<typename Word>
    static std::uint64_t word(const char *at)
    {
        Word read = 0;
        std::memcpy(&read, at, sizeof read);
        return read;
    }
};

} // namespace telltale
