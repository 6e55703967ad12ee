// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/changelog.h"
#include "models/store/segmentcodec.h"
#include "models/telemetry/time.h"

#include <cstdint>
#include <vector>

namespace telltale {

/// A usage event on its way to the rollups.
struct RolledEvent
{
    std::int64_t time = 0; ///< ns
    DictionaryId feature = 0;
    UserId user = 0;
    SessionId session = 0;
};

/// What one transaction will write: everything decided and encoded, nothing of it in the cache yet. Made by a
/// CommitPreparer, written by a CacheWriter.
struct CommitContent
{
    ChangeLog changes;
    std::vector<EncodedSegment> segments;
    std::vector<RolledEvent> events;
    std::uint64_t records = 0; ///< stored
    std::uint64_t repeats = 0; ///< deliveries recognised
    /// Of the stored record times, ns; first > last: there are none.
    std::int64_t first = Instant::max().ns, last = Instant::min().ns;
    std::int64_t longestSession = 0;
};

} // namespace telltale
