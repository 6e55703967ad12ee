// SPDX-License-Identifier: GPL-3.0-or-later
// What every panel's menu can do, on the real window.
#include "tests/widgets/window/windowbench.h"
#include "widgets/charts/trackstack.h"
#include "widgets/controls/codeview.h"
#include "widgets/pages/datatable.h"
#include "widgets/pages/explanation.h"
#include "widgets/pages/overviewpage.h"
#include "widgets/pages/panelmenu.h"
#include "widgets/pages/reportspage.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace telltale;

class TestPanelMenu final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { beginWindowTest(m_theme); }

    void everyPanelHasEverything_data()
    {
        QTest::addColumn<QString>("view");
        for (const char *view : {"overview", "usage", "sessions", "errors", "performance", "journeys"})
            QTest::newRow(view) << QString::fromLatin1(view);
    }
    void everyPanelHasEverything()
    {
        QFETCH(QString, view);
        WindowBench bench(m_theme);
        bench.window->showView(view);
        QVERIFY(bench.settle());
        int panels = 0;
        for (const Panel *panel : bench.window->page(view)->findChildren<Panel *>()) {
            if (!panel->isVisible() || !panel->isShowingBody())
                continue;
            auto *menu = qobject_cast<PanelMenu *>(panel->menuButton()->menu());
            QVERIFY2(menu, qPrintable(panel->accessibleName()));
            Q_EMIT menu->aboutToShow();
            for (const char *name : {"Copy data", "Copy image", "Export data…", "Export image…", "Add to report", "Show as table…", "Explain this number…"}) {
                const QAction *action = actionOf(menu, name);
                QVERIFY2(action, name);
                QVERIFY2(action->isEnabled() || menu->table().rows.empty(), qPrintable(panel->accessibleName() + u' ' + QLatin1String(name)));
            }
            QVERIFY2(!panel->questions().empty(), qPrintable(panel->accessibleName()));
            ++panels;
        }
        QVERIFY(panels >= 1);
    }

    /// In no panel, and still not shut in: copied by keys, exported by its own menu.
    void aListInADialog()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("performance"));
        QVERIFY(bench.settle());
        Page *page = bench.window->page(QStringLiteral("performance"));
        const auto menus = page->findChildren<PanelMenu *>();
        const auto operations = std::find_if(menus.begin(), menus.end(), [](const PanelMenu *menu) { return menu->table().title == u"Operations"; });
        QVERIFY(operations != menus.end());
        (*operations)->showTable();
        auto *dialog = bench.window->findChild<QDialog *>();
        QVERIFY(dialog);
        auto *list = dialog->findChild<DataTable *>();
        const ExportTable whole = (*operations)->table();
        dialog->activateWindow();
        list->setFocus();
        QVERIFY(QTest::qWaitFor([&] { return QApplication::focusWidget() == list; }, 5'000));
        list->selectRow(1);
        QTest::keyClick(list, Qt::Key_C, Qt::ControlModifier);
        QVERIFY2(QApplication::clipboard()->text().count(u'\n') == 2, qPrintable(QApplication::clipboard()->text())); // the header and the row
        QVERIFY(QApplication::clipboard()->text().contains(whole.rows[1][0]));
        QContextMenuEvent asked(QContextMenuEvent::Keyboard, list->rect().center(), list->mapToGlobal(list->rect().center()));
        QApplication::sendEvent(list, &asked);
        auto *menu = list->findChild<ListMenu *>();
        QVERIFY(menu && menu->isVisible());
        for (const char *name : {"Copy data", "Copy as Markdown", "Copy as JSON", "Copy image", "Export data…", "Export image…"}) {
            const QAction *action = actionOf(menu, name);
            QVERIFY2(action && action->isEnabled(), name);
        }
        menu->close();
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("list.json"));
        QSignalSpy told(page, &Page::told);
        menu->exportTo(path);
        QVERIFY(QTest::qWaitFor([&] { return QFile::exists(path); }, 20'000));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject read = QJsonDocument::fromJson(file.readAll()).object();
        QCOMPARE(static_cast<std::size_t>(read[u"rows"].toArray().size()), whole.rows.size());
        QVERIFY(read[u"asked"][u"Product"].isString() && read[u"asked"][u"Time zone"].isString() && read[u"asked"][u"Rows"].isString());
        for (const char *suffix : {"png", "svg"}) {
            told.clear();
            const QString picture = folder.filePath(QStringLiteral("list.") + QString::fromLatin1(suffix));
            menu->exportTo(picture);
            QVERIFY(QTest::qWaitFor([&] { return !told.isEmpty() && told.back().front().toString().startsWith(QStringLiteral("Saved")); }, 20'000));
            QVERIFY(QFileInfo(picture).size() > 1'000);
        }
        dialog->close();
    }

    void openedByKeys()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        auto *page = static_cast<OverviewPage *>(bench.window->page(QStringLiteral("overview")));
        QWidget *tracks = page->tracks();
        tracks->setFocus();
        PanelMenu *menu = menuOf(page, QStringLiteral("Live activity"));
        QVERIFY(menu);
        QTest::keyClick(tracks, Qt::Key_F10, Qt::ShiftModifier);
        QVERIFY(menu->isVisible());
        menu->close();
        QTest::keyClick(tracks, Qt::Key_Menu);
        QVERIFY(menu->isVisible());
        menu->close();
    }

    void intoTheReportAndBack()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        auto *reports = static_cast<ReportsPage *>(bench.window->page(QStringLiteral("reports")));
        const int before = reports->sections()->rowCount();
        actionOf(menuOf(bench.window->page(QStringLiteral("overview")), QStringLiteral("Live activity")), "Add to report")->trigger();
        actionOf(menuOf(bench.window->page(QStringLiteral("overview")), QStringLiteral("Feature usage")), "Add to report")->trigger();
        QCOMPARE(reports->sections()->rowCount(), before + 2);
        QCOMPARE(bench.window->changes().undoText(), QStringLiteral("add “Feature usage” to the report"));
        bench.window->actions().undo->trigger();
        QCOMPARE(reports->sections()->rowCount(), before + 1);
        bench.window->actions().redo->trigger();
        QCOMPARE(reports->sections()->rowCount(), before + 2);

        bench.window->showView(QStringLiteral("reports"));
        QVERIFY(bench.settle());
        const int row = reports->sections()->rowCount() - 2; // before the appendix
        QVERIFY(reports->sections()->panelAt(row) > 0);
        reports->sectionList()->setCurrentIndex(reports->sections()->index(row));
        reports->sectionList()->setFocus();
        QTRY_VERIFY(bench.settle());
        QVERIFY(bench.window->grab().save(picture("report-panels-light")));
        QTest::keyClick(reports->sectionList(), Qt::Key_Delete);
        QCOMPARE(reports->sections()->rowCount(), before + 1);
        bench.window->actions().undo->trigger();
        QCOMPARE(reports->sections()->panelAt(row), 2); // where it was
    }

    void explained()
    {
        for (const auto mode : {Theme::Mode::Light, Theme::Mode::Dark}) {
            m_theme.setMode(mode);
            WindowBench bench(m_theme);
            bench.state->addFilterTerm(QStringLiteral("release"), QStringLiteral("4.2.0"));
            QVERIFY(bench.settle());
            actionOf(menuOf(bench.window->page(QStringLiteral("overview")), QStringLiteral("Feature usage")), "Explain this number…")->trigger();
            auto *dialog = bench.window->findChild<ExplanationDialog *>();
            QVERIFY(dialog && dialog->isVisible());
            const auto codes = dialog->findChildren<CodeView *>();
            QCOMPARE(codes.size(), 1);
            QVERIFY2(codes.front()->code().startsWith(QStringLiteral("telltale query heatmap --rows feature --columns minute --value users --from ")), qPrintable(codes.front()->code()));
            QVERIFY(codes.front()->code().contains(QStringLiteral("--filter release:4.2.0 --zone Europe/Berlin")));
            for (QPushButton *button : dialog->findChildren<QPushButton *>()) {
                if (button->text().contains(QStringLiteral("Copy")))
                    button->click();
            }
            const QString copied = QApplication::clipboard()->text();
            for (const char *part : {"Feature usage", "Usage event: Something a person did", "Filter: release:4.2.0", "Time zone: Europe/Berlin", "telltale query heatmap", "By reading"})
                QVERIFY2(copied.contains(QLatin1String(part)), qPrintable(copied));
            QVERIFY(dialog->grab().save(picture(mode == Theme::Mode::Dark ? "explanation-dark" : "explanation-light")));
            dialog->close();
        }
        m_theme.setMode(Theme::Mode::Light);
    }

    void tilesAreExplainedToo()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        QVERIFY(!bench.window->page(QStringLiteral("overview"))->questions(QStringLiteral("overview.tiles")).empty());
        QVERIFY(bench.window->page(QStringLiteral("overview"))->questions(QStringLiteral("nothing")).empty());
        static_cast<OverviewPage *>(bench.window->page(QStringLiteral("overview")))->explainTiles();
        auto *dialog = bench.window->findChild<ExplanationDialog *>();
        QVERIFY(dialog);
        const auto codes = dialog->findChildren<CodeView *>();
        QVERIFY(!codes.isEmpty());
        QVERIFY(codes.front()->code().startsWith(QStringLiteral("telltale query totals --from ")));
    }

private:
    static QString picture(const char *name) { return QStringLiteral(TELLTALE_SCREENSHOTS "/%1.png").arg(QLatin1String(name)); }
    static QAction *actionOf(const QMenu *menu, const char *name)
    {
        for (QAction *action : menu->actions()) {
            if (QString(action->text()).remove(u'&') == QString::fromUtf8(name))
                return action;
        }
        return nullptr;
    }
    static PanelMenu *menuOf(const QWidget *page, const QString &title)
    {
        for (const Panel *panel : page->findChildren<Panel *>()) {
            if (panel->title() == title)
                return qobject_cast<PanelMenu *>(panel->menuButton()->menu());
        }
        return nullptr;
    }

    Theme m_theme;
};

QTEST_MAIN(TestPanelMenu)
#include "tst_panelmenu.moc"
