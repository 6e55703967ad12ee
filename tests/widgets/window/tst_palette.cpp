// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/window/windowbench.h"
#include "widgets/window/commandpalette.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QTest>

#include <functional>

using namespace telltale;

class TestPalette final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { beginWindowTest(m_theme); }

    void scores_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<bool>("isFound");
        QTest::newRow("nothing typed") << QString() << true;
        QTest::newRow("beginning") << QStringLiteral("zo") << true;
        QTest::newRow("a later word") << QStringLiteral("OUT") << true;
        QTest::newRow("the middle") << QStringLiteral("oom") << true;
        QTest::newRow("two words in any order") << QStringLiteral("out zoom") << true;
        QTest::newRow("in the detail") << QStringLiteral("range") << true;
        QTest::newRow("one word missing") << QStringLiteral("zoom in") << false;
    }
    void scores()
    {
        QFETCH(QString, query);
        QFETCH(bool, isFound);
        const PaletteEntry entry{QStringLiteral("Commands"), QStringLiteral("Zoom out"), QStringLiteral("Time range"), QStringLiteral("-"), IconId::Bolt, {}};
        QCOMPARE(paletteScore(entry, query.split(u' ', Qt::SkipEmptyParts)) > 0, isFound);
    }

    void betterFitsComeFirst()
    {
        PaletteModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::vector<PaletteEntry> entries;
        for (const char *title : {"Go back", "Callback", "Back"})
            entries.push_back({QStringLiteral("Commands"), QString::fromLatin1(title), {}, {}, IconId::Bolt, {}});
        entries.push_back({QStringLiteral("Views"), QStringLiteral("Background"), {}, {}, IconId::Bolt, {}});
        model.setEntries(entries);
        model.setQuery(QStringLiteral("back"));
        QStringList shown;
        for (int row = 0; row < model.rowCount(); ++row)
            shown << model.index(row).data().toString();
        QCOMPARE(shown, (QStringList{QStringLiteral("Commands"), QStringLiteral("Back"), QStringLiteral("Go back"), QStringLiteral("Callback"), QStringLiteral("Views"),
                                     QStringLiteral("Background")}));
        QVERIFY(!model.entry(0));
        QCOMPARE(model.firstEntry(), 1);
        QCOMPARE(model.nextEntry(3, 1), 5); // over the heading
        QCOMPARE(model.nextEntry(5, 1), 5);
        model.setQuery(QStringLiteral("nothing like it"));
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.firstEntry(), -1);
    }

    /// Every command of the window is found by its name and is the first then.
    void everyActionIsFound()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        open(bench);
        for (const QAction *action : bench.window->actions().findChildren<QAction *>(QString(), Qt::FindDirectChildrenOnly)) {
            if (!action->isEnabled() || action->text().isEmpty() || action == bench.window->actions().palette)
                continue;
            const QString name = action->text().section(u'\t', 0, 0).remove(u'&');
            bench.window->palette()->model().setQuery(name);
            bool isThere = false;
            for (int row = 0; row < bench.window->palette()->model().rowCount(); ++row)
                isThere = isThere || bench.window->palette()->model().index(row).data().toString().endsWith(name);
            QVERIFY2(isThere, qPrintable(name));
        }
    }

    /// Whatever stands in a menu is there by its name, also below it.
    void everythingInMenusIsThere()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        open(bench);
        QVERIFY(bench.settle());
        PaletteModel &model = bench.window->palette()->model();
        int seen = 0;
        std::function<void(const QMenu *)> walk = [&](const QMenu *menu) {
            for (const QAction *action : menu->actions()) {
                if (action->menu())
                    walk(action->menu());
                if (action->menu() || action->isSeparator() || !action->isEnabled() || action == bench.window->actions().palette)
                    continue;
                const QString name = action->text().section(u'\t', 0, 0).remove(u'&');
                model.setQuery(name);
                bool isThere = false;
                for (int row = 0; row < model.rowCount(); ++row)
                    isThere = isThere || model.index(row).data().toString().endsWith(name);
                QVERIFY2(isThere, qPrintable(name));
                ++seen;
            }
        };
        for (const QAction *top : bench.window->menuBar()->actions())
            walk(top->menu());
        QVERIFY(seen > 40);
        model.setQuery(QStringLiteral("explain number feature"));
        QVERIFY(model.entry(model.firstEntry()));
        QCOMPARE(model.entry(model.firstEntry())->detail, QStringLiteral("Feature usage"));
    }

    void prefixes_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QStringList>("groups");
        QTest::newRow("commands") << QStringLiteral(">zoom") << QStringList{QStringLiteral("Commands")};
        QTest::newRow("errors") << QStringLiteral("#") << QStringList{QStringLiteral("Errors")};
        QTest::newRow("sessions") << QStringLiteral("@") << QStringList{QStringLiteral("Sessions")};
        QTest::newRow("settings") << QStringLiteral("/") << QStringList{QStringLiteral("Settings")};
        QTest::newRow("reports") << QStringLiteral("> report template") << QStringList{QStringLiteral("Reports")};
    }
    void prefixes()
    {
        QFETCH(QString, query);
        QFETCH(QStringList, groups);
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        open(bench);
        QVERIFY(bench.settle());
        type(bench, query);
        const PaletteModel &model = bench.window->palette()->model();
        QStringList headings;
        for (int row = 0; row < model.rowCount(); ++row) {
            if (!model.entry(row))
                headings << model.index(row).data().toString();
        }
        QCOMPARE(headings, groups);
        QVERIFY(model.firstEntry() > 0);
    }

    void sessionsByTheirWholeId()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        StrideEngine engine;
        const auto sessions = engine.sessions(bench.state->scope(bench.state->resolvedRange()), false, {});
        QVERIFY(sessions && !sessions->value.rows.empty());
        open(bench);
        QVERIFY(bench.settle());
        type(bench, u'@' + QString::fromStdString(sessions->value.rows.front().session));
        QTest::keyClick(bench.window->palette()->field(), Qt::Key_Return);
        QCOMPARE(bench.window->currentView(), QStringLiteral("sessions"));
    }

    void whatWasRunComesFirst()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        PaletteModel &model = bench.window->palette()->model();
        open(bench);
        QVERIFY(model.index(0).data().toString() != QStringLiteral("Recent"));
        type(bench, QStringLiteral("zoom out"));
        QTest::keyClick(bench.window->palette()->field(), Qt::Key_Return);
        open(bench);
        type(bench, QStringLiteral("go errors"));
        QTest::keyClick(bench.window->palette()->field(), Qt::Key_Return);
        QVERIFY(bench.settle());
        open(bench);
        QCOMPARE(model.index(0).data().toString(), QStringLiteral("Recent"));
        QCOMPARE(model.entry(1)->title, QStringLiteral("Go to Errors"));
        QCOMPARE(model.entry(2)->title, QStringLiteral("Zoom out"));
        int times = 0;
        for (int row = 0; row < model.rowCount(); ++row)
            times += model.index(row).data().toString() == QStringLiteral("Go to Errors");
        QCOMPARE(times, 1);
        QCOMPARE(bench.window->palette()->recent().size(), 2);
        type(bench, QStringLiteral("go"));
        QVERIFY(model.index(0).data().toString() != QStringLiteral("Recent"));
    }

    void enterGoesThere()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        open(bench);
        type(bench, QStringLiteral("go errors"));
        QTest::keyClick(bench.window->palette()->field(), Qt::Key_Return);
        QVERIFY(!bench.window->palette()->isVisible());
        QCOMPARE(bench.window->currentView(), QStringLiteral("errors"));
    }

    void featuresFilterAndErrorsOpen()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        open(bench);
        QVERIFY(bench.settle());
        type(bench, QStringLiteral("route map"));
        QTest::keyClick(bench.window->palette()->field(), Qt::Key_Return);
        QCOMPARE(bench.state->filterText(), QStringLiteral("feature:\"Live route map\""));
        QVERIFY(bench.state->setFilterText({}));
        open(bench);
        QVERIFY(bench.settle());
        type(bench, QStringLiteral("TypeError"));
        QTest::keyClick(bench.window->palette()->field(), Qt::Key_Return);
        QCOMPARE(bench.window->currentView(), QStringLiteral("errors"));
    }

    void arrowsAndEscape()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        open(bench);
        CommandPalette *palette = bench.window->palette();
        const int first = palette->list()->currentIndex().row();
        QTest::keyClick(palette->field(), Qt::Key_Down);
        QVERIFY(palette->list()->currentIndex().row() > first);
        QTest::keyClick(palette->field(), Qt::Key_Up);
        QCOMPARE(palette->list()->currentIndex().row(), first);
        QTest::keyClick(palette->field(), Qt::Key_Escape);
        QVERIFY(!palette->isVisible());
        open(bench);
        QTest::mouseClick(palette, Qt::LeftButton, {}, QPoint(5, 5));
        QVERIFY(!palette->isVisible());
    }

private:
    static void open(WindowBench &bench)
    {
        bench.window->actions().palette->trigger();
        QVERIFY(bench.window->palette()->isVisible());
    }
    static void type(WindowBench &bench, const QString &text) { bench.window->palette()->field()->setText(text); }

    Theme m_theme;
};

QTEST_MAIN(TestPalette)
#include "tst_palette.moc"
