// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/cachereader.h"
#include "models/store/rollupcodec.h"
#include "models/telemetry/recordbatch.h"
#include "models/telemetry/time.h"

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

/// What dealing needs to know beside the records. A value: any thread may deal.
struct DealingRules
{
    std::vector<std::uint32_t> editions; ///< of each origin that a record has, by its id
    std::int64_t minutesFrom = 0;        ///< minutes of All are made from here on (see rowOf()), quarters before
    std::vector<TimeRange> gaps;         ///< records in them are left out
};

/// A new part of a finest bucket (of minutes: of the row that begins with it), not sealed yet.
struct DealtPart
{
    RollupFamily family = RollupFamily::All;
    RollupLevel level = RollupLevel::Quarter;
    std::int64_t bucket = 0;
    EncodedRollup encoded;
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
    std::span<const RollupRecord> records() const { return m_records; }
    std::size_t size() const { return m_records.size(); }
    void clear() { m_records.clear(); }

    /// A part for each row that gets any of the records, each family and row once.
    std::vector<DealtPart> deal(const DealingRules &rules) const;

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
    std::vector<DealtPart> makeParts(const CellTable &table, std::span<const std::uint32_t> cellOf,
                                     std::span<const std::uint32_t> recordOf) const;

    std::vector<RollupRecord> m_records;
};

} // namespace telltale
