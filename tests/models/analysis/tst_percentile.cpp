// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/percentile.h"

#include <QTest>

#include <limits>
#include <random>

using namespace telltale;

class TestPercentile final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothing()
    {
        std::vector<std::int64_t> none;
        QVERIFY(!percentileMs(none, 0.5));
        const std::vector<std::vector<std::int64_t>> lists(3);
        QVERIFY(!percentileMs(lists, 0.5));
    }

    void nearestRank()
    {
        std::vector<std::int64_t> values = {3'000'000, 1'000'000, 2'000'000, 4'000'000};
        QCOMPARE(percentileMs(values, 0.5), 2.0);
        QCOMPARE(percentileMs(values, 0.51), 3.0);
        QCOMPARE(percentileMs(values, 0), 1.0);
        QCOMPARE(percentileMs(values, 1), 4.0);
    }

    /// Several lists say what one with all of their values says.
    void listsLikeOne()
    {
        std::mt19937_64 random(5);
        constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
        constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();
        const std::vector<std::pair<std::int64_t, std::int64_t>> spans = {
            {7, 7}, {0, 1}, {0, 30}, {0, 5'000}, {-40, 40}, {0, 1'800'000'000'000}, {kLowest, kHighest}};
        for (int round = 0; round < 200; ++round) {
            const auto [low, high] = spans[static_cast<std::size_t>(round) % spans.size()];
            std::uniform_int_distribution<std::int64_t> value(low, high);
            std::vector<std::vector<std::int64_t>> lists(1 + random() % 5);
            std::vector<std::int64_t> all;
            for (auto &list : lists) {
                for (std::size_t i = random() % 40; i > 0; --i)
                    list.push_back(value(random));
                all.insert(all.end(), list.begin(), list.end());
            }
            for (const double p : {0.0, 0.25, 0.5, 0.75, 0.95, 1.0})
                QCOMPARE(percentileMs(lists, p), percentileMs(all, p));
        }
    }
};

QTEST_APPLESS_MAIN(TestPercentile)
#include "tst_percentile.moc"
