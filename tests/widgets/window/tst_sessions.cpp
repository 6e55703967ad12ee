// SPDX-License-Identifier: GPL-3.0-or-later
// Two sessions side by side, in the real window: chosen by mouse and keys, in step, and left again.
#include "tests/support/sheetreader.h"
#include "tests/widgets/window/windowbench.h"
#include "widgets/pages/panelmenu.h"
#include "widgets/pages/sessioncomparison.h"
#include "widgets/charts/sessiontimeline.h"
#include "widgets/pages/sessionspage.h"

#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QListView>
#include <QProgressDialog>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace telltale;
using namespace std::chrono_literals;

namespace {

SessionRecord record(RecordKind kind, const char *name, int second)
{
    SessionRecord record;
    record.kind = kind;
    record.time = Instant::fromSeconds(1000 + second);
    record.name = name;
    record.screen = kind == RecordKind::ScreenView ? name : "";
    return record;
}

QString keyAt(const SessionsPage *page, int row)
{
    return page->list()->model()->index(row, 0).data(KeyRole).toString();
}

} // namespace

class TestSessions final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { beginWindowTest(m_theme); }

    void whatBothHave()
    {
        SessionDetail first, second;
        first.records = {record(RecordKind::ScreenView, "Home", 0), record(RecordKind::UsageEvent, "Start", 5), record(RecordKind::ScreenView, "Home", 9),
                         record(RecordKind::ScreenView, "Only here", 10), record(RecordKind::Log, "line", 11)};
        second.records = {record(RecordKind::Log, "line", 0), record(RecordKind::UsageEvent, "Start", 2), record(RecordKind::ScreenView, "Home", 3)};
        const auto moments = commonMoments(first, second);
        QCOMPARE(moments.size(), std::size_t(2)); // logs are no moments, and each name is one
        QCOMPARE(moments[0].name, QStringLiteral("Home"));
        QVERIFY(moments[0].first == first.records[0].time && moments[0].second == second.records[2].time);
        QCOMPARE(moments[1].name, QStringLiteral("Start"));
        QVERIFY(commonMoments(first, {}).empty());
    }

    void oneAxisForBoth()
    {
        const auto at = [](int second) { return Instant::fromSeconds(second); };
        const auto [first, second] = commonAxes({at(100), at(160)}, at(130), {at(500), at(700)}, at(510));
        QVERIFY(first.zero == at(130) && second.zero == at(510));
        QVERIFY((first.whole == TimeRange{at(100), at(130 + 190)})); // 30 s before as the first, 190 s after as the second
        QVERIFY((second.whole == TimeRange{at(480), at(700)}));
    }

    /// Scrolled through by wheel and keys; rows come where somebody looks, and no more of them are held than that.
    void aMillionSessions()
    {
        WindowBench bench(m_theme);
        bench.switches->olderSessions = 1'000'000;
        SessionsPage *page = open(bench);
        QListView *list = page->list();
        auto *model = qobject_cast<SessionListModel *>(list->model());
        QVERIFY(model->rowCount() > 1'000'000);
        QVERIFY(list->currentIndex().isValid());
        const QString chosen = page->currentSession();
        const auto inSight = [&] { return list->indexAt({5, 5}).row(); };
        for (const int row : {1'000, 500'000, 999'999, 250'000}) {
            list->scrollTo(model->index(row, 0), QAbstractItemView::PositionAtTop);
            QVERIFY(QTest::qWaitFor([&] { return model->rowsMissing(inSight(), inSight() + 5) < 0; }, 20'000));
            QVERIFY(keyAt(page, inSight()).startsWith(QStringLiteral("older-")));
            QCOMPARE(page->currentSession(), chosen); // scrolling chooses nothing
        }
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(list->indexAt({5, 5})).center());
        QCOMPARE(page->currentSession(), keyAt(page, inSight()));
        QVERIFY(bench.settle());
        std::size_t held = 0;
        for (int row = 0; row < model->rowCount(); ++row)
            held += model->rowAt(row) != nullptr;
        QVERIFY2(held <= SessionListModel::kMostRows, qPrintable(QString::number(held)));
    }

    /// List and session are asked together; whichever answer comes first, what is gone from the list is not shown beside it.
    void nothingFoundShowsNoSession()
    {
        WindowBench bench(m_theme);
        SessionsPage *page = open(bench);
        const auto isShown = [page] {
            const auto timelines = page->findChildren<SessionTimeline *>();
            return std::ranges::any_of(timelines, [](const SessionTimeline *one) { return one->isVisible(); });
        };
        for (int round = 0; round < 20; ++round) {
            QVERIFY(bench.state->setFilterText(QStringLiteral("release:9.9.9")).has_value());
            QVERIFY(bench.settle());
            QCOMPARE(page->currentSession(), QString());
            QVERIFY2(!isShown(), qPrintable(QString::number(round)));
            QVERIFY(bench.state->setFilterText({}).has_value());
            QVERIFY(bench.settle());
            QVERIFY(isShown());
        }
    }

    /// The file has them all, the clipboard those that are here and says so.
    void aLongListIsWrittenWhole()
    {
        WindowBench bench(m_theme);
        bench.switches->olderSessions = 30'000;
        SessionsPage *page = open(bench);
        const auto menus = page->findChildren<PanelMenu *>();
        const auto menu = std::find_if(menus.begin(), menus.end(), [](const PanelMenu *one) { return one->table().title == u"Sessions"; });
        QVERIFY(menu != menus.end());
        const ExportTable held = (*menu)->table();
        QCOMPARE(held.rows.size(), std::size_t(SessionListModel::kPage));
        const int total = page->list()->model()->rowCount();
        QVERIFY(std::any_of(held.asked.begin(), held.asked.end(), [](const auto &line) { return line.second.startsWith(QStringLiteral("the first 200 of ")); }));
        QTemporaryDir folder;
        QSignalSpy told(page, &Page::told);
        for (const char *suffix : {"csv", "json", "xlsx"}) {
            told.clear();
            const QString path = folder.filePath(QStringLiteral("all.") + QString::fromLatin1(suffix));
            (*menu)->exportTo(path);
            QVERIFY(QTest::qWaitFor([&] { return !told.isEmpty() && told.back().front().toString().startsWith(QStringLiteral("Saved")); }, 60'000));
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            if (suffix == QByteArray("csv")) {
                const QByteArray text = file.readAll();
                QCOMPARE(text.count("\r\n") - text.count("# "), total + 1);
                QVERIFY(text.contains("# Rows: ") && !text.contains("the first"));
            } else if (suffix == QByteArray("json")) {
                const QJsonArray rows = QJsonDocument::fromJson(file.readAll())[u"rows"].toArray();
                QCOMPARE(rows.size(), total);
                for (std::size_t row = 0; row < held.rows.size(); ++row)
                    QCOMPARE(rows[static_cast<qsizetype>(row)][held.columns[0]].toString(), held.rows[row][0]);
            } else if (const QJsonArray sheets = test::sheetsOf(path); !sheets.isEmpty()) {
                QCOMPARE(sheets[0][u"rows"].toArray().size(), total + 1);
            }
        }
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 3);
    }

    void aLongExportIsStopped()
    {
        WindowBench bench(m_theme);
        bench.switches->olderSessions = 3'000'000;
        SessionsPage *page = open(bench);
        const auto menus = page->findChildren<PanelMenu *>();
        const auto menu = std::find_if(menus.begin(), menus.end(), [](const PanelMenu *one) { return one->table().title == u"Sessions"; });
        QTemporaryDir folder;
        QSignalSpy told(page, &Page::told);
        (*menu)->exportTo(folder.filePath(QStringLiteral("all.csv")));
        QProgressDialog *progress = nullptr;
        QVERIFY(QTest::qWaitFor([&] { return (progress = bench.window->findChild<QProgressDialog *>()) && progress->isVisible(); }, 20'000));
        QVERIFY(QTest::qWaitFor([&] { return progress->value() > 0; }, 20'000));
        auto *stop = progress->findChild<QPushButton *>();
        QVERIFY(stop);
        stop->click();
        QVERIFY(told.back().front().toString().startsWith(QStringLiteral("Stopped")));
        QVERIFY(QTest::qWaitFor([&] { return QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).isEmpty(); }, 20'000));
    }

    void ctrlClickComparesAndEscapeLeaves()
    {
        WindowBench bench(m_theme);
        SessionsPage *page = open(bench);
        const QString current = page->currentSession();
        QVERIFY(!page->second()->timelinePanel()->isVisible());
        QTest::mouseClick(page->list()->viewport(), Qt::LeftButton, Qt::ControlModifier,
                          page->list()->visualRect(page->list()->model()->index(other(page), 0)).center());
        QCOMPARE(page->currentSession(), current); // the first one stays
        QCOMPARE(page->comparedSession(), keyAt(page, other(page)));
        QVERIFY(bench.settle());
        QVERIFY(page->second()->timelinePanel()->isVisible() && page->second()->eventPanel()->isVisible());
        const SessionTimeline *first = page->timeline(), *second = page->second()->timeline();
        QVERIFY(first->axis() && second->axis());
        QVERIFY(first->axis()->zero == first->data().range.from && second->axis()->zero == second->data().range.from);
        QVERIFY(first->axis()->whole.to - first->axis()->zero == second->axis()->whole.to - second->axis()->zero);
        QCOMPARE(first->timeScale().left, second->timeScale().left);
        QCOMPARE(first->timeScale().right, second->timeScale().right);
        QTest::keyClick(page->list(), Qt::Key_Escape);
        QVERIFY(page->comparedSession().isEmpty());
        QVERIFY(!page->second()->timelinePanel()->isVisible());
        QVERIFY(!page->timeline()->axis());
        QVERIFY(page->timeline()->visibleRange() == page->timeline()->data().range);
    }

    void theCursorIsLinkedBothWays()
    {
        WindowBench bench(m_theme);
        SessionsPage *page = open(bench);
        page->compareWith(keyAt(page, other(page)));
        QVERIFY(bench.settle());
        SessionTimeline *first = page->timeline(), *second = page->second()->timeline();
        const auto relative = [](const SessionTimeline *timeline) { return *timeline->playhead() - timeline->axis()->zero; };
        first->setFocus();
        QTest::keyClick(first, Qt::Key_Home);
        QTest::keyClick(first, Qt::Key_Period);
        QTest::keyClick(first, Qt::Key_Period);
        QVERIFY(relative(first) == relative(second));
        second->setFocus();
        QTest::keyClick(second, Qt::Key_Right, Qt::ControlModifier);
        QVERIFY(relative(first) == relative(second));
        page->second()->events()->setCurrentIndex(page->second()->events()->model()->index(4, 0));
        QVERIFY(relative(first) == relative(second));
        QTest::keyClick(second, Qt::Key_Plus);
        QVERIFY(first->visibleRange().from - first->axis()->zero == second->visibleRange().from - second->axis()->zero);
        QVERIFY(first->visibleRange() != first->axis()->whole);
    }

    void alignedOnWhatBothHave()
    {
        WindowBench bench(m_theme);
        SessionsPage *page = open(bench);
        page->compareWith(keyAt(page, other(page)));
        QVERIFY(bench.settle());
        QVERIFY(page->alignment()->count() > 2);
        page->alignment()->setCurrentIndex(2);
        const SessionTimeline *first = page->timeline(), *second = page->second()->timeline();
        QVERIFY(first->axis()->zero > first->data().range.from || second->axis()->zero > second->data().range.from);
        QVERIFY(*first->playhead() == first->axis()->zero && *second->playhead() == second->axis()->zero);
        // What came before counts backwards.
        const QString before = page->events()->model()->index(0, 0).data().toString();
        QCOMPARE(before.startsWith(QChar(0x2212)), first->axis()->zero > first->data().range.from);
        bench.window->grab().save(QStringLiteral(TELLTALE_SCREENSHOTS "/sessions-compared.png"));
    }

    void chosenByKeys()
    {
        WindowBench bench(m_theme);
        SessionsPage *page = open(bench);
        const QString current = page->currentSession();
        QTest::mouseClick(page->compareButton(), Qt::LeftButton);
        QTest::keyClick(page->list(), Qt::Key_Down);
        QCOMPARE(page->currentSession(), current); // looking for the second does not change the first
        const QString chosen = page->list()->currentIndex().data(KeyRole).toString();
        QTest::keyClick(page->list(), Qt::Key_Return);
        QCOMPARE(page->comparedSession(), chosen);
        QVERIFY(bench.settle());
        QTest::mouseClick(page->compareButton(), Qt::LeftButton);
        QVERIFY(page->comparedSession().isEmpty());
        QTest::mouseClick(page->compareButton(), Qt::LeftButton);
        QTest::keyClick(page->list(), Qt::Key_Escape);
        QVERIFY(page->comparedSession().isEmpty() && !page->compareButton()->isChecked());
        QCOMPARE(page->currentSession(), current);
    }

    /// The same twice is none; and the first one may become the second.
    void aSessionIsNotComparedWithItself()
    {
        WindowBench bench(m_theme);
        SessionsPage *page = open(bench);
        page->compareWith(page->currentSession());
        QVERIFY(page->comparedSession().isEmpty());
        const QString second = keyAt(page, other(page));
        page->compareWith(second);
        QVERIFY(bench.settle());
        page->list()->setCurrentIndex(page->list()->model()->index(other(page), 0));
        QCOMPARE(page->currentSession(), second);
        QVERIFY(page->comparedSession().isEmpty());
        QVERIFY(bench.settle());
    }

    void pictures_data()
    {
        QTest::addColumn<bool>("isDark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void pictures()
    {
        QFETCH(bool, isDark);
        m_theme.setMode(isDark ? Theme::Mode::Dark : Theme::Mode::Light);
        WindowBench bench(m_theme);
        SessionsPage *page = open(bench);
        page->compareWith(keyAt(page, other(page)));
        QVERIFY(bench.settle());
        const QPixmap picture = bench.window->grab();
        QVERIFY(picture.save(QStringLiteral(TELLTALE_SCREENSHOTS "/sessions-two-%1.png").arg(isDark ? QStringLiteral("dark") : QStringLiteral("light"))));
        m_theme.setMode(Theme::Mode::Light);
    }

private:
    static SessionsPage *open(WindowBench &bench)
    {
        bench.window->showView(QStringLiteral("sessions"));
        [&bench] { QVERIFY(bench.settle()); }();
        return static_cast<SessionsPage *>(bench.window->page(QStringLiteral("sessions")));
    }
    /// A row that is not the current one, in sight.
    static int other(const SessionsPage *page) { return keyAt(page, 2) == page->currentSession() ? 3 : 2; }

    Theme m_theme;
};

QTEST_MAIN(TestSessions)
#include "tst_sessions.moc"
