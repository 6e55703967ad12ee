// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/rollupcolumns.h"
#include "models/telemetry/time.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace telltale {

/// Covers stretches of time with the largest buckets there are, without one bucket in two stretches. Pure arithmetic: what
/// is there it asks.
class RollupCover
{
public:
    /// Reads the buckets [from, to) of a level; calls `take(bucket)` for each that is there.
    using Take = std::function<void(std::int64_t bucket)>;
    using Read = std::function<bool(RollupLevel level, std::int64_t from, std::int64_t to, const Take &take)>;

    /// `stretches` in order of time, apart from each other, each finite. Minutes are read from `minutesFrom` on, if the family
    /// has them. Only levels that have all `parts` (RollupParts) are read. Stops and gives false when `read` does.
    bool run(RollupFamily family, unsigned parts, Instant minutesFrom, std::vector<TimeRange> stretches,
             const Read &read);
    /// What no bucket can cover: edges finer than the finest buckets. In order of time.
    const std::vector<TimeRange> &rest() const { return m_rest; }

private:
    std::vector<TimeRange> m_rest;
};

/// The whole days (UTC) in a range; empty, at its end, when there are less than two.
TimeRange wholeDays(TimeRange range);
/// The edges of up to three stretches: before these days, they themselves, and behind them.
std::vector<std::int64_t> edgesAround(TimeRange days, TimeRange range);

/// `ranges` without `holes`; both in order of time.
std::vector<TimeRange> without(std::span<const TimeRange> ranges, std::span<const TimeRange> holes);

} // namespace telltale
