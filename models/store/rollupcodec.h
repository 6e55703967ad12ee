// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/cachereader.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// The resolutions kept, in seconds.
inline constexpr std::array<std::int64_t, 3> kRollupResolutions = {60, 3600, 86400};

/// start / resolution, rounded down also before 1970.
std::int64_t bucketOf(std::int64_t timeNs, std::int64_t resolution);

/// Usage of one feature (0: all) in one bucket. Ids rise.
struct RollupEntry
{
    DictionaryId feature = 0;
    std::uint64_t events = 0;
    std::vector<std::uint32_t> users, sessions;
};

/// Entries in order of feature: {varint feature, varint events, sized users, sized sessions}..., packed.
std::string encodeRollup(std::span<const RollupEntry> entries);
/// Throws Damaged.
std::vector<RollupEntry> decodeRollup(std::string_view data);
/// Both sides in order of feature.
std::vector<RollupEntry> mergeRollups(std::vector<RollupEntry> a, std::vector<RollupEntry> b);

} // namespace telltale
