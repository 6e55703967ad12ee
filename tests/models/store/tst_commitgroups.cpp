// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/cachewriter.h"

#include "models/store/storetesting.h"

#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <thread>

using namespace telltale;
using namespace telltale::testing;
using namespace std::chrono_literals;

namespace {

constexpr Instant kArrival{1'700'000'100'000'000'000};

/// Deliveries of a few people, some of whose records name no session, so that sessions are formed and joined.
std::vector<Delivery> someDeliveries(std::mt19937 &random, std::size_t count)
{
    std::vector<Delivery> deliveries;
    for (std::size_t i = 0; i < count; ++i) {
        std::vector<Sketch> sketches = randomSketches(random, 1 + random() % 40);
        for (Sketch &sketch : sketches) {
            sketch.user = "user" + std::to_string(random() % 5);
            sketch.session = random() % 3 == 0 ? "" : "session" + std::to_string(random() % 8);
            sketch.time = kArrival + std::chrono::seconds(random() % 100'000);
            sketch.release = std::to_string(random() % 4);
        }
        deliveries.push_back(deliver(sketches, kArrival + std::chrono::seconds(i), DeliveryKey{1, i}));
    }
    return deliveries;
}

/// The group, prepared but not committed.
CommitGroup prepared(CacheWriter &writer, std::span<Delivery> deliveries)
{
    CommitGroup group;
    if (!writer.prepare(group, deliveries))
        qFatal("a group can not be prepared");
    return group;
}

} // namespace

class TestCommitGroups final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void preparingAheadChangesNothing()
    {
        std::mt19937 random(11);
        for (int round = 0; round < 5; ++round) {
            std::vector<Delivery> deliveries = someDeliveries(random, 60);
            const ScratchFolder plainFolder, aheadFolder;
            auto plain = openWriter(plainFolder.cache());
            QVERIFY(plain->commit(deliveries));

            auto writer = openWriter(aheadFolder.cache());
            std::thread writing;
            CommitGroup onItsWay;
            Result<CommitReport> last = CommitReport();
            const auto wait = [&] {
                if (writing.joinable())
                    writing.join();
            };
            std::span<Delivery> rest(deliveries);
            while (!rest.empty()) {
                // Prepared in one or two steps, while the group before is being written.
                CommitGroup group;
                for (int step = 0; step < 2 && !rest.empty(); ++step) {
                    const std::size_t size = std::min<std::size_t>(1 + random() % 6, rest.size());
                    QVERIFY(writer->prepare(group, rest.first(size)));
                    rest = rest.subspan(size);
                }
                wait();
                QVERIFY2(last, last ? "" : last.error().message.c_str());
                QVERIFY(!writer->isStale(group));
                QVERIFY(writer->seal(group));
                onItsWay = std::move(group);
                writing = std::thread([&] { last = writer->commit(onItsWay); });
            }
            wait();
            QVERIFY(last);
            auto expected = openReader(plainFolder.cache());
            auto found = openReader(aheadFolder.cache());
            QVERIFY(describe(*found) == describe(*expected));
            QVERIFY(describeSessions(*found) == describeSessions(*expected));
            QCOMPARE(found->summary()->records, expected->summary()->records);
        }
    }

    void aRepeatIsRecognisedOnItsWay()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        std::vector<Delivery> first(1), again(1);
        first[0] = deliver({Sketch()}, kArrival, DeliveryKey{1, 2});
        again[0] = deliver({Sketch()}, kArrival + 1s, DeliveryKey{1, 2});
        CommitGroup one = prepared(*writer, first);
        QVERIFY(writer->seal(one));
        CommitGroup two = prepared(*writer, again);
        QVERIFY(again[0].isRepeat);
        QCOMPARE(writer->commit(one)->records, 1U);
        QVERIFY(writer->seal(two));
        QCOMPARE(writer->commit(two)->repeats, 1U);
        QCOMPARE(openReader(folder.cache())->summary()->records, 1U);
    }

    void afterAFailureGroupsArePreparedAnew()
    {
        std::signal(SIGXFSZ, SIG_IGN); // beyond the limit writing fails instead
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        std::mt19937 random(3);
        std::vector<Delivery> deliveries = someDeliveries(random, 40);
        const auto first = std::span(deliveries).first(20);
        const auto second = std::span(deliveries).subspan(20);

        CommitGroup one = prepared(*writer, first);
        QVERIFY(writer->seal(one));
        CommitGroup two = prepared(*writer, second);
        rlimit tight = before;
        tight.rlim_cur = std::filesystem::file_size(folder.cache().string() + "-wal");
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &tight), 0);
        const auto refused = writer->commit(one);
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
        QVERIFY(!refused);
        QVERIFY(writer->isStale(two));

        CommitGroup retried = prepared(*writer, first);
        QVERIFY(!writer->isStale(retried));
        QVERIFY(!first[0].isRepeat);
        QVERIFY(writer->prepare(retried, second));
        QVERIFY(writer->seal(retried));
        QVERIFY(writer->commit(retried));
        const ScratchFolder plainFolder;
        auto plain = openWriter(plainFolder.cache());
        QVERIFY(plain->commit(deliveries));
        auto expected = openReader(plainFolder.cache());
        auto found = openReader(folder.cache());
        QVERIFY(describe(*found) == describe(*expected));
        QVERIFY(describeSessions(*found) == describeSessions(*expected));
    }

    void anEmptyGroupIsCommitted()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        CommitGroup group;
        QVERIFY(writer->seal(group));
        const auto report = writer->commit(group);
        QVERIFY(report);
        QCOMPARE(report->records, 0U);
        QVERIFY(report->touched.isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestCommitGroups)
#include "tst_commitgroups.moc"
