// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/editionwriter.h"
#include "models/store/rollupcodec.h"
#include "models/telemetry/recordbatch.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace telltale {

/// What rollups need to know about a record.
struct RollupRecord
{
    std::int64_t time = 0;
    std::uint64_t subject = 0; ///< of its family: feature, screen, operation or group
    std::int64_t duration = kNoDuration;
    UserId user = 0;
    SessionId session = 0;
    OriginId origin = 0;
    RecordKind kind = RecordKind::Log;
    std::uint8_t severity = 0;
    bool isUnhandled = false; ///< of an error; of a bound: its session crashed
};

/// Records in memory, in no order, until they are made into parts of the finest buckets.
/// Cost: about 40 bytes a record; making parts is a few passes over them without sorting any but distinct ids.
class RollupCollector
{
public:
    void add(const RollupRecord &record) { m_records.push_back(record); }
    void add(std::span<const RollupRecord> records)
    {
        m_records.insert(m_records.end(), records.begin(), records.end());
    }
    std::size_t size() const { return m_records.size(); }
    void clear() { m_records.clear(); }

    using Write = std::function<void(RollupFamily family, RollupLevel level, std::int64_t bucket,
                                     std::span<const RollupCell> cells)>;
    /// Calls `write` with the cells of each row that got any, each family and row once, and forgets all records.
    /// Minutes of All are made from `minutesFrom` on (see rowOf()), quarters before. Records for which `isLeftOut(time)` are not in.
    void makeParts(EditionWriter &editions, std::int64_t minutesFrom,
                   const std::function<bool(std::int64_t)> &isLeftOut, const Write &write);

private:
    struct CellKey
    {
        std::int64_t bucket = 0;
        std::uint64_t subject = 0;
        std::uint32_t edition = 0;
        RollupFamily family = RollupFamily::All;
        RollupLevel level = RollupLevel::Quarter;
        friend bool operator==(const CellKey &, const CellKey &) = default;
    };
    class CellTable;
    void makeCells(const CellTable &table, std::span<const std::uint32_t> cellOf,
                   std::span<const std::uint32_t> recordOf, const Write &write);

    std::vector<RollupRecord> m_records;
};

} // namespace telltale
