// SPDX-License-Identifier: GPL-3.0-or-later
// Small things that a person expects of a window: ranges that are copied and come back, what is newer waits, alerts lead somewhere, orders are said.
#include "tests/widgets/window/windowbench.h"
#include "widgets/charts/trackstack.h"
#include "widgets/controls/codeview.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/errordetailview.h"
#include "widgets/pages/errorspage.h"
#include "widgets/pages/overviewpage.h"
#include "widgets/window/filedrop.h"
#include "widgets/window/statusline.h"
#include "widgets/window/savedviews.h"
#include "widgets/window/timepicker.h"
#include "widgets/window/toolbar.h"
#include "widgets/window/traylamp.h"
#include "widgets/window/workspacefile.h"

#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QHeaderView>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QFileInfo>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>

using namespace telltale;
using namespace std::chrono_literals;

class TestManners final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { beginWindowTest(m_theme); }

    void aRangeIsCopiedAndPasted()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        bench.window->actions().copyRange->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("2025-11-18T12:32:10Z/2025-11-18T13:32:10Z"));
        QGuiApplication::clipboard()->setText(QStringLiteral("2025-11-18 13:00:01,250 INFO a\n2025-11-18 13:20:02,750 ERROR b"));
        bench.window->actions().pasteRange->trigger();
        QCOMPARE(bench.state->mode(), ViewState::Mode::History);
        QCOMPARE(bench.state->range().length(), std::chrono::nanoseconds(20min + 1s));
        const RangeSpec before = bench.state->range();
        QGuiApplication::clipboard()->setText(QStringLiteral("nothing of a time"));
        bench.window->actions().pasteRange->trigger();
        QCOMPARE(bench.state->range(), before);
        QVERIFY(!bench.window->statusLine()->announced().isEmpty()); // why not
        QVERIFY(bench.settle());
    }

    void thePickerRemembersAndFinds()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        TimePicker *picker = bench.window->timePicker();
        QCOMPARE(picker->recent().size(), 0);
        for (const char *range : {"yesterday 9-17", "yesterday 8-9", "16 Nov", "yesterday 9-17"}) {
            bench.window->actions().chooseRange->trigger();
            picker->fromField()->clear();
            picker->toField()->clear();
            QTest::keyClicks(picker->fromField(), QString::fromLatin1(range));
            QTest::keyClick(picker->fromField(), Qt::Key_Return);
            QVERIFY(!picker->isVisible());
        }
        QCOMPARE(picker->recent(), QStringList({QStringLiteral("yesterday 9-17"), QStringLiteral("16 Nov"), QStringLiteral("yesterday 8-9")}));
        bench.window->actions().chooseRange->trigger();
        const auto all = picker->shownPresets();
        QAbstractButton *last = all.last(); // of one's own, the oldest
        QVERIFY(last->isVisible() && last->text().contains(QLatin1String("17 Nov")));
        all.front()->setFocus();
        QTest::keyClicks(all.front(), QStringLiteral("28"));
        QCOMPARE(picker->shownPresets().size(), 1);
        QCOMPARE(QApplication::focusWidget(), picker->shownPresets().front());
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("x")); // nothing is called that
        QCOMPARE(picker->shownPresets().size(), 1);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(picker->isVisible());
        QCOMPARE(picker->shownPresets().size(), all.size());
        last->click();
        QVERIFY(!picker->isVisible());
        QCOMPARE(bench.state->range().length(), std::chrono::nanoseconds(1h));
        QVERIFY(bench.settle());
    }

    void thePickerChangesTheZone()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        TimePicker *picker = bench.window->timePicker();
        bench.window->actions().chooseRange->trigger();
        const QString before = picker->fromField()->text();
        QMenu *zones = picker->zoneButton()->menu();
        Q_EMIT zones->aboutToShow();
        zones->actions().at(1)->trigger();
        QCOMPARE(bench.state->zone().id(), std::string("UTC"));
        QVERIFY(picker->fromField()->text() != before);
        QVERIFY(picker->zoneButton()->text().contains(QLatin1String("UTC")));
        QVERIFY(bench.state->setZone(QStringLiteral("America/Argentina/ComodRivadavia")).has_value());
        bench.window->actions().chooseRange->trigger();
        QTRY_VERIFY(picker->zoneButton()->width() >= picker->zoneButton()->sizeHint().width());
        QVERIFY(bench.settle());
    }

    void buttonsAtTheSideOfTheMouse()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        TrackStack *tracks = static_cast<OverviewPage *>(bench.window->currentPage())->tracks();
        bench.window->showView(QStringLiteral("errors"));
        QVERIFY(bench.settle());
        QTest::mouseClick(static_cast<ErrorsPage *>(bench.window->currentPage())->table()->viewport(), Qt::BackButton, {}, {40, 40});
        QCOMPARE(bench.window->currentView(), QStringLiteral("overview"));
        QTest::mouseClick(tracks, Qt::ForwardButton, {}, tracks->rect().center());
        QCOMPARE(bench.window->currentView(), QStringLiteral("errors"));
        QTest::mouseClick(bench.window->toolbar(), Qt::BackButton);
        QCOMPARE(bench.window->currentView(), QStringLiteral("overview"));
        QVERIFY(bench.settle());
    }

    void aTableByItsKey()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("usage"));
        QVERIFY(bench.settle());
        bench.window->actions().showTable->trigger();
        const auto dialogs = bench.window->findChildren<QDialog *>();
        QVERIFY(!dialogs.isEmpty() && dialogs.last()->isVisible());
        QVERIFY(dialogs.last()->windowTitle().startsWith(QLatin1String("Features")));
        QVERIFY(dialogs.last()->findChild<QTableView *>()->model()->rowCount() > 3);
        dialogs.last()->close();
    }

    void whatHelpsToFindAFault()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        bench.window->actions().about->trigger();
        auto *about = bench.window->findChild<QDialog *>();
        QVERIFY(about);
        QPushButton *copy = nullptr;
        for (QPushButton *button : about->findChildren<QPushButton *>())
            copy = button->text().startsWith(QLatin1String("Copy")) ? button : copy;
        QVERIFY(copy);
        copy->click();
        const QString text = QGuiApplication::clipboard()->text();
        for (const char *part : {"Telltale: ", "Qt: 6", "Cache: /nowhere/shown.db", "Receiving: on port 4318", "Time zone: Europe/Berlin", "View: overview"})
            QVERIFY2(text.contains(QLatin1String(part)), part);
        about->close();
    }

    void errorsByTheirHeader()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("errors"));
        QVERIFY(bench.settle());
        auto *page = static_cast<ErrorsPage *>(bench.window->currentPage());
        QHeaderView *header = page->table()->horizontalHeader();
        auto *order = page->findChild<QComboBox *>();
        QCOMPARE(header->sortIndicatorSection(), int(ErrorGroupModel::Users));
        const auto column = [&](int which) {
            std::vector<qulonglong> values;
            for (int row = 0; row < page->table()->model()->rowCount(); ++row)
                values.push_back(page->table()->model()->index(row, which).data(SortRole).toULongLong());
            return values;
        };
        click(header, ErrorGroupModel::Events);
        auto events = column(ErrorGroupModel::Events);
        QVERIFY(std::is_sorted(events.rbegin(), events.rend()));
        QCOMPARE(order->currentText(), QStringLiteral("Events"));
        QCOMPARE(bench.window->statusLine()->announced(), QStringLiteral("Sorted by Events"));
        click(header, ErrorGroupModel::Events);
        events = column(ErrorGroupModel::Events);
        QVERIFY(std::is_sorted(events.begin(), events.end()));
        QVERIFY(bench.window->statusLine()->announced().contains(QLatin1String("turned round")));
        click(header, ErrorGroupModel::Issue);
        QStringList names;
        for (int row = 0; row < page->table()->model()->rowCount(); ++row)
            names << page->table()->model()->index(row, ErrorGroupModel::Issue).data().toString();
        QVERIFY(std::is_sorted(names.begin(), names.end(), [](const QString &a, const QString &b) { return a.localeAwareCompare(b) < 0; }));
        order->setCurrentIndex(3); // first seen has no column
        QCOMPARE(header->sortIndicatorSection(), -1);
    }

    void whenAnErrorWasLastSeen()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("errors"));
        QVERIFY(bench.settle());
        QTableView *table = static_cast<ErrorsPage *>(bench.window->currentPage())->table();
        const QModelIndex seen = table->model()->index(0, ErrorGroupModel::LastSeen);
        QVERIFY(seen.data().toString().contains(QLatin1String("ago")) || seen.data().toString() == u"now");
        const QString whole = seen.data(Qt::ToolTipRole).toString();
        QVERIFY2(whole.contains(QLatin1String("18 Nov 2025 14:3")), qPrintable(whole));
        table->selectRow(0);
        table->setFocus();
        bench.window->actions().copyData->trigger();
        QVERIFY(QGuiApplication::clipboard()->text().contains(whole));
    }

    void allErrorsAreChosenAndCounted()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("errors"));
        QVERIFY(bench.settle());
        QTableView *table = static_cast<ErrorsPage *>(bench.window->currentPage())->table();
        table->setFocus();
        QTest::keyClick(table, Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(table->selectionModel()->selectedRows().size(), table->model()->rowCount());
        QCOMPARE(bench.window->statusLine()->announced(), QStringLiteral("%1 errors chosen").arg(table->model()->rowCount()));
    }

    void anErrorAsItWasStored()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("errors"));
        QVERIFY(bench.settle());
        ErrorDetailView *detail = static_cast<ErrorsPage *>(bench.window->currentPage())->detail();
        detail->tabs()->setCurrentIndex(1);
        QVERIFY(detail->rawEvent()->isVisible());
        const QJsonObject event = QJsonDocument::fromJson(detail->rawEvent()->code().toUtf8()).object();
        for (const char *field : {"time", "type", "message", "stack", "release"})
            QVERIFY2(event.contains(QLatin1String(field)), field);
        QCOMPARE(event.value(QLatin1String("session")).toString().size(), 6); // nobody is named
    }

    void aChartStandsStillUnderThePointer()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        auto *page = static_cast<OverviewPage *>(bench.window->currentPage());
        TrackStack *tracks = page->tracks();
        auto *panel = qobject_cast<Panel *>(tracks->parentWidget());
        QVERIFY(panel);
        TrackStackData later = tracks->data();
        later.range = {later.range.from + 10s, later.range.to + 10s};
        later.tracks[0].values.back() += 5;
        QTest::mouseMove(tracks, tracks->plotRect(0).center());
        QTest::mouseMove(tracks, tracks->plotRect(0).center() + QPoint(3, 0));
        const TrackStackData held = tracks->data();
        tracks->setData(later);
        QCOMPARE(tracks->data(), held);
        QVERIFY(tracks->isWaiting() && panel->isHolding());
        TrackStackData other = later; // another question
        other.range.from = other.range.from - 60min;
        tracks->setData(other);
        QCOMPARE(tracks->data().range, other.range);
        QVERIFY(!tracks->isWaiting() && !panel->isHolding());
        tracks->setData(held);
        tracks->setData(later);
        QVERIFY(tracks->isWaiting());
        QTest::mouseMove(page, {2, 2});
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(tracks, &leave);
        QTRY_COMPARE(tracks->data(), later);
        QVERIFY(!panel->isHolding());
    }

    void alertsAreFlagsAndLeadSomewhere()
    {
        WindowBench bench(m_theme);
        Settings settings = bench.control.settings();
        settings.hasTray = true;
        bench.control.change(settings);
        QVERIFY(bench.settle());
        QVERIFY(bench.window->tray());
        const int entries = static_cast<int>(bench.window->tray()->menu()->actions().size());
        const AlertMoment storm{StrideEngine::now() - 20min, QStringLiteral("Storm & co"), QStringLiteral("errors > 20 in 10m: now 28"), {}};
        for (int i = 4; i > 0; --i)
            bench.window->alertJournal().add({StrideEngine::now() - (20min + i * 24h), QStringLiteral("Old %1").arg(i), {}, {}});
        bench.window->alertJournal().add(storm);
        QVERIFY(bench.settle());
        QStringList flags;
        for (const TimeMarker &marker : static_cast<OverviewPage *>(bench.window->currentPage())->tracks()->data().markers) {
            if (marker.kind == TimeMarker::Kind::Alert)
                flags << marker.text;
        }
        QCOMPARE(flags, QStringList{QStringLiteral("Storm & co")}); // the others are not in this hour
        QMenu *menu = bench.window->tray()->menu();
        QCOMPARE(menu->actions().size(), entries + 3); // the last three
        QAction *oldest = nullptr;
        for (QAction *action : menu->actions())
            oldest = action->text().contains(QLatin1String("Old 2")) ? action : oldest;
        QVERIFY(oldest);
        bench.window->showView(QStringLiteral("sessions"));
        oldest->trigger();
        QCOMPARE(bench.window->currentView(), QStringLiteral("overview"));
        QVERIFY(bench.state->resolvedRange().contains(StrideEngine::now() - (20min + 48h)));
        bench.window->showAlert({StrideEngine::now() - 10min, QStringLiteral("new error"), {}, QStringLiteral("0123456789abcdef")});
        QCOMPARE(bench.window->currentView(), QStringLiteral("errors"));
        QVERIFY(bench.settle());
    }

    void closingWithoutATrayCloses()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        QVERIFY(!TrayLamp::isAvailable()); // nobody could bring the window back
        Settings settings = bench.control.settings();
        settings.hasTray = true;
        bench.control.change(settings);
        QVERIFY(bench.window->close());
        QVERIFY(!bench.window->wasToldOfTray());
    }

    void viewsUnderANameOfOnesOwn()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("config/views.json"));
        {
            WindowBench bench(m_theme, {1440, 900}, false, false, nullptr, nullptr, file);
            QVERIFY(bench.settle());
            bench.window->showView(QStringLiteral("errors"));
            bench.state->setRange(RangeSpec::live(6h));
            QVERIFY(bench.state->setFilterText(QStringLiteral("(release:4.2.0 OR release:4.1.3) os:Android")));
            Comparison week;
            week.kind = Comparison::Kind::LastWeek;
            bench.state->setComparison(week);
            QTest::keyClick(bench.window.get(), Qt::Key_D, Qt::ControlModifier);
            auto *dialog = bench.window->findChild<QDialog *>();
            QVERIFY(dialog && dialog->isVisible());
            QTest::keyClicks(dialog->findChild<QLineEdit *>(), QStringLiteral("  Android & errors "));
            QTest::keyClick(dialog->findChild<QLineEdit *>(), Qt::Key_Return);
            QCOMPARE(bench.window->actions().savedViews->views().size(), std::size_t(1));
            QVERIFY(bench.settle());
        }
        QCOMPARE(QFileInfo(file).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        WindowBench bench(m_theme, {1440, 900}, false, false, nullptr, nullptr, file);
        QVERIFY(bench.settle());
        SavedViews *views = bench.window->actions().savedViews;
        QCOMPARE(views->views().front().name, QStringLiteral("Android & errors"));
        views->show(QStringLiteral("Android & errors"));
        QCOMPARE(bench.window->currentView(), QStringLiteral("errors"));
        QCOMPARE(bench.state->range().length(), std::chrono::nanoseconds(6h));
        QVERIFY(bench.state->range().isLive);
        QCOMPARE(bench.state->filterTerms().size(), 2);
        QCOMPARE(bench.state->comparison().kind, Comparison::Kind::LastWeek);
        bench.state->goBack(); // one step
        QCOMPARE(bench.window->currentView(), QStringLiteral("overview"));
        QVERIFY(bench.state->filter().isEmpty());
        views->remove(QStringLiteral("Android & errors"));
        QVERIFY(views->views().empty());
        bench.window->actions().undo->trigger();
        QCOMPARE(views->views().size(), std::size_t(1));
        QVERIFY(bench.settle());
    }

    void countsAreSaidAfterAFilter()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        QVERIFY(bench.state->setFilterText(QStringLiteral("os:Android")));
        QTRY_VERIFY(bench.window->statusLine()->announced().contains(QLatin1String("session")));
        QVERIFY(bench.window->statusLine()->announced().contains(QLatin1String("error")));
    }

    void aWorkspaceInAFile()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("mine.telltale"));
        QByteArray first;
        {
            WindowBench bench(m_theme);
            QVERIFY(bench.settle());
            bench.state->addFilterTerm(QStringLiteral("os"), QStringLiteral("Android"));
            bench.state->setRange(RangeSpec::live(6h));
            bench.state->setPinnedStep(ActivityStep::FifteenMinutes);
            bench.window->showView(QStringLiteral("errors"));
            bench.window->actions().savedViews->keep(QStringLiteral("Mornings"));
            bench.window->workspace()->saveAs(path);
            QVERIFY(bench.window->statusLine()->announced().contains(QLatin1String("mine.telltale")));
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            first = file.readAll();
            QVERIFY(bench.settle());
        }
        // A field of a newer Telltale stays.
        QJsonObject newer = QJsonDocument::fromJson(first).object();
        newer.insert(QStringLiteral("of_tomorrow"), 7);
        {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(QJsonDocument(newer).toJson());
        }
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        bench.window->files()->take({path}); // by what is in it: archives have such names, too
        QTRY_COMPARE(bench.window->currentView(), QStringLiteral("errors"));
        QCOMPARE(bench.state->filterTerms(), QStringList{QStringLiteral("os:Android")});
        QCOMPARE(bench.state->range().length(), std::chrono::nanoseconds(6h));
        QCOMPARE(bench.state->pinnedStep(), std::optional(ActivityStep::FifteenMinutes));
        QCOMPARE(bench.window->actions().savedViews->views().size(), std::size_t(1));
        bench.window->actions().saveWorkspace->trigger(); // into the same file, without a question
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(QJsonDocument::fromJson(file.readAll()).object(), newer);
        // What is none changes nothing.
        const QString other = folder.filePath(QStringLiteral("other.telltale"));
        QFile wrong(other);
        QVERIFY(wrong.open(QIODevice::WriteOnly));
        wrong.write("{\"resourceLogs\": []}");
        wrong.close();
        bench.window->workspace()->open(other);
        QVERIFY(bench.window->statusLine()->announced().contains(QLatin1String("no workspace")));
        QCOMPARE(bench.window->workspace()->path(), path);
        QVERIFY(bench.settle());
    }

private:
    static void click(QHeaderView *header, int section)
    {
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, {header->sectionViewportPosition(section) + 10, header->height() / 2});
    }

    Theme m_theme;
};

QTEST_MAIN(TestManners)
#include "tst_manners.moc"
