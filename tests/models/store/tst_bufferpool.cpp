// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/bufferpool.h"

#include <QTest>

#include <atomic>
#include <cstring>
#include <deque>
#include <thread>
#include <vector>

using namespace telltale;

class TestBufferPool final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsGivenBackIsTakenAgain()
    {
        const auto pool = std::make_shared<BufferPool>();
        char *first = nullptr;
        {
            const BufferPool::Buffer buffer = pool->take(50'000);
            first = buffer.data();
            std::memset(first, 1, 50'000);
            QCOMPARE(pool->kept(), std::size_t(0));
        }
        QVERIFY(pool->kept() >= 50'000);
        const BufferPool::Buffer same = pool->take(40'000);
        QCOMPARE(same.data(), first);
        QCOMPARE(pool->kept(), std::size_t(0));
    }

    void ownersDoNotShare()
    {
        const auto pool = std::make_shared<BufferPool>();
        std::deque<BufferPool::Buffer> buffers;
        for (const std::size_t size : {0, 1, 4096, 4097, 8192, 8193, 262'144, 262'145, 3'000'000}) {
            buffers.push_back(pool->take(size));
            std::memset(buffers.back().data(), static_cast<int>(buffers.size()), size);
        }
        QCOMPARE(buffers[2].data()[4095], char(3));
        QCOMPARE(buffers[3].data()[4096], char(4));
        QCOMPARE(buffers[7].data()[262'144], char(8));
        BufferPool::Buffer moved = std::move(buffers[3]);
        QCOMPARE(moved.data()[4096], char(4));
        QCOMPARE(buffers[3].data(), nullptr);
    }

    void keepsNoMoreThanItMay()
    {
        const auto pool = std::make_shared<BufferPool>();
        {
            std::vector<BufferPool::Buffer> many;
            for (int i = 0; i < 200; ++i)
                many.push_back(pool->take(100'000));
        }
        QVERIFY(pool->kept() > 0);
        QVERIFY(pool->kept() <= BufferPool::kMostKept);
    }

    /// Thousands of small ones are remembered: what they take is known, and not much more than what is in them.
    void roomIsWithinTwiceWhatIsAskedFor()
    {
        for (const std::size_t size : {200, 400, 800, 1'200, 4'097, 100'000, 262'144, 300'000}) {
            QVERIFY(BufferPool::roomFor(size) >= size);
            QVERIFY(BufferPool::roomFor(size) <= 2 * size);
        }
        QCOMPARE(BufferPool::roomFor(300'000), std::size_t(300'000));
    }

    void livesAsLongAsItsBuffers()
    {
        auto pool = std::make_shared<BufferPool>();
        const std::weak_ptr<BufferPool> watched = pool;
        {
            const BufferPool::Buffer buffer = pool->take(10);
            pool.reset();
            buffer.data()[9] = 1;
            QVERIFY(!watched.expired());
        }
        QVERIFY(watched.expired());
    }

    void fromManyThreads()
    {
        const auto pool = std::make_shared<BufferPool>();
        std::atomic<int> wrong = 0;
        std::vector<std::thread> threads;
        for (char name = 1; name <= 4; ++name) {
            threads.emplace_back([&, name] {
                for (std::size_t i = 0; i < 2000; ++i) {
                    const std::size_t size = 1 + i * 37 % 60'000;
                    const BufferPool::Buffer buffer = pool->take(size);
                    buffer.data()[0] = buffer.data()[size - 1] = name;
                    std::this_thread::yield();
                    wrong += buffer.data()[0] != name || buffer.data()[size - 1] != name;
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(wrong.load(), 0);
    }
};

QTEST_APPLESS_MAIN(TestBufferPool)
#include "tst_bufferpool.moc"
