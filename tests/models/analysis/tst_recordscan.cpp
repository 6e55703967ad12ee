// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/recordscan.h"

#include "memorycache.h"
#include "plainfleet.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <map>
#include <random>
#include <thread>
#include <tuple>

using namespace telltale;

namespace {

using Dwells = std::map<std::pair<std::int64_t, std::uint32_t>, std::int64_t>; ///< by segment and row

Scope everything()
{
    Scope scope;
    scope.zone = Zone::named("UTC").value();
    return scope;
}

Dwells dwellsOf(MemoryCache &cache, const Scope &scope, std::uint64_t atOnce)
{
    Dwells dwells;
    ScanSettings settings;
    settings.helpers = 0;
    settings.viewsAtOnce = atOnce;
    RecordScan scan(cache, scope, {}, settings);
    scan.wantDwell();
    if (scan.prepare())
        static_cast<void>(scan.run({RecordKind::ScreenView}, [&](const RecordRow &row) {
            dwells[{row.segment->info().id, row.index}] = row.duration;
        }));
    return dwells;
}

} // namespace

class TestRecordScan final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// However few views are looked at together, each gets the dwell that the whole session gives it.
    void dwellsPieceByPiece()
    {
        constexpr std::int64_t kFrom = 1'795'161'600'000'000'000;
        MemoryCache cache(plainFleet(3, 300, kFrom, kFrom + 3LL * 86'400 * 1'000'000'000));
        const Scope scope = everything();
        const Dwells whole = dwellsOf(cache, scope, 1'000'000);
        QVERIFY(whole.size() > 300);
        QVERIFY(std::any_of(whole.begin(), whole.end(), [](const auto &each) { return each.second > 0; }));
        for (const std::uint64_t atOnce : {1, 50, 333})
            QVERIFY(dwellsOf(cache, scope, atOnce) == whole);
    }

    void dwellsOfOneSession()
    {
        constexpr std::int64_t kFrom = 1'795'161'600'000'000'000;
        MemoryCache cache(plainFleet(4, 200, kFrom, kFrom + 86'400LL * 1'000'000'000));
        const Scope scope = everything();
        const Dwells whole = dwellsOf(cache, scope, 1'000'000);
        std::map<SessionId, std::size_t> views;
        {
            RecordScan scan(cache, scope, {});
            QVERIFY(scan.prepare());
            QVERIFY(scan.run({RecordKind::ScreenView}, [&](const RecordRow &row) { ++views[row.session]; }));
        }
        std::size_t seen = 0;
        for (const auto &[session, count] : views) {
            if (session == 0)
                continue;
            RecordScan scan(cache, scope, {});
            QVERIFY(scan.prepare());
            scan.wantDwell();
            std::size_t found = 0;
            bool isSame = true;
            QVERIFY(scan.runSession(session, {RecordKind::ScreenView}, {}, [&](const RecordRow &row) {
                ++found;
                isSame = isSame && whole.at({row.segment->info().id, row.index}) == row.duration;
            }));
            QCOMPARE(found, count);
            QVERIFY(isSame);
            seen += found;
        }
        QVERIFY(seen > 100);
    }

    /// Who counts by the minute gets the same whether rows tell their own time or one of the same minute; and whether they
    /// come one by one or a segment's at once.
    void roughTimesCountTheSame()
    {
        constexpr std::int64_t kFrom = 1'795'161'600'000'000'000;
        constexpr std::int64_t kMinute = 60'000'000'000;
        std::vector<PlainRecord> records;
        for (int i = 0; i < 2'000; ++i) {
            PlainRecord &record = records.emplace_back();
            record.kind = RecordKind::UsageEvent;
            record.time = kFrom + i * 700'000'000LL;
            record.user = "user-" + std::to_string(i * 7 % 29);
            record.screen = i % 5 < 2 ? "Home" : "Search";
            record.os = i % 3 == 0 ? "" : i % 3 == 1 ? "Android" : "iOS";
        }
        MemoryCache cache(std::move(records), 7);
        for (const char *filter : {"", "-screen:Home", "os:*", "user:*7"}) {
            Scope scope = everything();
            scope.filter = Filter::parse(filter).value();
            std::map<std::int64_t, std::uint64_t> exact, rough, blocks;
            {
                RecordScan scan(cache, scope, {});
                QVERIFY(scan.prepare());
                QVERIFY(scan.run({RecordKind::UsageEvent},
                                 [&](const RecordRow &row) { ++exact[row.time / kMinute]; }));
            }
            std::size_t invented = 0;
            {
                RecordScan scan(cache, scope, {});
                QVERIFY(scan.prepare());
                scan.wantRoughTimes(
                    [](Instant first, Instant last) { return first.ns / kMinute == last.ns / kMinute; });
                QVERIFY(scan.run({RecordKind::UsageEvent}, [&](const RecordRow &row) {
                    ++rough[row.time / kMinute];
                    invented += row.time != row.segment->times()[row.index];
                }));
                QVERIFY(scan.run({RecordKind::UsageEvent}, [&](const ScanBlock &block) {
                    block.forEachRow([&](std::uint32_t row) { ++blocks[block.views.times[row] / kMinute]; });
                }));
            }
            QVERIFY(!exact.empty());
            QVERIFY2(rough == exact, filter);
            QVERIFY2(blocks == exact, filter);
            QVERIFY(invented > 0);
        }
    }

    /// Lanes together see what one sees, each on its own thread.
    void lanesShareTheSegments_data()
    {
        QTest::addColumn<QByteArray>("filter");
        for (const char *filter : {"", "-os:ios", "attr.plan:team -screen:Home", "has:dwell", "user:nobody"})
            QTest::newRow(filter) << QByteArray(filter);
    }
    void lanesShareTheSegments()
    {
        QFETCH(QByteArray, filter);
        constexpr RecordKind kKinds[] = {RecordKind::UsageEvent, RecordKind::ScreenView, RecordKind::Error};
        constexpr std::int64_t kFrom = 1'795'161'600'000'000'000;
        MemoryCache cache(plainFleet(6, 300, kFrom, kFrom + 86'400LL * 1'000'000'000), 8);
        Scope scope = everything();
        scope.filter = Filter::parse(filter.toStdString()).value();
        using Seen = std::vector<std::tuple<RecordKind, std::int64_t, std::uint32_t, std::int64_t>>;
        const auto told = [](const RecordRow &row) {
            return std::tuple(row.kind, row.time, row.user, row.duration);
        };
        Seen expected;
        QuestionPlan plan;
        {
            RecordScan scan(cache, scope, {});
            scan.wantDwell();
            QVERIFY(scan.prepare());
            QVERIFY(scan.run(kKinds, {}, [&](const RecordRow &row) { expected.push_back(told(row)); }));
            plan = scan.plan();
        }
        std::sort(expected.begin(), expected.end());
        for (const std::size_t helpers : {0U, 1U, 3U}) {
            std::size_t done = 0, total = 0;
            RecordScan scan(cache, scope, {}, {helpers, [&](std::size_t d, std::size_t t) {
                                                   done = d;
                                                   total = t;
                                               }});
            scan.wantDwell();
            QVERIFY(scan.prepare());
            QCOMPARE(scan.laneCount(), helpers + 1);
            std::vector<Seen> lanes(scan.laneCount());
            std::atomic<int> onWrongThread = 0;
            const auto asking = std::this_thread::get_id();
            QVERIFY(scan.runInLanes(kKinds, {}, [&](std::size_t lane, const RecordRow &row) {
                onWrongThread += (lane == 0) != (std::this_thread::get_id() == asking);
                lanes[lane].push_back(told(row));
            }));
            QCOMPARE(onWrongThread.load(), 0);
            Seen seen;
            for (const Seen &lane : lanes)
                seen.insert(seen.end(), lane.begin(), lane.end());
            std::sort(seen.begin(), seen.end());
            QVERIFY(seen == expected);
            QCOMPARE(done, total);
            QCOMPARE(scan.plan().scannedRecords, plan.scannedRecords);
            QCOMPARE(scan.plan().scannedSegments, plan.scannedSegments);
        }
    }

    /// One lane is the asking thread's, and in order.
    /// Each record is in one stretch, and none has much more than was asked for.
    void stretchesOfTime()
    {
        std::vector<PlainRecord> records;
        for (int i = 0; i < 2000; ++i) {
            PlainRecord record;
            record.kind = i % 3 ? RecordKind::UsageEvent : RecordKind::ScreenView;
            record.time = 1'000'000 + i;
            record.name = record.feature = "x";
            records.push_back(record);
        }
        records.back().time = 1'000'001; // late: its segment lies across all others
        MemoryCache cache(std::move(records));
        const Scope scope = everything();
        RecordScan scan(cache, scope, {});
        QVERIFY(scan.prepare());
        constexpr RecordKind kKinds[] = {RecordKind::UsageEvent, RecordKind::ScreenView};
        const auto stretches = scan.stretches(kKinds, {}, 300);
        QVERIFY(stretches.has_value());
        QVERIFY(stretches->size() >= 5);
        QVERIFY(stretches->front().from == Instant::min() && stretches->back().to == Instant::max());
        std::size_t all = 0;
        for (std::size_t i = 0; i < stretches->size(); ++i) {
            QVERIFY(i == 0 || (*stretches)[i].from == (*stretches)[i - 1].to);
            std::size_t count = 0;
            QVERIFY(scan.run(kKinds, (*stretches)[i], [&](const RecordRow &) { ++count; }));
            QVERIFY2(count < 300 + 2 * 64, QByteArray::number(qulonglong(count)).constData());
            all += count;
        }
        QCOMPARE(all, std::size_t(2000));
        QCOMPARE(scan.stretches(kKinds, {}, 5000)->size(), std::size_t(1));
    }

    /// Where all segments lie across each other, stretches would read all of them: there are few.
    void stretchesOfShuffledTime()
    {
        std::vector<PlainRecord> records(2000);
        std::mt19937 random(3);
        for (PlainRecord &record : records) {
            record.kind = RecordKind::UsageEvent;
            record.time = 1'000'000 + static_cast<std::int64_t>(random() % 100'000);
        }
        MemoryCache cache(std::move(records));
        const Scope scope = everything();
        RecordScan scan(cache, scope, {});
        QVERIFY(scan.prepare());
        constexpr RecordKind kKinds[] = {RecordKind::UsageEvent};
        QVERIFY(scan.stretches(kKinds, {}, 100)->size() <= 3);
    }

    void oneLaneIsInOrder()
    {
        MemoryCache cache(plainFleet(6, 300, 0, 86'400LL * 1'000'000'000), 8);
        constexpr RecordKind kKinds[] = {RecordKind::UsageEvent};
        const Scope scope = everything();
        RecordScan scan(cache, scope, {}, {3, {}});
        QVERIFY(scan.prepare());
        QCOMPARE(*scan.laneCountForSets(kKinds, {}), std::size_t(4)); // few records
        std::vector<std::int64_t> rows, blocks, expected;
        QVERIFY(scan.run(kKinds, {}, [&](const RecordRow &row) { expected.push_back(row.time); }));
        QVERIFY(scan.runIn(1, kKinds, {}, [&](std::size_t lane, const RecordRow &row) {
            QCOMPARE(lane, std::size_t(0));
            rows.push_back(row.time);
        }));
        QVERIFY(scan.runIn(1, kKinds, {}, [&](std::size_t, const ScanBlock &block) {
            block.forEach([&](const RecordRow &row) { blocks.push_back(row.time); });
        }));
        QVERIFY(rows == expected && blocks == expected);
    }

    void lanesEndWhenAskedTo()
    {
        MemoryCache cache(plainFleet(6, 300, 0, 86'400LL * 1'000'000'000), 8);
        const Scope scope = everything();
        std::stop_source stop;
        RecordScan scan(cache, scope, stop.get_token(), {3, {}});
        QVERIFY(scan.prepare());
        std::atomic<int> blocks = 0;
        const auto done = scan.runInLanes({RecordKind::UsageEvent}, {}, [&](std::size_t, const ScanBlock &) {
            ++blocks;
            stop.request_stop();
        });
        QVERIFY(!done && done.error().code == Error::Code::Cancelled);
        QVERIFY(blocks <= 4); // what each lane had begun
    }

    void lanesLeaveOutWhatIsDamaged()
    {
        MemoryCache cache(plainFleet(6, 300, 0, 86'400LL * 1'000'000'000), 8);
        cache.damageSegment(cache.segments(RecordKind::UsageEvent, {})->at(40).id);
        const Scope scope = everything();
        RecordScan scan(cache, scope, {}, {1, {}});
        QVERIFY(scan.prepare());
        std::atomic<std::uint64_t> rows = 0;
        QVERIFY(scan.runInLanes({RecordKind::UsageEvent}, {}, [&](std::size_t, const ScanBlock &block) {
            rows += block.segment->count();
        }));
        QCOMPARE(rows + 8, scan.plan().scannedRecords);
        const auto notes = scan.takeNotes();
        QCOMPARE(notes.size(), std::size_t(1));
        QVERIFY(notes.front().starts_with("8 records could not be read"));
    }

    void blocksSelectTheirRows()
    {
        constexpr std::int64_t kFrom = 1'795'161'600'000'000'000;
        MemoryCache cache(plainFleet(5, 60, kFrom, kFrom + 3'600LL * 1'000'000'000));
        const CacheReader::Snapshot snapshot(cache);
        const auto segments = cache.segments(RecordKind::UsageEvent, {});
        QVERIFY(segments && !segments->empty());
        const auto segment =
            cache.segment(segments->front(), SegmentParts::All, SegmentUse::Again, kEveryColumn);
        QVERIFY(segment);
        std::mt19937 random(1);
        for (const unsigned share : {0U, 1U, 50U, 99U, 100U}) {
            std::vector<std::uint8_t> hits((*segment)->count());
            std::vector<std::uint32_t> expected;
            for (std::uint32_t i = 0; i < hits.size(); ++i) {
                hits[i] = random() % 100 < share;
                if (hits[i])
                    expected.push_back(i);
            }
            ScanBlock block;
            block.read(*segment, kAllColumns, {});
            QCOMPARE(block.select(hits), static_cast<std::uint32_t>(expected.size()));
            std::vector<std::uint32_t> rows;
            bool areTimesRight = true;
            block.forEach([&](const RecordRow &row) {
                rows.push_back(row.index);
                areTimesRight = areTimesRight && row.time == (*segment)->times()[row.index];
            });
            QCOMPARE(rows, expected);
            QVERIFY(areTimesRight);
        }
    }
};

QTEST_APPLESS_MAIN(TestRecordScan)
#include "tst_recordscan.moc"
