// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/askedengine.h"

#include "memorycache.h"
#include "models/analysis/cacheengine.h"
#include "models/telemetry/timeformat.h"

#include <QTest>

using namespace telltale;
using namespace std::chrono_literals;

class TestAskedEngine final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersAreTheSameAndNoted()
    {
        CacheEngine engine(std::make_unique<MemoryCache>(records()));
        std::vector<AskedQuestion> asked;
        AskedEngine listening(engine, asked);
        const Scope scope = someScope();
        const auto features = listening.features(scope, {});
        const auto plain = engine.features(scope, {});
        QVERIFY(features && plain);
        QVERIFY(features->value == plain->value);
        QCOMPARE(asked.size(), std::size_t(1));
        QCOMPARE(asked[0].question, std::string("features"));
        QCOMPARE(asked[0].sample, std::uint64_t(5));
        QCOMPARE(asked[0].sampleOf, AskedQuestion::SampleOf::UsageEvents);
        QVERIFY(!asked[0].plan.isRollup);
        QCOMPARE(asked[0].plan.scannedRecords, features->plan.scannedRecords);
        QCOMPARE(queryCommand(asked[0]), std::string("telltale query features --from 2026-11-20T00:00:00Z --to 2026-11-21T00:00:00Z "
                                                     "--filter 'release:4.2.0 os:\"Android 15\"' --zone Europe/Berlin"));
    }

    void optionsOfQuestions()
    {
        CacheEngine engine(std::make_unique<MemoryCache>(records()));
        std::vector<AskedQuestion> asked;
        AskedEngine listening(engine, asked);
        Scope scope;
        QVERIFY(listening.heatmap(scope, HeatmapRows::Feature, HeatmapColumns::WeekdayHour, HeatmapValue::Users, {}));
        QVERIFY(listening.funnel({"Start", "It's done"}, 36h, scope, {}));
        QVERIFY(listening.activity(scope, ActivityStep::FifteenMinutes, {}));
        QVERIFY(listening.retention(CalendarUnit::Day, scope, {}));
        QVERIFY(listening.latency(scope, ActivityStep::Hour, {}));
        QVERIFY(!listening.session("nobody's", scope, {}));
        QCOMPARE(asked.size(), std::size_t(6));
        QVERIFY(asked[5].problem && asked[5].problem->code == Error::Code::NotFound);
        QCOMPARE(queryCommand(asked[5]), std::string("telltale query session 'nobody'\\''s' --zone UTC"));
        QVERIFY(!asked[4].problem);
        QCOMPARE(queryCommand(asked[0], "/c/it's.db"),
                 std::string("telltale query heatmap --rows feature --columns weekday-hour --value users --zone UTC --cache '/c/it'\\''s.db'"));
        QCOMPARE(asked[0].sample, std::uint64_t(2 + 1)); // two users of one feature, one of the other
        QCOMPARE(queryCommand(asked[1]), std::string("telltale query funnel --steps 'Start,It'\\''s done' --window 36h --zone UTC"));
        QVERIFY(!asked[1].isOnlyNear);
        QCOMPARE(queryCommand(asked[2]), std::string("telltale query activity --step 15m --zone UTC"));
        QCOMPARE(queryCommand(asked[3]), std::string("telltale query retention --period day --zone UTC"));
        QVERIFY(asked[4].isOnlyNear);
    }

    /// One question of the command line for each of several that were answered at once.
    void questionsOfSeries()
    {
        CacheEngine engine(std::make_unique<MemoryCache>(records()));
        std::vector<AskedQuestion> asked;
        AskedEngine listening(engine, asked);
        Scope scope;
        scope.range = someScope().range;
        const auto series = listening.activityBy(SplitBy::Feature, {"Start", "nothing"}, ActivityStep::Day, scope, {});
        QVERIFY(series && series->value.size() == 2);
        QCOMPARE(asked.size(), std::size_t(2));
        QCOMPARE(queryCommand(asked[1]),
                 std::string("telltale query activity --step 1d --from 2026-11-20T00:00:00Z --to 2026-11-21T00:00:00Z --filter feature:nothing --zone UTC"));
        QVERIFY(!asked[0].isOnlyNear);
        QCOMPARE(asked[0].sample, std::uint64_t(4));
        QCOMPARE(asked[1].sample, std::uint64_t(0));
    }

private:
    static Scope someScope()
    {
        Scope scope;
        scope.range = {*parseRfc3339("2026-11-20T00:00:00Z"), *parseRfc3339("2026-11-21T00:00:00Z")};
        scope.filter = *Filter::parse("release:4.2.0 os:\"Android 15\"");
        scope.zone = *Zone::named("Europe/Berlin");
        return scope;
    }
    static std::vector<PlainRecord> records()
    {
        std::vector<PlainRecord> records;
        for (int i = 0; i < 5; ++i) {
            PlainRecord record;
            record.kind = RecordKind::UsageEvent;
            record.time = parseRfc3339("2026-11-20T08:00:00Z")->ns + i * 1'000'000'000LL;
            record.user = i % 2 == 0 ? "ann" : "ben";
            record.name = record.feature = i == 4 ? "Share" : "Start";
            record.release = "4.2.0";
            record.os = "Android 15";
            records.push_back(record);
        }
        return records;
    }
};

QTEST_APPLESS_MAIN(TestAskedEngine)
#include "tst_askedengine.moc"
