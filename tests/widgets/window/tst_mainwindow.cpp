// SPDX-License-Identifier: GPL-3.0-or-later
// Drives the real window on the example engine.
#include "tests/widgets/window/windowbench.h"

#include "models/items/itemroles.h"
#include "widgets/controls/banner.h"
#include "widgets/controls/filterchip.h"
#include "widgets/controls/lamp.h"
#include "widgets/controls/searchfield.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/connectpage.h"
#include "widgets/pages/errordetailview.h"
#include "widgets/pages/errorspage.h"
#include "widgets/pages/overviewpage.h"
#include "widgets/pages/sessionspage.h"
#include "widgets/pages/usagepage.h"
#include "widgets/window/chiprow.h"
#include "widgets/window/sidebar.h"
#include "widgets/window/timepicker.h"
#include "widgets/window/toolbar.h"


#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <algorithm>

using namespace telltale;
using namespace std::chrono_literals;

class TestMainWindow final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { beginWindowTest(m_theme); }

    void keysSwitchViews()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        QCOMPARE(bench.window->currentView(), QStringLiteral("overview"));
        const QStringList views = bench.window->views();
        const int keys = std::min(int(views.size()), 9); // settings have Ctrl+,
        for (int i = 0; i < keys; ++i) {
            QTest::keyClick(bench.window.get(), static_cast<Qt::Key>(Qt::Key_1 + i), Qt::ControlModifier);
            QCOMPARE(bench.window->currentView(), views.at(i));
            QVERIFY(bench.settle());
        }
        QTest::keyClick(bench.window.get(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(bench.window->currentView(), views.at(keys - 2));
    }

    /// What nobody sees asks nothing; when it is seen again it catches up.
    void minimisedAsksNothing()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        QSignalSpy answers(bench.queries.get(), &QueryRunner::answered);
        const auto asked = [&answers] {
            return std::any_of(answers.begin(), answers.end(), [](const QVariantList &answer) { return answer.at(0).toString().startsWith(QStringLiteral("overview")); });
        };
        Q_EMIT bench.queries->dataChanged();
        QTRY_VERIFY(asked()); // live: new data is shown
        QVERIFY(bench.settle());
        QTest::qWait(300); // the next change would be shown at once
        bench.window->showMinimized();
        QVERIFY(bench.window->isMinimized());
        QVERIFY(bench.settle());
        answers.clear();
        Q_EMIT bench.queries->dataChanged();
        QVERIFY(bench.settle());
        QVERIFY(!asked());
        bench.window->showNormal();
        QTRY_VERIFY(asked());
    }

    void emptyCacheOpensOnConnect()
    {
        WindowBench bench(m_theme, {1440, 900}, true);
        QTRY_COMPARE(bench.window->currentView(), QStringLiteral("connect"));
        auto *page = static_cast<ConnectPage *>(bench.window->page(QStringLiteral("connect")));
        QVERIFY(!page->hasFirstEvent());
        QVERIFY(!page->openButton()->isVisible());
        bench.receiver.testEvents = 0;
        page->testButton()->click();
        QCOMPARE(bench.receiver.testEvents, 1);
        // The first event of all turns the lamp.
        bench.switches->isEmpty = false;
        ++bench.switches->dataVersion;
        QTRY_VERIFY(page->hasFirstEvent());
        QCOMPARE(page->lamp()->state(), LampState::Live);
        QVERIFY(page->openButton()->isVisible());
        page->openButton()->click();
        QCOMPARE(bench.window->currentView(), QStringLiteral("overview"));
    }

    void oldEventsDoNotTurnTheLamp()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("connect"));
        QVERIFY(bench.settle());
        QTest::qWait(150);
        auto *page = static_cast<ConnectPage *>(bench.window->page(QStringLiteral("connect")));
        QVERIFY(!page->hasFirstEvent());
        QCOMPARE(page->lamp()->state(), LampState::Waiting);
    }

    void refusedOriginsCanBeAllowed()
    {
        WindowBench bench(m_theme, {1440, 900}, true);
        QTRY_COMPARE(bench.window->currentView(), QStringLiteral("connect"));
        ReceiverStatus status = bench.receiver.status();
        status.refusedOrigins = {QStringLiteral("http://localhost:3000")};
        bench.receiver.setStatus(status);
        QPushButton *allow = nullptr;
        const auto buttons = bench.window->findChildren<QPushButton *>();
        for (QPushButton *button : buttons) {
            if (button->text().contains(QStringLiteral("localhost:3000")))
                allow = button;
        }
        QVERIFY(allow);
        allow->click();
        QCOMPARE(bench.receiver.allowed, QStringList{QStringLiteral("http://localhost:3000")});
    }

    void aTakenPortIsSaidAndAnotherOffered()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        ReceiverStatus status = bench.receiver.status();
        status.state = ReceiverStatus::State::Failed;
        status.problem = QStringLiteral("Port 4318 is in use by otelcol (pid 8123).");
        bench.receiver.setStatus(status);
        QVERIFY(bench.window->banner()->isVisible());
        auto *button = bench.window->banner()->findChild<QPushButton *>();
        QVERIFY(button);
        button->click();
        QCOMPARE(bench.receiver.restartedOn, 4319);
    }

    void aLowDiskIsSaidAndGoesAgain()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        ReceiverStatus status = bench.receiver.status();
        status.isDiskLow = true;
        bench.receiver.setStatus(status);
        QVERIFY(bench.window->banner()->isVisible());
        const QString said = bench.window->banner()->accessibleName();
        QVERIFY2(said.contains(QStringLiteral("disk is almost full")), qPrintable(said));
        status.isDiskLow = false;
        bench.receiver.setStatus(status);
        QVERIFY(!bench.window->banner()->isVisible());
    }

    void overviewShowsTheStory()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        auto *page = static_cast<OverviewPage *>(bench.window->page(QStringLiteral("overview")));
        QCOMPARE(page->tiles()->tile(0).figure().value.value(), 2418.0);
        QCOMPARE(page->tracks()->data().tracks.size(), std::size_t(3));
        QCOMPARE(page->features()->plotEdges(), page->tracks()->plotEdges());
        QCOMPARE(page->features()->width(), page->tracks()->width());
        QVERIFY(
            bench.window->sidebar()->viewButton(QStringLiteral("errors"))->accessibleDescription().toInt() >
            0);
    }

    void selectionRecomputesAndCommits()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        auto *page = static_cast<OverviewPage *>(bench.window->page(QStringLiteral("overview")));
        const double whole = page->tiles()->tile(1).figure().value.value();
        const TimeRange selection{StrideEngine::now() - 20min, StrideEngine::now() - 10min};
        bench.state->setSelection(selection);
        QCOMPARE(page->tracks()->selection(), std::optional(selection));
        QTRY_VERIFY(page->tiles()->tile(1).figure().value.value() < whole / 4);
        QTest::keyClick(bench.window.get(), Qt::Key_Escape);
        QVERIFY(!bench.state->selection());
        QTRY_COMPARE(page->tiles()->tile(1).figure().value.value(), whole);
        bench.state->setSelection(selection);
        QTest::keyClick(bench.window.get(), Qt::Key_Return);
        QVERIFY(bench.state->resolvedRange() == selection);
        QTest::keyClick(bench.window.get(), Qt::Key_Left, Qt::AltModifier);
        QVERIFY(bench.state->range().isLive);
    }

    void filterByKeysAndChips()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        Toolbar *toolbar = bench.window->toolbar();
        QTest::keyClick(bench.window.get(), Qt::Key_L, Qt::ControlModifier);
        QVERIFY(toolbar->filterField()->isVisible());
        QTest::keyClicks(toolbar->filterField(), QStringLiteral("colour:red"));
        QTest::keyClick(toolbar->filterField(), Qt::Key_Return);
        QVERIFY(bench.state->filter().isEmpty());
        QVERIFY(!toolbar->filterField()->accessibleDescription().isEmpty());
        toolbar->filterField()->clear();
        QTest::keyClicks(toolbar->filterField(), QStringLiteral("release:4.2.0 os:Android"));
        QTest::keyClick(toolbar->filterField(), Qt::Key_Return);
        QCOMPARE(bench.state->filterTerms().size(), 2);
        QCOMPARE(toolbar->chips()->chips().size(), 2);
        Q_EMIT toolbar->chips()->chips().front()->removeRequested();
        QCOMPARE(bench.state->filterTerms(), QStringList{QStringLiteral("os:Android")});
        QVERIFY(bench.settle());
    }

    void featureRowFilters()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        auto *page = static_cast<OverviewPage *>(bench.window->page(QStringLiteral("overview")));
        Q_EMIT page->features()->rowActivated(1, Qt::NoModifier);
        QCOMPARE(bench.state->filterTerms(), QStringList{QStringLiteral("feature:\"Live route map\"")});
        QVERIFY(bench.settle());
        QCOMPARE(page->features()->grid().rows.size(), std::size_t(1));
    }

    void rangeKeysAndPicker()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        QTest::keyClick(bench.window.get(), Qt::Key_BracketLeft);
        QCOMPARE(bench.state->mode(), ViewState::Mode::History);
        QVERIFY(bench.state->resolvedRange().to == StrideEngine::now() - 60min);
        QTest::keyClick(bench.window.get(), Qt::Key_0);
        QCOMPARE(bench.state->mode(), ViewState::Mode::Live);
        QTest::keyClick(bench.window.get(), Qt::Key_Minus);
        QCOMPARE(bench.state->range().length(), std::chrono::nanoseconds(120min));
        QTest::keyClick(bench.window.get(), Qt::Key_T);
        TimePicker *picker = bench.window->timePicker();
        QVERIFY(picker->isVisible());
        picker->fromField()->clear();
        QTest::keyClicks(picker->fromField(), QStringLiteral("yesterday 17-9"));
        QVERIFY(!picker->applyButton()->isEnabled());
        QVERIFY(!picker->problem().isEmpty());
        picker->fromField()->clear();
        QTest::keyClicks(picker->fromField(), QStringLiteral("yesterday 9-17"));
        QVERIFY(picker->applyButton()->isEnabled());
        QTest::keyClick(picker->fromField(), Qt::Key_Return);
        QVERIFY(!picker->isVisible());
        QVERIFY(bench.state->range().length() == 8h);
        QVERIFY(bench.settle());
    }

    void pauseFreezesAndCounts()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        QTest::keyClick(bench.window.get(), Qt::Key_Space);
        QCOMPARE(bench.state->mode(), ViewState::Mode::Paused);
        QCOMPARE(bench.window->toolbar()->liveButton()->lamp(), LampState::Paused);
        QVERIFY(bench.window->toolbar()->liveButton()->detail().contains(QStringLiteral("14:32:10")));
        QVERIFY(bench.settle());
        const int before = bench.switches->questions;
        for (int i = 0; i < 5; ++i) {
            ++bench.switches->dataVersion;
            QTest::qWait(30);
        }
        QVERIFY(bench.settle());
        // The page asks nothing; sources and counts go on.
        QVERIFY(bench.switches->questions - before <= 6);
        QTest::keyClick(bench.window.get(), Qt::Key_Space);
        QCOMPARE(bench.state->mode(), ViewState::Mode::Live);
    }

    void newDataIsShownAtOnceAndNotTooOften()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        QTest::qWait(300);
        const int before = bench.switches->questions;
        ++bench.switches->dataVersion;
        QTRY_VERIFY_WITH_TIMEOUT(bench.switches->questions > before, 450);
    }

    void hiddenPagesAskNothing()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("errors"));
        QVERIFY(bench.settle());
        for (const QString &view : bench.window->views())
            QCOMPARE(bench.window->page(view)->isActive(), view == u"errors");
    }

    void sessionsListTimelineAndEventsAgree()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("sessions"));
        QVERIFY(bench.settle());
        auto *page = static_cast<SessionsPage *>(bench.window->page(QStringLiteral("sessions")));
        QAbstractItemModelTester tester(page->list()->model(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(page->list()->model()->rowCount() > 100);
        QVERIFY(page->list()->currentIndex().isValid());
        const QString first = page->currentSession();
        QVERIFY(page->timeline()->playhead().has_value()); // where it crashed
        QVERIFY(!page->timeline()->data().gaps.empty());
        const QModelIndex event = page->events()->currentIndex();
        QVERIFY(event.isValid());
        page->events()->setCurrentIndex(page->events()->model()->index(0, 0));
        QCOMPARE(page->timeline()->playhead()->ns, page->timeline()->data().range.from.ns);
        page->timeline()->setFocus();
        QTest::keyClick(page, Qt::Key_J);
        QVERIFY(page->currentSession() != first);
        QVERIFY(bench.settle());
        page->openSession(first);
        QVERIFY(bench.settle());
        QCOMPARE(page->currentSession(), first);
    }

    void searchingSessions()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("sessions"));
        QVERIFY(bench.settle());
        auto *page = static_cast<SessionsPage *>(bench.window->page(QStringLiteral("sessions")));
        const int all = page->list()->model()->rowCount();
        auto *search = static_cast<SearchField *>(page->searchField());
        search->setText(QStringLiteral("release:4.1.3"));
        QTRY_VERIFY(page->list()->model()->rowCount() < all);
        search->setText(QStringLiteral("nonsense:1"));
        QTRY_VERIFY(!search->accessibleDescription().isEmpty());
    }

    void errorsSortSearchAndDetail()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("errors"));
        QVERIFY(bench.settle());
        auto *page = static_cast<ErrorsPage *>(bench.window->page(QStringLiteral("errors")));
        const QAbstractItemModel *model = page->table()->model();
        QVERIFY(model->rowCount() >= 7);
        const auto users = [model](int row) {
            return model->index(row, ErrorGroupModel::Users).data(SortRole).toULongLong();
        };
        for (int row = 1; row < model->rowCount(); ++row)
            QVERIFY(users(row - 1) >= users(row));
        QVERIFY(!page->detail()->sessionId().isEmpty());
        const int unresolved = model->rowCount();
        page->tabs()->setCurrentIndex(1);
        QVERIFY(model->rowCount() < unresolved);
        page->tabs()->setCurrentIndex(0);
        static_cast<SearchField *>(page->searchField())->setText(QStringLiteral("sqlite"));
        QCOMPARE(model->rowCount(), 1);
        static_cast<SearchField *>(page->searchField())->clear();
        const QString session = page->detail()->sessionId();
        QVERIFY(bench.settle());
        Q_EMIT page->detail()->sessionRequested(session);
        QCOMPARE(bench.window->currentView(), QStringLiteral("sessions"));
        QVERIFY(bench.settle());
        QCOMPARE(
            static_cast<SessionsPage *>(bench.window->page(QStringLiteral("sessions")))->currentSession(),
            session);
    }

    void usageShowsFeaturesAndScreens()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("usage"));
        QVERIFY(bench.settle());
        auto *page = static_cast<UsagePage *>(bench.window->page(QStringLiteral("usage")));
        QCOMPARE(page->heatmap()->grid().rows.front().label, QStringLiteral("Start workout"));
        QVERIFY(page->dwell()->rows().size() >= 5);
        page->tabs()->setCurrentIndex(1);
        QVERIFY(bench.settle());
        QCOMPARE(page->heatmap()->grid().rows.front().label, QStringLiteral("Live route map"));
    }

    void noLabelInterpretsText()
    {
        WindowBench bench(m_theme);
        for (const QString &view : bench.window->views()) {
            bench.window->showView(view);
            QVERIFY(bench.settle());
        }
        const auto labels = bench.window->findChildren<QLabel *>();
        for (const QLabel *label : labels)
            QVERIFY2(label->textFormat() == Qt::PlainText || label->text().isEmpty(),
                     qPrintable(label->text()));
    }

    void everyControlHasAName()
    {
        WindowBench bench(m_theme);
        for (const QString &view : bench.window->views()) {
            bench.window->showView(view);
            QVERIFY(bench.settle());
            const auto buttons = bench.window->currentPage()->findChildren<QAbstractButton *>();
            for (const QAbstractButton *button : buttons)
                QVERIFY2(!button->isVisible() || !button->accessibleName().isEmpty() ||
                             !button->text().isEmpty(),
                         button->metaObject()->className());
            const auto fields = bench.window->findChildren<QLineEdit *>();
            for (const QLineEdit *field : fields)
                QVERIFY2(!field->isVisible() || !field->accessibleName().isEmpty(),
                         qPrintable(field->placeholderText()));
        }
    }

    void narrowWindowsGetARail()
    {
        WindowBench bench(m_theme, {1024, 640});
        QVERIFY(bench.settle());
        QVERIFY(bench.window->sidebar()->isRail());
        QCOMPARE(bench.window->width(), 1024);
        for (const QString &view : bench.window->views()) {
            bench.window->showView(view);
            QVERIFY(bench.settle());
            QCOMPARE(bench.window->size(), QSize(1024, 640)); // nothing pushes the window wider
            QVERIFY2(bench.window->currentPage()->minimumSizeHint().width() <=
                         1024 - size::kRailWidth - 2 * size::kWindowMargin,
                     qPrintable(view));
        }
        bench.window->resize(1440, 900);
        QVERIFY(!bench.window->sidebar()->isRail());
    }

private:
    Theme m_theme;
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
