// SPDX-License-Identifier: GPL-3.0-or-later
// From what is seen to what is asked for: clicks on names, the menus of rows and flags, the filter as it is typed.
#include "tests/widgets/window/windowbench.h"
#include "models/items/bucketchoice.h"
#include "widgets/charts/heatmapview.h"
#include "widgets/charts/sharebars.h"
#include "widgets/charts/trackstack.h"
#include "widgets/controls/banner.h"
#include "widgets/controls/filterchip.h"
#include "widgets/controls/searchfield.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/datatable.h"
#include "widgets/pages/errordetailview.h"
#include "widgets/pages/errorspage.h"
#include "widgets/pages/overviewpage.h"
#include "widgets/pages/panel.h"
#include "widgets/pages/panelmenu.h"
#include "widgets/pages/performancepage.h"
#include "widgets/pages/sessionspage.h"
#include "widgets/pages/usagepage.h"
#include "widgets/window/chiprow.h"
#include "widgets/window/filtercompleter.h"
#include "widgets/window/statusline.h"
#include "widgets/window/toolbar.h"

#include <QAbstractItemView>
#include <QContextMenuEvent>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSet>
#include <QTableView>
#include <QToolButton>

using namespace telltale;
using namespace std::chrono_literals;

class TestCrossFilter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { beginWindowTest(m_theme); }

    void namesWithCtrlAndAlt()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        HeatmapView *features = overview(bench)->features();
        const QString first = features->grid().rows[0].label, second = features->grid().rows[1].label, third = features->grid().rows[2].label;
        Q_EMIT features->rowActivated(0, Qt::NoModifier);
        QCOMPARE(bench.state->filterTerms(), QStringList{ViewState::termText(QStringLiteral("feature"), first)});
        Q_EMIT features->rowActivated(0, Qt::ControlModifier); // is there already
        QCOMPARE(bench.state->filterTerms().size(), 1);
        bench.state->addFilterAlternative(QStringLiteral("feature"), second);
        QCOMPARE(bench.state->filterTerms(), QStringList{QStringLiteral("(%1 OR %2)").arg(ViewState::termText(QStringLiteral("feature"), first), ViewState::termText(QStringLiteral("feature"), second))});
        QCOMPARE(bench.window->toolbar()->chips()->chips().size(), 1);
        QVERIFY(bench.window->toolbar()->chips()->chips().front()->text().contains(first + QStringLiteral(" or ") + second));
        bench.state->addFilterTerm(QStringLiteral("os"), QStringLiteral("Android"));
        QCOMPARE(bench.window->toolbar()->chips()->chips().size(), 2);
        bench.state->removeFilterTerm(0); // both values go with their chip
        QCOMPARE(bench.state->filterTerms(), QStringList{QStringLiteral("os:Android")});
        bench.state->addFilterTerm(QStringLiteral("feature"), third, true);
        bench.state->addFilterTerm(QStringLiteral("feature"), third); // not both at once
        QCOMPARE(bench.state->filterTerms().last(), ViewState::termText(QStringLiteral("feature"), third));
        QCOMPARE(bench.state->filterTerms().size(), 2);
        // What is typed looks as the chips do.
        bench.window->actions().filter->trigger();
        QCOMPARE(bench.window->toolbar()->filterField()->text().trimmed(), bench.state->filterTerms().join(u' '));
    }

    void rowsOfErrorsAndSessions()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("errors"));
        QVERIFY(bench.settle());
        auto *errors = static_cast<ErrorsPage *>(bench.window->currentPage());
        const QString type = errors->table()->model()->index(1, 0).data().toString();
        choose(bench, errors->table(), 1, QStringLiteral("Only"), QStringLiteral("Error ") + type);
        QCOMPARE(bench.state->filterTerms(), QStringList{ViewState::termText(QStringLiteral("error"), type)});
        QVERIFY(bench.settle());
        bench.state->goBack();
        QVERIFY(bench.settle());
        choose(bench, errors->table(), 0, QStringLiteral("Without"), QStringLiteral("Release 4.2.0"));
        QCOMPARE(bench.state->filterTerms(), QStringList{QStringLiteral("-release:4.2.0")});
        bench.state->goBack();
        bench.window->showView(QStringLiteral("sessions"));
        QVERIFY(bench.settle());
        QListView *list = static_cast<SessionsPage *>(bench.window->currentPage())->list();
        const QVariantList terms = list->model()->index(2, 0).data(FilterTermsRole).toList();
        QVERIFY(terms.size() >= 3);
        for (const QVariant &term : terms)
            QVERIFY(term.toStringList().front() != u"user"); // nobody is named
        const QString device = terms.front().toStringList().back();
        choose(bench, list, 2, QStringLiteral("Only"), QStringLiteral("Device ") + device);
        QCOMPARE(bench.state->filterTerms(), QStringList{ViewState::termText(QStringLiteral("device"), device)});
        QVERIFY(bench.settle());
        const QString other = otherDevice(device);
        bench.state->addFilterAlternative(QStringLiteral("device"), other);
        QCOMPARE(bench.state->filterTerms().size(), 1);
    }

    void partsOfBarsByKeys()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("errors"));
        QVERIFY(bench.settle());
        auto *bars = bench.window->currentPage()->findChild<ShareBars *>();
        QVERIFY(bars && !bars->table().rows.empty());
        bars->setFocus(Qt::TabFocusReason);
        QVERIFY(bars->cursorText().isEmpty());
        QTest::keyClick(bars, Qt::Key_Right);
        QVERIFY(bars->cursorText().contains(bars->table().rows.front().value(1)));
        QTest::keyClick(bars, Qt::Key_Down);
        const QString second = bars->cursorText();
        QVERIFY(second.startsWith(QLatin1String("System")));
        QTest::keyClick(bars, Qt::Key_Up);
        QTest::keyClick(bars, Qt::Key_Return, Qt::AltModifier);
        QCOMPARE(bench.state->filterTerms().size(), 1);
        QVERIFY(bench.state->filterTerms().front().startsWith(QLatin1String("-release:")));
    }

    void aReleasesFlagHasAMenu()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        TrackStack *tracks = overview(bench)->tracks();
        QVERIFY(!tracks->data().markers.empty());
        const TimeMarker marker = tracks->data().markers.front();
        const auto open = [&] {
            QTest::mouseClick(tracks, Qt::LeftButton, {}, tracks->markerRect(0).center());
            QMenu *menu = openMenu();
            return menu;
        };
        QMenu *menu = open();
        QVERIFY(menu);
        trigger(*menu, QStringLiteral("Since 4.2.0"));
        QCOMPARE(bench.state->range().fixed.from, marker.at);
        QCOMPARE(bench.state->range().fixed.to, bench.state->now());
        QCOMPARE(bench.state->rangeText(), QStringLiteral("Since 4.2.0"));
        bench.state->goBack();
        QVERIFY(bench.settle());
        const auto length = bench.state->range().length();
        menu = open();
        QVERIFY(menu);
        trigger(*menu, QStringLiteral("Before 4.2.0"));
        QCOMPARE(bench.state->range().fixed, (TimeRange{marker.at - length, marker.at}));
        bench.state->goBack();
        QVERIFY(bench.settle());
        menu = open();
        QVERIFY(menu);
        trigger(*menu, QStringLiteral("Compare 4.2.0 with 4.1.3"));
        QCOMPARE(bench.state->comparison().kind, Comparison::Kind::Releases);
        QCOMPARE(bench.state->comparison().otherRelease, QStringLiteral("4.1.3"));
        bench.state->goBack();
        QVERIFY(bench.settle());
        menu = open();
        QVERIFY(menu);
        trigger(*menu, QStringLiteral("Only 4.2.0"));
        QCOMPARE(bench.state->filterTerms(), QStringList{QStringLiteral("release:4.2.0")});
    }

    void blocksOfCells()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("usage"));
        QVERIFY(bench.settle());
        HeatmapView *map = static_cast<UsagePage *>(bench.window->currentPage())->heatmap();
        const auto centre = [map](int row, int column) { return map->cellRect({row, column}).center(); };
        QTest::mousePress(map, Qt::LeftButton, {}, centre(1, 10));
        QTest::mouseMove(map, centre(1, 14));
        QTest::mouseMove(map, centre(2, 20));
        QTest::mouseRelease(map, Qt::LeftButton, {}, centre(2, 20));
        QVERIFY(bench.state->selection());
        const TimeRange times{map->grid().columns[10].range->from, map->grid().columns[20].range->to};
        QCOMPARE(*bench.state->selection(), times);
        QVERIFY(bench.settle());
        QTest::keyClick(map, Qt::Key_Escape);
        QVERIFY(!bench.state->selection());
        map->setCurrentCell({1, 10});
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(map, Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClick(map, Qt::Key_Down, Qt::ShiftModifier);
        const QStringList rows{map->grid().rows[1].label, map->grid().rows[2].label};
        QTest::keyClick(map, Qt::Key_Return);
        QCOMPARE(bench.window->currentView(), QStringLiteral("sessions"));
        QCOMPARE(bench.state->filterTerms(), QStringList{QStringLiteral("(%1 OR %2)").arg(ViewState::termText(QStringLiteral("feature"), rows[0]), ViewState::termText(QStringLiteral("feature"), rows[1]))});
        QCOMPARE(bench.state->range().fixed.to - bench.state->range().fixed.from, std::chrono::nanoseconds(4min));
    }

    void aDoubleClickOpensACell()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("usage"));
        QVERIFY(bench.settle());
        HeatmapView *map = static_cast<UsagePage *>(bench.window->currentPage())->heatmap();
        const QPoint at = map->cellRect({0, 5}).center();
        QTest::mouseClick(map, Qt::LeftButton, {}, at);
        QTest::mouseDClick(map, Qt::LeftButton, {}, at);
        QCOMPARE(bench.window->currentView(), QStringLiteral("sessions"));
        QCOMPARE(bench.state->filterTerms().size(), 1);
    }

    void rowsByNameAndEachToItself()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("usage"));
        QVERIFY(bench.settle());
        HeatmapView *map = static_cast<UsagePage *>(bench.window->currentPage())->heatmap();
        const QStringList before = rowsOf(*map);
        actionOf(bench, QStringLiteral("Order rows by name"))->trigger();
        QStringList sorted = before;
        std::sort(sorted.begin(), sorted.end(), [](const QString &a, const QString &b) { return a.localeAwareCompare(b) < 0; });
        QCOMPARE(rowsOf(*map), sorted);
        QVERIFY(before != sorted);
        actionOf(bench, QStringLiteral("Scale each row by itself"))->trigger();
        QCOMPARE(map->domain(), HeatmapView::Domain::EachRow);
    }

    /// Risen most first: the story's feature that fades stands last.
    void rowsByChangeAndByHand()
    {
        WindowBench bench(m_theme);
        auto *page = bench.show<UsagePage>("usage");
        HeatmapView *map = page->heatmap();
        const QStringList before = rowsOf(*map);
        actionOf(bench, QStringLiteral("Order rows by change"))->trigger();
        QVERIFY(bench.settle());
        const QStringList byChange = rowsOf(*map);
        QVERIFY(byChange != before);
        QCOMPARE(QSet<QString>(byChange.begin(), byChange.end()), QSet<QString>(before.begin(), before.end()));
        bench.state->setComparing(false);
        QVERIFY(bench.settle());
        QCOMPARE(rowsOf(*map), before); // nothing is compared
        map->setFocus();
        map->setCurrentCell({0, 3});
        QTest::keyClick(map, Qt::Key_Up, Qt::AltModifier); // is the uppermost already
        QCOMPARE(rowsOf(*map), before);
        QTest::keyClick(map, Qt::Key_Down, Qt::AltModifier);
        QTest::keyClick(map, Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(rowsOf(*map).at(2), before.at(0));
        QCOMPARE(rowsOf(*map).at(0), before.at(1));
        QCOMPARE(map->currentCell(), (HeatmapView::Cell{2, 3})); // goes along
        QVERIFY(bench.window->statusLine()->announced().contains(before.at(0)));
        // It is remembered, and holds for other times.
        const QVariantMap saved = page->remembered();
        bench.state->setRange(RangeSpec::live(30min));
        QVERIFY(bench.settle());
        QCOMPARE(rowsOf(*map).at(0), before.at(1));
        WindowBench other(m_theme);
        auto *otherPage = other.show<UsagePage>("usage");
        otherPage->remember(saved);
        QVERIFY(other.settle());
        QCOMPARE(rowsOf(*otherPage->heatmap()).at(2), before.at(0));
    }

    void filtersThatAViewCanNotHonour()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        bench.state->addFilterTerm(QStringLiteral("feature"), QStringLiteral("Start workout"));
        bench.state->addFilterTerm(QStringLiteral("os"), QStringLiteral("Android"));
        const auto chip = [&](int index) { return bench.window->toolbar()->chips()->chips().at(index); };
        QVERIFY(bench.settle());
        QVERIFY(!chip(0)->isUnavailable()); // the Overview has features
        auto *errors = bench.show<ErrorsPage>("errors");
        QVERIFY(chip(0)->isUnavailable());
        QVERIFY(chip(0)->toolTip().contains(QLatin1String("only usage events have a feature")));
        QVERIFY(chip(0)->accessibleDescription().contains(QLatin1String("only usage events have a feature")));
        QVERIFY(!chip(1)->isUnavailable());
        QCOMPARE(errors->honouredFilter().text(), std::string("os:Android"));
        // What leaves the window says so.
        const auto asked = errors->asked();
        QVERIFY(std::find(asked.begin(), asked.end(), std::pair(QStringLiteral("Filter"), QStringLiteral("os:Android"))) != asked.end());
        QVERIFY(std::any_of(asked.begin(), asked.end(), [](const auto &line) { return line.first == u"Not filtered"; }));
        // The other tab of a view shows other things.
        auto *performance = bench.show<PerformancePage>("performance");
        QVERIFY(chip(0)->isUnavailable());
        bench.state->removeFilterTerm(0);
        bench.state->addFilterTerm(QStringLiteral("operation"), QStringLiteral("GET /plan"));
        QVERIFY(bench.settle());
        QVERIFY(!chip(1)->isUnavailable());
        performance->tabs()->setCurrentIndex(1);
        QVERIFY(chip(1)->isUnavailable());
        bench.window->showView(QStringLiteral("overview"));
        QVERIFY(bench.settle());
        QVERIFY(!chip(1)->isUnavailable());
        QVERIFY(chip(1)->accessibleDescription().startsWith(QLatin1String("Enter")));
    }

    void bucketsArePinned()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        Panel *panel = nullptr;
        for (Panel *one : bench.window->currentPage()->findChildren<Panel *>())
            panel = one->accessibleName() == u"Live activity" ? one : panel;
        QVERIFY(panel);
        const auto choose = [&](const QString &text) {
            QMenu *menu = panel->menuButton()->menu();
            for (QAction *action : menu->actions()) {
                if (action->text().remove(u'&') != u"Buckets")
                    continue;
                Q_EMIT action->menu()->aboutToShow();
                for (QAction *size : action->menu()->actions()) {
                    if (size->text().remove(u'&').startsWith(text) && size->isEnabled()) {
                        size->trigger();
                        return true;
                    }
                }
            }
            return false;
        };
        const auto buckets = [&] { return overview(bench)->tracks()->data().tracks.front().starts.size(); };
        const auto automatic = buckets();
        QVERIFY(!choose(QStringLiteral("1 s"))); // 3,600 of them
        QVERIFY(choose(QStringLiteral("5 min")));
        QVERIFY(bench.settle());
        QCOMPARE(bench.state->pinnedStep(), std::optional(ActivityStep::FiveMinutes));
        QVERIFY(buckets() < automatic && buckets() <= 13);
        bench.state->goBack(); // it is a step of the history
        QVERIFY(bench.settle());
        QCOMPARE(buckets(), automatic);
        bench.state->goForward();
        bench.state->setRange(RangeSpec::live(24h * 28)); // too many: the range has its own
        QVERIFY(bench.settle());
        QCOMPARE(bench.state->stepFor(bench.state->range().length()), activityStepFor(24h * 28));
        QVERIFY(choose(QStringLiteral("Automatic")));
        QVERIFY(!bench.state->pinnedStep());
        QVERIFY(bench.settle());
    }

    void aFlagSaysHowFarAReleaseIs()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        QTRY_COMPARE(overview(bench)->tracks()->data().markers.front().text, QStringLiteral("4.2.0 rollout 7%")); // 1,500 of 23,000 sessions
        // Of a release alone no share can be told.
        Comparison pair;
        pair.kind = Comparison::Kind::Releases;
        pair.release = QStringLiteral("4.2.0");
        pair.otherRelease = QStringLiteral("4.1.3");
        bench.state->setComparison(pair);
        bench.state->setComparing(true);
        QTRY_COMPARE(overview(bench)->tracks()->data().markers.front().text, QStringLiteral("4.2.0 first seen"));
        QVERIFY(bench.settle());
    }

    void whatIsRefusedIsSaid()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        QVERIFY(!bench.window->banner()->isVisible());
        bench.switches->refusedRecords = 212;
        ReceiverStatus status = bench.receiver.status();
        status.refusedOrigins = {QStringLiteral("https://stride.example")};
        bench.receiver.setStatus(status);
        QTRY_VERIFY(bench.window->banner()->isVisible()); // sources are looked at once a second
        QCOMPARE(bench.window->banner()->accessibleName(), QStringLiteral("212 events rejected"));
        QVERIFY(bench.window->banner()->accessibleDescription().contains(QLatin1String("unknown token")));
        const auto button = [&](const char *text) {
            for (QPushButton *one : bench.window->banner()->findChildren<QPushButton *>()) {
                if (one->isVisible() && one->text() == QLatin1String(text))
                    return one;
            }
            return static_cast<QPushButton *>(nullptr);
        };
        QVERIFY(button("Accept https://stride.example"));
        button("Accept https://stride.example")->click();
        QCOMPARE(bench.receiver.allowed, QStringList{QStringLiteral("https://stride.example")});
        QVERIFY(button("Show one"));
        button("Show one")->click();
        QCOMPARE(bench.window->currentView(), QStringLiteral("sources"));
        bench.switches->refusedRecords = 0;
        QTRY_VERIFY(!bench.window->banner()->isVisible());
        QVERIFY(bench.settle());
    }

    void whatCanBeTyped()
    {
        WindowBench bench(m_theme);
        SearchField *field = openFilter(bench);
        QVERIFY(field);
        auto *completer = field->findChild<FilterCompleter *>();
        QVERIFY(completer);
        QTRY_VERIFY(completer->isOpen());
        QTest::keyClicks(field, QStringLiteral("fea"));
        QCOMPARE(completer->offered().size(), std::size_t(1));
        QTest::keyClick(completer->popup(), Qt::Key_Down);
        QTest::keyClick(completer->popup(), Qt::Key_Return);
        QCOMPARE(field->text(), QStringLiteral("feature:"));
        QVERIFY(bench.state->filter().isEmpty()); // Enter took what was chosen, and nothing more
        QTRY_VERIFY(!completer->offered().empty()); // asked for
        QVERIFY(completer->offered().front().count > 0);
        for (std::size_t i = 1; i < completer->offered().size(); ++i)
            QVERIFY(completer->offered()[i - 1].count >= completer->offered()[i].count);
        QTest::keyClicks(field, QStringLiteral("route"));
        QVERIFY(!completer->offered().empty());
        const QString best = completer->offered().front().text;
        QVERIFY(best.contains(QLatin1String("route"), Qt::CaseInsensitive));
        QTest::keyClick(completer->popup(), Qt::Key_Down);
        QTest::keyClick(completer->popup(), Qt::Key_Tab);
        QCOMPARE(field->text(), best + u' ');
        QTest::keyClicks(field, QStringLiteral("has:err"));
        QCOMPARE(completer->offered().front().text, QStringLiteral("has:error"));
        QTest::keyClick(completer->popup(), Qt::Key_Escape);
        QVERIFY(!completer->isOpen());
        QVERIFY(field->isVisible());
        QTest::keyClicks(field, QStringLiteral("or"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(bench.state->filterTerms(), QStringList({best, QStringLiteral("has:error")}));
        QVERIFY(bench.settle());
    }

    void everyFieldsValues()
    {
        WindowBench bench(m_theme);
        SearchField *field = openFilter(bench);
        QVERIFY(field);
        auto *completer = field->findChild<FilterCompleter *>();
        for (const char *name : {"feature", "screen", "error", "operation", "release", "os", "device", "product"}) {
            field->clear();
            QTest::keyClicks(field, QString::fromLatin1(name) + u':');
            QTRY_VERIFY2(!completer->offered().empty(), name);
            for (const FilterSuggestion &one : completer->offered())
                QVERIFY2(Filter::parse(one.text.toStdString()), qPrintable(one.text));
        }
        field->clear();
        QTest::keyClicks(field, QStringLiteral("dwell:"));
        QVERIFY(completer->offered().empty());
        QVERIFY(!completer->isOpen());
    }

private:
    /// The field, with the keyboard; none: the window did not become active.
    static SearchField *openFilter(WindowBench &bench)
    {
        const bool isReady = bench.settle();
        bench.window->activateWindow();
        const bool isActive = QTest::qWaitForWindowActive(bench.window.get());
        bench.window->actions().filter->trigger();
        return isReady && isActive ? bench.window->toolbar()->filterField() : nullptr;
    }

    static OverviewPage *overview(WindowBench &bench) { return static_cast<OverviewPage *>(bench.window->page(QStringLiteral("overview"))); }
    static QStringList rowsOf(const HeatmapView &map)
    {
        QStringList rows;
        for (const HeatRow &row : map.grid().rows)
            rows << row.label;
        return rows;
    }
    static QString otherDevice(const QString &device) { return device == u"Pixel 8" ? QStringLiteral("iPhone 15") : QStringLiteral("Pixel 8"); }
    static QMenu *openMenu() { return qobject_cast<QMenu *>(QApplication::activePopupWidget()); }
    static void trigger(QMenu &menu, const QString &text)
    {
        for (QAction *action : menu.actions()) {
            if (action->text().remove(u'&') == text) {
                action->trigger();
                menu.close();
                return;
            }
        }
        QFAIL(qPrintable(QStringLiteral("no ") + text));
    }
    static void menuAt(QAbstractItemView *view, int row)
    {
        const QPoint at = view->visualRect(view->model()->index(row, 0)).center();
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, view->viewport()->mapToGlobal(at));
        QApplication::sendEvent(view->viewport(), &event);
    }
    static void choose(WindowBench &, QAbstractItemView *view, int row, const QString &menu, const QString &words)
    {
        menuAt(view, row);
        QMenu *opened = openMenu();
        QVERIFY(opened);
        for (QAction *action : opened->actions()) {
            if (action->menu() && action->text().remove(u'&') == menu) {
                QVERIFY(action->isVisible());
                trigger(*action->menu(), words);
                opened->close();
                return;
            }
        }
        QFAIL(qPrintable(QStringLiteral("no menu ") + menu));
    }
    static QAction *actionOf(WindowBench &bench, const QString &text)
    {
        for (QAction *action : bench.window->currentPage()->findChildren<QAction *>()) {
            if (action->text().remove(u'&') == text)
                return action;
        }
        return nullptr;
    }

    Theme m_theme;
};

QTEST_MAIN(TestCrossFilter)
#include "tst_crossfilter.moc"
