// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody arranged is the same the next time.
#include "app/window/windowmemory.h"
#include "tests/widgets/window/windowbench.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/datatable.h"
#include "widgets/pages/pagememory.h"
#include "widgets/pages/usagepage.h"
#include "widgets/window/commandpalette.h"
#include "widgets/window/sidebar.h"
#include "widgets/window/timepicker.h"

#include <QFileInfo>
#include <QHeaderView>
#include <QMenuBar>
#include <QSettings>
#include <QSplitter>
#include <QTemporaryDir>

using namespace telltale;

class TestWindowMemory final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { beginWindowTest(m_theme); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void theWindowAndWhatIsLookedAt()
    {
        {
            WindowBench bench(m_theme);
            WindowMemory memory(*bench.window, *bench.state, m_theme, path());
            QVERIFY(bench.settle());
            bench.window->resize(1300, 820);
            bench.window->move(40, 30);
            bench.window->actions().sidebar->trigger();
            bench.window->actions().menuBar->trigger();
            bench.window->timePicker()->setRecent({QStringLiteral("yesterday 9-17"), QStringLiteral("since 4.2.0")});
            bench.window->setProduct(QStringLiteral("stride"), QStringLiteral("production"));
            QVERIFY(bench.state->setZone(QStringLiteral("UTC")));
            Comparison week;
            week.kind = Comparison::Kind::LastWeek;
            bench.state->setComparison(week);
            bench.window->showView(QStringLiteral("errors"));
            QVERIFY(bench.settle());
            memory.save();
        }
        QCOMPARE(QFileInfo(path()).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        WindowBench bench(m_theme);
        WindowMemory memory(*bench.window, *bench.state, m_theme, path());
        memory.restore();
        QVERIFY(bench.settle());
        QCOMPARE(bench.window->size(), QSize(1300, 820));
        QCOMPARE(bench.window->pos(), QPoint(40, 30));
        QVERIFY(!bench.window->sidebar()->isVisible());
        QVERIFY(!bench.window->menuBar()->isVisible());
        QCOMPARE(bench.window->timePicker()->recent().size(), 2);
        QCOMPARE(bench.state->product(), QStringLiteral("stride"));
        QCOMPARE(bench.state->environment(), QStringLiteral("production"));
        QCOMPARE(bench.state->zone().id(), std::string("UTC"));
        QCOMPARE(bench.state->comparison().kind, Comparison::Kind::LastWeek);
        QCOMPARE(bench.window->currentView(), QStringLiteral("errors"));
    }

    void productsOfAnotherCacheAreNotAskedFor()
    {
        {
            QSettings settings(path(), QSettings::IniFormat);
            settings.setValue(QStringLiteral("view/cache"), QStringLiteral("/somewhere/else.db"));
            settings.setValue(QStringLiteral("view/product"), QStringLiteral("other"));
            settings.setValue(QStringLiteral("view/zone"), QStringLiteral("UTC"));
            settings.setValue(QStringLiteral("window/place"), QPoint(90'000, 90'000)); // a screen that is gone
        }
        WindowBench bench(m_theme);
        WindowMemory memory(*bench.window, *bench.state, m_theme, path());
        const QPoint place = bench.window->pos();
        memory.restore(true);
        QVERIFY(bench.settle());
        QCOMPARE(bench.state->product(), QString());
        QCOMPARE(bench.state->zone().id(), std::string("Europe/Berlin")); // the command line's
        QCOMPARE(bench.window->pos(), place);
    }

    void whatWasArrangedInViews()
    {
        QList<int> divided;
        {
            WindowBench bench(m_theme);
            WindowMemory memory(*bench.window, *bench.state, m_theme, path());
            memory.restore();
            QVERIFY(bench.settle());
            show(bench, QStringLiteral("usage"));
            static_cast<UsagePage *>(bench.window->currentPage())->tabs()->setCurrentIndex(2);
            show(bench, QStringLiteral("performance"));
            DataTable *table = operations(bench);
            table->sortByColumn(3, Qt::AscendingOrder);
            show(bench, QStringLiteral("errors"));
            QSplitter *splitter = bench.window->currentPage()->findChild<QSplitter *>();
            const int whole = splitter->sizes().at(0) + splitter->sizes().at(1);
            splitter->setSizes({whole - 600, 600});
            divided = splitter->sizes();
            memory.save();
        }
        WindowBench bench(m_theme);
        WindowMemory memory(*bench.window, *bench.state, m_theme, path());
        memory.restore();
        QVERIFY(bench.settle());
        show(bench, QStringLiteral("errors"));
        QSplitter *splitter = bench.window->currentPage()->findChild<QSplitter *>();
        QTRY_COMPARE(splitter->sizes(), divided);
        QTest::mouseDClick(splitter->handle(1), Qt::LeftButton); // as it was made
        QVERIFY(splitter->sizes() != divided);
        show(bench, QStringLiteral("usage"));
        QTRY_COMPARE(static_cast<UsagePage *>(bench.window->currentPage())->tabs()->currentIndex(), 2);
        memory.save(); // a view that nobody looked at keeps what it had
        const QVariantMap saved = QSettings(path(), QSettings::IniFormat).value(QStringLiteral("views/arranged")).toMap();
        QVERIFY(saved.contains(QStringLiteral("performance")));
        show(bench, QStringLiteral("performance"));
        QTRY_COMPARE(operations(bench)->horizontalHeader()->sortIndicatorSection(), 3);
        QCOMPARE(operations(bench)->horizontalHeader()->sortIndicatorOrder(), Qt::AscendingOrder);
    }

    void whatDoesNotFitIsLeftOut()
    {
        {
            QSettings settings(path(), QSettings::IniFormat);
            settings.setValue(QStringLiteral("views/arranged"),
                              QVariantMap{{QStringLiteral("usage"), QVariantMap{{QStringLiteral("tabs"), QVariantList{99}}, {QStringLiteral("splitters"), QVariantList{1, 2, 3}}}},
                                          {QStringLiteral("errors"), QStringLiteral("no map")},
                                          {QStringLiteral("performance"), QVariantMap{{QStringLiteral("tables"), QVariantList{5, QStringLiteral("x")}}}}});
        }
        WindowBench bench(m_theme);
        WindowMemory memory(*bench.window, *bench.state, m_theme, path());
        memory.restore();
        QVERIFY(bench.settle());
        for (const char *view : {"usage", "errors", "performance"})
            show(bench, QString::fromLatin1(view));
        QCOMPARE(static_cast<UsagePage *>(bench.window->page(QStringLiteral("usage")))->tabs()->currentIndex(), 0);
    }

private:
    QString path() const { return m_folder->filePath(QStringLiteral("state/window.ini")); }
    static void show(WindowBench &bench, const QString &view)
    {
        bench.window->showView(view);
        QVERIFY(bench.settle());
    }
    static DataTable *operations(WindowBench &bench)
    {
        for (DataTable *table : bench.window->page(QStringLiteral("performance"))->findChildren<DataTable *>()) {
            if (table->accessibleName() == u"Operations")
                return table;
        }
        return nullptr;
    }

    Theme m_theme;
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(TestWindowMemory)
#include "tst_windowmemory.moc"
