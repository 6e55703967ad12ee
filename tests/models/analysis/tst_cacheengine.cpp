// SPDX-License-Identifier: GPL-3.0-or-later
// Every answer of the engine against straight loops over the same records, in random ranges, zones and with filters.
#include "models/analysis/cacheengine.h"

#include "memorycache.h"
#include "models/telemetry/timeformat.h"
#include "plaindelivery.h"
#include "plainfleet.h"
#include "plainoracle.h"
#include "plainpaths.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <filesystem>
#include <map>
#include <random>
#include <set>

using namespace telltale;

#define COMPARE_ROWS(got, want)                                                                              \
    do {                                                                                                     \
        const auto rows_ = (got);                                                                            \
        QCOMPARE(rows_.size(), (want).size());                                                               \
        const auto different_ =                                                                              \
            std::mismatch(rows_.begin(), rows_.end(), (want).begin()).first - rows_.begin();                 \
        QCOMPARE(std::size_t(different_), rows_.size());                                                     \
    } while (false)

class TestCacheEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void agreesWithLoops_data();
    void agreesWithLoops();
    void emptyCache();
    void stopsWhenAsked();
    void leavesDamageOutAndSaysSo();
    void notFound();
    void refusesTooManyBuckets();
    void timelines();
    void pulseAndLatency();

private:
    void checkUsage(const Scope &scope, const List &list);
    void checkTime(const Scope &scope, const List &list, const Predicate &where);
    void checkHeatmaps(const Scope &scope, const List &list);
    void checkSessionsAndErrors(const Scope &scope, const List &list);
    void checkPaths(const Scope &scope, const List &list);

    MemoryCache *m_cache = nullptr;   // owned by the engine
    std::unique_ptr<Engine> m_engine; ///< over m_cache
    std::unique_ptr<Engine> m_stored; ///< over the same records in a file
    Engine *m_asked = nullptr;        ///< one of them
    QTemporaryDir m_folder;
    std::unique_ptr<Oracle> m_oracle;
};

void TestCacheEngine::initTestCase()
{
    const std::int64_t from = parseRfc3339("2026-10-20T00:00:00Z")->ns;
    auto cache = std::make_unique<MemoryCache>(plainFleet(7, 220, from, from + 9 * kDay));
    m_cache = cache.get();
    m_oracle = std::make_unique<Oracle>(*cache);
    const std::filesystem::path path = m_folder.filePath(QStringLiteral("cache.db")).toStdString();
    const auto written = writePlainCache(path, cache->records());
    QVERIFY2(written.has_value(), written ? "" : written.error().message.c_str());
    auto opened = openCacheEngine(path);
    QVERIFY2(opened.has_value(), opened ? "" : opened.error().message.c_str());
    m_stored = std::move(*opened);
    m_engine = std::make_unique<CacheEngine>(std::move(cache));
}

void TestCacheEngine::agreesWithLoops_data()
{
    QTest::addColumn<int>("filter");
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    const struct
    {
        const char *from, *to;
    } ranges[] = {{"", ""},
                  {"2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"},
                  {"2026-10-25T00:17:31.5Z", "2026-10-25T02:40:00Z"},
                  {"2026-10-23T12:34:56Z", ""},
                  {"", "2026-10-22T05:00:00Z"},
                  {"2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z"},
                  {"2026-10-22T00:00:00Z", "2026-10-22T00:00:00Z"}};
    const char *zones[] = {"Europe/Berlin", "UTC", "Asia/Kathmandu", "Australia/Lord_Howe"};
    std::size_t n = 0;
    for (std::size_t filter = 0; filter < m_oracle->cases.size(); ++filter) {
        for (const auto &range : ranges) {
            const char *zone = zones[n++ % std::size(zones)];
            QTest::addRow("%s [%s, %s) %s", m_oracle->cases[filter].expression, range.from, range.to, zone)
                << int(filter) << QByteArray(zone) << QByteArray(range.from) << QByteArray(range.to);
        }
    }
}

void TestCacheEngine::agreesWithLoops()
{
    QFETCH(int, filter);
    QFETCH(QByteArray, zone);
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    const Case &test = m_oracle->cases[static_cast<std::size_t>(filter)];
    Scope scope;
    scope.filter = Filter::parse(test.expression).value();
    scope.zone = Zone::named(zone.toStdString()).value();
    if (!from.isEmpty())
        scope.range.from = *parseRfc3339(from.toStdString());
    if (!to.isEmpty())
        scope.range.to = *parseRfc3339(to.toStdString());
    const List list = m_oracle->matching(scope, test.matches);
    const struct
    {
        Engine *engine;
        PlanChoice plan;
        const char *name;
    } ways[] = {{m_engine.get(), PlanChoice::Automatic, "in memory"},
                {m_stored.get(), PlanChoice::Scan, "stored in a file"},
                {m_stored.get(), PlanChoice::Rollups, "stored in a file, from rollups"}};
    for (const auto &way : ways) {
        m_asked = way.engine;
        scope.plan = way.plan;
        checkUsage(scope, list);
        checkTime(scope, list, test.matches);
        checkHeatmaps(scope, list);
        checkSessionsAndErrors(scope, list);
        checkPaths(scope, list);
        if (QTest::currentTestFailed())
            QFAIL(way.name);
    }
    QCOMPARE(m_cache->openSnapshots(), 0);
}

void TestCacheEngine::checkUsage(const Scope &scope, const List &list)
{
    const Totals totals{ofKind(list, RecordKind::UsageEvent),
                        ofKind(list, RecordKind::ScreenView),
                        ofKind(list, RecordKind::Error),
                        ofKind(list, RecordKind::Span),
                        ofKind(list, RecordKind::Log),
                        ofKind(list, RecordKind::MetricPoint),
                        sessions(list),
                        users(list)};
    QVERIFY(m_asked->totals(scope, {})->value == totals);

    std::vector<FeatureRow> features;
    for (const auto &[feature, rows] :
         grouped(list, RecordKind::UsageEvent, [](auto &r) { return r.feature; }))
        features.push_back({feature, rows.size(), users(rows), sessions(rows),
                            static_cast<double>(rows.size()) / static_cast<double>(totals.usageEvents)});
    std::stable_sort(features.begin(), features.end(), [](auto &a, auto &b) { return a.events > b.events; });
    COMPARE_ROWS(m_asked->features(scope, {})->value, features);

    std::vector<ScreenRow> screens;
    for (const auto &[screen, rows] :
         grouped(list, RecordKind::ScreenView, [](auto &r) { return r.screen; })) {
        std::vector<std::int64_t> known;
        std::int64_t total = 0;
        for (const auto *r : rows) {
            // The oracle keeps dwells by its own copies' addresses, which `list` points to.
            if (const auto dwell = m_oracle->dwell.at(r)) {
                known.push_back(*dwell);
                total += *dwell;
            }
        }
        screens.push_back({screen, rows.size(), users(rows), known.size(), static_cast<double>(total) / 1e6,
                           rank(known, 0.25), rank(known, 0.5), rank(known, 0.75), rank(known, 0.9)});
    }
    std::stable_sort(screens.begin(), screens.end(), [](auto &a, auto &b) { return a.views > b.views; });
    COMPARE_ROWS(m_asked->screens(scope, {})->value, screens);
}

void TestCacheEngine::checkTime(const Scope &scope, const List &list, const Predicate &where)
{
    std::map<std::int64_t, List> hours;
    std::map<std::int64_t, List> days;
    std::int64_t first = std::numeric_limits<std::int64_t>::max();
    std::int64_t last = std::numeric_limits<std::int64_t>::min();
    for (const auto *r : list) {
        if (!isActive(*r))
            continue;
        first = std::min(first, r->time);
        last = std::max(last, r->time);
        hours[scope.zone.startOf(CalendarUnit::Hour, {r->time}).ns].push_back(r);
    }
    const bool isNothing = (first > last && scope.range.isOpen()) || scope.range.isEmpty();
    if (scope.range.from != Instant::min())
        first = scope.range.from.ns;
    if (scope.range.to != Instant::max())
        last = scope.range.to.ns - 1;
    std::vector<ActivityRow> activity;
    for (Instant t = scope.zone.startOf(CalendarUnit::Hour, {first}); !isNothing && t.ns <= last;
         t = scope.zone.nextStart(CalendarUnit::Hour, t)) {
        const List &at = hours[t.ns];
        activity.push_back({t, ofKind(at, RecordKind::UsageEvent), users(at), sessions(at),
                            ofKind(at, RecordKind::Error), ofKind(at, RecordKind::ScreenView)});
    }
    COMPARE_ROWS(m_asked->activity(scope, ActivityStep::Hour, {})->value, activity);

    // Days of people: what nobody did does not make the first or the last of them.
    first = std::numeric_limits<std::int64_t>::max();
    last = std::numeric_limits<std::int64_t>::min();
    for (const auto *r : list) {
        if (isActive(*r) && !r->user.empty()) {
            first = std::min(first, r->time);
            last = std::max(last, r->time);
        }
    }
    const bool isNobody = (first > last && scope.range.isOpen()) || scope.range.isEmpty();
    if (scope.range.from != Instant::min())
        first = scope.range.from.ns;
    if (scope.range.to != Instant::max())
        last = scope.range.to.ns - 1;
    std::vector<ActiveUsersRow> active;
    for (Instant day = scope.zone.startOf(CalendarUnit::Day, {first}); !isNobody && day.ns <= last;
         day = scope.zone.nextStart(CalendarUnit::Day, day)) {
        const std::int64_t end = std::min(scope.zone.nextStart(CalendarUnit::Day, day).ns, scope.range.to.ns);
        const auto over = [&](int count) {
            Instant begin = day;
            for (int i = 1; i < count; ++i)
                begin = scope.zone.startOf(CalendarUnit::Day, {begin.ns - 1});
            if (count == 1)
                begin = std::max(begin, scope.range.from);
            List inWindow;
            for (const PlainRecord &r : m_oracle->all) {
                if (r.time >= begin.ns && r.time < end && where(r))
                    inWindow.push_back(&r);
            }
            return users(inWindow);
        };
        active.push_back({scope.zone.formatLocalDate(day), over(1), over(7), over(28)});
    }
    COMPARE_ROWS(m_asked->activeUsers(scope, {})->value, active);
}

void TestCacheEngine::checkHeatmaps(const Scope &scope, const List &list)
{
    static constexpr const char *kDays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    for (const HeatmapRows rows : {HeatmapRows::Feature, HeatmapRows::Screen}) {
        const RecordKind kind =
            rows == HeatmapRows::Feature ? RecordKind::UsageEvent : RecordKind::ScreenView;
        for (const HeatmapColumns columns : {HeatmapColumns::Hour, HeatmapColumns::Day, HeatmapColumns::Week,
                                             HeatmapColumns::WeekdayHour, HeatmapColumns::Release}) {
            for (const HeatmapValue value :
                 {HeatmapValue::Events, HeatmapValue::Users, HeatmapValue::Dwell}) {
                std::map<std::pair<std::string, std::string>, List> cells;
                for (const auto *r : list) {
                    if (r->kind != kind || (columns == HeatmapColumns::Release && r->release.empty()))
                        continue;
                    const Instant at{r->time};
                    std::string column = r->release;
                    if (columns == HeatmapColumns::WeekdayHour) {
                        char text[16];
                        std::snprintf(text, sizeof text, "%s %02d", kDays[scope.zone.weekday(at)],
                                      scope.zone.hour(at));
                        column = text;
                    } else if (columns != HeatmapColumns::Release) {
                        const CalendarUnit unit = columns == HeatmapColumns::Hour  ? CalendarUnit::Hour
                                                  : columns == HeatmapColumns::Day ? CalendarUnit::Day
                                                                                   : CalendarUnit::Week;
                        column = scope.zone.formatLocal(scope.zone.startOf(unit, at));
                    }
                    cells[{rows == HeatmapRows::Feature ? r->feature : r->screen, column}].push_back(r);
                }
                const auto answer = m_asked->heatmap(scope, rows, columns, value, {});
                QVERIFY(answer.has_value());
                const Heatmap &map = answer->value;
                std::size_t found = 0;
                for (std::size_t row = 0; row < map.rows.size(); ++row) {
                    for (std::size_t column = 0; column < map.columns.size(); ++column) {
                        const auto cell = cells.find({map.rows[row], map.columns[column].label});
                        double want = 0;
                        if (cell != cells.end()) {
                            ++found;
                            if (value == HeatmapValue::Events)
                                want = static_cast<double>(cell->second.size());
                            else if (value == HeatmapValue::Users)
                                want = static_cast<double>(users(cell->second));
                            else
                                for (const auto *r : cell->second)
                                    want += kind == RecordKind::ScreenView
                                                ? static_cast<double>(m_oracle->dwell.at(r).value_or(0)) / 1e6
                                                : 0.0;
                        }
                        QVERIFY(std::abs(map.at(row, column) - want) < 1e-3);
                    }
                }
                QCOMPARE(found, cells.size());
            }
        }
    }
}

void TestCacheEngine::checkPaths(const Scope &scope, const List &list)
{
    for (const char *anchor : {"", "Home"}) {
        for (const bool isBackwards : {false, true}) {
            const PathsAsked asked{anchor, isBackwards, PathOf::Both, 5, 3, !isBackwards};
            const auto answer = m_asked->paths(asked, scope, {});
            QVERIFY(answer.has_value());
            QVERIFY(answer->value == plainPaths(asked, list));
        }
    }
}

void TestCacheEngine::checkSessionsAndErrors(const Scope &scope, const List &list)
{
    std::set<std::string> keys;
    for (const auto *r : list) {
        if (isActive(*r) && !r->sessionKey.empty())
            keys.insert(r->sessionKey);
    }
    const auto answer = m_asked->sessions(scope, false, {});
    QCOMPARE(answer->value.rows.size(), keys.size());
    QCOMPARE(answer->value.total, std::uint64_t(keys.size()));
    for (std::size_t i = 0; i < answer->value.rows.size(); ++i) {
        const SessionRow &row = answer->value.rows[i];
        QVERIFY(keys.contains(row.session));
        if (i > 0)
            QVERIFY(answer->value.rows[i - 1].start >= row.start);
        List whole;
        for (const PlainRecord &r : m_oracle->all) {
            if (r.sessionKey == row.session && r.kind != RecordKind::MetricPoint)
                whole.push_back(&r);
        }
        const auto [first, last] = std::minmax_element(whole.begin(), whole.end(),
                                                       [](auto *a, auto *b) { return a->time < b->time; });
        QCOMPARE(row.start.ns, (*first)->time);
        QCOMPARE(row.end.ns, (*last)->time);
        QCOMPARE(row.events, ofKind(whole, RecordKind::UsageEvent));
        QCOMPARE(row.screens, ofKind(whole, RecordKind::ScreenView));
        QCOMPARE(row.errors, ofKind(whole, RecordKind::Error));
    }
    // Page by page they are the same, also where some begin together.
    for (const PlanChoice plan : {PlanChoice::Automatic, PlanChoice::Scan}) {
        for (std::size_t first = 0; first <= answer->value.rows.size() + 1; first += 3) {
            Scope page = scope;
            page.plan = plan;
            page.skip = first;
            page.limit = 3;
            const auto some = m_asked->sessions(page, false, {});
            QVERIFY(some && some->value.total == answer->value.total && some->value.withErrors == answer->value.withErrors);
            const auto begin = answer->value.rows.begin() + static_cast<std::ptrdiff_t>(std::min(first, answer->value.rows.size()));
            const auto end = answer->value.rows.begin() + static_cast<std::ptrdiff_t>(std::min(first + 3, answer->value.rows.size()));
            QVERIFY2(std::equal(begin, end, some->value.rows.begin(), some->value.rows.end()), qPrintable(QString::number(first)));
        }
    }
    if (!answer->value.rows.empty()) {
        const std::string key = answer->value.rows.front().session;
        const auto detail = m_asked->session(key, scope, {});
        QVERIFY(detail.has_value());
        const auto expected = std::count_if(list.begin(), list.end(), [&](auto *r) {
            return r->sessionKey == key && r->kind != RecordKind::MetricPoint;
        });
        QCOMPARE(std::ptrdiff_t(detail->value.records.size()), expected);
        QVERIFY(std::is_sorted(detail->value.records.begin(), detail->value.records.end(),
                               [](auto &a, auto &b) { return a.time < b.time; }));
    }

    const auto groups = grouped(list, RecordKind::Error, [](auto &r) { return r.type; });
    const auto errors = m_asked->errors(scope, {});
    QCOMPARE(errors->value.size(), groups.size());
    for (const ErrorGroupRow &row : errors->value) {
        const List &of = groups.at(row.type);
        const auto [first, last] =
            std::minmax_element(of.begin(), of.end(), [](auto *a, auto *b) { return a->time < b->time; });
        QCOMPARE(row.events, std::uint64_t(of.size()));
        QCOMPARE(row.users, users(of));
        QCOMPARE(row.sessions, sessions(of));
        QCOMPARE(row.firstSeen.ns, (*first)->time);
        QCOMPARE(row.lastSeen.ns, (*last)->time);
        QCOMPARE(row.message, (*last)->message);
        std::set<std::string> releases;
        std::uint64_t unhandled = 0;
        for (const auto *r : of) {
            if (!r->release.empty())
                releases.insert(r->release);
            unhandled += r->isUnhandled;
        }
        QVERIFY(row.releases == std::vector<std::string>(releases.begin(), releases.end()));
        QCOMPARE(row.unhandled, unhandled);
        const auto occurrences = m_asked->errorGroup(row.group, scope, {});
        QCOMPARE(occurrences->value.size(), of.size());
        QCOMPARE(occurrences->value.front().time.ns, (*last)->time);
        if (!row.trend.empty()) {
            std::uint64_t sum = 0;
            for (const std::uint32_t slice : row.trend)
                sum += slice;
            QCOMPARE(sum, row.events);
        }
    }

    List logs;
    for (const auto *r : list) {
        if (r->kind == RecordKind::Log)
            logs.push_back(r);
    }
    std::sort(logs.begin(), logs.end(), [](auto *a, auto *b) { return a->time < b->time; });
    const auto gotLogs = m_asked->logs(scope, {});
    QCOMPARE(gotLogs->value.size(), logs.size());
    for (std::size_t i = 0; i < logs.size(); ++i) {
        QCOMPARE(gotLogs->value[i].time.ns, logs[i]->time);
        QVERIFY(gotLogs->value[i].body == logs[i]->attributes.back().second);
        QCOMPARE(gotLogs->value[i].attributes.size(), std::size_t(3)); // the body is none of them
        QCOMPARE(gotLogs->value[i].session, logs[i]->sessionKey);
    }

    std::map<std::pair<std::string, std::string>, List> releases;
    for (const auto *r : list) {
        if (isActive(*r) && !r->release.empty())
            releases[{r->product, r->release}].push_back(r);
    }
    const auto gotReleases = m_asked->releases(scope, {});
    QCOMPARE(gotReleases->value.size(), releases.size());
    for (const ReleaseRow &row : gotReleases->value) {
        const List &of = releases.at({row.product, row.release});
        std::set<std::string> crashed;
        for (const auto *r : of) {
            if (r->isUnhandled && !r->sessionKey.empty())
                crashed.insert(r->sessionKey);
        }
        QCOMPARE(row.users, users(of));
        QCOMPARE(row.sessions, sessions(of));
        QCOMPARE(row.crashedSessions, std::uint64_t(crashed.size()));
        QCOMPARE(row.crashFreeSessions.has_value(), row.sessions > 0);
    }
}

void TestCacheEngine::emptyCache()
{
    CacheEngine engine(std::make_unique<MemoryCache>(std::vector<PlainRecord>()));
    const Scope scope;
    QVERIFY(engine.totals(scope, {})->value == Totals());
    QVERIFY(engine.features(scope, {})->value.empty());
    QVERIFY(engine.activity(scope, ActivityStep::Minute, {})->value.empty());
    QVERIFY(engine.activeUsers(scope, {})->value.empty());
    QVERIFY(engine.heatmap(scope, HeatmapRows::Screen, HeatmapColumns::WeekdayHour, HeatmapValue::Dwell, {})
                ->value.rows.empty());
    QVERIFY(engine.pulse(scope, ActivityStep::Hour, {})->value.buckets.empty());
    QVERIFY(engine.sessions(scope, true, {})->value.rows.empty());
    QVERIFY(engine.summary({})->value.products.empty());
    Scope hour;
    hour.range = {Instant::fromSeconds(3600), Instant::fromSeconds(7200)};
    QCOMPARE(engine.activity(hour, ActivityStep::Minute, {})->value.size(), std::size_t(60));
}

void TestCacheEngine::stopsWhenAsked()
{
    std::stop_source stop;
    stop.request_stop();
    const Scope scope;
    const auto isCancelled = [](const auto &reply) {
        return !reply && reply.error().code == Error::Code::Cancelled;
    };
    QVERIFY(isCancelled(m_engine->totals(scope, stop.get_token())));
    QVERIFY(isCancelled(m_engine->screens(scope, stop.get_token())));
    QVERIFY(isCancelled(m_engine->sessions(scope, true, stop.get_token())));
    QVERIFY(isCancelled(m_engine->pulse(scope, ActivityStep::Hour, stop.get_token())));
    QCOMPARE(m_cache->openSnapshots(), 0);
}

void TestCacheEngine::leavesDamageOutAndSaysSo()
{
    std::vector<PlainRecord> records(3);
    for (std::size_t i = 0; i < records.size(); ++i) {
        records[i].kind = RecordKind::UsageEvent;
        records[i].feature = "f";
        records[i].time = static_cast<std::int64_t>(i);
    }
    auto cache = std::make_unique<MemoryCache>(records, 2);
    cache->damageSegment(1);
    CacheEngine engine(std::move(cache));
    const auto answer = engine.features({}, {});
    QCOMPARE(answer->value.size(), std::size_t(1));
    QCOMPARE(answer->value[0].events, std::uint64_t(1));
    QCOMPARE(answer->notes.size(), std::size_t(1));
    QVERIFY(answer->notes[0].find("2 records") != std::string::npos);
}

void TestCacheEngine::notFound()
{
    const Scope scope;
    QCOMPARE(m_engine->session("no such", scope, {}).error().code, Error::Code::NotFound);
    QCOMPARE(m_engine->errorGroup("0123456789abcdef", scope, {}).error().code, Error::Code::NotFound);
    QCOMPARE(m_engine->errorGroup("xyz", scope, {}).error().code, Error::Code::InvalidArgument);
    QCOMPARE(m_engine->errorGroup("0x23456789abcdef", scope, {}).error().code, Error::Code::InvalidArgument);
}

void TestCacheEngine::refusesTooManyBuckets()
{
    Scope scope;
    scope.range = {Instant::fromSeconds(0), Instant::fromSeconds(5'000'000)};
    QCOMPARE(m_engine->activity(scope, ActivityStep::Second, {}).error().code, Error::Code::InvalidArgument);
}

void TestCacheEngine::timelines()
{
    const auto answer = m_engine->sessions({}, true, {});
    std::size_t stretches = 0;
    for (const SessionRow &row : answer->value.rows) {
        QCOMPARE(row.stretches.size(), std::size_t(row.screens));
        QCOMPARE(row.errorTimes.size(), std::size_t(row.errors));
        for (std::size_t i = 0; i < row.stretches.size(); ++i) {
            QVERIFY(row.stretches[i].start >= row.start && row.stretches[i].end <= row.end);
            if (i > 0)
                QVERIFY(row.stretches[i - 1].end == row.stretches[i].start);
        }
        stretches += row.stretches.size();
    }
    QVERIFY(stretches > 100);
    Scope few;
    few.limit = 5;
    const auto cut = m_engine->sessions(few, true, {});
    QCOMPARE(cut->value.rows.size(), std::size_t(5));
    QCOMPARE(cut->value.total, answer->value.total);
    QVERIFY(std::equal(cut->value.rows.begin(), cut->value.rows.end(), answer->value.rows.begin()));
}

void TestCacheEngine::pulseAndLatency()
{
    Scope scope;
    scope.zone = Zone::named("Europe/Berlin").value();
    scope.range = {*parseRfc3339("2026-10-21T22:00:00Z"), *parseRfc3339("2026-10-26T23:00:00Z")};
    const Pulse pulse = m_engine->pulse(scope, ActivityStep::Day, {})->value;
    const List list = m_oracle->matching(scope, [](const PlainRecord &) { return true; });
    QCOMPARE(pulse.buckets.size(), std::size_t(5));
    QCOMPARE(pulse.users, users(list));
    QCOMPARE(pulse.sessions, sessions(list));
    std::vector<std::int64_t> spans;
    std::vector<std::int64_t> dwells;
    std::set<std::string> crashed;
    for (const auto *r : list) {
        if (r->kind == RecordKind::Span)
            spans.push_back(r->duration);
        if (r->kind == RecordKind::ScreenView && m_oracle->dwell.at(r))
            dwells.push_back(*m_oracle->dwell.at(r));
        if (r->isUnhandled && !r->sessionKey.empty())
            crashed.insert(r->sessionKey);
    }
    QCOMPARE(pulse.spans, std::uint64_t(spans.size()));
    QVERIFY(pulse.spanP95Ms == rank(spans, 0.95));
    QVERIFY(pulse.dwellP50Ms == rank(dwells, 0.5));
    QCOMPARE(pulse.dwells, std::uint64_t(dwells.size()));
    QCOMPARE(pulse.sessionsCrashed, std::uint64_t(crashed.size()));
    std::uint64_t started = 0;
    const auto sessionList = m_engine->sessions(scope, false, {});
    for (const SessionRow &row : sessionList->value.rows)
        started += scope.range.contains(row.start);
    QCOMPARE(pulse.sessionsStarted, started);
    std::uint64_t inBuckets = 0;
    for (const PulseRow &row : pulse.buckets)
        inBuckets += row.sessionsStarted;
    QCOMPARE(inBuckets, started);
    QVERIFY(pulse.latency == m_engine->latency(scope, ActivityStep::Day, {})->value);
}

/// More spans than are held at once: the newest traces are those of all of them, also where the newest spans belong to traces
/// that began long before.
QTEST_GUILESS_MAIN(TestCacheEngine)
#include "tst_cacheengine.moc"
