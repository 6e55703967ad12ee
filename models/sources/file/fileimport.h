// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/file/requestfile.h"
#include "models/sources/requesthandler.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace telltale {

/// What became of files.
struct ImportResult
{
    std::uint64_t files = 0;    ///< read to their end
    std::uint64_t requests = 0; ///< found in them
    std::uint64_t records = 0;  ///< stored
    std::uint64_t repeats = 0;  ///< requests that were there already
    std::uint64_t rejected =
        0; ///< records and lines left out of requests that were stored; why, say the counters
    std::uint64_t refused = 0; ///< requests of which nothing was stored
    CounterSet counters;
    std::string lastRefusal; ///< why; empty: none
    /// Files that could not be read to their end, and the sentence that says why. What came before is stored.
    std::vector<std::pair<std::string, std::string>> problems;
    std::string firstBadFile; ///< whose line is not JSON, with its number
    std::uint64_t firstBadLine = 0;
    bool isCancelled =
        false; ///< stopped before the end; each request that was on its way is stored whole or not at all
    /// What became of more files.
    void add(const ImportResult &other);
    bool isWhole() const { return problems.empty() && rejected == 0 && refused == 0 && !isCancelled; }
};

struct ImportProgress
{
    std::string file;
    std::uint64_t consumed = 0, size = 0; ///< bytes of all files so far and to the end; size 0: not known
    std::uint64_t records = 0;            ///< stored
};

struct ImportOptions
{
    FileForm form;
    /// Takes in again what is there already. Else each request is recognised by its bytes however late it comes again, so
    /// that a file can be imported again after a part of it was, and brings only what is missing.
    bool isAgain = false;
    std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>();
    std::function<void(const ImportProgress &)> progress; ///< after each request handed up; must be quick
};

/// Hands the requests of files to `handler`, some at a time, and waits until the last is answered. While the handler is busy or
/// its disk full they are sent again, for a minute each. Blocks; `isCancelled` may be set from any thread and ends it soon.
/// Memory does not grow with the files.
ImportResult importFiles(const std::vector<std::string> &files, const ImportOptions &options,
                         RequestHandler &handler, const std::atomic<bool> &isCancelled);

/// Likewise for requests that `give` hands to its argument, one after the other, until that is false.
ImportResult importRequests(const std::function<void(const std::function<bool(ReceivedRequest &&)> &hand)> &give, const ImportOptions &options,
                            RequestHandler &handler, const std::atomic<bool> &isCancelled);

} // namespace telltale
