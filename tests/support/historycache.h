// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"
#include "tests/support/historygenerator.h"

#include <filesystem>
#include <vector>

namespace telltale::test {

/// How filling went.
struct HistoryFill
{
    std::uint64_t records = 0;
    double seconds = 0;        ///< of the whole; 0 when the file was there already
    std::vector<double> rates; ///< records a second while each whole million came in
};

/// A cache at `path` with the history of `shape`, written through the real way in without the network: decoded, redacted,
/// grouped and committed durably by the pipeline. A file that already holds so many records is taken as it is, so that
/// a hundred million need to be written once only. Errors as CacheWriter. Cost: about a second a million.
Result<HistoryFill> fillHistory(const std::filesystem::path &path, const HistoryShape &shape);

} // namespace telltale::test
