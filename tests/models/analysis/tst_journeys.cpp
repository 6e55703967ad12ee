// SPDX-License-Identifier: GPL-3.0-or-later
// Retention and funnels, held against figures that were worked out by hand.
#include "models/analysis/cacheengine.h"
#include "models/analysis/funnelwalk.h"

#include "memorycache.h"
#include "models/telemetry/timeformat.h"

#include <QTest>

#include <algorithm>
#include <iterator>
#include <random>

using namespace telltale;
using namespace std::chrono_literals;

namespace {

PlainRecord used(const char *user, const char *feature, const char *time)
{
    PlainRecord record;
    record.kind = RecordKind::UsageEvent;
    record.user = user;
    record.name = record.feature = feature;
    record.time = parseRfc3339(time)->ns;
    return record;
}

PlainRecord viewed(const char *user, const char *screen, const char *time)
{
    PlainRecord record = used(user, "", time);
    record.kind = RecordKind::ScreenView;
    record.name = "screen_view";
    record.feature.clear();
    record.screen = screen;
    return record;
}

std::vector<RetentionRow> retentionOf(std::vector<PlainRecord> records, CalendarUnit period, Scope scope = {})
{
    CacheEngine engine(std::make_unique<MemoryCache>(std::move(records)));
    scope.now = *parseRfc3339("2026-12-01T00:00:00Z");
    const auto answer = engine.retention(period, scope, {});
    return answer ? answer->value : std::vector<RetentionRow>();
}

std::vector<FunnelRow> funnelOf(std::vector<PlainRecord> records, const std::vector<std::string> &steps,
                                std::chrono::nanoseconds window = 24h)
{
    CacheEngine engine(std::make_unique<MemoryCache>(std::move(records)));
    const auto answer = engine.funnel(steps, window, {}, {});
    return answer ? answer->value : std::vector<FunnelRow>();
}

std::vector<std::uint64_t> usersOf(const std::vector<FunnelRow> &rows)
{
    std::vector<std::uint64_t> users;
    for (const FunnelRow &row : rows)
        users.push_back(row.users);
    return users;
}

using Counts = std::vector<std::uint64_t>;

} // namespace

class TestJourneys final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void days()
    {
        const auto rows = retentionOf({used("a", "x", "2026-11-02T10:00:00Z"), used("a", "x", "2026-11-03T10:00:00Z"),
                                       used("a", "x", "2026-11-03T11:00:00Z"), used("b", "x", "2026-11-02T23:00:00Z"),
                                       viewed("b", "Home", "2026-11-04T01:00:00Z"), used("c", "x", "2026-11-04T10:00:00Z")},
                                      CalendarUnit::Day);
        const std::vector<RetentionRow> expected = {
            {"2026-11-02", 2, 0, 2, false}, {"2026-11-02", 2, 1, 1, false}, {"2026-11-02", 2, 2, 1, false},
            {"2026-11-04", 1, 0, 1, false}};
        QVERIFY(rows == expected);
    }

    void weeksBeginOnMonday()
    {
        const auto rows = retentionOf({used("a", "x", "2026-11-08T10:00:00Z"), used("a", "x", "2026-11-09T10:00:00Z")},
                                      CalendarUnit::Week);
        QCOMPARE(rows.size(), std::size_t(2));
        QCOMPARE(rows[0].cohort, std::string("2026-11-02"));
        QCOMPARE(rows[1].users, std::uint64_t(1));
    }

    void whoCameBeforeTheRangeIsNotNew()
    {
        Scope scope;
        scope.range.from = *parseRfc3339("2026-11-03T00:00:00Z");
        const auto rows = retentionOf({used("a", "x", "2026-11-02T10:00:00Z"), used("a", "x", "2026-11-03T10:00:00Z"),
                                       used("b", "x", "2026-11-03T10:00:00Z")},
                                      CalendarUnit::Day, scope);
        QCOMPARE(rows.size(), std::size_t(1));
        QCOMPARE(rows[0].size, std::uint64_t(1));
    }

    void thePeriodThatIsNotOver()
    {
        const auto rows = retentionOf({used("a", "x", "2026-11-30T10:00:00Z"), used("a", "x", "2026-12-01T00:00:00Z")},
                                      CalendarUnit::Day);
        QVERIFY(!rows[0].isUnfinished);
        QVERIFY(rows[1].isUnfinished);
    }

    void stepsInOrder()
    {
        const auto rows = funnelOf({used("a", "A", "2026-11-02T10:00:00Z"), used("a", "other", "2026-11-02T10:30:00Z"),
                                    viewed("a", "B", "2026-11-02T11:00:00Z"), used("a", "C", "2026-11-02T12:00:00Z"),
                                    used("b", "B", "2026-11-02T10:00:00Z"), used("b", "A", "2026-11-02T11:00:00Z"),
                                    used("c", "A", "2026-11-02T10:00:00Z"), used("c", "B", "2026-11-02T13:00:00Z")},
                                   {"A", "B", "C"});
        QCOMPARE(usersOf(rows), (Counts{3, 2, 1}));
        QCOMPARE(rows[1].conversion, 2.0 / 3.0);
        QVERIFY(!rows[0].medianMs);
        QCOMPARE(rows[1].medianMs.value(), 3'600'000.0); // nearest rank of one hour and three
        QCOMPARE(rows[2].medianMs.value(), 7'200'000.0);
    }

    void aRepeatedStepNeedsTwoRecords()
    {
        QCOMPARE(usersOf(funnelOf({used("a", "A", "2026-11-02T10:00:00Z")}, {"A", "A"})), (Counts{1, 0}));
        QCOMPARE(usersOf(funnelOf({used("a", "A", "2026-11-02T10:00:00Z"), used("a", "A", "2026-11-02T10:00:01Z")},
                                  {"A", "A"})),
                 (Counts{1, 1}));
    }

    void equalTimes()
    {
        QCOMPARE(usersOf(funnelOf({used("a", "B", "2026-11-02T10:00:00Z"), used("a", "A", "2026-11-02T10:00:00Z")},
                                  {"A", "B"})),
                 (Counts{1, 1}));
    }

    void outsideTheWindow()
    {
        const std::vector<PlainRecord> records = {used("a", "A", "2026-11-02T10:00:00Z"),
                                                  used("a", "A", "2026-11-02T12:00:00Z"),
                                                  used("a", "B", "2026-11-02T12:30:00Z")};
        QCOMPARE(usersOf(funnelOf(records, {"A", "B"}, 1h)), (Counts{1, 1})); // from the second A
        QCOMPARE(usersOf(funnelOf(records, {"A", "B"}, 20min)), (Counts{1, 0}));
    }

    /// Whatever the order in which a stretch came, and however many stretches there are.
    void walkedInStretches()
    {
        std::mt19937 random(7);
        const auto below = [&random](unsigned n) { return static_cast<std::uint32_t>(random() % n); };
        std::vector<FunnelWalk::Taken> all;
        for (int i = 0; i < 3000; ++i)
            all.push_back({below(1500), 1 + below(40), 1 + below(15)});
        const auto walked = [&](std::int64_t width) {
            FunnelWalk walk(4, 90);
            for (std::int64_t from = 0; from < 1500; from += width) {
                std::vector<FunnelWalk::Taken> stretch;
                std::copy_if(all.begin(), all.end(), std::back_inserter(stretch),
                             [&](const auto &each) { return each.time >= from && each.time < from + width; });
                walk.add(stretch);
                if (!stretch.empty())
                    qFatal("a stretch was kept");
            }
            std::vector<double> figures;
            for (std::size_t step = 0; step < 4; ++step) {
                figures.push_back(static_cast<double>(walk.users(step)));
                figures.push_back(walk.medianMs(step).value_or(-1));
            }
            return figures;
        };
        const auto whole = walked(1500);
        QCOMPARE(whole[0], 40.0);
        QVERIFY(whole[6] > 0);
        for (const std::int64_t width : {1, 7, 300}) {
            std::shuffle(all.begin(), all.end(), random);
            QCOMPARE(walked(width), whole);
        }
    }

    void wrongUse()
    {
        CacheEngine engine(std::make_unique<MemoryCache>(std::vector<PlainRecord>()));
        QVERIFY(!engine.funnel({}, 1h, {}, {}));
        QVERIFY(!engine.funnel(std::vector<std::string>(21, "x"), 1h, {}, {}));
        QCOMPARE(engine.retention(CalendarUnit::Week, {}, {})->value.size(), std::size_t(0));
    }
};

QTEST_GUILESS_MAIN(TestJourneys)
#include "tst_journeys.moc"
