// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/changelog.h"
#include "models/store/rollupcollector.h"
#include "models/store/segmentcodec.h"
#include "models/telemetry/time.h"

#include <cstdint>
#include <vector>

namespace telltale {

/// What one transaction will write: everything decided and encoded, nothing of it in the cache yet. Made by a
/// CommitPreparer, written by a CacheWriter.
struct CommitContent
{
    ChangeLog changes;
    std::vector<EncodedSegment> segments;
    std::vector<RollupRecord> rollups;
    std::uint64_t records = 0; ///< stored
    std::uint64_t repeats = 0; ///< deliveries recognised
    /// Of the stored record times, ns; first > last: there are none.
    std::int64_t first = Instant::max().ns, last = Instant::min().ns;
    std::int64_t longestSession = 0;
    std::int64_t newestArrival = 0; ///< ns
};

} // namespace telltale
