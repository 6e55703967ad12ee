// SPDX-License-Identifier: GPL-3.0-or-later
// Reading segments on several connections at once: nobody waits, and a reader's snapshot stays what it was.
#include "models/store/segmentbytes.h"

#include "models/store/cachefile.h"
#include "models/store/storetesting.h"
#include "models/store/usageload.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace telltale;
using namespace telltale::testing;

namespace {

constexpr std::size_t kSegments = 40;
constexpr std::size_t kRows = 2'000;

bool fill(CacheWriter &writer)
{
    UsageLoad load{std::chrono::milliseconds(5)};
    for (std::size_t i = 0; i < kSegments; ++i) {
        std::vector<Delivery> one;
        one.push_back(load.next(kRows));
        if (!writer.commit(one))
            return false;
    }
    return writer.checkpoint().has_value();
}

/// All records go. They are in the log only as long as somebody reads what was before.
bool removeAll(CacheWriter &writer)
{
    Retention retention;
    retention.age = std::chrono::nanoseconds(0);
    for (int i = 0; i < 100; ++i) {
        const auto removed = writer.prune(retention, Instant::max());
        if (!removed)
            return false;
        if (removed->isNothing())
            return true;
    }
    return false;
}

bool canShortenLog(const std::filesystem::path &cache)
{
    Database database(cache, Database::Mode::ReadWrite);
    database.integer("SELECT records FROM state"); // it knows of no log before
    return database.checkpoint(true);
}

} // namespace

class TestSegmentBytes final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyLaneIsOneThreads()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        QVERIFY(writer && fill(*writer));
        SegmentLanes lanes(folder.cache(), std::make_shared<BufferPool>(),
                           std::make_shared<KnownSegmentRows>());
        std::vector<SegmentLanes::Lane> taken;
        for (std::size_t i = 0; i < SegmentLanes::kMost; ++i) {
            SegmentLanes::Lane lane = lanes.take();
            QVERIFY(lane);
            QCOMPARE(lane->read(1 + std::int64_t(i), false, kEveryColumn, true).row.id, 1 + std::int64_t(i));
            taken.push_back(std::move(lane));
        }
        bool isFree = true;
        std::thread([&] { isFree = bool(lanes.take()); }).join();
        QVERIFY(!isFree);
        taken.clear();
        std::thread([&] { isFree = bool(lanes.take()); }).join();
        QVERIFY(isFree);
    }

    void whereNothingCanBeOpenedThereIsNoLane()
    {
        const ScratchFolder folder;
        SegmentLanes lanes(folder.path() / "nothing", std::make_shared<BufferPool>(),
                           std::make_shared<KnownSegmentRows>());
        QVERIFY(!lanes.take());
        QVERIFY(!lanes.take());
        lanes.close();
    }

    void aLaneThatWasClosedHoldsNothing()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        QVERIFY(writer && fill(*writer));
        SegmentLanes lanes(folder.cache(), std::make_shared<BufferPool>(),
                           std::make_shared<KnownSegmentRows>());
        QCOMPARE(lanes.take()->read(1, false, kEveryColumn, true).row.id, 1);
        QVERIFY(removeAll(*writer));
        writer.reset();
        QVERIFY2(!canShortenLog(folder.cache()), "the test is void: what was read is not held");
        QCOMPARE(lanes.take()->read(2, false, kEveryColumn, true).row.id,
                 2); // in the transaction that it is in
        lanes.close();
        QVERIFY(canShortenLog(folder.cache()));
        bool isGone = false;
        try {
            lanes.take()->read(2, false, kEveryColumn, true);
        } catch (const StoreFailure &problem) {
            isGone = problem.error.code == Error::Code::NotFound;
        }
        QVERIFY(isGone);
    }

    /// Connections beside the reader's own open after the records went: the reader still has them.
    void helpersReadWhatWasRemovedMeanwhile()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        QVERIFY(writer && fill(*writer));
        auto reader = openReader(folder.cache());
        std::atomic<int> failures = 0;
        std::atomic<std::uint64_t> rows = 0;
        constexpr int kThreads = 4, kRounds = 20;
        {
            const CacheReader::Snapshot snapshot(*reader);
            const auto segments = reader->segments(RecordKind::UsageEvent, {});
            QVERIFY(segments && segments->size() > 1);
            QVERIFY(removeAll(*writer));
            std::vector<std::thread> helpers;
            for (int thread = 0; thread < kThreads; ++thread) {
                helpers.emplace_back([&] {
                    for (int round = 0; round < kRounds; ++round) {
                        for (const SegmentInfo &info : *segments) {
                            const auto segment =
                                reader->segment(info, round % 4 ? SegmentParts::Columns : SegmentParts::All,
                                                SegmentUse::Once, columnBit(SegmentColumn::Names));
                            if (segment)
                                rows += (*segment)->names().size();
                            else
                                ++failures;
                        }
                    }
                });
            }
            for (std::thread &helper : helpers)
                helper.join();
        }
        QCOMPARE(failures.load(), 0);
        QCOMPARE(rows.load(), std::uint64_t{kThreads * kRounds * kSegments * kRows});
        writer.reset();
        QVERIFY2(canShortenLog(folder.cache()), "somebody still reads");
    }
};

QTEST_APPLESS_MAIN(TestSegmentBytes)
#include "tst_segmentbytes.moc"
