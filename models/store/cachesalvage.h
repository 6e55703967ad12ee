// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace telltale {

/// What came over from a damaged cache.
struct SalvageReport
{
    std::uint64_t records = 0;     ///< saved, errors among them
    std::uint64_t lostRecords = 0; ///< that the cache knew of beside them
    std::uint64_t segments = 0, lostSegments = 0;
    std::uint64_t sessions = 0;
    std::uint64_t remadeSessions = 0; ///< of those: known from their records alone; they are called "(lost 17)"
    std::uint64_t lostTexts = 0;      ///< names, users and the like that records name and nothing tells; likewise "(lost 17)"
    std::vector<std::string> notes;   ///< what else was lost, a sentence each
};

/// Makes a cache of all that can be read of a damaged one, which stays as it is. Every segment, name and user has a check and is left out when
/// it fails; of other tables whatever SQLite can read is taken. Sessions that were lost are made again of their records, rollups in the
/// background once somebody writes the new cache. `out` must not exist; it is there whole or not at all, 0600. `progress(done, total)`
/// returns false to stop.
///
/// Errors: NotFound; Unsupported (no cache, a newer one), Damaged when the table of contents is; Busy while somebody writes the damaged
/// one; InvalidArgument when `out` exists; Cancelled, NoSpace, Io. Blocks. Cost: reads the damaged cache once and writes as much.
Result<SalvageReport> salvageCache(const std::filesystem::path &damaged, const std::filesystem::path &out,
                                   const std::function<bool(std::uint64_t done, std::uint64_t total)> &progress);

} // namespace telltale
