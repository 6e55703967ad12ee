// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/cachesalvage.h"

#include "models/store/cachefile.h"
#include "models/store/cachewriter.h"
#include "models/store/damagedtable.h"
#include "models/store/originwriter.h"
#include "models/store/salvagedids.h"
#include "models/store/schema.h"
#include "models/store/segmenttable.h"
#include "models/store/sessionkey.h"
#include "models/store/tablecopy.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <limits>
#include <map>
#include <optional>
#include <unistd.h>

namespace telltale {
namespace {

constexpr int kChangesAtOnce = 20'000;  // rows in one transaction
constexpr int kSegmentCost = 200;       // as rows, so that the log stays small

/// A name or a user against its hash; forgotten people have neither.
bool isTextRight(const Statement &row)
{
    return row.integer(1) == textHash(row.bytes(2)) || (row.integer(1) == 0 && row.bytes(2).empty());
}

/// A session is found by its name's hash; those formed by us have neither.
bool isSessionRight(const Statement &row)
{
    return row.isNull(1) || row.integer(1) == textHash(unpackSessionKey(row.bytes(2)));
}

class Salvage
{
public:
    Salvage(const std::filesystem::path &damaged, const std::filesystem::path &part,
            const std::function<bool(std::uint64_t, std::uint64_t)> &progress)
        : m_from(damaged, Database::Mode::ReadOnly)
        , m_to(part, Database::Mode::ReadWrite)
        , m_progress(progress)
    {
        m_from.execute("PRAGMA writable_schema = ON"); // a table whose definition is damaged is left out, not all of them
        requireCache(m_from, cacheMigrations());
        configureReader(m_from);
        configureWriter(m_to);
        m_to.execute("PRAGMA synchronous = OFF"); // all of it is synced before it gets its name
        migrate(m_to, cacheMigrations());
    }

    SalvageReport run()
    {
        const ReadScope scope(m_from);
        if (!exists("segments") && !exists("state"))
            throwDamaged("the table of contents of the cache is damaged");
        const std::vector<StoredCount> segments = storedSegments();
        m_total = segments.size() + 1;
        m_transaction.emplace(m_to);
        copyTexts();
        copyWhole();
        copySessions();
        copyErrors();
        advance();
        copySegments(segments);
        remakeWhatIsNamed();
        writeState();
        commit();
        return std::move(m_report);
    }

private:
    void advance()
    {
        if (m_progress && !m_progress(++m_done, m_total))
            throw StoreFailure{Error{Error::Code::Cancelled, "the recovery was cancelled"}};
    }

    void commit()
    {
        m_transaction->commit();
        m_transaction.reset();
        m_to.checkpoint(false);
        m_changes = 0;
    }
    void count(int changes)
    {
        m_changes += changes;
        if (m_changes < kChangesAtOnce)
            return;
        commit();
        m_transaction.emplace(m_to);
    }

    /// A definition may be damaged.
    bool exists(const std::string &table)
    {
        try {
            const Statement any(m_from, "SELECT * FROM " + table + " LIMIT 1");
            return true;
        } catch (const StoreFailure &problem) {
            if (problem.error.code == Error::Code::Busy)
                throw;
            return false;
        }
    }
    void noteLoss(const std::string &what, const UnreadRows &unread, std::uint64_t wrong)
    {
        if (unread.ranges > 0)
            m_report.notes.push_back(unread.isAll ? "none of the " + what + " could be read" : "some of the " + what + " could not be read");
        else if (wrong > 0)
            m_report.notes.push_back(std::to_string(wrong) + " of the " + what + " were not what had been written");
    }

    /// Rows of a table with an id that pass `isRight`, and their ids.
    void copyTable(const std::string &table, const std::string &id, const std::string &what, SalvagedIds *ids = nullptr,
                   bool (*isRight)(const Statement &row) = nullptr)
    {
        if (!exists(table))
            return noteLoss(what, {1, true}, 0);
        TableCopy copy(m_from, m_to, table, id);
        const UnreadRows unread = readDamagedTable(m_from, table, id, copy.columns(), [&](Statement &row) {
            if ((isRight && !isRight(row)) || !copy.put(row))
                return copy.leave();
            if (ids)
                ids->add(row.id(0));
            count(1);
        });
        noteLoss(what, unread, copy.left());
    }
    void copyIndex(const std::string &table, const std::string &order, const std::string &reversed, const std::string &what)
    {
        if (!exists(table))
            return noteLoss(what, {1, true}, 0);
        TableCopy copy(m_from, m_to, table, {});
        const UnreadRows unread = readDamagedIndex(m_from, table, copy.columns(), order, reversed, [&](Statement &row) {
            copy.put(row);
            count(1);
        });
        noteLoss(what, unread, 0);
    }

    void copyTexts()
    {
        copyTable("strings", "id", "names", &m_strings, &isTextRight);
        copyTable("users", "id", "users", &m_users, &isTextRight);
        copyTable("origins", "id", "origins", &m_origins, &OriginWriter::isOriginRight);
        copyTable("series", "id", "metric series", &m_series, &OriginWriter::isSeriesRight);
    }

    void copyWhole()
    {
        copyTable("sources", "id", "sources");
        copyIndex("error_groups", "key", "key DESC", "groups of errors"); // their ids are anywhere
        copyIndex("counters", "name", "name DESC", "counters");
        copyIndex("source_releases", "source, release", "source DESC, release DESC", "releases of sources");
        copyIndex("deliveries", "key", "key DESC", "requests seen lately");
        // What came with later versions, see schema/.
        const std::int64_t version = m_from.integer("PRAGMA user_version");
        if (version >= 3)
            copyIndex("removals", "day, reason", "day DESC, reason DESC", "notes of removals");
        if (version >= 4)
            copyTable("user_joins", "number", "joins of users");
        if (version >= 5)
            copyTable("triage", "number", "decisions about errors");
        if (version >= 6)
            copyTable("documents", "number", "documents");
    }

    void copySessions()
    {
        copyTable("sessions", "id", "sessions", &m_sessions, &isSessionRight);
        m_report.sessions = m_sessions.size();
    }

    void copyErrors()
    {
        copyTable("errors", "id", "errors");
        Statement all(m_to, "SELECT time, session, user, origin, name, screen, feature, type FROM errors");
        while (all.step()) {
            ++m_report.records;
            widen(all.integer(0), all.integer(0));
            for (const int column : {4, 5, 6, 7})
                m_strings.want(all.id(column));
            want(RecordKind::Error, all.integer(0), all.id(1), all.id(2), all.id(3));
        }
    }

    /// What the table of segments says; whether it is so is seen when they are read.
    struct StoredCount
    {
        std::int64_t id = 0;
        std::uint32_t count = 0;
    };
    std::vector<StoredCount> storedSegments()
    {
        std::vector<StoredCount> ids;
        if (!exists("segments") || !exists("segment_data")) {
            noteLoss("segments", {1, true}, 0);
            return ids;
        }
        const UnreadRows unread = readDamagedTable(m_from, "segments", "id", "id, count", [&](Statement &row) {
            ids.push_back({row.integer(0), std::min(row.id(1), kSegmentRows)});
        });
        noteLoss("segments", unread, 0);
        std::ranges::sort(ids, {}, &StoredCount::id);
        return ids;
    }

    void copySegments(const std::vector<StoredCount> &ids)
    {
        if (ids.empty())
            return;
        SegmentLookup lookup(m_from);
        SegmentTable segments(m_to);
        SegmentRows rows;
        for (const auto &[id, records] : ids) {
            try {
                EncodedSegment segment;
                const SegmentRow row = lookup.read(id, segment);
                rows.clear();
                rows.kind = row.kind;
                appendDecoded(rows, segment);
                m_sequence = std::max(m_sequence, row.sequence);
                segments.insert(encodeSegment(rows), row.sequence);
                take(rows);
            } catch (const StoreFailure &problem) {
                if (problem.error.code != Error::Code::Damaged && problem.error.code != Error::Code::NotFound)
                    throw;
                ++m_report.lostSegments;
                m_report.lostRecords += records;
            }
            count(kSegmentCost);
            advance();
        }
    }

    void take(const SegmentRows &rows)
    {
        ++m_report.segments;
        m_report.records += rows.size();
        for (std::uint32_t row = 0; row < rows.size(); ++row) {
            widen(rows.times[row], rows.times[row]);
            m_strings.want(rows.names[row]);
            m_strings.want(rows.features[row]);
            m_strings.want(rows.screens[row]);
            want(rows.kind, rows.times[row], rows.sessions[row], rows.users[row], rows.origins[row]);
        }
        for (const RowAttribute &attribute : rows.attributes)
            m_strings.want(attribute.key);
        for (const RowMetric &metric : rows.metrics)
            m_series.want(metric.series);
    }

    void want(RecordKind kind, std::int64_t time, SessionId session, UserId user, OriginId origin)
    {
        m_users.want(user);
        m_origins.want(origin);
        if (session != 0 && !m_sessions.has(session))
            m_lostSessions[session].add(kind, time, user, origin);
    }

    void widen(std::int64_t first, std::int64_t last)
    {
        m_first = std::min(m_first, first);
        m_last = std::max(m_last, last);
    }

    /// What records name and no table tells: it gets a name that says so.
    void remakeWhatIsNamed()
    {
        for (const auto &[id, session] : m_lostSessions)
            session.write(m_to, id);
        m_report.remadeSessions = m_lostSessions.size();
        m_report.sessions += m_lostSessions.size();
        m_report.lostTexts = nameLostTexts(m_to, "strings", m_strings) + nameLostTexts(m_to, "users", m_users) +
                             nameLostOrigins(m_to, m_origins) + nameLostSeries(m_to, m_series);
        remakeErrorGroups(m_to);
    }

    void writeState()
    {
        std::int64_t before = 0;
        try {
            before = m_from.integer("SELECT coalesce(max(records), 0) FROM state");
            m_sequence = std::max(m_sequence, m_from.integer("SELECT coalesce(max(sequence), 0) FROM state"));
        } catch (const StoreFailure &problem) {
            if (problem.error.code == Error::Code::Busy)
                throw;
            m_report.notes.emplace_back("how many records there were is not known");
        }
        const auto saved = static_cast<std::int64_t>(m_report.records);
        m_report.lostRecords = std::max(m_report.lostRecords, static_cast<std::uint64_t>(std::max<std::int64_t>(before - saved, 0)));
        Statement state(m_to, "UPDATE state SET sequence = :sequence, rolled_sequence = :sequence, records = :records, oldest = :oldest,"
                              " newest = :newest, longest_session = (SELECT coalesce(max(length), 0) FROM sessions),"
                              " last_segment = (SELECT coalesce(max(id), 0) FROM segments),"
                              " last_session = (SELECT coalesce(max(id), 0) FROM sessions)");
        state.bind(":sequence", m_sequence).bind(":records", saved);
        if (saved > 0)
            state.bind(":oldest", m_first).bind(":newest", m_last);
        else
            state.bindNull(":oldest").bindNull(":newest");
        state.execute();
        m_to.execute("UPDATE sessions SET is_long = length > 3600000000000 WHERE is_long != (length > 3600000000000)");
        m_to.execute("UPDATE rollup_state SET error = (SELECT coalesce(max(id), 0) FROM errors)");
    }

    Database m_from, m_to;
    const std::function<bool(std::uint64_t, std::uint64_t)> &m_progress;
    std::optional<Transaction> m_transaction;
    int m_changes = 0;
    SalvagedIds m_strings, m_users, m_origins, m_series, m_sessions;
    std::map<SessionId, LostSession> m_lostSessions;
    std::int64_t m_first = std::numeric_limits<std::int64_t>::max(), m_last = std::numeric_limits<std::int64_t>::min();
    std::int64_t m_sequence = 0;
    SalvageReport m_report;
    std::uint64_t m_done = 0, m_total = 0;
};

/// A file that is being made; what is left of it goes with the object.
class PartialCache
{
public:
    explicit PartialCache(const std::filesystem::path &out)
        : m_path(out.string() + ".part")
    {
        remove();
        prepareCacheFile(m_path);
    }
    ~PartialCache() { remove(); }
    PartialCache(const PartialCache &) = delete;
    PartialCache &operator=(const PartialCache &) = delete;
    const std::filesystem::path &path() const { return m_path; }

    void rename(const std::filesystem::path &out)
    {
        const int file = ::open(m_path.c_str(), O_RDONLY | O_CLOEXEC);
        const bool isSynced = file >= 0 && ::fsync(file) == 0;
        if (file >= 0)
            ::close(file);
        if (!isSynced || ::rename(m_path.c_str(), out.c_str()) != 0)
            throw StoreFailure{Error{Error::Code::Io, "cannot write " + out.string() + ": " + std::strerror(errno)}};
    }

private:
    void remove() const
    {
        for (const char *suffix : {"", "-wal", "-shm", ".lock"}) {
            std::error_code ignored;
            std::filesystem::remove(m_path.string() + suffix, ignored);
        }
    }
    std::filesystem::path m_path;
};

/// Nothing is rolled up yet: all of the time is a gap.
void dropRollups(const std::filesystem::path &cache)
{
    CacheOptions options;
    options.path = cache;
    options.lowWater = 0;
    options.ballastBytes = 0;
    auto writer = CacheWriter::open(options);
    if (!writer)
        throw StoreFailure{writer.error()};
    if (const auto dropped = (*writer)->dropRollups(); !dropped)
        throw StoreFailure{dropped.error()};
}

} // namespace

Result<SalvageReport> salvageCache(const std::filesystem::path &damaged, const std::filesystem::path &out,
                                   const std::function<bool(std::uint64_t, std::uint64_t)> &progress)
{
    return guarded([&] {
        if (!std::filesystem::exists(damaged))
            throw StoreFailure{Error{Error::Code::NotFound, "there is no cache " + damaged.string()}};
        if (std::filesystem::exists(out))
            throw StoreFailure{Error{Error::Code::InvalidArgument, out.string() + " exists already"}};
        const WriterLock lock(damaged);
        PartialCache part(out);
        SalvageReport report = Salvage(damaged, part.path(), progress).run();
        dropRollups(part.path());
        part.rename(out);
        return report;
    });
}

} // namespace telltale
