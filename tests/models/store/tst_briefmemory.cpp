// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/briefmemory.h"

#include <QTest>

#include <random>

using namespace telltale;

class TestBriefMemory final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void remembersAndForgets()
    {
        BriefMemory memory;
        QVERIFY(!memory.isRepeat({1, 2}));
        QVERIFY(memory.isRepeat({1, 2}));
        QVERIFY(!memory.isRepeat({2, 1}));
        QVERIFY(!memory.isRepeat({0, 0}));
        QVERIFY(memory.isRepeat({0, 0}));
        memory.forget();
        QVERIFY(!memory.isRepeat({1, 2}));
    }

    /// The latest, as many as it says; those long before come anew.
    void theLatestOnly()
    {
        BriefMemory memory;
        std::mt19937_64 random(7);
        std::vector<DeliveryKey> keys;
        for (std::size_t i = 0; i < 3 * BriefMemory::kMostOfOne; ++i)
            keys.push_back({random(), random()});
        for (const DeliveryKey &key : keys)
            QVERIFY(!memory.isRepeat(key));
        for (std::size_t i = keys.size() - BriefMemory::kMostOfOne; i < keys.size(); ++i)
            QVERIFY(memory.isRepeat(keys[i]));
        QVERIFY(!memory.isRepeat(keys.front()));
    }

    /// Ids that differ in a few bits only, as counters make them.
    void alike()
    {
        BriefMemory memory;
        for (std::uint64_t high = 0; high < 256; ++high) {
            for (std::uint64_t low = 0; low < 256; ++low)
                QVERIFY(!memory.isRepeat({high, low << 48U}));
        }
    }
};

QTEST_APPLESS_MAIN(TestBriefMemory)
#include "tst_briefmemory.moc"
