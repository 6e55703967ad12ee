// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/rollupbuilder.h"

#include "models/store/readerrows.h"

#include <limits>

namespace telltale {
namespace {

/// Clients hold records back for a while: a bucket rests so long after its end before it is built.
constexpr std::int64_t kRest = 900 * kRollupSecond;
constexpr std::int64_t kMinutesKept = 3 * 86'400 * kRollupSecond;
/// A bucket into which many commits fall gets many parts before it ends; so many are united at once.
constexpr std::uint32_t kMostParts = 16;
constexpr std::size_t kMostRemembered = 100'000;

constexpr RollupLevel levelOf(std::size_t index)
{
    return static_cast<RollupLevel>(index);
}

/// What a bucket with ids and durations is made of: the next finer buckets that have them too.
RollupLevel sourceLevel(RollupFamily family, RollupLevel level)
{
    RollupLevel source = finer(level);
    while ((hasIds(family, level) && !hasIds(family, source)) ||
           (hasValues(family, level) && !hasValues(family, source)))
        source = finer(source);
    return source;
}

} // namespace

RollupBuilder::RollupBuilder(Database &database, RollupTable &table)
    : m_table(table)
    , m_addDue(database, "INSERT OR IGNORE INTO rollup_due (level, bucket) VALUES (:level, :bucket)")
    , m_removeDue(database, "DELETE FROM rollup_due WHERE level = :level AND bucket = :bucket")
    , m_firstDue(database, "SELECT bucket FROM rollup_due WHERE level = :level AND bucket < :before"
                           " ORDER BY bucket LIMIT 1")
    , m_readMinutes(database, "SELECT minutes_from, change FROM rollup_state")
    , m_writeMinutes(database, "UPDATE rollup_state SET minutes_from = :from")
    , m_writeChange(database, "UPDATE rollup_state SET change = :change")
    , m_writeDropped(database, "UPDATE rollup_state SET dropped = :change")
    , m_changeDay(database, "INSERT INTO rollup_changes (day, change) VALUES (:day, :change)"
                            " ON CONFLICT (day) DO UPDATE SET change = excluded.change")
{
    forget();
}

void RollupBuilder::forget()
{
    m_due.clear();
    m_takenQuarters.clear();
    m_table.forget();
    const StatementScope scope(m_readMinutes);
    if (!m_readMinutes.step())
        throwDamaged("the cache has lost the state of its rollups");
    m_minutesFrom = m_readMinutes.integer(0);
    m_change = m_readMinutes.integer(1);
    m_changedDays.clear();
}

void RollupBuilder::beginChange()
{
    m_changedDays.clear();
    m_writeChange.bind(":change", ++m_change).execute();
}

void RollupBuilder::noteChange(std::int64_t day)
{
    if (m_changedDays.insert(day).second)
        m_changeDay.bind(":day", day).bind(":change", m_change).execute();
}

void RollupBuilder::makeDue(RollupLevel level, std::int64_t bucket)
{
    if (m_due.size() > kMostRemembered) {
        m_due.clear();
        m_takenQuarters.clear();
    }
    m_due.emplace(level, bucket);
    m_addDue.bind(":level", static_cast<int>(level)).bind(":bucket", bucket).execute();
}

void RollupBuilder::land(DealtPart &part)
{
    auto &[family, level, bucket, encoded] = part;
    const std::uint32_t parts = m_table.append(family, level, bucket, encoded);
    if (parts >= kMostParts)
        unite(family, level, bucket);
    else if (parts > 1 && !m_due.contains({level, bucket}))
        makeDue(level, bucket);
    // All has something wherever another family has: it takes away for all of them.
    if (family != RollupFamily::All)
        return;
    const std::int64_t start = bucketStart(bucket, level);
    noteChange(bucketOf(start, RollupLevel::Day));
    for (std::size_t above = static_cast<std::size_t>(level) + 1; above < kRollupLevels; ++above) {
        const RollupLevel at = levelOf(above);
        const std::int64_t over = bucketOf(start, at);
        // A quarter may be due for another reason: as one of several parts.
        if (m_due.contains({at, over}) && (at > RollupLevel::Quarter || m_takenQuarters.contains(over)))
            return; // and so is everything above it
        makeDue(at, over);
        if (at == RollupLevel::Quarter)
            m_takenQuarters.insert(over);
        for (std::size_t each = 0; each < kRollupFamilies; ++each) {
            const auto built = static_cast<RollupFamily>(each);
            if (at > finestLevel(built))
                m_table.remove(built, at, over, over + 1);
        }
    }
}

void RollupBuilder::drop(TimeRange range)
{
    beginChange();
    m_writeDropped.bind(":change", m_change).execute();
    for (std::size_t index = 0; index < kRollupLevels; ++index) {
        const RollupLevel level = levelOf(index);
        const std::int64_t first = bucketOf(range.from.ns, level);
        const std::int64_t last = bucketOf(lastOf(range).ns, level);
        for (std::size_t family = 0; family < kRollupFamilies; ++family)
            m_table.remove(static_cast<RollupFamily>(family), level, first, last + 1);
        if (level > RollupLevel::Quarter) {
            makeDue(level, first);
            makeDue(level, last);
        }
    }
}

std::optional<std::int64_t> RollupBuilder::firstDue(RollupLevel level, std::int64_t beforeTime)
{
    const StatementScope scope(m_firstDue);
    m_firstDue.bind(":level", static_cast<int>(level))
        .bind(":before", rowOf(level, bucketOf(beforeTime, level)));
    return m_firstDue.step() ? std::optional(m_firstDue.integer(0)) : std::nullopt;
}

bool RollupBuilder::step(Instant now, std::optional<TimeRange> &damaged)
{
    if (now.ns < std::numeric_limits<std::int64_t>::min() + kMinutesKept + kRest)
        return false;
    // Finer ones first: a bucket's children are all there when its turn comes.
    for (std::size_t index = 0; index < kRollupLevels; ++index) {
        const RollupLevel level = levelOf(index);
        const auto bucket = firstDue(level, now.ns - kRest);
        if (!bucket)
            continue;
        try {
            build(level, *bucket);
        } catch (const StoreFailure &problem) {
            if (problem.error.code != Error::Code::Damaged)
                throw;
            damaged = {{bucketStart(*bucket, level)}, {bucketStart(*bucket + 1, level)}};
        }
        m_removeDue.bind(":level", index).bind(":bucket", *bucket).execute();
        m_due.erase({level, *bucket});
        if (level == RollupLevel::Quarter)
            m_takenQuarters.erase(*bucket);
        return true;
    }
    return fold(now);
}

void RollupBuilder::build(RollupLevel level, std::int64_t bucket)
{
    for (std::size_t index = 0; index < kRollupFamilies; ++index) {
        const auto family = static_cast<RollupFamily>(index);
        if (level < finestLevel(family))
            continue;
        const bool isFolded = level == RollupLevel::Quarter && bucketStart(bucket, level) < m_minutesFrom;
        if (level == finestLevel(family) || isFolded)
            unite(family, level, bucket);
        else
            buildFamily(family, level, bucket);
    }
}

void RollupBuilder::buildFamily(RollupFamily family, RollupLevel level, std::int64_t bucket)
{
    const RollupLevel source = sourceLevel(family, level);
    const std::int64_t share = widthOf(level) / widthOf(source);
    m_table.replace(
        family, level, bucket,
        m_table.merged(family, source, bucket * share, (bucket + 1) * share, level));
}

void RollupBuilder::unite(RollupFamily family, RollupLevel level, std::int64_t bucket)
{
    if (m_table.partsOf(family, level, bucket) > 1)
        m_table.replace(family, level, bucket,
                        m_table.merged(family, level, bucket, bucket + 1, level));
}

/// All quarters up to there are built: step() comes here when nothing is due.
bool RollupBuilder::fold(Instant now)
{
    const std::int64_t until =
        bucketStart(bucketOf(now.ns - kMinutesKept, RollupLevel::Day), RollupLevel::Day);
    if (until <= m_minutesFrom)
        return false;
    m_table.remove(RollupFamily::All, RollupLevel::Minute, bucketOf(m_minutesFrom, RollupLevel::Minute),
                   bucketOf(until, RollupLevel::Minute));
    m_minutesFrom = until;
    m_writeMinutes.bind(":from", until).execute();
    return true;
}

} // namespace telltale
