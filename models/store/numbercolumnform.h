// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

/// The bytes that number columns (numbercolumn.h) are made of, for those that write and those that read them.
namespace telltale::numbercolumn {

enum Shape : std::uint8_t { Constant = 0, Runs = 1, Codes = 2, Offsets = 3 };

inline constexpr std::array<std::uint64_t, 4> kUnits = {1, 1'000, 1'000'000, 1'000'000'000};
inline constexpr std::size_t kMostCodes = 256;

inline constexpr std::uint8_t kRawDoubles = 255;
inline constexpr std::array<double, 7> kPowers = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000};

} // namespace telltale::numbercolumn
