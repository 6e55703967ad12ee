// SPDX-License-Identifier: GPL-3.0-or-later
// Performance: how many operations took how long, as a heatmap beside the percentiles.
#include "tests/widgets/window/windowbench.h"
#include "widgets/charts/heatmapview.h"
#include "widgets/charts/trackstack.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/datatable.h"
#include "widgets/pages/performancepage.h"
#include "widgets/window/livebutton.h"
#include "widgets/window/toolbar.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace telltale;
using namespace std::chrono_literals;

class TestLatencySpread final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { beginWindowTest(m_theme); }
    void init()
    {
        m_bench = std::make_unique<WindowBench>(m_theme);
        m_bench->window->showView(QStringLiteral("performance"));
        page()->latencyView()->setCurrentIndex(1);
        QVERIFY(m_bench->settle());
    }
    void cleanup() { m_bench.reset(); }

    void theSlowestStandAtTheTop()
    {
        QVERIFY(page()->spread()->isVisible() && !page()->latency()->isVisible());
        const HeatGrid grid = page()->spread()->grid();
        QVERIFY(grid.rows.size() > 5);
        QVERIFY(grid.columns.size() >= 40 && grid.columns.size() <= 100);
        QVERIFY(grid.rows.front().label.endsWith(QStringLiteral("\u00a0s")));
        QVERIFY(grid.rows.back().label.endsWith(QStringLiteral("\u00a0ms")));
        QVERIFY(std::accumulate(grid.values.begin(), grid.values.end(), 0.0) > 1000);
        // One crosshair through both.
        QCOMPARE(page()->spread()->plotEdges(), page()->latency()->plotEdges());
    }

    void percentilesComeBack()
    {
        page()->latencyView()->setCurrentIndex(0);
        QVERIFY(m_bench->settle());
        QVERIFY(!page()->spread()->isVisible() && page()->latency()->isVisible());
        QCOMPARE(page()->latency()->data().tracks.size(), std::size_t(3));
    }

    void aCellFilters()
    {
        HeatmapView *map = page()->spread();
        map->setFocus();
        const HeatmapView::Cell cell{2, int(map->grid().columns.size()) - 5};
        const TimeRange range = *map->grid().columns[std::size_t(cell.column)].range;
        map->setCurrentCell(cell);
        QTest::keyClick(map, Qt::Key_Return);
        QVERIFY(m_bench->settle());
        QVERIFY(!m_bench->state->range().isLive);
        QCOMPARE(m_bench->state->resolvedRange(), range);
        const QStringList terms = m_bench->state->filterTerms();
        QCOMPARE(terms.size(), 2);
        QVERIFY(terms[0].startsWith(QStringLiteral("duration:>=")) && terms[1].startsWith(QStringLiteral("duration:<")));
        QCOMPARE(m_bench->window->currentView(), QStringLiteral("performance"));
        m_bench->state->goBack();
        m_bench->state->goBack();
        QVERIFY(m_bench->state->range().isLive);
        QVERIFY(m_bench->state->filter().isEmpty());
    }

    void anOperationNarrowsItToo()
    {
        const auto total = [this] {
            const std::vector<double> &values = page()->spread()->grid().values;
            return std::accumulate(values.begin(), values.end(), 0.0);
        };
        const double all = total();
        page()->operations()->setFocus();
        QTest::keyClick(page()->operations(), Qt::Key_Down);
        QVERIFY(m_bench->settle());
        QVERIFY(page()->spread()->isVisible());
        QVERIFY(total() > 0 && total() < all / 2);
    }

    void silenceIsNotZero()
    {
        m_bench->switches->isSilent = true;
        ++m_bench->switches->dataVersion;
        QTRY_COMPARE(m_bench->window->toolbar()->findChild<LiveButton *>()->lamp(), LampState::Off);
        m_bench->state->setRange(RangeSpec::live(30min));
        QVERIFY(m_bench->settle());
        QVERIFY(std::isnan(page()->spread()->grid().values[page()->spread()->grid().columns.size() - 1]));
        QVERIFY(!std::isnan(page()->spread()->grid().values.front()));
    }

    void nothingFoundIsSaid()
    {
        QVERIFY(m_bench->state->setFilterText(QStringLiteral("release:9.9.9")).has_value());
        QVERIFY(m_bench->settle());
        QVERIFY(!page()->spread()->isVisible());
    }

private:
    PerformancePage *page() const { return qobject_cast<PerformancePage *>(m_bench->window->page(QStringLiteral("performance"))); }

    Theme m_theme;
    std::unique_ptr<WindowBench> m_bench;
};

QTEST_MAIN(TestLatencySpread)
#include "tst_latencyspread.moc"
