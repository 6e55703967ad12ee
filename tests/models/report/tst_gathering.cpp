// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/cacheengine.h"
#include "models/report/reportfacts.h"
#include "tests/models/analysis/memorycache.h"

#include <QTest>

using namespace telltale;

namespace {

constexpr std::int64_t kHour = 3'600'000'000'000;
constexpr std::int64_t kStart = 1'763'424'000'000'000'000; // 18 November 2025

/// 40 sessions of 4.1.3, then 40 of 4.2.0; the new release is slower, half of its sessions crash, and hardly anybody uses "Map".
std::vector<PlainRecord> twoReleases(int sessions = 40)
{
    std::vector<PlainRecord> records;
    for (int release = 0; release < 2; ++release) {
        for (int i = 0; i < sessions; ++i) {
            PlainRecord base;
            base.time = kStart + (release * sessions + i) * kHour;
            base.session = "s" + std::to_string(release) + "-" + std::to_string(i);
            base.user = "u" + std::to_string(i);
            base.release = release == 0 ? "4.1.3" : "4.2.0";
            PlainRecord plan = base;
            plan.kind = RecordKind::UsageEvent;
            plan.name = plan.feature = "Plan";
            records.push_back(plan);
            if (release == 0 || i % 10 == 0) {
                PlainRecord map = base;
                map.kind = RecordKind::UsageEvent;
                map.name = map.feature = "Map";
                map.time += 1'000'000'000;
                records.push_back(map);
            }
            PlainRecord span = base;
            span.kind = RecordKind::Span;
            span.name = "GET /";
            span.duration = (release == 0 ? 100 : 300) * 1'000'000 + i * 1'000'000;
            records.push_back(span);
            if (release == 1 && i % 2 == 0) {
                PlainRecord error = base;
                error.kind = RecordKind::Error;
                error.name = error.type = "Crash";
                error.group = 7;
                error.isUnhandled = true;
                error.severity = 17;
                records.push_back(error);
            }
        }
    }
    return records;
}

Scope everything()
{
    Scope scope;
    scope.now = {kStart + 100 * kHour};
    return scope;
}

/// Answers nothing but the questions that every engine has.
class PlainEngine final : public Engine
{
public:
    explicit PlainEngine(CacheEngine &engine)
        : m_engine(engine)
    {}
    Reply<Totals> totals(const Scope &s, std::stop_token t) override { return m_engine.totals(s, t); }
    Reply<std::vector<FeatureRow>> features(const Scope &s, std::stop_token t) override { return m_engine.features(s, t); }
    Reply<std::vector<ScreenRow>> screens(const Scope &s, std::stop_token t) override { return m_engine.screens(s, t); }
    Reply<std::vector<ActivityRow>> activity(const Scope &s, ActivityStep step, std::stop_token t) override
    {
        return m_engine.activity(s, step, t);
    }
    Reply<std::vector<LatencyRow>> latency(const Scope &s, ActivityStep step, std::stop_token t) override
    {
        return m_engine.latency(s, step, t);
    }
    Reply<Pulse> pulse(const Scope &s, ActivityStep step, std::stop_token t) override { return m_engine.pulse(s, step, t); }
    Reply<Heatmap> heatmap(const Scope &s, HeatmapRows rows, HeatmapColumns columns, HeatmapValue value, std::stop_token t) override
    {
        return m_engine.heatmap(s, rows, columns, value, t);
    }
    Reply<std::vector<ActiveUsersRow>> activeUsers(const Scope &s, std::stop_token t) override { return m_engine.activeUsers(s, t); }
    Reply<SessionList> sessions(const Scope &s, bool lines, std::stop_token t) override { return m_engine.sessions(s, lines, t); }
    Reply<SessionDetail> session(const std::string &id, const Scope &s, std::stop_token t) override { return m_engine.session(id, s, t); }
    Reply<std::vector<ErrorGroupRow>> errors(const Scope &s, std::stop_token t) override { return m_engine.errors(s, t); }
    Reply<std::vector<ErrorOccurrence>> errorGroup(const std::string &g, const Scope &s, std::stop_token t) override
    {
        return m_engine.errorGroup(g, s, t);
    }
    Reply<std::vector<LogRow>> logs(const Scope &s, std::stop_token t) override { return m_engine.logs(s, t); }
    Reply<std::vector<SourceRow>> sources(const Scope &s, std::stop_token t) override { return m_engine.sources(s, t); }
    Reply<std::vector<CounterRow>> counters(const Scope &s, std::stop_token t) override { return m_engine.counters(s, t); }
    Reply<std::vector<ReleaseRow>> releases(const Scope &s, std::stop_token t) override { return m_engine.releases(s, t); }
    Reply<Summary> summary(std::stop_token t) override { return m_engine.summary(t); }
    std::uint64_t dataVersion() override { return 1; }

private:
    CacheEngine &m_engine;
};

const ReleaseFigure *figureOf(const ReleaseCard &card, ReleaseFigure::What what, const std::string &name = {})
{
    for (const ReleaseFigure &figure : card.figures) {
        if (figure.what == what && figure.name == name)
            return &figure;
    }
    return nullptr;
}

} // namespace

class TestGathering final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void openEndsAreTheData()
    {
        CacheEngine engine(std::make_unique<MemoryCache>(twoReleases()));
        const auto facts = gatherFacts(engine, {}, everything(), {}, {});
        QVERIFY2(facts, facts ? "" : facts.error().message.c_str());
        QCOMPARE(facts->range.from.ns, kStart);
        QVERIFY(facts->range.to.ns > kStart + 79 * kHour && facts->range.to.ns < kStart + 80 * kHour);
        QCOMPARE(facts->totals.sessions, std::uint64_t(80));
        QVERIFY(!facts->hasBefore);
        QCOMPARE(facts->product, std::string("stride"));
        QCOMPARE(facts->features.size(), std::size_t(2));
        QCOMPARE(facts->errors.size(), std::size_t(1));
        QCOMPARE(facts->sessions.rows.size(), kReportRows);
        QCOMPARE(facts->sessions.total, std::uint64_t(80));
    }

    void thePeriodBeforeIsAsLong()
    {
        CacheEngine engine(std::make_unique<MemoryCache>(twoReleases()));
        Scope scope = everything();
        scope.range = {{kStart + 40 * kHour}, {kStart + 80 * kHour}};
        const auto facts = gatherFacts(engine, {}, scope, {}, {});
        QVERIFY(facts);
        QVERIFY(facts->hasBefore);
        QCOMPARE(facts->previous.from.ns, kStart);
        QCOMPARE(facts->totalsBefore.sessions, std::uint64_t(40));
        QCOMPARE(facts->pulseBefore.sessionsCrashed, std::uint64_t(0));
        QCOMPARE(facts->pulse.sessionsCrashed, std::uint64_t(20));
    }

    void theCardHoldsReleasesAgainstEachOther()
    {
        CacheEngine engine(std::make_unique<MemoryCache>(twoReleases()));
        const auto facts = gatherFacts(engine, {}, everything(), {}, {});
        QVERIFY(facts && facts->card);
        const ReleaseCard &card = *facts->card;
        QCOMPARE(card.before.release, std::string("4.1.3"));
        QCOMPARE(card.after.release, std::string("4.2.0"));
        const ReleaseFigure *crashFree = figureOf(card, ReleaseFigure::What::CrashFreeSessions);
        QVERIFY(crashFree && crashFree->difference);
        QCOMPARE(crashFree->after->value, 0.5);
        QCOMPARE(crashFree->verdict(), -1);
        const ReleaseFigure *median = figureOf(card, ReleaseFigure::What::SpanP50);
        QVERIFY(median && median->difference);
        QCOMPARE(median->before->value, 119.0);
        QCOMPARE(median->after->value, 319.0);
        QCOMPARE(median->verdict(), -1);
        const ReleaseFigure *map = figureOf(card, ReleaseFigure::What::FeatureSessions, "Map");
        QVERIFY(map);
        QCOMPARE(map->before->value, 1.0);
        QCOMPARE(map->after->value, 0.1);
        QCOMPARE(map->verdict(), -1);
        const ReleaseFigure *plan = figureOf(card, ReleaseFigure::What::FeatureSessions, "Plan");
        QVERIFY(plan && plan->difference);
        QCOMPARE(plan->verdict(), 0); // the interval holds zero
        QCOMPARE(card.newGroups.size(), std::size_t(1));
        QCOMPARE(card.newGroups.front().type, std::string("Crash"));
    }

    void fewObservationsGiveNoDifference()
    {
        CacheEngine engine(std::make_unique<MemoryCache>(twoReleases(12)));
        const auto facts = gatherFacts(engine, {}, everything(), {}, {});
        QVERIFY(facts && facts->card);
        for (const ReleaseFigure &figure : facts->card->figures) {
            QVERIFY(!figure.difference);
            QCOMPARE(figure.verdict(), 0);
        }
    }

    void aReleaseNobodyRanIsAnError()
    {
        CacheEngine engine(std::make_unique<MemoryCache>(twoReleases()));
        ReportRequest request;
        request.releaseAfter = "9.9";
        const auto facts = gatherFacts(engine, request, everything(), {}, {});
        QVERIFY(!facts);
        QCOMPARE(facts.error().code, Error::Code::NotFound);
    }

    void releasesToCompare_data()
    {
        QTest::addColumn<QList<QByteArray>>("releases"); // name, first seen, sessions
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("the highest below") << QList<QByteArray>{"4.1.2 1 50", "4.1.3 1 400", "4.2.0 9 60"} << QByteArray("4.1.3") << QByteArray("4.2.0");
        QTest::newRow("numbered alike") << QList<QByteArray>{"2026.46 8 900", "4.1.9 1 50", "4.1.10 1 40", "4.2.0 9 60"} << QByteArray("4.1.10") << QByteArray("4.2.0");
        QTest::newRow("a trickle is no release") << QList<QByteArray>{"4.1.3 1 400", "4.2.0 5 60", "4.3.0 9 2"} << QByteArray("4.1.3") << QByteArray("4.2.0");
        QTest::newRow("little data") << QList<QByteArray>{"4.1.3 1 4", "4.2.0 5 6"} << QByteArray("4.1.3") << QByteArray("4.2.0");
        QTest::newRow("one") << QList<QByteArray>{"4.1.3 1 400"} << QByteArray() << QByteArray();
        QTest::newRow("none") << QList<QByteArray>{} << QByteArray() << QByteArray();
    }
    void releasesToCompare()
    {
        QFETCH(QList<QByteArray>, releases);
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        std::vector<ReleaseRow> rows;
        for (const QByteArray &text : releases) {
            const QList<QByteArray> parts = text.split(' ');
            ReleaseRow &row = rows.emplace_back();
            row.release = parts[0].toStdString();
            row.firstSeen = {parts[1].toLongLong()};
            row.sessions = parts[2].toULongLong();
        }
        const auto chosen = telltale::releasesToCompare(rows);
        QCOMPARE(chosen.has_value(), !before.isEmpty());
        if (chosen) {
            QCOMPARE(QByteArray::fromStdString(chosen->first), before);
            QCOMPARE(QByteArray::fromStdString(chosen->second), after);
        }
    }

    void anEngineNeedNotAnswerEverything()
    {
        CacheEngine whole(std::make_unique<MemoryCache>(twoReleases()));
        PlainEngine engine(whole);
        const auto facts = gatherFacts(engine, {}, everything(), {}, {});
        QVERIFY(facts);
        QVERIFY(facts->operations.empty());
        QVERIFY(!facts->card);
        QCOMPARE(facts->features.size(), std::size_t(2));
        QCOMPARE(std::count(facts->notes.begin(), facts->notes.end(), "this engine does not answer that"), 1);
    }

    void stopsWhenAsked()
    {
        CacheEngine engine(std::make_unique<MemoryCache>(twoReleases()));
        std::stop_source stop;
        stop.request_stop();
        const auto facts = gatherFacts(engine, {}, everything(), {}, stop.get_token());
        QVERIFY(!facts);
        QCOMPARE(facts.error().code, Error::Code::Cancelled);
    }

    void onlyWhatSectionsNeedIsAsked()
    {
        CacheEngine engine(std::make_unique<MemoryCache>(twoReleases()));
        ReportRequest request;
        request.sections = {ReportSection::Screens};
        std::size_t steps = 0;
        const auto facts = gatherFacts(engine, request, everything(), [&](std::size_t done, std::size_t) { steps = done; }, {});
        QVERIFY(facts);
        QVERIFY(facts->features.empty() && facts->errors.empty() && facts->releases.empty());
        QCOMPARE(steps, std::size_t(5)); // summary, sources, totals twice, screens
    }
};

QTEST_GUILESS_MAIN(TestGathering)
#include "tst_gathering.moc"
