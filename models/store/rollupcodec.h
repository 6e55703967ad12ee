// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/durationhistogram.h"
#include "models/store/rollupcolumns.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// A cell on its way to the disk.
struct RollupCell
{
    std::uint64_t subject = 0;
    std::uint32_t edition = 0;
    std::array<std::uint64_t, kRollupCounts> counts{};
    std::int64_t first = std::numeric_limits<std::int64_t>::max();
    std::int64_t last = std::numeric_limits<std::int64_t>::min();
    std::array<std::string, kRollupIds> ids; ///< IdSet; empty: none
    std::string durations, values;

    std::uint64_t &count(RollupCount which) { return counts[static_cast<std::size_t>(which)]; }
};

/// A part of a bucket as it lies in the file: counts apart from ids, so that who counts reads no ids. Each begins with room
/// for its checksum; an empty one is empty.
struct EncodedRollup
{
    std::string
        counts; ///< varint cells, then each column behind its length: subjects, editions, counts, times
    std::string users, sessions, others, durations, values; ///< a length for each cell, then the bytes
};

/// Cells in order of subject and edition; what the family does not hold at this level is left out. The checksums are missing
/// yet: they are of the row, too.
EncodedRollup encodeRollup(std::span<const RollupCell> cells, RollupFamily family, RollupLevel level,
                           std::int64_t bucket);
/// Puts the checksums in. `seed` is the row's key.
void seal(EncodedRollup &encoded, std::uint64_t seed);

/// The blobs of a row; those not asked for may be left empty. Views in `columns` point into them. Throws Damaged.
struct RollupBlobs
{
    std::string_view counts, users, sessions, others, durations, values;
};
void decodeRollup(const RollupBlobs &blobs, RollupLevel level, std::int64_t bucket, std::uint64_t seed,
                  unsigned parts, RollupColumns &columns);

/// Cells of several parts as one, cell by cell. Throws Damaged.
std::vector<RollupCell> mergedCells(std::span<const RollupColumns> parts);

} // namespace telltale
