// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/cachewriter.h"

#include "models/store/storetesting.h"
#include "models/store/usageload.h"

#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace telltale;
using namespace telltale::testing;

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
                    QVERIFY2(report.error().code == Error::Code::Busy, report.error().message.c_str());
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
};

QTEST_APPLESS_MAIN(TestDiskFull)
#include "tst_diskfull.moc"
