// SPDX-License-Identifier: GPL-3.0-or-later
// Notes of one's own, on the real window.
#include "tests/widgets/window/windowbench.h"
#include "widgets/charts/trackstack.h"
#include "widgets/charts/heatmapview.h"
#include "widgets/pages/overviewpage.h"
#include "widgets/pages/sessionspage.h"
#include "widgets/window/commandpalette.h"
#include "widgets/pages/datatable.h"
#include "widgets/window/notedialog.h"
#include "widgets/window/notesdialog.h"

#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace telltale;
using namespace std::chrono_literals;

class TestNotes final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { beginWindowTest(m_theme); }

    void documentsAndBack()
    {
        const Note note{"id-1", StrideEngine::now() + 5ns, "Größe \"7\"\nzwei"};
        QCOMPARE(noteOf(documentOf(note)), std::optional(note));
        QVERIFY(!noteOf({"survey", "a", "2025-11-18T13:32:10Z", "b"}));
        QVERIFY(!noteOf({"note", "a", "soon", "b"}));
    }

    void writtenAtTheCursorByKeys()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        TrackStack *tracks = tracksOf(bench);
        tracks->setFocus();
        QTest::keyClick(tracks, Qt::Key_Left);
        QTest::keyClick(tracks, Qt::Key_Left, Qt::ControlModifier);
        const auto cursor = tracks->cursorTime();
        QVERIFY(cursor);
        QTest::keyClick(tracks, Qt::Key_M);
        auto *dialog = bench.window->findChild<NoteDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(!dialog->keepButton()->isEnabled());
        QVERIFY(!dialog->deleteButton());
        dialog->field()->setPlainText(QStringLiteral("  Newsletter sent "));
        QVERIFY(dialog->grab().save(QStringLiteral(TELLTALE_SCREENSHOTS "/note-dialog-light.png")));
        QTest::keyClick(dialog->field(), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(!dialog->isVisible());
        QCOMPARE(bench.window->notes().notes().size(), std::size_t(1));
        QCOMPARE(bench.window->notes().notes().front().at, *cursor);
        QCOMPARE(bench.window->notes().notes().front().text, std::string("Newsletter sent"));
        QVERIFY(bench.settle());
        QCOMPARE(flags(tracks), QStringList{QStringLiteral("Newsletter sent")});
        {
            const std::scoped_lock lock(bench.switches->mutex);
            QCOMPARE(bench.switches->notes.size(), std::size_t(1)); // stored
        }
        bench.window->actions().undo->trigger();
        QVERIFY(bench.settle());
        QVERIFY(flags(tracks).isEmpty());
        bench.window->actions().redo->trigger();
        QVERIFY(bench.settle());
        QCOMPARE(flags(tracks).size(), 1);
        QCOMPARE(bench.window->notes().notes().front().at, *cursor);
    }

    void allOfThemInAList()
    {
        WindowBench bench(m_theme);
        bench.switches->notes = {{"n1", StrideEngine::now() - 20min, "Server moved"}, {"n2", StrideEngine::now() - 72h, "Campaign\nof autumn"}};
        ++bench.switches->dataVersion;
        QTRY_COMPARE_WITH_TIMEOUT(bench.window->notes().notes().size(), std::size_t(2), 20'000);
        bench.window->actions().allNotes->trigger();
        auto *dialog = bench.window->findChild<NotesDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        const QAbstractItemModel *rows = dialog->table()->model();
        QCOMPARE(rows->rowCount(), 2);
        QCOMPARE(rows->index(0, NoteModel::Text).data().toString(), QStringLiteral("Server moved")); // the newest first
        QCOMPARE(rows->index(1, NoteModel::Text).data().toString(), QStringLiteral("Campaign of autumn"));
        dialog->removeButton()->click();
        QCOMPARE(rows->rowCount(), 1);
        bench.window->actions().undo->trigger();
        QCOMPARE(rows->rowCount(), 2);
        dialog->table()->setCurrentIndex(rows->index(1, 0));
        dialog->editButton()->click();
        QVERIFY(bench.window->findChild<NoteDialog *>());
        bench.window->findChild<NoteDialog *>()->reject();
        dialog->showButton()->click();
        QVERIFY(!dialog->isVisible());
        QVERIFY(bench.state->resolvedRange().contains(StrideEngine::now() - 72h));
        QVERIFY(bench.settle());
    }

    void changedAndDeletedFromThePalette()
    {
        WindowBench bench(m_theme);
        bench.switches->notes = {{"n1", StrideEngine::now() - 20min, "Server moved"}, {"n2", StrideEngine::now() - 40min, "Campaign"}};
        ++bench.switches->dataVersion;
        QTRY_COMPARE_WITH_TIMEOUT(bench.window->notes().notes().size(), std::size_t(2), 20'000); // somebody else's, found in the cache
        QCOMPARE(bench.window->notes().notes().front().id, std::string("n2"));                   // by time
        openNote(bench, QStringLiteral("server"));
        auto *dialog = bench.window->findChild<NoteDialog *>();
        QVERIFY(dialog);
        QCOMPARE(dialog->field()->toPlainText(), QStringLiteral("Server moved"));
        dialog->field()->setPlainText(QString(700, u'ä'));
        dialog->keepButton()->click();
        QVERIFY(bench.window->notes().note("n1")->text.size() <= kLongestNote);
        QCOMPARE(bench.window->changes().undoText(), QStringLiteral("change a note"));
        bench.window->actions().undo->trigger();
        QCOMPARE(bench.window->notes().note("n1")->text, std::string("Server moved"));
        QTRY_VERIFY(!bench.window->findChild<NoteDialog *>());
        openNote(bench, QStringLiteral("server"));
        bench.window->findChild<NoteDialog *>()->deleteButton()->click();
        QCOMPARE(bench.window->notes().notes().size(), std::size_t(1));
        bench.window->actions().undo->trigger();
        QCOMPARE(bench.window->notes().notes().size(), std::size_t(2));
    }

    void openedByItsFlagAndExported()
    {
        WindowBench bench(m_theme);
        bench.switches->notes = {{"n1", StrideEngine::now() - 52min, "Server moved"}};
        ++bench.switches->dataVersion;
        QTRY_COMPARE_WITH_TIMEOUT(bench.window->notes().notes().size(), std::size_t(1), 20'000);
        QVERIFY(bench.settle());
        TrackStack *tracks = tracksOf(bench);
        QTRY_COMPARE(flags(tracks).size(), 1);
        for (std::size_t i = 0; i < tracks->data().markers.size(); ++i) {
            if (tracks->data().markers[i].kind == TimeMarker::Kind::Note)
                QTest::mouseClick(tracks, Qt::LeftButton, {}, tracks->markerRect(int(i)).center());
        }
        auto *dialog = bench.window->findChild<NoteDialog *>();
        QVERIFY(dialog && dialog->field()->toPlainText() == u"Server moved");
        dialog->reject();
        QVERIFY(bench.state->filterText().isEmpty()); // it is no release
        const auto asked = bench.window->currentPage()->asked();
        QVERIFY(std::any_of(asked.begin(), asked.end(), [](const auto &line) { return line.first == u"Note" && line.second.endsWith(QStringLiteral(": Server moved")); }));
        for (const auto mode : {Theme::Mode::Light, Theme::Mode::Dark}) {
            m_theme.setMode(mode);
            QVERIFY(bench.settle());
            QVERIFY(bench.window->grab().save(QStringLiteral(TELLTALE_SCREENSHOTS "/notes-%1.png").arg(mode == Theme::Mode::Dark ? QStringLiteral("dark") : QStringLiteral("light"))));
        }
        m_theme.setMode(Theme::Mode::Light);
        bench.window->showView(QStringLiteral("performance"));
        QVERIFY(bench.settle());
        QStringList there;
        for (TrackStack *chart : bench.window->currentPage()->findChildren<TrackStack *>())
            there += flags(chart);
        QVERIFY(there.contains(QStringLiteral("Server moved")));
    }

    void inTheTimelineOfASession()
    {
        WindowBench bench(m_theme);
        bench.switches->notes = {{"n1", StrideEngine::now() - 10min, "Server moved"}, {"n2", StrideEngine::now() - 300min, "Long ago"}};
        ++bench.switches->dataVersion;
        QTRY_COMPARE_WITH_TIMEOUT(bench.window->notes().notes().size(), std::size_t(2), 20'000);
        bench.window->showView(QStringLiteral("sessions"));
        QVERIFY(bench.settle());
        auto *page = static_cast<SessionsPage *>(bench.window->page(QStringLiteral("sessions")));
        page->openSession(page->list()->model()->index(0, 0).data(KeyRole).toString()); // 28 minutes, until now
        QVERIFY(bench.settle());
        SessionTimeline *timeline = page->timeline();
        QCOMPARE(timeline->data().notes.size(), std::size_t(1));
        QCOMPARE(timeline->data().notes.front().text, QStringLiteral("Server moved"));
        const ChartTable table = timeline->table();
        QVERIFY(std::any_of(table.rows.begin(), table.rows.end(), [](const QStringList &row) { return row[1] == u"note" && row[2] == u"Server moved"; }));
        bench.window->grab().save(QStringLiteral(TELLTALE_SCREENSHOTS "/notes-session-light.png"));
        // Found by keys, opened by Enter.
        timeline->setPlayhead(timeline->data().notes.front().at - 1ms);
        while (timeline->playhead() != timeline->data().notes.front().at)
            timeline->stepToNextEvent();
        QVERIFY(timeline->cursorText().contains(QStringLiteral("note: Server moved")));
        QTest::keyClick(timeline, Qt::Key_Return);
        auto *dialog = bench.window->findChild<NoteDialog *>();
        QVERIFY(dialog && dialog->field()->toPlainText() == u"Server moved");
        dialog->reject();
        QTRY_VERIFY(!bench.window->findChild<NoteDialog *>());
        // And by a click on the flag.
        const int x = int(timeline->timeScale().x(timeline->data().notes.front().at));
        for (int y = 0; y < timeline->height() && !bench.window->findChild<NoteDialog *>(); y += 6)
            QTest::mouseClick(timeline, Qt::LeftButton, {}, {x, y});
        QVERIFY(bench.window->findChild<NoteDialog *>());
    }

    void aboveTheHeatmapOfUsage()
    {
        WindowBench bench(m_theme);
        bench.switches->notes = {{"n1", StrideEngine::now() - 40min, "Server moved"}};
        ++bench.switches->dataVersion;
        QTRY_COMPARE_WITH_TIMEOUT(bench.window->notes().notes().size(), std::size_t(1), 20'000);
        bench.window->showView(QStringLiteral("usage"));
        QVERIFY(bench.settle());
        HeatmapView *map = nullptr;
        for (HeatmapView *one : bench.window->currentPage()->findChildren<HeatmapView *>())
            map = one->grid().range ? one : map;
        QVERIFY(map);
        int note = -1;
        for (std::size_t i = 0; i < map->markers().size(); ++i)
            note = map->markers()[i].kind == TimeMarker::Kind::Note ? int(i) : note;
        QVERIFY(note >= 0);
        QVERIFY(map->markers().size() > 1); // the release, too
        const QRect flag = map->markerRect(note);
        QVERIFY(flag.isValid() && flag.bottom() < map->cellRect({0, 0}).top());
        for (const auto mode : {Theme::Mode::Light, Theme::Mode::Dark}) {
            m_theme.setMode(mode);
            QVERIFY(bench.settle());
            bench.window->grab().save(QStringLiteral(TELLTALE_SCREENSHOTS "/notes-usage-%1.png").arg(mode == Theme::Mode::Dark ? QStringLiteral("dark") : QStringLiteral("light")));
        }
        m_theme.setMode(Theme::Mode::Light);
        QTest::mouseClick(map, Qt::LeftButton, {}, flag.center());
        auto *dialog = bench.window->findChild<NoteDialog *>();
        QVERIFY(dialog && dialog->field()->toPlainText() == u"Server moved");
        dialog->reject();
        QTRY_VERIFY(!bench.window->findChild<NoteDialog *>());
        // The same by keys, and in words.
        QVERIFY2(map->summary().contains(QStringLiteral(": Server moved")), qPrintable(map->summary()));
        map->setFocus(Qt::TabFocusReason);
        map->setCurrentCell({0, 0});
        QTest::keyClick(map, Qt::Key_Up);
        for (std::size_t i = 0; i < map->markers().size() && !map->cursorText().endsWith(QStringLiteral(": Server moved")); ++i)
            QTest::keyClick(map, Qt::Key_Right);
        QVERIFY2(map->cursorText().endsWith(QStringLiteral(": Server moved")), qPrintable(map->cursorText()));
        bench.window->grab().save(QStringLiteral(TELLTALE_SCREENSHOTS "/notes-usage-flag.png"));
        QTest::keyClick(map, Qt::Key_Return);
        dialog = bench.window->findChild<NoteDialog *>();
        QVERIFY(dialog && dialog->field()->toPlainText() == u"Server moved");
        dialog->reject();
        QTest::keyClick(map, Qt::Key_Down); // to the cell below the flag
        QCOMPARE(map->currentCell().row, 0);
        QVERIFY(std::abs(map->cellRect(map->currentCell()).center().x() - flag.center().x()) < flag.width());
        QCOMPARE(map->cursorText(), map->cellText(map->currentCell()));
        QTest::keyClick(map, Qt::Key_Up);
        QVERIFY(map->cursorText() != map->cellText(map->currentCell()));
        QTest::keyClick(map, Qt::Key_Escape);
        QCOMPARE(map->cursorText(), map->cellText(map->currentCell()));
        // M notes the time of the cell that is looked at.
        map->setCurrentCell({0, 10});
        QCOMPARE(bench.window->currentPage()->cursorTime(), std::optional(map->grid().columns[10].range->from));
    }

    void notStoredIsTakenBack()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        bench.receiver.isRefusing = true;
        QSignalSpy told(&bench.window->notes(), &NoteBook::told);
        bench.window->notes().add(StrideEngine::now(), QStringLiteral("Lost"));
        QCOMPARE(bench.window->notes().notes().size(), std::size_t(1));
        QTRY_COMPARE(told.size(), 1);
        QVERIFY(told.front().front().toString().contains(QStringLiteral("another Telltale writes this cache")));
        QVERIFY(bench.window->notes().notes().empty());
    }

    void aWindowThatOnlyShowsReadsThem()
    {
        WindowBench bench(m_theme, {1440, 900}, false, true);
        bench.switches->notes = {{"n1", StrideEngine::now() - 20min, "Server moved"}};
        ++bench.switches->dataVersion;
        QTRY_COMPARE_WITH_TIMEOUT(bench.window->notes().notes().size(), std::size_t(1), 20'000);
        QVERIFY(!bench.window->actions().addNote->isEnabled());
        bench.window->notes().remove("n1");
        QCOMPARE(bench.window->notes().notes().size(), std::size_t(1));
        openNote(bench, QStringLiteral("server"));
        auto *dialog = bench.window->findChild<NoteDialog *>();
        QVERIFY(dialog && dialog->field()->isReadOnly() && !dialog->keepButton()->isVisible() && !dialog->deleteButton());
    }

private:
    static TrackStack *tracksOf(const WindowBench &bench)
    {
        return static_cast<OverviewPage *>(bench.window->page(QStringLiteral("overview")))->tracks();
    }
    static QStringList flags(const TrackStack *tracks)
    {
        QStringList texts;
        for (const TimeMarker &marker : tracks->data().markers) {
            if (marker.kind == TimeMarker::Kind::Note)
                texts << marker.text;
        }
        return texts;
    }
    static void openNote(WindowBench &bench, const QString &words)
    {
        bench.window->actions().palette->trigger();
        bench.window->palette()->field()->setText(words);
        QTest::keyClick(bench.window->palette()->field(), Qt::Key_Return);
    }

    Theme m_theme;
};

QTEST_MAIN(TestNotes)
#include "tst_notes.moc"
