// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/delivery.h"
#include "models/telemetry/result.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <span>

namespace telltale {

struct CacheOptions
{
    std::filesystem::path path; ///< the SQLite file; its folder is made, mode 0700
    std::chrono::nanoseconds sessionGap =
        std::chrono::minutes(30); ///< a pause as long as this ends a session without id
    std::chrono::nanoseconds deliveryMemory =
        std::chrono::minutes(30);      ///< how long repeats are recognised, by arrival
    std::uint32_t groupingVersion = 1; ///< of the rules that made ErrorDetail::group
};

/// What one commit did, for views and tests.
struct CommitReport
{
    std::uint64_t records = 0; ///< stored
    std::uint64_t repeats = 0; ///< deliveries recognised
    TimeRange touched{
        Instant::max(),
        Instant::min()};        ///< from the first to just after the last stored record time; empty when none
    std::uint64_t sequence = 0; ///< grows with every commit
};

/// The one connection that writes a cache and checkpoints it. A lock file beside the cache keeps other processes from
/// writing; they may read. Used from one thread at a time (the writer thread).
class CacheWriter final
{
public:
    /// Creates the file (mode 0600) or migrates an older one, in one transaction a step.
    /// Errors: Busy (another process writes it; the message names its pid), Damaged, Unsupported (a newer schema), Io.
    static Result<std::unique_ptr<CacheWriter>> open(const CacheOptions &options);
    ~CacheWriter();
    CacheWriter(const CacheWriter &) = delete;
    CacheWriter &operator=(const CacheWriter &) = delete;

    /// Stores all deliveries in one transaction with their sessions, error groups, rollups, source statistics and
    /// counters, and syncs it (WAL, synchronous=FULL). After success everything in it is durable; after an error nothing
    /// of it is stored. Sets Delivery::isRepeat; a repeat counts as a duplicate of its source and as "ingest.repeat", its
    /// own counters are left out. Error: Busy when the disk is full (try again when there is room), Io otherwise.
    Result<CommitReport> commit(std::span<Delivery> deliveries);

    /// Moves the log into the file; cheap when there is little. Called on the writer thread when it is idle.
    Result<void> checkpoint();

private:
    CacheWriter();
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace telltale
