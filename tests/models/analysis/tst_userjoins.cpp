// SPDX-License-Identifier: GPL-3.0-or-later
// Somebody without a name says who that is: from then on, and for what was before, they are one.
#include "models/analysis/cacheengine.h"
#include "models/store/storetesting.h"
#include "models/store/userjoins.h"
#include "models/telemetry/timeformat.h"

#include <QTest>

#include <map>

using namespace telltale;
using namespace telltale::testing;
using namespace std::chrono_literals;

namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>; ///< user and alias

const Instant kStart = *parseRfc3339("2026-11-02T10:00:00Z");

Sketch used(const std::string &user, std::chrono::nanoseconds after, const std::string &session = {})
{
    Sketch sketch;
    sketch.time = kStart + after;
    sketch.user = user;
    sketch.session = session;
    sketch.name = sketch.feature = "Workout";
    sketch.attributes.emplace_back("distinct_id", Value(user));
    return sketch;
}

/// A cache that takes deliveries.
class Place
{
public:
    Place() { open(); }
    void open() { m_writer.reset(), m_writer = openWriter(m_folder.cache()); }
    CacheWriter &writer() { return *m_writer; }

    bool commit(const std::vector<Sketch> &sketches, const Pairs &joins = {})
    {
        std::vector<Delivery> one;
        one.push_back(deliver(sketches, kStart));
        RecordBatch &batch = one.front().batch;
        for (const auto &[user, alias] : joins)
            batch.joins.push_back({batch.strings.intern(user), batch.strings.intern(alias)});
        return m_writer->commit(one).has_value();
    }
    std::unique_ptr<CacheReader> reader() const { return openReader(m_folder.cache()); }

    /// The users of all questions that count them, each way there is; empty when they do not agree.
    std::optional<std::uint64_t> users()
    {
        std::vector<std::uint64_t> counts;
        for (const PlanChoice plan : {PlanChoice::Scan, PlanChoice::Rollups}) {
            CacheEngine engine(reader());
            Scope scope;
            scope.plan = plan;
            scope.now = kStart + 48h;
            counts.push_back(engine.totals(scope, {})->value.users);
            counts.push_back(engine.features(scope, {})->value.front().users);
            std::uint64_t most = 0;
            const auto days = engine.activity(scope, ActivityStep::Day, {});
            for (const ActivityRow &row : days->value)
                most = std::max(most, row.users);
            counts.push_back(most);
            counts.push_back(engine.activeUsers(scope, {})->value.front().dau);
            counts.push_back(engine.releases(scope, {})->value.front().users);
            const auto heatmap =
                engine.heatmap(scope, HeatmapRows::Feature, HeatmapColumns::Day, HeatmapValue::Users, {});
            counts.push_back(static_cast<std::uint64_t>(heatmap->value.rowTotals.front()));
            counts.push_back(engine.retention(CalendarUnit::Month, scope, {})->value.front().size);
            counts.push_back(engine.funnel({"Workout"}, 24h, scope, {})->value.front().users);
        }
        const bool isOne = std::all_of(counts.begin(), counts.end(), [&](auto n) { return n == counts[0]; });
        if (!isOne)
            qInfo() << QList<std::uint64_t>(counts.begin(), counts.end());
        return isOne ? std::optional(counts[0]) : std::nullopt;
    }
    std::uint64_t eventsOf(const std::string &user)
    {
        CacheEngine engine(reader());
        Scope scope;
        scope.filter = Filter::parse("user:" + user).value();
        return engine.totals(scope, {})->value.usageEvents;
    }
    std::vector<SessionRow> sessions()
    {
        CacheEngine engine(reader());
        return engine.sessions({}, false, {})->value.rows;
    }
    std::uint64_t counter(std::string_view name)
    {
        const auto counters = reader()->counters();
        for (const StoredCounter &counter : *counters) {
            if (counter.name == name)
                return counter.count;
        }
        return 0;
    }

private:
    ScratchFolder m_folder;
    std::unique_ptr<CacheWriter> m_writer;
};

} // namespace

class TestUserJoins final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void inMemory()
    {
        UserJoins joins;
        QCOMPARE(joins.of(70'000), 70'000U);
        joins.add(5, 9);
        joins.add(9, 70'000);
        joins.add(3, 9);
        QCOMPARE(joins.of(5), 70'000U);
        QCOMPARE(joins.of(70'000), 70'000U);
        QVERIFY(joins.isAlias(9) && !joins.isAlias(70'000));
        QVERIFY((joins.pairs() == std::vector<std::pair<std::uint32_t, std::uint32_t>>{
                                      {3, 70'000}, {5, 70'000}, {9, 70'000}}));
        QVERIFY((joins.idsOf(5) == std::vector<std::uint32_t>{3, 5, 9, 70'000}));
        QVERIFY((joins.idsOf(4) == std::vector<std::uint32_t>{4}));
    }

    void whatWasBeforeIsTheirs_data()
    {
        QTest::addColumn<bool>("isLater");
        QTest::newRow("in one request") << false;
        QTest::newRow("long afterwards, by another process") << true;
    }

    void whatWasBeforeIsTheirs()
    {
        QFETCH(bool, isLater);
        Place place;
        const std::vector<Sketch> before = {used("anon", 0s, "s1"), used("anon", 1s, "s1"), used("bert", 2s, "s2")};
        const std::vector<Sketch> after = {used("käthe", 60s, "s1")};
        if (isLater) {
            QVERIFY(place.commit(before) && place.writer().checkpoint());
            QCOMPARE(place.users(), std::optional<std::uint64_t>(2));
            place.open();
            QVERIFY(place.commit(after, {{"käthe", "anon"}}));
        } else {
            std::vector<Sketch> all = before;
            all.insert(all.end(), after.begin(), after.end());
            QVERIFY(place.commit(all, {{"käthe", "anon"}}));
        }
        for (int i = 0; i < 2; ++i) { // what is not in the rollups yet, and what is
            QCOMPARE(place.users(), std::optional<std::uint64_t>(2));
            QCOMPARE(place.eventsOf("käthe"), std::uint64_t(3));
            QCOMPARE(place.eventsOf("anon"), std::uint64_t(3));
            QCOMPARE(place.eventsOf("an*"), std::uint64_t(0));
            QCOMPARE(place.eventsOf("k*"), std::uint64_t(3));
            QCOMPARE(place.sessions().size(), std::size_t(2));
            QCOMPARE(place.sessions().back().user, std::string("käthe"));
            QVERIFY(place.writer().checkpoint());
        }
        QCOMPARE(place.counter("users.joined"), std::uint64_t(1));
        // What was sent stays what was sent.
        CacheEngine engine(place.reader());
        const auto detail = engine.session("s1", {}, {});
        QVERIFY(detail);
        QCOMPARE(detail->value.records.front().attributes.front().second, Value("anon"));
    }

    void sessionsWithoutAnIdBecomeOne()
    {
        Place place;
        QVERIFY(place.commit({used("anon", 0s), used("anon", 5min), used("anon", 5h), used("käthe", 20min)}));
        QCOMPARE(place.sessions().size(), std::size_t(3));
        QVERIFY(place.commit({used("käthe", 25min), used("anon", 26min)}, {{"käthe", "anon"}}));
        const auto sessions = place.sessions();
        QCOMPARE(sessions.size(), std::size_t(2));
        QCOMPARE(sessions[1].events, std::uint64_t(5));
        QCOMPARE(sessions[0].events, std::uint64_t(1));
        QCOMPARE(sessions[0].user, std::string("käthe"));
        place.open();
        QVERIFY(place.commit({used("anon", 5h + 10min)}));
        QCOMPARE(place.sessions().size(), std::size_t(2));
        for (const SessionRow &row : place.sessions()) {
            CacheEngine engine(place.reader());
            QCOMPARE(engine.session(row.session, {}, {})->value.records.size(), row.events);
        }
    }

    void aChainOfNames()
    {
        Place place;
        QVERIFY(place.commit({used("a", 0s, "s1"), used("b", 1s, "s2"), used("c", 2s, "s3")}, {{"b", "a"}}));
        QCOMPARE(place.users(), std::optional<std::uint64_t>(2));
        QVERIFY(place.commit({}, {{"c", "b"}, {"a", "c"}, {"b", "a"}, {"c", "c"}})); // one of them is new
        QCOMPARE(place.users(), std::optional<std::uint64_t>(1));
        QCOMPARE(place.counter("users.joined"), std::uint64_t(2));
        for (const SessionRow &row : place.sessions())
            QCOMPARE(row.user, std::string("c"));
    }

    /// A device that two people use: what it said before somebody came forward is the first one's, and they stay two.
    void twoPeopleStayTwo()
    {
        Place place;
        QVERIFY(place.commit({used("device", 0s, "s1"), used("käthe", 1s, "s1")}, {{"käthe", "device"}}));
        QVERIFY(place.commit({used("bert", 1h, "s2")}, {{"bert", "device"}}));
        QCOMPARE(place.users(), std::optional<std::uint64_t>(2));
        QCOMPARE(place.eventsOf("käthe"), std::uint64_t(2));
        QCOMPARE(place.counter("users.join.refused"), std::uint64_t(1));
    }

    void whoIsForgottenIsForgottenUnderAllNames()
    {
        Place place;
        QVERIFY(place.commit({used("anon", 0s, "s1"), used("anon", 6h), used("bert", 2s, "s2")}));
        QVERIFY(place.commit({used("käthe", 60s, "s3")}, {{"käthe", "anon"}}));
        QCOMPARE(place.writer().forgetUser("anon", kStart)->records, std::uint64_t(3));
        QCOMPARE(place.users(), std::optional<std::uint64_t>(1));
        QVERIFY(!place.reader()->findUser("käthe") && !place.reader()->findUser("anon"));
        // The names are new ones now.
        QVERIFY(place.commit({used("anon", 0s, "s1"), used("käthe", 1s, "s3")}));
        QCOMPARE(place.users(), std::optional<std::uint64_t>(3));
    }
};

QTEST_APPLESS_MAIN(TestUserJoins)
#include "tst_userjoins.moc"
