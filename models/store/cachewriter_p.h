// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/cachefile.h"
#include "models/store/cachestate.h"
#include "models/store/cachewriter.h"
#include "models/store/changelog.h"
#include "models/store/commitpreparer.h"
#include "models/store/diskwatch.h"
#include "models/store/recordremover.h"
#include "models/store/rollupwriter.h"
#include "models/store/segmenttable.h"
#include "models/store/sourcewriter.h"

#include <atomic>
#include <chrono>

namespace telltale {

struct CommitGroup::Private
{
    CommitContent content;      ///< when sealed
    std::uint64_t failures = 0; ///< CacheWriter::Private::m_failures when it was begun
    bool isBegun = false, isSealed = false;
};

class CacheWriter::Private
{
public:
    explicit Private(const CacheOptions &options);
    ~Private();

    // --- the preparing thread ---
    void prepare(CommitGroup::Private &group, std::span<Delivery> deliveries);
    void seal(CommitGroup::Private &group);
    bool isStale(const CommitGroup::Private &group) const { return group.failures != m_failures; }

    // --- the writer thread ---
    CommitReport commit(CommitGroup::Private &group);
    void decide(std::span<const TriageDecision> decisions);
    void putDocuments(std::span<const DocumentChange> changes);
    void moveLog();
    void checkpoint();
    bool maintain();
    Removal prune(const Retention &retention, Instant now);
    Removal forgetUser(std::string_view key, Instant now);
    void dropRollups();
    void giveBack();
    void writeAnew();
    bool isDiskLow();

private:
    void begin(CommitGroup::Private &group);
    CommitReport write(const CommitContent &content);
    void recover();
    template<typename Work>
    auto orRecover(Work &&work) -> decltype(work());
    void makeRoomAfter(const StoreFailure &problem);
    void setOnItsWay(bool isOnItsWay);
    void rollUp();
    void flushRollups();
    bool keepTo(const Retention &retention);
    template<typename Remove>
    Removal removing(Remove &&remove, std::string_view reason, std::string_view counter, Instant now);
    Instant newestKnown() const;
    void mergeSegments();
    void writeNoted();

    CacheOptions m_options;
    // The file must be there and be ours before anything else is tried on it.
    std::filesystem::path m_path;
    WriterLock m_lock;
    DiskWatch m_disk;
    Database m_database;
    ChangeWriter m_changes;
    SegmentTable m_segments;
    ChangeLog m_noted; ///< by the writer thread itself
    SourceWriter m_sources;
    RollupWriter m_rollups;
    RecordRemover m_remover;
    std::chrono::steady_clock::time_point m_nextRetention;
    bool m_hasFreePages = false;       ///< to give back
    bool m_mayHoldOldSessions = false; ///< the last slice removed something
    CacheState m_state;
    std::int64_t m_newestArrival = 0;

    std::atomic<std::uint64_t> m_failures{0}; ///< what was prepared before one of them is void
    std::atomic<bool> m_isOnItsWay{false};    ///< a group is sealed and not yet committed
    std::uint64_t m_failuresSeen = 0;         ///< by the preparer
    CommitPreparer m_preparer;                ///< the last member: it reads what the others made
};

/// After a failure the transaction has been rolled back, and what memory believes may not be there.
template<typename Work>
auto CacheWriter::Private::orRecover(Work &&work) -> decltype(work())
{
    try {
        return work();
    } catch (const StoreFailure &problem) {
        makeRoomAfter(problem);
        recover();
        throw;
    } catch (...) {
        recover();
        throw;
    }
}

} // namespace telltale
