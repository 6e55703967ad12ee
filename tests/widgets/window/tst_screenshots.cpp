// SPDX-License-Identifier: GPL-3.0-or-later
// Draws every view and state in both themes into the build folder and compares them with the pictures that somebody looked at
// and approved, in approved/. After a change that is meant: look at the new ones, then TELLTALE_APPROVE=1 tst_screenshots.
#include "tests/widgets/window/pictures.h"
#include "tests/widgets/window/windowbench.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/performancepage.h"
#include "widgets/window/commandpalette.h"
#include "widgets/window/livebutton.h"
#include "widgets/window/timepicker.h"
#include "widgets/window/toolbar.h"

#include <QImage>
#include <QLineEdit>
#include <QTest>
#include <QToolButton>

#include <set>
#include <vector>

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
        const QImage picture = drawnPicture(*bench.window, QString::fromLatin1(QTest::currentDataTag()));
        std::set<QRgb> colours;
        for (int y = 0; y < picture.height(); y += 7) {
            for (int x = 0; x < picture.width(); x += 7)
                colours.insert(picture.pixel(x, y));
        }
        QVERIFY(colours.size() > 12);
        QCOMPARE(qGray(picture.pixel(300, size.height() - 40)) < 100, isDark);
        if (size.width() == 1440 || !isDark) // the narrow ones differ in form alone
            compare(bench, QString::fromLatin1(QTest::currentDataTag()));
    }

    void secondTabs_data()
    {
        QTest::addColumn<QString>("view");
        QTest::addColumn<int>("tab");
        QTest::addColumn<bool>("isDark");
        for (const auto &[view, tab] : {std::pair("usage", 1), std::pair("usage", 2), std::pair("performance", 1), std::pair("journeys", 1), std::pair("journeys", 2)}) {
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
        if (view == u"journeys" || view == u"usage")
            bench.state->setRange(RangeSpec::live(70 * 24h));
        bench.window->page(view)->findChild<SegmentedControl *>()->setCurrentIndex(tab);
        QVERIFY(bench.settle());
        compare(bench, view + QStringLiteral("-tab%1-").arg(tab + 1) + (isDark ? QStringLiteral("dark") : QStringLiteral("light")));
    }

    void states_data()
    {
        QTest::addColumn<QString>("view");
        QTest::addColumn<QString>("state");
        QTest::addColumn<bool>("isDark");
        const std::vector<std::pair<const char *, std::vector<const char *>>> states = {
            {"overview",
             {"paused", "selection", "timepicker", "palette", "filtered", "failing", "nothing", "silent", "porttaken", "diskfull", "elsewhere",
              "notcompared", "contrast", "text200"}},
            {"usage", {"loading", "failing", "contrast", "text200"}},
            {"sessions", {"nothing", "failing", "contrast", "text200"}},
            {"errors", {"nothing", "failing", "contrast", "text200"}},
            {"performance", {"spread", "nothing", "contrast", "text200"}},
            {"journeys", {"nothing", "text200"}},
            {"reports", {"text200"}},
            {"connect", {"porttaken", "rejected", "text200"}},
            {"sources", {"text200"}},
            {"settings", {"contrast", "text200"}},
        };
        for (const auto &[view, ofView] : states) {
            for (const char *state : ofView) {
                const bool hasColoursToo = !QByteArray(state).startsWith("text"); // else the form alone
                for (const bool isDark : {false, true}) {
                    if (!isDark || hasColoursToo)
                        QTest::addRow("%s-%s-%s", view, state, isDark ? "dark" : "light") << QString::fromLatin1(view) << QString::fromLatin1(state) << isDark;
                }
            }
        }
    }

    void states()
    {
        QFETCH(QString, view);
        QFETCH(QString, state);
        QFETCH(bool, isDark);
        m_theme.setMode(isDark ? Theme::Mode::Dark : Theme::Mode::Light);
        m_theme.setHighContrast(state == u"contrast");
        m_theme.setTextScale(state.startsWith(u"text") ? state.mid(4).toInt() / 100.0 : 1);
        WindowBench bench(m_theme, {1440, 900}, view == u"connect");
        if (state == u"loading") // that the sources are known does not depend on the machine
            QVERIFY(bench.settle());
        bench.switches->isHeld = state == u"loading";
        bench.window->showView(view);
        if (state == u"loading") {
            QTest::qWait(700); // before, there is nothing to see on purpose
        } else {
            QVERIFY(bench.settle());
            enter(bench, state);
            QTest::qWait(200);
            QVERIFY(bench.settle());
        }
        compare(bench, QString::fromLatin1(QTest::currentDataTag()));
    }

    void cleanup()
    {
        m_theme.setHighContrast(false);
        m_theme.setTextScale(1);
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
    /// Does what leads to a state.
    static void enter(WindowBench &bench, const QString &state)
    {
        if (state == u"paused")
            bench.state->setPaused(true);
        if (state == u"selection")
            bench.state->setSelection(TimeRange{StrideEngine::rollout(), StrideEngine::rollout() + 11min});
        if (state == u"filtered")
            QVERIFY(bench.state->setFilterText(QStringLiteral("release:4.2.0 feature:\"Live route map\"")).has_value());
        if (state == u"nothing")
            QVERIFY(bench.state->setFilterText(QStringLiteral("release:9.9.9")).has_value());
        if (state == u"spread")
            qobject_cast<PerformancePage *>(bench.window->page(QStringLiteral("performance")))->latencyView()->setCurrentIndex(1);
        if (state == u"notcompared")
            bench.state->setComparing(false);
        if (state == u"failing") {
            bench.switches->isFailing = true;
            bench.state->setRange(RangeSpec::live(15min));
        }
        if (state == u"silent") {
            bench.switches->isSilent = true;
            ++bench.switches->dataVersion;
            QTRY_COMPARE(bench.window->toolbar()->findChild<LiveButton *>()->lamp(), LampState::Off);
            bench.state->setRange(RangeSpec::live(30min));
        }
        if (state == u"palette") {
            bench.window->actions().palette->trigger();
            bench.window->palette()->field()->setText(QStringLiteral("er"));
        }
        if (state == u"timepicker")
            bench.window->timePicker()->open(bench.window->toolbar()->rangeButton());
        ReceiverStatus status = bench.receiver.status();
        if (state == u"porttaken") {
            status.state = ReceiverStatus::State::Failed;
            status.problem = QStringLiteral("Port 4318 is taken by otelcol (pid 8123).");
        }
        status.isDiskLow = state == u"diskfull";
        if (state == u"elsewhere")
            status.state = ReceiverStatus::State::Elsewhere;
        if (state == u"rejected") {
            status.hasConnection = true;
            status.rejected = 212;
            status.lastRejection = QStringLiteral("The body is not OTLP: field 1 has wire type 5.");
            status.refusedOrigins = {QStringLiteral("http://localhost:3000")};
        }
        bench.receiver.setStatus(status);
    }

    static void compare(const WindowBench &bench, const QString &name) { QCOMPARE(differenceOf(*bench.window, name), QString()); }

    Theme m_theme;
};

QTEST_MAIN(TestScreenshots)
#include "tst_screenshots.moc"
