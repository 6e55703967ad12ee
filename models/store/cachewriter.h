// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/delivery.h"
#include "models/store/removal.h"
#include "models/telemetry/document.h"
#include "models/telemetry/result.h"
#include "models/telemetry/triage.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

namespace telltale {

struct CacheOptions
{
    std::filesystem::path path; ///< the SQLite file; its folder is made, mode 0700
    std::chrono::nanoseconds sessionGap =
        std::chrono::minutes(30); ///< a pause as long as this ends a session without id
    std::chrono::nanoseconds deliveryMemory =
        std::chrono::minutes(30);                     ///< how long repeats are recognised, by arrival
    std::uint32_t groupingVersion = 1;                ///< of the rules that made ErrorDetail::group
    std::uint64_t lowWater = std::uint64_t{64} << 20; ///< bytes; with less free nothing is stored
    /// Room kept for a full disk, in bytes: twice the log's limit.
    std::uint64_t ballastBytes = std::uint64_t{128} << 20;
    Retention retention; ///< what maintain() keeps to
};

/// The rule nobody has changed: 10 GB or a fifth of what the disk can hold beside other things, whichever is less.
Retention defaultRetention(const std::filesystem::path &cache);

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

/// Deliveries made ready for one transaction: prepared, then sealed, then committed once. Moved between threads, never
/// shared.
class CommitGroup final
{
public:
    CommitGroup();
    ~CommitGroup();
    CommitGroup(CommitGroup &&other) noexcept;
    CommitGroup &operator=(CommitGroup &&other) noexcept;

private:
    friend class CacheWriter;
    struct Private;
    std::unique_ptr<Private> d;
};

/// The one connection that writes a cache and checkpoints it. A lock file beside the cache keeps other processes from
/// writing; they may read.
///
/// Two threads may share the work, so that one group is prepared while the one before is synced: prepare(), seal() and
/// isStale() belong to the preparing thread, all others to the writer thread. Or one thread
/// does it all with commit(span).
class CacheWriter final
{
public:
    /// Creates the file (mode 0600) or migrates an older one, in one transaction a step.
    /// Errors: Busy (another process writes it; the message names its pid), Damaged, Unsupported (a newer schema; an archive), Io.
    static Result<std::unique_ptr<CacheWriter>> open(const CacheOptions &options);
    ~CacheWriter();
    CacheWriter(const CacheWriter &) = delete;
    CacheWriter &operator=(const CacheWriter &) = delete;

    /// Adds deliveries to a group: recognises repeats (sets Delivery::isRepeat), gives ids, finds sessions, encodes full
    /// segments. Writes nothing; the batches are not needed afterwards, unless the group becomes stale. One group is open
    /// at a time. May wait for the group on its way to be committed, when memory must be made. After an error the group
    /// is stale. Errors: Busy (no memory), Io, Damaged.
    Result<void> prepare(CommitGroup &group, std::span<Delivery> deliveries);
    /// Encodes what is left: the group can be committed, as soon as the one before is. Errors as prepare().
    Result<void> seal(CommitGroup &group);
    /// True after a commit that failed: the group counts on what is not there. Prepare the same deliveries again, in a new
    /// group. Ask when no group is on its way.
    bool isStale(const CommitGroup &group) const;

    /// Stores a sealed group in one transaction with its sessions, error groups, rollups, source statistics and
    /// counters, and syncs it (WAL, synchronous=FULL). After success everything in it is durable; after an error nothing
    /// of it is stored. A repeat counts as a duplicate of its source and as "ingest.repeat", its own counters are left
    /// out. Errors: NoSpace when the disk is full or almost (try again when there is room), Io otherwise.
    Result<CommitReport> commit(CommitGroup &group);
    /// Prepares, seals and commits. After an error no delivery is marked as a repeat.
    Result<CommitReport> commit(std::span<Delivery> deliveries);

    /// Adds decisions about groups of errors, all or none, durable on return. Called on the writer thread between commits.
    /// Errors: NotFound (a group that is not there), NoSpace, Io.
    Result<void> decide(std::span<const TriageDecision> decisions);
    /// Puts and removes documents, all or none, durable on return. Called on the writer thread between commits. Errors:
    /// NoSpace, Io.
    Result<void> putDocuments(std::span<const DocumentChange> changes);
    /// Moves the log into the file when it has become long, to keep it bounded. Called on the writer thread between
    /// commits; commit(span) does it itself. Cost: nothing, or tens of milliseconds. If it can not be moved now, a later
    /// call tries again.
    void moveLog();
    /// Brings the rollups up to date and moves the log into the file; cheap when there is little. Called on the writer
    /// thread when it is idle.
    Result<void> checkpoint();
    /// A slice of what can wait: what CacheOptions::retention does not keep is removed, coarser rollups are built, gaps in
    /// them are filled from the records. True: more of it waits. Called on the writer thread between commits. Cost: nothing, or some 40 ms; a hundred where records are read.
    Result<bool> maintain();

    // --- one thread alone, while nothing is prepared ---
    /// A slice of removing what `retention` does not keep. Nothing removed: there is no more of it. What is removed is
    /// counted and noted; space is given back by giveBack(). Cost: some ten milliseconds.
    Result<Removal> prune(const Retention &retention, Instant now);
    /// Removes one person: all records that name the user or lie in a session of theirs, and the name. Rollups are made
    /// again by maintain(); writeAnew() wipes the last traces. Errors: NotFound, Io, Damaged. Cost: reads everything.
    Result<Removal> forgetUser(std::string_view key, Instant now);
    /// Forgets what rollups say; maintain() makes them again from the records.
    Result<void> dropRollups();
    /// Gives all that is free in the file back to the system.
    Result<void> giveBack();
    /// Writes the file anew, so that nothing removed is left between the lines. Cost: reads and writes everything, and needs
    /// that much room beside it.
    Result<void> writeAnew();

    /// Looks at the disk: true while nothing can be stored because it is full or almost. Takes the ballast back when there
    /// is room again. Called on the writer thread, at least once a second, also when nothing comes in. Cost: two system
    /// calls.
    bool isDiskLow();

private:
    CacheWriter();
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace telltale
