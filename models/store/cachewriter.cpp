// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/cachewriter_p.h"

#include "models/store/cachefile.h"
#include "models/store/schema.h"
#include "models/store/triagewriter.h"

#include <algorithm>
#include <cassert>

namespace telltale {
namespace {

constexpr int kLogPagesToMove = 4096; // 16 MiB
/// So many records that wait for the rollups are dealt out; while they are, as many more may wait. All these are scanned
/// instead of looked up.
constexpr std::size_t kRollupsWait = 131'072;
constexpr std::size_t kRollupsWorthWhile = 1'024;

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
    , m_state(m_database)
    , m_preparer(options.path, m_changes, options.sessionGap, options.deliveryMemory, options.groupingVersion)
{
    m_state.load();
    m_rollups.recover(m_state.rolledSequence);
    m_newestArrival = m_database.integer("SELECT coalesce(max(last_arrival), 0) FROM sources");
}

CacheWriter::Private::~Private()
{
    // Nothing acknowledged depends on this: if it fails, the next start does it.
    try {
        if (m_rollups.pending() > 0) {
            Transaction transaction(m_database);
            flushRollups();
            m_state.write();
            transaction.commit();
        }
        m_database.checkpoint(true);
    } catch (const StoreFailure &) {
    }
}

void CacheWriter::Private::recover()
{
    m_sources.forget();
    m_noted.clear();
    m_segments.forget();
    m_state.load();
    m_rollups.recover(m_state.rolledSequence);
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
    ++m_state.sequence;
    m_changes.apply(content.changes);
    for (const EncodedSegment &segment : content.segments)
        m_segments.insert(segment, m_state.sequence);
    m_rollups.add(content.rollups);
    m_newestArrival = std::max(m_newestArrival, content.newestArrival);
    rollUp();
    writeNoted();
    m_state.add(content.records, content.first, content.last);
    m_state.longestSession = std::max(m_state.longestSession, content.longestSession);
    CommitReport report;
    report.records = content.records;
    report.repeats = content.repeats;
    report.sequence = static_cast<std::uint64_t>(m_state.sequence);
    if (content.records > 0) {
        const Instant last{content.last};
        report.touched.from = {content.first};
        report.touched.to = last == Instant::max() ? last : last + std::chrono::nanoseconds(1);
    }
    m_state.write();
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
        m_state.rolledSequence = *landed;
    if (hasMany)
        m_rollups.deal(m_state.sequence);
    if (!m_segments.needsMerge())
        return;
    flushRollups();
    mergeSegments();
}

void CacheWriter::Private::flushRollups()
{
    m_rollups.flush();
    m_state.rolledSequence = m_state.sequence;
}

void CacheWriter::Private::mergeSegments()
{
    if (const std::uint64_t damaged = m_segments.merge(m_state.rolledSequence); damaged > 0)
        m_sources.count("store.segment.damaged", damaged);
}

void CacheWriter::Private::checkpoint()
{
    if (m_rollups.pending() >= kRollupsWorthWhile || m_segments.needsMerge()) {
        orRecover([&] {
            Transaction transaction(m_database);
            ++m_state.sequence;
            flushRollups();
            mergeSegments();
            writeNoted();
            m_state.write();
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
