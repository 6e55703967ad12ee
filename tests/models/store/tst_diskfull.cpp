// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/cachewriter.h"

#include "models/store/ballast.h"
#include "models/store/cachereader.h"
#include "models/store/storetesting.h"
#include "models/store/usageload.h"
#include "tests/support/smalldisk.h"

#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace telltale;
using namespace telltale::testing;

namespace {

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;
constexpr std::uint64_t kBallast = 4 * kMiB;

/// A writer on a small disk, with as many cycles of full and free as a test likes.
struct Fleet
{
    UsageLoad load{std::chrono::milliseconds(10)};
    std::uint64_t acknowledged = 0;

    Result<CommitReport> send(CacheWriter &writer, std::size_t requests = 1)
    {
        std::vector<Delivery> all(requests);
        for (Delivery &each : all)
            each = load.next();
        auto report = writer.commit(all);
        if (report)
            acknowledged += report->records;
        return report;
    }
};

std::uint64_t usageRows(CacheReader &reader)
{
    const CacheReader::Snapshot snapshot(reader);
    std::uint64_t rows = 0;
    const auto segments = reader.segments(RecordKind::UsageEvent, {});
    if (!segments)
        return 0;
    for (const SegmentInfo &info : *segments) {
        const auto segment = reader.segment(info);
        rows += segment ? (*segment)->count() : 0;
    }
    return rows;
}

} // namespace

class TestDiskFull final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFullDiskIsNoEnd()
    {
        // A limit on the size of files acts like a full disk: writing beyond it fails.
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        QVERIFY(writer);
        UsageLoad load{std::chrono::milliseconds(10)};
        std::uint64_t stored = 0;
        std::vector<Delivery> one(1);
        for (int i = 0; i < 5; ++i) {
            one[0] = load.next();
            stored += writer->commit(one)->records;
        }
        for (int cycle = 0; cycle < 3; ++cycle) {
            const auto limit = std::filesystem::file_size(folder.cache().string() + "-wal") + 100'000;
            rlimit tight = before;
            tight.rlim_cur = limit;
            QCOMPARE(::setrlimit(RLIMIT_FSIZE, &tight), 0);
            bool isRefused = false;
            for (int i = 0; i < 60 && !isRefused; ++i) {
                one[0] = load.next();
                const auto report = writer->commit(one);
                isRefused = !report;
                if (report)
                    stored += report->records;
                else
                    QVERIFY2(report.error().code == Error::Code::NoSpace, report.error().message.c_str());
            }
            QVERIFY(isRefused);
            // It can be read meanwhile, and nothing of the refused commit is there.
            auto reader = openReader(folder.cache());
            QVERIFY(reader);
            QCOMPARE(reader->summary()->records, stored);
            reader.reset();
            QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
            const auto again = writer->commit(one); // the client's retry
            QVERIFY2(again, again ? "" : again.error().message.c_str());
            QCOMPARE(again->repeats, 0U);
            stored += again->records;
        }
        QVERIFY(writer->checkpoint());
        writer.reset();
        writer = openWriter(folder.cache());
        auto reader = openReader(folder.cache());
        QCOMPARE(reader->summary()->records, stored);
        std::uint64_t rows = 0, rolled = 0;
        const auto segments = reader->segments(RecordKind::UsageEvent, {});
        for (const SegmentInfo &info : *segments) {
            const auto segment = reader->segment(info);
            QVERIFY(segment);
            rows += (*segment)->count();
        }
        QCOMPARE(rows, stored);
        const auto rolledUp =
            reader->forEachRollup(RollupFamily::Feature, RollupLevel::Quarter, -1'000'000'000, 1'000'000'000,
                                  RollupCountsOnly, [&](const RollupPart &part) {
                                      for (std::size_t cell = 0; cell < part.columns.size(); ++cell)
                                          rolled += part.columns.count(RollupCount::Usage, cell);
                                  });
        QVERIFY(rolledUp);
        QCOMPARE(rolled, stored);
    }

    void belowTheMarkNothingIsTaken()
    {
        const ScratchFolder folder;
        std::filesystem::create_directories(folder.path());
        test::SmallDisk disk(folder.path(), 48 * kMiB);
        if (!disk.problem().empty())
            QSKIP(disk.problem().c_str());
        CacheOptions options;
        options.path = disk.path() / "cache.db";
        options.lowWater = 2 * kMiB;
        options.ballastBytes = kBallast;
        auto writer = std::move(*CacheWriter::open(options));
        Fleet fleet;
        for (int cycle = 0; cycle < 5; ++cycle) {
            for (int i = 0; i < 4; ++i)
                QVERIFY(fleet.send(*writer));
            QVERIFY(!writer->isDiskLow());
            QVERIFY(disk.fill(kMiB));
            QVERIFY(writer->isDiskLow());
            for (int i = 0; i < 3; ++i)
                QVERIFY(fleet.send(*writer).error().code == Error::Code::NoSpace);
            const auto reader = openReader(options.path);
            QVERIFY(reader);
            QCOMPARE(usageRows(*reader), fleet.acknowledged);
            disk.free();
            QVERIFY(!writer->isDiskLow());
            QVERIFY(fleet.send(*writer));
        }
        writer.reset();
        QCOMPARE(usageRows(*openReader(options.path)), fleet.acknowledged);
    }

    void aDiskFullInTheMiddleCostsTheBallast()
    {
        const ScratchFolder folder;
        std::filesystem::create_directories(folder.path());
        test::SmallDisk disk(folder.path(), 48 * kMiB);
        if (!disk.problem().empty())
            QSKIP(disk.problem().c_str());
        CacheOptions options;
        options.path = disk.path() / "cache.db";
        options.lowWater = kMiB / 4;
        options.ballastBytes = kBallast;
        const std::string ballast = options.path.string() + ".ballast";
        auto writer = std::move(*CacheWriter::open(options));
        Fleet fleet;
        for (int cycle = 0; cycle < 5; ++cycle) {
            struct stat facts
            {};
            QCOMPARE(::stat(ballast.c_str(), &facts), 0);
            QCOMPARE(facts.st_mode & 0777U, 0600U);
            QVERIFY(std::uint64_t(facts.st_blocks) * 512U >= kBallast);
            QVERIFY(fleet.send(*writer));
            // There is enough to begin with, but not for all of it.
            QVERIFY(disk.fill(options.lowWater + 16'384));
            const auto report = fleet.send(*writer, 100);
            QVERIFY(!report);
            QVERIFY2(report.error().code == Error::Code::NoSpace, report.error().message.c_str());
            QVERIFY2(::stat(ballast.c_str(), &facts) != 0, "it was given up");
            // With it the log could be moved and cut; that room is not for more records.
            QCOMPARE(std::filesystem::file_size(options.path.string() + "-wal"), 0U);
            QVERIFY(disk.fill(kBallast));
            QVERIFY(fleet.send(*writer).error().code == Error::Code::NoSpace);
            QCOMPARE(usageRows(*openReader(options.path)), fleet.acknowledged);
            QVERIFY(writer->isDiskLow());
            disk.free();
            QVERIFY(!writer->isDiskLow());
            QVERIFY(fleet.send(*writer));
        }
        writer.reset();
        QVERIFY2(!std::filesystem::exists(ballast), "nobody writes any more");
        QCOMPARE(usageRows(*openReader(options.path)), fleet.acknowledged);
    }

    void aBallastThatIsLeftIsTakenOver()
    {
        const ScratchFolder folder;
        std::filesystem::create_directories(folder.path());
        Ballast left(folder.path() / "cache.db", kBallast);
        QVERIFY(left.make());
        Ballast next(folder.path() / "cache.db", kBallast);
        QCOMPARE(next.missing(), kBallast);
        QVERIFY(next.make());
        QCOMPARE(next.missing(), 0U);
    }
};

QTEST_APPLESS_MAIN(TestDiskFull)
#include "tst_diskfull.moc"
