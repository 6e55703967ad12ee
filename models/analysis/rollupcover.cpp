// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/rollupcover.h"

#include <algorithm>
#include <set>

namespace telltale {
namespace {

/// A run of buckets [from, to) and the stretches it goes through.
struct BucketRun
{
    std::int64_t from = 0, to = 0;
};

void append(std::vector<TimeRange> &ranges, std::int64_t from, std::int64_t to)
{
    if (from < to)
        ranges.push_back({{from}, {to}});
}

} // namespace

TimeRange wholeDays(TimeRange range)
{
    const std::int64_t first = firstBucketFrom(range.from.ns, RollupLevel::Day);
    const std::int64_t last = bucketOf(range.to.ns, RollupLevel::Day);
    if (last - first < 2)
        return {range.to, range.to};
    return {{bucketStart(first, RollupLevel::Day)}, {bucketStart(last, RollupLevel::Day)}};
}

std::vector<std::int64_t> edgesAround(TimeRange days, TimeRange range)
{
    std::vector<std::int64_t> edges{range.from.ns, days.from.ns, days.to.ns, range.to.ns};
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    return edges;
}

std::vector<TimeRange> without(std::span<const TimeRange> ranges, std::span<const TimeRange> holes)
{
    std::vector<TimeRange> left;
    for (const TimeRange &range : ranges) {
        std::int64_t at = range.from.ns;
        for (const TimeRange &hole : holes) {
            if (hole.to.ns <= at || hole.from >= range.to)
                continue;
            append(left, at, hole.from.ns);
            at = std::max(at, hole.to.ns);
        }
        append(left, at, range.to.ns);
    }
    return left;
}

bool RollupCover::run(RollupFamily family, unsigned parts, Instant minutesFrom,
                      std::vector<TimeRange> stretches, const Read &read)
{
    m_rest.clear();
    const bool hasMinutes = finestLevel(family) == RollupLevel::Minute;
    for (std::size_t index = kRollupLevels; index-- > 0;) {
        const auto level = static_cast<RollupLevel>(index);
        if (level < finestLevel(family) || !holds(family, level, parts))
            continue;
        // Where minutes begin, a stretch has two halves: before, quarters are the finest.
        const auto isFinest = [&](const TimeRange &stretch) {
            return level == finestLevel(family) ||
                   (hasMinutes && level == RollupLevel::Quarter && stretch.to <= minutesFrom);
        };
        if (level == RollupLevel::Quarter && hasMinutes) {
            std::vector<TimeRange> halves;
            for (const TimeRange &stretch : stretches) {
                const std::int64_t border = std::clamp(minutesFrom.ns, stretch.from.ns, stretch.to.ns);
                append(halves, stretch.from.ns, border);
                append(halves, border, stretch.to.ns);
            }
            stretches = std::move(halves);
        }
        std::vector<BucketRun> runs;
        std::vector<BucketRun> inside(stretches.size());
        for (std::size_t i = 0; i < stretches.size(); ++i) {
            inside[i] = {firstBucketFrom(stretches[i].from.ns, level), bucketOf(stretches[i].to.ns, level)};
            if (inside[i].from >= inside[i].to)
                continue;
            if (!runs.empty() && runs.back().to == inside[i].from)
                runs.back().to = inside[i].to;
            else
                runs.push_back(inside[i]);
        }
        std::vector<std::int64_t> found; // in order, perhaps more than once
        for (const BucketRun &each : runs) {
            if (!read(level, each.from, each.to, [&](std::int64_t bucket) { found.push_back(bucket); }))
                return false;
        }
        std::vector<TimeRange> left;
        for (std::size_t i = 0; i < stretches.size(); ++i) {
            const TimeRange &stretch = stretches[i];
            if (inside[i].from >= inside[i].to) {
                (isFinest(stretch) ? m_rest : left).push_back(stretch);
                continue;
            }
            const std::int64_t begin = bucketStart(inside[i].from, level);
            const std::int64_t end = bucketStart(inside[i].to, level);
            if (isFinest(stretch)) {
                append(m_rest, stretch.from.ns, begin);
                append(m_rest, end, stretch.to.ns);
                continue;
            }
            std::int64_t at = stretch.from.ns;
            for (auto next = std::lower_bound(found.begin(), found.end(), inside[i].from);
                 next != found.end() && *next < inside[i].to; ++next) {
                append(left, at, bucketStart(*next, level));
                at = std::max(at, bucketStart(*next + 1, level));
            }
            append(left, at, stretch.to.ns);
        }
        stretches = std::move(left);
    }
    std::sort(m_rest.begin(), m_rest.end(),
              [](const TimeRange &a, const TimeRange &b) { return a.from < b.from; });
    return true;
}

} // namespace telltale
