// SPDX-License-Identifier: GPL-3.0-or-later
// What engines remember of rollups: whatever happens to the cache between two questions, the second one is answered with what
// is in it then.
#include "models/analysis/rollupmemory.h"

#include "models/analysis/engine.h"
#include "models/telemetry/timeformat.h"
#include "plaindelivery.h"
#include "plainfleet.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <random>

using namespace telltale;

namespace {

constexpr std::int64_t kHour = 3'600'000'000'000;
constexpr std::int64_t kDayNs = 24 * kHour;

std::unique_ptr<CacheWriter> openAt(const std::filesystem::path &path)
{
    CacheOptions options;
    options.path = path;
    options.ballastBytes = 0;
    auto opened = CacheWriter::open(options);
    return opened ? std::move(*opened) : nullptr;
}

void commit(CacheWriter &writer, std::span<const PlainRecord> records)
{
    while (!records.empty()) {
        const std::size_t count = std::min<std::size_t>(records.size(), 200);
        std::vector<Delivery> one;
        one.push_back(plainDelivery(records.first(count)));
        QVERIFY(writer.commit(one));
        records = records.subspan(count);
    }
}

void settle(CacheWriter &writer, int slices)
{
    QVERIFY(writer.checkpoint());
    while (slices-- > 0 && writer.maintain().value_or(false)) {
    }
}

template<typename Ask>
bool isAlike(const Ask &ask, Scope scope)
{
    scope.plan = PlanChoice::Scan;
    const auto scanned = ask(scope);
    scope.plan = PlanChoice::Rollups;
    const auto rolled = ask(scope);
    return scanned && rolled && scanned->value == rolled->value;
}

bool areSessionsAlike(Engine &engine, Scope scope)
{
    scope.limit = 5; // for few of them rollups are asked
    scope.plan = PlanChoice::Scan;
    const auto scanned = engine.sessions(scope, false, {});
    scope.plan = PlanChoice::Rollups;
    const auto rolled = engine.sessions(scope, false, {});
    return scanned && rolled && scanned->value.rows == rolled->value.rows &&
           scanned->value.total == rolled->value.total &&
           scanned->value.withErrors == rolled->value.withErrors;
}

/// Everything that is remembered of, of the same days each time. Which question was answered wrongly; empty: none.
QByteArray wrongAnswer(Engine &engine, TimeRange range)
{
    for (const char *zone : {"UTC", "Europe/Berlin", "Asia/Kolkata"}) {
        for (const char *filter : {"", "release:4.1.0"}) {
            Scope scope;
            scope.zone = *Zone::named(zone);
            scope.filter = *Filter::parse(filter);
            scope.range = range;
            scope.now = range.to;
            const auto heat = [&](HeatmapRows rows) {
                return [&engine, rows](const Scope &at) {
                    return engine.heatmap(at, rows, HeatmapColumns::Day, HeatmapValue::Users, {});
                };
            };
            const char *what =
                !isAlike([&](const Scope &at) { return engine.features(at, {}); }, scope) ? "features"
                : !isAlike([&](const Scope &at) { return engine.totals(at, {}); }, scope) ? "totals"
                : !areSessionsAlike(engine, scope)                                        ? "sessions"
                : !isAlike([&](const Scope &at) { return engine.activity(at, ActivityStep::Day, {}); }, scope)
                    ? "activity"
                : !isAlike([&](const Scope &at) { return engine.activeUsers(at, {}); }, scope)
                    ? "active users"
                : !isAlike([&](const Scope &at) { return engine.pulse(at, ActivityStep::Day, {}); }, scope)
                    ? "pulse"
                : !isAlike(heat(HeatmapRows::Feature), scope) ? "heatmap of features"
                : !isAlike(heat(HeatmapRows::Screen), scope)  ? "heatmap of screens"
                                                              : nullptr;
            if (what)
                return QByteArray(what) + " in " + zone + " with '" + filter + "'";
        }
    }
    return {};
}

} // namespace

class TestRollupMemory final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesBackWhatWasKeptForTheSameChange()
    {
        RollupMemory memory;
        const RollupMemory::Key key{"numbers", 1, 2};
        QVERIFY(!memory.find<int>(key, 7));
        memory.keep<int>(key, 7, std::make_shared<const int>(42), sizeof(int));
        QCOMPARE(*memory.find<int>(key, 7), 42);
        QVERIFY(!memory.find<int>(key, 8));
        QVERIFY(!memory.find<int>({"numbers", 1, 3}, 7));
        memory.keep<int>(key, 8, std::make_shared<const int>(43), sizeof(int));
        QVERIFY(!memory.find<int>(key, 7));
        QCOMPARE(*memory.find<int>(key, 8), 43);
    }

    void whatWasNotAskedForTheLongestGoesFirst()
    {
        RollupMemory memory;
        constexpr std::size_t kEach = RollupMemory::kMostBytes / 16;
        for (int i = 0; i < 100; ++i) {
            memory.keep<int>({"numbers", i, i + 1}, 1, std::make_shared<const int>(i), kEach);
            QVERIFY(memory.bytes() <= RollupMemory::kMostBytes);
            QVERIFY(memory.find<int>({"numbers", 0, 1}, 1)); // again and again
            QVERIFY(memory.find<int>({"numbers", i, i + 1}, 1));
        }
        QVERIFY(!memory.find<int>({"numbers", 50, 51}, 1));
        memory.keep<int>({"numbers", 0, 9}, 1, std::make_shared<const int>(1), RollupMemory::kMostBytes + 1);
        QVERIFY(!memory.find<int>({"numbers", 0, 9}, 1));
    }

    /// What is about minutes that passed is never asked for again.
    void littleOfWhatNobodyAsksForLasts()
    {
        RollupMemory memory;
        constexpr std::size_t kEach = std::size_t{256} << 10;
        const RollupMemory::Key often{"numbers", -1, 0};
        memory.keep<int>(often, 1, std::make_shared<const int>(0), kEach);
        for (int i = 0; i < 300; ++i)
            memory.keep<int>({"numbers", i, i + 1}, 1, std::make_shared<const int>(i), kEach);
        QVERIFY(memory.bytes() > RollupMemory::kLastingBytes);
        for (std::uint64_t i = 0; i < RollupMemory::kLately + 1; ++i)
            QVERIFY(memory.find<int>(often, 1));
        memory.keep<int>({"numbers", 1000, 1001}, 1, std::make_shared<const int>(1), 1);
        QVERIFY(memory.bytes() <= RollupMemory::kLastingBytes);
        QVERIFY(memory.find<int>(often, 1));
        QVERIFY(memory.find<int>({"numbers", 299, 300}, 1)); // as much lasts as fits
        QVERIFY(!memory.find<int>({"numbers", 0, 1}, 1));
    }

    void whatIsOfAnEarlierChangeGoesWhenItIsFound()
    {
        RollupMemory memory;
        const RollupMemory::Key key{"numbers", 1, 2};
        memory.keep<int>(key, 7, std::make_shared<const int>(42), 1'000);
        QVERIFY(!memory.find<int>(key, 6)); // of somebody who sees an earlier commit
        QVERIFY(memory.find<int>(key, 7));
        QVERIFY(!memory.find<int>(key, 8));
        QCOMPARE(memory.bytes(), std::size_t(0));
    }

    void oneForAllEnginesOnAFile()
    {
        QTemporaryDir folder;
        const auto path = std::filesystem::path(folder.filePath(QStringLiteral("a")).toStdString());
        const auto other = std::filesystem::path(folder.filePath(QStringLiteral("b")).toStdString());
        for (const auto &each : {path, other}) {
            QFile file(QString::fromStdString(each.string()));
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        const auto first = RollupMemory::of(path);
        QVERIFY(RollupMemory::of(path) == first);
        QVERIFY(RollupMemory::of(other) != first);
        std::filesystem::remove(other);
        std::filesystem::rename(path, other); // the same file under another name
        QVERIFY(RollupMemory::of(other) == first);
    }

    /// So many durations a day that only those around medians are remembered. Days differ by so much that the median of all is
    /// nowhere near that of any of them, and each question is about other days.
    void mediansOfManyDurations()
    {
        QTemporaryDir folder;
        const auto path = std::filesystem::path(folder.filePath(QStringLiteral("cache.db")).toStdString());
        const std::int64_t from = parseRfc3339("2026-03-01T00:00:00Z")->ns;
        constexpr int kDays = 5, kADay = 9'000; // more than 4,096 of each kind
        constexpr std::int64_t kScales[kDays] = {1, 50'000, 20, 3'000'000, 400};
        std::vector<PlainRecord> records;
        std::mt19937 random(8);
        for (int i = 0; i < kDays * kADay; ++i) {
            PlainRecord &record = records.emplace_back();
            record.kind = i % 2 ? RecordKind::ScreenView : RecordKind::Span;
            record.time = from + kDayNs / kADay * i + 1;
            record.session = "s" + std::to_string(i / 100);
            record.user = "u" + std::to_string(i / 300);
            record.name = "GET";
            record.screen = i % 3 ? "Home" : "Search";
            record.duration = static_cast<std::int64_t>(1 + random() % 1'000) * 1'000 * kScales[i / kADay];
        }
        auto writer = openAt(path);
        QVERIFY(writer);
        const auto all = std::span<const PlainRecord>(records);
        commit(*writer, all.first(all.size() - 40));
        settle(*writer, 1'000);
        auto engine = openCacheEngine(path);
        QVERIFY(engine);
        const auto areAllAlike = [&] {
            for (const auto &[first, last] :
                 {std::pair(0, 5), {0, 2}, {1, 5}, {0, 5}, {2, 4}, {3, 5}, {0, 4}}) {
                Scope scope;
                scope.zone = *Zone::named("UTC");
                // The edges have some minutes that no quarter of an hour holds.
                scope.range = {{from + first * kDayNs - kHour / 7}, {from + last * kDayNs + kHour / 9}};
                scope.now = scope.range.to;
                if (!isAlike([&](const Scope &at) { return (*engine)->pulse(at, ActivityStep::Day, {}); },
                             scope) ||
                    !isAlike([&](const Scope &at) { return (*engine)->latency(at, ActivityStep::Day, {}); },
                             scope) ||
                    !isAlike([&](const Scope &at) { return (*engine)->latencyBands(at, ActivityStep::Day, {}); },
                             scope))
                    return false;
            }
            return true;
        };
        QVERIFY(areAllAlike());
        QVERIFY2(areAllAlike(), "of what is remembered");
        commit(*writer, all.last(40));
        QVERIFY2(areAllAlike(), "with some that no rollup holds yet");
        settle(*writer, 1'000);
        QVERIFY2(areAllAlike(), "once rollups hold them");
    }

    /// Sessions that go over midnight, that last for days, whose app was updated in between, and that turn out to be another:
    /// each is one, in whichever buckets, and whether the days alone are asked about or what lies around them, too.
    void sessionsInSeveralBucketsAreOne()
    {
        QTemporaryDir folder;
        const auto path = std::filesystem::path(folder.filePath(QStringLiteral("cache.db")).toStdString());
        const std::int64_t from = parseRfc3339("2026-08-20T00:00:00Z")->ns;
        constexpr int kDays = 40;
        std::vector<PlainRecord> records;
        std::mt19937 random(11);
        for (int session = 0; session < 600; ++session) {
            const bool isLong = session % 9 == 0;
            std::int64_t time = from + static_cast<std::int64_t>(random() % (kDays * 24)) * kHour;
            for (unsigned i = 0, n = 3 + random() % 12; i < n; ++i) {
                PlainRecord &record = records.emplace_back();
                record.kind = RecordKind::UsageEvent;
                record.name = "click";
                record.feature = "feature " + std::to_string(random() % 7);
                record.user = "u" + std::to_string(session / 4);
                record.session = session % 5 == 0 ? "" : "s" + std::to_string(session); // else formed of the user's records
                record.product = "stride";
                record.release = session % 4 == 0 && i > n / 2 ? "4.1.0" : "4.0.0";
                record.time = time;
                time += static_cast<std::int64_t>(random() % (isLong ? 40'000 : 1'000)) * 1'000'000'000 + 1'000'000;
            }
        }
        std::shuffle(records.begin(), records.end(), random);
        auto writer = openAt(path);
        QVERIFY(writer);
        auto engine = openCacheEngine(path);
        QVERIFY(engine);
        const auto check = [&](int round) {
            for (const auto &[first, last] : {std::pair(0, kDays), {3, 31}, {4, 31}, {17, 20}, {0, 2 * kDays}}) {
                for (const char *filter : {"", "release:4.1.0"}) {
                    Scope scope;
                    scope.zone = *Zone::named("UTC");
                    scope.filter = *Filter::parse(filter);
                    scope.range = {{from + first * kDayNs - kHour / 7 * (round % 3)},
                                   {from + last * kDayNs + kHour / 9 * (round % 2)}};
                    scope.now = scope.range.to;
                    QVERIFY2(isAlike([&](const Scope &at) { return (*engine)->features(at, {}); }, scope), filter);
                }
            }
        };
        const auto all = std::span<const PlainRecord>(records);
        for (std::size_t i = 0, step = all.size() / 6 + 1; i < all.size(); i += step) {
            commit(*writer, all.subspan(i, std::min(step, all.size() - i)));
            check(0);
            settle(*writer, i == 0 ? 1'000 : static_cast<int>(i % 7));
            for (int round = 0; round < 3; ++round)
                check(round);
        }
        settle(*writer, 1'000);
        check(1);
        check(2);
    }

    /// Late records, those in between, people and sessions that go, records that become too old, rollups made anew: an engine
    /// that was asked before each of them answers right after it.
    void whatChangedIsNotRemembered()
    {
        QTemporaryDir folder;
        const auto path = std::filesystem::path(folder.filePath(QStringLiteral("cache.db")).toStdString());
        const std::int64_t middle = parseRfc3339("2026-10-25T00:00:00Z")->ns;
        const TimeRange range{{middle - 20 * kDayNs - kHour / 3}, {middle + 20 * kDayNs + kHour / 2}};
        auto records = plainFleet(77, 500, range.from.ns, range.to.ns);
        std::mt19937 random(5);
        std::shuffle(records.begin(), records.end(), random);
        for (PlainRecord &record : records) {
            if (record.kind == RecordKind::ScreenView && record.duration < 0)
                record.duration = static_cast<std::int64_t>(random() % 100'000) * 1'000'000;
        }
        const auto all = std::span<const PlainRecord>(records);
        auto writer = openAt(path);
        QVERIFY(writer);
        commit(*writer, all.first(all.size() / 2));
        settle(*writer, 1'000);
        auto engine = openCacheEngine(path);
        auto second = openCacheEngine(path);
        QVERIFY(engine && second);
        const auto check = [&](const char *after) {
            for (Engine *each : {engine->get(), second->get()}) {
                const QByteArray wrong = wrongAnswer(*each, range);
                const QByteArray where = QByteArray("after ") + after + ": " + wrong;
                QVERIFY2(wrong.isEmpty(), where.constData());
            }
        };
        check("the beginning");
        std::span<const PlainRecord> rest = all.subspan(all.size() / 2);
        for (int i = 0; i < 6; ++i) { // each in the midst of what is remembered
            const std::size_t count = i % 2 ? rest.size() / 4 : 3;
            commit(*writer, rest.first(count));
            rest = rest.subspan(count);
            check("a commit");
            settle(*writer, i * 2); // some in the rollups, with coarse buckets or without
            check("a checkpoint");
        }
        settle(*writer, 1'000);
        check("all buckets were built");
        std::vector<Delivery> joining;
        joining.push_back(plainDelivery(all.first(1)));
        RecordBatch &batch = joining.front().batch;
        batch.joins.push_back({batch.strings.intern("user-1"), batch.strings.intern("user-2")});
        joining.front().arrival = Instant{range.to.ns + kDayNs};
        QVERIFY(writer->commit(joining));
        check("two people turned out to be one");
        const auto someone = std::find_if(records.begin(), records.end(), [](const PlainRecord &record) {
            return record.kind == RecordKind::UsageEvent && !record.user.empty();
        });
        QVERIFY(writer->forgetUser(someone->user, range.to));
        check("a person went");
        settle(*writer, 3);
        check("some rollups were made anew");
        settle(*writer, 1'000);
        check("all rollups were made anew");
        Retention retention;
        retention.age = std::chrono::nanoseconds(30 * kDayNs);
        QVERIFY(writer->prune(retention, range.to));
        check("old records went");
        settle(*writer, 1'000);
        check("their gap was closed");
        QVERIFY(writer->dropRollups());
        check("all rollups went");
        settle(*writer, 1'000);
        check("they are back");
    }
};

QTEST_GUILESS_MAIN(TestRollupMemory)
#include "tst_rollupmemory.moc"
