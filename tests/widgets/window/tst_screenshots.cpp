// SPDX-License-Identifier: GPL-3.0-or-later
// Draws every view in both themes into the build folder; checks that something was drawn and that it is drawn
// the same twice.
#include "tests/widgets/window/windowbench.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/window/commandpalette.h"
#include "widgets/window/timepicker.h"
#include "widgets/window/toolbar.h"


#include <QImage>
#include <QLineEdit>
#include <QTest>
#include <QToolButton>

#include <set>

using namespace telltale;
using namespace std::chrono_literals;

class TestScreenshots final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { beginWindowTest(m_theme); }

    void views_data()
    {
        QTest::addColumn<QString>("view");
        QTest::addColumn<bool>("isDark");
        QTest::addColumn<QSize>("size");
        for (const char *view : {"overview", "usage", "sessions", "errors", "performance", "journeys", "reports", "connect", "sources", "settings"}) {
            for (const bool isDark : {false, true}) {
                for (const QSize size : {QSize(1440, 900), QSize(1024, 640)})
                    QTest::addRow("%s-%s-%dx%d", view, isDark ? "dark" : "light", size.width(), size.height())
                        << QString::fromLatin1(view) << isDark << size;
            }
        }
    }

    void views()
    {
        QFETCH(QString, view);
        QFETCH(bool, isDark);
        QFETCH(QSize, size);
        m_theme.setMode(isDark ? Theme::Mode::Dark : Theme::Mode::Light);
        WindowBench bench(m_theme, size, view == u"connect");
        if (view == u"usage" || view == u"journeys")
            bench.state->setRange(
                RangeSpec::history({StrideEngine::now() - 27 * 24h - 14h - 32min - 10s, StrideEngine::now()},
                                   QStringLiteral("28d")));
        bench.window->showView(view);
        QVERIFY(bench.settle());
        QCOMPARE(bench.window->size(), size);
        const QImage picture = grab(bench, QString::fromLatin1(QTest::currentDataTag()));
        std::set<QRgb> colours;
        for (int y = 0; y < picture.height(); y += 7) {
            for (int x = 0; x < picture.width(); x += 7)
                colours.insert(picture.pixel(x, y));
        }
        QVERIFY(colours.size() > 12);
        QCOMPARE(qGray(picture.pixel(300, size.height() - 40)) < 100, isDark);
    }

    void secondTabs_data()
    {
        QTest::addColumn<QString>("view");
        QTest::addColumn<int>("tab");
        QTest::addColumn<bool>("isDark");
        for (const auto &[view, tab] : {std::pair("performance", 1), std::pair("journeys", 1), std::pair("journeys", 2)}) {
            for (const bool isDark : {false, true})
                QTest::addRow("%s-%d-%s", view, tab, isDark ? "dark" : "light") << QString::fromLatin1(view) << tab << isDark;
        }
    }
    void secondTabs()
    {
        QFETCH(QString, view);
        QFETCH(int, tab);
        QFETCH(bool, isDark);
        m_theme.setMode(isDark ? Theme::Mode::Dark : Theme::Mode::Light);
        WindowBench bench(m_theme);
        bench.window->showView(view);
        if (view == u"journeys")
            bench.state->setRange(RangeSpec::live(70 * 24h));
        bench.window->page(view)->findChild<SegmentedControl *>()->setCurrentIndex(tab);
        QVERIFY(bench.settle());
        grab(bench, view + QStringLiteral("-tab%1-").arg(tab + 1) + (isDark ? QStringLiteral("dark") : QStringLiteral("light")));
    }

    void states_data()
    {
        QTest::addColumn<QString>("state");
        for (const char *state : {"paused", "selection", "timepicker", "palette", "filtered", "failing", "nothing"})
            QTest::newRow(state) << QString::fromLatin1(state);
    }

    void states()
    {
        QFETCH(QString, state);
        const bool isDark = state == u"paused" || state == u"palette";
        m_theme.setMode(isDark ? Theme::Mode::Dark : Theme::Mode::Light);
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("overview"));
        QVERIFY(bench.settle());
        if (state == u"paused")
            bench.state->setPaused(true);
        if (state == u"selection")
            bench.state->setSelection(TimeRange{StrideEngine::rollout(), StrideEngine::rollout() + 11min});
        if (state == u"filtered")
            QVERIFY(bench.state->setFilterText(QStringLiteral("release:4.2.0 feature:\"Live route map\""))
                        .has_value());
        if (state == u"nothing")
            QVERIFY(bench.state->setFilterText(QStringLiteral("release:9.9.9")).has_value());
        if (state == u"failing") {
            bench.switches->isFailing = true;
            bench.state->setRange(RangeSpec::live(15min));
        }
        if (state == u"palette") {
            bench.window->actions().palette->trigger();
            bench.window->palette()->field()->setText(QStringLiteral("er"));
        }
        if (state == u"timepicker")
            bench.window->timePicker()->open(bench.window->toolbar()->rangeButton());
        QTest::qWait(200);
        QVERIFY(bench.settle());
        grab(bench, QStringLiteral("overview-") + state);
    }

    void equalInputGivesEqualPictures()
    {
        m_theme.setMode(Theme::Mode::Light);
        QImage first;
        for (int i = 0; i < 2; ++i) {
            WindowBench bench(m_theme);
            bench.window->showView(QStringLiteral("overview"));
            QVERIFY(bench.settle());
            const QImage picture = bench.window->grab().toImage();
            if (i == 0)
                first = picture;
            else
                QVERIFY(picture == first);
        }
    }

private:
    static QImage grab(const WindowBench &bench, const QString &name)
    {
        const QImage picture = bench.window->grab().toImage();
        picture.save(QStringLiteral(TELLTALE_SCREENSHOTS "/") + name + QStringLiteral(".png"));
        return picture;
    }

    Theme m_theme;
};

QTEST_MAIN(TestScreenshots)
#include "tst_screenshots.moc"
