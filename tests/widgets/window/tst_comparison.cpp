// SPDX-License-Identifier: GPL-3.0-or-later
// What everything is held against, in the real window: chosen by menu and keys, followed by the views that compare, and said by
// those that do not.
#include "tests/widgets/window/windowbench.h"
#include "models/items/itemtext.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/datatable.h"
#include "widgets/pages/errorspage.h"
#include "widgets/pages/journeyspage.h"
#include "widgets/pages/overviewpage.h"
#include "widgets/pages/panelmenu.h"
#include "widgets/pages/pathstab.h"
#include "widgets/pages/performancepage.h"
#include "widgets/pages/sessionspage.h"
#include "widgets/window/comparemenu.h"
#include "widgets/window/toolbar.h"

#include <QComboBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace telltale;
using namespace std::chrono_literals;

class TestComparison final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { beginWindowTest(m_theme); }

    void theKeyTogglesWhatWasChosen()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        QVERIFY(bench.state->isComparing());
        choose(bench, QStringLiteral("last week"));
        QCOMPARE(bench.state->comparison().kind, Comparison::Kind::LastWeek);
        QTest::keyClick(bench.window->currentPage(), Qt::Key_C);
        QVERIFY(!bench.state->isComparing());
        QTest::keyClick(bench.window->currentPage(), Qt::Key_C);
        QVERIFY(bench.state->isComparing());
        QCOMPARE(bench.state->comparison().kind, Comparison::Kind::LastWeek);
        QTest::mouseClick(bench.window->toolbar()->compareButton(), Qt::LeftButton);
        QVERIFY(!bench.state->isComparing());
    }

    void datesAreNamed_data()
    {
        QTest::addColumn<QString>("item");
        QTest::newRow("week") << "last week";
        QTest::newRow("releases") << "against";
        QTest::newRow("baseline") << "as baseline";
    }
    void datesAreNamed()
    {
        QFETCH(QString, item);
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("overview"));
        QVERIFY(bench.settle());
        choose(bench, item);
        QVERIFY(bench.settle());
        const auto *page = static_cast<OverviewPage *>(bench.window->page(QStringLiteral("overview")));
        const QString text = bench.state->comparisonText(bench.state->resolvedRange());
        QCOMPARE(page->tracks()->data().previousName, text);
        QVERIFY(bench.window->toolbar()->compareButton()->toolTip().contains(text));
        const auto asked = page->asked();
        QVERIFY(std::any_of(asked.begin(), asked.end(), [](const auto &line) { return line.first == u"Compared with"; }));
        bench.window->grab().save(QStringLiteral(TELLTALE_SCREENSHOTS "/comparison-%1.png").arg(QString::fromLatin1(QTest::currentDataTag())));
    }

    /// The lines of the overview are what the engine says of the two releases.
    void releasesAreHeldAgainstEachOther()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("overview"));
        QVERIFY(bench.settle());
        auto *page = static_cast<OverviewPage *>(bench.window->page(QStringLiteral("overview")));
        const auto levels = [&] {
            const Track &track = page->tracks()->data().tracks.front();
            return std::pair(track.values[track.values.size() / 2], track.previous[track.previous.size() / 2]);
        };
        const double all = levels().first;
        Comparison pair;
        pair.kind = Comparison::Kind::Releases;
        pair.release = QStringLiteral("4.2.0");
        pair.otherRelease = QStringLiteral("4.1.3");
        bench.state->setComparison(pair);
        QVERIFY(bench.settle());
        const auto [shown, against] = levels();
        QVERIFY(std::abs(shown / all - 0.62) < 0.02); // so much of Stride is of 4.2.0
        QVERIFY(std::abs(against / all - 0.3) < 0.02);
        QCOMPARE(bench.window->toolbar()->compareButton()->text(), QStringLiteral("4.2.0 vs 4.1.3"));
    }

    void viewsThatDoNotCompareSaySo()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        const QToolButton *button = bench.window->toolbar()->compareButton();
        for (const QString &view : bench.window->views()) {
            bench.window->showView(view);
            const bool follows = bench.window->page(view)->comparisonNote().isEmpty();
            QCOMPARE(follows, view != u"reports" && view != u"sources" && view != u"connect" && view != u"settings");
            QCOMPARE(button->isChecked(), follows);
            QCOMPARE(button->text() == u"not compared", !follows && view != u"reports");
            QCOMPARE(button->accessibleDescription().isEmpty(), follows);
        }
        bench.window->showView(QStringLiteral("reports")); // which compare, whatever is chosen, with the period before
        for (const bool isComparing : {false, true}) {
            bench.state->setComparing(isComparing);
            QCOMPARE(button->text(), QStringLiteral("vs previous"));
            QCOMPARE(button->accessibleName(), QStringLiteral("Compare: previous"));
            QVERIFY(!button->isChecked());
        }
        choose(bench, QStringLiteral("against"));
        bench.window->showView(QStringLiteral("reports"));
        QVERIFY(button->text().endsWith(QStringLiteral(" only"))); // of one release
    }

    /// Each view says what the engine answers for both times, with the dates, and so do its files.
    void performanceFollows()
    {
        WindowBench bench(m_theme);
        auto *page = show<PerformancePage>(bench, "performance");
        const TimeRange range = bench.state->effectiveRange();
        const TrackStackData &latency = page->latency()->data();
        QVERIFY(latency.previousName.contains(bench.state->rangeText(bench.state->comparedRange(range))));
        const auto before = StrideEngine().latency(bench.state->comparedScope(range), ActivityStep::FifteenSeconds, {});
        QVERIFY(before);
        QCOMPARE(latency.tracks[0].previous.size(), latency.tracks[0].starts.size());
        QCOMPARE(latency.tracks[0].previous[40], *before->value[40].p95Ms);
        QCOMPARE(latency.tracks[1].previous[40], *before->value[40].p50Ms);
        QVERIFY(!page->operations()->isColumnHidden(OperationModel::P95Change));

        const auto nowRows = StrideEngine().operations(bench.state->scope(range), {}), beforeRows = StrideEngine().operations(bench.state->comparedScope(range), {});
        const QAbstractItemModel *rows = page->operations()->model();
        QCOMPARE(std::size_t(rows->rowCount()), nowRows->value.size());
        for (int row = 0; row < rows->rowCount(); ++row) {
            const std::string name = rows->index(row, OperationModel::Operation).data().toString().toStdString();
            const auto of = [&](const auto &all) { return *std::find_if(all.begin(), all.end(), [&](const auto &one) { return one.operation == name; }); };
            const OperationRow now = of(nowRows->value), then = of(beforeRows->value);
            const Change change = Change::ratio(*now.p95Ms, *then.p95Ms, Change::Better::Lower, double(now.spans), double(then.spans));
            const QModelIndex index = rows->index(row, OperationModel::P95Change);
            QCOMPARE(index.data().toString(), change.text(page->formatter()));
            QCOMPARE(index.data(MoodRole).toInt(), change.mood());
            QVERIFY(index.data(Qt::ToolTipRole).toString().contains(latency.previousName));
        }
        const ExportTable table = menuOf(page, QStringLiteral("Operations"))->table();
        const auto column = table.columns.indexOf(rows->headerData(OperationModel::P95Change, Qt::Horizontal).toString());
        QVERIFY(column > 0);
        QVERIFY(std::abs(table.values.front()[column].toDouble() - (1 / 0.88 - 1)) < 1e-6);
        QVERIFY(said(table, QStringLiteral("Compared with")));
        picture(bench, "performance");

        page->tabs()->setCurrentIndex(1);
        QVERIFY(bench.settle());
        QVERIFY(!page->metricChart()->data().tracks.front().previous.empty());
        bench.state->setComparing(false);
        QVERIFY(bench.settle());
        QVERIFY(page->metricChart()->data().tracks.front().previous.empty());
        page->tabs()->setCurrentIndex(0);
        QVERIFY(bench.settle());
        QVERIFY(page->operations()->isColumnHidden(OperationModel::P95Change));
        QVERIFY(page->latency()->data().previousName.isEmpty());
        QVERIFY(!menuOf(page, QStringLiteral("Operations"))->table().columns.contains(table.columns[column]));
    }

    void errorsFollow()
    {
        WindowBench bench(m_theme);
        auto *page = show<ErrorsPage>(bench, "errors");
        const TimeRange range = bench.state->effectiveRange();
        const auto now = StrideEngine().errors(bench.state->scope(range), {}), before = StrideEngine().errors(bench.state->comparedScope(range), {});
        const QAbstractItemModel *rows = page->table()->model();
        QVERIFY(rows->rowCount() > 3);
        QStringList changes;
        for (int row = 0; row < rows->rowCount(); ++row) {
            const QModelIndex index = rows->index(row, ErrorGroupModel::Events);
            const std::string group = index.data(KeyRole).toString().toStdString();
            const auto events = [&](const auto &all) {
                const auto found = std::find_if(all.begin(), all.end(), [&](const auto &one) { return one.group == group; });
                return found == all.end() ? 0.0 : double(found->events);
            };
            const double n = events(now->value), b = events(before->value);
            QCOMPARE(index.data(ChangeRole).toString(), Change::ratio(n, b, Change::Better::Lower, n, b).text(page->formatter()));
            changes << index.data(ChangeRole).toString();
        }
        QVERIFY(changes.contains(QStringLiteral("few data"))); // samples are respected
        QVERIFY(changes.contains(QStringLiteral("new")));
        const ExportTable table = menuOf(page, QStringLiteral("Errors"))->table();
        const QString dates = bench.state->rangeText(bench.state->comparedRange(range));
        const auto column = std::find_if(table.columns.begin(), table.columns.end(), [&](const QString &title) { return title.contains(dates); });
        QVERIFY(column != table.columns.end());
        const auto at = column - table.columns.begin();
        for (std::size_t row = 0; row < table.rows.size(); ++row)
            QCOMPARE(table.rows[row].value(at), changes.value(int(row)));
        picture(bench, "errors");
        bench.state->setComparing(false);
        QVERIFY(bench.settle());
        QVERIFY(rows->index(0, ErrorGroupModel::Events).data(ChangeRole).toString().isEmpty());
        QCOMPARE(menuOf(page, QStringLiteral("Errors"))->table().columns.size(), table.columns.size() - 1);
    }

    void sessionsFollow()
    {
        WindowBench bench(m_theme);
        auto *page = show<SessionsPage>(bench, "sessions");
        const TimeRange range = bench.state->effectiveRange();
        const auto before = StrideEngine().sessions(bench.state->comparedScope(range), false, {});
        QVERIFY(before && before->value.total > 0);
        const QString text = page->againstText();
        QVERIFY2(text.contains(bench.state->rangeText(bench.state->comparedRange(range))), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral(": %1 sessions").arg(before->value.total)), qPrintable(text));
        const ExportTable table = menuOf(page, QStringLiteral("Sessions"))->table();
        QVERIFY(std::any_of(table.asked.begin(), table.asked.end(), [&](const auto &line) { return line.second == text; }));
        picture(bench, "sessions");
        bench.state->setComparing(false);
        QVERIFY(bench.settle());
        QVERIFY(page->againstText().isEmpty());
    }

    void journeysFollow()
    {
        WindowBench bench(m_theme);
        auto *page = show<JourneysPage>(bench, "journeys");
        const TimeRange range = bench.state->effectiveRange();
        const QString dates = bench.state->rangeText(bench.state->comparedRange(range));
        std::vector<std::string> names;
        for (const FunnelView::Step &step : page->funnel()->steps())
            names.push_back(step.name.toStdString());
        const auto funnel = StrideEngine().funnel(names, 14 * 24h, bench.state->comparedScope(range), {});
        for (std::size_t i = 0; i < names.size(); ++i)
            QCOMPARE(page->funnel()->steps()[i].before, std::optional(double(funnel->value[i].users)));
        const ChartTable steps = page->funnel()->table();
        QCOMPARE(steps.columns.size(), 8);
        QVERIFY2(steps.rows[1].last().contains(QStringLiteral("−")), qPrintable(steps.rows[1].last())); // fewer get there since 4.2.0
        QVERIFY2(steps.rows[1].last().endsWith(QStringLiteral("pt")), qPrintable(steps.rows[1].last()));
        picture(bench, "funnel");

        page->tabs()->setCurrentIndex(2);
        QVERIFY(bench.settle());
        PathsAsked asked = page->paths()->asked();
        asked.top = 50;
        const auto paths = StrideEngine().paths(asked, bench.state->comparedScope(range), {});
        const PathFlowData &flow = page->paths()->flow()->data();
        QCOMPARE(flow.sessionsBefore, std::optional(double(paths->value.sessions)));
        QVERIFY(flow.against.contains(dates));
        int held = 0;
        for (std::size_t step = 0; step < flow.steps.size(); ++step) {
            for (const PathFlowData::Node &node : flow.steps[step]) {
                for (const PathNode &then : paths->value.steps[step]) {
                    if (itemtext::text(then.name) != node.name)
                        continue;
                    QCOMPARE(node.before, std::optional(double(then.sessions)));
                    ++held;
                }
            }
        }
        QVERIFY(held > 10);
        QCOMPARE(page->paths()->flow()->table().columns.size(), 7);
        picture(bench, "paths");

        bench.state->setRange(RangeSpec::history({StrideEngine::now() - 56 * 24h, StrideEngine::now()}));
        page->tabs()->setCurrentIndex(1);
        QVERIFY(bench.settle());
        const TimeRange long_ = bench.state->effectiveRange();
        const auto cohorts = StrideEngine().retention(CalendarUnit::Week, bench.state->comparedScope(long_), {});
        const auto all = CohortModel::overall(cohorts->value);
        QVERIFY(page->cohorts().index(1, 0).data(Qt::ToolTipRole).toString().contains(bench.state->rangeText(bench.state->comparedRange(long_))));
        QCOMPARE(page->cohorts().index(1, CohortModel::FirstPeriod + 1).data(CohortModel::UsersRole).toULongLong(), all[1].users);
        QVERIFY(page->cohorts().index(2, CohortModel::FirstPeriod + 1).data().toString().endsWith(QStringLiteral("pt")));
        picture(bench, "retention");
        const int rows = page->cohorts().rowCount();
        bench.state->setComparing(false);
        QVERIFY(bench.settle());
        QCOMPARE(page->cohorts().rowCount(), rows - 2);
    }

    void fewUsersSayNothing()
    {
        FunnelView view;
        view.setSteps({{QStringLiteral("Open"), 20, {}, 400.0}, {QStringLiteral("Pay"), 10, {}, 100.0}}, QStringLiteral("the day before"));
        const ChartTable table = view.table();
        QCOMPARE(table.rows[0].last(), QStringLiteral("few data"));
        QCOMPARE(table.rows[1].last(), QStringLiteral("few data"));
        QVERIFY(!table.values[1].last().isValid());
    }

    void anyTwoReleases()
    {
        const QStringList releases{QStringLiteral("4.2.0"), QStringLiteral("4.1.3"), QStringLiteral("4.1.2")};
        ReleasePairDialog dialog(releases, {});
        QCOMPARE(dialog.comparison().release, QStringLiteral("4.2.0"));
        QCOMPARE(dialog.comparison().otherRelease, QStringLiteral("4.1.3"));
        dialog.against()->setCurrentIndex(0);
        const auto buttons = dialog.findChildren<QPushButton *>();
        QVERIFY(std::any_of(buttons.begin(), buttons.end(), [](const QPushButton *button) { return !button->isEnabled(); })); // with itself
        dialog.against()->setCurrentIndex(2);
        QVERIFY(std::all_of(buttons.begin(), buttons.end(), [](const QPushButton *button) { return button->isEnabled(); }));
        QCOMPARE(dialog.comparison().otherRelease, QStringLiteral("4.1.2"));
    }

    void nothingOfARelease()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("sessions"));
        Comparison pair;
        pair.kind = Comparison::Kind::Releases;
        pair.release = QStringLiteral("9.9.9");
        pair.otherRelease = QStringLiteral("4.1.3");
        bench.state->setComparison(pair);
        QVERIFY(bench.settle());
        const auto buttons = bench.window->currentPage()->findChildren<QPushButton *>();
        const auto stop = std::find_if(buttons.begin(), buttons.end(), [](const QPushButton *button) { return button->isVisible() && button->text() == u"Stop comparing"; });
        QVERIFY(stop != buttons.end());
        QTest::mouseClick(*stop, Qt::LeftButton);
        QVERIFY(!bench.state->isComparing());
    }

private:
    template<typename View>
    static View *show(WindowBench &bench, const char *view)
    {
        bench.window->showView(QLatin1String(view));
        const bool isSettled = bench.settle();
        Q_ASSERT(isSettled);
        Q_UNUSED(isSettled);
        return static_cast<View *>(bench.window->page(QLatin1String(view)));
    }

    static PanelMenu *menuOf(const Page *page, const QString &name)
    {
        for (const Panel *panel : page->findChildren<Panel *>()) {
            if (panel->isVisible() && (panel->title() == name || panel->accessibleName() == name))
                return qobject_cast<PanelMenu *>(panel->menuButton()->menu());
        }
        return nullptr;
    }

    static bool said(const ExportTable &table, const QString &what)
    {
        return std::any_of(table.asked.begin(), table.asked.end(), [&](const auto &line) { return line.first == what; });
    }

    static void picture(const WindowBench &bench, const char *name)
    {
        bench.window->grab().save(QStringLiteral(TELLTALE_SCREENSHOTS "/comparison-%1.png").arg(QLatin1String(name)));
    }

    static void choose(WindowBench &bench, const QString &words)
    {
        CompareMenu *menu = bench.window->actions().compareWith;
        menu->fill();
        for (QAction *action : menu->actions()) {
            if (action->text().remove(u'&').contains(words)) {
                action->trigger();
                return;
            }
        }
        QFAIL(qPrintable(words));
    }

    Theme m_theme;
};

QTEST_MAIN(TestComparison)
#include "tst_comparison.moc"
