// SPDX-License-Identifier: GPL-3.0-or-later
// What a screen reader and a keyboard find in the real window: every view and every dialog, walked through the tree of accessible
// interfaces and with the Tab key.
#include "tests/widgets/window/windowbench.h"
#include "widgets/charts/chartwidget.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/explanation.h"
#include "widgets/pages/messagemapping.h"
#include "widgets/pages/panelmenu.h"
#include "widgets/pages/sessionspage.h"
#include "widgets/pages/sourcespage.h"
#include "widgets/window/alertsdialog.h"
#include "widgets/window/alertwatcher.h"
#include "widgets/window/archivedialog.h"
#include "widgets/window/commandpalette.h"
#include "widgets/window/comparemenu.h"
#include "widgets/window/timepicker.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QButtonGroup>
#include <QDialog>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QScrollArea>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <set>

using namespace telltale;
using namespace std::chrono_literals;

namespace {

bool isControl(QAccessible::Role role)
{
    switch (role) {
    case QAccessible::Button:
    case QAccessible::ButtonMenu:
    case QAccessible::ButtonDropDown:
    case QAccessible::ButtonDropGrid:
    case QAccessible::CheckBox:
    case QAccessible::Chart:
    case QAccessible::ComboBox:
    case QAccessible::Dialog:
    case QAccessible::EditableText:
    case QAccessible::Graphic:
    case QAccessible::Link:
    case QAccessible::List:
    case QAccessible::MenuItem:
    case QAccessible::PageTab:
    case QAccessible::PageTabList:
    case QAccessible::ProgressBar:
    case QAccessible::RadioButton:
    case QAccessible::Slider:
    case QAccessible::SpinBox:
    case QAccessible::Table:
    case QAccessible::Tree:
        return true;
    default:
        return false;
    }
}

QString describe(QAccessibleInterface *at)
{
    QString path;
    for (QAccessibleInterface *each = at; each && each->role() != QAccessible::Application; each = each->parent())
        path = QStringLiteral("/%1“%2”%3").arg(QLatin1String(each->object() ? each->object()->metaObject()->className() : "?"),
                                              each->text(QAccessible::Name).left(30), path);
    return path;
}

/// Everything that is shown, each once.
template<typename Visit>
void walk(QAccessibleInterface *at, Visit &&visit, int depth = 0)
{
    if (!at || depth > 40 || at->state().invisible || !at->isValid())
        return;
    visit(at);
    if (at->tableInterface() && at->role() != QAccessible::Chart)
        return; // its cells are the model's
    for (int i = 0; i < at->childCount(); ++i)
        walk(at->child(i), visit, depth + 1);
}

/// What is wrong with names and charts below `root`; and how many charts there are.
struct Findings
{
    QStringList problems;
    int controls = 0, charts = 0;
};

Findings inspect(QWidget *root)
{
    Findings found;
    walk(QAccessible::queryAccessibleInterface(root), [&found](QAccessibleInterface *at) {
        if (!isControl(at->role()))
            return;
        ++found.controls;
        if (at->text(QAccessible::Name).trimmed().isEmpty())
            found.problems << QStringLiteral("no name: ") + describe(at);
        if (at->role() != QAccessible::Chart)
            return;
        ++found.charts;
        QAccessibleTableInterface *table = at->tableInterface();
        if (!table || !at->valueInterface()) {
            found.problems << QStringLiteral("no table or value: ") + describe(at);
            return;
        }
        if (at->text(QAccessible::Description).isEmpty())
            found.problems << QStringLiteral("no summary: ") + describe(at);
        if (table->rowCount() == 0 || table->columnCount() == 0) {
            found.problems << QStringLiteral("an empty table: ") + describe(at);
            return;
        }
        for (int column = 0; column < table->columnCount(); ++column) {
            if (table->columnDescription(column).isEmpty() && column > 0)
                found.problems << QStringLiteral("a column without a title: ") + describe(at);
        }
        // Corners and middle: a row says something, and its cells know where they are.
        for (const int row : {0, table->rowCount() / 2, table->rowCount() - 1}) {
            bool saysSomething = false;
            for (int column = 0; column < table->columnCount(); ++column) {
                QAccessibleInterface *cell = table->cellAt(row, column);
                const bool knows = cell && cell->tableCellInterface() && cell->tableCellInterface()->rowIndex() == row &&
                                   cell->tableCellInterface()->columnIndex() == column;
                if (!knows) {
                    found.problems << QStringLiteral("a lost cell: ") + describe(at);
                    return;
                }
                saysSomething = saysSomething || !cell->text(QAccessible::Name).isEmpty();
            }
            if (!saysSomething)
                found.problems << QStringLiteral("an empty row: ") + describe(at);
        }
        if (table->cellAt(table->rowCount(), 0) || table->cellAt(-1, 0))
            found.problems << QStringLiteral("a cell beyond the table: ") + describe(at);
    });
    return found;
}

/// What Tab must come to: everything that is shown, can be used and takes the focus.
std::set<const QWidget *> tabStops(const QWidget *root)
{
    std::set<const QWidget *> stops;
    for (const QWidget *widget : root->findChildren<QWidget *>()) {
        const bool isStop = widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) && !widget->focusProxy() &&
                            widget->window() == root->window() && !widget->size().isEmpty();
        // A scroll area without a frame of its own only holds others; of buttons that exclude each other Tab comes to the chosen one
        // and arrows to the others.
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        const bool isOther = button && !button->isChecked() && (button->autoExclusive() || (button->group() && button->group()->exclusive()));
        if (isStop && !isOther && !qobject_cast<const QScrollArea *>(widget))
            stops.insert(widget);
    }
    return stops;
}

QString nameOf(const QWidget *widget)
{
    return QStringLiteral("%1“%2”").arg(QLatin1String(widget->metaObject()->className()), widget->accessibleName());
}

/// Presses Tab until it comes round. What it never came to.
QStringList missedByTab(QWidget *root, Qt::Key key)
{
    std::set<const QWidget *> missed = tabStops(root);
    const std::size_t most = missed.size() * 2 + 20;
    QWidget *first = QApplication::focusWidget();
    missed.erase(first); // it has the focus from the beginning
    for (std::size_t i = 0; i < most; ++i) {
        QWidget *focus = QApplication::focusWidget();
        QTest::keyClick(focus ? focus : root, key);
        if (const QWidget *now = QApplication::focusWidget())
            missed.erase(now);
        if (missed.empty() && QApplication::focusWidget() == first)
            break;
    }
    QStringList names;
    for (const QWidget *widget : missed)
        names << nameOf(widget);
    return names;
}

} // namespace

class TestAccessibility final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QAccessible::setActive(true);
        beginWindowTest(m_theme);
    }

    void views_data()
    {
        QTest::addColumn<QString>("view");
        QTest::addColumn<int>("tab");
        QTest::addColumn<int>("charts"); // at least
        QTest::newRow("overview") << QStringLiteral("overview") << -1 << 3;
        QTest::newRow("usage, features") << QStringLiteral("usage") << 0 << 3;
        QTest::newRow("usage, screens") << QStringLiteral("usage") << 1 << 3;
        QTest::newRow("usage, trends") << QStringLiteral("usage") << 2 << 1;
        QTest::newRow("sessions") << QStringLiteral("sessions") << -1 << 1;
        QTest::newRow("errors") << QStringLiteral("errors") << -1 << 1;
        QTest::newRow("performance, operations") << QStringLiteral("performance") << 0 << 1;
        QTest::newRow("performance, metrics") << QStringLiteral("performance") << 1 << 1;
        QTest::newRow("journeys, funnel") << QStringLiteral("journeys") << 0 << 1;
        QTest::newRow("journeys, retention") << QStringLiteral("journeys") << 1 << 0;
        QTest::newRow("journeys, paths") << QStringLiteral("journeys") << 2 << 1;
        QTest::newRow("reports") << QStringLiteral("reports") << -1 << 0;
        QTest::newRow("connect") << QStringLiteral("connect") << -1 << 0;
        QTest::newRow("sources") << QStringLiteral("sources") << -1 << 0;
        QTest::newRow("settings") << QStringLiteral("settings") << -1 << 0;
    }
    void views()
    {
        QFETCH(QString, view);
        QFETCH(int, tab);
        QFETCH(int, charts);
        WindowBench bench(m_theme);
        show(bench, view, tab);
        const Findings found = inspect(bench.window.get());
        QVERIFY2(found.problems.isEmpty(), qPrintable(found.problems.join(u'\n')));
        QVERIFY2(found.charts >= charts, qPrintable(QString::number(found.charts)));
        QVERIFY(found.controls > 20); // the tree was walked, not looked past
        const auto shown = bench.window->findChildren<ChartWidget *>();
        const auto visible = std::count_if(shown.begin(), shown.end(), [](const ChartWidget *chart) { return chart->isVisible(); });
        QCOMPARE(found.charts, static_cast<int>(visible)); // none is hidden from the tree
    }

    void twoSessions()
    {
        WindowBench bench(m_theme);
        show(bench, QStringLiteral("sessions"), -1);
        auto *page = static_cast<SessionsPage *>(bench.window->page(QStringLiteral("sessions")));
        page->compareWith(page->list()->model()->index(3, 0).data(KeyRole).toString());
        QVERIFY(bench.settle());
        const Findings found = inspect(bench.window.get());
        QVERIFY2(found.problems.isEmpty(), qPrintable(found.problems.join(u'\n')));
        QCOMPARE(found.charts, 2);
    }

    void keyboard_data() { views_data(); }
    void keyboard()
    {
        QFETCH(QString, view);
        QFETCH(int, tab);
        WindowBench bench(m_theme);
        show(bench, view, tab);
        QApplication::setActiveWindow(bench.window.get());
        bench.window->currentPage()->setFocus();
        QVERIFY(tabStops(bench.window.get()).size() > 10);
        QStringList missed = missedByTab(bench.window.get(), Qt::Key_Tab);
        QVERIFY2(missed.isEmpty(), qPrintable(missed.join(u'\n')));
        missed = missedByTab(bench.window.get(), Qt::Key_Backtab);
        QVERIFY2(missed.isEmpty(), qPrintable(missed.join(u'\n')));
    }

    void menus()
    {
        WindowBench bench(m_theme);
        show(bench, QStringLiteral("overview"), -1);
        const auto menus = bench.window->findChildren<QMenu *>();
        QVERIFY(menus.size() > 8);
        for (const QMenu *menu : menus) {
            for (const QAction *action : menu->actions())
                QVERIFY2(action->isSeparator() || !action->text().isEmpty(), qPrintable(menu->title()));
        }
    }

    void dialogs_data()
    {
        QTest::addColumn<QString>("dialog");
        for (const char *dialog : {"shortcuts", "about", "archive", "releases", "palette", "timepicker", "table", "alerts", "note", "explanation", "mapping"})
            QTest::newRow(dialog) << QString::fromLatin1(dialog);
    }
    void dialogs()
    {
        QFETCH(QString, dialog);
        WindowBench bench(m_theme);
        show(bench, QStringLiteral("overview"), -1);
        WindowActions &actions = bench.window->actions();
        QWidget *opened = nullptr;
        std::unique_ptr<QDialog> own;
        const QTemporaryDir folder;
        if (dialog == u"archive")
            own = std::make_unique<ArchiveDialog>(Archiver(), bench.state->scope(), QString(), QString(), QStringLiteral("overview"), nullptr);
        else if (dialog == u"releases")
            own = std::make_unique<ReleasePairDialog>(QStringList{QStringLiteral("4.2.0"), QStringLiteral("4.1.3")}, Comparison());
        AlertWatcher watcher(*bench.queries, *bench.state, std::filesystem::path(folder.path().toStdString()) / "alerts.json");
        if (dialog == u"alerts") {
            watcher.add({"Storm", *AlertRule::parse("errors > 20 in 10m"), {}, true});
            QTRY_COMPARE(watcher.model().rowCount(), 1);
            auto made = std::make_unique<AlertsDialog>(watcher, *bench.queries, *bench.state, Formatter(), nullptr);
            made->ruleField()->setText(QStringLiteral("errors > 30 in 10m")); // tried on history: its chart is there
            own = std::move(made);
        } else if (dialog == u"mapping") {
            bench.control.seen = {{1, {"plant/a/climate", R"({"t":21.5,"ts":1763472730})"}}};
            own = std::make_unique<MessageMapping>(&bench.control, QStringLiteral("mqtt plant"), QStringLiteral("plant"));
        }
        if (own) {
            own->show();
            opened = own.get();
            if (dialog == u"alerts")
                QTRY_COMPARE(inspect(opened).charts, 1); // once it was tried
        } else if (dialog == u"palette") {
            actions.palette->trigger();
            opened = bench.window->palette();
        } else if (dialog == u"timepicker") {
            actions.chooseRange->trigger();
            opened = bench.window->timePicker();
        } else {
            if (dialog == u"table") {
                for (PanelMenu *menu : bench.window->currentPage()->findChildren<PanelMenu *>()) {
                    if (!menu->table().rows.empty()) {
                        menu->showTable();
                        break;
                    }
                }
            } else if (dialog == u"note") {
                actions.addNote->trigger();
            } else if (dialog == u"explanation") {
                for (const Panel *panel : bench.window->currentPage()->findChildren<Panel *>()) {
                    if (opened || panel->questions().empty())
                        continue;
                    bench.window->currentPage()->explain(panel->title(), panel->questions());
                    break;
                }
            } else {
                (dialog == u"about" ? actions.about : actions.shortcuts)->trigger();
            }
            for (QDialog *one : bench.window->findChildren<QDialog *>()) {
                if (one->isVisible())
                    opened = one;
            }
        }
        QVERIFY(opened && opened->isVisible());
        const Findings found = inspect(opened);
        QVERIFY2(found.problems.isEmpty(), qPrintable(found.problems.join(u'\n')));
        QVERIFY(found.controls > 0);
        QApplication::setActiveWindow(opened);
        if (!tabStops(opened).empty()) {
            const QStringList missed = missedByTab(opened, Qt::Key_Tab);
            QVERIFY2(missed.isEmpty(), qPrintable(missed.join(u'\n')));
        }
        opened->close();
        own.reset(); // before what it watches
    }

    /// What is edited beside the list of sources, with everything that can be added.
    void formsOfSources()
    {
        WindowBench bench(m_theme);
        show(bench, QStringLiteral("sources"), -1);
        auto *page = static_cast<SourcesPage *>(bench.window->page(QStringLiteral("sources")));
        Q_EMIT page->addMenu()->aboutToShow();
        const auto kinds = page->addMenu()->actions();
        QVERIFY(kinds.size() >= 3);
        for (QAction *kind : kinds) {
            if (!kind->isEnabled() || kind->isSeparator())
                continue;
            kind->trigger();
            QVERIFY(bench.settle());
            const Findings found = inspect(bench.window.get());
            QVERIFY2(found.problems.isEmpty(), qPrintable(kind->text() + u'\n' + found.problems.join(u'\n')));
            const QStringList missed = missedByTab(bench.window.get(), Qt::Key_Tab);
            QVERIFY2(missed.isEmpty(), qPrintable(kind->text() + u'\n' + missed.join(u'\n')));
        }
    }

    /// What waits above a list has a name and is a stop of Tab.
    void whatWaitsInALiveList()
    {
        WindowBench bench(m_theme);
        show(bench, QStringLiteral("sessions"), -1);
        auto *page = static_cast<SessionsPage *>(bench.window->page(QStringLiteral("sessions")));
        QApplication::setActiveWindow(bench.window.get());
        page->list()->setFocus();
        bench.switches->late = 4;
        page->refreshForData();
        QVERIFY(bench.settle());
        QVERIFY(page->hold()->button()->isVisible());
        const Findings found = inspect(bench.window.get());
        QVERIFY2(found.problems.isEmpty(), qPrintable(found.problems.join(u'\n')));
        const QStringList missed = missedByTab(bench.window.get(), Qt::Key_Tab);
        QVERIFY2(missed.isEmpty(), qPrintable(missed.join(u'\n')));
    }

private:
    static void show(WindowBench &bench, const QString &view, int tab)
    {
        bench.window->showView(view);
        QVERIFY(bench.settle());
        if (tab > 0) {
            bench.window->page(view)->findChild<SegmentedControl *>()->setCurrentIndex(tab);
            QVERIFY(bench.settle());
        }
    }

    Theme m_theme;
};

QTEST_MAIN(TestAccessibility)
#include "tst_accessibility.moc"
