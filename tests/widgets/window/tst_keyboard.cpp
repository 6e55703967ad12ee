// SPDX-License-Identifier: GPL-3.0-or-later
// The whole keyboard map: every key has an action, and those without one do what they say.
#include "tests/widgets/window/windowbench.h"
#include "widgets/charts/sessiontimeline.h"
#include "widgets/charts/trackstack.h"
#include "widgets/pages/errorspage.h"
#include "widgets/pages/overviewpage.h"
#include "widgets/pages/printing.h"
#include "widgets/pages/sessionspage.h"
#include "widgets/window/notedialog.h"
#include "widgets/window/panes.h"
#include "widgets/window/sidebar.h"
#include "widgets/window/toolbar.h"
#include "widgets/window/viewpicture.h"

#include <QListView>
#include <QMenuBar>
#include <QTableView>
#include <QTest>

using namespace telltale;

class TestKeyboard final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { beginWindowTest(m_theme); }

    /// The map of the specification, but for keys that charts and lists have by themselves.
    void everyKeyHasItsAction_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("view"); ///< whose key it is; empty: the window's
        for (const char *key : {"Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+5", "Ctrl+6", "Ctrl+7", "Ctrl+K", "Ctrl+Shift+P", "Ctrl+L", "Ctrl+F", "F5", "Alt+Left",
                                "Alt+Right", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+C", "Ctrl+Shift+C", "Ctrl+E", "Ctrl+Shift+E", "Ctrl+P", "Ctrl+N", "Ctrl+O", "Ctrl+S", "Ctrl+W",
                                "Ctrl+Q", "Ctrl+T", "Ctrl+Shift+T", "Ctrl+,", "Ctrl+M", "F9", "F11", "F6", "Shift+F6", "F1", "Ctrl+?", "F10", "Space", "T", "[", "]", "-", "+", "0", "C", "M", "P"})
            QTest::newRow(key) << QString::fromLatin1(key) << QString();
        for (const char *key : {"J", "K", ",", ".", "E", "F"})
            QTest::addRow("sessions %s", key) << QString::fromLatin1(key) << QStringLiteral("sessions");
        for (const char *key : {"J", "K", "R", "A", "U", "X"})
            QTest::addRow("errors %s", key) << QString::fromLatin1(key) << QStringLiteral("errors");
    }
    void everyKeyHasItsAction()
    {
        QFETCH(QString, key);
        QFETCH(QString, view);
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        const QList<QAction *> actions = view.isEmpty() ? bench.window->actions().findChildren<QAction *>(QString(), Qt::FindDirectChildrenOnly)
                                                        : bench.window->page(view)->keys();
        int found = 0;
        for (const QAction *action : actions) {
            const bool isIt = action->property("singleKey").toString() == key || action->shortcuts().contains(QKeySequence(key));
            found += isIt ? 1 : 0;
            QVERIFY(!isIt || !action->text().isEmpty());
            // Those of the window act from everywhere in it.
            QVERIFY(!isIt || action->property("singleKey").isValid() || bench.window->QWidget::actions().contains(const_cast<QAction *>(action)));
        }
        QCOMPARE(found, 1);
    }

    void lettersCanBeSwitchedOff()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        QWidget *page = bench.window->currentPage();
        page->setFocus();
        QTest::keyClick(page, Qt::Key_M);
        QTRY_VERIFY(bench.window->findChild<NoteDialog *>());
        bench.window->findChild<NoteDialog *>()->reject();
        QTRY_VERIFY(!bench.window->findChild<NoteDialog *>());
        Settings settings = bench.control.settings();
        settings.hasSingleKeys = false;
        bench.control.change(settings);
        const bool wasComparing = bench.state->isComparing();
        for (const Qt::Key key : {Qt::Key_M, Qt::Key_C, Qt::Key_BracketLeft, Qt::Key_P})
            QTest::keyClick(page, key);
        QVERIFY(!bench.window->findChild<NoteDialog *>());
        QCOMPARE(bench.state->isComparing(), wasComparing);
        QVERIFY(bench.state->range().isLive);
        bench.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(bench.window.get()));
        QTest::keyClick(bench.window.get(), Qt::Key_2, Qt::ControlModifier); // others go on
        QTRY_COMPARE(bench.window->currentView(), QStringLiteral("usage"));
    }

    void partsOfTheWindowByF6()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        QSet<QWidget *> seen;
        for (int i = 0; i < 8; ++i) {
            QTest::keyClick(bench.window.get(), Qt::Key_F6);
            QWidget *focus = QApplication::focusWidget();
            QVERIFY(focus);
            seen.insert(focus);
        }
        QVERIFY2(seen.size() >= 5, qPrintable(QString::number(seen.size()))); // sidebar, toolbar, panels
        QVERIFY(std::any_of(seen.begin(), seen.end(), [&](QWidget *one) { return bench.window->sidebar()->isAncestorOf(one); }));
        QVERIFY(std::any_of(seen.begin(), seen.end(), [&](QWidget *one) { return bench.window->toolbar()->isAncestorOf(one); }));
        QWidget *here = QApplication::focusWidget();
        QTest::keyClick(bench.window.get(), Qt::Key_F6);
        QTest::keyClick(bench.window.get(), Qt::Key_F6, Qt::ShiftModifier);
        QCOMPARE(QApplication::focusWidget(), here);
    }

    void menuBarHidesAndComesBack()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        QVERIFY(bench.window->menuBar()->isVisible());
        QTest::keyClick(bench.window.get(), Qt::Key_M, Qt::ControlModifier);
        QVERIFY(!bench.window->menuBar()->isVisible());
        QTest::keyClick(bench.window.get(), Qt::Key_3, Qt::ControlModifier); // keys act all the same
        QCOMPARE(bench.window->currentView(), QStringLiteral("sessions"));
        QTest::keyClick(bench.window.get(), Qt::Key_F10);
        QVERIFY(bench.window->menuBar()->isVisible());
        QVERIFY(bench.window->menuBar()->activeAction());
        QVERIFY(bench.window->actions().menuBar->isChecked());
    }

    void chartKeys()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        TrackStack *tracks = static_cast<OverviewPage *>(bench.window->currentPage())->tracks();
        tracks->setFocus();
        QTest::keyClick(tracks, Qt::Key_Home);
        const auto first = tracks->cursorTime();
        QVERIFY(first);
        QTest::keyClick(tracks, Qt::Key_Right);
        const auto second = tracks->cursorTime();
        QVERIFY(*second > *first);
        QTest::keyClick(tracks, Qt::Key_Right, Qt::ControlModifier);
        QVERIFY(*tracks->cursorTime() - *second > 5 * (*second - *first));
        QTest::keyClick(tracks, Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY(bench.state->selection());
        QTest::keyClick(tracks, Qt::Key_Escape);
        QVERIFY(!bench.state->selection());
        bench.window->actions().pinCursor->trigger();
        QVERIFY(tracks->isCursorPinned());
        bench.window->currentPage()->setFocus();
        QTest::keyClick(bench.window->currentPage(), Qt::Key_P);
        QVERIFY(!tracks->isCursorPinned());
    }

    void sessionKeys()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("sessions"));
        QVERIFY(bench.settle());
        Page *page = bench.window->currentPage();
        auto *timeline = static_cast<SessionsPage *>(page)->timeline(); // not the one of a compared session
        page->setFocus();
        const auto before = timeline->playhead();
        QTest::keyClick(page, Qt::Key_Period);
        QVERIFY(timeline->playhead() && timeline->playhead() != before);
        const auto there = timeline->playhead();
        QTest::keyClick(page, Qt::Key_Comma);
        QVERIFY(timeline->playhead() != there);
        QTest::keyClick(page, Qt::Key_F);
        QTest::keyClick(page, Qt::Key_J);
        QVERIFY(bench.settle());
        QVERIFY(timeline->data().range.from != StrideEngine::now());
    }

    void errorRowsByX()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("errors"));
        QVERIFY(bench.settle());
        auto *table = bench.window->currentPage()->findChild<QTableView *>();
        table->setFocus();
        table->setCurrentIndex(table->model()->index(0, 0));
        QTest::keyClick(table, Qt::Key_J);
        QCOMPARE(table->currentIndex().row(), 1);
        QTest::keyClick(table, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(table->selectionModel()->selectedRows().size(), 2);
        QTest::keyClick(table, Qt::Key_X);
        QCOMPARE(table->selectionModel()->selectedRows().size(), 1);
        QTest::keyClick(table, Qt::Key_X);
        QCOMPARE(table->selectionModel()->selectedRows().size(), 2);
    }

    void aViewOnPaperAndAsAPicture()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        const ReportDocument document = documentOf(*bench.window->currentPage(), QStringLiteral("Overview"));
        QCOMPARE(document.parts.size(), std::size_t(4)); // its panels
        QVERIFY(!document.asked.empty());
        QVERIFY(!layOut(document).pages.empty());
        const QImage picture = pictureOf(*bench.window->currentPage(), 2);
        QCOMPARE(picture.width(), 2 * bench.window->currentPage()->width());
        const QByteArray svg = svgOf(*bench.window->currentPage(), QStringLiteral("Overview"));
        QVERIFY(svg.contains("<svg") && svg.contains("Live activity"));
    }

    void theSheetShowsThemAll()
    {
        for (const auto mode : {Theme::Mode::Light, Theme::Mode::Dark}) {
            m_theme.setMode(mode);
            WindowBench bench(m_theme);
            QVERIFY(bench.settle());
            QTest::keyClick(bench.window.get(), Qt::Key_F1);
            auto *sheet = bench.window->findChild<QDialog *>();
            QVERIFY(sheet && sheet->isVisible());
            QVERIFY(sheet->grab().save(QStringLiteral(TELLTALE_SCREENSHOTS "/shortcuts-%1.png").arg(mode == Theme::Mode::Dark ? QStringLiteral("dark") : QStringLiteral("light"))));
            sheet->close();
        }
        m_theme.setMode(Theme::Mode::Light);
    }

private:
    Theme m_theme;
};

QTEST_MAIN(TestKeyboard)
#include "tst_keyboard.moc"
