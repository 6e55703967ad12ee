// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/aheadoftime.h"

#include "memorycache.h"
#include "models/analysis/recordscan.h"
#include "plainfleet.h"

#include <QTest>

#include <atomic>
#include <memory>
#include <tuple>

using namespace telltale;

class TestAheadOfTime final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesAllInOrder_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("helpers");
        for (const int count : {0, 1, 2, 19, 2000}) {
            for (const int helpers : {0, 1, 3})
                QTest::addRow("%d things, %d helpers", count, helpers) << count << helpers;
        }
    }

    void givesAllInOrder()
    {
        QFETCH(int, count);
        QFETCH(int, helpers);
        std::atomic<std::size_t> made = 0;
        std::size_t taken = 0;
        std::size_t mostAhead = 0;
        AheadOfTime<std::unique_ptr<std::size_t>> things(std::size_t(count), std::size_t(helpers),
                                                         [&made](std::size_t, std::size_t index) {
                                                             ++made;
                                                             return std::make_unique<std::size_t>(index);
                                                         });
        for (; taken < std::size_t(count); ++taken) {
            QCOMPARE(*things.take(), taken);
            mostAhead = std::max(mostAhead, made - taken);
        }
        QCOMPARE(made.load(), std::size_t(count));
        QVERIFY(mostAhead <= 6 * (std::size_t(helpers) + 1) + 1); // memory is bounded by the window
    }

    void endsEarly()
    {
        std::atomic<int> made = 0;
        {
            AheadOfTime<int> things(1'000'000, 2, [&made](std::size_t, std::size_t) { return ++made; });
            things.take();
        }
        const int before = made;
        QVERIFY(before <= 6 * 3 + 1);
        QCOMPARE(made.load(), before); // nobody works on
    }

    void aScanIsTheSameWithHelpers_data()
    {
        QTest::addColumn<QByteArray>("filter");
        for (const char *filter : {"", "-os:ios", "attr.plan:team -screen:Home", "user:user-* attr.n:>=2"})
            QTest::newRow(filter) << QByteArray(filter);
    }

    void aScanIsTheSameWithHelpers()
    {
        QFETCH(QByteArray, filter);
        MemoryCache cache(plainFleet(3, 300, 0, 86'400'000'000'000), 8);
        Scope scope;
        scope.filter = Filter::parse(filter.toStdString()).value();
        using Seen = std::vector<std::tuple<std::int64_t, std::uint32_t, std::uint32_t, std::int64_t>>;
        std::vector<Seen> seen;
        for (const std::size_t helpers : {0U, 1U, 3U}) {
            std::size_t done = 0, total = 0;
            RecordScan scan(cache, scope, {}, {helpers, [&](std::size_t d, std::size_t t) {
                                                   QVERIFY(d > done && d <= t); // in records
                                                   done = d;
                                                   total = t;
                                               }});
            QVERIFY(scan.prepare());
            Seen &rows = seen.emplace_back();
            QVERIFY(scan.run({RecordKind::UsageEvent}, [&](const RecordRow &row) {
                rows.emplace_back(row.time, row.feature, row.user, row.duration);
            }));
            QVERIFY(total > 100);
            QCOMPARE(done, total);
        }
        QVERIFY(!seen[0].empty());
        QVERIFY(seen[0] == seen[1]);
        QVERIFY(seen[0] == seen[2]);
    }
};

QTEST_GUILESS_MAIN(TestAheadOfTime)
#include "tst_aheadoftime.moc"
