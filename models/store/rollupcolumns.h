// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/rolluplevels.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// What cells count. A family leaves out what it does not have.
enum class RollupCount : std::uint8_t {
    Usage,
    Views,
    Errors,
    Unhandled, ///< of the errors
    Logs,
    Bounds,
    Spans,
    Points,
    Severity ///< no count: the highest of the errors
};
inline constexpr std::size_t kRollupCounts = 9;

/// The distinct ids of a cell. Sessions are as they were stored: see CacheReader::sessionAliases() and
/// userAliases().
enum class RollupIds : std::uint8_t {
    Users,
    Sessions,
    Failed,  ///< sessions with an error (All)
    Crashed, ///< sessions with an unhandled error, or that say they crashed (All)
    Nameless ///< sessions of errors that name no user: theirs is the session's (All, ErrorGroup)
};
inline constexpr std::size_t kRollupIds = 5;

/// What of the cells is read, or'ed together; subjects, editions and counts always are.
enum RollupParts : unsigned {
    RollupCountsOnly = 0,
    RollupTimes = 1,
    RollupUsers = 2,
    RollupSessions = 4,
    RollupOtherIds = 8,
    RollupDurations = 16,
    RollupValues = 32,
};

/// Whether buckets of this level have all that is asked for.
constexpr bool holds(RollupFamily family, RollupLevel level, unsigned parts)
{
    constexpr unsigned kIds = RollupUsers | RollupSessions | RollupOtherIds;
    return ((parts & kIds) == 0 || hasIds(family, level)) &&
           ((parts & RollupValues) == 0 || hasValues(family, level));
}

/// The cells of one stored part of a bucket, column by column, in order of subject and edition. A column that says nothing
/// is empty.
struct RollupColumns
{
    std::vector<std::uint64_t> subjects;
    std::vector<std::uint32_t> editions; ///< CacheReader::editions()
    std::array<std::vector<std::uint64_t>, kRollupCounts> counts;
    std::vector<std::int64_t> firsts,
        lasts; ///< of the records counted, spans and points aside; first > last: none
    std::array<std::vector<std::string_view>, kRollupIds> ids; ///< for IdUnion
    std::vector<std::string_view> durations;                   ///< for DurationHistogram
    std::vector<std::string_view> values;                      ///< for DurationPile

    std::size_t size() const { return subjects.size(); }
    std::uint64_t count(RollupCount which, std::size_t cell) const
    {
        const auto &column = counts[static_cast<std::size_t>(which)];
        return column.empty() ? 0 : column[cell];
    }
    std::string_view idsOf(RollupIds which, std::size_t cell) const
    {
        const auto &column = ids[static_cast<std::size_t>(which)];
        return column.empty() ? std::string_view() : column[cell];
    }
    std::string_view durationsOf(std::size_t cell) const
    {
        return durations.empty() ? std::string_view() : durations[cell];
    }
    std::string_view valuesOf(std::size_t cell) const
    {
        return values.empty() ? std::string_view() : values[cell];
    }
};

/// One product, environment and release: what cells are kept apart by.
struct StoredEdition
{
    std::uint32_t id = 0;
    std::string product, environment, release;
};

} // namespace telltale
