// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/queryrunner.h"

#include "fakeengine.h"
#include "models/analysis/heap.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <atomic>
#include <condition_variable>
#include <mutex>

using namespace telltale;

namespace {

using TotalsReply = Engine::Reply<Totals>;

/// What the fake engines of one test share: questions wait in it until the test opens the gate or they are stopped.
struct Gate
{
    std::mutex mutex;
    std::condition_variable_any changed;
    bool isOpen = false;
    std::atomic<int> entered = 0;
    std::atomic<int> stopped = 0;
    std::atomic<std::uint64_t> version = 1;
    std::atomic<int> engines = 0;

    void open()
    {
        {
            const std::lock_guard lock(mutex);
            isOpen = true;
        }
        changed.notify_all();
    }

    TotalsReply pass(const Scope &scope, const std::stop_token &stop)
    {
        ++entered;
        std::unique_lock lock(mutex);
        if (!changed.wait(lock, stop, [this] { return isOpen; })) {
            ++stopped;
            return failure(Error::Code::Cancelled, "stopped");
        }
        Answered<Totals> answer;
        answer.value.usageEvents = scope.limit; // tells the questions apart
        return answer;
    }

    QueryRunner::EngineFactory factory()
    {
        return [this]() -> Result<std::unique_ptr<Engine>> {
            ++engines;
            auto engine = std::make_unique<FakeEngine>();
            engine->onTotals = [this](const Scope &scope, const std::stop_token &stop) {
                return pass(scope, stop);
            };
            engine->onDataVersion = [this] { return version.load(); };
            return engine;
        };
    }
};

std::function<TotalsReply(Engine &, std::stop_token)> question(std::size_t number)
{
    return [number](Engine &engine, std::stop_token stop) {
        Scope scope;
        scope.limit = number;
        return engine.totals(scope, stop);
    };
}

} // namespace

class TestQueryRunner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersOnItsThread();
    void newestWins();
    void slotsAreIndependent();
    void deadContextGetsNothing();
    void cancelStopsTheEngine();
    void waitingQuestionIsNeverAsked();
    void endsWhileRunning();
    void reportsThatNothingOpens();
    void saysWhenDataChanged();
    void isToldOfChangesAgainWhenSomebodyLooks();
    void trimsOnceInAWhile();
    void receiverMayDestroyTheRunner();
};

void TestQueryRunner::answersOnItsThread()
{
    Gate gate;
    gate.open();
    QueryRunner runner(gate.factory());
    QSignalSpy answered(&runner, &QueryRunner::answered);
    QThread *receivedOn = nullptr;
    QThread *askedOn = nullptr;
    std::uint64_t value = 0;
    runner.ask<TotalsReply>(
        QStringLiteral("a"), this,
        [&askedOn](Engine &engine, std::stop_token stop) {
            askedOn = QThread::currentThread();
            return question(7)(engine, stop);
        },
        [&](TotalsReply reply) {
            receivedOn = QThread::currentThread();
            value = reply->value.usageEvents;
        });
    QCOMPARE(runner.pending(), 1);
    QTRY_COMPARE(value, std::uint64_t(7));
    QVERIFY(receivedOn == thread());
    QVERIFY(askedOn != thread());
    QCOMPARE(runner.pending(), 0);
    QCOMPARE(answered.count(), 1);
    QCOMPARE(answered[0][0].toString(), QStringLiteral("a"));
    QVERIFY(answered[0][1].toDouble() >= 0);
}

void TestQueryRunner::newestWins()
{
    Gate gate;
    QueryRunner runner(gate.factory());
    std::vector<std::uint64_t> received;
    const auto receive = [&received](TotalsReply reply) {
        received.push_back(reply ? reply->value.usageEvents : 0);
    };
    runner.ask<TotalsReply>(QStringLiteral("a"), this, question(1), receive);
    QTRY_COMPARE(gate.entered.load(), 1);
    for (std::size_t i = 2; i <= 50; ++i)
        runner.ask<TotalsReply>(QStringLiteral("a"), this, question(i), receive);
    QCOMPARE(runner.pending(), 1);
    QTRY_VERIFY(gate.stopped.load() >= 1); // the one that ran was told to stop
    gate.open();
    QTRY_COMPARE(runner.pending(), 0);
    QCOMPARE(received, std::vector<std::uint64_t>{50});
}

void TestQueryRunner::slotsAreIndependent()
{
    Gate gate;
    QueryRunner runner(gate.factory());
    QSignalSpy pending(&runner, &QueryRunner::pendingChanged);
    std::vector<std::uint64_t> received;
    const auto receive = [&received](TotalsReply reply) { received.push_back(reply->value.usageEvents); };
    for (std::size_t i = 1; i <= 5; ++i)
        runner.ask<TotalsReply>(QString::number(i), this, question(i), receive);
    QCOMPARE(runner.pending(), 5);
    QTRY_COMPARE(gate.entered.load(), 2); // two workers
    gate.open();
    QTRY_COMPARE(received.size(), std::size_t(5));
    std::sort(received.begin(), received.end());
    QCOMPARE(received, (std::vector<std::uint64_t>{1, 2, 3, 4, 5}));
    QCOMPARE(pending.last()[0].toInt(), 0);
    QVERIFY(gate.engines.load() <= 3); // one a worker and the poller's, used again
}

void TestQueryRunner::deadContextGetsNothing()
{
    Gate gate;
    QueryRunner runner(gate.factory());
    bool received = false;
    auto context = std::make_unique<QObject>();
    runner.ask<TotalsReply>(QStringLiteral("a"), context.get(), question(1),
                            [&received](TotalsReply) { received = true; });
    QTRY_COMPARE(gate.entered.load(), 1);
    context.reset();
    gate.open();
    QTRY_COMPARE(runner.pending(), 0);
    QVERIFY(!received);
}

void TestQueryRunner::cancelStopsTheEngine()
{
    Gate gate;
    QueryRunner runner(gate.factory());
    int received = 0;
    const auto receive = [&received](TotalsReply) { ++received; };
    runner.ask<TotalsReply>(QStringLiteral("a"), this, question(1), receive);
    runner.ask<TotalsReply>(QStringLiteral("b"), this, question(2), receive);
    QTRY_COMPARE(gate.entered.load(), 2);
    runner.cancel(QStringLiteral("a"));
    QCOMPARE(runner.pending(), 1);
    QTRY_COMPARE(gate.stopped.load(), 1);
    runner.cancelAll();
    QCOMPARE(runner.pending(), 0);
    QTRY_COMPARE(gate.stopped.load(), 2);
    gate.open();
    runner.ask<TotalsReply>(QStringLiteral("a"), this, question(3), receive);
    QTRY_COMPARE(received, 1);
}

void TestQueryRunner::waitingQuestionIsNeverAsked()
{
    Gate gate;
    QueryRunner runner(gate.factory());
    const auto ignore = [](TotalsReply) {};
    runner.ask<TotalsReply>(QStringLiteral("a"), this, question(1), ignore);
    runner.ask<TotalsReply>(QStringLiteral("b"), this, question(2), ignore);
    QTRY_COMPARE(gate.entered.load(), 2);
    runner.ask<TotalsReply>(QStringLiteral("c"), this, question(3), ignore); // no worker is free
    runner.cancel(QStringLiteral("c"));
    gate.open();
    QTRY_COMPARE(runner.pending(), 0);
    QCOMPARE(gate.entered.load(), 2);
}

void TestQueryRunner::endsWhileRunning()
{
    Gate gate;
    bool received = false;
    {
        QueryRunner runner(gate.factory());
        for (int i = 0; i < 4; ++i)
            runner.ask<TotalsReply>(QString::number(i), this, question(1),
                                    [&received](TotalsReply) { received = true; });
        QTRY_COMPARE(gate.entered.load(), 2);
    }
    QCOMPARE(gate.stopped.load(), 2);
    QCoreApplication::processEvents();
    QVERIFY(!received);
}

void TestQueryRunner::reportsThatNothingOpens()
{
    std::atomic<int> tries = 0;
    QueryRunner runner([&tries]() -> Result<std::unique_ptr<Engine>> {
        ++tries;
        return failure(Error::Code::NotFound, "there is no cache");
    });
    QSignalSpy changed(&runner, &QueryRunner::dataChanged);
    for (int round = 1; round <= 2; ++round) {
        std::optional<Error> problem;
        runner.ask<TotalsReply>(QStringLiteral("a"), this, question(1),
                                [&problem](TotalsReply reply) { problem = reply.error(); });
        QTRY_VERIFY(problem.has_value());
        QCOMPARE(problem->code, Error::Code::NotFound);
        QCOMPARE(problem->message, std::string("there is no cache"));
        QVERIFY(tries.load() >= round); // a cache may come later: tried again
    }
    QCOMPARE(changed.count(), 0);
}

void TestQueryRunner::saysWhenDataChanged()
{
    Gate gate;
    QueryRunner runner(gate.factory());
    QSignalSpy changed(&runner, &QueryRunner::dataChanged);
    QTRY_COMPARE(changed.count(), 1); // the cache is there
    gate.version = 2;
    QTRY_COMPARE(changed.count(), 2);
    gate.version = 3;
    QTRY_COMPARE(changed.count(), 3);
}

void TestQueryRunner::isToldOfChangesAgainWhenSomebodyLooks()
{
    Gate gate;
    QueryRunner runner(gate.factory());
    QSignalSpy changed(&runner, &QueryRunner::dataChanged);
    QTRY_COMPARE(changed.count(), 1);
    runner.setUnhurried(true);
    gate.version = 2;
    runner.setUnhurried(false);
    QTRY_COMPARE(changed.count(), 2);
    runner.setUnhurried(true);
    gate.version = 3;
    QTRY_COMPARE(changed.count(), 3); // less often, but told all the same
}

void TestQueryRunner::trimsOnceInAWhile()
{
    TrimClock clock;
    TrimClock::Time now{};
    QVERIFY(clock.isDue(now));
    QVERIFY(!clock.isDue(now));
    now += TrimClock::kPause - std::chrono::milliseconds(1);
    QVERIFY(!clock.isDue(now));
    now += std::chrono::milliseconds(1);
    QVERIFY(clock.isDue(now));
    QVERIFY(!clock.isDue(now));
    trimHeap(); // harmless at any time
}

void TestQueryRunner::receiverMayDestroyTheRunner()
{
    Gate gate;
    gate.open();
    auto runner = std::make_unique<QueryRunner>(gate.factory());
    runner->ask<TotalsReply>(QStringLiteral("a"), this, question(1),
                             [&runner](TotalsReply) { runner.reset(); });
    QTRY_VERIFY(!runner);
}

QTEST_GUILESS_MAIN(TestQueryRunner)
#include "tst_queryrunner.moc"
