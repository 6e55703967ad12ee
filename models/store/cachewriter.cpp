// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/cachewriter.h"

#include "models/store/cachefile.h"
#include "models/store/deliverymemory.h"
#include "models/store/errorwriter.h"
#include "models/store/numbercolumn.h"
#include "models/store/rollupwriter.h"
#include "models/store/schema.h"
#include "models/store/segmentbuilder.h"
#include "models/store/segmenttable.h"
#include "models/store/sessionwriter.h"
#include "models/store/sourcewriter.h"

#include <algorithm>
#include <array>

namespace telltale {
namespace {

constexpr int kLogPagesToMove = 4096; // 16 MiB
/// How many usage events may wait for the rollups; that many are scanned instead of looked up, at most.
constexpr std::size_t kRollupsWait = 131'072;
constexpr std::size_t kRollupsWorthWhile = 1'024;

/// Records without session.id that make a session of their user's.
bool formsSessions(RecordKind kind)
{
    return kind != RecordKind::Span && kind != RecordKind::MetricPoint;
}

Database &migrated(Database &database)
{
    requireCache(database, cacheMigrations());
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

class CacheWriter::Private
{
public:
    explicit Private(const CacheOptions &options);
    ~Private();

    CommitReport commit(std::span<Delivery> deliveries);
    void checkpoint();

private:
    /// What is kept of a commit between its steps: a delivery that is no repeat.
    struct Accepted
    {
        Delivery *delivery = nullptr;
        BatchIds ids;
        std::vector<SessionState *> sessions; ///< by row; none: nullptr
    };

    void loadState();
    void rebuildTail();
    void recover();
    std::vector<Accepted> accept(std::span<Delivery> deliveries, CommitReport &report);
    void findSessions(std::vector<Accepted> &accepted);
    void store(Accepted &accepted, CommitReport &report);
    void writeSegment(SegmentBuilder &builder);
    void flushRollups();
    void mergeSegments();
    void writeState();
    void moveLog();
    SegmentBuilder &builder(RecordKind kind) { return m_builders[static_cast<std::size_t>(kind)]; }

    CacheOptions m_options;
    // The file must be there and be ours before anything else is tried on it.
    std::filesystem::path m_path;
    WriterLock m_lock;
    Database m_database;
    Dictionary m_strings, m_users;
    OriginWriter m_origins;
    SessionWriter m_sessions;
    SegmentTable m_segments;
    DeliveryMemory m_deliveries;
    ErrorWriter m_errors;
    SourceWriter m_sources;
    RollupWriter m_rollups;
    Statement m_readState, m_writeState;
    std::array<SegmentBuilder, 8> m_builders;

    std::int64_t m_sequence = 0, m_rolledSequence = 0;
    std::int64_t m_records = 0, m_longestSession = 0;
    std::optional<std::int64_t> m_oldest, m_newest;
};

CacheWriter::Private::Private(const CacheOptions &options)
    : m_options(options)
    , m_path(prepared(options.path))
    , m_lock(options.path)
    , m_database(options.path, Database::Mode::ReadWrite)
    , m_strings(migrated(m_database), "strings")
    , m_users(m_database, "users")
    , m_origins(m_database)
    , m_sessions(m_database, m_users, m_origins, options.sessionGap)
    , m_segments(m_database)
    , m_deliveries(m_database, options.deliveryMemory)
    , m_errors(m_database, options.groupingVersion)
    , m_sources(m_database)
    , m_rollups(m_database)
    , m_readState(m_database,
                  "SELECT sequence, rolled_sequence, records, oldest, newest, longest_session FROM state")
    , m_writeState(
          m_database,
          "UPDATE state SET sequence = :sequence, rolled_sequence = :rolled_sequence, records = :records,"
          " oldest = :oldest, newest = :newest, longest_session = :longest_session")
    , m_builders{SegmentBuilder(RecordKind{0}), SegmentBuilder(RecordKind{1}), SegmentBuilder(RecordKind{2}),
                 SegmentBuilder(RecordKind{3}), SegmentBuilder(RecordKind{4}), SegmentBuilder(RecordKind{5}),
                 SegmentBuilder(RecordKind{6}), SegmentBuilder(RecordKind{7})}
{
    loadState();
    rebuildTail();
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

void CacheWriter::Private::rebuildTail()
{
    m_rollups.forget();
    m_segments.forEachSince(m_rolledSequence, RecordKind::UsageEvent, [&](std::int64_t id) {
        try {
            EncodedSegment segment;
            m_segments.read(id, segment);
            SegmentRows rows;
            rows.kind = segment.kind;
            const auto columns = splitColumns(segment.columns);
            const auto ids = [&](SegmentColumn column, std::vector<std::uint32_t> &values) {
                ByteReader in(columns[static_cast<std::size_t>(column)]);
                readNumberColumn(in, segment.count, values);
            };
            ByteReader times(columns[static_cast<std::size_t>(SegmentColumn::Times)]);
            readNumberColumn(times, segment.count, rows.times);
            ids(SegmentColumn::Features, rows.features);
            ids(SegmentColumn::Users, rows.users);
            ids(SegmentColumn::Sessions, rows.sessions);
            for (std::size_t i = 0; i < rows.times.size(); ++i)
                m_rollups.add(rows.times[i], rows.features[i], rows.users[i], rows.sessions[i]);
        } catch (const StoreFailure &problem) {
            if (problem.error.code != Error::Code::Damaged)
                throw;
        }
    });
}

void CacheWriter::Private::recover()
{
    for (SegmentBuilder &each : m_builders)
        each.clear();
    m_strings.forget();
    m_users.forget();
    m_origins.forget();
    m_sessions.forget();
    m_sources.forget();
    m_segments.forget();
    loadState();
    rebuildTail();
}

CommitReport CacheWriter::Private::commit(std::span<Delivery> deliveries)
{
    try {
        CommitReport report;
        Transaction transaction(m_database);
        ++m_sequence;
        std::vector<Accepted> accepted = accept(deliveries, report);
        findSessions(accepted);
        for (Accepted &each : accepted)
            store(each, report);
        for (SegmentBuilder &each : m_builders)
            writeSegment(each);
        m_sessions.flush();
        m_sources.flush();
        const bool mustMerge = m_segments.needsMerge();
        if (mustMerge || m_rollups.pending() >= kRollupsWait)
            flushRollups();
        if (mustMerge)
            mergeSegments();
        writeState();
        transaction.commit();

        report.sequence = static_cast<std::uint64_t>(m_sequence);
        m_strings.trim();
        m_users.trim();
        m_origins.trim();
        m_sessions.trim();
        moveLog();
        return report;
    } catch (...) {
        // The transaction has been rolled back; what memory believes may not be there.
        for (Delivery &delivery : deliveries)
            delivery.isRepeat = false;
        recover();
        throw;
    }
}

std::vector<CacheWriter::Private::Accepted> CacheWriter::Private::accept(std::span<Delivery> deliveries,
                                                                         CommitReport &report)
{
    std::vector<Accepted> accepted;
    accepted.reserve(deliveries.size());
    for (Delivery &delivery : deliveries) {
        delivery.isRepeat = delivery.key && m_deliveries.isRepeat(*delivery.key, delivery.arrival);
        m_sources.add(delivery);
        if (delivery.isRepeat) {
            ++report.repeats;
            m_sources.count("ingest.repeat", 1);
            continue;
        }
        accepted.push_back({&delivery, BatchIds(delivery.batch, m_strings, m_users, m_origins), {}});
    }
    if (!deliveries.empty())
        m_deliveries.prune(deliveries.back().arrival);
    return accepted;
}

void CacheWriter::Private::findSessions(std::vector<Accepted> &accepted)
{
    std::vector<LooseRecord> loose;
    for (std::size_t i = 0; i < accepted.size(); ++i) {
        Accepted &each = accepted[i];
        const RecordBatch &batch = each.delivery->batch;
        each.sessions.assign(batch.size(), nullptr);
        std::vector<SessionState *> known(batch.strings.size() + 1U);
        for (std::size_t row = 0; row < batch.size(); ++row) {
            const StringId key = batch.sessions[row];
            if (key != kNoString) {
                if (!known[key])
                    known[key] = &m_sessions.sent(batch.text(key));
                each.sessions[row] = known[key];
            } else if (batch.users[row] != kNoString && formsSessions(batch.kinds[row])) {
                loose.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(row),
                                 each.ids.user(batch.users[row]), batch.times[row].ns});
            }
        }
    }
    m_sessions.form(loose, [&](const LooseRecord &record, SessionState &session) {
        accepted[record.delivery].sessions[record.row] = &session;
    });
}

void CacheWriter::Private::store(Accepted &accepted, CommitReport &report)
{
    const Delivery &delivery = *accepted.delivery;
    const RecordBatch &batch = delivery.batch;
    BatchIds &ids = accepted.ids;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        const RecordKind kind = batch.kinds[row];
        const Instant time = batch.times[row];
        SessionState *session = accepted.sessions[row];
        if (session && kind != RecordKind::MetricPoint) {
            m_sessions.add(*session, kind, time, ids.user(batch.users[row]), ids.origin(batch.origin[row]));
            if (batch.previousSessions[row] != kNoString)
                m_sessions.setPrevious(*session, batch.text(batch.previousSessions[row]));
        }
        const SessionId sessionId = session ? session->id : 0;
        if (kind == RecordKind::Error) {
            m_errors.add(ids, row, sessionId, delivery.arrival);
        } else {
            SegmentBuilder &rows = builder(kind);
            rows.add(ids, row, sessionId, delivery.arrival);
            if (kind == RecordKind::UsageEvent)
                m_rollups.add(time.ns, rows.rows().features.back(), rows.rows().users.back(), sessionId);
            if (rows.rows().size() >= kSegmentRows)
                writeSegment(rows);
        }
        m_oldest = m_oldest ? std::min(*m_oldest, time.ns) : time.ns;
        m_newest = m_newest ? std::max(*m_newest, time.ns) : time.ns;
        report.touched.from = std::min(report.touched.from, time);
        report.touched.to =
            std::max(report.touched.to, time == Instant::max() ? time : time + std::chrono::nanoseconds(1));
    }
    m_records += static_cast<std::int64_t>(batch.size());
    report.records += batch.size();
}

void CacheWriter::Private::writeSegment(SegmentBuilder &builder)
{
    if (builder.rows().size() == 0)
        return;
    m_segments.insert(encodeSegment(builder.rows()), m_sequence);
    builder.clear();
}

void CacheWriter::Private::flushRollups()
{
    m_rollups.flush();
    m_rolledSequence = m_sequence;
}

void CacheWriter::Private::mergeSegments()
{
    if (const std::uint64_t damaged = m_segments.merge(m_rolledSequence); damaged > 0)
        m_sources.count("store.segment.damaged", damaged);
}

void CacheWriter::Private::writeState()
{
    m_longestSession = std::max(m_longestSession, m_sessions.longest());
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
        try {
            Transaction transaction(m_database);
            ++m_sequence;
            flushRollups();
            mergeSegments();
            m_sources.flush();
            writeState();
            transaction.commit();
        } catch (...) {
            recover();
            throw;
        }
    }
    m_database.checkpoint(false);
}

/// The commit is done and durable; if the log can not be moved now, a later commit tries again.
void CacheWriter::Private::moveLog()
{
    if (m_database.logPages() < kLogPagesToMove)
        return;
    try {
        m_database.checkpoint(false);
    } catch (const StoreFailure &) {
    }
}

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

Result<CommitReport> CacheWriter::commit(std::span<Delivery> deliveries)
{
    return guarded([&] { return d->commit(deliveries); });
}

Result<void> CacheWriter::checkpoint()
{
    return guarded([&] { d->checkpoint(); });
}

} // namespace telltale
