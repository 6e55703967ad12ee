// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/queryrunner.h"
#include "models/items/viewstate.h"
#include "widgets/pages/alertjournal.h"
#include "widgets/pages/livestatus.h"
#include "widgets/pages/notebook.h"
#include "widgets/pages/page.h"
#include "widgets/pages/receiver.h"
#include "widgets/pages/sourcecontrol.h"
#include "widgets/theme/seriespalette.h"
#include "widgets/theme/theme.h"
#include "widgets/window/archivedialog.h"
#include "widgets/window/pagestack.h"
#include "widgets/window/palettemodel.h"
#include "widgets/window/windowactions.h"

#include <QElapsedTimer>
#include <QMainWindow>
#include <QUndoStack>

#include <functional>

namespace telltale {

class AlertWatcher;
class Banner;
struct Job;
class CacheRescue;
class CacheTrouble;
class CommandPalette;
class ConnectPage;
class ErrorsPage;
class FileDrop;
class OverviewPage;
class PanelMenu;
class RecentCaches;
class SessionsPage;
class SourcesPage;
class Sidebar;
class StatusLine;
class TimePicker;
class TrayLamp;
class Toolbar;
class UsagePage;
class WorkspaceFile;

/// What the window is built from. Not owned; all outlive it.
struct WindowParts
{
    QueryRunner *queries = nullptr;
    ViewState *state = nullptr;
    Theme *theme = nullptr;
    Receiver *receiver = nullptr; ///< null: nothing can be received
    SourceControl *sources = nullptr; ///< null: nothing can be set
    const ArchiveAbout *archive = nullptr; ///< null: what is shown is a cache and no archive
    Archiver archiver;                     ///< none: nothing can be kept as an archive
    std::filesystem::path alerts;          ///< the file of alerts; empty: there are none
    std::function<void(const QString &file)> openCache{}; ///< in another window; empty: can not be done
    std::function<void()> openWindow{};                   ///< another one on the same cache; empty: can not be done
    RecentCaches *recent = nullptr;                       ///< null: nobody remembers what was opened
    CacheRescue *rescue = nullptr;                        ///< null: nothing can be done about a cache that does not open
    QString views{};                                      ///< the file of saved views; empty: they are forgotten
    QString cache{};                                      ///< the file that is shown, absolute; empty: it is none
};

/// The window: menu, sidebar, toolbar, the pages, the status line. Hands what happens from one to the other;
/// shows nothing itself.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(const WindowParts &parts, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Begins to ask. Before, the window paints without data; the first paint waits for nothing.
    void start();
    /// For pictures: nothing that differs from one run to the next is shown (how long a question took),
    /// nothing ticks.
    void setStill(bool isStill) { m_isStill = isStill; }
    /// Before all other windows, also when it was minimised or only a lamp in the tray.
    void bringToFront();
    /// Stays on this view instead of choosing by whether there is data.
    void showView(const QString &id);
    QString currentView() const;
    /// Makes it when it is not there yet. Null: there is no such view.
    Page *page(const QString &id) const;
    /// Null before the window is shown or started.
    Page *currentPage() const;
    QStringList views() const;
    /// How many of the views are made: one with the first paint, the others after it.
    int madePages() const { return m_pages->count(); }
    QStringList madeViews() const;
    /// The file that is shown; empty: it is none.
    QString cache() const { return m_parts.cache; }
    /// Looks at this one alone; empty: at all.
    void setProduct(const QString &product, const QString &environment);
    LiveStatus &live() { return m_live; }
    TrayLamp *tray() const { return m_tray; } ///< null: nobody wants it
    AlertWatcher *alerts() const { return m_alerts; } ///< null: there are none
    Toolbar *toolbar() const { return m_toolbar; }
    Sidebar *sidebar() const { return m_sidebar; }
    TimePicker *timePicker() const { return m_picker; }
    CommandPalette *palette() const { return m_palette; }
    WindowActions &actions() { return m_actions; }
    Banner *banner() const { return m_banner; }
    QUndoStack &changes() { return m_changes; }
    NoteBook &notes() { return m_notes; }
    FileDrop *files() const { return m_files; }
    WorkspaceFile *workspace() const { return m_workspace; }
    CacheTrouble *trouble() const { return m_trouble; }
    StatusLine *statusLine() const { return m_status; }
    /// Nothing is being asked and the first answers are there.
    bool isSettled() const;
    /// The window goes, also when closing it would only hide it. False: something in it does not want that.
    bool quit();
    /// The next close() is one of quit(); for the end of the desktop's session, which asks nobody.
    void letClose() { m_isQuitting = true; }
    /// What alerts said while this window is open.
    AlertJournal &alertJournal() { return m_alertJournal; }
    /// Leads to where and when it happened.
    void showAlert(const AlertMoment &moment);
    /// Whether somebody was told that a closed window goes on recording; told once.
    bool wasToldOfTray() const { return m_wasToldOfTray; }
    void setToldOfTray(bool wasTold) { m_wasToldOfTray = wasTold; }
    void setVisible(bool isVisible) override;

Q_SIGNALS:
    void firstPainted();
    /// A view was looked at for the first time, or there was time to make it.
    void pageMade(const QString &id, telltale::Page *page);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void addPages();
    void addPage(const QString &id, std::optional<IconId> inSidebar, const QString &title, PageStack::Maker make);
    void connectPage(const QString &id, Page *page);
    void connectActions();
    void showViewRequested(const QString &view, const QString &item);
    void enter();
    void viewChanged(const QString &id);
    void showUnhonoured();
    void openSource(const QString &key);
    void refreshForData();
    void refreshNow();
    bool isSeen() const; ///< neither minimised nor only a lamp in the tray
    void hearSeen();     ///< whether it is
    void catchUp();      ///< with what came while it was not seen
    void askBadges();
    void sayCounts(qint64 sessions, qint64 errors);
    void liveChanged();
    void showLive();
    void showLiveButton();
    void showBanner();
    const SourceRow *refusedSource();
    void showRefused(const SourceRow &row);
    std::vector<Job> slowReadings();
    void tellLate(const Panel &panel);
    void showTrouble(bool isShown);
    void showStatus();
    void showSources();
    void followSettings();
    void applySettings(const Settings &settings);
    void showIdentities(bool areShown);
    void showTray(bool isWanted);
    void toggleLive();
    void openPicker();
    void copyRange();
    void pasteRange();
    void findInView();
    void openPalette();
    void copyData();
    void saveArchive();
    void openNote(const QString &id);
    void openNotes();
    void showMoment(Instant at);
    void connectLeaving();
    void connectMoving();
    void exportView();
    void exportData();
    void showTable();
    PanelMenu *menuOfFocus() const;
    void printView();
    QString diagnosis() const;
    void pinCursor();
    QList<QWidget *> panes() const;
    std::vector<PaletteEntry> knownEntries();
    void addDataEntries(std::vector<PaletteEntry> known);
    void watchAlerts();
    void openAlerts();

    WindowParts m_parts;
    LiveStatus m_live;
    SeriesPalette m_screenColours;
    QUndoStack m_changes;
    NoteBook m_notes;
    AlertJournal m_alertJournal;
    WindowActions m_actions;
    Sidebar *m_sidebar = nullptr;
    Toolbar *m_toolbar = nullptr;
    Banner *m_banner = nullptr;
    FileDrop *m_files = nullptr;
    WorkspaceFile *m_workspace = nullptr;
    CacheTrouble *m_trouble = nullptr; ///< instead of the views while the cache does not open
    PageStack *m_pages = nullptr;
    QWidget *m_pageArea = nullptr; ///< they are in
    StatusLine *m_status = nullptr;
    TimePicker *m_picker = nullptr;
    CommandPalette *m_palette = nullptr;
    AlertWatcher *m_alerts = nullptr;
    TrayLamp *m_tray = nullptr;
    QString m_saidFilter, m_saidLamp; ///< to those who do not see them
    QString m_alertText; ///< what was told last
    bool m_isQuitting = false;
    bool m_wasToldOfTray = false;
    std::map<QString, QString> m_titles;
    QTimer m_tick;
    QTimer m_dataDelay;
    QTimer m_pageMaking;
    QElapsedTimer m_sinceRefresh;
    QElapsedTimer m_sinceBadges;
    double m_queryMs = -1;
    bool m_isStill = false;
    bool m_isPainted = false;
    bool m_isViewChosen = false;
    bool m_isEntered = false;
    bool m_isStarted = false;
    bool m_isSidebarHidden = false;
    Settings m_applied; ///< what the window looks like
    QString m_bannerKind;
    QString m_closedBanner;
};

} // namespace telltale
