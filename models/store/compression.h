// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace telltale {

/// zstd at level 1, used only where it saves at least an eighth. A packed block is
/// varint stored size, varint raw size (0: stored as it is), bytes.
void appendPacked(std::string &out, std::string_view raw);

/// The size appendPacked() would write without compressing is at most this much more than the raw size.
inline constexpr std::size_t kLargestUnpacked = std::size_t{256} << 20;

class ByteReader;
/// The raw bytes of the packed block `in` stands at; a view of the input when it is not compressed, else of `buffer`.
/// Throws Damaged.
std::string_view readPacked(ByteReader &in, std::string &buffer);

/// xxh3 of 64 bits, chained through `seed`.
std::int64_t checksumOf(std::string_view data, std::uint64_t seed);

} // namespace telltale
