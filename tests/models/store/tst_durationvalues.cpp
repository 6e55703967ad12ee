// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/durationvalues.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace telltale;

namespace {

constexpr double kShares[] = {0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.999, 1};

std::vector<std::int64_t> randomValues(std::mt19937_64 &random, int shape, std::size_t count)
{
    std::lognormal_distribution<double> logNormal(17, 2.5);
    std::vector<std::int64_t> values;
    for (std::size_t i = 0; i < count; ++i) {
        switch (shape) {
        case 0: // whole milliseconds
            values.push_back(static_cast<std::int64_t>(20'000 + random() % 1'000'000) * 1'000'000);
            break;
        case 1:
            values.push_back(static_cast<std::int64_t>(logNormal(random)));
            break;
        case 2: // few different ones, of whole seconds
            values.push_back(static_cast<std::int64_t>(random() % 7) * 1'000'000'000);
            break;
        case 3:
            values.push_back(static_cast<std::int64_t>(random() % 100));
            break;
        default: // any there are
            values.push_back(static_cast<std::int64_t>(random() >> (1 + random() % 63)));
        }
    }
    return values;
}

std::int64_t ranked(const std::vector<std::int64_t> &sorted, double share)
{
    const double place = std::ceil(share * static_cast<double>(sorted.size()) - 1e-9);
    return sorted[static_cast<std::size_t>(std::max(1.0, place)) - 1];
}

} // namespace

class TestDurationValues final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ranksAreExact_data()
    {
        QTest::addColumn<int>("shape");
        QTest::newRow("milliseconds") << 0;
        QTest::newRow("log-normal") << 1;
        QTest::newRow("few different ones") << 2;
        QTest::newRow("nanoseconds") << 3;
        QTest::newRow("all there are") << 4;
    }

    /// However they are dealt out: in pieces with and without a table, and alone.
    void ranksAreExact()
    {
        QFETCH(int, shape);
        std::mt19937_64 random(static_cast<unsigned>(shape) + 5);
        for (const std::size_t most : {3U, 200U, 9'000U}) {
            std::vector<std::int64_t> all;
            std::vector<DurationPile> piles(3);
            long double sum = 0;
            for (int piece = 0; piece < 12; ++piece) {
                auto values = randomValues(random, shape, 1 + random() % most);
                all.insert(all.end(), values.begin(), values.end());
                for (const std::int64_t value : values)
                    sum += static_cast<long double>(value);
                DurationPile &pile = piles[static_cast<std::size_t>(piece) % 3];
                if (piece % 4 == 3) {
                    for (const std::int64_t value : values)
                        pile.add(value);
                    continue;
                }
                std::string bytes;
                DurationValues::append(bytes, values);
                QVERIFY(pile.addStored(bytes));
            }
            std::sort(all.begin(), all.end());
            const auto found = DurationPile::quantiles(piles, kShares);
            for (std::size_t i = 0; i < std::size(kShares); ++i)
                QCOMPARE(found[i].value_or(-1), ranked(all, kShares[i]));
            QCOMPARE(piles[0].count() + piles[1].count() + piles[2].count(), std::uint64_t(all.size()));
            if (shape != 4) // beyond 2^64 the plain sum here is rounded
                QCOMPARE(piles[0].sum() + piles[1].sum() + piles[2].sum(), sum);
        }
    }

    void valuesComeBack()
    {
        std::mt19937_64 random(8);
        for (int shape = 0; shape < 5; ++shape) {
            for (const std::size_t count : {1U, 127U, 128U, 5'000U}) {
                auto values = randomValues(random, shape, count);
                std::string bytes;
                DurationValues::append(bytes, values);
                std::vector<std::int64_t> back;
                QVERIFY(DurationValues::read(bytes, back));
                QVERIFY(back == values); // sorted
            }
        }
        std::vector<std::int64_t> ends{std::numeric_limits<std::int64_t>::max(), 0};
        std::string bytes;
        DurationValues::append(bytes, ends);
        std::vector<std::int64_t> back;
        QVERIFY(DurationValues::read(bytes, back));
        QVERIFY(back == ends);
    }

    void nothingHasNoRanks()
    {
        std::string bytes;
        DurationValues::append(bytes, {});
        QVERIFY(bytes.empty());
        DurationPile pile;
        QVERIFY(pile.addStored(bytes));
        QCOMPARE(pile.count(), 0U);
        QVERIFY(!pile.quantiles(kShares).front());
    }

    /// What came from a disk is no reason to read beyond it, nor to take forever.
    void damageIsNoticedOrHarmless()
    {
        std::mt19937_64 random(9);
        for (int i = 0; i < 20'000; ++i) {
            auto values = randomValues(random, i % 5, 1 + random() % 300);
            std::string bytes;
            DurationValues::append(bytes, values);
            for (int hits = 0; hits < 3; ++hits)
                bytes[random() % bytes.size()] = static_cast<char>(random());
            if (random() % 2)
                bytes.resize(random() % bytes.size());
            DurationPile pile;
            if (pile.addStored(bytes))
                (void)pile.quantiles(kShares);
            std::vector<std::int64_t> back;
            if (DurationValues::read(bytes, back))
                QVERIFY(back.size() <= bytes.size());
        }
    }

    void wholeMillisecondsTakeLittleRoom()
    {
        std::mt19937_64 random(10);
        auto values = randomValues(random, 0, 100'000);
        std::string bytes;
        DurationValues::append(bytes, values);
        QVERIFY(bytes.size() < values.size() * 5 / 4);
    }
};

QTEST_APPLESS_MAIN(TestDurationValues)
#include "tst_durationvalues.moc"
