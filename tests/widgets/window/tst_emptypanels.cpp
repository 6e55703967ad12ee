// SPDX-License-Identifier: GPL-3.0-or-later
// What panels say that have nothing to show: no answer, nothing found, nothing received any more.
#include "tests/widgets/window/windowbench.h"
#include "models/items/itemroles.h"
#include "widgets/charts/heatmapview.h"
#include "widgets/charts/trackstack.h"
#include "widgets/controls/codeview.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/errordetailview.h"
#include "widgets/pages/errorspage.h"
#include "widgets/pages/explanation.h"
#include "widgets/pages/kpirow.h"
#include "widgets/pages/overviewpage.h"
#include "widgets/pages/panel.h"
#include "widgets/pages/sessionspage.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <cmath>

using namespace telltale;
using namespace std::chrono_literals;

class TestEmptyPanels final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { beginWindowTest(m_theme); }

    void failuresAreSaidInThePanelAndCanBeRetried()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("usage"));
        QVERIFY(bench.settle());
        Panel *failed = failedPanel(bench);
        QVERIFY(failed);
        bench.switches->isFailing = false;
        QSignalSpy retry(failed, &Panel::retryRequested);
        buttonOf(failed, "Try again")->click();
        QCOMPARE(retry.count(), 1);
        QTRY_VERIFY(failed->isShowingBody());
    }

    void detailsOfAFailureNameTheQuestion()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("usage"));
        QVERIFY(bench.settle());
        Panel *failed = failedPanel(bench);
        QVERIFY(failed);
        buttonOf(failed, "Details")->click();
        auto *dialog = bench.window->findChild<ExplanationDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(dialog->windowTitle().contains(failed->accessibleName()));
        const auto codes = dialog->findChildren<CodeView *>();
        QCOMPARE(codes.size(), 1);
        QVERIFY2(codes.front()->code().startsWith(QStringLiteral("telltale query ")), qPrintable(codes.front()->code()));
        QStringList words;
        for (const PlainLabel *label : dialog->findChildren<PlainLabel *>())
            words << label->text();
        QVERIFY2(words.contains(QStringLiteral("The cache file is locked by another program.")), qPrintable(words.join(u'|')));
        QVERIFY(!words.filter(QStringLiteral("What has no answer: ")).isEmpty());
        QVERIFY(words.filter(QStringLiteral("How it was answered")).isEmpty());
    }

    void figuresThatWereNotReadAreNotTakenForNew()
    {
        WindowBench bench(m_theme);
        auto *page = static_cast<OverviewPage *>(bench.window->page(QStringLiteral("overview")));
        QVERIFY(bench.settle());
        const QString figure = page->tiles()->tile(0).accessibleDescription();
        QVERIFY2(figure.contains(QStringLiteral("60")), qPrintable(figure));
        QVERIFY(failedPanel(bench));
        for (int i = 0; i < KpiRow::kTiles; ++i)
            QCOMPARE(page->tiles()->tile(i).accessibleDescription(), QStringLiteral("Could not be read"));
        bench.switches->isFailing = false;
        bench.state->setRange(RangeSpec::live(60min));
        QVERIFY(bench.settle());
        QCOMPARE(page->tiles()->tile(0).accessibleDescription(), figure);
    }

    void nothingFoundNamesTheFilter()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        QVERIFY(bench.state->setFilterText(QStringLiteral("release:9.9.9")).has_value());
        QVERIFY(bench.settle());
        const auto panels = bench.window->currentPage()->findChildren<Panel *>();
        int empty = 0;
        for (Panel *panel : panels)
            empty += panel->isShowingBody() ? 0 : 1;
        QVERIFY(empty >= 3);
        Q_EMIT panels.front()->actionRequested();
        QVERIFY(bench.state->filter().isEmpty());
    }

    void noErrorIsShownBesideAListWithoutIt()
    {
        WindowBench bench(m_theme);
        auto *page = static_cast<ErrorsPage *>(bench.window->page(QStringLiteral("errors")));
        bench.window->showView(QStringLiteral("errors"));
        QVERIFY(bench.settle());
        QVERIFY(page->detail()->isVisible());
        const QString other = page->table()->model()->index(1, 0).data(KeyRole).toString();
        QVERIFY(bench.state->setFilterText(QStringLiteral("release:9.9.9")).has_value());
        QVERIFY(bench.settle());
        QVERIFY(!page->detail()->isVisible());
        QVERIFY(page->currentGroup().isEmpty());
        // But one that was asked for from elsewhere stays.
        page->openGroup(other);
        QVERIFY(bench.settle());
        QCOMPARE(page->currentGroup(), other);
        QVERIFY(page->detail()->isVisible());
    }

    void noSessionCountsNothing()
    {
        WindowBench bench(m_theme);
        auto *page = static_cast<SessionsPage *>(bench.window->page(QStringLiteral("sessions")));
        bench.window->showView(QStringLiteral("sessions"));
        QVERIFY(bench.settle());
        const SegmentedControl *categories = nullptr;
        for (const SegmentedControl *control : page->findChildren<SegmentedControl *>()) {
            if (control->isVisible())
                categories = control;
        }
        QVERIFY(categories && categories->countAt(0) > 0);
        QVERIFY(bench.state->setFilterText(QStringLiteral("release:9.9.9")).has_value());
        QVERIFY(bench.settle());
        for (int i = 0; i < categories->count(); ++i)
            QCOMPARE(categories->countAt(i), -1);
        QVERIFY(bench.state->setFilterText({}).has_value());
        QVERIFY(bench.settle());
        QVERIFY(categories->countAt(0) > 0);
    }

    void silenceIsNotZero()
    {
        WindowBench bench(m_theme);
        auto *page = static_cast<OverviewPage *>(bench.window->page(QStringLiteral("overview")));
        bench.switches->isSilent = true;
        ++bench.switches->dataVersion;
        QTRY_VERIFY(page->tiles()->tile(0).figure().asOf.contains(QStringLiteral("14:24")));
        bench.state->setRange(RangeSpec::live(30min));
        QVERIFY(bench.settle());
        const HeatGrid &grid = page->features()->grid();
        int unknown = 0;
        for (std::size_t column = 0; column < grid.columns.size(); ++column) {
            const bool isSilent = grid.columns[column].range->from >= StrideEngine::now() - 8min - 5s;
            QCOMPARE(std::isnan(grid.values[column]), isSilent); // of the first row
            unknown += isSilent ? 1 : 0;
        }
        QVERIFY(unknown >= 7);
        QVERIFY(page->features()->cellText({0, int(grid.columns.size()) - 1}).contains(QStringLiteral("nothing received")));
        QCOMPARE(page->tracks()->data().gaps.size(), std::size_t(1));
        for (const Track &track : page->tracks()->data().tracks)
            QVERIFY(std::isnan(track.values.back()) && std::isfinite(track.values.front()));
        // History has no such end: what it shows was received or not there.
        bench.state->setRange(RangeSpec::history({StrideEngine::now() - 30min, StrideEngine::now() - 1min}));
        QVERIFY(bench.settle());
        QVERIFY(page->tracks()->data().gaps.empty());
        QVERIFY(!std::isnan(page->features()->grid().values.back()));
    }

private:
    /// Makes the questions fail and gives a panel that says so.
    static Panel *failedPanel(WindowBench &bench)
    {
        bench.switches->isFailing = true;
        bench.state->setRange(RangeSpec::live(15min));
        if (!bench.settle())
            return nullptr;
        for (Panel *panel : bench.window->currentPage()->findChildren<Panel *>()) {
            if (!panel->isShowingBody())
                return panel;
        }
        return nullptr;
    }
    static QPushButton *buttonOf(const Panel *panel, const char *text)
    {
        for (QPushButton *button : panel->findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text() == QLatin1String(text))
                return button;
        }
        return nullptr;
    }

    Theme m_theme;
};

QTEST_MAIN(TestEmptyPanels)
#include "tst_emptypanels.moc"
