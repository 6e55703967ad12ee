// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/cachewriter.h"

#include "models/store/cachefile.h"
#include "models/store/changelog.h"
#include "models/store/commitpreparer.h"
#include "models/store/diskwatch.h"
#include "models/store/recordremover.h"
#include "models/store/rollupwriter.h"
#include "models/store/schema.h"
#include "models/store/segmenttable.h"
#include "models/store/sourcewriter.h"
#include "models/store/triagewriter.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <chrono>

namespace telltale {
namespace {

constexpr int kLogPagesToMove = 4096; // 16 MiB
/// So many records that wait for the rollups are dealt out; while they are, as many more may wait. All these are scanned
/// instead of looked up.
constexpr std::size_t kRollupsWait = 131'072;
constexpr std::size_t kRollupsWorthWhile = 1'024;
/// Background work: so long a transaction at most.
constexpr std::chrono::milliseconds kMaintenanceTime{40};
/// When retention found nothing to remove, so long until it looks again.
constexpr std::chrono::minutes kRetentionPause{10};
constexpr std::uint64_t kMostBytes = 10'000'000'000;
constexpr std::uint64_t kPartOfDisk = 5;
constexpr std::string_view kRemovedCounter = "retention.removed";
constexpr std::string_view kForgottenCounter = "retention.forgotten";

void refuseArchive(Database &database)
{
    if (isArchive(database))
        throw StoreFailure{Error{Error::Code::Unsupported, "this is an archive, which stays as it is; telltale import takes it into a cache"}};
}

Database &migrated(Database &database)
{
    requireCache(database, cacheMigrations());
    refuseArchive(database);
    configureWriter(database);
    migrate(database, cacheMigrations());
    return database;
}

const std::filesystem::path &prepared(const std::filesystem::path &path)
{
    prepareCacheFile(path);
    return path;
}

} // namespace

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
    void loadState();
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
    void writeState();

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
    Statement m_readState, m_writeState;

    std::int64_t m_sequence = 0, m_rolledSequence = 0;
    std::int64_t m_records = 0, m_longestSession = 0, m_newestArrival = 0;
    std::optional<std::int64_t> m_oldest, m_newest;

    std::atomic<std::uint64_t> m_failures{0}; ///< what was prepared before one of them is void
    std::atomic<bool> m_isOnItsWay{false};    ///< a group is sealed and not yet committed
    std::uint64_t m_failuresSeen = 0;         ///< by the preparer
    CommitPreparer m_preparer;                ///< the last member: it reads what the others made
};

CacheWriter::Private::Private(const CacheOptions &options)
    : m_options(options)
    , m_path(prepared(options.path))
    , m_lock(options.path)
    , m_disk(options.path, options.lowWater, options.ballastBytes)
    , m_database(options.path, Database::Mode::ReadWrite)
    , m_changes(migrated(m_database))
    , m_segments(m_database)
    , m_sources(m_changes, m_noted)
    , m_rollups(m_database, m_segments)
    , m_remover(m_database, m_segments, m_rollups)
    , m_readState(m_database,
                  "SELECT sequence, rolled_sequence, records, oldest, newest, longest_session FROM state")
    , m_writeState(
          m_database,
          "UPDATE state SET sequence = :sequence, rolled_sequence = :rolled_sequence, records = :records,"
          " oldest = :oldest, newest = :newest, longest_session = :longest_session")
    , m_preparer(options.path, m_changes, options.sessionGap, options.deliveryMemory, options.groupingVersion)
{
    loadState();
    m_rollups.recover(m_rolledSequence);
    m_newestArrival = m_database.integer("SELECT coalesce(max(last_arrival), 0) FROM sources");
}

CacheWriter::Private::~Private()
{
    // Nothing acknowledged depends on this: if it fails, the next start does it.
    try {
        if (m_rollups.pending() > 0) {
            Transaction transaction(m_database);
            flushRollups();
            writeState();
            transaction.commit();
        }
        m_database.checkpoint(true);
    } catch (const StoreFailure &) {
    }
}

void CacheWriter::Private::loadState()
{
    const StatementScope scope(m_readState);
    if (!m_readState.step())
        throwDamaged("the cache has lost its state");
    m_sequence = m_readState.integer(0);
    m_rolledSequence = m_readState.integer(1);
    m_records = m_readState.integer(2);
    m_oldest.reset();
    m_newest.reset();
    if (!m_readState.isNull(3)) {
        m_oldest = m_readState.integer(3);
        m_newest = m_readState.integer(4);
    }
    m_longestSession = m_readState.integer(5);
}

void CacheWriter::Private::recover()
{
    m_sources.forget();
    m_noted.clear();
    m_segments.forget();
    loadState();
    m_rollups.recover(m_rolledSequence);
}

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

/// When the disk was full in the middle of something: with the ballast gone the log can be moved and cut.
void CacheWriter::Private::makeRoomAfter(const StoreFailure &problem)
{
    if (problem.error.code != Error::Code::NoSpace)
        return;
    m_disk.noteFull();
    try {
        m_database.checkpoint(true);
    } catch (const StoreFailure &) {
        // A later one tries again.
    }
}

bool CacheWriter::Private::isDiskLow()
{
    m_disk.look();
    return m_disk.isLow();
}

// --- preparing -------------------------------------------------------------------------------------------------------

void CacheWriter::Private::begin(CommitGroup::Private &group)
{
    if (m_failuresSeen != m_failures || m_preparer.isFull()) {
        // What is on its way is known to the preparer alone, until it is in the cache.
        m_isOnItsWay.wait(true);
        m_failuresSeen = m_failures;
        m_preparer.forget();
    }
    m_preparer.begin();
    group.failures = m_failuresSeen;
    group.isBegun = true;
}

void CacheWriter::Private::prepare(CommitGroup::Private &group, std::span<Delivery> deliveries)
{
    assert(!group.isSealed && "a sealed group takes nothing more");
    if (!group.isBegun)
        begin(group);
    try {
        m_preparer.add(deliveries);
    } catch (...) {
        ++m_failures;
        throw;
    }
}

void CacheWriter::Private::seal(CommitGroup::Private &group)
{
    if (!group.isBegun)
        begin(group);
    try {
        group.content = m_preparer.take();
    } catch (...) {
        ++m_failures;
        throw;
    }
    group.isSealed = true;
    setOnItsWay(true);
}

void CacheWriter::Private::setOnItsWay(bool isOnItsWay)
{
    m_isOnItsWay = isOnItsWay;
    m_isOnItsWay.notify_all();
}

// --- writing ---------------------------------------------------------------------------------------------------------

CommitReport CacheWriter::Private::commit(CommitGroup::Private &group)
{
    assert(group.isSealed && "seal() comes first");
    try {
        if (isStale(group)) // sessions it counts on were removed in the meantime
            throw StoreFailure{Error{Error::Code::Busy, "what was prepared is out of date; send it again"}};
        m_disk.requireRoom();
        const CommitReport report = orRecover([&] { return write(group.content); });
        setOnItsWay(false);
        return report;
    } catch (...) {
        ++m_failures;
        setOnItsWay(false);
        throw;
    }
}

CommitReport CacheWriter::Private::write(const CommitContent &content)
{
    Transaction transaction(m_database);
    ++m_sequence;
    m_changes.apply(content.changes);
    for (const EncodedSegment &segment : content.segments)
        m_segments.insert(segment, m_sequence);
    m_rollups.add(content.rollups);
    m_newestArrival = std::max(m_newestArrival, content.newestArrival);
    rollUp();
    writeNoted();
    m_records += static_cast<std::int64_t>(content.records);
    m_longestSession = std::max(m_longestSession, content.longestSession);
    CommitReport report;
    report.records = content.records;
    report.repeats = content.repeats;
    report.sequence = static_cast<std::uint64_t>(m_sequence);
    if (content.records > 0) {
        m_oldest = m_oldest ? std::min(*m_oldest, content.first) : content.first;
        m_newest = m_newest ? std::max(*m_newest, content.last) : content.last;
        const Instant last{content.last};
        report.touched.from = {content.first};
        report.touched.to = last == Instant::max() ? last : last + std::chrono::nanoseconds(1);
    }
    writeState();
    transaction.commit();
    return report;
}

void CacheWriter::Private::decide(std::span<const TriageDecision> decisions)
{
    m_disk.requireRoom();
    orRecover([&] {
        Transaction transaction(m_database);
        TriageWriter(m_database).add(decisions);
        transaction.commit();
    });
}

void CacheWriter::Private::putDocuments(std::span<const DocumentChange> changes)
{
    m_disk.requireRoom();
    orRecover([&] {
        Transaction transaction(m_database);
        Statement put(m_database, "INSERT INTO documents (kind, name, owner, body) VALUES (:kind, :name, :owner, :body)"
                                  " ON CONFLICT (kind, name) DO UPDATE SET owner = :owner, body = :body");
        Statement remove(m_database, "DELETE FROM documents WHERE kind = :kind AND name = :name");
        for (const auto &[document, isRemoved] : changes) {
            if (isRemoved)
                remove.bindText(":kind", document.kind).bindText(":name", document.name).execute();
            else
                put.bindText(":kind", document.kind)
                    .bindText(":name", document.name)
                    .bindText(":owner", document.owner)
                    .bindText(":body", document.body)
                    .execute();
        }
        transaction.commit();
    });
}

/// What this thread itself had to count.
void CacheWriter::Private::writeNoted()
{
    m_sources.flush();
    m_changes.apply(m_noted);
    m_noted.clear();
}

/// As much of it as there must be in the commit at hand: requests wait for that.
void CacheWriter::Private::rollUp()
{
    const bool hasMany = m_rollups.collected() >= kRollupsWait;
    if (const auto landed = m_rollups.land(hasMany))
        m_rolledSequence = *landed;
    if (hasMany)
        m_rollups.deal(m_sequence);
    if (!m_segments.needsMerge())
        return;
    flushRollups();
    mergeSegments();
}

void CacheWriter::Private::flushRollups()
{
    m_rollups.flush();
    m_rolledSequence = m_sequence;
}

/// The newest arrival or the newest record, whichever is earlier: neither clock alone ages what is kept.
Instant CacheWriter::Private::newestKnown() const
{
    return Instant{std::min(m_newestArrival, m_newest.value_or(m_newestArrival))};
}

bool CacheWriter::Private::maintain()
{
    // With a full disk removing is what helps.
    if (!m_options.retention.isUnlimited() && keepTo(m_options.retention)) {
        moveLog();
        return true;
    }
    if (isDiskLow())
        return false;
    const bool hasMore = orRecover([&] {
        Transaction transaction(m_database);
        const auto end = std::chrono::steady_clock::now() + kMaintenanceTime;
        bool isBusy = m_rollups.maintain(m_rolledSequence, newestKnown());
        if (!isBusy)
            return false;
        while (isBusy && std::chrono::steady_clock::now() < end)
            isBusy = m_rollups.maintain(m_rolledSequence, newestKnown());
        transaction.commit();
        return isBusy;
    });
    moveLog();
    return hasMore;
}

// --- removing --------------------------------------------------------------------------------------------------------

/// A slice; false: nothing is left to do for now.
bool CacheWriter::Private::keepTo(const Retention &retention)
{
    if (m_hasFreePages) {
        m_hasFreePages = m_remover.giveBack();
        if (m_hasFreePages)
            return true;
    }
    const auto now = std::chrono::steady_clock::now();
    if (now < m_nextRetention || m_isOnItsWay)
        return false;
    if (!prune(retention, newestKnown()).isNothing())
        return true;
    m_nextRetention = now + kRetentionPause;
    return false;
}

/// Rollups are flushed first: what is removed is in none of their tails.
template<typename Remove>
Removal CacheWriter::Private::removing(Remove &&remove, std::string_view reason, std::string_view counter,
                                       Instant now)
{
    Removal removal = orRecover([&] {
        Transaction transaction(m_database);
        ++m_sequence;
        flushRollups();
        writeState();
        Removal removed = remove();
        if (removed.isNothing())
            return removed; // and nothing of this is kept
        m_remover.note(removed, reason, now);
        if (removed.records > 0)
            m_sources.count(counter, removed.records);
        writeNoted();
        transaction.commit();
        return removed;
    });
    m_hasFreePages = m_hasFreePages || !removal.isNothing();
    m_mayHoldOldSessions = !removal.isNothing();
    if (removal.sessions > 0 || removal.hasChangedSessions)
        ++m_failures; // the preparer forgets what it knows about sessions
    recover();
    return removal;
}

Removal CacheWriter::Private::prune(const Retention &retention, Instant now)
{
    Removal removal;
    const bool isTooOld = m_oldest && retention.age && Instant{*m_oldest} < now - *retention.age;
    if (isTooOld || (retention.age && m_mayHoldOldSessions))
        removal = removing([&] { return m_remover.removeBefore(now - *retention.age); }, "age",
                           kRemovedCounter, now);
    if (removal.isNothing() && retention.bytes > 0 &&
        m_remover.usedBytes() + logBytes(m_path) > retention.bytes) {
        // The log may be all that is too much.
        m_database.checkpoint(true);
        const std::uint64_t used = m_remover.usedBytes();
        if (used > retention.bytes) {
            // With its part of rollups and indexes a record takes more than its segment says. What stays whatever goes
            // makes this too few rather than too many; the next slice measures again.
            const double share = static_cast<double>(used - retention.bytes) / static_cast<double>(used);
            const auto records = static_cast<std::uint64_t>(share * static_cast<double>(m_records));
            removal = removing([&] { return m_remover.removeOldest(records); }, "size", kRemovedCounter, now);
        }
    }
    return removal;
}

Removal CacheWriter::Private::forgetUser(std::string_view key, Instant now)
{
    m_database.execute("PRAGMA secure_delete = ON");
    Removal removal = removing([&] { return m_remover.removeUser(key); }, "person", kForgottenCounter, now);
    ++m_failures;
    return removal;
}

void CacheWriter::Private::dropRollups()
{
    orRecover([&] {
        Transaction transaction(m_database);
        ++m_sequence;
        flushRollups();
        m_rollups.invalidate({});
        writeState();
        transaction.commit();
    });
}

void CacheWriter::Private::giveBack()
{
    while (m_remover.giveBack())
        moveLog();
    m_hasFreePages = false;
    m_database.checkpoint(true);
}

void CacheWriter::Private::writeAnew()
{
    m_database.vacuum();
    m_hasFreePages = false;
    m_database.checkpoint(true);
}

void CacheWriter::Private::mergeSegments()
{
    if (const std::uint64_t damaged = m_segments.merge(m_rolledSequence); damaged > 0)
        m_sources.count("store.segment.damaged", damaged);
}

void CacheWriter::Private::writeState()
{
    m_writeState.bind(":sequence", m_sequence)
        .bind(":rolled_sequence", m_rolledSequence)
        .bind(":records", m_records)
        .bind(":longest_session", m_longestSession);
    if (m_oldest)
        m_writeState.bind(":oldest", *m_oldest).bind(":newest", *m_newest);
    else
        m_writeState.bindNull(":oldest").bindNull(":newest");
    m_writeState.execute();
}

void CacheWriter::Private::checkpoint()
{
    if (m_rollups.pending() >= kRollupsWorthWhile || m_segments.needsMerge()) {
        orRecover([&] {
            Transaction transaction(m_database);
            ++m_sequence;
            flushRollups();
            mergeSegments();
            writeNoted();
            writeState();
            transaction.commit();
        });
    }
    try {
        m_database.checkpoint(false);
    } catch (const StoreFailure &problem) {
        makeRoomAfter(problem);
        throw;
    }
}

void CacheWriter::Private::moveLog()
{
    if (m_database.logPages() < kLogPagesToMove)
        return;
    try {
        m_database.checkpoint(false);
    } catch (const StoreFailure &problem) {
        makeRoomAfter(problem);
    }
}

Retention defaultRetention(const std::filesystem::path &cache)
{
    const std::uint64_t room = freeBytes(cache.has_parent_path() ? cache.parent_path() : ".");
    Retention retention;
    retention.bytes = std::min(kMostBytes, (room + cacheBytes(cache)) / kPartOfDisk);
    return retention;
}

CommitGroup::CommitGroup()
    : d(std::make_unique<Private>())
{}
CommitGroup::~CommitGroup() = default;
CommitGroup::CommitGroup(CommitGroup &&other) noexcept = default;
CommitGroup &CommitGroup::operator=(CommitGroup &&other) noexcept = default;

CacheWriter::CacheWriter() = default;
CacheWriter::~CacheWriter() = default;

Result<std::unique_ptr<CacheWriter>> CacheWriter::open(const CacheOptions &options)
{
    return guarded([&] {
        std::unique_ptr<CacheWriter> writer(new CacheWriter);
        writer->d = std::make_unique<Private>(options);
        return writer;
    });
}

Result<void> CacheWriter::prepare(CommitGroup &group, std::span<Delivery> deliveries)
{
    return guarded([&] { d->prepare(*group.d, deliveries); });
}

Result<void> CacheWriter::seal(CommitGroup &group)
{
    return guarded([&] { d->seal(*group.d); });
}

bool CacheWriter::isStale(const CommitGroup &group) const
{
    return d->isStale(*group.d);
}

Result<CommitReport> CacheWriter::commit(CommitGroup &group)
{
    return guarded([&] { return d->commit(*group.d); });
}

Result<CommitReport> CacheWriter::commit(std::span<Delivery> deliveries)
{
    Result<CommitReport> report = guarded([&] {
        CommitGroup group;
        d->prepare(*group.d, deliveries);
        d->seal(*group.d);
        const CommitReport done = d->commit(*group.d);
        d->moveLog();
        return done;
    });
    if (!report) {
        for (Delivery &delivery : deliveries)
            delivery.isRepeat = false;
    }
    return report;
}

Result<void> CacheWriter::decide(std::span<const TriageDecision> decisions)
{
    return guarded([&] { d->decide(decisions); });
}

Result<void> CacheWriter::putDocuments(std::span<const DocumentChange> changes)
{
    return guarded([&] { d->putDocuments(changes); });
}

void CacheWriter::moveLog()
{
    d->moveLog();
}

Result<void> CacheWriter::checkpoint()
{
    return guarded([&] { d->checkpoint(); });
}

Result<bool> CacheWriter::maintain()
{
    return guarded([&] { return d->maintain(); });
}

Result<Removal> CacheWriter::prune(const Retention &retention, Instant now)
{
    return guarded([&] { return d->prune(retention, now); });
}

Result<Removal> CacheWriter::forgetUser(std::string_view key, Instant now)
{
    return guarded([&] { return d->forgetUser(key, now); });
}

Result<void> CacheWriter::dropRollups()
{
    return guarded([&] { d->dropRollups(); });
}

Result<void> CacheWriter::giveBack()
{
    return guarded([&] { d->giveBack(); });
}

Result<void> CacheWriter::writeAnew()
{
    return guarded([&] { d->writeAnew(); });
}

bool CacheWriter::isDiskLow()
{
    return d->isDiskLow();
}

} // namespace telltale
