// SPDX-License-Identifier: GPL-3.0-or-later
// Paths, held against figures that were worked out by hand, and against loops over many records.
#include "models/analysis/cacheengine.h"

#include "memorycache.h"
#include "models/telemetry/timeformat.h"
#include "plainfleet.h"
#include "plainpaths.h"

#include <QTest>

using namespace telltale;

namespace {

PlainRecord record(RecordKind kind, const char *session, const char *name, int second)
{
    PlainRecord record;
    record.kind = kind;
    record.session = session;
    record.user = session[0] == 'a' ? "ann" : "ben"; // sessions a1, a2... are hers
    record.time = parseRfc3339("2026-11-02T10:00:00Z")->ns + second * 1'000'000'000LL;
    record.name = kind == RecordKind::ScreenView ? "screen_view" : name;
    (kind == RecordKind::ScreenView ? record.screen : record.feature) = name;
    return record;
}
PlainRecord viewed(const char *session, const char *name, int second)
{
    return record(RecordKind::ScreenView, session, name, second);
}
PlainRecord used(const char *session, const char *name, int second)
{
    return record(RecordKind::UsageEvent, session, name, second);
}

/// Three sessions: Home Home Plan Start; Home Start Home; Plan.
std::vector<PlainRecord> three()
{
    return {viewed("a1", "Home", 0),  viewed("a1", "Home", 1),  viewed("a1", "Plan", 2), used("a1", "Start", 3), viewed("a2", "Home", 10),
            used("a2", "Start", 11), viewed("a2", "Home", 12), viewed("b1", "Plan", 20)};
}

Paths pathsOf(std::vector<PlainRecord> records, const PathsAsked &asked)
{
    CacheEngine engine(std::make_unique<MemoryCache>(std::move(records)));
    const auto answer = engine.paths(asked, {}, {});
    return answer ? answer->value : Paths();
}

/// "Home 2 (1 ended), other of 3: 5" a step.
std::string words(const std::vector<PathNode> &nodes)
{
    std::string text;
    for (const PathNode &node : nodes) {
        text += text.empty() ? "" : ", ";
        text += node.kind == PathNode::Kind::Other ? "other of " + std::to_string(node.names) : node.name;
        text += ' ' + std::to_string(node.sessions);
        if (node.ended)
            text += " -" + std::to_string(node.ended);
    }
    return text;
}

} // namespace

class TestPaths final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fromWhereSessionsBegin()
    {
        const Paths paths = pathsOf(three(), {});
        QCOMPARE(paths.all, std::uint64_t(3));
        QCOMPARE(paths.sessions, std::uint64_t(3));
        QCOMPARE(paths.steps.size(), std::size_t(3)); // the fourth nobody came to
        QCOMPARE(words(paths.steps[0]), std::string("Home 2, Plan 1 -1"));
        QCOMPARE(words(paths.steps[1]), std::string("Plan 1, Start 1"));
        QCOMPARE(words(paths.steps[2]), std::string("Home 1 -1, Start 1 -1"));
        QCOMPARE(paths.steps[0][0].users, std::uint64_t(1)); // both are ann's
        const std::vector<PathLink> links = {{0, 0, 0, 1}, {0, 0, 1, 1}, {1, 0, 1, 1}, {1, 1, 0, 1}};
        QVERIFY(paths.links == links);
    }

    void repeats()
    {
        PathsAsked asked;
        asked.collapsesRepeats = false;
        const Paths paths = pathsOf(three(), asked);
        QCOMPARE(words(paths.steps[1]), std::string("Home 1, Start 1"));
        QCOMPARE(words(paths.steps[3]), std::string("Start 1"));
    }

    void fromAScreen()
    {
        PathsAsked asked;
        asked.anchor = "Plan";
        const Paths paths = pathsOf(three(), asked);
        QCOMPARE(paths.all, std::uint64_t(3));
        QCOMPARE(paths.sessions, std::uint64_t(2));
        QCOMPARE(words(paths.steps[0]), std::string("Plan 2 -1"));
        QCOMPARE(words(paths.steps[1]), std::string("Start 1 -1"));
    }

    void toAFeature()
    {
        PathsAsked asked;
        asked.anchor = "Start";
        asked.isBackwards = true;
        const Paths paths = pathsOf(three(), asked);
        QCOMPARE(words(paths.steps[0]), std::string("Start 2"));
        QCOMPARE(words(paths.steps[1]), std::string("Home 1 -1, Plan 1"));
        QCOMPARE(words(paths.steps[2]), std::string("Home 1 -1"));
    }

    void screensOnly()
    {
        PathsAsked asked;
        asked.of = PathOf::Screens;
        QCOMPARE(words(pathsOf(three(), asked).steps[1]), std::string("Plan 1 -1")); // a2 saw Home alone
        asked.of = PathOf::Features;
        const Paths features = pathsOf(three(), asked);
        QCOMPARE(features.all, std::uint64_t(2));
        QCOMPARE(words(features.steps[0]), std::string("Start 2 -2"));
    }

    void theOthersAreOne()
    {
        std::vector<PlainRecord> records;
        const char *sessions[] = {"a1", "a2", "a3", "b1", "b2"};
        const char *names[] = {"A", "A", "B", "C", "D"};
        for (int i = 0; i < 5; ++i) {
            records.push_back(viewed(sessions[i], names[i], i));
            records.push_back(viewed(sessions[i], "End", i + 10));
        }
        PathsAsked asked;
        asked.top = 2;
        const Paths paths = pathsOf(records, asked);
        QCOMPARE(words(paths.steps[0]), std::string("A 2, B 1, other of 2 2"));
        QCOMPARE(paths.steps[0][2].users, std::uint64_t(1)); // C and D are both ben's
        QCOMPARE(words(paths.steps[1]), std::string("End 5 -5"));
        asked.top = 3; // one name alone is named
        QCOMPARE(words(pathsOf(records, asked).steps[0]), std::string("A 2, B 1, C 1, D 1"));
    }

    void equalTimes()
    {
        const Paths paths = pathsOf({used("a1", "A", 0), viewed("a1", "Z", 0), viewed("a1", "B", 0)}, {});
        QCOMPARE(words(paths.steps[0]), std::string("B 1"));
        QCOMPARE(words(paths.steps[1]), std::string("Z 1"));
        QCOMPARE(words(paths.steps[2]), std::string("A 1 -1"));
    }

    /// The same name as a screen and as a feature is two.
    void aScreenIsNoFeature()
    {
        const Paths paths = pathsOf({viewed("a1", "Plan", 0), used("a1", "Plan", 1)}, {});
        QCOMPARE(paths.steps.size(), std::size_t(2));
        QVERIFY(paths.steps[0][0].kind == PathNode::Kind::Screen);
        QVERIFY(paths.steps[1][0].kind == PathNode::Kind::Feature);
    }

    void nothing()
    {
        QVERIFY(pathsOf({}, {}) == Paths());
        PathsAsked asked;
        asked.anchor = "Nowhere";
        const Paths paths = pathsOf(three(), asked);
        QCOMPARE(paths.all, std::uint64_t(3));
        QCOMPARE(paths.sessions, std::uint64_t(0));
        QVERIFY(paths.steps.empty() && paths.links.empty());
        QVERIFY(pathsOf({viewed("a1", "", 0), used("a1", "", 1)}, {}) == Paths()); // without a name no step
    }

    void wrongUse_data()
    {
        QTest::addColumn<int>("steps");
        QTest::addColumn<int>("top");
        QTest::newRow("one step") << 1 << 6;
        QTest::newRow("too many steps") << 13 << 6;
        QTest::newRow("no names") << 4 << 0;
        QTest::newRow("too many names") << 4 << 51;
    }
    void wrongUse()
    {
        QFETCH(int, steps);
        QFETCH(int, top);
        CacheEngine engine(std::make_unique<MemoryCache>(three()));
        PathsAsked asked;
        asked.steps = static_cast<std::size_t>(steps);
        asked.top = static_cast<std::size_t>(top);
        const auto answer = engine.paths(asked, {}, {});
        QVERIFY(!answer);
        QVERIFY(answer.error().code == Error::Code::InvalidArgument);
    }

    void stopsWhenAsked()
    {
        CacheEngine engine(std::make_unique<MemoryCache>(three()));
        std::stop_source stop;
        stop.request_stop();
        const auto answer = engine.paths({}, {}, stop.get_token());
        QVERIFY(!answer);
        QVERIFY(answer.error().code == Error::Code::Cancelled);
    }

    void agreesWithLoops_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 6; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    void agreesWithLoops()
    {
        QFETCH(unsigned, seed);
        const std::int64_t from = parseRfc3339("2026-10-20T00:00:00Z")->ns;
        auto cache = std::make_unique<MemoryCache>(plainFleet(seed, 150, from, from + 3 * kDay));
        const Oracle oracle(*cache);
        CacheEngine engine(std::move(cache));
        const List list = oracle.matching({}, [](const PlainRecord &) { return true; });
        for (const char *anchor : {"", "Home", "Start workout", "a\"b\\c", "none"}) {
            for (const PathOf of : {PathOf::Screens, PathOf::Features, PathOf::Both}) {
                for (const std::size_t steps : {2U, 3U, 6U}) {
                    for (int flags = 0; flags < 4; ++flags) {
                        const PathsAsked asked{anchor, (flags & 1) != 0, of, steps, seed % 4 + 1, (flags & 2) != 0};
                        const auto got = engine.paths(asked, {}, {});
                        QVERIFY(got.has_value());
                        QVERIFY(got->value == plainPaths(asked, list));
                        QCOMPARE(flowProblem(got->value), std::string());
                        if (steps == 3U)
                            checkSessions(engine, asked, got->value, list);
                    }
                }
            }
        }
    }

    void sessionsBehindALink()
    {
        CacheEngine engine(std::make_unique<MemoryCache>(three()));
        const auto of = [&](std::size_t step, const char *from, std::optional<PathPlace> to) {
            const auto list = engine.pathSessions({{}, step, {PathNode::Kind::Screen, from}, std::move(to)}, {}, false, {});
            std::string ids;
            for (const SessionRow &row : list ? list->value.rows : std::vector<SessionRow>())
                ids += row.session + ' ';
            return list ? ids + std::to_string(list->value.total) : list.error().message;
        };
        QCOMPARE(of(0, "Home", std::nullopt), std::string("a2 a1 2")); // the newest first
        QCOMPARE(of(0, "Home", PathPlace{PathNode::Kind::Screen, "Plan"}), std::string("a1 1"));
        QCOMPARE(of(0, "Home", PathPlace{PathNode::Kind::Feature, "Start"}), std::string("a2 1"));
        QCOMPARE(of(0, "Home", PathPlace{PathNode::Kind::Screen, "Start"}), std::string("0")); // no screen of that name
        QCOMPARE(of(1, "Home", std::nullopt), std::string("0"));
        QVERIFY(of(4, "Home", std::nullopt).find("no step 5") != std::string::npos);
    }

private:
    /// As many behind each node and each link as are counted there, each of them a session that did that.
    static void checkSessions(CacheEngine &engine, const PathsAsked &asked, const Paths &paths, const List &all)
    {
        const auto placeOf = [](const PathNode &node) { return PathPlace{node.kind, node.name}; };
        const auto sessions = [&](std::size_t step, const PathPlace &from, const std::optional<PathPlace> &to) {
            const auto list = engine.pathSessions({asked, step, from, to}, {}, false, {});
            return list ? list->value : SessionList();
        };
        for (std::size_t step = 0; step < paths.steps.size(); ++step) {
            for (const PathNode &node : paths.steps[step])
                QCOMPARE(sessions(step, placeOf(node), std::nullopt).total, node.sessions);
        }
        for (const PathLink &link : paths.links) {
            const PathNode &from = paths.steps[link.step][link.from], &to = paths.steps[link.step + 1][link.to];
            const SessionList list = sessions(link.step, placeOf(from), placeOf(to));
            QCOMPARE(list.total, link.sessions);
            for (const SessionRow &row : list.rows) {
                List own;
                for (const auto *record : all) {
                    if (record->sessionKey == row.session)
                        own.push_back(record);
                }
                PathsAsked alone = asked;
                alone.top = 50;
                const Paths its = plainPaths(alone, own);
                const auto isAt = [&](std::size_t at, const PathNode &node) {
                    return at < its.steps.size() && its.steps[at].size() == 1 &&
                           (node.kind == PathNode::Kind::Other || (its.steps[at][0].name == node.name && its.steps[at][0].kind == node.kind));
                };
                QVERIFY(isAt(link.step, from) && isAt(link.step + 1, to));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestPaths)
#include "tst_paths.moc"
