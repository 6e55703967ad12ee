// SPDX-License-Identifier: GPL-3.0-or-later
// What takes long: it says how far it is, can be stopped where it is shown and in the status line, and leaves what was there before.
#include "tests/widgets/window/windowbench.h"
#include "widgets/controls/emptystate.h"
#include "widgets/pages/panel.h"
#include "widgets/pages/waitingbar.h"
#include "widgets/window/joblist.h"
#include "widgets/window/statusline.h"

#include <QMenu>
#include <QPushButton>
#include <QToolButton>

using namespace telltale;
using namespace std::chrono_literals;

class TestLongWork final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { beginWindowTest(m_theme); }

    void aSlowPanelSaysHowFarItIs()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        Panel *panel = panelOf(bench, "Live activity");
        QVERIFY(panel);
        bench.switches->isActivityHeld = true;
        bench.state->setRange(RangeSpec::live(6h));
        QTRY_VERIFY(barOf(panel));
        QCOMPARE(barOf(panel)->text(), QString::fromUtf16(u"Reading 14\u202fM of 38\u202fM records"));
        QCOMPARE(barOf(panel)->button()->accessibleName(), QStringLiteral("Cancel"));
        QVERIFY(panel->isShowingBody()); // the old answer
        look(bench, "overview-slow");
        QVERIFY(panel->contentsRect().contains(barOf(panel)->geometry()));
        bench.switches->isActivityHeld = false;
        QVERIFY(bench.settle());
        QVERIFY(!barOf(panel));
        QVERIFY(!panel->waited());
    }

    void stoppingKeepsWhatWasThere()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        Panel *panel = panelOf(bench, "Errors to look at");
        bench.switches->isHeld = true;
        bench.state->setRange(RangeSpec::live(6h));
        QTRY_VERIFY(barOf(panel));
        QTest::keyClick(barOf(panel)->button(), Qt::Key_Space); // by keys, as well
        QVERIFY(panel->isStopped());
        QVERIFY(panel->isShowingBody());
        QVERIFY(barOf(panel) && barOf(panel)->text().startsWith(QLatin1String("Stopped")));
        QVERIFY(bench.window->statusLine()->announced().contains(QLatin1String("stopped")));
        look(bench, "overview-stopped");
        bench.switches->isHeld = false;
        QVERIFY(bench.settle());
        // More data asks for everything but this.
        bench.window->currentPage()->refreshForData();
        QVERIFY(bench.settle());
        QVERIFY(panel->isStopped());
        QCOMPARE(barOf(panel)->button()->text(), QStringLiteral("Ask again"));
        barOf(panel)->button()->click();
        QVERIFY(bench.settle());
        QVERIFY(!panel->isStopped());
        QVERIFY(!barOf(panel));
    }

    void stoppedBeforeTheFirstAnswer()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        bench.switches->isHeld = true;
        bench.window->showView(QStringLiteral("errors"));
        Panel *panel = panelOf(bench, "Errors");
        QVERIFY(panel);
        QTRY_VERIFY(barOf(panel));
        barOf(panel)->button()->click();
        QVERIFY(panel->isStopped());
        QVERIFY(!panel->isShowingBody());
        const auto states = panel->findChildren<EmptyState *>();
        const auto shown = std::find_if(states.begin(), states.end(), [](const EmptyState *state) { return state->isVisible(); });
        QVERIFY(shown != states.end());
        QCOMPARE((*shown)->button()->text(), QStringLiteral("Ask again"));
        bench.switches->isHeld = false;
        (*shown)->button()->click();
        QVERIFY(bench.settle());
        QVERIFY(panel->isShowingBody());
    }

    /// Another range asks again, whatever was stopped; so does F5.
    void anotherQuestionIsAsked()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        Panel *panel = panelOf(bench, "Errors to look at");
        for (const bool byKey : {false, true}) {
            bench.switches->isHeld = true;
            bench.state->setRange(RangeSpec::live(byKey ? 5h : 6h));
            QTRY_VERIFY(barOf(panel));
            Q_EMIT panel->stopRequested();
            QVERIFY(panel->isStopped());
            bench.switches->isHeld = false;
            if (byKey)
                bench.window->actions().refresh->trigger();
            else
                bench.state->setRange(RangeSpec::live(2h));
            QVERIFY(bench.settle());
            QVERIFY(!panel->isStopped());
        }
    }

    void theStatusLineListsJobs()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        JobList *jobs = bench.window->statusLine()->jobs();
        QVERIFY(!jobs->isVisible());
        bench.switches->isActivityHeld = true;
        bench.state->setRange(RangeSpec::live(6h));
        Panel *panel = panelOf(bench, "Live activity");
        QTRY_VERIFY(panel->waited());
        QVERIFY(jobs->jobs().empty()); // ten seconds
        jobs->setLeast(0ms);
        QTRY_VERIFY(jobs->isVisible());
        QTRY_VERIFY(jobs->text().contains(QLatin1String("left")));
        QCOMPARE(jobs->accessibleName(), jobs->text());
        Q_EMIT jobs->menu()->aboutToShow();
        QAction *found = nullptr;
        for (QAction *action : jobs->menu()->actions())
            found = action->text().contains(QLatin1String("Live activity")) ? action : found;
        QVERIFY(found);
        QVERIFY(found->text().contains(QLatin1String("37")));
        found->trigger();
        QVERIFY(panel->isStopped());
        bench.switches->isActivityHeld = false;
        QVERIFY(bench.settle());
        jobs->lookAgain();
        QVERIFY(!jobs->isVisible());
    }

    void whatIsLeft_data()
    {
        QTest::addColumn<double>("share");
        QTest::addColumn<int>("left"); // ms after 10 s; -1: not known
        QTest::newRow("nothing known") << -1.0 << -1;
        QTest::newRow("too early") << 0.01 << -1;
        QTest::newRow("a quarter") << 0.25 << 30'000;
        QTest::newRow("half") << 0.5 << 10'000;
        QTest::newRow("all") << 1.0 << 0;
    }
    void whatIsLeft()
    {
        QFETCH(double, share);
        QFETCH(int, left);
        const auto found = remaining({QString(), 10s, share < 0 ? std::nullopt : std::optional(share), {}});
        QCOMPARE(found ? static_cast<int>(found->count()) : -1, left);
    }

private:
    /// A picture for people.
    void look(const WindowBench &bench, const char *name)
    {
        for (const auto &[mode, theme] : {std::pair{Theme::Mode::Dark, "-dark"}, {Theme::Mode::Light, "-light"}}) {
            m_theme.setMode(mode);
            QCoreApplication::processEvents();
            bench.window->grab().save(QStringLiteral(TELLTALE_SCREENSHOTS "/") + QLatin1String(name) + QLatin1String(theme) + QStringLiteral(".png"));
        }
    }
    static Panel *panelOf(const WindowBench &bench, const char *name)
    {
        for (Panel *panel : bench.window->currentPage()->findChildren<Panel *>()) {
            if (panel->accessibleName() == QLatin1String(name))
                return panel;
        }
        return nullptr;
    }
    /// Null: it is not seen.
    static WaitingBar *barOf(const Panel *panel)
    {
        auto *bar = panel->findChild<WaitingBar *>();
        return bar && bar->isVisible() ? bar : nullptr;
    }

    Theme m_theme;
};

QTEST_MAIN(TestLongWork)
#include "tst_longwork.moc"
