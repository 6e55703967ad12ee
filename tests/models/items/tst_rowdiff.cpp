// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/rowdiff.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace telltale;

namespace {

std::vector<std::string> keys(const char *text)
{
    std::vector<std::string> out;
    for (; *text; ++text)
        out.emplace_back(1, *text);
    return out;
}

std::vector<std::string> applied(std::vector<std::string> rows, const RowDiff &diff,
                                 const std::vector<std::string> &after)
{
    for (const RowStep &step : diff.steps) {
        const auto begin = rows.begin() + static_cast<std::ptrdiff_t>(step.first);
        const auto count = static_cast<std::ptrdiff_t>(step.count);
        switch (step.kind) {
        case RowStep::Kind::Remove:
            rows.erase(begin, begin + count);
            break;
        case RowStep::Kind::Insert: {
            const auto from = after.begin() + static_cast<std::ptrdiff_t>(step.first);
            rows.insert(begin, from, from + count);
            break;
        }
        case RowStep::Kind::Move:
            std::rotate(rows.begin() + static_cast<std::ptrdiff_t>(step.to), begin, begin + count);
            break;
        }
    }
    return rows;
}

} // namespace

class TestRowDiff final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void steps_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<int>("steps");
        QTest::addColumn<bool>("isReset");
        QTest::newRow("nothing to nothing") << QByteArray("") << QByteArray("") << 0 << false;
        QTest::newRow("equal") << QByteArray("abc") << QByteArray("abc") << 0 << false;
        QTest::newRow("first rows") << QByteArray("") << QByteArray("abc") << 1 << false;
        QTest::newRow("all gone") << QByteArray("abc") << QByteArray("") << 1 << false;
        QTest::newRow("new at the front") << QByteArray("abc") << QByteArray("xyabc") << 1 << false;
        QTest::newRow("new at the end") << QByteArray("abc") << QByteArray("abcxy") << 1 << false;
        QTest::newRow("a run goes") << QByteArray("abcdef") << QByteArray("aef") << 1 << false;
        QTest::newRow("two runs go") << QByteArray("abcdef") << QByteArray("ad") << 2 << false;
        QTest::newRow("one rises") << QByteArray("abcd") << QByteArray("dabc") << 1 << false;
        QTest::newRow("one falls") << QByteArray("abcd") << QByteArray("bcda") << 1 << false;
        QTest::newRow("a block rises") << QByteArray("abcdef") << QByteArray("defabc") << 1 << false;
        QTest::newRow("everything is new") << QByteArray("abc") << QByteArray("xyz") << 0 << true;
        QTest::newRow("a key repeats") << QByteArray("abc") << QByteArray("abb") << 0 << true;
    }

    void steps()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(int, steps);
        QFETCH(bool, isReset);
        const RowDiff diff = diffRows(keys(before.constData()), keys(after.constData()));
        QCOMPARE(diff.isReset, isReset);
        QCOMPARE(static_cast<int>(diff.steps.size()), steps);
        if (!isReset)
            QVERIFY(applied(keys(before.constData()), diff, keys(after.constData())) ==
                    keys(after.constData()));
    }

    void randomListsArrive()
    {
        std::mt19937 random(7);
        std::vector<std::string> before;
        for (int round = 0; round < 500; ++round) {
            std::vector<std::string> after;
            for (char c = 'a'; c <= 'z'; ++c) {
                if (random() % 3)
                    after.emplace_back(1, c);
            }
            for (unsigned swap = random() % 6; swap > 0; --swap)
                std::swap(after[random() % after.size()], after[random() % after.size()]);
            const RowDiff diff = diffRows(before, after);
            QVERIFY(!diff.isReset && !diff.isReordered);
            QVERIFY(applied(before, diff, after) == after);
            before = after;
        }
    }

    void aNewOrderIsSaidOnce()
    {
        std::vector<std::string> before;
        for (int i = 0; i < 1000; ++i)
            before.push_back(std::to_string(i));
        std::vector<std::string> after(before.rbegin(), before.rend());
        const RowDiff diff = diffRows(before, after);
        QVERIFY(diff.isReordered);
        QVERIFY(diff.steps.empty());
    }
};

QTEST_GUILESS_MAIN(TestRowDiff)
#include "tst_rowdiff.moc"
