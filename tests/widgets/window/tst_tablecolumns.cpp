// SPDX-License-Identifier: GPL-3.0-or-later
// Columns of lists: which are shown, and what rows are sorted by after the first key.
#include "tests/widgets/window/windowbench.h"
#include "widgets/pages/datatable.h"
#include "widgets/pages/errorspage.h"
#include "widgets/pages/pagememory.h"
#include "widgets/pages/panel.h"
#include "widgets/pages/performancepage.h"
#include "widgets/pages/tablecolumns.h"
#include "widgets/window/statusline.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QStandardItemModel>
#include <QToolButton>

using namespace telltale;

class TestTableColumns final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { beginWindowTest(m_theme); }

    void equalRowsByASecondKey_data()
    {
        QTest::addColumn<Qt::SortOrder>("first");
        QTest::addColumn<Qt::SortOrder>("second");
        QTest::addColumn<QString>("order");
        QTest::newRow("up, up") << Qt::AscendingOrder << Qt::AscendingOrder << QStringLiteral("ab cd");
        QTest::newRow("up, down") << Qt::AscendingOrder << Qt::DescendingOrder << QStringLiteral("ba dc");
        QTest::newRow("down, up") << Qt::DescendingOrder << Qt::AscendingOrder << QStringLiteral("cd ab");
        QTest::newRow("down, down") << Qt::DescendingOrder << Qt::DescendingOrder << QStringLiteral("dc ba");
    }
    void equalRowsByASecondKey()
    {
        QFETCH(Qt::SortOrder, first);
        QFETCH(Qt::SortOrder, second);
        QFETCH(QString, order);
        QStandardItemModel model;
        for (const auto &[name, one, two] : {std::tuple{"b", 1, 2}, {"d", 5, 9}, {"a", 1, 1}, {"c", 5, 3}}) {
            QList<QStandardItem *> row{new QStandardItem(QLatin1String(name)), new QStandardItem, new QStandardItem};
            row[1]->setData(one, Qt::DisplayRole);
            row[2]->setData(two, Qt::DisplayRole);
            model.appendRow(row);
        }
        SortedRows rows;
        rows.setSourceModel(&model);
        rows.setSecondKey(2, second);
        rows.sort(1, first);
        QString found;
        for (int row = 0; row < rows.rowCount(); ++row)
            found += (row == 2 ? QStringLiteral(" ") : QString()) + rows.index(row, 0).data().toString();
        QCOMPARE(found, order);
    }

    void controlAndAClick()
    {
        WindowBench bench(m_theme);
        auto *page = bench.show<PerformancePage>("performance");
        DataTable *table = page->operations();
        clickOn(table, OperationModel::Count, Qt::NoModifier);
        QCOMPARE(table->horizontalHeader()->sortIndicatorSection(), int(OperationModel::Count));
        clickOn(table, OperationModel::P95, Qt::ControlModifier);
        QCOMPARE(table->horizontalHeader()->sortIndicatorSection(), int(OperationModel::Count)); // still the first
        QCOMPARE(table->sorted()->secondColumn(), int(OperationModel::P95));
        QVERIFY(bench.window->statusLine()->announced().contains(QLatin1String(", then by ")));
        QVERIFY(table->model()->headerData(OperationModel::P95, Qt::Horizontal).toString().contains(QChar(0xb2)));
        const auto before = table->sorted()->secondOrder();
        clickOn(table, OperationModel::P95, Qt::ControlModifier);
        QVERIFY(table->sorted()->secondOrder() != before);
        clickOn(table, OperationModel::P95, Qt::NoModifier); // now it is the first one
        QCOMPARE(table->sorted()->secondColumn(), -1);
    }

    void theSecondKeyByTheMenu()
    {
        WindowBench bench(m_theme);
        auto *page = bench.show<PerformancePage>("performance");
        DataTable *table = page->operations();
        table->sortByColumn(OperationModel::Count, Qt::DescendingOrder);
        QMenu *menu = table->columns()->secondMenu();
        Q_EMIT menu->aboutToShow();
        QVERIFY(actionOf(menu, OperationModel::P50));
        QVERIFY(!actionOf(menu, OperationModel::Count)); // is the first
        actionOf(menu, OperationModel::P50)->trigger();
        QCOMPARE(table->sorted()->secondColumn(), int(OperationModel::P50));
        Q_EMIT menu->aboutToShow();
        menu->actions().back()->trigger();
        QCOMPARE(table->sorted()->secondColumn(), -1);
        // The panel has it for keys.
        bool isInPanel = false;
        for (const Panel *panel : page->findChildren<Panel *>())
            isInPanel = isInPanel || (panel->menuButton()->menu() && panel->menuButton()->menu()->actions().contains(menu->menuAction()));
        QVERIFY(isInPanel);
    }

    void columnsAreHidden()
    {
        WindowBench bench(m_theme);
        auto *page = bench.show<PerformancePage>("performance");
        DataTable *table = page->operations();
        QMenu *menu = table->columns()->columnsMenu();
        Q_EMIT menu->aboutToShow();
        QVERIFY(!actionOf(menu, OperationModel::Operation)->isEnabled()); // names stay
        actionOf(menu, OperationModel::P50)->trigger();
        QVERIFY(table->isColumnHidden(OperationModel::P50));
        bench.window->resize(1600, 900); // room for everything
        QVERIFY(bench.settle());
        QVERIFY(table->isColumnHidden(OperationModel::P50));
        Q_EMIT menu->aboutToShow();
        QVERIFY(!actionOf(menu, OperationModel::P50)->isChecked());
        actionOf(menu, OperationModel::P50)->trigger();
        QVERIFY(!table->isColumnHidden(OperationModel::P50));
    }

    /// The header has a menu of its own, the rows have that of the panel.
    void aRightClickOnTheHeader()
    {
        WindowBench bench(m_theme);
        auto *page = bench.show<PerformancePage>("performance");
        QWidget *header = page->operations()->horizontalHeader()->viewport();
        QContextMenuEvent event(QContextMenuEvent::Mouse, {20, 8}, header->mapToGlobal(QPoint(20, 8)));
        QApplication::sendEvent(header, &event);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        QCOMPARE(menu->actions().size(), 2);
        QVERIFY(menu->actions().contains(page->operations()->columns()->columnsMenu()->menuAction()));
        menu->close();
    }

    void theWindowRemembers()
    {
        QVariantMap saved;
        {
            WindowBench bench(m_theme);
            auto *page = bench.show<PerformancePage>("performance");
            PageMemory memory(*page);
            QCoreApplication::processEvents();
            page->hide();
            page->show();
            QCoreApplication::processEvents();
            page->operations()->columns()->setWanted(OperationModel::P50, false);
            page->operations()->sortByColumn(OperationModel::Count, Qt::AscendingOrder);
            page->operations()->setSecondKey(OperationModel::P99, Qt::AscendingOrder);
            saved = memory.save();
        }
        WindowBench bench(m_theme);
        auto *page = bench.show<PerformancePage>("performance");
        PageMemory memory(*page);
        page->hide();
        page->show();
        QCoreApplication::processEvents();
        memory.restore(saved);
        QVERIFY(page->operations()->isColumnHidden(OperationModel::P50));
        QVERIFY(!page->operations()->columns()->isWanted(OperationModel::P50));
        QCOMPARE(page->operations()->sorted()->secondColumn(), int(OperationModel::P99));
        QCOMPARE(page->operations()->sorted()->secondOrder(), Qt::AscendingOrder);
    }

    void errorsToo()
    {
        WindowBench bench(m_theme);
        auto *page = bench.show<ErrorsPage>("errors");
        clickOn(page->table(), ErrorGroupModel::State, Qt::NoModifier);
        clickOn(page->table(), ErrorGroupModel::Events, Qt::ControlModifier);
        QVERIFY(bench.window->statusLine()->announced().contains(QLatin1String(", then by ")));
        // Equal states by events, the most first.
        const QAbstractItemModel *model = page->table()->model();
        bool isSeen = false;
        for (int row = 1; row < model->rowCount(); ++row) {
            const auto state = [&](int at) { return model->index(at, ErrorGroupModel::State).data().toString(); };
            const auto events = [&](int at) { return model->index(at, ErrorGroupModel::Events).data(SortRole).toLongLong(); };
            if (state(row) != state(row - 1))
                continue;
            isSeen = true;
            QVERIFY(events(row - 1) >= events(row));
        }
        QVERIFY(isSeen);
        auto *columns = TableColumns::of(page->table());
        QVERIFY(columns);
        columns->setWanted(ErrorGroupModel::Release, false);
        QVERIFY(page->table()->isColumnHidden(ErrorGroupModel::Release));
    }

    void anEdgeFits()
    {
        WindowBench bench(m_theme);
        auto *page = bench.show<PerformancePage>("performance");
        DataTable *table = page->traces();
        table->horizontalHeader()->resizeSection(TraceModel::Duration, 200);
        Q_EMIT table->horizontalHeader()->sectionHandleDoubleClicked(TraceModel::Duration);
        QVERIFY(table->columnWidth(TraceModel::Duration) < 200);
        for (int row = 0; row < table->model()->rowCount(); ++row)
            QVERIFY(table->columnWidth(TraceModel::Duration) >= table->fontMetrics().horizontalAdvance(table->model()->index(row, TraceModel::Duration).data().toString()));
    }

private:
    static void clickOn(QTableView *table, int column, Qt::KeyboardModifiers modifiers)
    {
        const QHeaderView *header = table->horizontalHeader();
        const QPoint at(header->sectionViewportPosition(column) + header->sectionSize(column) / 2, header->height() / 2);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, modifiers, at);
    }
    static QAction *actionOf(const QMenu *menu, int column)
    {
        for (QAction *action : menu->actions()) {
            if (action->data().isValid() && action->data().toInt() == column)
                return action;
        }
        return nullptr;
    }

    Theme m_theme;
};

QTEST_MAIN(TestTableColumns)
#include "tst_tablecolumns.moc"
