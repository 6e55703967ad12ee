// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/alertreading.h"
#include "models/analysis/cacheengine.h"
#include "tests/models/analysis/memorycache.h"

#include <QTest>

using namespace telltale;

namespace {

constexpr std::int64_t kMinute = 60'000'000'000;
constexpr std::int64_t kStart = 1'763'424'000'000'000'000; // 18 November 2025

PlainRecord record(RecordKind kind, std::int64_t minute, const std::string &user)
{
    PlainRecord made;
    made.kind = kind;
    made.time = kStart + minute * kMinute + 1;
    made.user = user;
    made.session = "of " + user;
    made.name = kind == RecordKind::Error ? "exception" : kind == RecordKind::Span ? "screen.load" : "Plan";
    made.release = "4.2.0";
    return made;
}

/// Ten uses a minute by ten people for two hours but for a silence from 60 to 70; a storm of errors from 90 to 94, whose people crash; spans of 100 ms
/// until the storm, of 900 ms in it.
std::vector<PlainRecord> twoHours()
{
    std::vector<PlainRecord> records;
    for (std::int64_t minute = 0; minute < 120; ++minute) {
        const bool isStorm = minute >= 90 && minute < 95;
        for (int i = 0; i < 10 && (minute < 60 || minute >= 70); ++i) {
            const std::string user = (minute < 30 ? "a" : minute < 90 ? "b" : "c") + std::to_string(i * 3 + minute % 3);
            records.push_back(record(RecordKind::UsageEvent, minute, user));
            PlainRecord span = record(RecordKind::Span, minute, user);
            span.duration = (isStorm ? 900 : 100) * 1'000'000;
            records.push_back(span);
            if (!isStorm)
                continue;
            PlainRecord error = record(RecordKind::Error, minute, user);
            error.type = "TypeError";
            error.message = "x is undefined";
            error.group = 7;
            error.isUnhandled = true;
            error.severity = 17;
            records.push_back(error);
        }
    }
    return records;
}

Instant minute(double minutes)
{
    return {kStart + static_cast<std::int64_t>(minutes * static_cast<double>(kMinute))};
}

} // namespace

class TestAlertReading final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readings_data()
    {
        QTest::addColumn<QByteArray>("rule");
        QTest::addColumn<double>("at");
        QTest::addColumn<bool>("isFiring");
        QTest::addColumn<double>("value"); // -1: too little to say
        const auto row = [](const char *rule, double at, bool isFiring, double value) {
            QTest::addRow("%s at %g", rule, at) << QByteArray(rule) << at << isFiring << value;
        };
        row("errors > 20 in 10m", 90, false, 0);
        row("errors > 20 in 10m", 92, false, 20);
        row("errors >= 20 in 10m", 92, true, 20);
        row("errors > 20 in 10m", 93, true, 30);
        row("errors > 20 in 10m", 110, false, 0);
        row("events < 1 in 5m", 64, false, 10);
        row("events < 1 in 5m", 65, true, 0);
        row("users > 29 in 10m", 20, true, 30);
        row("sessions > 30 in 10m", 20, false, 30);
        row("crash-free < 98% in 10m", 95, true, 0.5); // 30 sessions of c against 30 of b
        row("crash-free < 98% in 1m", 20, false, -1);
        row("p95 screen.load > 800ms in 5m", 95, true, 900);
        row("p95 screen.load > 800ms in 5m", 90, false, 100);
        row("p95 screen.load > 800ms in 1m", 30, false, -1);
        row("p95 nothing > 800ms in 5m", 90, false, -1);
        row("events down 50% in 10m", 70, true, 0);
        row("events down 50% in 10m", 60, false, 100);
        row("events up 50% in 10m", 80, false, 100); // nothing before: no change can be told
        row("p95 screen.load up 100% in 5m", 95, true, 900);
    }
    void readings()
    {
        QFETCH(QByteArray, rule);
        QFETCH(double, at);
        QFETCH(bool, isFiring);
        QFETCH(double, value);
        CacheEngine engine(std::make_unique<MemoryCache>(twoHours()));
        const Alert alert{"x", *AlertRule::parse(rule.toStdString()), {}, true};
        const auto reading = readAlert(engine, alert, {}, minute(at), {});
        QVERIFY2(reading, reading ? "" : reading.error().message.c_str());
        QCOMPARE(reading->isFiring, isFiring);
        QCOMPARE(reading->value.value_or(-1), value);
    }

    void onlyWhatTheFilterMatches()
    {
        CacheEngine engine(std::make_unique<MemoryCache>(twoHours()));
        const auto rule = *AlertRule::parse("errors > 0 in 10m");
        QVERIFY(readAlert(engine, {"x", rule, *Filter::parse("release:4.2.0"), true}, {}, minute(95), {})->isFiring);
        QVERIFY(!readAlert(engine, {"x", rule, *Filter::parse("release:4.1.0"), true}, {}, minute(95), {})->isFiring);
    }

    void groups()
    {
        CacheEngine engine(std::make_unique<MemoryCache>(twoHours()));
        const Alert alert{"x", *AlertRule::parse("new error"), {}, true};
        QVERIFY(readAlert(engine, alert, {}, minute(90), {})->groups.empty());
        const auto reading = readAlert(engine, alert, {}, minute(91), {});
        QCOMPARE(reading->groups.size(), std::size_t(1));
        QCOMPARE(reading->groups[0].title, std::string("TypeError: x is undefined"));
        QVERIFY(reading->groups[0].since == Instant{minute(90).ns + 1});
    }

    void replays()
    {
        CacheEngine engine(std::make_unique<MemoryCache>(twoHours()));
        Scope scope;
        scope.range = {minute(0), minute(120)};
        scope.now = minute(120);
        std::size_t last = 0, total = 0;
        const auto silence = replayAlert(engine, {"x", *AlertRule::parse("events < 1 in 4m"), {}, true}, scope,
                                         [&](std::size_t done, std::size_t all) {
                                             last = done;
                                             total = all;
                                         },
                                         {});
        QVERIFY(silence);
        QVERIFY(silence->step == std::chrono::minutes(1));
        QCOMPARE(silence->readings, std::size_t(121));
        QVERIFY(last == 121 && total == 121);
        QCOMPARE(silence->firings.size(), std::size_t(2)); // before the first record, and in the silence
        QVERIFY(silence->firings[0].from == minute(0) && silence->firings[0].to == minute(0));
        QVERIFY(silence->firings[1].from == minute(64) && silence->firings[1].to == minute(70));
        const auto storm = replayAlert(engine, {"x", *AlertRule::parse("errors > 20 in 4m"), {}, true}, scope, {}, {});
        QCOMPARE(storm->firings.size(), std::size_t(1));
        QCOMPARE(*storm->firings[0].worst, 40.0);
        const auto fresh = replayAlert(engine, {"x", *AlertRule::parse("new error"), {}, true}, scope, {}, {});
        QCOMPARE(fresh->firings.size(), std::size_t(1));
        QCOMPARE(fresh->firings[0].what, std::string("TypeError: x is undefined"));
        scope.range.to = Instant::max();
        QCOMPARE(replayAlert(engine, {"x", *AlertRule::parse("new error"), {}, true}, scope, {}, {}).error().code, Error::Code::InvalidArgument);
    }

    void canBeStopped()
    {
        CacheEngine engine(std::make_unique<MemoryCache>(twoHours()));
        std::stop_source stop;
        Scope scope;
        scope.range = {minute(0), minute(120)};
        const auto replay = replayAlert(engine, {"x", *AlertRule::parse("events < 1 in 4m"), {}, true}, scope,
                                        [&](std::size_t done, std::size_t) {
                                            if (done == 5)
                                                stop.request_stop();
                                        },
                                        stop.get_token());
        QCOMPARE(replay.error().code, Error::Code::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestAlertReading)
#include "tst_alertreading.moc"
