// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/distinct.h"
#include "models/analysis/percentile.h"

#include <QTest>

#include <map>
#include <random>
#include <set>

using namespace telltale;

class TestDistinct : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pairsAreThoseOfASet_data();
    void pairsAreThoseOfASet();
    void setsAddUp_data() { pairsAreThoseOfASet_data(); }
    void setsAddUp();
    void manyPairs();
    void borders();
    void seenIdsAndPlaces();
    void nearestRank_data();
    void nearestRank();
};

void TestDistinct::pairsAreThoseOfASet_data()
{
    QTest::addColumn<quint32>("places");
    QTest::addColumn<quint32>("ids");
    QTest::newRow("few") << 3U << 5U;
    QTest::newRow("a small matrix") << 40U << 5000U;
    QTest::newRow("becomes a hash on the way") << 200'000U << 30'000U;
    QTest::newRow("many places") << 4'000'000U << 3U;
    QTest::newRow("large ids") << 2U << 4'000'000'000U;
}

void TestDistinct::pairsAreThoseOfASet()
{
    QFETCH(quint32, places);
    QFETCH(quint32, ids);
    std::mt19937 random(5);
    DistinctPairs pairs;
    std::set<std::pair<std::uint32_t, std::uint32_t>> expected;
    for (std::uint32_t i = 0; i < 60'000; ++i) {
        // Both grow on the way, as they do while records are read.
        const std::uint32_t place =
            static_cast<std::uint32_t>(std::uint64_t(random() % places) * (i + 1) / 60'000);
        const std::uint32_t id = static_cast<std::uint32_t>(std::uint64_t(random() % ids) * (i + 1) / 60'000);
        QCOMPARE(pairs.insert(place, id), expected.insert({place, id}).second);
    }
    QCOMPARE(pairs.size(), expected.size());
}

/// Places of the one are others in the other, as they are when two threads find things in their own order.
void TestDistinct::setsAddUp()
{
    QFETCH(quint32, places);
    QFETCH(quint32, ids);
    std::mt19937 random(6);
    for (const std::uint32_t share : {2U, 1'000U}) { // the other one has half of all, or few
        DistinctPairs pairs, other;
        std::map<std::uint32_t, std::set<std::uint32_t>> expected;
        std::map<std::uint32_t, std::size_t> counts;
        const auto placeOf = [places](std::uint32_t place) { return places - 1 - place; };
        for (std::uint32_t i = 0; i < 60'000; ++i) {
            const std::uint32_t place = random() % places, id = random() % ids;
            if (random() % share == 0) {
                other.insert(place, id);
                expected[placeOf(place)].insert(id);
            } else {
                counts[place] += pairs.insert(place, id);
                expected[place].insert(id);
            }
        }
        pairs.add(other, placeOf,
                  [&counts](std::uint32_t place, std::size_t added) { counts[place] += added; });
        std::size_t size = 0;
        for (const auto &[place, all] : expected) {
            QCOMPARE(counts[place], all.size());
            size += all.size();
        }
        QCOMPARE(pairs.size(), size);
    }
}

/// So many that a large matrix takes less room than a table of them.
void TestDistinct::manyPairs()
{
    DistinctPairs pairs;
    std::uint64_t made = 0;
    for (std::uint32_t id = 0; id < 90'000; ++id) { // ids grow on the way
        for (std::uint32_t place = id % 3; place < 1'800; place += 19) {
            QVERIFY(pairs.insert(place, id));
            ++made;
        }
    }
    QCOMPARE(pairs.size(), std::size_t(made));
    for (std::uint32_t id = 0; id < 90'000; id += 77) {
        QVERIFY(!pairs.insert(id % 3, id));
        QVERIFY(pairs.insert(1'799, id) == ((1'799 - id % 3) % 19 != 0));
    }
}

void TestDistinct::borders()
{
    DistinctPairs pairs;
    for (int round = 0; round < 2; ++round) {
        for (const auto &[place, id] :
             {std::pair(0U, 0U), std::pair(0U, 63U), std::pair(0U, 64U), std::pair(0U, 1023U),
              std::pair(0U, 1024U), std::pair(1U, 0U), std::pair(0xfffffffeU, 0U), std::pair(0U, 0xffffffffU),
              std::pair(0xffffffffU, 0xfffffffeU)})
            QCOMPARE(pairs.insert(place, id), round == 0);
    }
    QCOMPARE(pairs.size(), std::size_t(9));
}

void TestDistinct::seenIdsAndPlaces()
{
    SeenIds seen;
    QVERIFY(!seen.contains(7));
    QVERIFY(seen.insert(7));
    QVERIFY(!seen.insert(7));
    QVERIFY(seen.contains(7));
    QVERIFY(!seen.contains(100'000));
    QCOMPARE(seen.size(), std::size_t(1));
    SeenIds others;
    others.insert(7);
    others.insert(900);
    seen.add(others);
    QVERIFY(seen.contains(7) && seen.contains(900) && !seen.contains(8));
    QCOMPARE(seen.size(), std::size_t(2));
    seen.add(SeenIds());
    QCOMPARE(seen.size(), std::size_t(2));
    PlaceMap places;
    QCOMPARE(places.placeOf(50), 0U);
    QCOMPARE(places.placeOf(3), 1U);
    QCOMPARE(places.placeOf(50), 0U);
    QCOMPARE(places.ids(), (std::vector<std::uint32_t>{50, 3}));
}

void TestDistinct::nearestRank_data()
{
    QTest::addColumn<QList<qint64>>("milliseconds");
    QTest::addColumn<double>("p");
    QTest::addColumn<double>("expected"); // -1: none
    QTest::newRow("none") << QList<qint64>{} << 0.5 << -1.0;
    QTest::newRow("one") << QList<qint64>{7} << 0.9 << 7.0;
    QTest::newRow("middle of two is the lower") << QList<qint64>{2, 1} << 0.5 << 1.0;
    QTest::newRow("middle of three") << QList<qint64>{3, 1, 2} << 0.5 << 2.0;
    QTest::newRow("90 of ten") << QList<qint64>{10, 9, 8, 7, 6, 5, 4, 3, 2, 1} << 0.9 << 9.0;
    QTest::newRow("90 of eleven") << QList<qint64>{11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1} << 0.9 << 10.0;
    QTest::newRow("lowest") << QList<qint64>{5, 4} << 0.0 << 4.0;
    QTest::newRow("highest") << QList<qint64>{5, 4} << 1.0 << 5.0;
}

void TestDistinct::nearestRank()
{
    QFETCH(QList<qint64>, milliseconds);
    QFETCH(double, p);
    QFETCH(double, expected);
    std::vector<std::int64_t> values;
    for (const qint64 ms : milliseconds)
        values.push_back(ms * 1'000'000);
    const auto result = percentileMs(values, p);
    QCOMPARE(result.has_value(), expected >= 0);
    if (result)
        QCOMPARE(*result, expected);
}

QTEST_GUILESS_MAIN(TestDistinct)
#include "tst_distinct.moc"
