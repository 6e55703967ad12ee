// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/rollupcodec.h"
#include "models/store/sqlite.h"

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace telltale {

/// The key of a row: family, level, bucket and part in this order, so that the buckets of one family and level lie side by
/// side in the file.
std::int64_t rollupKey(RollupFamily family, RollupLevel level, std::int64_t bucket, std::uint32_t part);
std::int64_t bucketOfRollupKey(std::int64_t key);
/// Throws Damaged.
RollupLevel levelOfRollupKey(std::int64_t key);
inline constexpr std::uint32_t kLastRollupPart = 0xffff;

/// The rows of rollups, for the writer: a bucket of minutes is the first one of its row here, and the subject of a cell says
/// how many minutes after that one it is. Functions throw and run inside the caller's transaction.
class RollupTable
{
public:
    explicit RollupTable(Database &database);

    /// Appends a part, not sealed yet, to what the bucket has; returns how many it has then.
    std::uint32_t append(RollupFamily family, RollupLevel level, std::int64_t bucket, EncodedRollup &encoded);
    /// Puts `cells` in the place of all parts; none: removes them.
    void replace(RollupFamily family, RollupLevel level, std::int64_t bucket,
                 std::span<const RollupCell> cells);
    void remove(RollupFamily family, RollupLevel level, std::int64_t fromBucket, std::int64_t toBucket);

    /// All parts of the buckets [from, to) as one, cell by cell, with what a bucket `into` that level holds.
    std::vector<RollupCell> merged(RollupFamily family, RollupLevel level, std::int64_t fromBucket,
                                   std::int64_t toBucket, RollupLevel into);
    std::uint32_t partsOf(RollupFamily family, RollupLevel level, std::int64_t bucket);
    /// After a rollback.
    void forget() { m_parts.clear(); }

private:
    void insert(RollupFamily family, RollupLevel level, std::int64_t bucket, std::uint32_t part,
                EncodedRollup &encoded);

    Statement m_insert, m_last, m_count, m_remove, m_read;
    /// How many parts buckets have, by the key of their first: late records come back to the same ones.
    std::unordered_map<std::int64_t, std::uint32_t> m_parts;
};

} // namespace telltale
