// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/cachereader.h"

#include <array>
#include <compare>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace telltale::testing {

/// What a cell of rollups stands for, in plain words.
struct RollupFigures
{
    std::array<std::uint64_t, kRollupCounts> counts{};
    std::set<std::string> users, sessions, failed, crashed;
    std::optional<std::int64_t> first, last;
    std::uint64_t durations = 0;
    double durationSum = 0;
    friend bool operator==(const RollupFigures &, const RollupFigures &) = default;
};
struct RollupPlace
{
    RollupFamily family = RollupFamily::All;
    std::int64_t bucket = 0;
    std::string subject, release;
    friend auto operator<=>(const RollupPlace &, const RollupPlace &) = default;
};
using RollupFigureTable = std::map<RollupPlace, RollupFigures>;

/// Straight loops over all records of the cache, cut into buckets of the level.
RollupFigureTable figuresOfRecords(CacheReader &reader, RollupLevel level);
/// The same from rollups: buckets of this level where they are there, finer ones where not, gaps and what is not rolled up
/// from records. Coarser levels have no part in it. Without ids for families and levels that have none.
/// `tail` counts the records that were looked at.
RollupFigureTable figuresOfRollups(CacheReader &reader, RollupLevel level, std::size_t *tail = nullptr);

} // namespace telltale::testing
