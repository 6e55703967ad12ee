// SPDX-License-Identifier: GPL-3.0-or-later
// A list of which only some rows are here.
#include "models/items/rowparts.h"
#include "models/items/sessionlistmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <random>

using namespace telltale;

namespace {

SessionRow session(int number)
{
    SessionRow row;
    row.session = "s" + std::to_string(number);
    row.start = Instant::fromSeconds(1'763'000'000 + number);
    row.end = row.start;
    return row;
}

/// The newest of so many sessions come first.
std::vector<SessionRow> rowsOf(int sessions, int first, int count)
{
    std::vector<SessionRow> rows;
    for (int row = first; row < std::min(first + count, sessions); ++row)
        rows.push_back(session(sessions - 1 - row));
    return rows;
}

} // namespace

class TestSessionList final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Against a plain vector of optional rows.
    void partsAreThoseThatWerePut()
    {
        std::mt19937 random(5);
        for (int round = 0; round < 200; ++round) {
            RowParts<int> parts;
            std::vector<int> plain(120, -1);
            for (int step = 0; step < 25; ++step) {
                const int first = static_cast<int>(random() % 100);
                std::vector<int> rows(random() % 20);
                for (int &row : rows)
                    row = static_cast<int>(random() % 1000);
                std::copy(rows.begin(), rows.end(), plain.begin() + first);
                parts.put(first, rows);
                for (int row = 0; row < 120; ++row) {
                    const int *held = parts.at(row);
                    QCOMPARE(held ? *held : -1, plain[static_cast<std::size_t>(row)]);
                }
                const auto missing = std::find(plain.begin() + 10, plain.begin() + 40, -1);
                QCOMPARE(parts.firstMissing(10, 39), missing == plain.begin() + 40 ? -1 : static_cast<int>(missing - plain.begin()));
            }
            parts.shift(7);
            QVERIFY(!parts.at(6) && (parts.at(7) != nullptr) == (plain[0] != -1));
        }
    }

    void farRowsAreForgotten()
    {
        RowParts<int> parts;
        for (int first = 0; first < 1000; first += 100)
            parts.put(first, std::vector<int>(100, first));
        parts.keepNear(550, 300);
        QVERIFY(parts.at(0) && parts.at(99)); // the top stays
        QVERIFY(parts.at(550) && !parts.at(950) && !parts.at(150));
    }

    void aMillionRows()
    {
        SessionListModel model; // without a tester, which walks over all rows
        const int total = 1'000'000;
        model.setNewest(rowsOf(total, 0, SessionListModel::kPage), total);
        QCOMPARE(model.rowCount(), total);
        QCOMPARE(model.rowsMissing(0, 50), -1);
        QVERIFY(!model.rowAt(700'123) && !model.index(700'123, 0).data().isValid());
        const int wanted = model.rowsMissing(700'123, 700'150);
        QCOMPARE(wanted, 700'123 / SessionListModel::kPage * SessionListModel::kPage);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setRows(wanted, rowsOf(total, wanted, SessionListModel::kPage));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(model.index(700'123, 0).data(KeyRole).toString(), QStringLiteral("s299876"));
        QCOMPARE(model.rowOfKey("s299876"), 700'123);
        // However far somebody scrolls, no more is held than that.
        for (int first = 0; first < total; first += 20'000)
            model.setRows(first, rowsOf(total, first, SessionListModel::kPage));
        std::size_t held = 0;
        for (int row = 0; row < total; row += SessionListModel::kPage)
            held += model.rowAt(row) ? SessionListModel::kPage : 0;
        QVERIFY(held <= SessionListModel::kMostRows);
        QVERIFY(model.rowAt(0));
        QCOMPARE(model.headerData(0, Qt::Vertical, HeldRowsRole).toInt(), SessionListModel::kPage);
    }

    /// What is new is announced, so that selection and scroll bars stay where they are.
    void newOnesComeAtTheTop()
    {
        SessionListModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setNewest(rowsOf(1000, 0, 200), 1000);
        model.setRows(600, rowsOf(1000, 600, 200));
        const QPersistentModelIndex chosen = model.index(650, 0);
        const QString key = chosen.data(KeyRole).toString();
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        QCOMPARE(model.newRows(rowsOf(1003, 0, 200), 1003), 3);
        model.setNewest(rowsOf(1003, 0, 200), 1003);
        QCOMPARE(model.rowCount(), 1003);
        QCOMPARE(chosen.row(), 653);
        QCOMPARE(chosen.data(KeyRole).toString(), key);
        QCOMPARE(model.rowAt(0)->session, std::string("s1002"));
        QCOMPARE(resets.size(), 0);
        // Further down nobody knows where: those rows are asked for again.
        model.setNewest(rowsOf(1003, 0, 200), 990);
        QCOMPARE(model.rowCount(), 990);
        QVERIFY(!model.rowAt(653) && model.rowAt(199));
        QCOMPARE(model.rowsMissing(640, 660), 600);
        // Another list.
        model.setNewest(rowsOf(5, 0, 200), 5);
        QCOMPARE(resets.size(), 1);
        QCOMPARE(model.newRows({}, 0), 0);
        model.setNewest({}, 0);
        QCOMPARE(model.rowCount(), 0);
    }

    void figuresChangeWhereTheyStand()
    {
        SessionListModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setNewest(rowsOf(500, 0, 200), 500);
        model.setRows(400, rowsOf(500, 400, 50));
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        auto rows = rowsOf(503, 0, 200); // three new ones, and one that went on
        rows[13].events = 99;
        model.updateRows(rows);
        QCOMPARE(model.rowCount(), 500);
        QCOMPARE(model.rowAt(10)->events, std::uint64_t(99));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed[0][0].toModelIndex().row(), 10);
        QCOMPARE(changed[0][1].toModelIndex().row(), 10);
        model.updateRows(rows);
        QCOMPARE(changed.size(), 1); // the same again is no news
    }

    void lateAnswers()
    {
        SessionListModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setNewest(rowsOf(300, 0, 200), 300);
        model.setRows(200, rowsOf(500, 200, 200)); // more than there are
        QCOMPARE(model.rowCount(), 300);
        QVERIFY(model.rowAt(299) && !model.rowAt(300));
        model.setRows(400, rowsOf(500, 400, 50));
        QVERIFY(!model.rowAt(400));
        model.setRows(0, {});
        QCOMPARE(model.rowCount(), 300);
    }
};

QTEST_GUILESS_MAIN(TestSessionList)
#include "tst_sessionlist.moc"
