// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/durationvalues.h"

#include <QTest>

#include <algorithm>
#include <array>
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
    /// A pile with the values around its quantiles alone answers as the whole one, also when some more come, and together with
    /// others.
    void narrowPilesAnswerTheSame_data() { ranksAreExact_data(); }
    void narrowPilesAnswerTheSame()
    {
        QFETCH(int, shape);
        std::mt19937_64 random(20);
        constexpr double kAsked[] = {0.5, 0.95};
        std::vector<DurationPile> whole(3), narrow;
        for (std::size_t i = 0; i < whole.size(); ++i) {
            for (const std::size_t count : {20'000U, 50U, 300U}) {
                std::vector<std::int64_t> values = randomValues(random, shape, i == 1 ? 40 : count);
                std::string bytes;
                DurationValues::append(bytes, values);
                QVERIFY(whole[i].addStored(bytes));
            }
            whole[i].add(7'000'000);
        }
        const auto forAll = DurationPile::bucketsFor(whole, kAsked, 1);
        for (const DurationPile &pile : whole) {
            auto wanted = DurationPile::bucketsFor(std::span(&pile, 1), kAsked, 1);
            wanted.insert(wanted.end(), forAll.begin(), forAll.end());
            narrow.push_back(pile.narrowed(wanted));
            QCOMPARE(narrow.back().count(), pile.count());
            QVERIFY(narrow.back().sum() == pile.sum());
            QVERIFY(narrow.back().hasBuckets(wanted));
            QVERIFY(narrow.back().quantiles(kAsked) == pile.quantiles(kAsked));
        }
        QVERIFY(DurationPile::quantiles(narrow, kAsked) == DurationPile::quantiles(whole, kAsked));
        QVERIFY(narrow[1].quantiles(kShares) == whole[1].quantiles(kShares)); // small ones keep all
        for (const std::int64_t more : randomValues(random, shape, 10)) {
            narrow[0].add(more);
            whole[0].add(more);
        }
        const auto needed = DurationPile::bucketsFor(whole, kAsked);
        QVERIFY(DurationPile::bucketsFor(narrow, kAsked) == needed);
        if (narrow[0].hasBuckets(needed) && narrow[2].hasBuckets(needed))
            QVERIFY(DurationPile::quantiles(narrow, kAsked) == DurationPile::quantiles(whole, kAsked));
    }

    void aNarrowPileSaysWhatItLacks()
    {
        std::vector<std::int64_t> values;
        for (std::int64_t i = 0; i < 10'000; ++i)
            values.push_back(i * 1'000'000);
        std::string bytes;
        DurationValues::append(bytes, values);
        DurationPile pile;
        QVERIFY(pile.addStored(bytes));
        constexpr double kMiddle[] = {0.5}, kLow[] = {0.1};
        const auto middle = DurationPile::bucketsFor(std::span(&pile, 1), kMiddle);
        const auto low = DurationPile::bucketsFor(std::span(&pile, 1), kLow);
        QVERIFY(pile.hasBuckets(middle) && pile.hasBuckets(low));
        const DurationPile narrow = pile.narrowed(middle);
        QVERIFY(narrow.hasBuckets(middle));
        QVERIFY(!narrow.hasBuckets(low));
        QVERIFY(narrow.hasBuckets(std::array<DurationPile::Bucket, 1>{0}) == false); // the value 0 is there
        QVERIFY(narrow.hasBuckets(std::array<DurationPile::Bucket, 1>{1}));          // nothing is in there
        QVERIFY(narrow.bytes() < 12'000);
        QVERIFY(narrow.bytes() < pile.bytes());
        QVERIFY(DurationPile::bucketsFor({}, kMiddle).empty());
    }

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
