// SPDX-License-Identifier: GPL-3.0-or-later
// What rollups say against straight loops over the records, whatever happened to them.
#include "models/store/rollupwriter.h"

#include "models/store/cachefile.h"
#include "models/store/cachewriter.h"
#include "models/store/rollupfigures.h"
#include "models/store/rolluptable.h"
#include "models/store/storetesting.h"
#include "models/store/usageload.h"

#include <QTest>

#include <map>
#include <utility>

#include <sys/wait.h>
#include <unistd.h>

using namespace telltale;
using namespace telltale::testing;

namespace {

constexpr std::int64_t kMinute = 60 * kRollupSecond;
constexpr std::int64_t kHour = 3600 * kRollupSecond;
constexpr std::int64_t kDay = 24 * kHour;
/// A whole number of 64 days since 1970.
constexpr std::int64_t kStart = 300 * 64 * kDay;

constexpr RollupLevel kAllLevels[] = {
    RollupLevel::Minute, RollupLevel::Quarter,     RollupLevel::Hour,         RollupLevel::FourHours,
    RollupLevel::Day,    RollupLevel::SixteenDays, RollupLevel::SixtyFourDays};

/// Spread over `days` from kStart on, in about the order of time.
std::vector<Sketch> sketchesOver(std::mt19937 &random, std::size_t count, std::int64_t days)
{
    auto sketches = randomSketches(random, count);
    for (std::size_t i = 0; i < sketches.size(); ++i) {
        const auto place = static_cast<double>(i) / static_cast<double>(count);
        sketches[i].time = {kStart + static_cast<std::int64_t>(place * static_cast<double>(days * kDay)) +
                            static_cast<std::int64_t>(random() % 1000) * kRollupSecond};
    }
    return sketches;
}

void commit(CacheWriter &writer, const std::vector<Sketch> &sketches)
{
    std::vector<Delivery> one;
    one.push_back(deliver(sketches, sketches.back().time));
    QVERIFY(writer.commit(one));
}

void commitInPieces(CacheWriter &writer, const std::vector<Sketch> &sketches, std::size_t pieces)
{
    const std::size_t each = sketches.size() / pieces;
    for (std::size_t i = 0; i < pieces; ++i)
        commit(writer, {sketches.begin() + static_cast<std::ptrdiff_t>(i * each),
                        sketches.begin() + static_cast<std::ptrdiff_t>((i + 1) * each)});
}

/// Until nothing is left to do in the background.
void settle(CacheWriter &writer)
{
    QVERIFY(writer.checkpoint());
    bool hasMore = true;
    for (int i = 0; i < 1'000 && hasMore; ++i) {
        const auto slice = writer.maintain();
        QVERIFY(slice);
        hasMore = *slice;
    }
    QVERIFY(!hasMore);
}

std::int64_t rows(const std::filesystem::path &path, RollupFamily family, RollupLevel level,
                  std::int64_t fromBucket = -1'000'000'000, std::int64_t toBucket = 1'000'000'000)
{
    Database database(path, Database::Mode::ReadOnly);
    Statement count(database, "SELECT count(*) FROM rollups WHERE key >= :from AND key < :to");
    count.bind(":from", rollupKey(family, level, fromBucket, 0))
        .bind(":to", rollupKey(family, level, toBucket, 0));
    count.step();
    return count.integer(0);
}

std::int64_t number(const std::filesystem::path &path, const char *sql)
{
    Database database(path, Database::Mode::ReadOnly);
    return database.integer(sql);
}

RollupInfo infoOf(CacheReader &reader)
{
    const auto info = reader.rollupInfo();
    return info ? *info : RollupInfo();
}

bool areMinutesFolded(CacheReader &reader)
{
    return infoOf(reader).minutesFrom > Instant::min();
}

/// The first place where the two differ, for people; empty when they do not.
QString difference(const RollupFigureTable &got, const RollupFigureTable &want)
{
    const auto describe = [](const RollupPlace &place, const RollupFigures &figures) {
        QString text = QStringLiteral("family %1 bucket %2 subject %3 release %4:")
                           .arg(int(place.family))
                           .arg(place.bucket)
                           .arg(QString::fromStdString(place.subject), QString::fromStdString(place.release));
        for (const std::uint64_t count : figures.counts)
            text += QStringLiteral(" %1").arg(count);
        return QString(
            text + QStringLiteral(" users %1 sessions %2 failed %3 crashed %4 first %5 last %6 durations %7")
                       .arg(figures.users.size())
                       .arg(figures.sessions.size())
                       .arg(figures.failed.size())
                       .arg(figures.crashed.size())
                       .arg(figures.first.value_or(-1))
                       .arg(figures.last.value_or(-1))
                       .arg(figures.durations));
    };
    for (const auto &[place, figures] : want) {
        const auto found = got.find(place);
        const RollupFigures has = found == got.end() ? RollupFigures() : found->second;
        if (!(has == figures))
            return QString(describe(place, has) + QStringLiteral("\ninstead of ") + describe(place, figures));
    }
    return got.size() == want.size() ? QString()
                                     : QStringLiteral("there are more cells than there should be");
}

#define COMPARE_ALL_LEVELS(path)                                                                             \
    do {                                                                                                     \
        const auto reader_ = openReader(path);                                                               \
        QVERIFY(reader_ != nullptr);                                                                         \
        for (const RollupLevel level_ : kAllLevels) {                                                        \
            if (level_ == RollupLevel::Minute && areMinutesFolded(*reader_))                                 \
                continue; /* some are folded */                                                              \
            const auto want_ = figuresOfRecords(*reader_, level_);                                           \
            QVERIFY(!want_.empty());                                                                         \
            QCOMPARE(difference(figuresOfRollups(*reader_, level_), want_), QString());                      \
        }                                                                                                    \
    } while (false)

/// The writer's parts without the rest of it, on a cache that nobody else writes.
struct BareWriter
{
    explicit BareWriter(const std::filesystem::path &path)
        : database(path, Database::Mode::ReadWrite)
    {
        configureWriter(database);
    }
    std::int64_t sequence() { return database.integer("SELECT rolled_sequence FROM state"); }
    void settle(Instant now)
    {
        for (bool isBusy = true; isBusy;) {
            Transaction transaction(database);
            isBusy = rollups.maintain(sequence(), now);
            transaction.commit();
        }
    }
    Database database;
    SegmentTable segments{database};
    RollupWriter rollups{database, segments};
};

} // namespace

class TestRollups final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bucketsAreAlignedAlsoBefore1970()
    {
        QCOMPARE(bucketOf(0, RollupLevel::Hour), 0);
        QCOMPARE(bucketOf(-1, RollupLevel::Hour), -1);
        QCOMPARE(bucketOf(-kHour, RollupLevel::Hour), -1);
        QCOMPARE(bucketOf(-kHour - 1, RollupLevel::Hour), -2);
        QCOMPARE(firstBucketFrom(1, RollupLevel::Day), 1);
        QCOMPARE(firstBucketFrom(0, RollupLevel::Day), 0);
        QCOMPARE(firstBucketFrom(-1, RollupLevel::Day), 0);
        for (const std::int64_t time : {Instant::min().ns, Instant::max().ns}) {
            for (const RollupLevel level : kAllLevels) {
                const std::int64_t bucket = bucketOf(time, level);
                QVERIFY(bucketStart(bucket, level) <= time);
                QCOMPARE(bucketOfRollupKey(rollupKey(RollupFamily::ErrorGroup, level, bucket, 7)), bucket);
            }
        }
    }

    void partsAndTailSayWhatRecordsSay_data()
    {
        QTest::addColumn<int>("commits");
        QTest::addColumn<int>("records");
        QTest::newRow("nothing flushed yet") << 2 << 30;
        QTest::newRow("many small commits") << 90 << 40;
        QTest::newRow("large commits") << 12 << 4000;
    }

    void partsAndTailSayWhatRecordsSay()
    {
        QFETCH(int, commits);
        QFETCH(int, records);
        const ScratchFolder folder;
        std::mt19937 random(9);
        auto writer = openWriter(folder.cache());
        for (int i = 0; i < commits; ++i) {
            auto sketches = randomSketches(random, static_cast<std::size_t>(records));
            for (Sketch &sketch : sketches) { // also late ones, some before 1970 and at the ends of time
                static const Instant kEnds[] = {Instant::min(), Instant::max()};
                if (random() % 3 == 0)
                    sketch.time = {static_cast<std::int64_t>(random()) * 40'000'000 - 1'000'000'000'000'000};
                else if (random() % 500 == 0)
                    sketch.time = kEnds[random() % 2];
            }
            std::vector<Delivery> one;
            one.push_back(deliver(sketches, {1'700'002'000'000'000'000}));
            QVERIFY(writer->commit(one));
        }
        COMPARE_ALL_LEVELS(folder.cache());
        writer.reset();
        writer = openWriter(folder.cache());
        std::size_t tail = 0;
        const auto reader = openReader(folder.cache());
        QVERIFY(figuresOfRollups(*reader, RollupLevel::Hour, &tail) ==
                figuresOfRecords(*reader, RollupLevel::Hour));
        QCOMPARE(tail, 0U); // closing writes what was collected
        settle(*writer);
        COMPARE_ALL_LEVELS(folder.cache());
    }

    void coarseBucketsComeAndGo()
    {
        const ScratchFolder folder;
        std::mt19937 random(4);
        auto writer = openWriter(folder.cache());
        commitInPieces(*writer, sketchesOver(random, 6000, 150), 6);
        settle(*writer);
        for (const RollupLevel level : kAllLevels) {
            if (level > RollupLevel::Quarter)
                QVERIFY(rows(folder.cache(), RollupFamily::Feature, level) > 0);
        }
        QCOMPARE(rows(folder.cache(), RollupFamily::All, RollupLevel::SixtyFourDays), 2);
        COMPARE_ALL_LEVELS(folder.cache());
        QVERIFY(number(folder.cache(), "SELECT count(*) FROM rollup_due") < 20); // of the last days only

        // One late record takes away all that lies above it.
        auto late = randomSketches(random, 2000);
        for (Sketch &sketch : late)
            sketch.time = {kStart + 20 * kDay + 5 * kHour +
                           static_cast<std::int64_t>(random() % 60) * kRollupSecond};
        commit(*writer, late);
        writer.reset();
        const auto above = [&](RollupLevel level) {
            const std::int64_t bucket = bucketOf(late.front().time.ns, level);
            return rows(folder.cache(), RollupFamily::All, level, bucket, bucket + 1) +
                   rows(folder.cache(), RollupFamily::Feature, level, bucket, bucket + 1);
        };
        for (const RollupLevel level : kAllLevels) {
            if (level > RollupLevel::Quarter)
                QCOMPARE(above(level), 0);
        }
        QCOMPARE(rows(folder.cache(), RollupFamily::All, RollupLevel::SixtyFourDays), 1);
        COMPARE_ALL_LEVELS(folder.cache());
        writer = openWriter(folder.cache());
        settle(*writer);
        for (const RollupLevel level : kAllLevels) {
            if (level > RollupLevel::Minute)
                QCOMPARE(above(level), 2);
        }
        COMPARE_ALL_LEVELS(folder.cache());
    }

    /// What late records cost is rows: each minute that got one must not make one.
    void lateRecordsMakeARowAQuarter()
    {
        const ScratchFolder folder;
        std::mt19937 random(15);
        auto writer = openWriter(folder.cache());
        auto late = randomSketches(random, 6000);
        for (Sketch &sketch : late)
            sketch.time = {kStart + static_cast<std::int64_t>(random() % (48 * 60)) * kMinute +
                           static_cast<std::int64_t>(random() % 60) * kRollupSecond};
        commit(*writer, late);
        QVERIFY(writer->checkpoint());
        QCOMPARE(rows(folder.cache(), RollupFamily::All, RollupLevel::Minute), 48 * 4);
        COMPARE_ALL_LEVELS(folder.cache());
        // Of a row, the minutes that are asked for.
        auto reader = openReader(folder.cache());
        std::map<std::int64_t, std::uint64_t> usage;
        for (const Sketch &sketch : late)
            usage[bucketOf(sketch.time.ns, RollupLevel::Minute)] += sketch.kind == RecordKind::UsageEvent;
        std::erase_if(usage, [](const auto &minute) { return minute.second == 0; });
        for (int i = 0; i < 50; ++i) {
            const std::int64_t from = kStart / kMinute + std::int64_t(random() % 100);
            const std::int64_t to = from + 1 + std::int64_t(random() % 40);
            std::map<std::int64_t, std::uint64_t> found;
            const auto add = [&](const RollupPart &part) {
                for (std::size_t cell = 0; cell < part.columns.size(); ++cell)
                    found[part.bucket] += part.columns.count(RollupCount::Usage, cell);
            };
            QVERIFY(reader->forEachRollup(RollupFamily::All, RollupLevel::Minute, from, to, RollupCountsOnly, add));
            std::erase_if(found, [](const auto &minute) { return minute.second == 0; });
            const std::map<std::int64_t, std::uint64_t> want(usage.lower_bound(from), usage.lower_bound(to));
            QVERIFY(found == want);
        }
    }

    /// An older program gave each minute a row of its own.
    void minutesInRowsOfTheirOwnAreReadAsEver()
    {
        const ScratchFolder folder;
        std::mt19937 random(16);
        auto writer = openWriter(folder.cache());
        commitInPieces(*writer, sketchesOver(random, 3000, 2), 3);
        QVERIFY(writer->checkpoint());
        writer.reset();
        {
            Database database(folder.cache(), Database::Mode::ReadWrite);
            RollupTable table(database);
            Transaction transaction(database);
            Statement due(database, "INSERT OR IGNORE INTO rollup_due (level, bucket) VALUES (0, :bucket)");
            for (std::int64_t quarter = bucketOf(kStart, RollupLevel::Minute);
                 quarter < (kStart + 3 * kDay) / kMinute; quarter += kMinutesInRow) {
                const auto cells = table.merged(RollupFamily::All, RollupLevel::Minute, quarter, quarter + 1,
                                                RollupLevel::Minute);
                table.remove(RollupFamily::All, RollupLevel::Minute, quarter, quarter + 1);
                for (RollupCell cell : cells) {
                    const std::int64_t minute =
                        quarter + static_cast<std::int64_t>(std::exchange(cell.subject, 0));
                    EncodedRollup encoded =
                        encodeRollup({&cell, 1}, RollupFamily::All, RollupLevel::Minute, minute);
                    table.append(RollupFamily::All, RollupLevel::Minute, minute, encoded);
                    due.bind(":bucket", minute).execute();
                }
            }
            transaction.commit();
        }
        QVERIFY(rows(folder.cache(), RollupFamily::All, RollupLevel::Minute) > 2 * 96 + 1);
        COMPARE_ALL_LEVELS(folder.cache());
        writer = openWriter(folder.cache());
        commit(*writer, sketchesOver(random, 500, 2)); // beside them
        QVERIFY(writer->checkpoint());
        COMPARE_ALL_LEVELS(folder.cache());
        settle(*writer);
        COMPARE_ALL_LEVELS(folder.cache());
    }

    void minutesAreFoldedWhenTheyBecomeOld()
    {
        const ScratchFolder folder;
        std::mt19937 random(5);
        auto writer = openWriter(folder.cache());
        commitInPieces(*writer, sketchesOver(random, 4000, 10), 5);
        settle(*writer);
        const std::int64_t from = number(folder.cache(), "SELECT minutes_from FROM rollup_state");
        QCOMPARE(from, kStart + 7 * kDay);
        QCOMPARE(rows(folder.cache(), RollupFamily::All, RollupLevel::Minute, -1'000'000'000,
                      bucketOf(from, RollupLevel::Minute)),
                 0);
        QVERIFY(rows(folder.cache(), RollupFamily::All, RollupLevel::Minute) > 0);
        auto reader = openReader(folder.cache());
        for (const RollupLevel level : kAllLevels) {
            if (level > RollupLevel::Minute)
                QCOMPARE(difference(figuresOfRollups(*reader, level), figuresOfRecords(*reader, level)),
                         QString());
        }
        // What comes late goes straight to quarters.
        auto late = sketchesOver(random, 3000, 9);
        commit(*writer, late);
        settle(*writer);
        QCOMPARE(rows(folder.cache(), RollupFamily::All, RollupLevel::Minute, -1'000'000'000,
                      bucketOf(from, RollupLevel::Minute)),
                 0);
        for (const RollupLevel level : kAllLevels) {
            if (level > RollupLevel::Minute)
                QCOMPARE(difference(figuresOfRollups(*reader, level), figuresOfRecords(*reader, level)),
                         QString());
        }
    }

    void aKilledWriterLosesNothing()
    {
        const ScratchFolder folder;
        const pid_t child = ::fork();
        if (child == 0) {
            auto writer = openWriter(folder.cache());
            std::mt19937 random(6);
            const auto sketches = sketchesOver(random, 9000, 2);
            for (std::size_t i = 0; i < 9; ++i) {
                std::vector<Delivery> one;
                one.push_back(deliver({sketches.begin() + static_cast<std::ptrdiff_t>(i * 1000),
                                       sketches.begin() + static_cast<std::ptrdiff_t>((i + 1) * 1000)},
                                      sketches[i * 1000].time));
                if (!writer->commit(one))
                    ::_exit(1);
                if (i == 4 && !writer->checkpoint())
                    ::_exit(1);
            }
            ::kill(::getpid(), SIGKILL); // nothing is closed
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status));
        auto writer = openWriter(folder.cache());
        QVERIFY(writer);
        auto reader = openReader(folder.cache());
        std::size_t tail = 0;
        const auto want = figuresOfRecords(*reader, RollupLevel::Hour);
        QVERIFY(figuresOfRollups(*reader, RollupLevel::Hour, &tail) == want);
        QCOMPARE(tail, 4000U);
        writer.reset(); // writes the tail that was found again
        tail = 0;
        QVERIFY(figuresOfRollups(*reader, RollupLevel::Hour, &tail) == want);
        QCOMPARE(tail, 0U);
    }

    void whatIsDamagedIsSaidAndMadeAgain()
    {
        const ScratchFolder folder;
        std::mt19937 random(7);
        auto sketches = sketchesOver(random, 3000, 2);
        {
            auto writer = openWriter(folder.cache());
            commitInPieces(*writer, sketches, 3);
            settle(*writer);
        }
        {
            Database database(folder.cache(), Database::Mode::ReadWrite);
            Statement damage(database, "UPDATE rollups SET users = CAST(substr(users, 1, length(users) - 1)"
                                       " || x'ee' AS BLOB)"
                                       " WHERE key >= :from AND key < :to AND length(users) > 8");
            const std::int64_t bucket = bucketOf(kStart, RollupLevel::Quarter);
            damage.bind(":from", rollupKey(RollupFamily::Feature, RollupLevel::Quarter, bucket, 0))
                .bind(":to", rollupKey(RollupFamily::Feature, RollupLevel::Quarter, bucket + 30, 0))
                .execute();
        }
        auto reader = openReader(folder.cache());
        const std::int64_t bucket = bucketOf(kStart, RollupLevel::Quarter);
        const auto read = [&](unsigned parts) {
            return reader->forEachRollup(RollupFamily::Feature, RollupLevel::Quarter, bucket, bucket + 30,
                                         parts, [](const RollupPart &) {});
        };
        QVERIFY(read(RollupUsers).error().code == Error::Code::Damaged);
        QVERIFY(read(RollupSessions).has_value());
        QVERIFY(read(RollupCountsOnly).has_value());
        reader.reset();
        // The day has to be built anew, and the writer comes across it.
        auto writer = openWriter(folder.cache());
        auto late = sketchesOver(random, 1500, 1);
        commit(*writer, late);
        settle(*writer);
        COMPARE_ALL_LEVELS(folder.cache());
        reader = openReader(folder.cache());
        QVERIFY(infoOf(*reader).gaps.empty());
    }

    void anyRangeCanBeMadeAgain()
    {
        const ScratchFolder folder;
        std::mt19937 random(8);
        {
            auto writer = openWriter(folder.cache());
            commitInPieces(*writer, sketchesOver(random, 5000, 40), 4);
            settle(*writer);
        }
        const Instant now{kStart + 40 * kDay};
        BareWriter bare(folder.cache());
        bare.settle(now);
        for (const TimeRange range : {TimeRange{{kStart + 3 * kDay + 7}, {kStart + 4 * kDay + 5 * kHour}},
                                      TimeRange{{kStart + 17 * kDay}, {kStart + 17 * kDay + 1}},
                                      TimeRange{Instant::min(), {kStart + kDay}},
                                      TimeRange{{kStart + 39 * kDay}, Instant::max()}, TimeRange{}}) {
            {
                Transaction transaction(bare.database);
                bare.rollups.invalidate(range);
                transaction.commit();
            }
            auto reader = openReader(folder.cache());
            QCOMPARE(infoOf(*reader).gaps.size(), 1U);
            QCOMPARE(infoOf(*reader).gaps[0].from.ns % (900 * kRollupSecond) == 0 ||
                         infoOf(*reader).gaps[0].from == Instant::min(),
                     true);
            reader.reset();
            COMPARE_ALL_LEVELS(folder.cache());
            bare.settle(now);
            reader = openReader(folder.cache());
            QVERIFY(infoOf(*reader).gaps.empty());
            reader.reset();
            for (const RollupLevel level : kAllLevels) {
                if (level > RollupLevel::Minute) {
                    auto again = openReader(folder.cache());
                    QVERIFY(figuresOfRollups(*again, level) == figuresOfRecords(*again, level));
                }
            }
        }
    }

    void whatIsDeletedIsGoneFromRollupsToo()
    {
        const ScratchFolder folder;
        std::mt19937 random(11);
        {
            auto writer = openWriter(folder.cache());
            commitInPieces(*writer, sketchesOver(random, 5000, 40), 4);
            settle(*writer);
        }
        BareWriter bare(folder.cache());
        {
            Transaction transaction(bare.database);
            bare.database.execute(
                "DELETE FROM segment_data WHERE id IN (SELECT id FROM segments WHERE id % 3 = 0);"
                "DELETE FROM segments WHERE id % 3 = 0; DELETE FROM errors WHERE id % 2 = 0");
            bare.rollups.invalidate({});
            transaction.commit();
        }
        COMPARE_ALL_LEVELS(folder.cache());
        bare.settle({kStart + 40 * kDay});
        auto reader = openReader(folder.cache());
        QVERIFY(figuresOfRollups(*reader, RollupLevel::Hour) == figuresOfRecords(*reader, RollupLevel::Hour));
        QVERIFY(figuresOfRollups(*reader, RollupLevel::SixtyFourDays) ==
                figuresOfRecords(*reader, RollupLevel::SixtyFourDays));
    }

    void idsOfErrorsAreNotUsedAgain()
    {
        const ScratchFolder folder;
        std::vector<Sketch> errors(3);
        for (Sketch &sketch : errors)
            sketch.kind = RecordKind::Error;
        {
            auto writer = openWriter(folder.cache());
            commit(*writer, errors);
        }
        {
            BareWriter bare(folder.cache());
            Transaction transaction(bare.database);
            bare.database.execute("DELETE FROM errors WHERE id > 1");
            bare.rollups.invalidate({});
            transaction.commit();
        }
        auto writer = openWriter(folder.cache());
        commit(*writer, errors);
        QCOMPARE(number(folder.cache(), "SELECT max(id) FROM errors"), 6);
        COMPARE_ALL_LEVELS(folder.cache());
    }

    void anOlderCacheGetsItsRollups_data()
    {
        QTest::addColumn<QByteArray>("downgrade");
        // As the first version left it.
        QTest::newRow("without any") << QByteArray(
            "DROP TABLE rollups; DROP TABLE rollup_due; DROP TABLE rollup_gaps; DROP TABLE rollup_state;"
            "DROP TABLE editions; CREATE TABLE rollups (id INTEGER PRIMARY KEY, data BLOB) STRICT;"
            "ALTER TABLE state DROP COLUMN last_segment; ALTER TABLE state DROP COLUMN last_session;"
            "DROP TABLE removals; DROP TABLE user_joins; DROP TABLE triage; DROP TABLE documents;"
            "DROP TABLE rollup_changes; DROP INDEX sessions_long; ALTER TABLE sessions DROP COLUMN is_long;"
            "UPDATE state SET rolled_sequence = sequence - 1; PRAGMA user_version = 1");
        // With some of their own, which nobody can read any more.
        QTest::newRow("without durations as they were") << QByteArray(
            "DROP TABLE rollup_changes; DROP INDEX sessions_long; ALTER TABLE sessions DROP COLUMN is_long;"
            "ALTER TABLE rollups DROP COLUMN vals;"
            "ALTER TABLE rollup_state DROP COLUMN change; ALTER TABLE rollup_state DROP COLUMN dropped;"
            "UPDATE rollups SET counts = x'00'; PRAGMA user_version = 6");
    }

    void anOlderCacheGetsItsRollups()
    {
        QFETCH(QByteArray, downgrade);
        const ScratchFolder folder;
        std::mt19937 random(12);
        {
            auto writer = openWriter(folder.cache());
            commitInPieces(*writer, sketchesOver(random, 3000, 20), 3);
            settle(*writer);
            commitInPieces(*writer, sketchesOver(random, 300, 20), 3); // not yet rolled up
        }
        Database(folder.cache(), Database::Mode::ReadWrite).execute(downgrade.constData());
        auto writer = openWriter(folder.cache());
        QVERIFY(writer);
        QCOMPARE(infoOf(*openReader(folder.cache())).gaps.size(), 1U);
        COMPARE_ALL_LEVELS(folder.cache()); // everything is scanned meanwhile
        commit(*writer, sketchesOver(random, 300, 25));
        COMPARE_ALL_LEVELS(folder.cache());
        settle(*writer);
        QVERIFY(infoOf(*openReader(folder.cache())).gaps.empty());
        QVERIFY(rows(folder.cache(), RollupFamily::Feature, RollupLevel::SixteenDays) > 0);
        auto reader = openReader(folder.cache());
        QVERIFY(figuresOfRollups(*reader, RollupLevel::Day) == figuresOfRecords(*reader, RollupLevel::Day));
    }
};

QTEST_APPLESS_MAIN(TestRollups)
#include "tst_rollups.moc"
