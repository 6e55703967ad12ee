// SPDX-License-Identifier: GPL-3.0-or-later
// What stands between the start and the first paint: counted, because time differs from machine to machine.
#include "tests/widgets/window/windowbench.h"

#include "widgets/theme/icons.h"

#include <QApplication>
#include <QDialog>
#include <QIcon>
#include <QPlatformSurfaceEvent>
#include <QSignalSpy>
#include <QStyle>

using namespace telltale;

namespace {

/// The window before it was shown: nothing is asked, nothing was painted.
class Unshown
{
public:
    explicit Unshown(Theme &theme)
        : state(std::make_shared<FixedClock>(StrideEngine::now()))
        , queries([]() -> Result<std::unique_ptr<Engine>> { return std::make_unique<StrideEngine>(std::make_shared<StrideSwitches>()); })
        , window({.queries = &queries, .state = &state, .theme = &theme, .receiver = &receiver, .sources = &control})
    {
        receiver.switches = std::make_shared<StrideSwitches>();
    }
    bool paint()
    {
        QSignalSpy painted(&window, &MainWindow::firstPainted);
        window.show();
        return painted.wait(5000);
    }

    ViewState state;
    QueryRunner queries;
    FakeReceiver receiver;
    FakeSourceControl control;
    MainWindow window;
};

/// Counts what becomes a window of the desktop, for however short a time.
class WindowCounter final : public QObject
{
public:
    WindowCounter() { qApp->installEventFilter(this); }
    int windows = 0;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::PlatformSurface && watched->isWindowType())
            windows += static_cast<QPlatformSurfaceEvent *>(event)->surfaceEventType() == QPlatformSurfaceEvent::SurfaceCreated;
        return QObject::eventFilter(watched, event);
    }
};

qsizetype widgetsOf(const QWidget &window)
{
    return window.findChildren<QWidget *>().size();
}

} // namespace

class TestWindowStart final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { beginWindowTest(m_theme); }

    void theFirstPaintWaitsForOnePage()
    {
        Unshown bench(m_theme);
        QCOMPARE(bench.window.madePages(), 0);
        QVERIFY(bench.paint());
        QCOMPARE(bench.window.madePages(), 1);
        QCOMPARE(bench.window.currentPage(), bench.window.page(QStringLiteral("overview")));
        QVERIFY(bench.window.findChildren<QDialog *>().isEmpty());
        const qsizetype first = widgetsOf(bench.window);
        for (const QString &view : bench.window.views())
            QVERIFY(bench.window.page(view));
        QVERIFY2(first < widgetsOf(bench.window) / 3, qPrintable(QStringLiteral("%1 of %2 widgets").arg(first).arg(widgetsOf(bench.window))));
    }

    /// A widget that is shown before it has a parent is a window for a moment: it costs, and it flickers.
    void nothingElseIsAWindow()
    {
        WindowCounter counter;
        Unshown bench(m_theme);
        QVERIFY(bench.paint());
        QCOMPARE(counter.windows, 1);
        for (const QString &view : bench.window.views())
            QVERIFY(bench.window.page(view));
        QCOMPARE(counter.windows, 1);
    }

    void theRememberedViewIsTheOnlyOne()
    {
        Unshown bench(m_theme);
        bench.state.setView(QStringLiteral("sessions")); // as memory does before the window is shown
        QVERIFY(bench.paint());
        QCOMPARE(bench.window.madePages(), 1);
        QCOMPARE(bench.window.currentPage()->objectName(), QStringLiteral("sessions"));
        QCOMPARE(bench.window.currentPage()->accessibleName(), QStringLiteral("Sessions"));
    }

    void theOthersFollowByThemselves()
    {
        Unshown bench(m_theme);
        QVERIFY(bench.paint());
        QPointer<Page> shown = bench.window.currentPage();
        bench.window.start();
        QTRY_COMPARE_WITH_TIMEOUT(bench.window.madePages(), int(bench.window.views().size()), 20'000);
        QCOMPARE(bench.window.currentPage(), shown.data()); // and nobody sees it
        QVERIFY(shown->isActive());
        for (const QString &view : bench.window.views())
            QCOMPARE(bench.window.page(view)->isActive(), view == bench.window.currentView());
    }

    /// A picture of one view needs no others.
    void aStillWindowMakesWhatIsAskedFor()
    {
        Unshown bench(m_theme);
        bench.window.setStill(true);
        QVERIFY(bench.paint());
        bench.window.start();
        QTRY_VERIFY(bench.window.isSettled());
        QTest::qWait(400);
        QCOMPARE(bench.window.madePages(), 1);
        bench.window.showView(QStringLiteral("errors"));
        QCOMPARE(bench.window.madePages(), 2);
        QVERIFY(!bench.window.page(QStringLiteral("nowhere")));
        QCOMPARE(bench.window.madePages(), 2);
    }

    /// Looking through the desktop's icon themes takes longer than painting the window.
    void fieldsTakeTheirIconFromTheTheme()
    {
        const QIcon clear = QApplication::style()->standardIcon(QStyle::SP_LineEditClearButton);
        QVERIFY(!clear.isNull());
        QCOMPARE(clear.pixmap(16).toImage(), themedIcon(IconId::Close).pixmap(16).toImage());
    }

private:
    Theme m_theme;
};

QTEST_MAIN(TestWindowStart)
#include "tst_windowstart.moc"
