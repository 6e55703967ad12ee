// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/time.h"

#include <array>
#include <cstdint>
#include <limits>

namespace telltale {

/// How wide the buckets of rollups are, all aligned to UTC. Each is a whole number of the one before.
///
/// Quarters of an hour serve every zone there is (Asia/Kathmandu is 5:45 ahead), four hours make a local day of a zone of
/// whole hours nine buckets instead of twenty-four, and the coarse ones keep "everything" a matter of few buckets.
/// There are no seconds: what is asked by the second is a few minutes long, and scanning those costs less than a bucket a
/// second would on the way in.
enum class RollupLevel : std::uint8_t { Minute, Quarter, Hour, FourHours, Day, SixteenDays, SixtyFourDays };
inline constexpr std::size_t kRollupLevels = 7;

/// What the cells of a bucket are about.
enum class RollupFamily : std::uint8_t {
    All,       ///< everything; subject 0
    Feature,   ///< usage events by feature; 0: those without one
    Screen,    ///< screen views by screen
    Operation, ///< spans by name
    ErrorGroup ///< errors by group
};
inline constexpr std::size_t kRollupFamilies = 5;

inline constexpr std::int64_t kRollupSecond = 1'000'000'000;

/// Nanoseconds.
constexpr std::int64_t widthOf(RollupLevel level)
{
    constexpr std::array<std::int64_t, kRollupLevels> kSeconds = {60,     900,         3600,       14'400,
                                                                  86'400, 16 * 86'400, 64 * 86'400};
    return kSeconds[static_cast<std::size_t>(level)] * kRollupSecond;
}

/// Which bucket holds `time`: time / width, rounded down also before 1970.
constexpr std::int64_t bucketOf(std::int64_t time, RollupLevel level)
{
    const std::int64_t width = widthOf(level);
    return time / width - (time % width < 0 ? 1 : 0);
}

/// Where a bucket begins; the end of time when that lies beyond it.
constexpr std::int64_t bucketStart(std::int64_t bucket, RollupLevel level)
{
    std::int64_t start = 0;
    if (__builtin_mul_overflow(bucket, widthOf(level), &start))
        return bucket < 0 ? std::numeric_limits<std::int64_t>::min()
                          : std::numeric_limits<std::int64_t>::max();
    return start;
}

/// The first bucket that begins at `time` or later.
constexpr std::int64_t firstBucketFrom(std::int64_t time, RollupLevel level)
{
    return bucketOf(time, level) + (time % widthOf(level) == 0 ? 0 : 1);
}

constexpr RollupLevel finer(RollupLevel level)
{
    return static_cast<RollupLevel>(static_cast<std::uint8_t>(level) - 1);
}

/// The finest buckets a family has. Minutes are kept for All alone, and for some days: the others have hundreds of cells
/// a bucket, and whoever asks for features by the minute asks for a range that is scanned at once.
constexpr RollupLevel finestLevel(RollupFamily family)
{
    return family == RollupFamily::All ? RollupLevel::Minute : RollupLevel::Quarter;
}

/// Minutes are stored a quarter of an hour to a row: late records are strewn over days, and a row for each minute that gets
/// one of them costs more than the records do.
inline constexpr std::int64_t kMinutesInRow = 15;

/// The first bucket of the row that holds a bucket.
constexpr std::int64_t rowOf(RollupLevel level, std::int64_t bucket)
{
    const std::int64_t rest = level == RollupLevel::Minute ? bucket % kMinutesInRow : 0;
    return bucket - (rest < 0 ? rest + kMinutesInRow : rest);
}

/// Whether the buckets hold distinct ids beside counts. A feature's users of an hour are hardly fewer than those of its
/// four quarters, so sets of many cells are kept where they shrink or where there are few cells less: not of hours. Four
/// hours are what local days are made of.
constexpr bool hasIds(RollupFamily family, RollupLevel level)
{
    if (family == RollupFamily::Operation)
        return false;
    if (family == RollupFamily::All || family == RollupFamily::ErrorGroup)
        return true;
    return level >= RollupLevel::Quarter && level != RollupLevel::Hour;
}

/// Whether the buckets hold every duration: of spans in All, of screen views in Screen. Where spans of any length of time are
/// asked about, they are asked about by the day.
constexpr bool hasValues(RollupFamily family, RollupLevel level)
{
    if (family == RollupFamily::All)
        return level <= RollupLevel::Day;
    return family == RollupFamily::Screen && hasIds(family, level);
}

} // namespace telltale
