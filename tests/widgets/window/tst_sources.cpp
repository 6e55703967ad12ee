// SPDX-License-Identifier: GPL-3.0-or-later
// Sources and settings, driven through the real window.
#include "tests/widgets/window/windowbench.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/datatable.h"
#include "widgets/pages/settingspage.h"
#include "widgets/pages/sourcedetail.h"
#include "widgets/pages/sourcespage.h"
#include "widgets/window/commandpalette.h"
#include "widgets/window/livebutton.h"
#include "widgets/window/sidebar.h"
#include "widgets/window/toolbar.h"
#include "widgets/window/traylamp.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSet>
#include <QSortFilterProxyModel>

using namespace telltale;

class TestSources final : public QObject
{
    Q_OBJECT

    Theme m_theme;

    static SourcesPage *sourcesOf(const WindowBench &bench) { return static_cast<SourcesPage *>(bench.window->page(QStringLiteral("sources"))); }
    static SettingsPage *settingsOf(const WindowBench &bench) { return static_cast<SettingsPage *>(bench.window->page(QStringLiteral("settings"))); }
    static SourcesPage *open(const WindowBench &bench)
    {
        bench.window->showView(QStringLiteral("sources"));
        if (!bench.settle())
            qFatal("the window does not settle");
        return sourcesOf(bench);
    }
    /// The action of the Add menu with this word.
    static void add(SourcesPage *page, const QString &word)
    {
        Q_EMIT page->addMenu()->aboutToShow();
        for (QAction *action : page->addMenu()->actions()) {
            if (action->text().contains(word))
                return action->trigger();
        }
        QFAIL(qPrintable(QStringLiteral("nothing to add is called ") + word));
    }
    static QLineEdit *field(const SourceDetail *detail, const QString &name)
    {
        for (QLineEdit *edit : detail->form()->findChildren<QLineEdit *>()) {
            if (edit->accessibleName().contains(name))
                return edit;
        }
        return nullptr;
    }
    /// Everything that is written on what is seen.
    static QString wordsOf(const QWidget *widget)
    {
        QStringList words;
        for (const PlainLabel *label : widget->findChildren<PlainLabel *>()) {
            if (label->isVisibleTo(widget))
                words.append(label->text());
        }
        return words.join(u'\n');
    }
    static void type(QLineEdit *edit, const QString &text)
    {
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }

private Q_SLOTS:
    void initTestCase() { m_theme.install(Theme::Mode::Light); }

    void listsWhoSendsAndWhatItComesInThrough()
    {
        WindowBench bench(m_theme);
        SourcesPage *page = open(bench);
        QCOMPARE(page->senders()->model()->rowCount(), 4);
        QCOMPARE(page->doors()->model()->rowCount(), 3);
        QAbstractItemModelTester tester(page->doors()->sorted()->sourceModel());
        QVERIFY(page->detail()->pauseButton()->isVisible()); // something is chosen from the start
        bench.control.held.targets = {{"checkout", "http://127.0.0.1:9090/metrics"}};
        Q_EMIT bench.control.changed();
        QCOMPARE(page->doors()->model()->rowCount(), 4);
    }

    void aSourceOfTheSidebarOpens()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        QListView *list = bench.window->sidebar()->sourceList();
        const QModelIndex watch = list->model()->index(3, 0);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(watch).center());
        QCOMPARE(bench.window->currentView(), QStringLiteral("sources"));
        QCOMPARE(sourcesOf(bench)->senders()->currentIndex().siblingAtColumn(0).data().toString(), watch.data().toString());
    }

    void pausingASenderRestsItsLamp()
    {
        WindowBench bench(m_theme);
        SourcesPage *page = open(bench);
        const QModelIndex first = bench.window->live().sources().index(0, 0);
        page->openSource(first.data(KeyRole).toString());
        QTest::mouseClick(page->detail()->pauseButton(), Qt::LeftButton);
        QCOMPARE(bench.control.held.pausedSources, std::vector<std::string>{"otlp | Stride | Android"});
        QCOMPARE(first.data(SourceModel::StateRole).toInt(), int(SourceState::Paused));
        QCOMPARE(page->detail()->pauseButton()->text(), QStringLiteral("Resume"));
        QTest::mouseClick(page->detail()->pauseButton(), Qt::LeftButton);
        QVERIFY(bench.control.held.pausedSources.empty());
        QCOMPARE(first.data(SourceModel::StateRole).toInt(), int(SourceState::Live));
    }

    void pausingAReceiver()
    {
        WindowBench bench(m_theme);
        SourcesPage *page = open(bench);
        page->openDoor(QStringLiteral("otlp_http"));
        QTest::mouseClick(page->detail()->pauseButton(), Qt::LeftButton);
        QVERIFY(bench.control.held.otlpHttp.isPaused);
        QCOMPARE(page->detail()->pauseButton()->text(), QStringLiteral("Resume"));
        QTest::mouseClick(page->detail()->pauseButton(), Qt::LeftButton);
        QVERIFY(!bench.control.held.otlpHttp.isPaused);
    }

    void testing()
    {
        WindowBench bench(m_theme);
        bench.control.broken[QStringLiteral("otlp_grpc")] = QStringLiteral("Can not listen on port 4317: process 4711 (otelcol) holds it.");
        SourcesPage *page = open(bench);
        page->openDoor(QStringLiteral("otlp_grpc"));
        QTest::mouseClick(page->detail()->testButton(), Qt::LeftButton);
        QCOMPARE(bench.control.testedDoors, QStringList{QStringLiteral("otlp_grpc")});
        QCOMPARE(page->detail()->answer(), QStringLiteral("the answer of otlp_grpc"));
        QVERIFY(page->detail()->testButton()->isEnabled());
        // The reason is on the row and in the detail, and the next door does not show the last one's answer.
        QVERIFY(page->doors()->model()->index(1, DoorModel::State).data().toString().contains(QStringLiteral("4711")));
        page->openDoor(QStringLiteral("statsd"));
        QVERIFY(page->detail()->answer().isEmpty());
    }

    void addingATarget()
    {
        WindowBench bench(m_theme);
        SourcesPage *page = open(bench);
        add(page, QStringLiteral("Prometheus"));
        SourceDetail *detail = page->detail();
        QVERIFY(detail->isEditing());
        QVERIFY(!detail->saveButton()->isEnabled());
        type(field(detail, QStringLiteral("Name")), QStringLiteral("checkout"));
        QVERIFY(!detail->saveButton()->isEnabled());
        type(field(detail, QStringLiteral("metrics")), QStringLiteral("ftp://x"));
        QVERIFY(!detail->saveButton()->isEnabled());
        type(field(detail, QStringLiteral("metrics")), QStringLiteral("http://127.0.0.1:9090/metrics"));
        type(field(detail, QStringLiteral("every")), QStringLiteral("30s"));
        QVERIFY(detail->saveButton()->isEnabled());
        QTest::mouseClick(detail->saveButton(), Qt::LeftButton);
        const std::vector<TargetSetting> wanted{{"checkout", "http://127.0.0.1:9090/metrics", std::chrono::seconds(30), false}};
        QVERIFY(bench.control.held.targets == wanted);
        QVERIFY(!detail->isEditing());

        // Edited, paused, removed, and back.
        page->openDoor(QStringLiteral("scrape checkout"));
        QTest::mouseClick(detail->editButton(), Qt::LeftButton);
        type(field(detail, QStringLiteral("every")), QStringLiteral("1m"));
        QTest::mouseClick(detail->saveButton(), Qt::LeftButton);
        QCOMPARE(bench.control.held.targets.front().interval.count(), 60'000);
        page->openDoor(QStringLiteral("scrape checkout"));
        QTest::mouseClick(detail->pauseButton(), Qt::LeftButton);
        QVERIFY(bench.control.held.targets.front().isPaused);
        QTest::mouseClick(detail->removeButton(), Qt::LeftButton);
        QVERIFY(bench.control.held.targets.empty());
        bench.window->changes().undo();
        QCOMPARE(bench.control.held.targets.size(), std::size_t(1));
    }

    void addingABroker_data()
    {
        QTest::addColumn<bool>("hasKeychain");
        QTest::newRow("keychain") << true;
        QTest::newRow("no keychain") << false;
    }
    void addingABroker()
    {
        QFETCH(bool, hasKeychain);
        WindowBench bench(m_theme);
        bench.control.hasKeychain = hasKeychain;
        SourcesPage *page = open(bench);
        add(page, QStringLiteral("MQTT"));
        SourceDetail *detail = page->detail();
        QVERIFY(!detail->saveButton()->isEnabled());
        type(field(detail, QStringLiteral("Name")), QStringLiteral("plant"));
        QVERIFY(detail->saveButton()->isEnabled());
        type(field(detail, QStringLiteral("Address")), QStringLiteral("broker example"));
        QVERIFY(!detail->saveButton()->isEnabled());
        type(field(detail, QStringLiteral("Address")), QStringLiteral("broker.example.org"));
        auto *box = detail->form()->findChild<QCheckBox *>();
        box->setChecked(true);
        QCOMPARE(field(detail, QStringLiteral("Port"))->text(), QStringLiteral("8883")); // unless somebody chose one
        type(field(detail, QStringLiteral("authorities")), QStringLiteral("/etc/plant.pem"));
        type(field(detail, QStringLiteral("User")), QStringLiteral("reader"));
        type(field(detail, QStringLiteral("Password")), QStringLiteral("sesame"));
        auto *topics = detail->form()->findChild<QPlainTextEdit *>();
        topics->setPlainText(QStringLiteral("plant/#/x"));
        QVERIFY(!detail->saveButton()->isEnabled());
        topics->setPlainText(QStringLiteral("plant/+/climate\nplant/debug/# 0\n"));
        QVERIFY(detail->saveButton()->isEnabled());
        // What a crash can lose is said before it is saved.
        QVERIFY(wordsOf(detail->form()).contains(QStringLiteral("acknowledged only after it is stored")));
        QVERIFY(wordsOf(detail->form()).contains(QStringLiteral("before it is stored, is lost")));
        QTest::mouseClick(detail->saveButton(), Qt::LeftButton);
        if (!hasKeychain) {
            QVERIFY(bench.control.held.brokers.empty());
            QTest::mouseClick(detail->fileButton(), Qt::LeftButton);
        }
        BrokerSetting wanted;
        wanted.name = "plant";
        wanted.host = "broker.example.org";
        wanted.port = 8883;
        wanted.isEncrypted = true;
        wanted.certificates = "/etc/plant.pem";
        wanted.user = "reader";
        wanted.password = hasKeychain ? TokenPlace::Keychain : TokenPlace::File;
        wanted.topics = {{"plant/+/climate", 1}, {"plant/debug/#", 0}};
        QVERIFY(bench.control.held.brokers == std::vector<BrokerSetting>{wanted});
        QCOMPARE(bench.control.passwords[QStringLiteral("plant")], QStringLiteral("sesame"));

        // And where it is looked at, then edited without typing the password again.
        page->openDoor(QStringLiteral("mqtt plant"));
        QVERIFY(wordsOf(detail).contains(QStringLiteral("acknowledged only after it is stored")));
        QTest::mouseClick(detail->editButton(), Qt::LeftButton);
        type(field(detail, QStringLiteral("Port")), QStringLiteral("1884"));
        QTest::mouseClick(detail->saveButton(), Qt::LeftButton);
        wanted.port = 1884;
        QVERIFY(bench.control.held.brokers == std::vector<BrokerSetting>{wanted});
        QCOMPARE(bench.control.passwords.size(), std::size_t(1));
        page->openDoor(QStringLiteral("mqtt plant"));
        QTest::mouseClick(detail->testButton(), Qt::LeftButton);
        QCOMPARE(bench.control.testedDoors.last(), QStringLiteral("mqtt plant"));
        QTest::mouseClick(detail->pauseButton(), Qt::LeftButton);
        QVERIFY(bench.control.held.brokers[0].isPaused);
        QTest::mouseClick(detail->removeButton(), Qt::LeftButton);
        QVERIFY(bench.control.held.brokers.empty());
        bench.window->changes().undo();
        QCOMPARE(bench.control.held.brokers.size(), std::size_t(1));
    }

    void followingAFolder()
    {
        WindowBench bench(m_theme);
        SourcesPage *page = open(bench);
        add(page, QStringLiteral("Followed"));
        SourceDetail *detail = page->detail();
        type(field(detail, QStringLiteral("Name")), QStringLiteral("app log"));
        type(field(detail, QStringLiteral("File or folder")), QStringLiteral("var/log"));
        QVERIFY(!detail->saveButton()->isEnabled());
        type(field(detail, QStringLiteral("File or folder")), QStringLiteral("/var/log/app/"));
        type(field(detail, QStringLiteral("Product")), QStringLiteral("Stride"));
        auto *columns = detail->form()->findChild<QPlainTextEdit *>();
        QVERIFY(!columns->isVisibleTo(detail->form()));
        detail->form()->findChild<SegmentedControl *>()->setCurrentIndex(2);
        QVERIFY(columns->isVisibleTo(detail->form()));
        columns->setPlainText(QStringLiteral("event"));
        QVERIFY(!detail->saveButton()->isEnabled());
        columns->setPlainText(QStringLiteral("event = What happened\n"));
        QTest::mouseClick(detail->saveButton(), Qt::LeftButton);
        const std::vector<FollowSetting> wanted{{"app log", "/var/log/app", FollowSetting::Format::Csv, {{"event", "What happened"}}, "Stride", false}};
        QVERIFY(bench.control.held.followed == wanted);
        page->openDoor(QStringLiteral("follow app log"));
        QVERIFY(!detail->mappingButton()->isVisible());
        QTest::mouseClick(detail->editButton(), Qt::LeftButton);
        detail->form()->findChild<SegmentedControl *>()->setCurrentIndex(1);
        QVERIFY(!detail->form()->findChild<QPlainTextEdit *>()->isVisibleTo(detail->form()));
        QTest::mouseClick(detail->saveButton(), Qt::LeftButton);
        QCOMPARE(bench.control.held.followed[0].format, FollowSetting::Format::Json);
        page->openDoor(QStringLiteral("follow app log"));
        QTest::mouseClick(detail->pauseButton(), Qt::LeftButton);
        QVERIFY(bench.control.held.followed[0].isPaused);
        QTest::mouseClick(detail->removeButton(), Qt::LeftButton);
        QVERIFY(bench.control.held.followed.empty());
    }

    /// Every field of every form has a name and is reached by Tab.
    void formsByKeyboard()
    {
        WindowBench bench(m_theme);
        SourcesPage *page = open(bench);
        for (const char *kind : {"Prometheus", "MQTT", "Followed"}) {
            add(page, QLatin1String(kind));
            SourceForm *form = page->detail()->form();
            QVERIFY(bench.settle()); // it is laid out
            QSet<QWidget *> reached;
            QWidget *first = form->findChild<QLineEdit *>();
            first->setFocus();
            for (int i = 0; i < 60 && (i == 0 || bench.window->focusWidget() != first); ++i) {
                reached.insert(bench.window->focusWidget());
                QTest::keyClick(bench.window->focusWidget(), Qt::Key_Tab);
            }
            for (QWidget *field : form->findChildren<QWidget *>()) {
                if (!(field->focusPolicy() & Qt::TabFocus) || !field->isVisible() || field->focusProxy())
                    continue;
                const auto *button = qobject_cast<QAbstractButton *>(field);
                QVERIFY2(!field->accessibleName().isEmpty() || (button && !button->text().isEmpty()), field->metaObject()->className());
                QVERIFY2(reached.contains(field), qPrintable(field->accessibleName()));
            }
        }
    }

    void aReceiverIsTurnedOffAndOnAgain()
    {
        WindowBench bench(m_theme);
        SourcesPage *page = open(bench);
        page->openDoor(QStringLiteral("statsd"));
        QTest::mouseClick(page->detail()->removeButton(), Qt::LeftButton);
        QVERIFY(!bench.control.held.statsd.isOn);
        QCOMPARE(page->doors()->model()->rowCount(), 2);
        add(page, QStringLiteral("StatsD"));
        type(field(page->detail(), QStringLiteral("Port")), QStringLiteral("9125"));
        QTest::mouseClick(page->detail()->saveButton(), Qt::LeftButton);
        QVERIFY(bench.control.held.statsd.isOn);
        QCOMPARE(bench.control.held.statsd.port, std::uint16_t(9125));
    }

    void theNetworkNeedsAToken_data()
    {
        QTest::addColumn<bool>("hasKeychain");
        QTest::newRow("keychain") << true;
        QTest::newRow("no keychain") << false;
    }
    void theNetworkNeedsAToken()
    {
        QFETCH(bool, hasKeychain);
        WindowBench bench(m_theme);
        bench.control.hasKeychain = hasKeychain;
        SourcesPage *page = open(bench);
        SourceDetail *detail = page->detail();
        page->openDoor(QStringLiteral("otlp_http"));
        QTest::mouseClick(detail->editButton(), Qt::LeftButton);
        detail->form()->findChild<SegmentedControl *>()->setCurrentIndex(1);
        type(field(detail, QStringLiteral("Address")), QStringLiteral("nonsense"));
        QVERIFY(!detail->saveButton()->isEnabled());
        type(field(detail, QStringLiteral("Address")), QStringLiteral("192.168.1.20"));
        QTest::mouseClick(detail->saveButton(), Qt::LeftButton);
        if (!hasKeychain) {
            // Nothing was opened; a file only when the person says so.
            QCOMPARE(bench.control.held.otlpHttp.host, std::string("127.0.0.1"));
            QVERIFY(detail->answer().contains(QStringLiteral("no keychain")));
            QTest::mouseClick(detail->fileButton(), Qt::LeftButton);
        }
        QCOMPARE(bench.control.places.back(), hasKeychain ? TokenPlace::Keychain : TokenPlace::File);
        QCOMPARE(bench.control.kept, QStringLiteral("a-new-token"));
        QCOMPARE(bench.control.held.otlpHttp.host, std::string("192.168.1.20"));
        // The settings know where the token is kept, too: saving the address did not forget it.
        QCOMPARE(bench.control.held.token, hasKeychain ? TokenPlace::Keychain : TokenPlace::File);
    }

    void nothingToReceive()
    {
        WindowBench bench(m_theme, {1440, 900}, true);
        SourcesPage *page = open(bench);
        QCOMPARE(page->senders()->model()->rowCount(), 0);
        QCOMPARE(page->doors()->currentIndex().row(), 0); // a door is what there is to read about
    }

    // --- settings ---

    void settingsByKey()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        QTest::keyClick(bench.window.get(), Qt::Key_Comma, Qt::ControlModifier);
        QCOMPARE(bench.window->currentView(), QStringLiteral("settings"));
        QVERIFY(settingsOf(bench)->sections().size() >= 6);
    }

    void theLookFollows()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("settings"));
        SettingsPage *page = settingsOf(bench);
        page->scheme()->setCurrentIndex(2);
        QCOMPARE(bench.control.held.scheme, Settings::Scheme::Dark);
        QVERIFY(m_theme.isDark());
        page->textSize()->setCurrentIndex(page->textSize()->findData(qint64(200)));
        Q_EMIT page->textSize()->activated(page->textSize()->currentIndex());
        QCOMPARE(bench.control.held.textPercent, 200);
        const int large = scaled(100);
        page->textSize()->setCurrentIndex(0);
        Q_EMIT page->textSize()->activated(0);
        QVERIFY2(scaled(100) * 2 == large, "twice as large, and back");
        // What a menu chooses is set, too.
        m_theme.setMode(Theme::Mode::Light);
        QCOMPARE(bench.control.held.scheme, Settings::Scheme::Light);
        QCOMPARE(page->scheme()->currentIndex(), 1);
    }

    void singleKeysOff()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("settings"));
        QVERIFY(bench.settle());
        QTest::mouseClick(settingsOf(bench)->singleKeys(), Qt::LeftButton, {}, {8, settingsOf(bench)->singleKeys()->height() / 2});
        QVERIFY(!bench.control.held.hasSingleKeys);
        bench.window->showView(QStringLiteral("overview"));
        QVERIFY(bench.settle());
        QTest::keyClick(bench.window->currentPage(), Qt::Key_Space);
        QVERIFY(!bench.state->isPaused());
        QTest::keyClick(bench.window->currentPage(), Qt::Key_C, Qt::NoModifier);
        const bool wasComparing = bench.state->isComparing();
        Settings settings = bench.control.held;
        settings.hasSingleKeys = true;
        bench.control.change(settings);
        QTest::keyClick(bench.window->currentPage(), Qt::Key_C);
        QCOMPARE(bench.state->isComparing(), !wasComparing);
    }

    void theTrayIsThereWhenWanted()
    {
        WindowBench bench(m_theme);
        QVERIFY(!bench.window->tray());
        bench.window->showView(QStringLiteral("settings"));
        QVERIFY(bench.settle());
        QCheckBox *box = settingsOf(bench)->trayBox();
        QVERIFY(!box->isEnabled()); // there is no tray here, and the page says so
        Settings settings = bench.control.settings();
        settings.hasTray = true;
        bench.control.change(settings);
        QVERIFY(bench.control.held.hasTray && bench.window->tray());
        QVERIFY(bench.settle());
        QCOMPARE(bench.window->tray()->state(), bench.window->toolbar()->liveButton()->lamp());
        QVERIFY(bench.window->tray()->toolTip().startsWith(QLatin1String("Telltale: ")));
        bench.window->showMinimized();
        Q_EMIT bench.window->tray()->windowRequested();
        QVERIFY(!bench.window->isMinimized());
        QTest::mouseClick(box, Qt::LeftButton, {}, {8, box->height() / 2});
        QVERIFY(!bench.control.held.hasTray && !bench.window->tray());
    }

    /// Told apart by shape, in every size a tray has.
    void trayIcons()
    {
        QSet<QByteArray> seen;
        for (const LampState state : {LampState::Waiting, LampState::Live, LampState::Late, LampState::Paused, LampState::Error, LampState::Off}) {
            for (const int size : {16, 22, 64}) {
                const QImage picture = TrayLamp::icon(state).pixmap(size, size).toImage().convertToFormat(QImage::Format_ARGB32);
                QCOMPARE(picture.size(), QSize(size, size));
                QCOMPARE(qAlpha(picture.pixel(0, 0)), 0);
                seen.insert(QByteArray(reinterpret_cast<const char *>(picture.constBits()), picture.sizeInBytes()));
            }
        }
        QCOMPARE(seen.size(), 18);
    }

    void removingAsksFirst()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("settings"));
        QVERIFY(bench.settle());
        SettingsPage *page = settingsOf(bench);
        const int week = page->keepAge()->findData(qint64(7) * 86'400'000'000'000);
        page->keepAge()->setCurrentIndex(week);
        Q_EMIT page->keepAge()->activated(week);
        QTRY_VERIFY(page->removeButton()->isVisible());
        QVERIFY(!bench.control.held.keepAge);
        QVERIFY(page->keepQuestion().contains(QStringLiteral("can not be undone")));
        QTest::mouseClick(page->removeButton(), Qt::LeftButton);
        QCOMPARE(bench.control.held.keepAge->count(), qint64(7) * 86'400'000'000'000);
        QVERIFY(!page->removeButton()->isVisible());
    }

    void thePaletteKnowsSections()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        QTest::keyClick(bench.window.get(), Qt::Key_K, Qt::ControlModifier);
        auto *edit = bench.window->palette()->findChild<QLineEdit *>();
        QTest::keyClicks(edit, QStringLiteral("/kept"));
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(bench.window->currentView(), QStringLiteral("settings"));
        QTRY_VERIFY(settingsOf(bench)->keepAge()->hasFocus());
    }

    void withoutControl()
    {
        WindowBench bench(m_theme);
        const PageContext context{bench.queries.get(), bench.state.get(), &bench.window->live(), nullptr, nullptr, &bench.window->changes()};
        SourcesPage sources(context, nullptr);
        SettingsPage settings(context, nullptr);
        sources.show();
        settings.show();
        QCOMPARE(sources.doors()->model()->rowCount(), 0);
        QVERIFY(!settings.sections().isEmpty());
    }
};

QTEST_MAIN(TestSources)
#include "tst_sources.moc"
