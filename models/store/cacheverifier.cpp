// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/cacheverifier.h"

#include "models/store/cachefile.h"
#include "models/store/rollupcodec.h"
#include "models/store/rolluptable.h"
#include "models/store/schema.h"
#include "models/store/segmentrows.h"
#include "models/store/segmenttable.h"

namespace telltale {
namespace {

constexpr std::size_t kMostProblems = 20; // in words; all are counted

class Check
{
public:
    Check(const std::filesystem::path &path,
          const std::function<bool(std::uint64_t, std::uint64_t)> &progress)
        : m_database(path, Database::Mode::ReadOnly)
        , m_progress(progress)
    {
        requireCache(m_database, cacheMigrations());
        configureReader(m_database);
    }

    CacheCheck run()
    {
        const ReadScope scope(m_database);
        part("file", [&] {
            m_total = static_cast<std::uint64_t>(
                m_database.integer("SELECT (SELECT count(*) FROM segments) + (SELECT count(*) FROM rollups)"));
        });
        part("file", [&] { checkFile(); });
        part("segments", [&] { checkSegments(); });
        part("rollups", [&] { checkRollups(); });
        part("numbers", [&] { checkNumbers(); });
        return std::move(m_found);
    }

private:
    /// Pages that SQLite can not read end a part of the check, not all of it.
    template<typename Work>
    void part(const char *name, Work &&work)
    {
        try {
            work();
        } catch (const StoreFailure &damage) {
            if (damage.error.code != Error::Code::Damaged)
                throw;
            problem(std::string(name) + ": " + damage.error.message);
        }
    }

    void problem(const std::string &text)
    {
        if (m_found.problems.size() < kMostProblems)
            m_found.problems.push_back(text);
    }
    void advance()
    {
        if (m_progress && !m_progress(++m_done, m_total))
            throw StoreFailure{Error{Error::Code::Cancelled, "the check was cancelled"}};
    }

    /// What SQLite itself can see: pages, order, types; not what stands in a blob.
    void checkFile()
    {
        Statement check(m_database, "PRAGMA quick_check(20)");
        while (check.step()) {
            if (check.bytes(0) != "ok")
                problem("file: " + std::string(check.bytes(0)));
        }
    }

    void checkSegments()
    {
        SegmentTable segments(m_database);
        Statement all(m_database, "SELECT id, count FROM segments ORDER BY id");
        while (all.step()) {
            ++m_found.segments;
            m_found.records += all.unsignedInteger(1);
            try {
                EncodedSegment segment;
                segments.read(all.integer(0), segment);
                SegmentRows rows;
                rows.kind = segment.kind;
                appendDecoded(rows, segment);
            } catch (const StoreFailure &damage) {
                ++m_found.damagedSegments;
                m_found.damagedRecords += all.unsignedInteger(1);
                problem("segment " + std::to_string(all.integer(0)) + ": " + damage.error.message);
            }
            advance();
        }
    }

    void checkRollups()
    {
        Statement all(m_database, "SELECT key, counts, users, sessions, others, durations, vals FROM rollups");
        while (all.step()) {
            ++m_found.rollups;
            const std::int64_t key = all.integer(0);
            try {
                RollupColumns columns;
                decodeRollup({all.bytes(1), all.bytes(2), all.bytes(3), all.bytes(4), all.bytes(5), all.bytes(6)},
                             levelOfRollupKey(key), bucketOfRollupKey(key), static_cast<std::uint64_t>(key),
                             RollupTimes | RollupUsers | RollupSessions | RollupOtherIds | RollupDurations | RollupValues,
                             columns);
            } catch (const StoreFailure &damage) {
                ++m_found.damagedRollups;
                problem("rollup " + std::to_string(key) + ": " + damage.error.message +
                        " (verify --rebuild makes it again)");
            }
            advance();
        }
    }

    void checkNumbers()
    {
        const auto errors = static_cast<std::uint64_t>(m_database.integer("SELECT count(*) FROM errors"));
        m_found.records += errors;
        const auto said = static_cast<std::uint64_t>(m_database.integer("SELECT records FROM state"));
        if (said != m_found.records)
            problem("the cache says it has " + std::to_string(said) + " records; there are " +
                    std::to_string(m_found.records));
    }

    Database m_database;
    const std::function<bool(std::uint64_t, std::uint64_t)> &m_progress;
    CacheCheck m_found;
    std::uint64_t m_done = 0, m_total = 0;
};

} // namespace

Result<CacheCheck> checkCache(const std::filesystem::path &path,
                              const std::function<bool(std::uint64_t, std::uint64_t)> &progress)
{
    return guarded([&] { return Check(path, progress).run(); });
}

} // namespace telltale
