// SPDX-License-Identifier: GPL-3.0-or-later
// From what is seen to what is asked for: clicks on names, the menus of rows and flags, the filter as it is typed.
#include "tests/widgets/window/windowbench.h"
#include "widgets/charts/heatmapview.h"
#include "widgets/charts/sharebars.h"
#include "widgets/charts/trackstack.h"
#include "widgets/controls/filterchip.h"
#include "widgets/controls/searchfield.h"
#include "widgets/pages/datatable.h"
#include "widgets/pages/errordetailview.h"
#include "widgets/pages/errorspage.h"
#include "widgets/pages/overviewpage.h"
#include "widgets/pages/panelmenu.h"
#include "widgets/pages/sessionspage.h"
#include "widgets/pages/usagepage.h"
#include "widgets/window/chiprow.h"
#include "widgets/window/filtercompleter.h"
#include "widgets/window/toolbar.h"

#include <QAbstractItemView>
#include <QContextMenuEvent>
#include <QListView>
#include <QMenu>
#include <QTableView>

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
