// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/bytestream.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// A column of integers in the smallest of four shapes, each of which decodes by straight loops:
/// constant (costs nothing a row), runs, codes into a table of at most 65536 distinct values, or fixed-width offsets from
/// the smallest value in the widest unit (1, 10^3, 10^6, 10^9) that divides them all. Not compressed: it is scanned.
/// `absent` is a value that stands apart from the rest (-1, 0) and does not widen the offsets.
void appendNumberColumn(std::string &out, std::span<const std::int64_t> values,
                        std::optional<std::int64_t> absent = std::nullopt);
void appendNumberColumn(std::string &out, std::span<const std::uint32_t> values);

/// Reads `count` values. Throws Damaged, also when a value does not fit the element.
void readNumberColumn(ByteReader &in, std::size_t count, std::vector<std::int64_t> &values);
void readNumberColumn(ByteReader &in, std::size_t count, std::vector<std::uint32_t> &values);
void readNumberColumn(ByteReader &in, std::size_t count, std::vector<std::uint8_t> &values);
/// The same into memory that is there: as many values as it has room for.
void readNumberColumn(ByteReader &in, std::span<std::int64_t> values);
void readNumberColumn(ByteReader &in, std::span<std::uint32_t> values);
void readNumberColumn(ByteReader &in, std::span<std::uint8_t> values);
/// The value of a stored column that has one value only; looks at its first bytes. Throws Damaged.
std::optional<std::int64_t> constantOf(std::string_view stored);
/// The bytes of a stored column that has one a row, and the value that each byte stands for, those that do not occur among them.
/// Empty when it has another form or values that are no ids. Throws Damaged.
std::span<const std::uint8_t> bytesOf(std::string_view stored, std::size_t count,
                                      std::span<std::uint32_t, 256> values);

/// A column of doubles, given and returned as their bits: byte 255, 8 bytes each; or, when that loses no bit of any value,
/// byte d and a number column of value * 10^d.
void appendDoubleColumn(std::string &out, std::span<const std::uint64_t> bits);
void readDoubleColumn(ByteReader &in, std::size_t count, std::vector<std::int64_t> &bits);

} // namespace telltale
