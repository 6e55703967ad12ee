// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/cachewriter.h"

#include "models/store/sqlite.h"
#include "models/store/storetesting.h"
#include "models/telemetry/timeformat.h"

#include <QTest>

#include <algorithm>

using namespace telltale;
using namespace telltale::testing;

namespace {

constexpr Instant kArrival{1'700'000'100'000'000'000};
constexpr std::int64_t kMinute = 60'000'000'000;
constexpr std::int64_t kStart = 1'700'000'000'000'000'000;

Sketch loose(std::int64_t minute, std::string user = "u", RecordKind kind = RecordKind::UsageEvent)
{
    Sketch sketch;
    sketch.kind = kind;
    sketch.time = {kStart + minute * kMinute};
    sketch.user = std::move(user);
    return sketch;
}

/// Commits one record at a time, or all in one delivery.
std::vector<std::string> sessionsOf(const std::vector<Sketch> &sketches, std::size_t perCommit)
{
    const ScratchFolder folder;
    auto writer = openWriter(folder.cache());
    for (std::size_t i = 0; i < sketches.size(); i += perCommit) {
        const std::vector<Sketch> some(
            sketches.begin() + static_cast<std::ptrdiff_t>(i),
            sketches.begin() + static_cast<std::ptrdiff_t>(std::min(i + perCommit, sketches.size())));
        std::vector<Delivery> one;
        one.push_back(deliver(some, kArrival));
        if (!writer->commit(one))
            return {"commit failed"};
    }
    auto reader = openReader(folder.cache());
    auto lines = describeSessions(*reader);
    // Every loose record, however it was joined, must name its session.
    const auto segments = reader->segments(RecordKind::UsageEvent, {});
    for (const SegmentInfo &info : *segments) {
        const auto segment = reader->segment(info, SegmentParts::Columns);
        for (std::uint32_t row = 0; row < info.count; ++row) {
            if ((*segment)->sessions()[row] == 0)
                continue;
            const auto session = reader->session((*segment)->sessions()[row]);
            if (!session || session->start > Instant{(*segment)->times()[row]} ||
                session->end < Instant{(*segment)->times()[row]})
                lines.emplace_back("a record lies outside its session");
        }
    }
    return lines;
}

} // namespace

class TestStoredSessions final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void orderOfArrivalDoesNotMatter()
    {
        std::mt19937 random(3);
        std::vector<Sketch> sketches;
        for (int i = 0; i < 250; ++i) {
            Sketch sketch =
                loose(static_cast<std::int64_t>(random() % 900), "user " + std::to_string(random() % 6));
            static constexpr RecordKind kKinds[] = {RecordKind::UsageEvent, RecordKind::ScreenView,
                                                    RecordKind::Error,      RecordKind::Log,
                                                    RecordKind::Span,       RecordKind::SessionBound};
            sketch.kind = kKinds[random() % 6];
            sketch.release = "1." + std::to_string(random() % 4);
            if (random() % 2 == 0)
                sketch.session = "sent " + std::to_string(random() % 5);
            if (random() % 5 == 0)
                sketch.user.clear();
            if (sketch.kind == RecordKind::SessionBound && random() % 2 == 0)
                sketch.previousSession = "before " + std::to_string(random() % 3);
            sketches.push_back(std::move(sketch));
        }
        std::sort(sketches.begin(), sketches.end(),
                  [](const Sketch &a, const Sketch &b) { return a.time < b.time; });
        const auto inOrder = sessionsOf(sketches, 1);
        QVERIFY(inOrder.size() > 10);
        QVERIFY(sessionsOf(sketches, sketches.size()) == inOrder);
        for (int i = 0; i < 4; ++i) {
            std::shuffle(sketches.begin(), sketches.end(), random);
            const auto shuffled = sessionsOf(sketches, i == 0 ? 1 : 17);
            QVERIFY2(shuffled == inOrder, shuffled.empty() ? "" : shuffled.back().c_str());
        }
    }

    void aPauseOfHalfAnHourEndsASession_data()
    {
        QTest::addColumn<QVector<int>>("minutes");
        QTest::addColumn<int>("sessions");
        QTest::newRow("one record") << QVector<int>{0} << 1;
        QTest::newRow("just below") << QVector<int>{0, 29, 58} << 1;
        QTest::newRow("exactly") << QVector<int>{0, 30} << 2;
        QTest::newRow("a late record joins two") << QVector<int>{0, 50, 25} << 1;
        QTest::newRow("a late record reaches one") << QVector<int>{0, 60, 40} << 2;
        QTest::newRow("late ones join four") << QVector<int>{0, 50, 100, 150, 75, 25, 125} << 1;
        QTest::newRow("earlier than all") << QVector<int>{100, 75, 50, 25, 0} << 1;
        QTest::newRow("reversed apart") << QVector<int>{100, 50, 0} << 3;
    }

    void aPauseOfHalfAnHourEndsASession()
    {
        QFETCH(QVector<int>, minutes);
        QFETCH(int, sessions);
        std::vector<Sketch> sketches;
        for (const int minute : minutes)
            sketches.push_back(loose(minute));
        for (const std::size_t perCommit : {std::size_t{1}, std::size_t{2}, sketches.size()}) {
            const auto lines = sessionsOf(sketches, perCommit);
            QCOMPARE(lines.size(), static_cast<std::size_t>(sessions));
        }
    }

    void usersDoNotShareSessions()
    {
        QCOMPARE(sessionsOf({loose(0, "a"), loose(1, "b"), loose(2, "a")}, 3).size(), 2U);
    }

    void spansAndMetricsFormNone()
    {
        QCOMPARE(
            sessionsOf({loose(0, "a", RecordKind::Span), loose(0, "a", RecordKind::MetricPoint)}, 1).size(),
            0U);
        // Nor do records without anybody.
        QCOMPARE(sessionsOf({loose(0, "")}, 1).size(), 0U);
    }

    void pointsNameASessionBeforeItsFirstRecord_data()
    {
        QTest::addColumn<bool>("isReopened");
        QTest::newRow("one writer") << false;
        QTest::newRow("two writers") << true;
    }
    /// A session begins with its first record, whoever named it before.
    void pointsNameASessionBeforeItsFirstRecord()
    {
        QFETCH(bool, isReopened);
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        const auto commit = [&](Sketch sketch) {
            sketch.session = "s";
            std::vector<Delivery> one;
            one.push_back(deliver({sketch}, kArrival));
            return writer->commit(one).has_value();
        };
        QVERIFY(commit(loose(1, "u", RecordKind::MetricPoint)));
        if (isReopened) {
            writer.reset();
            writer = openWriter(folder.cache());
        }
        QVERIFY(commit(loose(7)));
        QVERIFY(commit(loose(9)));
        const auto reader = openReader(folder.cache());
        const CacheReader::Snapshot snapshot(*reader);
        const auto session = reader->session(*reader->findSession("s"));
        QVERIFY(session);
        QCOMPARE(session->start.ns, loose(7).time.ns);
        QCOMPARE(session->end.ns, loose(9).time.ns);
        QCOMPARE(session->events, std::uint64_t(2));
    }
    void aJoinedSessionIsFoundUnderOneKey()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        for (const int minute : {40, 0, 20}) {
            std::vector<Delivery> one;
            one.push_back(deliver({loose(minute)}, kArrival));
            QVERIFY(writer->commit(one));
        }
        auto reader = openReader(folder.cache());
        const std::string key = "u@" + formatRfc3339({kStart});
        const auto session = reader->findSession(key);
        QVERIFY(session);
        QCOMPARE(reader->sessionKey(*session), std::string_view(key));
        QCOMPARE(reader->session(*session)->events, 3U);
        QVERIFY(!reader->findSession("u@" + formatRfc3339({kStart + 40 * kMinute})));
        std::size_t rows = 0;
        const auto segments = reader->segmentsOfSession(RecordKind::UsageEvent, *session);
        for (const SegmentInfo &info : *segments) {
            const auto segment = reader->segment(info);
            for (const SessionId each : (*segment)->sessions())
                rows += reader->canonicalSession(each) == *session ? 1 : 0;
        }
        QCOMPARE(rows, 3U);
    }

    void sessionsAreFoundByRange()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        std::vector<Delivery> one;
        std::vector<Sketch> sketches;
        for (const auto &[session, minute] :
             {std::pair{"long", 0}, {"long", 500}, {"short", 100}, {"later", 600}}) {
            Sketch sketch = loose(minute);
            sketch.session = session;
            sketches.push_back(sketch);
        }
        one.push_back(deliver(sketches, kArrival));
        QVERIFY(writer->commit(one));
        auto reader = openReader(folder.cache());
        const auto keys = [&](std::int64_t from, std::int64_t to) {
            std::string text;
            const auto done = reader->forEachSession({{kStart + from * kMinute}, {kStart + to * kMinute}},
                                                     [&](const StoredSession &session) {
                                                         text += session.key + " ";
                                                         return true;
                                                     });
            return done ? text : done.error().message;
        };
        QCOMPARE(keys(-10, 0), std::string());
        QCOMPARE(keys(90, 99), std::string("long "));
        QCOMPARE(keys(100, 101), std::string("long short "));
        QCOMPARE(keys(500, 501), std::string("long "));
        QCOMPARE(keys(501, 600), std::string());
        QCOMPARE(keys(0, 1000), std::string("long short later "));
    }

    void uuidsAndOddKeysComeBack()
    {
        for (const std::string key :
             {"0189f7ea-ae2c-7bd1-8f62-5a0b3c2d1e0f", "00000000-0000-0000-0000-000000000001",
              "0189F7EA-AE2C-7BD1-8F62-5A0B3C2D1E0F", "0189f7ea-ae2c-7bd1-8f62-5a0b3c2d1e0",
              "exactly16bytes!!", "a", "u@not a time"}) {
            const ScratchFolder folder;
            auto writer = openWriter(folder.cache());
            Sketch sketch = loose(0);
            sketch.session = key;
            sketch.attributes = {{"session.id", Value(key)}};
            std::vector<Delivery> one;
            one.push_back(deliver({sketch}, kArrival));
            QVERIFY(writer->commit(one));
            auto reader = openReader(folder.cache());
            const auto session = reader->findSession(key);
            QVERIFY2(session, key.c_str());
            QCOMPARE(reader->sessionKey(*session), std::string_view(key));
            QCOMPARE(reader->session(*session)->key, key);
            const auto segments = reader->segments(RecordKind::UsageEvent, {});
            QVERIFY((*reader->segment(segments->front()))->attributes(0) == sketch.attributes);
        }
    }

    /// Whichever way a session becomes longer than an hour, by a record at its end or by a late one, or it was so when the
    /// program last ended: who asks what goes over a moment finds it.
    void longSessionsAreFoundFarFromTheirStart_data()
    {
        QTest::addColumn<QVector<int>>("minutes");
        QTest::newRow("long at once") << QVector<int>{0, 200};
        QTest::newRow("little by little") << QVector<int>{0, 40, 60, 61, 130, 200};
        QTest::newRow("by a late record") << QVector<int>{200, 180, 0};
        QTest::newRow("long before") << QVector<int>{0, 90, 91, 200};
    }

    void longSessionsAreFoundFarFromTheirStart()
    {
        QFETCH(QVector<int>, minutes);
        for (const bool startsAnew : {false, true}) {
            const ScratchFolder folder;
            auto writer = openWriter(folder.cache());
            for (const int minute : minutes) {
                Sketch sketch = loose(minute);
                sketch.session = "long";
                Sketch shortOne = loose(minute);
                shortOne.session = "short " + std::to_string(minute);
                std::vector<Delivery> one;
                one.push_back(deliver({sketch, shortOne}, kArrival));
                QVERIFY(writer->commit(one));
                if (startsAnew) {
                    writer.reset();
                    writer = openWriter(folder.cache());
                }
            }
            auto reader = openReader(folder.cache());
            const auto across = [&](std::int64_t minute) {
                std::vector<std::string> keys;
                const auto visited = reader->forEachSessionAcross(
                    {kStart + minute * kMinute}, [&](SessionId id, Instant) { keys.emplace_back(reader->sessionKey(id)); });
                return visited ? keys : std::vector<std::string>{"failed"};
            };
            QCOMPARE(std::ranges::count(across(195), "long"), 1);
            QCOMPARE(std::ranges::count(across(195), "short 0"), 0);
            QCOMPARE(Database(folder.cache(), Database::Mode::ReadOnly)
                         .integer("SELECT count(*) FROM sessions WHERE is_long != (length > 3600000000000)"),
                     0);
        }
    }

    /// Most sessions are long where records come late: one that goes on must not write an index anew each time.
    void whatGoesOnTouchesNoIndex()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        Database database(folder.cache(), Database::Mode::ReadOnly);
        Statement plan(database, "EXPLAIN UPDATE sessions SET length = 1, user_after = 1, origin = 1, events = 1, screens = 1,"
                                 " errors = 1, logs = 1, spans = 1, previous = '' WHERE id = 1");
        int indexes = 0;
        while (plan.step())
            indexes += plan.bytes(1) == "IdxInsert" || plan.bytes(1) == "IdxDelete";
        QCOMPARE(indexes, 0);
    }
};

QTEST_APPLESS_MAIN(TestStoredSessions)
#include "tst_storedsessions.moc"
