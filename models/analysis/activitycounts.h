// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/analysis/distinct.h"
#include "models/analysis/recordrow.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace telltale {

/// What one lane of a scan has seen, by bucket.
struct alignas(64) ActivityCounts
{
    std::vector<ActivityRow> rows;
    DistinctPairs users, sessions;

    /// Each lane of a scan has them all: of so many buckets at most.
    static constexpr std::size_t kMostInLanes = 100'000;

    void add(std::uint32_t bucket, const RecordRow &row)
    {
        ActivityRow &at = rows[bucket];
        at.events += row.kind == RecordKind::UsageEvent;
        at.screenViews += row.kind == RecordKind::ScreenView;
        at.errors += row.kind == RecordKind::Error;
        if (row.user != 0 && users.insert(bucket, row.user))
            ++at.users;
        if (row.session != 0 && sessions.insert(bucket, row.session))
            ++at.sessions;
    }
    void add(const ActivityCounts &other)
    {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            rows[i].events += other.rows[i].events;
            rows[i].screenViews += other.rows[i].screenViews;
            rows[i].errors += other.rows[i].errors;
        }
        const auto same = [](std::uint32_t bucket) { return bucket; };
        users.add(other.users, same,
                  [this](std::uint32_t bucket, std::size_t count) { rows[bucket].users += count; });
        sessions.add(other.sessions, same,
                     [this](std::uint32_t bucket, std::size_t count) { rows[bucket].sessions += count; });
    }
};

} // namespace telltale
