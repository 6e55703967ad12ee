// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace telltale {

/// What a stored set (IdSet) holds, looked at where it lies: nothing of it is kept.
struct StoredIds
{
    std::uint64_t count = 0;
    bool isFine = true; ///< false: the bytes are no set, and the rest says nothing

    /// Counts the ids, and appends those of them that are in `some`, which rises, to `found`. Cost: a quarter of a nanosecond
    /// an id of a list, some nanoseconds 65,536 ids of a bitmap, and a few for each of `some`.
    static StoredIds look(std::string_view bytes, std::span<const std::uint32_t> some,
                          std::vector<std::uint32_t> &found);
};

} // namespace telltale
