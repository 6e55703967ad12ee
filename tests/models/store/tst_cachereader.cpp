// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/cachereader.h"

#include "models/store/readertexts.h"
#include "models/store/sqlite.h"
#include "models/store/storetesting.h"
#include "models/store/usageload.h"

#include <QTest>

#include <atomic>
#include <fstream>
#include <thread>

using namespace telltale;
using namespace telltale::testing;

namespace {

constexpr Instant kArrival{1'700'000'100'000'000'000};

/// Where the bytes of a blob lie in the file: written as they are, a long enough piece is there once.
std::string contentOf(const std::filesystem::path &path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::uint64_t damagedSegments(CacheReader &reader, std::size_t &readable)
{
    std::uint64_t damaged = 0;
    readable = 0;
    const auto segments = reader.segments(RecordKind::UsageEvent, {});
    if (!segments)
        return 0;
    for (const SegmentInfo &info : *segments) {
        const auto segment = reader.segment(info);
        if (!segment && segment.error().code == Error::Code::Damaged)
            ++damaged;
        else if (segment)
            readable += (*segment)->count();
    }
    return damaged;
}

} // namespace

class TestCacheReader final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSnapshotSeesOneCommit()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        std::vector<Delivery> one;
        one.push_back(deliver({Sketch()}, kArrival));
        QVERIFY(writer->commit(one));
        auto reader = openReader(folder.cache());
        const std::uint64_t version = reader->dataVersion();
        QCOMPARE(reader->dataVersion(), version);
        {
            const CacheReader::Snapshot snapshot(*reader);
            QCOMPARE(reader->summary()->records, 1U);
            one.clear();
            one.push_back(deliver({Sketch()}, kArrival));
            QVERIFY(writer->commit(one));
            QCOMPARE(reader->summary()->records, 1U);
            QCOMPARE(reader->segments(RecordKind::UsageEvent, {})->size(), 1U);
        }
        QVERIFY(reader->dataVersion() != version);
        QCOMPARE(reader->summary()->records, 2U);
    }

    void readersSeeWholeCommitsWhileTheWriterWrites()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        constexpr int kCommits = 150;
        constexpr std::size_t kRecords = 64;
        std::atomic<bool> isDone = false;
        std::atomic<bool> isWrong = false;
        std::atomic<int> looks = 0;
        std::thread watcher([&] {
            auto reader = openReader(folder.cache());
            std::uint64_t before = 0;
            bool isLast = false;
            while (!isLast && !isWrong) {
                isLast = isDone;
                const CacheReader::Snapshot snapshot(*reader);
                const std::uint64_t records = reader->summary()->records;
                std::uint64_t rows = 0;
                const auto segments = reader->segments(RecordKind::UsageEvent, {});
                for (const SegmentInfo &info : *segments) {
                    const auto segment = reader->segment(info);
                    rows += segment ? (*segment)->times().size() : 0;
                }
                std::uint64_t inSessions = 0;
                const auto done = reader->forEachSession({}, [&](const StoredSession &session) {
                    inSessions += session.events;
                    return true;
                });
                isWrong = !done || rows != records || inSessions != records || records % kRecords != 0 ||
                          records < before;
                before = records;
                ++looks;
            }
            if (before != kCommits * kRecords)
                isWrong = true;
        });
        UsageLoad load{std::chrono::milliseconds(100)};
        for (int i = 0; i < kCommits; ++i) {
            std::vector<Delivery> one;
            one.push_back(load.next(kRecords));
            QVERIFY(writer->commit(one));
        }
        isDone = true;
        watcher.join();
        QVERIFY(!isWrong);
        QVERIFY(looks > 1);
    }

    void segmentsOutliveTheirReader()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        Sketch sketch;
        sketch.user = "somebody";
        sketch.attributes = {{"user.id", Value("somebody")}, {"x", 1}};
        std::vector<Delivery> one;
        one.push_back(deliver({sketch}, kArrival));
        QVERIFY(writer->commit(one));
        auto reader = openReader(folder.cache());
        const auto infos = reader->segments(RecordKind::UsageEvent, {});
        const auto segment = *reader->segment(infos->front());
        reader.reset();
        QVERIFY(segment->attributes(0) == sketch.attributes);
    }

    void damageIsFoundAndCounted_data()
    {
        QTest::addColumn<QString>("column");
        QTest::newRow("columns") << QStringLiteral("columns");
        QTest::newRow("attributes") << QStringLiteral("attributes");
    }

    void damageIsFoundAndCounted()
    {
        QFETCH(QString, column);
        const ScratchFolder folder;
        constexpr std::size_t kSegments = 5;
        constexpr std::size_t kRows = 2000;
        {
            auto writer = openWriter(folder.cache());
            UsageLoad load{std::chrono::milliseconds(5)};
            for (std::size_t i = 0; i < kSegments; ++i) {
                std::vector<Delivery> one;
                one.push_back(load.next(kRows));
                QVERIFY(writer->commit(one));
            }
        }
        std::string blob;
        {
            Database database(folder.cache(), Database::Mode::ReadOnly);
            Statement read(database, ("SELECT " + column.toStdString() + " FROM segment_data WHERE id = 3"));
            QVERIFY(read.step());
            blob = read.bytes(0);
        }
        std::string content = contentOf(folder.cache());
        const std::string piece = blob.substr(blob.size() / 2, 64);
        const std::size_t at = content.find(piece);
        QVERIFY(at != std::string::npos);
        content[at + 7] = static_cast<char>(content[at + 7] ^ 4); // one bit
        std::ofstream(folder.cache(), std::ios::binary)
            .write(content.data(), static_cast<std::streamsize>(content.size()));

        auto reader = openReader(folder.cache());
        std::size_t readable = 0;
        QCOMPARE(damagedSegments(*reader, readable), 1U);
        QCOMPARE(readable, (kSegments - 1) * kRows);
        QCOMPARE(damagedSegments(*reader, readable), 1U);
        std::uint64_t counted = 0;
        const auto counters = reader->counters();
        for (const StoredCounter &counter : *counters)
            counted += counter.name == "store.segment.damaged" ? counter.count : 0;
        QCOMPARE(counted, 1U); // once, however often it is asked for
    }

    void aChangedZoneMapIsDamageToo()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        std::vector<Delivery> one;
        one.push_back(deliver({Sketch()}, kArrival));
        QVERIFY(writer->commit(one));
        writer.reset();
        {
            Database database(folder.cache(), Database::Mode::ReadWrite);
            database.execute("UPDATE segments SET last = last + 1");
        }
        auto reader = openReader(folder.cache());
        std::size_t readable = 0;
        QCOMPARE(damagedSegments(*reader, readable), 1U);
        QCOMPARE(readable, 0U);
    }

    void aMutatedFileNeverCrashesAnyone()
    {
        const ScratchFolder folder;
        std::mt19937 random(11);
        {
            auto writer = openWriter(folder.cache());
            for (int i = 0; i < 4; ++i) {
                std::vector<Delivery> one;
                one.push_back(deliver(randomSketches(random, 300), kArrival));
                QVERIFY(writer->commit(one));
            }
        }
        const std::string good = contentOf(folder.cache());
        std::vector<std::string> expected;
        {
            auto reader = openReader(folder.cache());
            expected = describe(*reader);
        }
        const auto mutated = folder.path() / "mutated.telltale";
        for (int i = 0; i < 60; ++i) {
            std::string content = good;
            for (int k = 0; k < 3; ++k)
                content[random() % content.size()] = static_cast<char>(random());
            std::ofstream(mutated, std::ios::binary)
                .write(content.data(), static_cast<std::streamsize>(content.size()));
            const auto reader = CacheReader::open(mutated);
            if (!reader)
                continue;
            // What is still given out as segments is what was stored.
            for (const RecordKind kind :
                 {RecordKind::UsageEvent, RecordKind::Span, RecordKind::MetricPoint}) {
                const auto segments = (*reader)->segments(kind, {});
                if (!segments)
                    continue;
                for (const SegmentInfo &info : *segments) {
                    const auto segment = (*reader)->segment(info);
                    if (!segment)
                        continue;
                    QCOMPARE((*segment)->times().size(), std::size_t{(*segment)->count()});
                    for (std::uint32_t row = 0; row < (*segment)->count(); ++row) {
                        (*segment)->attributes(row);
                        (*segment)->trace(row);
                        (*segment)->metric(row);
                    }
                }
            }
            (void)(*reader)->errorGroups();
            (void)(*reader)->counters();
            for (const RollupLevel level : {RollupLevel::Minute, RollupLevel::Quarter, RollupLevel::Day})
                (void)(*reader)->forEachRollup(RollupFamily::All, level, -1'000'000'000, 1'000'000'000, 31U,
                                               [](const RollupPart &) {});
            (void)(*reader)->forEachError({}, true, [](const StoredError &) { return true; });
            (void)(*reader)->forEachSession({}, [](const StoredSession &) { return true; });
        }
        QVERIFY(!expected.empty());
    }

    /// Somebody scrolls through all sessions, one page after the other: keys of users and sessions do not pile up.
    void keysAreForgottenWhenThereAreMany()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        constexpr int kUsers = 3'000;
        const std::string tail(2'000, 'x');
        std::vector<Sketch> sketches;
        for (int i = 0; i < kUsers; ++i) {
            Sketch sketch;
            sketch.time = kArrival;
            sketch.user = "user " + std::to_string(i) + tail;
            sketch.session = "session " + std::to_string(i);
            sketches.push_back(sketch);
        }
        std::vector<Delivery> one;
        one.push_back(deliver(sketches, kArrival));
        QVERIFY(writer->commit(one));

        const auto database = std::make_shared<Database>(folder.cache(), Database::Mode::ReadOnly);
        ReaderTexts texts(database);
        const auto last = texts.findUser("user " + std::to_string(kUsers - 1) + tail);
        QVERIFY(last && *last >= kUsers);
        for (UserId id = 1; id <= *last; ++id) {
            const std::string_view key = texts.user(id);
            QVERIFY(texts.user(id).data() == key.data()); // remembered
        }
        QVERIFY(texts.session(1).starts_with("session "));
        QVERIFY(texts.keyBytes() > ReaderTexts::kMostKeyBytes);
        texts.refresh();
        QCOMPARE(texts.keyBytes(), std::size_t(0));
        QVERIFY(texts.user(*last).ends_with(tail));
        QVERIFY(texts.session(1).starts_with("session "));
        const std::size_t few = texts.keyBytes();
        QVERIFY(few > tail.size());
        texts.refresh();
        QCOMPARE(texts.keyBytes(), few); // few outlast a transaction
    }
};

QTEST_APPLESS_MAIN(TestCacheReader)
#include "tst_cachereader.moc"
