// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace telltale {

/// a == b, for texts of some words that are mostly equal when their lengths are: two loads instead of a call.
inline bool isSameText(std::string_view a, std::string_view b)
{
    const std::size_t size = a.size();
    if (size != b.size())
        return false;
    const auto isSame = [&]<typename Word>(std::size_t at, Word x) {
        Word y = 0;
        std::memcpy(&x, a.data() + at, sizeof x);
        std::memcpy(&y, b.data() + at, sizeof y);
        return x == y;
    };
    if (size > 32)
        return std::memcmp(a.data(), b.data(), size) == 0;
    if (size >= 8) { // the last word overlaps the one before
        for (std::size_t at = 0; at + 8 <= size; at += 8) {
            if (!isSame(at, std::uint64_t{}))
                return false;
        }
        return isSame(size - 8, std::uint64_t{});
    }
    if (size >= 4)
        return isSame(0, std::uint32_t{}) && isSame(size - 4, std::uint32_t{});
    for (std::size_t at = 0; at < size; ++at) {
        if (a[at] != b[at])
            return false;
    }
    return true;
}

} // namespace telltale
