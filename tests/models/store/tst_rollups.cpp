// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/cachewriter.h"

#include "models/store/rollupcodec.h"
#include "models/store/storetesting.h"
#include "models/store/usageload.h"

#include <QTest>

#include <map>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

using namespace telltale;
using namespace telltale::testing;

namespace {

struct Usage
{
    std::uint64_t events = 0;
    std::set<std::string> users, sessions;
    friend bool operator==(const Usage &, const Usage &) = default;
};
/// By start of the bucket and feature, "" for all.
using Table = std::map<std::pair<std::int64_t, std::string>, Usage>;

void add(Table &table, std::int64_t seconds, std::int64_t time, const std::string &feature,
         const std::string &user, const std::string &session)
{
    const std::int64_t start = bucketOf(time, seconds) * seconds * 1'000'000'000;
    for (const std::string &key :
         feature.empty() ? std::set<std::string>{""} : std::set<std::string>{"", feature}) {
        Usage &usage = table[{start, key}];
        ++usage.events;
        if (!user.empty())
            usage.users.insert(user);
        if (!session.empty())
            usage.sessions.insert(session);
    }
}

Table sentTable(const std::vector<Sketch> &sketches, std::int64_t seconds)
{
    Table table;
    for (const Sketch &sketch : sketches) {
        if (sketch.kind == RecordKind::UsageEvent)
            add(table, seconds, sketch.time.ns, sketch.feature, sketch.user, sketch.session);
    }
    return table;
}

/// What the rollups say together with the segments they do not hold yet.
Table storedTable(CacheReader &reader, RollupResolution resolution, std::size_t *tailRows = nullptr)
{
    Table table;
    const CacheReader::Snapshot snapshot(reader);
    const auto rows = reader.rollups(resolution, {});
    for (const RollupRow &row : *rows) {
        Usage &usage = table[{row.start.ns, std::string(reader.string(row.feature))}];
        usage.events += row.events;
        row.users.forEach([&](UserId id) { usage.users.emplace(reader.userKey(id)); });
        row.sessions.forEach([&](SessionId id) { usage.sessions.emplace(reader.sessionKey(id)); });
    }
    const auto segments = reader.segments(RecordKind::UsageEvent, {});
    for (const SegmentInfo &info : *segments) {
        if (info.isRolledUp)
            continue;
        const auto segment = reader.segment(info, SegmentParts::Columns);
        for (std::uint32_t row = 0; row < info.count; ++row) {
            if (tailRows)
                ++*tailRows;
            add(table, static_cast<std::int64_t>(resolution), (*segment)->times()[row],
                std::string(reader.string((*segment)->features()[row])),
                std::string(reader.userKey((*segment)->users()[row])),
                std::string(reader.sessionKey((*segment)->sessions()[row])));
        }
    }
    return table;
}

constexpr RollupResolution kResolutions[] = {RollupResolution::Minute, RollupResolution::Hour,
                                             RollupResolution::Day};

} // namespace

class TestRollups final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rollupsAndTailSayWhatAScanSays_data()
    {
        QTest::addColumn<int>("commits");
        QTest::addColumn<int>("records");
        QTest::newRow("nothing flushed yet") << 2 << 30;
        QTest::newRow("many small commits") << 90 << 40;
        QTest::newRow("large commits") << 12 << 9000;
    }

    void rollupsAndTailSayWhatAScanSays()
    {
        QFETCH(int, commits);
        QFETCH(int, records);
        const ScratchFolder folder;
        std::mt19937 random(9);
        std::vector<Sketch> all;
        auto writer = openWriter(folder.cache());
        for (int i = 0; i < commits; ++i) {
            auto sketches = randomSketches(random, static_cast<std::size_t>(records));
            for (Sketch &sketch : sketches) { // also late ones, and some before 1970
                if (random() % 3 == 0)
                    sketch.time = {static_cast<std::int64_t>(random()) * 7'000'000'000 -
                                   4'000'000'000'000'000};
            }
            std::vector<Delivery> one;
            one.push_back(deliver(sketches, sketches.back().time));
            QVERIFY(writer->commit(one));
            all.insert(all.end(), sketches.begin(), sketches.end());
        }
        auto reader = openReader(folder.cache());
        for (const RollupResolution resolution : kResolutions)
            QVERIFY(storedTable(*reader, resolution) ==
                    sentTable(all, static_cast<std::int64_t>(resolution)));
        writer.reset();
        writer = openWriter(folder.cache());
        std::size_t tail = 0;
        QVERIFY(storedTable(*reader, RollupResolution::Hour, &tail) == sentTable(all, 3600));
        QCOMPARE(tail, 0U); // closing writes what was collected
    }

    void aRangeHoldsTheBucketsThatBeginInIt()
    {
        const ScratchFolder folder;
        {
            auto writer = openWriter(folder.cache());
            std::vector<Sketch> sketches(3);
            for (int i = 0; i < 3; ++i) {
                sketches[static_cast<std::size_t>(i)].feature = "f";
                sketches[static_cast<std::size_t>(i)].time = Instant::fromSeconds(3600 * i + 10);
            }
            std::vector<Delivery> one;
            one.push_back(deliver(sketches, {1}));
            QVERIFY(writer->commit(one));
        }
        auto reader = openReader(folder.cache());
        const auto starts = [&](std::int64_t from, std::int64_t to) {
            std::vector<std::int64_t> found;
            const auto rows = reader->rollups(RollupResolution::Hour,
                                              {Instant::fromSeconds(from), Instant::fromSeconds(to)});
            for (const RollupRow &row : *rows) {
                if (row.feature != 0)
                    found.push_back(row.start.ns / 1'000'000'000);
            }
            return found;
        };
        QVERIFY(starts(0, 7200) == std::vector<std::int64_t>({0, 3600}));
        QVERIFY(starts(1, 7201) == std::vector<std::int64_t>({3600, 7200}));
        QVERIFY(starts(0, 1) == std::vector<std::int64_t>({0}));
        QVERIFY(starts(1, 3600).empty());
    }

    void aKilledWriterLosesNoUsage()
    {
        const ScratchFolder folder;
        constexpr int kRequests = 45;
        const pid_t child = ::fork();
        if (child == 0) {
            auto writer = openWriter(folder.cache());
            UsageLoad load{std::chrono::seconds(1)};
            for (int i = 0; i < kRequests; ++i) {
                std::vector<Delivery> one;
                one.push_back(load.next(500));
                if (!writer->commit(one))
                    ::_exit(1);
            }
            ::kill(::getpid(), SIGKILL); // nothing is closed
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status));
        UsageLoad again{std::chrono::seconds(1)};
        std::vector<Sketch> sent;
        for (int i = 0; i < kRequests; ++i) {
            const Delivery delivery = again.next(500);
            for (std::size_t row = 0; row < delivery.batch.size(); ++row) {
                Sketch sketch;
                sketch.time = delivery.batch.times[row];
                sketch.feature = delivery.batch.text(delivery.batch.features[row]);
                sketch.user = delivery.batch.text(delivery.batch.users[row]);
                sketch.session = delivery.batch.text(delivery.batch.sessions[row]);
                sent.push_back(std::move(sketch));
            }
        }
        auto writer = openWriter(folder.cache());
        QVERIFY(writer);
        auto reader = openReader(folder.cache());
        std::size_t tail = 0;
        QVERIFY(storedTable(*reader, RollupResolution::Day, &tail) == sentTable(sent, 86400));
        QVERIFY(tail > 0);
        writer.reset(); // writes the rebuilt tail
        tail = 0;
        for (const RollupResolution resolution : kResolutions)
            QVERIFY(storedTable(*reader, resolution, &tail) ==
                    sentTable(sent, static_cast<std::int64_t>(resolution)));
        QCOMPARE(tail, 0U);
    }
};

QTEST_APPLESS_MAIN(TestRollups)
#include "tst_rollups.moc"
