// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/mainwindow.h"

#include "models/items/itemtext.h"
#include "widgets/charts/chartwidget.h"
#include "widgets/controls/banner.h"
#include "widgets/pages/errorspage.h"
#include "widgets/pages/overviewfigures.h"
#include "widgets/pages/sessionspage.h"
#include "widgets/pages/sourcespage.h"
#include "widgets/window/alertwatcher.h"
#include "widgets/window/chiprow.h"
#include "widgets/window/cachetrouble.h"
#include "widgets/window/clipboard.h"
#include "widgets/window/commandpalette.h"
#include "widgets/window/comparemenu.h"
#include "widgets/window/filedrop.h"
#include "widgets/window/filtercompleter.h"
#include "widgets/window/helpdialogs.h"
#include "widgets/window/importrow.h"
#include "widgets/window/joblist.h"
#include "widgets/window/pagearea.h"
#include "widgets/window/recentmenu.h"
#include "widgets/window/savedviews.h"
#include "widgets/window/sidebar.h"
#include "widgets/window/statusline.h"
#include "widgets/window/timepicker.h"
#include "widgets/window/toolbar.h"
#include "widgets/window/traylamp.h"
#include "widgets/window/workspacefile.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenuBar>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>
#include <utility>

namespace telltale {

namespace {

using namespace std::chrono_literals;

constexpr int kFullWidth = 1180; ///< of the window, from which sidebar and toolbar have all their words
constexpr int kSmallIcon = 48; ///< what title bars and task bars show; larger ones have time
constexpr int kLeastRefreshMs = 250;
constexpr int kPageMakingMs = 120; ///< between two pages that nobody has asked for yet: each is made in a few milliseconds

} // namespace

MainWindow::MainWindow(const WindowParts &parts, QWidget *parent)
    : QMainWindow(parent)
    , m_parts(parts)
    , m_live(*parts.queries, *parts.state)
    , m_notes(*parts.queries, parts.receiver, m_changes)
    , m_actions(this, *parts.state, parts.theme, m_changes)
{
    setWindowTitle(QStringLiteral("Telltale"));
    setWindowIcon(appIcon(kSmallIcon));
    setMinimumSize(1024, 640);
    resize(1440, 900);

    auto *central = new QWidget;
    auto *outer = new QVBoxLayout(central);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    m_sidebar = new Sidebar(&m_live.sources());
    middle->addWidget(m_sidebar);
    auto *right = new QVBoxLayout;
    right->setContentsMargins(size::kWindowMargin, 12, size::kWindowMargin, size::kCardGap);
    right->setSpacing(size::kCardGap);
    m_toolbar = new Toolbar(*parts.state);
    new FilterCompleter(m_toolbar->filterField(), *parts.state, *parts.queries);
    m_banner = new Banner;
    m_banner->hide();
    m_files = new FileDrop(this, parts.receiver, parts.openCache);
    m_pages = new PageStack;
    m_trouble = new CacheTrouble(parts.rescue, parts.cache, parts.openCache);
    right->addWidget(m_toolbar);
    right->addWidget(m_banner);
    right->addWidget(m_files->row());
    m_pageArea = new PageArea(m_pages);
    right->addWidget(m_pageArea, 1);
    right->addWidget(m_trouble, 1);
    middle->addLayout(right, 1);
    outer->addLayout(middle, 1);
    m_status = new StatusLine;
    m_status->jobs()->follow(*parts.queries, [this] { return slowReadings(); });
    outer->addWidget(m_status);
    setCentralWidget(central);
    m_picker = new TimePicker(*parts.state, central);
    m_palette = new CommandPalette(this);

    if (parts.sources)
        followSettings(); // before pages hear of changes, so that lamps are right when they look
    addPages();
    if (!parts.alerts.empty())
        watchAlerts();
    m_actions.fill(menuBar());
    connectActions();

    connect(parts.state, &ViewState::viewChanged, this, &MainWindow::viewChanged);
    connect(parts.state, &ViewState::changed, this, [this] {
        m_sinceBadges.invalidate();
        askBadges();
        showUnhonoured();
        showLive();
        showBanner();
        showStatus();
    });
    connect(parts.state, &ViewState::selectionChanged, this, [this] {
        m_sinceBadges.invalidate();
        askBadges();
    });
    connect(parts.state, &ViewState::modeChanged, this, &MainWindow::showLive);
    connect(&m_live, &LiveStatus::changed, this, &MainWindow::liveChanged);
    connect(m_sidebar, &Sidebar::viewChosen, this, &MainWindow::showView);
    connect(m_sidebar, &Sidebar::connectRequested, this, [this] { showView(QStringLiteral("connect")); });
    connect(m_sidebar, &Sidebar::productChosen, this, &MainWindow::setProduct);
    connect(m_trouble, &CacheTrouble::shown, this, &MainWindow::showTrouble);
    connect(m_banner, &Banner::closed, this, [this] {
        m_closedBanner = m_bannerKind;
        m_banner->hide();
    });
    if (parts.receiver) {
        connect(parts.receiver, &Receiver::statusChanged, this, [this] {
            m_sidebar->setReceiver(m_parts.receiver->status());
            showBanner();
            showStatus();
        });
    }
    connect(m_sidebar, &Sidebar::sourceChosen, this, &MainWindow::openSource);
    connect(m_sidebar, &Sidebar::settingsRequested, this, [this] { showView(QStringLiteral("settings")); });
    qApp->installEventFilter(this);
    m_tick.setInterval(1000);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (!isSeen())
            return; // LiveStatus tells the tray
        showLive();
        if (m_parts.state->mode() == ViewState::Mode::Live)
            refreshForData();
    });
    m_dataDelay.setSingleShot(true);
    connect(&m_dataDelay, &QTimer::timeout, this, &MainWindow::refreshNow);
    m_pageMaking.setInterval(kPageMakingMs);
    connect(&m_pageMaking, &QTimer::timeout, this, [this] {
        if (!m_pages->makeNext())
            m_pageMaking.stop();
    });
}

MainWindow::~MainWindow()
{
    // Pages ask through the runner with themselves as context; nothing may arrive while they go.
    m_status->jobs()->leave();
    for (Page *page : m_pages->made())
        page->setActive(false);
    disconnect(m_parts.state, nullptr, this, nullptr);
}

void MainWindow::connectActions()
{
    ViewState *state = m_parts.state;
    connect(m_actions.importFiles, &QAction::triggered, m_files, &FileDrop::choose);
    m_actions.newWindow->setEnabled(bool(m_parts.openWindow));
    connect(m_actions.newWindow, &QAction::triggered, this, [this] { m_parts.openWindow(); });
    m_actions.recent->follow(m_parts.recent, m_parts.cache);
    connect(m_actions.recent, &RecentMenu::chosen, this, [this](const QString &path) {
        if (m_parts.openCache)
            m_parts.openCache(path);
    });
    connect(m_actions.closeWindow, &QAction::triggered, this, &QWidget::close);
    connect(m_actions.quit, &QAction::triggered, this, &MainWindow::quit);
    connect(m_actions.copyData, &QAction::triggered, this, &MainWindow::copyData);
    connect(m_actions.copyImage, &QAction::triggered, this, [this] { copyImage(*currentPage(), currentView()); });
    m_actions.saveArchive->setEnabled(bool(m_parts.archiver));
    m_actions.alerts->setEnabled(m_alerts != nullptr);
    connect(m_actions.alerts, &QAction::triggered, this, &MainWindow::openAlerts);
    connect(m_actions.saveArchive, &QAction::triggered, this, &MainWindow::saveArchive);
    connect(m_actions.sidebar, &QAction::triggered, this, [this](bool isShown) {
        m_isSidebarHidden = !isShown;
        m_sidebar->setVisible(isShown);
    });
    connect(m_actions.fullScreen, &QAction::triggered, this, [this](bool isFull) {
        setWindowState(isFull ? windowState() | Qt::WindowFullScreen : windowState() & ~Qt::WindowFullScreen);
    });
    connect(m_actions.back, &QAction::triggered, state, &ViewState::goBack);
    connect(m_actions.forward, &QAction::triggered, state, &ViewState::goForward);
    connect(&m_actions, &WindowActions::backToRequested, state, &ViewState::goBackTo);
    connect(m_actions.earlier, &QAction::triggered, state, &ViewState::stepEarlier);
    connect(m_actions.later, &QAction::triggered, state, &ViewState::stepLater);
    connect(m_actions.zoomOut, &QAction::triggered, state, &ViewState::zoomOut);
    connect(m_actions.zoomIn, &QAction::triggered, state, &ViewState::zoomIn);
    connect(m_actions.defaultRange, &QAction::triggered, state, &ViewState::resetRange);
    connect(m_actions.chooseRange, &QAction::triggered, this, &MainWindow::openPicker);
    connect(m_actions.copyRange, &QAction::triggered, this, &MainWindow::copyRange);
    connect(m_actions.pasteRange, &QAction::triggered, this, &MainWindow::pasteRange);
    connect(m_actions.pause, &QAction::triggered, this, &MainWindow::toggleLive);
    connect(m_actions.refresh, &QAction::triggered, this, [this] {
        currentPage()->refreshWhenShown();
        askBadges();
    });
    connect(m_actions.filter, &QAction::triggered, m_toolbar, &Toolbar::editFilter);
    connect(m_actions.clearFilter, &QAction::triggered, state,
            [state] { static_cast<void>(state->setFilterText({})); });
    connect(m_actions.find, &QAction::triggered, this, &MainWindow::findInView);
    connect(m_actions.compare, &QAction::triggered, state,
            [state] { state->setComparing(!state->isComparing()); });
    m_actions.savedViews->setParser([this] { return m_picker->parser(); });
    m_actions.savedViews->open(m_parts.views);
    m_workspace = new WorkspaceFile(*state, *m_actions.savedViews, [this] { return m_picker->parser(); }, this);
    connect(m_actions.saveWorkspace, &QAction::triggered, m_workspace, &WorkspaceFile::save);
    connect(m_files, &FileDrop::workspaceChosen, m_workspace, &WorkspaceFile::open);
    connect(m_workspace, &WorkspaceFile::told, this, [this](const QString &sentence) { m_status->tell(sentence); });
    connect(m_actions.savedViews, &SavedViews::told, this, [this](const QString &sentence) { m_status->tell(sentence); });
    connect(m_actions.compareWith, &CompareMenu::otherReleasesRequested, this, [this, state] {
        auto *dialog = new ReleasePairDialog(m_actions.compareWith->releases(), state->comparison(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QDialog::accepted, state, [dialog, state] { state->setComparison(dialog->comparison()); });
        dialog->open();
    });
    m_toolbar->setCompareMenu(m_actions.compareWith);
    connectLeaving();
    connectMoving();
    m_actions.addNote->setEnabled(m_notes.canWrite());
    connect(m_actions.addNote, &QAction::triggered, this, [this] { openNote({}); });
    connect(m_actions.allNotes, &QAction::triggered, this, &MainWindow::openNotes);
    connect(&m_notes, &NoteBook::told, this, [this](const QString &sentence) { m_status->tell(sentence); });
    connect(m_actions.connectApp, &QAction::triggered, this, [this] { showView(QStringLiteral("connect")); });
    connect(m_actions.sourcesView, &QAction::triggered, this, [this] { showView(QStringLiteral("sources")); });
    connect(m_actions.settingsView, &QAction::triggered, this, [this] { showView(QStringLiteral("settings")); });
    connect(m_actions.palette, &QAction::triggered, this, &MainWindow::openPalette);
    connect(m_actions.shortcuts, &QAction::triggered, this, [this] { showShortcuts(this, m_actions, [this] {
            KeysOfViews keys;
            for (const QString &view : views())
                keys.emplace_back(m_titles[view], page(view)->keys());
            return keys;
        }()); });
    connect(m_actions.about, &QAction::triggered, this, [this] { showAbout(this, diagnosis()); });
    connect(&m_actions, &WindowActions::zoneChosen, state,
            [state](const QString &zone) { static_cast<void>(state->setZone(zone)); });
    connect(m_toolbar, &Toolbar::rangePickerRequested, this, &MainWindow::openPicker);
    connect(m_toolbar, &Toolbar::searchRequested, this, &MainWindow::findInView);
    connect(m_toolbar, &Toolbar::liveToggled, this, &MainWindow::toggleLive);
}

void MainWindow::start()
{
    if (m_isStarted)
        return;
    enter();
    m_isStarted = true;
    setWindowIcon(appIcon());
    connect(m_parts.queries, &QueryRunner::dataChanged, this, [this] {
        if (m_parts.state->mode() == ViewState::Mode::Live && isSeen())
            refreshForData();
    });
    connect(m_parts.queries, &QueryRunner::answered, this, [this](const QString &slot, double milliseconds) {
        if (slot.startsWith(QStringLiteral("live.")) || slot.startsWith(QStringLiteral("window.")) || slot.startsWith(QStringLiteral("alerts")))
            return;
        m_queryMs = milliseconds;
    });
    m_live.start();
    m_notes.start();
    if (m_alerts)
        m_alerts->start();
    if (!m_isStill) {
        m_tick.start();
        m_pageMaking.start();
    }
    if (m_parts.receiver)
        m_sidebar->setReceiver(m_parts.receiver->status());
    currentPage()->setActive(true);
    currentPage()->setFocus();
    askBadges();
}

bool MainWindow::isSettled() const
{
    return m_isStarted && m_live.isKnown() && currentPage()->isSettled() && m_parts.queries->pending() == 0;
}

void MainWindow::bringToFront()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::showView(const QString &id)
{
    m_isViewChosen = true;
    if (views().contains(id))
        m_parts.state->setView(id);
}

QString MainWindow::currentView() const
{
    return m_parts.state->view();
}

Page *MainWindow::page(const QString &id) const
{
    return m_pages->page(id);
}

Page *MainWindow::currentPage() const
{
    return static_cast<Page *>(m_pages->currentWidget());
}

QStringList MainWindow::views() const
{
    return m_pages->ids();
}

QStringList MainWindow::madeViews() const
{
    QStringList made;
    for (const Page *page : m_pages->made())
        made.append(page->objectName());
    return made;
}

void MainWindow::setProduct(const QString &product, const QString &environment)
{
    m_parts.state->setProduct(product, environment);
    m_sidebar->setCurrentProduct(product, environment);
}

/// What is shown first is known only now: pages that were the state's for a moment, before the window remembered another
/// view, are not made for nothing.
void MainWindow::enter()
{
    if (std::exchange(m_isEntered, true))
        return;
    viewChanged(m_parts.state->view());
    showLive();
    showStatus();
}

void MainWindow::setVisible(bool isVisible)
{
    if (isVisible)
        enter();
    QMainWindow::setVisible(isVisible);
}

void MainWindow::viewChanged(const QString &id)
{
    Page *next = m_isEntered ? page(id) : nullptr;
    if (!next)
        return;
    for (Page *page : m_pages->made()) {
        if (page != next)
            page->setActive(false);
    }
    m_pages->setCurrentWidget(next);
    m_sidebar->setCurrentView(id);
    for (int i = 0; i < views().size(); ++i)
        m_actions.views().at(i)->setChecked(views().at(i) == id);
    m_toolbar->setTitle(m_titles[id]);
    showUnhonoured();
    m_toolbar->setComparisonNote(next->comparisonNote(), next->ownComparison());
    m_toolbar->setControlsVisible(id != u"connect" && id != u"sources" && id != u"settings");
    setWindowTitle(tr("%1 – Telltale").arg(m_titles[id]));
    if (m_isStarted) {
        next->setActive(true);
        next->setFocus(Qt::OtherFocusReason);
    }
    showBanner();
}

/// What of the filter the view that is shown can not honour.
void MainWindow::showUnhonoured()
{
    if (const Page *page = currentPage())
        m_toolbar->chips()->setReasons(page->unhonouredReasons());
}

void MainWindow::openSource(const QString &key)
{
    showView(QStringLiteral("sources"));
    static_cast<SourcesPage *>(page(QStringLiteral("sources")))->openSource(key);
}

void MainWindow::showViewRequested(const QString &view, const QString &item)
{
    if (view == u"sessions" && !item.isEmpty())
        static_cast<SessionsPage *>(page(view))->openSession(item);
    if (view == u"errors" && !item.isEmpty())
        static_cast<ErrorsPage *>(page(view))->openGroup(item);
    showView(view);
}

void MainWindow::refreshForData()
{
    // The first change shows at once, the following ones at most four times a second.
    if (m_dataDelay.isActive())
        return;
    const qint64 since = m_sinceRefresh.isValid() ? m_sinceRefresh.elapsed() : kLeastRefreshMs;
    if (since >= kLeastRefreshMs) {
        m_sinceRefresh.start();
        currentPage()->refreshForData();
        askBadges();
    } else {
        m_dataDelay.start(static_cast<int>(kLeastRefreshMs - since));
    }
}

void MainWindow::refreshNow()
{
    m_sinceRefresh.start();
    currentPage()->refreshForData();
    askBadges();
}

void MainWindow::saveArchive()
{
    if (!m_parts.archiver)
        return;
    const ViewState &state = *m_parts.state;
    auto *dialog = new ArchiveDialog(m_parts.archiver, state.scope(), state.rangeText(), state.filterText(), currentView(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ArchiveDialog::saved, this, [this](const QString &path, qint64 records) {
        m_status->tell(tr("%n records are kept in %1.", nullptr, static_cast<int>(std::min<qint64>(records, 2'000'000'000))).arg(path));
    });
    dialog->open();
}

void MainWindow::toggleLive()
{
    ViewState *state = m_parts.state;
    if (state->mode() == ViewState::Mode::History)
        state->goLive();
    else
        state->setPaused(!state->isPaused());
}

void MainWindow::openPicker()
{
    if (currentView() != u"connect")
        m_picker->open(m_toolbar->rangeButton());
}

void MainWindow::findInView()
{
    if (QWidget *field = currentPage()->searchField())
        field->setFocus(Qt::ShortcutFocusReason);
    else
        m_toolbar->editFilter();
}

void MainWindow::copyData()
{
    if (!copyFocused())
        copyImage(*currentPage(), currentView());
}

void MainWindow::paintEvent(QPaintEvent *event)
{
    QMainWindow::paintEvent(event);
    if (!m_isPainted) {
        m_isPainted = true;
        // After everything else of this frame is on the screen.
        QMetaObject::invokeMethod(this, &MainWindow::firstPainted, Qt::QueuedConnection);
    }
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    const bool isNarrow = width() < scaled(kFullWidth);
    if (m_sidebar->isRail() != isNarrow)
        m_sidebar->setRail(isNarrow);
    m_toolbar->setCompact(isNarrow);
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    catchUp();
}

void MainWindow::hideEvent(QHideEvent *event)
{
    QMainWindow::hideEvent(event);
    hearSeen();
}

bool MainWindow::isSeen() const
{
    return isVisible() && !isMinimized();
}

void MainWindow::hearSeen()
{
    m_live.setSeen(isSeen());
    m_parts.queries->setUnhurried(!isSeen());
}

void MainWindow::catchUp()
{
    hearSeen();
    if (m_isStarted && isSeen() && m_parts.state->mode() == ViewState::Mode::Live)
        refreshForData();
}

void MainWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::WindowStateChange) {
        m_actions.fullScreen->setChecked(isFullScreen());
        catchUp();
    }
    QMainWindow::changeEvent(event);
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    const bool isPlain = !(event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier));
    if (!isPlain || isTyping()) {
        QMainWindow::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Space:
        if (!m_applied.hasSingleKeys)
            break;
        m_actions.pause->trigger();
        break;
    case Qt::Key_T:
        m_actions.chooseRange->trigger();
        break;
    case Qt::Key_BracketLeft:
        m_actions.earlier->trigger();
        break;
    case Qt::Key_BracketRight:
        m_actions.later->trigger();
        break;
    case Qt::Key_Minus:
        m_actions.zoomOut->trigger();
        break;
    case Qt::Key_Plus:
        m_actions.zoomIn->trigger();
        break;
    case Qt::Key_0:
        m_actions.defaultRange->trigger();
        break;
    case Qt::Key_M:
        m_actions.addNote->trigger();
        break;
    case Qt::Key_P:
        m_actions.pinCursor->trigger();
        break;
    case Qt::Key_C:
        m_actions.compare->trigger();
        break;
    case Qt::Key_Escape:
        m_parts.state->setSelection(std::nullopt);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        m_parts.state->commitSelection();
        break;
    default:
        QMainWindow::keyPressEvent(event);
    }
}

} // namespace telltale
