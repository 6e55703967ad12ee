// SPDX-License-Identifier: GPL-3.0-or-later
// What everything is held against, in the real window: chosen by menu and keys, followed by the views that compare, and said by
// those that do not.
#include "tests/widgets/window/windowbench.h"
#include "translations/translator.h"
#include "widgets/pages/overviewpage.h"
#include "widgets/window/comparemenu.h"
#include "widgets/window/toolbar.h"

#include <QComboBox>
#include <QDir>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace telltale;
using namespace std::chrono_literals;

class TestComparison final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        installTranslations(*QCoreApplication::instance(), QLocale::c());
        m_theme.install(Theme::Mode::Light);
        m_theme.setReducedMotion(true);
        QVERIFY(QDir().mkpath(QStringLiteral(TELLTALE_SCREENSHOTS)));
    }

    void theKeyTogglesWhatWasChosen()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        QVERIFY(bench.state->isComparing());
        choose(bench, QStringLiteral("last week"));
        QCOMPARE(bench.state->comparison().kind, Comparison::Kind::LastWeek);
        QTest::keyClick(bench.window->currentPage(), Qt::Key_C);
        QVERIFY(!bench.state->isComparing());
        QTest::keyClick(bench.window->currentPage(), Qt::Key_C);
        QVERIFY(bench.state->isComparing());
        QCOMPARE(bench.state->comparison().kind, Comparison::Kind::LastWeek);
        QTest::mouseClick(bench.window->toolbar()->compareButton(), Qt::LeftButton);
        QVERIFY(!bench.state->isComparing());
    }

    void datesAreNamed_data()
    {
        QTest::addColumn<QString>("item");
        QTest::newRow("week") << "last week";
        QTest::newRow("releases") << "against";
        QTest::newRow("baseline") << "as baseline";
    }
    void datesAreNamed()
    {
        QFETCH(QString, item);
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("overview"));
        QVERIFY(bench.settle());
        choose(bench, item);
        QVERIFY(bench.settle());
        const auto *page = static_cast<OverviewPage *>(bench.window->page(QStringLiteral("overview")));
        const QString text = bench.state->comparisonText(bench.state->resolvedRange());
        QCOMPARE(page->tracks()->data().previousName, text);
        QVERIFY(bench.window->toolbar()->compareButton()->toolTip().contains(text));
        const auto asked = page->asked();
        QVERIFY(std::any_of(asked.begin(), asked.end(), [](const auto &line) { return line.first == u"Compared with"; }));
        bench.window->grab().save(QStringLiteral(TELLTALE_SCREENSHOTS "/comparison-%1.png").arg(QString::fromLatin1(QTest::currentDataTag())));
    }

    /// The lines of the overview are what the engine says of the two releases.
    void releasesAreHeldAgainstEachOther()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("overview"));
        QVERIFY(bench.settle());
        auto *page = static_cast<OverviewPage *>(bench.window->page(QStringLiteral("overview")));
        const auto levels = [&] {
            const Track &track = page->tracks()->data().tracks.front();
            return std::pair(track.values[track.values.size() / 2], track.previous[track.previous.size() / 2]);
        };
        const double all = levels().first;
        Comparison pair;
        pair.kind = Comparison::Kind::Releases;
        pair.release = QStringLiteral("4.2.0");
        pair.otherRelease = QStringLiteral("4.1.3");
        bench.state->setComparison(pair);
        QVERIFY(bench.settle());
        const auto [shown, against] = levels();
        QVERIFY(std::abs(shown / all - 0.62) < 0.02); // so much of Stride is of 4.2.0
        QVERIFY(std::abs(against / all - 0.3) < 0.02);
        QCOMPARE(bench.window->toolbar()->compareButton()->text(), QStringLiteral("4.2.0 vs 4.1.3"));
    }

    void viewsThatDoNotCompareSaySo()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        const QToolButton *button = bench.window->toolbar()->compareButton();
        for (const QString &view : bench.window->views()) {
            bench.window->showView(view);
            const bool follows = bench.window->page(view)->comparisonNote().isEmpty();
            QCOMPARE(follows, view == u"overview" || view == u"usage");
            QCOMPARE(button->isChecked(), follows);
            QCOMPARE(button->text() == u"not compared", !follows);
            QCOMPARE(button->accessibleDescription().isEmpty(), follows);
        }
        choose(bench, QStringLiteral("against"));
        bench.window->showView(QStringLiteral("sessions"));
        QVERIFY(button->text().endsWith(QStringLiteral(" only"))); // of one release
    }

    void anyTwoReleases()
    {
        const QStringList releases{QStringLiteral("4.2.0"), QStringLiteral("4.1.3"), QStringLiteral("4.1.2")};
        ReleasePairDialog dialog(releases, {});
        QCOMPARE(dialog.comparison().release, QStringLiteral("4.2.0"));
        QCOMPARE(dialog.comparison().otherRelease, QStringLiteral("4.1.3"));
        dialog.against()->setCurrentIndex(0);
        const auto buttons = dialog.findChildren<QPushButton *>();
        QVERIFY(std::any_of(buttons.begin(), buttons.end(), [](const QPushButton *button) { return !button->isEnabled(); })); // with itself
        dialog.against()->setCurrentIndex(2);
        QVERIFY(std::all_of(buttons.begin(), buttons.end(), [](const QPushButton *button) { return button->isEnabled(); }));
        QCOMPARE(dialog.comparison().otherRelease, QStringLiteral("4.1.2"));
    }

    void nothingOfARelease()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("sessions"));
        Comparison pair;
        pair.kind = Comparison::Kind::Releases;
        pair.release = QStringLiteral("9.9.9");
        pair.otherRelease = QStringLiteral("4.1.3");
        bench.state->setComparison(pair);
        QVERIFY(bench.settle());
        const auto buttons = bench.window->currentPage()->findChildren<QPushButton *>();
        const auto stop = std::find_if(buttons.begin(), buttons.end(), [](const QPushButton *button) { return button->isVisible() && button->text() == u"Stop comparing"; });
        QVERIFY(stop != buttons.end());
        QTest::mouseClick(*stop, Qt::LeftButton);
        QVERIFY(!bench.state->isComparing());
    }

private:
    static void choose(WindowBench &bench, const QString &words)
    {
        CompareMenu *menu = bench.window->actions().compareWith;
        menu->fill();
        for (QAction *action : menu->actions()) {
            if (action->text().remove(u'&').contains(words)) {
                action->trigger();
                return;
            }
        }
        QFAIL(qPrintable(words));
    }

    Theme m_theme;
};

QTEST_MAIN(TestComparison)
#include "tst_comparison.moc"
