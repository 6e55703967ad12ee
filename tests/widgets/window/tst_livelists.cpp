// SPDX-License-Identifier: GPL-3.0-or-later
// Live lists while somebody is at them: nothing moves, what is new waits, and is shown when it is asked for.
#include "tests/widgets/window/windowbench.h"
#include "models/items/heldrows.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/errorspage.h"
#include "widgets/pages/sessionspage.h"

#include <QComboBox>
#include <QEnterEvent>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QTableView>
#include <QTest>

using namespace telltale;

namespace {

void setPointer(QAbstractItemView *view, bool isThere)
{
    const QPointF at(20, 20);
    QEnterEvent enter(at, at, at);
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(view->viewport(), isThere ? static_cast<QEvent *>(&enter) : &leave);
}

QStringList keys(const QAbstractItemView *view)
{
    QStringList all;
    for (int row = 0; row < view->model()->rowCount(); ++row)
        all << view->model()->index(row, 0).data(KeyRole).toString();
    return all;
}

} // namespace

class TestLiveLists final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { beginWindowTest(m_theme); }

    void rowsStayAndTakeTheirNewValues()
    {
        using Row = std::pair<std::string, int>;
        const auto key = [](const Row &row) { return row.first; };
        const std::vector<Row> shown{{"a", 1}, {"b", 2}, {"c", 3}};
        auto held = heldRows(shown, {{"new", 9}, {"c", 30}, {"a", 10}, {"newer", 8}}, key);
        QCOMPARE(held.waiting, std::size_t(2));
        QVERIFY((held.rows == std::vector<Row>{{"a", 10}, {"b", 2}, {"c", 30}})); // b has left and stays as it was
        held = heldRows(shown, {}, key);
        QCOMPARE(held.waiting, std::size_t(0));
        QVERIFY(held.rows == shown);
        held = heldRows<Row>({}, shown, key);
        QCOMPARE(held.waiting, std::size_t(3));
    }

    void errorsUnderThePointerStay()
    {
        WindowBench bench(m_theme);
        auto *page = errors(bench);
        QTableView *table = page->table();
        const QStringList before = keys(table);
        QVERIFY(before.size() > 6);
        setPointer(table, true);
        more(bench, 50);
        QCOMPARE(keys(table), before); // also the one that has most users now
        const QModelIndex last = table->model()->index(table->model()->rowCount() - 1, ErrorGroupModel::Users);
        QVERIFY(last.data(SortRole).toULongLong() > 50'000); // and its figures go on
        QCOMPARE(page->hold()->waiting(), 50);
        QVERIFY(page->hold()->button()->isVisible());
        QCOMPARE(page->hold()->button()->text(), QStringLiteral("50 new errors · show (N)"));
        QCOMPARE(page->tabs()->countAt(0), qint64(before.size() + 50)); // what there is, is said
        bench.window->grab().save(QStringLiteral(TELLTALE_SCREENSHOTS "/live-errors-waiting.png"));
        more(bench, 51);
        QCOMPARE(page->hold()->waiting(), 51);
        QTest::keyClick(table, Qt::Key_N);
        QCOMPARE(table->model()->rowCount(), before.size() + 51);
        QCOMPARE(table->model()->index(0, 0).data().toString(), QStringLiteral("Late50"));
        QVERIFY(!page->hold()->button()->isVisible());
    }

    void theButtonShowsThem()
    {
        WindowBench bench(m_theme);
        auto *page = errors(bench);
        setPointer(page->table(), true);
        more(bench, 1);
        QCOMPARE(page->hold()->button()->text(), QStringLiteral("1 new error · show (N)"));
        QTest::mouseClick(page->hold()->button(), Qt::LeftButton);
        QCOMPARE(page->hold()->waiting(), 0);
        QCOMPARE(page->table()->model()->index(0, 0).data().toString(), QStringLiteral("Late0"));
    }

    void nobodyAtTheListForAWhile()
    {
        WindowBench bench(m_theme);
        auto *page = errors(bench);
        page->hold()->setPatience(1);
        page->searchField()->setFocus(); // the keyboard is elsewhere
        setPointer(page->table(), true);
        more(bench, 3);
        QCOMPARE(page->hold()->waiting(), 3);
        setPointer(page->table(), false);
        QTRY_COMPARE(page->hold()->waiting(), 0);
        QCOMPARE(page->table()->model()->index(0, 0).data().toString(), QStringLiteral("Late2"));
        more(bench, 4); // and go on coming by themselves
        QCOMPARE(page->table()->model()->index(0, 0).data().toString(), QStringLiteral("Late3"));
    }

    void anotherQuestionIsAnsweredAtOnce()
    {
        WindowBench bench(m_theme);
        auto *page = errors(bench);
        setPointer(page->table(), true);
        more(bench, 3);
        QCOMPARE(page->hold()->waiting(), 3);
        bench.state->addFilterTerm(QStringLiteral("release"), QStringLiteral("4.2.0"));
        QVERIFY(bench.settle());
        QCOMPARE(page->hold()->waiting(), 0);
        more(bench, 5);
        QCOMPARE(page->hold()->waiting(), 2);
        page->findChild<QComboBox *>()->setCurrentIndex(1); // so is another order
        QCOMPARE(page->hold()->waiting(), 0);
        more(bench, 6);
        QCOMPARE(page->hold()->waiting(), 1);
        bench.window->showView(QStringLiteral("overview")); // who comes back wants to see what is there
        bench.window->showView(QStringLiteral("errors"));
        QVERIFY(bench.settle());
        bench.window->page(QStringLiteral("errors"))->refreshWhenShown();
        QVERIFY(bench.settle());
        QCOMPARE(page->hold()->waiting(), 0);
    }

    void whatOneDecidesIsSeen()
    {
        WindowBench bench(m_theme);
        auto *page = errors(bench);
        const int rows = page->table()->model()->rowCount();
        setPointer(page->table(), true);
        page->table()->setFocus();
        QTest::keyClick(page->table(), Qt::Key_A);
        QVERIFY(bench.settle());
        QTRY_COMPARE(page->table()->model()->rowCount(), rows - 1);
    }

    void scrolledSessionsStay()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("sessions"));
        QVERIFY(bench.settle());
        auto *page = static_cast<SessionsPage *>(bench.window->page(QStringLiteral("sessions")));
        QListView *list = page->list();
        const QStringList before = keys(list);
        list->verticalScrollBar()->setValue(300);
        const QModelIndex top = list->indexAt({20, 20});
        const QString seen = top.data(KeyRole).toString();
        const QRect at = list->visualRect(top);
        more(bench, 12);
        QCOMPARE(keys(list), before);
        QCOMPARE(list->indexAt({20, 20}).data(KeyRole).toString(), seen);
        QCOMPARE(list->visualRect(list->indexAt({20, 20})), at);
        QCOMPARE(page->hold()->button()->text(), QStringLiteral("12 new sessions · show (N)"));
        QVERIFY(page->countText().startsWith(QString::number(before.size() + 12)));
        bench.window->grab().save(QStringLiteral(TELLTALE_SCREENSHOTS "/live-sessions-waiting.png"));
        QTest::keyClick(list, Qt::Key_N);
        QCOMPARE(list->model()->rowCount(), before.size() + 12);
        QCOMPARE(list->verticalScrollBar()->value(), 0);
        QCOMPARE(list->model()->index(0, 0).data(KeyRole).toString(), QStringLiteral("late11"));
    }

private:
    static ErrorsPage *errors(WindowBench &bench)
    {
        bench.window->showView(QStringLiteral("errors"));
        const bool isSettled = bench.settle();
        Q_ASSERT(isSettled);
        Q_UNUSED(isSettled);
        return static_cast<ErrorsPage *>(bench.window->page(QStringLiteral("errors")));
    }
    /// So many have come since the beginning, and the page asks again as it does for data.
    static void more(WindowBench &bench, int late)
    {
        bench.switches->late = late;
        bench.window->currentPage()->refreshForData();
        QVERIFY(bench.settle());
    }

    Theme m_theme;
};

QTEST_MAIN(TestLiveLists)
#include "tst_livelists.moc"
