// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/rollupcollector.h"
#include "models/store/rolluptable.h"
#include "models/telemetry/time.h"

#include <optional>
#include <set>
#include <utility>

namespace telltale {

/// Builds what can be made of other buckets: one part of several, coarse buckets of fine ones, and in the end quarters in
/// the place of minutes. What is due is remembered in the file, so a bucket that is neither there nor due holds nothing.
/// A bucket above a late part goes in the same transaction and is due again. Inside the caller's transaction.
class RollupBuilder
{
public:
    RollupBuilder(Database &database, RollupTable &table);

    /// What land() and drop() do until the next call is one change: readers see it by its number.
    void beginChange();
    /// Minutes are kept from here on; quarters are the finest before.
    std::int64_t minutesFrom() const { return m_minutesFrom; }
    /// Writes a new part of a finest bucket, and takes away what was built above it.
    void land(DealtPart &part);
    /// Drops all buckets that touch the range, which is one of whole quarters; those that reach out of it are due again.
    void drop(TimeRange range);

    /// Builds one bucket that ended well before `now`, or folds minutes that became old. False: there is nothing to do.
    /// What turns out to be damaged is told in `damaged`; the caller drops that range. Cost: bounded by one bucket.
    bool step(Instant now, std::optional<TimeRange> &damaged);
    /// After a rollback.
    void forget();

private:
    void noteChange(std::int64_t day);
    void makeDue(RollupLevel level, std::int64_t bucket);
    std::optional<std::int64_t> firstDue(RollupLevel level, std::int64_t beforeTime);
    void build(RollupLevel level, std::int64_t bucket);
    void buildFamily(RollupFamily family, RollupLevel level, std::int64_t bucket);
    void unite(RollupFamily family, RollupLevel level, std::int64_t bucket);
    bool fold(Instant now);

    RollupTable &m_table;
    Statement m_addDue, m_removeDue, m_firstDue, m_readMinutes, m_writeMinutes, m_writeChange, m_writeDropped,
        m_changeDay;
    std::set<std::pair<RollupLevel, std::int64_t>> m_due; ///< those surely in the file; not all of them
    std::set<std::int64_t>
        m_takenQuarters; ///< those due that were surely taken away: late minutes need not do so again
    std::set<std::int64_t> m_changedDays; ///< in the change at hand
    std::int64_t m_minutesFrom = 0, m_change = 0;
};

} // namespace telltale
