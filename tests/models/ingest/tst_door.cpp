// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/door.h"

#include "tests/models/sources/http/fakehandler.h"

#include <QTest>

using namespace telltale;
using namespace telltale::test;

namespace {

ReceivedRequest request()
{
    ReceivedRequest made;
    made.path = "/v1/logs";
    made.contentType = "application/json";
    made.body = "{}";
    made.arrival = Instant::fromSeconds(7);
    return made;
}

} // namespace

class TestDoor final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void open()
    {
        FakeHandler above;
        Door door(above);
        QVERIFY(!door.lastRequest());
        Answer answer;
        door.handle(request(), [&](Answer &&got) { answer = std::move(got); });
        QCOMPARE(answer.status, 200);
        QCOMPARE(above.requests().size(), std::size_t(1));
        QCOMPARE(door.requests(), std::uint64_t(1));
        QCOMPARE(door.lastRequest()->ns, Instant::fromSeconds(7).ns);
        QCOMPARE(door.methodsFor("/v1/logs"), std::string_view("POST"));
    }

    void pausedSaysComeAgain()
    {
        FakeHandler above;
        Door door(above);
        door.setPaused(true);
        Answer answer;
        door.handle(request(), [&](Answer &&got) { answer = std::move(got); });
        QCOMPARE(answer.status, 503);
        QCOMPARE(answer.retryAfterSeconds, std::optional(Door::kRetryAfterSeconds));
        QVERIFY(above.requests().empty());
        QCOMPARE(door.turnedAway(), std::uint64_t(1));
        QCOMPARE(above.counted("source.paused"), std::uint64_t(1));
        door.setPaused(false);
        door.handle(request(), [&](Answer &&got) { answer = std::move(got); });
        QCOMPARE(answer.status, 200);
        QCOMPARE(above.requests().size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestDoor)
#include "tst_door.moc"
