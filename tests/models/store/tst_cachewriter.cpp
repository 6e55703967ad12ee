// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/cachewriter.h"

#include "models/store/storetesting.h"

#include <QTest>

#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

using namespace telltale;
using namespace telltale::testing;

namespace {

constexpr Instant kArrival{1'700'000'100'000'000'000};

std::vector<std::string> sorted(std::vector<std::string> lines)
{
    std::sort(lines.begin(), lines.end());
    return lines;
}

unsigned modeOf(const std::filesystem::path &path)
{
    struct stat facts
    {};
    return ::stat(path.c_str(), &facts) == 0 ? facts.st_mode & 0777U : 0U;
}

std::uint64_t counter(CacheReader &reader, std::string_view name)
{
    const auto counters = reader.counters();
    if (!counters)
        return 0;
    for (const StoredCounter &each : *counters) {
        if (each.name == name)
            return each.count;
    }
    return 0;
}

} // namespace

class TestCacheWriter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keysForGoodAndPositions()
    {
        const ScratchFolder folder;
        std::mt19937 random(5);
        const auto deliveryAt = [&](Instant arrival, const char *place, bool isKept) {
            std::vector<Delivery> one(1);
            one[0] = deliver(randomSketches(random, 3), arrival);
            one[0].key = DeliveryKey{1, isKept ? 2U : 3U};
            one[0].isKeyKept = isKept;
            one[0].source = "/var/log/app.jsonl";
            one[0].position = Document{"place", "app", {}, place};
            return one;
        };
        auto writer = openWriter(folder.cache());
        for (const bool isKept : {true, false}) {
            for (const auto &[days, isRepeat] : {std::pair(0, false), std::pair(1, isKept), std::pair(400, isKept)}) {
                auto delivery = deliveryAt(kArrival + std::chrono::hours(24 * days), isKept ? "kept" : "not kept", isKept);
                QVERIFY(writer->commit(delivery));
                QCOMPARE(delivery[0].isRepeat, isRepeat);
                if (days == 1) { // and what is only in the file counts as well
                    writer.reset();
                    writer = openWriter(folder.cache());
                }
            }
        }
        // A delivery that holds nothing moves the place too.
        std::vector<Delivery> empty(1);
        empty[0].protocol = "file";
        empty[0].arrival = kArrival;
        empty[0].rejected = 2;
        empty[0].source = "/var/log/app.jsonl";
        empty[0].position = Document{"place", "app", {}, "the end"};
        QVERIFY(writer->commit(empty));
        writer.reset();
        const auto reader = CacheReader::open(folder.cache());
        QVERIFY(reader);
        const auto documents = (*reader)->documents("place");
        QVERIFY(documents);
        QCOMPARE(documents->size(), std::size_t(1));
        QCOMPARE(documents->front().body, std::string("the end"));
        const auto sources = (*reader)->sources();
        QVERIFY(sources);
        std::uint64_t rejected = 0;
        for (const StoredSource &source : *sources) {
            QCOMPARE(source.name, std::string("/var/log/app.jsonl"));
            rejected += source.rejected;
        }
        QCOMPARE(rejected, std::uint64_t(2));
    }

    void everythingComesBackExactly_data()
    {
        QTest::addColumn<int>("deliveries");
        QTest::addColumn<int>("records");
        QTest::newRow("one record") << 1 << 1;
        QTest::newRow("one delivery") << 1 << 700;
        QTest::newRow("a few rows each, merged many times") << 120 << 9;
        QTest::newRow("more than a segment holds") << 3 << 16000;
    }

    void everythingComesBackExactly()
    {
        QFETCH(int, deliveries);
        QFETCH(int, records);
        const ScratchFolder folder;
        std::mt19937 random(1);
        std::vector<std::string> sent;
        std::uint64_t count = 0;
        {
            auto writer = openWriter(folder.cache());
            QVERIFY(writer);
            for (int i = 0; i < deliveries; ++i) {
                std::vector<Delivery> one(1);
                one[0] = deliver(randomSketches(random, static_cast<std::size_t>(records)),
                                 kArrival + std::chrono::seconds(i));
                const auto lines = describe(one[0]);
                sent.insert(sent.end(), lines.begin(), lines.end());
                count += one[0].batch.size();
                const auto report = writer->commit(one);
                QVERIFY2(report, report ? "" : report.error().message.c_str());
                QCOMPARE(report->records, one[0].batch.size());
            }
            auto reader = openReader(folder.cache());
            QVERIFY(reader);
            QVERIFY(describe(*reader) == sorted(sent));
        }
        auto writer = openWriter(folder.cache());
        QVERIFY(writer);
        QVERIFY(writer->checkpoint());
        auto reader = openReader(folder.cache());
        QVERIFY(reader);
        const auto back = describe(*reader);
        QCOMPARE(back.size(), sent.size());
        QVERIFY(back == sorted(sent));
        QCOMPARE(reader->summary()->records, count);
    }

    void smallSegmentsAreMerged()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        QVERIFY(writer);
        std::size_t records = 0;
        for (int i = 0; i < 200; ++i) {
            std::vector<Sketch> sketches(5);
            for (Sketch &sketch : sketches)
                sketch.time = {1'000'000'000LL * static_cast<std::int64_t>(++records)};
            std::vector<Delivery> one(1);
            one[0] = deliver(sketches, kArrival);
            QVERIFY(writer->commit(one));
        }
        auto reader = openReader(folder.cache());
        const auto segments = reader->segments(RecordKind::UsageEvent, {});
        QVERIFY(segments);
        QVERIFY2(segments->size() < 40, std::to_string(segments->size()).c_str());
        std::size_t kept = 0;
        for (const SegmentInfo &info : *segments)
            kept += info.count;
        QCOMPARE(kept, records);
    }

    void aSegmentIsFoundByTimeAndBySession()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        std::vector<Delivery> two;
        Sketch early;
        early.time = {1000};
        early.session = "one";
        Sketch late;
        late.time = {9000};
        late.session = "two";
        two.push_back(deliver({early}, kArrival));
        QVERIFY(writer->commit(two));
        two.clear();
        two.push_back(deliver({late}, kArrival));
        QVERIFY(writer->commit(two));
        auto reader = openReader(folder.cache());
        const CacheReader::Snapshot snapshot(*reader);
        const auto count = [&](Instant from, Instant to) {
            return reader->segments(RecordKind::UsageEvent, {from, to})->size();
        };
        QCOMPARE(count({0}, {1000}), 0U); // half-open
        QCOMPARE(count({1000}, {1001}), 1U);
        QCOMPARE(count({1001}, {9000}), 0U);
        QCOMPARE(count({0}, {10'000}), 2U);
        QCOMPARE(reader->segments(RecordKind::UsageEvent, {})->size(), 2U);
        const auto session = reader->findSession("two");
        QVERIFY(session);
        const auto segments = reader->segmentsOfSession(RecordKind::UsageEvent, *session);
        QVERIFY(segments);
        QCOMPARE(segments->size(), 1U);
        QCOMPARE(segments->front().first.ns, 9000);
        QVERIFY(!reader->findSession("three"));
    }

    void theEndsOfTimeAreInAnOpenRange()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        std::vector<Sketch> sketches(2);
        sketches[0].time = Instant::min();
        sketches[1].time = Instant::max();
        sketches.push_back(sketches[1]);
        sketches[2].kind = RecordKind::Error;
        sketches[2].session = "last";
        std::vector<Delivery> one;
        one.push_back(deliver(sketches, kArrival));
        const auto expected = describe(one[0]);
        QVERIFY(writer->commit(one));
        auto reader = openReader(folder.cache());
        QVERIFY(describe(*reader) == expected);
        int errors = 0;
        QVERIFY(reader->forEachError({}, true, [&](const StoredError &) { return ++errors > 0; }));
        QCOMPARE(errors, 1);
        QCOMPARE(describeSessions(*reader).size(), 1U);
    }

    void oneAttributeIsReadAlone()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        std::mt19937 random(5);
        std::vector<Delivery> one;
        one.push_back(deliver(randomSketches(random, 3000), kArrival));
        QVERIFY(writer->commit(one));
        auto reader = openReader(folder.cache());
        const auto segments = reader->segments(RecordKind::Log, {});
        for (const SegmentInfo &info : *segments) {
            const auto segment = reader->segment(info);
            for (const std::string key :
                 {"key.3", "session.id", "user.id", "app.screen.dwell_time_ms", "nobody.sends.this"}) {
                std::vector<std::string> expected, got;
                for (std::uint32_t row = 0; row < info.count; ++row) {
                    for (const auto &[name, value] : (*segment)->attributes(row)) {
                        if (name == key)
                            expected.push_back(std::to_string(row) + toJson(value));
                    }
                }
                (*segment)->forEachAttribute(key, [&](std::uint32_t row, const Value &value) {
                    got.push_back(std::to_string(row) + toJson(value));
                });
                QVERIFY(got == expected);
                QCOMPARE(got.empty(), key == "nobody.sends.this");
            }
        }
    }

    void aRetryIsStoredOnce()
    {
        const ScratchFolder folder;
        const DeliveryKey key{1, 2};
        const DeliveryKey other{1, 3};
        {
            auto writer = openWriter(folder.cache());
            std::vector<Delivery> three;
            three.push_back(deliver({Sketch()}, kArrival, key));
            three.push_back(deliver({Sketch()}, kArrival, key)); // twice within one commit
            three.push_back(deliver({Sketch()}, kArrival, other));
            three[1].counters.add("time.future", 5);
            const auto report = writer->commit(three);
            QVERIFY(report);
            QCOMPARE(report->records, 2U);
            QCOMPARE(report->repeats, 1U);
            QVERIFY(!three[0].isRepeat);
            QVERIFY(three[1].isRepeat);
            QVERIFY(!three[2].isRepeat);
        }
        auto writer = openWriter(folder.cache()); // also after a restart
        std::vector<Delivery> again;
        again.push_back(deliver({Sketch()}, kArrival + std::chrono::minutes(29), key));
        QCOMPARE(writer->commit(again)->repeats, 1U);
        again.clear();
        again.push_back(deliver({Sketch()}, kArrival + std::chrono::minutes(31), key)); // too long ago
        again.push_back(deliver({Sketch()}, kArrival + std::chrono::minutes(31)));      // without a key
        again.push_back(deliver({Sketch()}, kArrival + std::chrono::minutes(31)));
        QCOMPARE(writer->commit(again)->records, 3U);
        auto reader = openReader(folder.cache());
        QCOMPARE(reader->summary()->records, 5U);
        QCOMPARE(counter(*reader, "ingest.repeat"), 2U);
        QCOMPARE(counter(*reader, "time.future"), 0U);
    }

    void sourcesAndCountersAreKept()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        const DeliveryKey key{7, 7};
        std::vector<Delivery> three;
        Sketch sketch;
        sketch.time = {5000};
        three.push_back(deliver({sketch, sketch}, kArrival, key));
        three[0].rejected = 4;
        three[0].counters.add("time.future", 2);
        three.push_back(deliver({sketch}, kArrival + std::chrono::seconds(5), key));
        sketch.release = "2.0";
        sketch.time = {9000};
        three.push_back(deliver({sketch}, kArrival + std::chrono::seconds(9)));
        three[2].counters.add("time.future", 1);
        QVERIFY(writer->commit(three));
        auto reader = openReader(folder.cache());
        const auto sources = reader->sources();
        QVERIFY(sources);
        QCOMPARE(sources->size(), 1U);
        const StoredSource &source = sources->front();
        QCOMPARE(source.name, std::string("Stride Android"));
        QCOMPARE(source.protocol, std::string("otlp/http"));
        QCOMPARE(source.requests, 3U);
        QCOMPARE(source.records, 3U);
        QCOMPARE(source.rejected, 4U);
        QCOMPARE(source.duplicates, 1U);
        QVERIFY(source.releases == std::vector<std::string>({"1.0", "2.0"}));
        QCOMPARE(source.firstArrival.ns, kArrival.ns);
        QCOMPARE((source.lastArrival - kArrival).count(), 9'000'000'000);
        QCOMPARE(source.lastEvent.ns, 9000);
        QCOMPARE(counter(*reader, "time.future"), 3U);
    }

    void errorsComeBackWithTheirGroups()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        Sketch newer;
        newer.kind = RecordKind::Error;
        newer.time = {9000};
        newer.user = "u";
        newer.session = "s";
        newer.name = "app.crash";
        newer.screen = "Map";
        newer.severity = 21;
        newer.isUnhandled = true;
        newer.message = "the newest";
        newer.stack = "at a\nat b";
        newer.group = 0xffffffffffffff01U;
        newer.trace = TraceContext{{1, 2}, {3}};
        newer.attributes = {{"a", 1}, {std::string(fieldkey::kBody), "b"}, {"a", Value::Array{1, 2.5}}};
        Sketch older = newer;
        older.time = {4000};
        older.message = "an older one";
        std::vector<Delivery> one;
        one.push_back(deliver({newer, older}, kArrival));
        QVERIFY(writer->commit(one));
        auto reader = openReader(folder.cache());
        std::vector<StoredError> errors;
        QVERIFY(reader->forEachError({}, true, [&](const StoredError &error) {
            errors.push_back(error);
            return true;
        }));
        QCOMPARE(errors.size(), 2U);
        QCOMPARE(errors[0].message, older.message);
        const StoredError &error = errors[1];
        QCOMPARE(error.time.ns, 9000);
        QCOMPARE(error.arrival.ns, kArrival.ns);
        QCOMPARE(error.group, newer.group);
        QCOMPARE(reader->userKey(error.user), std::string_view("u"));
        QCOMPARE(reader->sessionKey(error.session), std::string_view("s"));
        QCOMPARE(reader->string(error.name), std::string_view("app.crash"));
        QCOMPARE(reader->string(error.screen), std::string_view("Map"));
        QCOMPARE(error.severity, std::uint8_t(21));
        QVERIFY(error.isUnhandled);
        QCOMPARE(error.type, newer.type);
        QCOMPARE(error.stack, newer.stack);
        QVERIFY(error.trace == *newer.trace);
        QVERIFY(error.attributes == newer.attributes);
        std::size_t inRange = 0;
        QVERIFY(reader->forEachError({{4000}, {9000}}, false, [&](const StoredError &each) {
            inRange += each.message.empty() ? 1 : 0;
            return true;
        }));
        QCOMPARE(inRange, 1U);
        const auto groups = reader->errorGroups();
        QCOMPARE(groups->size(), 1U);
        QCOMPARE(groups->front().key, newer.group);
        QCOMPARE(groups->front().events, 2U);
        QCOMPARE(groups->front().message, newer.message);
        QCOMPARE(groups->front().culprit, std::string("top()"));
        QCOMPARE(groups->front().state, std::string("new"));
        QCOMPARE(groups->front().firstSeen.ns, 4000);
        QCOMPARE(groups->front().lastSeen.ns, 9000);
    }

    void onlyOneProcessWrites()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        QVERIFY(writer);
        CacheOptions options;
        options.path = folder.cache();
        const auto second = CacheWriter::open(options);
        QVERIFY(!second);
        QVERIFY(second.error().code == Error::Code::Busy);
        QVERIFY2(second.error().message.find(std::to_string(::getpid())) != std::string::npos,
                 second.error().message.c_str());
        writer.reset();
        QVERIFY(CacheWriter::open(options));
    }

    void nobodyElseMayRead()
    {
        const ScratchFolder folder;
        const mode_t before = ::umask(0);
        auto writer = openWriter(folder.cache());
        std::vector<Delivery> one;
        one.push_back(deliver({Sketch()}, kArrival));
        QVERIFY(writer->commit(one));
        ::umask(before);
        QCOMPARE(modeOf(folder.cache().parent_path()), 0700U);
        QCOMPARE(modeOf(folder.cache()), 0600U);
        QCOMPARE(modeOf(folder.cache().string() + "-wal"), 0600U);
        QCOMPARE(modeOf(folder.cache().string() + "-shm"), 0600U);
        QCOMPARE(modeOf(folder.cache().string() + ".lock"), 0600U);
    }

    void whatIsNoCacheIsRefused()
    {
        const ScratchFolder folder;
        QVERIFY(CacheReader::open(folder.path() / "nothing").error().code == Error::Code::NotFound);
        // What another process has created but not filled yet.
        std::ofstream(folder.path() / "empty").close();
        QVERIFY(CacheReader::open(folder.path() / "empty").error().code == Error::Code::NotFound);
        const auto path = folder.path() / "text";
        FILE *file = std::fopen(path.c_str(), "w");
        for (int i = 0; i < 2000; ++i)
            std::fputs("not a database\n", file);
        std::fclose(file);
        CacheOptions options;
        options.path = path;
        QVERIFY(CacheReader::open(path).error().code == Error::Code::Unsupported);
        QVERIFY(CacheWriter::open(options).error().code == Error::Code::Unsupported);
    }
};

QTEST_APPLESS_MAIN(TestCacheWriter)
#include "tst_cachewriter.moc"
