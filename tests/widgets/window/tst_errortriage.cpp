// SPDX-License-Identifier: GPL-3.0-or-later
// Deciding about errors in the real window: keys, many at once, the bar, and taking it back.
#include "tests/widgets/window/windowbench.h"
#include "models/items/errorgroupmodel.h"
#include "widgets/controls/banner.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/errordetailview.h"
#include "widgets/pages/errorspage.h"
#include "widgets/pages/errortriage.h"

#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QTest>

using namespace telltale;
using Action = TriageDecision::Action;

namespace {

enum Tab { Unresolved, New, Regressed, Escalating, Resolved, Archived };

} // namespace

class TestErrorTriage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { beginWindowTest(m_theme); }

    void resolvedByAKey()
    {
        WindowBench bench(m_theme);
        ErrorsPage *page = show(bench);
        const int before = page->table()->model()->rowCount();
        const QString group = page->table()->currentIndex().data(KeyRole).toString();
        QTest::keyClick(page->table(), Qt::Key_R);
        QVERIFY(bench.settle());
        QCOMPARE(decisions(bench).size(), std::size_t(1));
        QCOMPARE(decisions(bench).front().action, Action::Resolve);
        QCOMPARE(page->table()->model()->rowCount(), before - 1);
        QVERIFY(page->triage()->bar->isVisible());
        page->tabs()->setCurrentIndex(Resolved);
        QCOMPARE(page->table()->model()->rowCount(), 1);
        QCOMPARE(page->table()->model()->index(0, 0).data(KeyRole).toString(), group);
        QVERIFY(page->detail()->findChild<QWidget *>());
    }

    /// Three steps, and all three taken back by the keyboard, also what was archived until something.
    void threeStepsAndBack()
    {
        WindowBench bench(m_theme);
        ErrorsPage *page = show(bench);
        const auto states = [page] {
            QMap<QString, QString> found;
            auto *source = static_cast<QSortFilterProxyModel *>(page->table()->model())->sourceModel();
            for (int row = 0; row < source->rowCount(); ++row)
                found[source->index(row, 0).data(KeyRole).toString()] = source->index(row, ErrorGroupModel::State).data().toString();
            return found;
        };
        const auto before = states();
        QTest::keyClick(page->table(), Qt::Key_R);
        QVERIFY(bench.settle());
        page->table()->selectRow(0);
        QTest::keyClick(page->table(), Qt::Key_A);
        QVERIFY(bench.settle());
        TriageDecision until;
        until.action = Action::Archive;
        until.events = 100;
        page->tabs()->setCurrentIndex(Archived);
        page->table()->selectAll();
        page->triage()->decide(until);
        QVERIFY(bench.settle());
        QVERIFY(states() != before);
        for (int i = 0; i < 3; ++i) {
            QTest::keyClick(bench.window.get(), Qt::Key_Z, Qt::ControlModifier);
            QVERIFY(bench.settle());
        }
        QCOMPARE(states(), before);
        QVERIFY(!bench.window->changes().canUndo());
        QTest::keyClick(bench.window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(bench.settle());
        QVERIFY(states() != before);
    }

    void manyAtOnce()
    {
        WindowBench bench(m_theme);
        ErrorsPage *page = show(bench);
        const int before = page->table()->model()->rowCount();
        page->table()->selectAll();
        QTest::keyClick(page->table(), Qt::Key_A);
        QVERIFY(bench.settle());
        QCOMPARE(decisions(bench).size(), static_cast<std::size_t>(before));
        auto *undo = page->triage()->bar->findChild<QPushButton *>();
        QVERIFY(undo);
        undo->click();
        QVERIFY(bench.settle());
        QCOMPARE(page->table()->model()->rowCount(), before);
    }

    /// What a filter leaves out is not touched.
    void onlyWhatTheFilterShows()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.state->setFilterText(QStringLiteral("error:TypeError")));
        ErrorsPage *page = show(bench);
        QCOMPARE(page->table()->model()->rowCount(), 1);
        page->table()->selectAll();
        QTest::keyClick(page->table(), Qt::Key_R);
        QVERIFY(bench.settle());
        QCOMPARE(decisions(bench).size(), std::size_t(1));
    }

    void mergedAndTakenApart()
    {
        WindowBench bench(m_theme);
        ErrorsPage *page = show(bench);
        const int before = page->table()->model()->rowCount();
        page->table()->selectAll();
        page->triage()->merge->trigger();
        QVERIFY(bench.settle());
        QCOMPARE(page->table()->model()->rowCount(), 1);
        page->table()->selectAll();
        QVERIFY(page->triage()->unmerge->isEnabled());
        page->triage()->unmerge->trigger();
        QVERIFY(bench.settle());
        QCOMPARE(page->table()->model()->rowCount(), before);
    }

    void whatCanNotBeStoredIsSaid()
    {
        WindowBench bench(m_theme);
        ErrorsPage *page = show(bench);
        const int before = page->table()->model()->rowCount();
        bench.receiver.isRefusing = true;
        QTest::keyClick(page->table(), Qt::Key_R);
        QVERIFY(bench.settle());
        QCOMPARE(page->table()->model()->rowCount(), before);
        QVERIFY(page->triage()->bar->isVisible());
        QVERIFY(!page->triage()->bar->findChild<QPushButton *>());
    }

    void menusHaveTheirVariants()
    {
        WindowBench bench(m_theme);
        ErrorsPage *page = show(bench);
        Q_EMIT page->triage()->resolveMenu->aboutToShow();
        Q_EMIT page->triage()->archiveMenu->aboutToShow();
        QVERIFY(page->triage()->resolveMenu->actions().size() > 3);
        QVERIFY(page->triage()->archiveMenu->actions().size() > 8);
        page->triage()->resolveMenu->actions().at(1)->trigger();
        QVERIFY(bench.settle());
        QVERIFY(decisions(bench).back().isAfter && !decisions(bench).back().release.empty());
    }

private:
    ErrorsPage *show(WindowBench &bench) const
    {
        bench.window->showView(QStringLiteral("errors"));
        const bool isReady = bench.settle();
        Q_ASSERT(isReady);
        Q_UNUSED(isReady);
        return static_cast<ErrorsPage *>(bench.window->page(QStringLiteral("errors")));
    }
    static std::vector<TriageDecision> decisions(WindowBench &bench)
    {
        const std::scoped_lock lock(bench.switches->mutex);
        return bench.switches->decisions;
    }

    Theme m_theme;
};

QTEST_MAIN(TestErrorTriage)
#include "tst_errortriage.moc"
