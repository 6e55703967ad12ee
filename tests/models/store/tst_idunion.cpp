// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/idunion.h"

#include "models/store/idset.h"
#include "models/store/storedids.h"

#include <QTest>

#include <algorithm>
#include <iterator>
#include <random>
#include <set>

using namespace telltale;

namespace {

std::string stored(const std::set<std::uint32_t> &ids)
{
    std::string bytes;
    IdSet::appendSorted(bytes, std::vector<std::uint32_t>(ids.begin(), ids.end()));
    return bytes;
}

} // namespace

class TestIdUnion final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatSetsSay_data()
    {
        QTest::addColumn<int>("pieces");
        QTest::addColumn<int>("each");
        QTest::addColumn<unsigned>("below");
        QTest::newRow("nothing") << 1 << 0 << 10U;
        QTest::newRow("one") << 1 << 1 << 10U;
        QTest::newRow("few, often the same") << 12 << 20 << 40U;
        QTest::newRow("few, far apart") << 12 << 20 << 4'000'000'000U;
        QTest::newRow("dense") << 8 << 60'000 << 100'000U;
        QTest::newRow("runs") << 3 << 200'000 << 200'000U;
        QTest::newRow("sparse bitmaps") << 5 << 20'000 << 3'000'000U;
        QTest::newRow("many lists of near ids") << 30 << 250 << 9'000U;
        QTest::newRow("many lists of ids a hundred apart") << 30 << 250 << 25'000U;
        QTest::newRow("many lists of far ids") << 12 << 250 << 4'294'967'295U;
        QTest::newRow("long lists") << 6 << 3'000 << 200'000'000U;
    }

    void saysWhatSetsSay()
    {
        QFETCH(int, pieces);
        QFETCH(int, each);
        QFETCH(unsigned, below);
        std::mt19937 random(1);
        IdUnion united, other;
        std::set<std::uint32_t> want, wantOther;
        for (int piece = 0; piece < pieces; ++piece) {
            std::set<std::uint32_t> ids;
            for (int i = 0; i < each; ++i)
                ids.insert(random() % below);
            QVERIFY(united.addStored(stored(ids)));
            want.insert(ids.begin(), ids.end());
            const std::uint32_t single = random() % below;
            united.add(single);
            want.insert(single);
            QCOMPARE(united.count(), std::uint64_t(want.size()));
            if (piece % 2 == 0) {
                QVERIFY(other.addStored(stored(ids)));
                wantOther.insert(ids.begin(), ids.end());
            }
        }
        QVERIFY(united.ids() == std::vector<std::uint32_t>(want.begin(), want.end()));
        for (int i = 0; i < 1000; ++i) {
            const std::uint32_t id = random() % below;
            QCOMPARE(united.contains(id), want.contains(id));
        }
        QCOMPARE(united.countCommon(other), std::uint64_t(wantOther.size()));
        QCOMPARE(other.countCommon(united), std::uint64_t(wantOther.size()));
        QVERIFY(united.common(other) == other.ids() && other.common(united) == other.ids());
        IdUnion rest;
        rest.add(united);
        rest.subtract(other);
        std::vector<std::uint32_t> wantRest;
        std::set_difference(want.begin(), want.end(), wantOther.begin(), wantOther.end(),
                            std::back_inserter(wantRest));
        QVERIFY(rest.ids() == wantRest);
        IdUnion nothing;
        nothing.subtract(united);
        QCOMPARE(nothing.count(), 0U);
        rest.settle();
        QVERIFY(rest.ids() == wantRest);
        rest.add(other);
        QVERIFY(rest.ids() == united.ids());
        IdUnion both;
        both.add(other);
        both.add(united);
        QVERIFY(both.ids() == united.ids());
    }

    void storedSetsAreLookedAtWhereTheyLie_data() { saysWhatSetsSay_data(); }

    void storedSetsAreLookedAtWhereTheyLie()
    {
        QFETCH(int, pieces);
        QFETCH(int, each);
        QFETCH(unsigned, below);
        std::mt19937 random(3);
        for (int piece = 0; piece < pieces; ++piece) {
            std::set<std::uint32_t> ids, some;
            for (int i = 0; i < each; ++i)
                ids.insert(random() % below);
            for (int i = 0; i < 20; ++i) {
                some.insert(random() % below);
                if (!ids.empty())
                    some.insert(*ids.lower_bound(random() % (1 + *ids.rbegin())));
            }
            some.erase(some.begin(), some.lower_bound(random() % below)); // also none
            std::vector<std::uint32_t> want, found;
            std::set_intersection(ids.begin(), ids.end(), some.begin(), some.end(), std::back_inserter(want));
            const std::string bytes = ids.empty() ? std::string() : stored(ids);
            const auto seen =
                StoredIds::look(bytes, std::vector<std::uint32_t>(some.begin(), some.end()), found);
            QVERIFY(seen.isFine);
            QCOMPARE(seen.count, std::uint64_t(ids.size()));
            QVERIFY(found == want);
        }
    }

    void putsTheRightIdInThePlaceOfAnother()
    {
        IdUnion few;
        for (const std::uint32_t id : {9U, 3U, 7U, 3U})
            few.add(id);
        const std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs = {{7, 3}, {8, 1}, {9, 2}};
        few.replace(pairs);
        QVERIFY(few.ids() == std::vector<std::uint32_t>({2, 3}));
        IdUnion many;
        for (std::uint32_t id = 5; id < 9000; ++id)
            many.add(id);
        many.replace(pairs);
        QCOMPARE(many.count(), std::uint64_t(8995 - 3 + 3));
        QVERIFY(many.contains(3) && many.contains(1) && many.contains(2) && !many.contains(8));
    }

    void brokenBytesAreRefused()
    {
        std::mt19937 random(2);
        std::set<std::uint32_t> ids;
        for (int i = 0; i < 200'000; ++i)
            ids.insert(random() % 500'000);
        const std::string good = stored(ids);
        const std::vector<std::uint32_t> some(ids.begin(), std::next(ids.begin(), 500));
        for (std::size_t size = 1; size < good.size(); size += 97) {
            IdUnion cut;
            QVERIFY(!cut.addStored(std::string_view(good).substr(0, size)));
            std::vector<std::uint32_t> found;
            QVERIFY(!StoredIds::look(std::string_view(good).substr(0, size), {}, found).isFine);
        }
        for (int i = 0; i < 2000; ++i) { // whatever it says, it must not run away
            std::string bytes = good.substr(0, 1 + random() % 400);
            bytes[random() % bytes.size()] = static_cast<char>(random());
            IdUnion any;
            (void)any.addStored(bytes);
            QVERIFY(any.count() <= 100'000'000);
            std::vector<std::uint32_t> found;
            (void)StoredIds::look(bytes, some, found);
            QVERIFY(found.size() <= some.size());
        }
    }
};

QTEST_APPLESS_MAIN(TestIdUnion)
#include "tst_idunion.moc"
