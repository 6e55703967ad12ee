// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace telltale {

/// What a look at every byte of a cache found.
struct CacheCheck
{
    std::uint64_t segments = 0, records = 0, rollups = 0;
    std::uint64_t damagedSegments = 0, damagedRecords = 0, damagedRollups = 0;
    std::vector<std::string> problems; ///< in words; empty: the cache is sound

    bool isSound() const { return problems.empty(); }
};

/// Checks the database file, every segment and rollup against its checksum and its columns, and the number of records.
/// Writes nothing, also while another process writes. `progress(done, total)` returns false to stop. Errors: NotFound,
/// Unsupported (no cache, a newer one), Cancelled, Io. Cost: reads the whole file.
Result<CacheCheck> checkCache(const std::filesystem::path &path,
                              const std::function<bool(std::uint64_t done, std::uint64_t total)> &progress);

} // namespace telltale
