// SPDX-License-Identifier: GPL-3.0-or-later
// What comes over from a damaged cache: what was right, nothing else, and a sound cache again.
#include "models/store/cachesalvage.h"
#include "models/store/cacheverifier.h"
#include "models/store/damagedtable.h"
#include "models/store/rollupfigures.h"
#include "models/store/sqlite.h"
#include "models/store/storetesting.h"

#include <QTest>

#include <algorithm>
#include <fstream>
#include <random>
#include <set>

using namespace telltale;
using namespace telltale::testing;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kPage = 4096;
constexpr Instant kStart{1'700'000'000'000'000'000};

/// Records of all kinds, some of them errors, in a hundred commits.
bool fill(const std::filesystem::path &cache, std::size_t count, unsigned seed)
{
    std::mt19937 random(seed);
    auto writer = openWriter(cache);
    auto sketches = randomSketches(random, count);
    for (std::size_t i = 0; i < sketches.size(); ++i)
        sketches[i].time = kStart + std::chrono::seconds(i);
    const std::size_t slice = std::max<std::size_t>(count / 100, 1);
    for (std::size_t at = 0; at < sketches.size(); at += slice) {
        const auto begin = sketches.begin() + static_cast<std::ptrdiff_t>(at);
        std::vector<Delivery> one;
        one.push_back(deliver({begin, std::min(begin + static_cast<std::ptrdiff_t>(slice), sketches.end())}, begin->time));
        if (!writer->commit(one))
            return false;
    }
    return true;
}

std::multiset<std::string> linesOf(const std::filesystem::path &cache)
{
    const auto reader = openReader(cache);
    if (!reader)
        return {};
    const std::vector<std::string> lines = describe(*reader);
    return {lines.begin(), lines.end()};
}

std::uint64_t recordsOf(const std::filesystem::path &cache)
{
    const auto reader = openReader(cache);
    const CacheReader::Snapshot snapshot(*reader);
    return reader->summary()->records;
}

class FileBytes
{
public:
    explicit FileBytes(const std::filesystem::path &file)
        : m_file(file, std::ios::binary | std::ios::in | std::ios::out)
        , m_size(std::filesystem::file_size(file))
    {}
    std::size_t size() const { return m_size; }
    void overwrite(std::size_t at, std::string_view bytes)
    {
        m_file.seekp(static_cast<std::streamoff>(at));
        m_file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }

private:
    std::fstream m_file;
    std::size_t m_size;
};

std::size_t pageOf(const std::filesystem::path &cache, const std::string &table)
{
    Database database(cache, Database::Mode::ReadOnly);
    return static_cast<std::size_t>(database.integer(("SELECT rootpage FROM sqlite_schema WHERE name = '" + table + "'").c_str()));
}

/// Empty: all is right.
std::string problemOf(const std::filesystem::path &cache)
{
    const auto check = checkCache(cache, {});
    if (!check)
        return check.error().message;
    return check->isSound() ? std::string() : check->problems.front();
}

bool isMadeUp(const std::string &line)
{
    return line.find("(lost ") != std::string::npos;
}

} // namespace

class TestSalvage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSoundCacheComesOverWhole()
    {
        const ScratchFolder folder;
        QVERIFY(fill(folder.cache(), 5'000, 1));
        const auto out = folder.path() / "out.db";
        std::uint64_t last = 0, total = 0;
        const auto report = salvageCache(folder.cache(), out, [&](std::uint64_t done, std::uint64_t of) {
            last = done;
            total = of;
            return true;
        });
        QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
        QCOMPARE(last, total);
        QCOMPARE(report->records, recordsOf(folder.cache()));
        QCOMPARE(report->lostRecords, 0U);
        QCOMPARE(report->lostSegments, 0U);
        QCOMPARE(report->lostTexts + report->remadeSessions, 0U);
        QVERIFY(report->notes.empty());
        QVERIFY(linesOf(out) == linesOf(folder.cache()));
        QCOMPARE(describeSessions(*openReader(out)), describeSessions(*openReader(folder.cache())));
        isSoundAndGoesOn(out);
    }

    void aDamagedSegmentIsLeftOut()
    {
        const ScratchFolder folder;
        QVERIFY(fill(folder.cache(), 5'000, 2));
        const auto before = linesOf(folder.cache());
        const std::uint64_t records = recordsOf(folder.cache());
        std::int64_t damaged = 0;
        {
            Database database(folder.cache(), Database::Mode::ReadWrite);
            damaged = database.integer("SELECT count FROM segments WHERE id = (SELECT max(id) FROM segments)");
            database.execute("UPDATE segment_data SET attributes = zeroblob(length(attributes) + 1) WHERE id = (SELECT max(id) FROM segments)");
        }
        const auto out = folder.path() / "out.db";
        const auto report = salvageCache(folder.cache(), out, {});
        QVERIFY(report.has_value());
        QCOMPARE(report->lostSegments, 1U);
        QCOMPARE(report->lostRecords, static_cast<std::uint64_t>(damaged));
        QCOMPARE(report->records, records - report->lostRecords);
        const auto after = linesOf(out);
        QVERIFY(std::ranges::includes(before, after));
        isSoundAndGoesOn(out);

        // Also when nobody knows any more how many there were.
        Database(folder.cache(), Database::Mode::ReadWrite).execute("DELETE FROM state");
        const auto again = salvageCache(folder.cache(), folder.path() / "again.db", {});
        QVERIFY(again.has_value());
        QCOMPARE(again->lostRecords, report->lostRecords);
        QCOMPARE(again->records, report->records);
    }

    void lostTablesAreMadeAgain_data()
    {
        QTest::addColumn<QString>("table");
        for (const char *table : {"strings", "users", "sessions", "origins", "error_groups", "deliveries", "segments_by_time", "rollups"})
            QTest::newRow(table) << QString::fromLatin1(table);
    }
    void lostTablesAreMadeAgain()
    {
        QFETCH(QString, table);
        const ScratchFolder folder;
        QVERIFY(fill(folder.cache(), 4'000, 3));
        const std::uint64_t records = recordsOf(folder.cache());
        const std::size_t page = pageOf(folder.cache(), table.toStdString());
        QVERIFY(page > 1);
        FileBytes(folder.cache()).overwrite((page - 1) * kPage, std::string(kPage, '\xa5'));
        const auto out = folder.path() / "out.db";
        const auto report = salvageCache(folder.cache(), out, {});
        QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
        QCOMPARE(report->records, records);
        if (table == u"sessions")
            QVERIFY(report->remadeSessions > 0);
        if (table == u"strings" || table == u"users" || table == u"origins")
            QVERIFY(report->lostTexts > 0);
        if (table != u"segments_by_time" && table != u"rollups") // made again, whatever they say
            QVERIFY(!report->notes.empty());
        isSoundAndGoesOn(out);
    }

    /// FileBytes anywhere but in the first page, which says where everything else is.
    void mutatedCaches()
    {
        bool hasNumber = false;
        const int asked = qEnvironmentVariableIntValue("TELLTALE_MUTATIONS", &hasNumber);
        const int rounds = hasNumber ? asked : 60;
        const ScratchFolder folder;
        QVERIFY(fill(folder.cache(), 12'000, 4));
        const auto before = linesOf(folder.cache());
        std::mt19937 random(5);
        std::uint64_t saved = 0, all = 0;
        for (int round = 0; round < rounds; ++round) {
            const auto mutated = folder.path() / ("mutated" + std::to_string(round) + ".db");
            const auto out = folder.path() / ("out" + std::to_string(round) + ".db");
            std::filesystem::copy_file(folder.cache(), mutated);
            {
                FileBytes bytes(mutated);
                for (int hit = 0; hit < 4; ++hit) {
                    std::string garbage(1 + random() % 64, '\0');
                    for (char &byte : garbage)
                        byte = static_cast<char>(random());
                    bytes.overwrite(kPage + random() % (bytes.size() - kPage - garbage.size()), garbage);
                }
            }
            const auto report = salvageCache(mutated, out, {});
            all += before.size();
            if (!report) { // the table of contents was hit
                QCOMPARE(report.error().code, Error::Code::Damaged);
                QVERIFY(!std::filesystem::exists(out));
                continue;
            }
            std::multiset<std::string> after;
            for (const std::string &line : linesOf(out)) {
                if (!isMadeUp(line))
                    after.insert(line);
            }
            QVERIFY2(std::ranges::includes(before, after), qPrintable(QString::number(round)));
            saved += after.size();
            QCOMPARE(problemOf(out), std::string());
            std::filesystem::remove(mutated);
            std::filesystem::remove(out);
        }
        qInfo("%.2f %% of the records came over from %d caches with four damaged places", 100.0 * double(saved) / double(all), rounds);
        QVERIFY(double(saved) >= 0.9 * double(all));
    }

    void whatCanNotBeDone()
    {
        const ScratchFolder folder;
        const auto out = folder.path() / "out.db";
        QCOMPARE(salvageCache(folder.cache(), out, {}).error().code, Error::Code::NotFound);
        QVERIFY(fill(folder.cache(), 500, 6));
        QCOMPARE(salvageCache(folder.cache(), out, [](std::uint64_t, std::uint64_t) { return false; }).error().code, Error::Code::Cancelled);
        {
            const auto writer = openWriter(folder.cache());
            QCOMPARE(salvageCache(folder.cache(), out, {}).error().code, Error::Code::Busy);
        }
        // Nothing is left of what was begun.
        for (const auto &entry : std::filesystem::directory_iterator(folder.path()))
            QVERIFY2(entry.path().filename() == "made", entry.path().c_str());
        QVERIFY(salvageCache(folder.cache(), out, {}).has_value());
        QCOMPARE(salvageCache(folder.cache(), out, {}).error().code, Error::Code::InvalidArgument);
        QCOMPARE(std::filesystem::status(out).permissions(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);

        std::filesystem::remove(out);
        FileBytes(folder.cache()).overwrite(100, std::string(kPage - 100, '\0'));
        QCOMPARE(salvageCache(folder.cache(), out, {}).error().code, Error::Code::Damaged);
        FileBytes(folder.cache()).overwrite(0, std::string(100, 'x'));
        QCOMPARE(salvageCache(folder.cache(), out, {}).error().code, Error::Code::Unsupported);
        QVERIFY(!std::filesystem::exists(out));
    }

private:
    /// Its bytes are right, its rollups become what records say, and it takes new records.
    static void isSoundAndGoesOn(const std::filesystem::path &cache)
    {
        auto writer = openWriter(cache);
        QVERIFY(writer);
        std::mt19937 random(9);
        std::vector<Delivery> more;
        more.push_back(deliver(randomSketches(random, 50), kStart));
        QVERIFY(writer->commit(more).has_value());
        for (int i = 0; i < 10'000; ++i) {
            const auto slice = writer->maintain();
            QVERIFY(slice.has_value());
            if (!*slice)
                break;
        }
        writer.reset();
        QCOMPARE(problemOf(cache), std::string());
        const auto reader = openReader(cache);
        QCOMPARE(figuresOfRollups(*reader, RollupLevel::Day), figuresOfRecords(*reader, RollupLevel::Day));
    }
};

QTEST_APPLESS_MAIN(TestSalvage)
#include "tst_salvage.moc"
