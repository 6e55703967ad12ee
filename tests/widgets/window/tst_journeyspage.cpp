// SPDX-License-Identifier: GPL-3.0-or-later
// Who gets to the end, who comes back, and on which ways, in the real window.
#include "models/items/itemtext.h"
#include "tests/widgets/window/windowbench.h"
#include "widgets/controls/filterchip.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/journeyspage.h"
#include "widgets/pages/pathstab.h"
#include "widgets/pages/sessionspage.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace telltale;
using namespace std::chrono_literals;

class TestJourneysPage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { beginWindowTest(m_theme); }

    void aFunnelBeginsWithWhatPeopleUse()
    {
        WindowBench bench(m_theme);
        auto *page = bench.show<JourneysPage>("journeys");
        QCOMPARE(page->steps().rowCount(), 4);
        QCOMPARE(page->funnel()->steps().size(), std::size_t(4));
        QVERIFY(page->funnel()->barRect(0).width() > page->funnel()->barRect(1).width());
        QVERIFY(page->funnel()->summary().contains(page->funnel()->steps().back().name));
        QCOMPARE(page->funnel()->table().rows.size(), std::size_t(4));
    }

    void stepsAreAddedMovedAndRemovedByKeys()
    {
        WindowBench bench(m_theme);
        auto *page = bench.show<JourneysPage>("journeys");
        QAbstractItemModelTester tester(&page->steps(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QStringList before = page->steps().names();
        page->stepChoice()->lineEdit()->setText(QStringLiteral("Settings"));
        QTest::keyClick(page->stepChoice()->lineEdit(), Qt::Key_Return);
        QCOMPARE(page->steps().names(), before + QStringList{QStringLiteral("Settings")});
        page->stepList()->setFocus();
        QTest::keyClick(page->stepList(), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(page->steps().names().at(3), QStringLiteral("Settings"));
        QTest::keyClick(page->stepList(), Qt::Key_Delete);
        QCOMPARE(page->steps().names(), before);
        QVERIFY(bench.settle());
        QCOMPARE(page->funnel()->steps().size(), std::size_t(4));
        while (page->steps().rowCount() > 0)
            page->steps().remove(0);
        QVERIFY(bench.settle());
        QCOMPARE(page->steps().rowCount(), 0); // what somebody emptied stays empty
    }

    void cohortsAreWeighted()
    {
        CohortModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRows({{"2025-11-03", 100, 0, 100, false}, {"2025-11-03", 100, 1, 50, false}, {"2025-11-10", 300, 0, 300, false},
                       {"2025-11-10", 300, 1, 30, false}, {"2025-11-17", 10, 0, 10, true}});
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(model.columnCount(), 4);
        QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("410"));
        QCOMPARE(model.index(0, 3).data(CohortModel::ShareRole).toDouble(), 0.2); // 80 of 400
        QCOMPARE(model.index(3, 2).data(CohortModel::UnfinishedRole).toBool(), true);
        QCOMPARE(model.index(3, 0).data(CohortModel::FewRole).toBool(), true);
        QVERIFY(!model.index(3, 3).data(CohortModel::ShareRole).isValid());
        model.setRows({});
        QCOMPARE(model.rowCount(), 0);
    }

    void retentionFollowsThePeriod()
    {
        WindowBench bench(m_theme);
        auto *page = bench.show<JourneysPage>("journeys");
        bench.state->setRange(RangeSpec::live(70 * 24h));
        page->tabs()->setCurrentIndex(1);
        QVERIFY(bench.settle());
        const int weeks = page->cohorts().rowCount();
        page->periods()->setCurrentIndex(2);
        QVERIFY(bench.settle());
        QVERIFY(page->cohorts().rowCount() < weeks);
    }

    void pathsFollowWhatIsChosen()
    {
        WindowBench bench(m_theme);
        auto *page = bench.show<JourneysPage>("journeys");
        page->tabs()->setCurrentIndex(2);
        QVERIFY(bench.settle());
        PathsTab *tab = page->paths();
        const PathFlowData all = tab->flow()->data();
        QCOMPARE(all.steps.size(), std::size_t(4));
        QCOMPARE(all.steps[0].size(), std::size_t(7)); // six and the others
        QVERIFY(all.steps[0].back().kind == PathFlowData::Kind::Other);
        tab->depths()->setCurrentIndex(3);
        QVERIFY(bench.settle());
        QCOMPARE(tab->flow()->data().steps.size(), std::size_t(6));
        tab->kinds()->setCurrentIndex(0);
        QVERIFY(bench.settle());
        for (const auto &nodes : tab->flow()->data().steps) {
            for (const PathFlowData::Node &node : nodes)
                QVERIFY(node.kind != PathFlowData::Kind::Feature);
        }
        tab->place()->lineEdit()->setText(QStringLiteral("Workout"));
        QTest::keyClick(tab->place()->lineEdit(), Qt::Key_Return);
        QVERIFY(bench.settle());
        QCOMPARE(tab->flow()->data().steps[0].size(), std::size_t(1));
        QCOMPARE(tab->flow()->data().steps[0][0].name, QStringLiteral("Workout"));
        QVERIFY(!tab->flow()->data().isBackwards);
        tab->directions()->setCurrentIndex(1);
        QVERIFY(bench.settle());
        QVERIFY(tab->flow()->data().isBackwards);
        const PathsAsked asked = tab->asked();
        QCOMPARE(asked.anchor, std::string("Workout"));
        QVERIFY(asked.isBackwards && asked.of == PathOf::Screens && asked.collapsesRepeats);
        tab->collapse()->toggle();
        QVERIFY(!tab->asked().collapsesRepeats);
        QVERIFY(bench.settle());
    }

    void aStepOfAPathLeadsToItsSessions()
    {
        WindowBench bench(m_theme);
        auto *page = bench.show<JourneysPage>("journeys");
        page->tabs()->setCurrentIndex(2);
        QVERIFY(bench.settle());
        PathFlow *flow = page->paths()->flow();
        flow->setFocus();
        QTest::keyClick(flow, Qt::Key_Right);
        QTest::keyClick(flow, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(bench.window->currentView(), QStringLiteral("journeys"));
        const QString first = flow->data().steps[0][0].name;
        QCOMPARE(bench.state->filterTerms(), QStringList{QStringLiteral("screen:") + first});
        QVERIFY(bench.settle());
        Q_EMIT flow->linkActivated(0, true); // the filter can only say where it leads
        QCOMPARE(bench.state->filterTerms().size(), 2);
        bench.state->removeFilterTerm(1);
        QVERIFY(bench.settle());

        const PathFlowData::Link link = flow->data().links[0];
        const QString from = flow->data().steps[0][std::size_t(link.from)].name, to = flow->data().steps[1][std::size_t(link.to)].name;
        Q_EMIT flow->linkActivated(0, false); // exactly those that made the step
        QCOMPARE(bench.window->currentView(), QStringLiteral("sessions"));
        QVERIFY(bench.settle());
        auto *sessions = static_cast<SessionsPage *>(bench.window->page(QStringLiteral("sessions")));
        QVERIFY(sessions->stepChip());
        QVERIFY(sessions->stepChip()->text().startsWith(from + QStringLiteral(" → ") + to));
        const auto counted = [&] { return sessions->countText(); };
        QVERIFY2(counted().startsWith(itemtext::count(std::uint64_t(link.sessions)) + u' '), qPrintable(counted()));
        QCOMPARE(bench.state->filterTerms().size(), 1);
        sessions->stepChip()->setFocus();
        QTest::keyClick(sessions->stepChip(), Qt::Key_Delete);
        QVERIFY(!sessions->stepChip());
        QVERIFY(bench.settle());
        QVERIFY(!counted().startsWith(itemtext::count(std::uint64_t(link.sessions)) + u' '));

        bench.window->showView(QStringLiteral("journeys"));
        QVERIFY(bench.settle());
        const PathFlowData::Node node = flow->data().steps[1][0];
        Q_EMIT flow->nodeActivated(1, 0, false);
        QVERIFY(bench.settle());
        QVERIFY(sessions->stepChip()->text().startsWith(node.name));
        QVERIFY(counted().startsWith(itemtext::count(std::uint64_t(node.sessions)) + u' '));
    }

    void theStepOfAPathIsPartOfTheWayBack()
    {
        WindowBench bench(m_theme);
        auto *page = bench.show<JourneysPage>("journeys");
        page->tabs()->setCurrentIndex(2);
        QVERIFY(bench.settle());
        const QString other = page->paths()->flow()->data().steps[1][0].name;
        Q_EMIT page->paths()->flow()->nodeActivated(0, 0, false);
        QVERIFY(bench.settle());
        auto *sessions = static_cast<SessionsPage *>(bench.window->page(QStringLiteral("sessions")));
        const QString counted = sessions->countText();
        bench.window->actions().back->trigger(); // one step: view and narrowing went together
        QCOMPARE(bench.window->currentView(), QStringLiteral("journeys"));
        QVERIFY(!bench.state->pathStep());
        Q_EMIT page->paths()->flow()->nodeActivated(1, 0, false);
        QVERIFY(bench.settle());
        QVERIFY(sessions->stepChip()->text().startsWith(other));
        bench.window->showView(QStringLiteral("usage"));
        QVERIFY(bench.state->backNames([](const QString &view) { return view; }).front().endsWith(QStringLiteral(", ") + bench.state->pathStep()->words));
        bench.window->actions().back->trigger();
        QVERIFY(bench.settle());
        QVERIFY(sessions->stepChip()->text().startsWith(other));
        bench.state->clearPathStep();
        QVERIFY(bench.settle());
        QVERIFY(!sessions->stepChip());
        bench.window->actions().back->trigger(); // the chip that was removed is there again
        QVERIFY(bench.settle());
        QVERIFY(sessions->stepChip());
        bench.window->actions().forward->trigger();
        QVERIFY(bench.settle());
        QVERIFY(!sessions->stepChip());
        QVERIFY(sessions->countText() != counted);
    }

    void pathsFromNowhere()
    {
        WindowBench bench(m_theme);
        auto *page = bench.show<JourneysPage>("journeys");
        page->tabs()->setCurrentIndex(2);
        QVERIFY(bench.settle());
        page->paths()->setAnchor(QStringLiteral("Nowhere"), false);
        QVERIFY(bench.settle());
        QVERIFY(!page->paths()->panel()->isShowingBody());
        Q_EMIT page->paths()->panel()->actionRequested(); // back to where sessions begin
        QVERIFY(bench.settle());
        QVERIFY(page->paths()->panel()->isShowingBody());
        bench.switches->isEmpty = true;
        bench.state->setRange(RangeSpec::live(15min));
        QVERIFY(bench.settle());
        QVERIFY(!page->paths()->panel()->isShowingBody());
    }

private:
    Theme m_theme;
};

QTEST_MAIN(TestJourneysPage)
#include "tst_journeyspage.moc"
