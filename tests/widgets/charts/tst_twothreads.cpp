// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/twothreads.h"

#include <QSemaphore>
#include <QTest>
#include <QThreadPool>

#include <array>
#include <atomic>

using namespace telltale;

class TestTwoThreads final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPartOnce()
    {
        for (const std::size_t count : {0UL, 1UL, 2UL, 7UL, 1000UL}) {
            std::array<std::atomic<int>, 1000> done{};
            onTwoThreads(count, [&](std::size_t part) { ++done[part]; });
            for (std::size_t i = 0; i < done.size(); ++i)
                QCOMPARE(done[i].load(), i < count ? 1 : 0);
        }
    }

    /// A pool that is busy with something long is not waited for.
    void busyPoolIsNotWaitedFor()
    {
        QThreadPool &pool = *QThreadPool::globalInstance();
        QSemaphore held;
        for (int i = 0; i < pool.maxThreadCount(); ++i)
            pool.start([&held] { held.acquire(); });
        std::atomic<int> parts = 0;
        onTwoThreads(8, [&](std::size_t) { ++parts; }); // would not return
        QCOMPARE(parts.load(), 8);
        held.release(pool.maxThreadCount());
        QVERIFY(pool.waitForDone());
        QCOMPARE(parts.load(), 8); // whoever came late found nothing to do
    }
};

QTEST_GUILESS_MAIN(TestTwoThreads)
#include "tst_twothreads.moc"
