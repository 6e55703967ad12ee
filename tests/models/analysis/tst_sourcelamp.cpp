// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/sourcelamp.h"

#include "memorycache.h"
#include "models/analysis/cacheengine.h"
#include "models/analysis/sourcehealthreading.h"

#include <QTest>

#include <algorithm>

using namespace telltale;
using namespace std::chrono_literals;

namespace {

constexpr Instant kNow = Instant::fromSeconds(1'763'625'600);

/// A source that sent `age` ago.
SourceSigns seen(std::chrono::nanoseconds age)
{
    SourceSigns signs;
    signs.newest = kNow - age;
    return signs;
}

SourceSigns with(SourceSigns signs, auto change)
{
    change(signs);
    return signs;
}

} // namespace

class TestSourceLamp final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rule_data()
    {
        using Door = SourceSigns::Door;
        QTest::addColumn<SourceSigns>("signs");
        QTest::addColumn<SourceState>("state");
        const auto row = [](const char *name, const SourceSigns &signs, SourceState state) {
            QTest::newRow(name) << signs << state;
        };
        row("never seen", {}, SourceState::Waiting);
        row("just now", seen(0s), SourceState::Live);
        row("from the future", seen(-3h), SourceState::Live);
        row("15 s", seen(15s), SourceState::Live);
        row("a moment more", seen(15s + 1ns), SourceState::Late);
        row("a moment before 5 min", seen(5min - 1ns), SourceState::Late);
        row("5 min", seen(5min), SourceState::Off);
        row("usual gap, three times", with(seen(90s), [](auto &s) { s.usualGap = 30s; }), SourceState::Live);
        row("usual gap, more", with(seen(91s), [](auto &s) { s.usualGap = 30s; }), SourceState::Late);
        row("seldom, but as usual", with(seen(2h), [](auto &s) { s.usualGap = 1h; }), SourceState::Live);
        row("seldom, and longer than usual", with(seen(4h), [](auto &s) { s.usualGap = 1h; }), SourceState::Off);
        const auto rejected = [](std::uint64_t records, std::uint64_t bad, std::chrono::nanoseconds age) {
            return with(seen(1s), [&](auto &s) {
                s.minuteRecords = records;
                s.minuteRejected = bad;
                s.asOf = kNow - age;
            });
        };
        row("1 % rejected", rejected(99, 1, 0s), SourceState::Live);
        row("more than 1 %", rejected(98, 1, 0s), SourceState::Error);
        row("all rejected", rejected(0, 1, 60s), SourceState::Error);
        row("rejected, long ago", rejected(0, 1, 60s + 1ns), SourceState::Live);
        row("rejected, never an event", with(rejected(0, 1, 0s), [](auto &s) { s.newest.reset(); }), SourceState::Error);
        row("receiver failed", with(seen(1s), [](auto &s) { s.door = Door::Failed; }), SourceState::Error);
        row("receiver not listening", with(seen(1s), [](auto &s) { s.door = Door::NotListening; }), SourceState::Off);
        row("not listening, never seen", with({}, [](auto &s) { s.door = Door::NotListening; }), SourceState::Off);
        row("listening, never seen", with({}, [](auto &s) { s.door = Door::Listening; }), SourceState::Waiting);
        row("paused", with(rejected(0, 9, 0s), [](auto &s) { s.isPaused = true; }), SourceState::Paused);
        row("a gap as long as time", with(seen(200h), [](auto &s) { s.usualGap = std::chrono::nanoseconds::max(); }),
            SourceState::Live);
    }
    void rule()
    {
        QFETCH(SourceSigns, signs);
        QFETCH(SourceState, state);
        QCOMPARE(lampOf(signs, kNow), state);
    }

    void signsOfARow()
    {
        SourceRow row;
        QVERIFY(!signsOf(row).newest);
        row.lastEvent = kNow - 3h; // its clock is behind
        row.lastArrival = kNow;
        row.records = 1;
        QCOMPARE(*signsOf(row).newest, kNow);
        row.lastArrival.reset();
        QCOMPARE(*signsOf(row).newest, kNow - 3h);
    }

    void filesWereReadAndAreDone()
    {
        SourceRow row;
        row.protocol = "otlp/http";
        QVERIFY(goesOnSending(row));
        row.protocol = "mqtt/json";
        QVERIFY(goesOnSending(row));
        for (const char *done : {"file", "archive"}) {
            row.protocol = done;
            QVERIFY2(!goesOnSending(row), done);
        }
    }

    void ofTheProduct_data()
    {
        using S = SourceState;
        QTest::addColumn<std::vector<SourceState>>("sources");
        QTest::addColumn<SourceState>("lamp");
        QTest::newRow("none") << std::vector<S>{} << S::Waiting;
        QTest::newRow("one, live") << std::vector{S::Live} << S::Live;
        QTest::newRow("one, off") << std::vector{S::Off} << S::Off;
        QTest::newRow("one late among live ones") << std::vector{S::Live, S::Late, S::Live} << S::Late;
        QTest::newRow("one off among live ones") << std::vector{S::Live, S::Live, S::Off, S::Live} << S::Late;
        QTest::newRow("several quiet, one sends") << std::vector{S::Off, S::Off, S::Live} << S::Late;
        QTest::newRow("off and late") << std::vector{S::Off, S::Late} << S::Late;
        QTest::newRow("all off") << std::vector{S::Off, S::Off} << S::Off;
        QTest::newRow("one failed among live ones") << std::vector{S::Live, S::Error, S::Live} << S::Error;
        QTest::newRow("failed and off") << std::vector{S::Off, S::Error} << S::Error;
        QTest::newRow("paused ones do not count") << std::vector{S::Paused, S::Live} << S::Live;
        QTest::newRow("nor do those that never sent") << std::vector{S::Waiting, S::Live} << S::Live;
        QTest::newRow("never seen") << std::vector{S::Waiting, S::Paused} << S::Waiting;
        QTest::newRow("all paused") << std::vector{S::Paused} << S::Paused;
    }
    void ofTheProduct()
    {
        QFETCH(std::vector<SourceState>, sources);
        QFETCH(SourceState, lamp);
        QCOMPARE(productLamp(sources), lamp);
        std::reverse(sources.begin(), sources.end());
        QCOMPARE(productLamp(sources), lamp);
    }

    /// What is written comes back, also with times that a double could not hold.
    void healthComesBack()
    {
        SourceHealth health;
        health.protocol = "otlp/http";
        health.product = "Stride \"quoted\"";
        health.os = "iOS";
        health.asOf = {1'763'625'600'123'456'789};
        health.minuteRecords = 12;
        health.minuteRejected = 3;
        health.refusedRequests = 4;
        health.lag = 1'234'567'891ns;
        health.clockDifference = -3h;
        health.usualGap = 5s;
        health.lastRefusal = Refusal{kNow, "no JSON", "{\"a\":"};
        QCOMPARE(parseSourceHealth(toJson(health)), std::optional(health));
        SourceHealth bare;
        QCOMPARE(parseSourceHealth(toJson(bare)), std::optional(bare));
        for (const char *broken : {"", "[]", "{", "null", "7"})
            QVERIFY2(!parseSourceHealth(broken), broken);
        QCOMPARE(parseSourceHealth(R"({"lag":"soon","refusal":3,"minute_records":-5})"), std::optional(bare));
    }

    /// As the cache engine tells them, from what is stored.
    void sourceStates_data()
    {
        QTest::addColumn<qint64>("age"); // seconds
        QTest::addColumn<quint64>("requests");
        QTest::addColumn<qint64>("usualGap");
        QTest::addColumn<quint64>("rejected");
        QTest::addColumn<int>("state");
        const auto row = [](const char *name, qint64 age, quint64 requests, qint64 gap, quint64 rejected,
                            SourceState state) {
            QTest::newRow(name) << age << requests << gap << rejected << int(state);
        };
        row("never", 0, 0, 0, 0, SourceState::Waiting);
        row("just now", 0, 100, 1, 0, SourceState::Live);
        row("border of live", 15, 100, 1, 0, SourceState::Live);
        row("late", 16, 100, 1, 0, SourceState::Late);
        row("sends seldom", 170, 100, 60, 0, SourceState::Live);
        row("seldom, but too long ago", 182, 100, 60, 0, SourceState::Late);
        row("off", 301, 100, 1, 0, SourceState::Off);
        row("too few to know", 200, 2, 3600, 0, SourceState::Late);
        row("one percent rejected", 1, 100, 1, 1, SourceState::Live);
        row("more rejected", 1, 100, 1, 2, SourceState::Error);
        row("rejected long ago", 100, 100, 1, 50, SourceState::Late);
        row("clock of the past", -3600, 100, 1, 0, SourceState::Live);
    }

    void sourceStates()
    {
        QFETCH(qint64, age);
        QFETCH(quint64, requests);
        QFETCH(qint64, usualGap);
        QFETCH(quint64, rejected);
        QFETCH(int, state);
        auto cache = std::make_unique<MemoryCache>(std::vector<PlainRecord>());
        StoredSource source;
        source.name = "stride android";
        source.requests = requests;
        source.records = requests ? 99 : 0;
        source.rejected = rejected;
        source.lastArrival = Instant::fromSeconds(1'000'000);
        source.firstArrival = Instant::fromSeconds(1'000'000 - usualGap * (qint64(requests) - 1));
        cache->sourceList = {source};
        CacheEngine engine(std::move(cache));
        Scope scope;
        scope.now = Instant::fromSeconds(1'000'000 + age);
        const auto rows = engine.sources(scope, {})->value;
        QCOMPARE(rows.size(), std::size_t(1));
        QCOMPARE(int(rows[0].state), state);
    }
};

QTEST_GUILESS_MAIN(TestSourceLamp)
#include "tst_sourcelamp.moc"
