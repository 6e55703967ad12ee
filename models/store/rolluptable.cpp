// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/rolluptable.h"

#include <algorithm>
#include <deque>

namespace telltale {
namespace {

constexpr unsigned kPartBits = 16, kBucketBits = 36, kLevelBits = 4;
/// Buckets before 1970 sort before the others.
constexpr std::int64_t kBucketBias = std::int64_t{1} << (kBucketBits - 1);
constexpr std::size_t kMostRemembered = 50'000;

} // namespace

std::int64_t rollupKey(RollupFamily family, RollupLevel level, std::int64_t bucket, std::uint32_t part)
{
    auto key = static_cast<std::uint64_t>(family) << kLevelBits | static_cast<std::uint64_t>(level);
    key = key << kBucketBits | static_cast<std::uint64_t>(bucket + kBucketBias);
    return static_cast<std::int64_t>(key << kPartBits | part);
}

std::int64_t bucketOfRollupKey(std::int64_t key)
{
    constexpr std::int64_t kMask = (std::int64_t{1} << kBucketBits) - 1;
    return (key >> kPartBits & kMask) - kBucketBias;
}

RollupLevel levelOfRollupKey(std::int64_t key)
{
    constexpr std::int64_t kMask = (std::int64_t{1} << kLevelBits) - 1;
    const std::int64_t level = key >> (kPartBits + kBucketBits) & kMask;
    if (level >= static_cast<std::int64_t>(kRollupLevels))
        throwDamaged("a rollup of an unknown level");
    return static_cast<RollupLevel>(level);
}

RollupTable::RollupTable(Database &database)
    : m_insert(database, "INSERT INTO rollups (key, counts, users, sessions, others, durations, vals)"
                         " VALUES (:key, :counts, :users, :sessions, :others, :durations, :values)")
    , m_last(database,
             "SELECT key FROM rollups WHERE key >= :from AND key <= :last ORDER BY key DESC LIMIT 1")
    , m_count(database, "SELECT count(*) FROM rollups WHERE key >= :from AND key <= :last")
    , m_remove(database, "DELETE FROM rollups WHERE key >= :from AND key < :to")
    , m_read(database, "SELECT key, counts, users, sessions, others, durations, vals FROM rollups"
                       " WHERE key >= :from AND key < :to ORDER BY key")
{}

void RollupTable::insert(RollupFamily family, RollupLevel level, std::int64_t bucket, std::uint32_t part,
                         EncodedRollup &encoded)
{
    const std::int64_t key = rollupKey(family, level, bucket, part);
    seal(encoded, static_cast<std::uint64_t>(key));
    // Late records make thousands of these at once.
    m_insert.bindAt(1, key)
        .bindBlobAt(2, encoded.counts)
        .bindBlobAt(3, encoded.users)
        .bindBlobAt(4, encoded.sessions)
        .bindBlobAt(5, encoded.others)
        .bindBlobAt(6, encoded.durations)
        .bindBlobAt(7, encoded.values)
        .execute();
    if (m_parts.size() >= kMostRemembered)
        m_parts.clear();
    m_parts[rollupKey(family, level, bucket, 0)] = part + 1;
}

std::uint32_t RollupTable::append(RollupFamily family, RollupLevel level, std::int64_t bucket,
                                  EncodedRollup &encoded)
{
    std::uint32_t part = 0;
    const std::int64_t first = rollupKey(family, level, bucket, 0);
    if (const auto known = m_parts.find(first); known != m_parts.end()) {
        part = known->second;
    } else {
        const StatementScope scope(m_last);
        m_last.bind(":from", first).bind(":last", rollupKey(family, level, bucket, kLastRollupPart));
        if (m_last.step())
            part = static_cast<std::uint32_t>(m_last.integer(0) & kLastRollupPart) + 1;
    }
    if (part > kLastRollupPart)
        throw StoreFailure{Error{Error::Code::Io, "a rollup has too many parts"}};
    insert(family, level, bucket, part, encoded);
    return part + 1;
}

void RollupTable::replace(RollupFamily family, RollupLevel level, std::int64_t bucket,
                          std::span<const RollupCell> cells)
{
    remove(family, level, bucket, bucket + 1);
    if (cells.empty())
        return;
    EncodedRollup encoded = encodeRollup(cells, family, level, bucket);
    insert(family, level, bucket, 0, encoded);
}

void RollupTable::remove(RollupFamily family, RollupLevel level, std::int64_t fromBucket,
                         std::int64_t toBucket)
{
    if (toBucket - fromBucket == 1)
        m_parts.erase(rollupKey(family, level, fromBucket, 0));
    else
        m_parts.clear();
    m_remove.bind(":from", rollupKey(family, level, fromBucket, 0))
        .bind(":to", rollupKey(family, level, toBucket, 0))
        .execute();
}

std::uint32_t RollupTable::partsOf(RollupFamily family, RollupLevel level, std::int64_t bucket)
{
    const StatementScope scope(m_count);
    m_count.bind(":from", rollupKey(family, level, bucket, 0))
        .bind(":last", rollupKey(family, level, bucket, kLastRollupPart));
    m_count.step();
    return m_count.id(0);
}

std::vector<RollupCell> RollupTable::merged(RollupFamily family, RollupLevel level, std::int64_t fromBucket,
                                            std::int64_t toBucket, RollupLevel into)
{
    std::deque<std::array<std::string, 6>> blobs; // what the columns point into
    std::vector<RollupColumns> parts;
    const StatementScope scope(m_read);
    m_read.bind(":from", rollupKey(family, level, fromBucket, 0))
        .bind(":to", rollupKey(family, level, toBucket, 0));
    const unsigned ids = hasIds(family, into) ? RollupUsers | RollupSessions | RollupOtherIds : 0U;
    const unsigned values = hasValues(family, into) ? RollupValues : 0U;
    const bool isRead[] = {true, ids != 0, ids != 0, ids != 0, true, values != 0};
    while (m_read.step()) {
        const std::int64_t key = m_read.integer(0);
        auto &kept = blobs.emplace_back();
        for (std::size_t column = 0; column < kept.size(); ++column) {
            if (isRead[column])
                kept[column] = m_read.bytes(static_cast<int>(column) + 1);
        }
        decodeRollup({kept[0], kept[1], kept[2], kept[3], kept[4], kept[5]}, level, bucketOfRollupKey(key),
                     static_cast<std::uint64_t>(key), RollupTimes | RollupDurations | ids | values,
                     parts.emplace_back());
        // Subjects say which minute of the row a cell is about.
        if (level == RollupLevel::Minute && into != level)
            std::fill(parts.back().subjects.begin(), parts.back().subjects.end(), 0);
    }
    return mergedCells(parts);
}

} // namespace telltale
