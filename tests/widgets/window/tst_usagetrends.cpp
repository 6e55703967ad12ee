// SPDX-License-Identifier: GPL-3.0-or-later
// The trends of the usage view, in the window.
#include "tests/widgets/window/windowbench.h"
#include "widgets/charts/trackstack.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/panel.h"
#include "widgets/pages/usagepage.h"

#include <QComboBox>
#include <QTest>

using namespace telltale;
using namespace std::chrono_literals;

class TestUsageTrends final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { beginWindowTest(m_theme); }
    void init()
    {
        m_bench = std::make_unique<WindowBench>(m_theme);
        m_bench->window->showView(QStringLiteral("usage"));
        page()->tabs()->setCurrentIndex(2);
        QVERIFY(m_bench->settle());
    }
    void cleanup() { m_bench.reset(); }

    void theMostUsedFeaturesOverTime()
    {
        QVERIFY(page()->trends()->isVisible());
        QVERIFY(!page()->heatmap()->isVisible());
        const TrackStackData data = page()->trends()->data();
        QCOMPARE(data.tracks.size(), std::size_t(6));
        QCOMPARE(data.tracks.front().name, QStringLiteral("Start workout"));
        QVERIFY(!data.tracks.front().previous.empty());
        QVERIFY(!data.previousName.isEmpty());
        QVERIFY(data.now.has_value());
        QCOMPARE(page()->trends()->accessibleName(), QStringLiteral("Active users over time"));
        page()->tabs()->setCurrentIndex(0);
        QVERIFY(m_bench->settle());
        QVERIFY(page()->heatmap()->isVisible() && !page()->trends()->isVisible());
    }

    void whatIsCountedNeedsNoQuestion()
    {
        const double users = page()->trends()->data().tracks.front().values.front();
        const int questions = m_bench->switches->questions;
        page()->trendOf()->setCurrentIndex(2);
        QCOMPARE(page()->trends()->accessibleName(), QStringLiteral("Usage events over time"));
        QVERIFY(page()->trends()->data().tracks.front().values.front() > users);
        QCOMPARE(m_bench->switches->questions.load(), questions);
    }

    void splitByReleaseOrNotAtAll()
    {
        page()->trendBy()->setCurrentIndex(3);
        QVERIFY(m_bench->settle());
        QCOMPARE(page()->trends()->data().tracks.size(), std::size_t(2));
        QCOMPARE(page()->trends()->data().tracks.front().name, QStringLiteral("4.1.3"));
        page()->trendBy()->setCurrentIndex(0);
        QVERIFY(m_bench->settle());
        QCOMPARE(page()->trends()->data().tracks.size(), std::size_t(1));
        QCOMPARE(page()->trends()->data().tracks.front().name, QStringLiteral("Active users"));
        m_bench->state->setComparing(false);
        QVERIFY(m_bench->settle());
        QVERIFY(page()->trends()->data().tracks.front().previous.empty());
    }

    void aRangeIsChosenByDragging()
    {
        const QRect plot = page()->trends()->plotRect(0);
        QTest::mousePress(page()->trends(), Qt::LeftButton, {}, plot.center());
        QTest::mouseMove(page()->trends(), plot.center() + QPoint(80, 0));
        QTest::mouseRelease(page()->trends(), Qt::LeftButton, {}, plot.center() + QPoint(80, 0));
        QVERIFY(m_bench->state->selection().has_value());
        page()->trends()->setFocus();
        QTest::keyClick(page()->trends(), Qt::Key_Return);
        QVERIFY(!m_bench->state->selection().has_value());
        QVERIFY(!m_bench->state->range().isLive);
    }

    void nothingFoundNamesTheFilter()
    {
        QVERIFY(m_bench->state->setFilterText(QStringLiteral("release:9.9.9")).has_value());
        QVERIFY(m_bench->settle());
        QVERIFY(!page()->trends()->isVisible());
        QVERIFY(m_bench->state->setFilterText({}).has_value());
        QVERIFY(m_bench->settle());
        QVERIFY(page()->trends()->isVisible());
    }

private:
    UsagePage *page() const { return static_cast<UsagePage *>(m_bench->window->page(QStringLiteral("usage"))); }

    Theme m_theme;
    std::unique_ptr<WindowBench> m_bench;
};

QTEST_MAIN(TestUsageTrends)
#include "tst_usagetrends.moc"
