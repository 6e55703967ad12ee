// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/window/windowbench.h"
#include "translations/translator.h"
#include "widgets/window/commandpalette.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QListView>
#include <QTest>

using namespace telltale;

class TestPalette final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        installTranslations(*QCoreApplication::instance(), QLocale::c());
        m_theme.install(Theme::Mode::Light);
        m_theme.setReducedMotion(true);
    }

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
