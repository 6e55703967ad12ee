// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/cachereader.h"

#include "models/store/cachefile.h"
#include "models/store/compression.h"
#include "models/store/readablefile.h"
#include "models/store/readerrows.h"
#include "models/store/readertexts.h"
#include "models/store/rollupreader.h"
#include "models/store/schema.h"
#include "models/store/segmentbytes.h"
#include "models/store/segmentmemory.h"
#include "models/store/storedsegment.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>

namespace telltale {
namespace {

std::shared_ptr<Database> opened(const std::filesystem::path &path)
{
    auto database = std::make_shared<Database>(path, Database::Mode::ReadOnly);
    configureReader(*database);
    checkSchema(*database, cacheMigrations());
    return database;
}

/// Reading a segment takes some 20 us, going to sleep and being woken about as long: worth trying for a while first.
std::unique_lock<std::mutex> lockedSoon(std::mutex &mutex)
{
    constexpr int kTries = 2000;
    std::unique_lock lock(mutex, std::try_to_lock);
    for (int i = 0; i < kTries && !lock.owns_lock(); ++i) {
        for (int pause = 0; pause < 8; ++pause)
            std::atomic_signal_fence(std::memory_order_seq_cst);
        lock.try_lock();
    }
    if (!lock.owns_lock())
        lock.lock();
    return lock;
}

class SqliteCacheReader final : public CacheReader
{
public:
    explicit SqliteCacheReader(const std::filesystem::path &path)
        : m_file(path, cacheMigrations())
        , m_database(opened(m_file.path()))
        , m_texts(std::make_shared<ReaderTexts>(m_database))
        , m_rows(m_database, m_texts, m_file.path())
        , m_dataVersion(*m_database, "PRAGMA data_version")
        , m_rolled(*m_database, "SELECT rolled_sequence FROM state")
        , m_segments(*m_database, "SELECT id, count, first, last, sequence FROM segments WHERE kind = :kind"
                                  " AND first <= :until AND last >= :from ORDER BY first, last, id")
        , m_segmentsOfSession(
              *m_database,
              "SELECT segments.id, count, first, last, sequence, sessions FROM segments"
              " JOIN segment_sessions USING (id) WHERE kind = :kind AND first <= :until AND last >= :from"
              " AND first_session <= :session AND last_session >= :session ORDER BY first, last, segments.id")
        , m_segmentsSince(*m_database,
                          "SELECT id, count, first, last, sequence FROM segments WHERE sequence > :rolled"
                          " AND kind = :kind AND first <= :until AND last >= :from ORDER BY first, last, id")
        , m_rollups(*m_database)
        , m_own(m_database, m_pool, m_known)
        , m_beside(m_file.path(), m_pool, m_known)
    {}

    std::uint64_t dataVersion() override;

    std::string_view string(DictionaryId id) override
    {
        return orNothing([&] { return m_texts->string(id); });
    }
    std::optional<DictionaryId> findString(std::string_view text) override
    {
        return orNothing([&] { return m_texts->findString(text); });
    }
    std::string_view userKey(UserId id) override
    {
        return orNothing([&] { return m_texts->user(m_texts->joins().of(id)); });
    }
    UserId canonicalUser(UserId id) override { return m_texts->joins().of(id); }
    bool hasJoinedUsers() override { return !m_texts->joins().isEmpty(); }
    std::vector<std::pair<UserId, UserId>> userAliases() override { return m_texts->joins().pairs(); }
    std::optional<UserId> findUser(std::string_view key) override
    {
        return orNothing([&] { return m_texts->findUser(key); });
    }
    const StoredOrigin &origin(OriginId id) override
    {
        try {
            return m_texts->origin(id);
        } catch (const StoreFailure &) {
            static const StoredOrigin kNone;
            return kNone;
        }
    }
    std::vector<OriginId> origins() override
    {
        return orNothing([&] { return m_texts->origins(); });
    }
    SessionId canonicalSession(SessionId id) override
    {
        try {
            return m_texts->canonical(id);
        } catch (const StoreFailure &) {
            return id;
        }
    }
    bool hasJoinedSessions() override
    {
        return orNothing([&] { return m_texts->hasAliases(); });
    }
    std::string_view sessionKey(SessionId id) override
    {
        return orNothing([&] { return m_texts->session(m_texts->canonical(id)); });
    }
    std::optional<SessionId> findSession(std::string_view key) override
    {
        return orNothing([&] { return m_texts->findSession(key); });
    }
    std::optional<StoredSeries> series(std::uint32_t id) override;

    Result<std::vector<SegmentInfo>> segments(RecordKind kind, TimeRange range) override;
    Result<std::vector<SegmentInfo>> segmentsOfSession(RecordKind kind, SessionId session) override;
    Result<std::shared_ptr<const Segment>> segment(const SegmentInfo &info, SegmentParts parts,
                                                   SegmentUse use, SegmentColumns columns) override;

    Result<RollupInfo> rollupInfo() override
    {
        return guarded([&] { return m_rollups.info(); });
    }
    Result<RollupChanges> rollupChanges() override
    {
        return guarded([&] { return m_rollups.changes(); });
    }
    Result<void> forEachRollup(RollupFamily family, RollupLevel level, std::int64_t from, std::int64_t to,
                               unsigned parts, const std::function<void(const RollupPart &)> &visit) override
    {
        return guarded([&] { m_rollups.forEach(family, level, from, to, parts, visit); });
    }
    Result<std::optional<TimeRange>> rollupExtent(RollupFamily family) override
    {
        return guarded([&] { return m_rollups.extent(family); });
    }
    Result<std::vector<StoredEdition>> editions() override
    {
        return guarded([&] { return m_rollups.editions(); });
    }
    Result<std::vector<SegmentInfo>> segmentsNotRolledUp(RecordKind kind, TimeRange range) override;
    Result<void> forEachErrorNotRolledUp(TimeRange range, bool withText,
                                         const std::function<bool(const StoredError &)> &visit) override
    {
        return guarded([&] { m_rows.forEachErrorNotRolledUp(range, withText, visit); });
    }
    std::vector<std::pair<SessionId, SessionId>> sessionAliases() override
    {
        return orNothing([&] { return m_texts->aliases(); });
    }
    UserId userOfSession(SessionId id) override
    {
        return orNothing([&] { return m_rows.userOfSession(id); });
    }

    Result<void> forEachError(TimeRange range, bool withText,
                              const std::function<bool(const StoredError &)> &visit) override
    {
        return guarded([&] { m_rows.forEachError(range, withText, visit); });
    }
    Result<void> forEachErrorOf(SessionId session, bool withText,
                                const std::function<bool(const StoredError &)> &visit) override
    {
        return guarded([&] { m_rows.forEachErrorOf(session, withText, visit); });
    }
    Result<std::vector<Document>> documents(std::string_view kind) override
    {
        return guarded([&] { return m_rows.documents(kind); });
    }
    Result<std::vector<TriageDecision>> triage() override
    {
        return guarded([&] { return m_rows.triage(); });
    }
    Result<std::vector<StoredErrorGroup>> errorGroups() override
    {
        return guarded([&] { return m_rows.errorGroups(); });
    }
    Result<void> forEachErrorOfGroup(std::uint64_t group, TimeRange range, bool withText,
                                     const std::function<bool(const StoredError &)> &visit) override
    {
        return guarded([&] { m_rows.forEachErrorOfGroup(group, range, withText, visit); });
    }
    Result<void> forEachSessionAcross(Instant moment,
                                      const std::function<void(SessionId, Instant)> &visit) override
    {
        return guarded([&] { m_rows.forEachSessionAcross(moment, visit); });
    }
    Result<void> forEachSessionStart(Instant to,
                                     const std::function<bool(SessionId, Instant)> &visit) override
    {
        return guarded([&] { m_rows.forEachSessionStart(to, visit); });
    }
    Result<void> forEachSession(TimeRange range,
                                const std::function<bool(const StoredSession &)> &visit) override
    {
        return guarded([&] { m_rows.forEachSession(range, visit); });
    }
    Result<StoredSession> session(SessionId id) override
    {
        return guarded([&] { return m_rows.session(id); });
    }
    Result<std::vector<StoredSource>> sources() override
    {
        return guarded([&] { return m_rows.sources(); });
    }
    Result<std::vector<StoredCounter>> counters() override;
    Result<std::vector<StoredRemoval>> removals() override
    {
        return guarded([&] { return m_rows.removals(); });
    }
    Result<CacheSummary> summary() override
    {
        return guarded([&] { return m_rows.summary(); });
    }

protected:
    void beginSnapshot() override;
    void endSnapshot() override;

private:
    /// Dictionaries answer "none" when the disk does not; the question itself then fails at the next read of a segment.
    template<typename Work>
    static auto orNothing(Work &&work) -> decltype(work())
    {
        try {
            return work();
        } catch (const StoreFailure &) {
            return {};
        }
    }
    void readSeries();
    std::int64_t rolledSequence();
    SegmentInfo infoOf(Statement &row, RecordKind kind, std::int64_t rolled);
    TimeRange extentOf(RecordKind kind, SessionId session);
    std::shared_ptr<const StoredSegment> load(const SegmentInfo &info, SegmentParts parts,
                                              SegmentColumns wanted);
    std::shared_ptr<const StoredSegment> loadBeside(const SegmentInfo &info, bool withDetails,
                                                    SegmentColumns wanted);
    std::shared_ptr<const StoredSegment> checked(const SegmentInfo &info, SegmentBytes::Raw raw,
                                                 bool withDetails, SegmentColumns wanted);

    ReadableFile m_file;
    std::shared_ptr<Database> m_database;
    std::shared_ptr<ReaderTexts> m_texts;
    ReaderRows m_rows;
    Statement m_dataVersion, m_rolled, m_segments, m_segmentsOfSession, m_segmentsSince;
    RollupReader m_rollups;
    std::shared_ptr<BufferPool> m_pool = std::make_shared<BufferPool>();
    std::shared_ptr<KnownSegmentRows> m_known = std::make_shared<KnownSegmentRows>();
    SegmentBytes m_own;    ///< reads in the snapshot
    SegmentLanes m_beside; ///< read what is the same in any
    SegmentMemory m_memory;
    std::mutex m_mutex; ///< guards m_own, m_damaged, m_series and m_hasSeries: helpers read segments, too
    std::set<std::int64_t> m_damaged;
    std::shared_ptr<const std::vector<StoredSeries>> m_series;
    bool m_hasSeries = false; ///< m_series is what this snapshot sees
    int m_snapshots = 0;
};

std::uint64_t SqliteCacheReader::dataVersion()
{
    return orNothing([&]() -> std::uint64_t {
        const StatementScope scope(m_dataVersion);
        return m_dataVersion.step() ? m_dataVersion.unsignedInteger(0) : 0;
    });
}

void SqliteCacheReader::beginSnapshot()
{
    if (m_snapshots++ > 0)
        return;
    m_hasSeries = false;
    // Without a transaction each read stands for itself; what is wrong with the disk they will say.
    orNothing([&]() -> bool {
        m_database->execute("BEGIN");
        rolledSequence(); // the first read decides which commit is seen
        m_texts->refresh();
        return true;
    });
}

void SqliteCacheReader::endSnapshot()
{
    if (--m_snapshots > 0)
        return;
    m_own.close();
    m_beside.close();
    m_rollups.endSnapshot();
    orNothing([&]() -> bool {
        if (m_database->inTransaction())
            m_database->execute("COMMIT");
        return true;
    });
}

std::int64_t SqliteCacheReader::rolledSequence()
{
    const StatementScope scope(m_rolled);
    return m_rolled.step() ? m_rolled.integer(0) : 0;
}

SegmentInfo SqliteCacheReader::infoOf(Statement &row, RecordKind kind, std::int64_t rolled)
{
    SegmentInfo info;
    info.id = row.integer(0);
    info.kind = kind;
    info.count = row.id(1);
    info.first = {row.integer(2)};
    info.last = {row.integer(3)};
    info.isRolledUp = row.integer(4) <= rolled;
    return info;
}

Result<std::vector<SegmentInfo>> SqliteCacheReader::segments(RecordKind kind, TimeRange range)
{
    return guarded([&] {
        std::vector<SegmentInfo> infos;
        const std::int64_t rolled = rolledSequence();
        const StatementScope scope(m_segments);
        m_segments.bind(":kind", static_cast<int>(kind))
            .bind(":from", range.from.ns)
            .bind(":until", lastOf(range).ns);
        while (m_segments.step())
            infos.push_back(infoOf(m_segments, kind, rolled));
        return infos;
    });
}

/// From the first to the last record of a session, both inside. Metric points do not make a session longer, so that
/// theirs may be anywhere.
TimeRange SqliteCacheReader::extentOf(RecordKind kind, SessionId session)
{
    if (kind == RecordKind::MetricPoint)
        return {};
    try {
        const StoredSession stored = m_rows.session(session);
        return {stored.start, stored.end};
    } catch (const StoreFailure &problem) {
        if (problem.error.code != Error::Code::NotFound)
            throw;
        return {Instant::max(), Instant::min()}; // no session, no records of it
    }
}

Result<std::vector<SegmentInfo>> SqliteCacheReader::segmentsOfSession(RecordKind kind, SessionId session)
{
    return guarded([&] {
        std::map<std::pair<Instant, std::int64_t>, SegmentInfo> found;
        const std::int64_t rolled = rolledSequence();
        const TimeRange extent = extentOf(kind, session);
        for (const SessionId id : m_texts->aliasesOf(m_texts->canonical(session))) {
            const StatementScope scope(m_segmentsOfSession);
            m_segmentsOfSession.bind(":kind", static_cast<int>(kind))
                .bind(":session", id)
                .bind(":from", extent.from.ns)
                .bind(":until", extent.to.ns);
            while (m_segmentsOfSession.step()) {
                if (!IdSet::read(m_segmentsOfSession.bytes(5)).contains(id))
                    continue;
                const SegmentInfo info = infoOf(m_segmentsOfSession, kind, rolled);
                found.emplace(std::pair(info.first, info.id), info);
            }
        }
        std::vector<SegmentInfo> infos;
        for (const auto &[order, info] : found)
            infos.push_back(info);
        return infos;
    });
}

Result<std::shared_ptr<const Segment>> SqliteCacheReader::segment(const SegmentInfo &info, SegmentParts parts,
                                                                  SegmentUse use, SegmentColumns columns)
{
    auto result = guarded([&]() -> std::shared_ptr<const Segment> {
        auto known = m_memory.find(info.id);
        if (known && (known->hasDetails() || parts == SegmentParts::Columns))
            return known;
        // What is kept is kept whole: the next one asks for other columns.
        const bool isPart = use == SegmentUse::Once && parts == SegmentParts::Columns;
        auto loaded = load(info, parts, isPart ? columns : kEveryColumn);
        if (use == SegmentUse::Again)
            m_memory.keep(info.id, loaded);
        return loaded;
    });
    if (!result && result.error().code == Error::Code::Damaged) {
        const std::lock_guard lock(m_mutex);
        m_damaged.insert(info.id);
    }
    return result;
}

/// Only reading the bytes needs a connection; what is done with them needs no lock.
std::shared_ptr<const StoredSegment> SqliteCacheReader::load(const SegmentInfo &info, SegmentParts parts,
                                                             SegmentColumns wanted)
{
    const bool withDetails = parts == SegmentParts::All;
    std::unique_lock own(m_mutex, std::try_to_lock);
    if (!own.owns_lock()) {
        if (auto loaded = loadBeside(info, withDetails, wanted))
            return loaded;
        own = lockedSoon(m_mutex);
    }
    // Without a snapshot nothing will end the transaction that an open blob keeps.
    SegmentBytes::Raw raw = m_own.read(info.id, withDetails, wanted, m_snapshots > 0);
    own.unlock();
    return checked(info, std::move(raw), withDetails, wanted);
}

/// None: the own connection has to say what there is.
std::shared_ptr<const StoredSegment> SqliteCacheReader::loadBeside(const SegmentInfo &info, bool withDetails,
                                                                   SegmentColumns wanted)
{
    if (m_snapshots == 0)
        return nullptr;
    try {
        SegmentLanes::Lane lane = m_beside.take();
        if (!lane)
            return nullptr;
        SegmentBytes::Raw raw = lane->read(info.id, withDetails, wanted, true);
        lane = {};
        return checked(info, std::move(raw), withDetails, wanted);
    } catch (const StoreFailure &) {
        return nullptr;
    }
}

std::shared_ptr<const StoredSegment> SqliteCacheReader::checked(const SegmentInfo &info,
                                                                SegmentBytes::Raw raw, bool withDetails,
                                                                SegmentColumns wanted)
{
    const SegmentRow &row = raw.row;
    StoredSegment::Columns &columns = raw.columns;
    EncodedSegment &encoded = raw.encoded;
    if (row.encoding > kSegmentEncoding)
        throw StoreFailure{Error{Error::Code::Unsupported, "a segment was written by a newer Telltale"}};
    columns.stored = row.encoding < 2 ? checkedColumns(row, columns.bytes())
                                      : checkedColumns(row, columns.bytes(), columns.stretches, wanted);
    if (withDetails &&
        detailsChecksumOf(row, encoded.traces, encoded.metrics, encoded.attributes) != row.detailsChecksum)
        throwDamaged("segment " + std::to_string(info.id) + " does not match its checksum");
    encoded.kind = row.kind;
    encoded.count = row.count;
    SegmentInfo exact = info;
    exact.kind = row.kind;
    exact.count = row.count;
    exact.first = {row.first};
    exact.last = {row.last};
    std::shared_ptr<const std::vector<StoredSeries>> series;
    if (row.kind == RecordKind::MetricPoint) {
        const std::lock_guard lock(m_mutex);
        if (withDetails)
            readSeries();
        series = m_series;
    }
    return std::make_shared<const StoredSegment>(exact, std::move(columns), std::move(encoded), withDetails,
                                                 m_pool, m_texts, std::move(series));
}

/// Called with the mutex held. Once in a snapshot. Segments that are remembered hold the list as it was: one, as long as it is the
/// same.
void SqliteCacheReader::readSeries()
{
    if (m_hasSeries && m_snapshots > 0)
        return;
    auto series = m_rows.series();
    if (!m_series || *m_series != series)
        m_series = std::make_shared<const std::vector<StoredSeries>>(std::move(series));
    m_hasSeries = true;
}

std::optional<StoredSeries> SqliteCacheReader::series(std::uint32_t id)
{
    return orNothing([&]() -> std::optional<StoredSeries> {
        const std::lock_guard lock(m_mutex);
        if (!m_series || m_series->size() <= id)
            readSeries();
        if (id == 0 || m_series->size() <= id || (*m_series)[id].id == 0)
            return std::nullopt;
        return (*m_series)[id];
    });
}

Result<std::vector<SegmentInfo>> SqliteCacheReader::segmentsNotRolledUp(RecordKind kind, TimeRange range)
{
    return guarded([&] {
        std::vector<SegmentInfo> infos;
        const std::int64_t rolled = rolledSequence();
        const StatementScope scope(m_segmentsSince);
        m_segmentsSince.bind(":kind", static_cast<int>(kind))
            .bind(":from", range.from.ns)
            .bind(":until", lastOf(range).ns)
            .bind(":rolled", rolled);
        while (m_segmentsSince.step())
            infos.push_back(infoOf(m_segmentsSince, kind, rolled));
        return infos;
    });
}

Result<std::vector<StoredCounter>> SqliteCacheReader::counters()
{
    return guarded([&] {
        std::vector<StoredCounter> counters = m_rows.counters();
        const std::lock_guard lock(m_mutex);
        if (m_damaged.empty())
            return counters;
        // What only this reader has seen so far; the writer counts what it comes across itself.
        static constexpr std::string_view kName = "store.segment.damaged";
        const auto known = std::find_if(counters.begin(), counters.end(),
                                        [](const StoredCounter &counter) { return counter.name == kName; });
        if (known != counters.end())
            known->count = std::max<std::uint64_t>(known->count, m_damaged.size());
        else
            counters.push_back({std::string(kName), m_damaged.size()});
        return counters;
    });
}

} // namespace

Result<std::unique_ptr<CacheReader>> CacheReader::open(const std::filesystem::path &path)
{
    return guarded(
        [&]() -> std::unique_ptr<CacheReader> { return std::make_unique<SqliteCacheReader>(path); });
}

} // namespace telltale
