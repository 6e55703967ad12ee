// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/windowactions.h"

#include "models/items/viewstate.h"
#include "widgets/theme/theme.h"
#include "widgets/window/comparemenu.h"
#include "widgets/window/recentmenu.h"
#include "widgets/window/savedviews.h"

#include <QAbstractSpinBox>
#include <QActionGroup>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QUndoStack>

namespace telltale {

bool isTyping()
{
    const QWidget *focus = QApplication::focusWidget();
    return qobject_cast<const QLineEdit *>(focus) || qobject_cast<const QAbstractSpinBox *>(focus) ||
           (qobject_cast<const QPlainTextEdit *>(focus) &&
            !qobject_cast<const QPlainTextEdit *>(focus)->isReadOnly());
}

WindowActions::WindowActions(QMainWindow *window, ViewState &state, Theme *theme, QUndoStack &changes)
    : QObject(window)
    , newWindow(make(tr("&New window"), QKeySequence::New))
    , importFiles(make(tr("&Open or import…"), QKeySequence(Qt::CTRL | Qt::Key_O)))
    , saveWorkspace(make(tr("&Save workspace…"), QKeySequence::Save))
    , saveArchive(make(tr("Keep as &archive…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)))
    , exportView(make(tr("Export &view…"), QKeySequence(Qt::CTRL | Qt::Key_E)))
    , exportData(make(tr("Export &data…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E)))
    , print(make(tr("&Print…"), QKeySequence::Print))
    , closeWindow(make(tr("&Close window"), QKeySequence(Qt::CTRL | Qt::Key_W)))
    , quit(make(tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q)))
    , undo(changes.createUndoAction(this, tr("&Undo")))
    , redo(changes.createRedoAction(this, tr("&Redo")))
    , copyData(make(tr("&Copy data"), QKeySequence::Copy))
    , copyImage(make(tr("Copy &image of the view"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)))
    , showTable(make(tr("Show as &table…"), QKeySequence(Qt::CTRL | Qt::Key_T)))
    , saveView(make(tr("&Save this view…"), QKeySequence(Qt::CTRL | Qt::Key_D)))
    , sidebar(make(tr("Side&bar"), QKeySequence(Qt::Key_F9)))
    , menuBar(make(tr("Me&nu bar"), QKeySequence(Qt::CTRL | Qt::Key_M)))
    , fullScreen(make(tr("&Full screen"), QKeySequence(Qt::Key_F11)))
    , back(make(tr("&Back"), QKeySequence(Qt::ALT | Qt::Key_Left)))
    , forward(make(tr("&Forward"), QKeySequence(Qt::ALT | Qt::Key_Right)))
    , earlier(makeSingle(tr("&Earlier"), QKeySequence(Qt::Key_BracketLeft)))
    , later(makeSingle(tr("&Later"), QKeySequence(Qt::Key_BracketRight)))
    , zoomOut(makeSingle(tr("Zoom &out"), QKeySequence(Qt::Key_Minus)))
    , zoomIn(makeSingle(tr("Zoom &in"), QKeySequence(Qt::Key_Plus)))
    , defaultRange(makeSingle(tr("&Default range"), QKeySequence(Qt::Key_0)))
    , chooseRange(makeSingle(tr("Time &range…"), QKeySequence(Qt::Key_T)))
    , copyRange(make(tr("&Copy time range"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T)))
    , pasteRange(make(tr("Paste time ran&ge"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V)))
    , pinCursor(makeSingle(tr("&Pin the cursor"), QKeySequence(Qt::Key_P)))
    , nextPane(make(tr("&Next part of the window"), QKeySequence(Qt::Key_F6)))
    , previousPane(make(tr("Pre&vious part of the window"), QKeySequence(Qt::SHIFT | Qt::Key_F6)))
    , openMenu(make(tr("Go to the &menu"), QKeySequence(Qt::Key_F10)))
    , pause(makeSingle(tr("&Pause or follow"), QKeySequence(Qt::Key_Space)))
    , refresh(make(tr("&Refresh now"), QKeySequence(Qt::Key_F5)))
    , filter(make(tr("&Filter…"), QKeySequence(Qt::CTRL | Qt::Key_L)))
    , clearFilter(make(tr("&Clear filter")))
    , find(make(tr("Fi&nd in this view"), QKeySequence::Find))
    , compare(makeSingle(tr("Co&mpare"), QKeySequence(Qt::Key_C)))
    , addNote(makeSingle(tr("&Add a note…"), QKeySequence(Qt::Key_M)))
    , allNotes(make(tr("All n&otes…")))
    , connectApp(make(tr("Co&nnect an app")))
    , alerts(make(tr("A&lerts…")))
    , sourcesView(make(tr("S&ources")))
    , settingsView(make(tr("All se&ttings"), QKeySequence(Qt::CTRL | Qt::Key_Comma)))
    , palette(make(tr("Command &palette…"), QKeySequence(Qt::CTRL | Qt::Key_K)))
    , shortcuts(make(tr("&Keyboard shortcuts"), QKeySequence(Qt::CTRL | Qt::Key_Question)))
    , about(make(tr("&About Telltale")))
    , recent(new RecentMenu(tr("Open &recent"), window))
    , compareWith(new CompareMenu(state, window))
    , savedViews(new SavedViews(state, changes, saveView, window))
    , settings(new QMenu(tr("&Settings"), window))
    , history(new QMenu(tr("&History"), window))
    , m_window(window)
    , m_state(state)
    , m_theme(theme)
{
    undo->setShortcut(QKeySequence::Undo);
    redo->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z));
    palette->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_K), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P)});
    shortcuts->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Question), QKeySequence(Qt::Key_F1)});
    menuBar->setCheckable(true);
    menuBar->setChecked(true);
    sidebar->setCheckable(true);
    sidebar->setChecked(true);
    fullScreen->setCheckable(true);
    compare->setCheckable(true);
    const auto showState = [this] {
        back->setEnabled(m_state.canGoBack());
        forward->setEnabled(m_state.canGoForward());
        later->setEnabled(!m_state.range().isLive);
        compare->setChecked(m_state.isComparing());
        clearFilter->setEnabled(!m_state.filter().isEmpty());
    };
    connect(&state, &ViewState::changed, this, showState);
    connect(&state, &ViewState::viewChanged, this, showState);
    showState();
    connect(history, &QMenu::aboutToShow, this, [this] {
        history->clear();
        const QStringList names = m_state.backNames([this](const QString &view) { return viewTitle(view); });
        for (int i = 0; i < names.size(); ++i)
            connect(history->addAction(names.at(i)), &QAction::triggered, this,
                    [this, i] { Q_EMIT backToRequested(i); });
        if (names.isEmpty())
            history->addAction(tr("Nothing yet"))->setEnabled(false);
    });
    fillSettings();
}

QAction *WindowActions::make(const QString &text, const QKeySequence &key)
{
    auto *action = new QAction(text, this);
    if (!key.isEmpty())
        action->setShortcut(key);
    return action;
}

QAction *WindowActions::makeSingle(const QString &text, const QKeySequence &key)
{
    // Single keys are handled by the window's keyPressEvent, so that they never act while somebody types; the
    // menu only names them.
    auto *action = new QAction(text, this);
    action->setProperty("singleKey", key.toString());
    action->setText(text + u'\t' + key.toString(QKeySequence::NativeText));
    return action;
}

QAction *WindowActions::addView(const QString &id, const QString &name)
{
    QAction *action = make(name);
    action->setData(id);
    action->setCheckable(true);
    if (m_views.size() < 9)
        action->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + m_views.size())));
    m_views.append(action);
    return action;
}

QString WindowActions::viewTitle(const QString &id) const
{
    for (const QAction *action : m_views) {
        if (action->data() == id)
            return action->text();
    }
    return id;
}

void WindowActions::fillSettings()
{
    auto *appearance = settings->addMenu(tr("&Appearance"));
    auto *modes = new QActionGroup(this);
    for (const auto &[mode, text] :
         {std::pair{Theme::Mode::System, tr("As the &system")}, std::pair{Theme::Mode::Light, tr("&Light")},
          std::pair{Theme::Mode::Dark, tr("&Dark")}}) {
        QAction *action = appearance->addAction(text);
        action->setCheckable(true);
        action->setChecked(m_theme && m_theme->mode() == mode);
        modes->addAction(action);
        connect(action, &QAction::triggered, this, [this, mode] {
            if (m_theme)
                m_theme->setMode(mode);
        });
    }
    connect(appearance, &QMenu::aboutToShow, this, [this, modes] {
        if (m_theme)
            modes->actions().at(static_cast<int>(m_theme->mode()))->setChecked(true);
    });
    auto *zones = settings->addMenu(tr("Time &zone"));
    auto *zoneGroup = new QActionGroup(this);
    for (const auto &[zone, text] : {std::pair{QStringLiteral("system"), tr("The &system's")},
                                     std::pair{QStringLiteral("UTC"), tr("&UTC")}}) {
        QAction *action = zones->addAction(text);
        action->setCheckable(true);
        zoneGroup->addAction(action);
        connect(action, &QAction::triggered, this, [this, zone = zone] { Q_EMIT zoneChosen(zone); });
    }
    connect(zones, &QMenu::aboutToShow, this, [this, zoneGroup] {
        const bool isUtc = m_state.zone().id() == "UTC";
        zoneGroup->actions().at(isUtc ? 1 : 0)->setChecked(true);
    });
    settings->addSeparator();
    settings->addAction(settingsView);
}

void WindowActions::fill(QMenuBar *bar)
{
    QMenu *file = bar->addMenu(tr("&File"));
    file->addActions({newWindow, importFiles});
    file->addMenu(recent);
    file->addActions({saveWorkspace, saveArchive});
    file->addSeparator();
    file->addActions({exportView, exportData, print});
    file->addSeparator();
    file->addActions({closeWindow, quit});
    QMenu *edit = bar->addMenu(tr("&Edit"));
    edit->addActions({undo, redo});
    edit->addSeparator();
    edit->addActions({copyData, copyImage});
    edit->addSeparator();
    edit->addActions({addNote, allNotes});
    edit->addSeparator();
    edit->addActions({find, palette});
    QMenu *view = bar->addMenu(tr("&View"));
    view->addActions(m_views);
    view->addSeparator();
    view->addAction(compare);
    view->addMenu(compareWith);
    view->addMenu(savedViews);
    view->addSeparator();
    view->addActions({showTable, sidebar, menuBar, fullScreen});
    QMenu *go = bar->addMenu(tr("&Go"));
    go->addActions({back, forward});
    go->addMenu(history);
    go->addSeparator();
    go->addActions({chooseRange, earlier, later, zoomOut, zoomIn, defaultRange});
    go->addActions({copyRange, pasteRange});
    go->addSeparator();
    go->addActions({pinCursor, nextPane, previousPane, openMenu});
    QMenu *data = bar->addMenu(tr("&Data"));
    data->addActions({pause, refresh});
    data->addSeparator();
    data->addActions({filter, clearFilter});
    data->addSeparator();
    data->addActions({alerts, connectApp, sourcesView});
    data->addMenu(settings);
    QMenu *help = bar->addMenu(tr("&Help"));
    help->addActions({shortcuts, about});
    // Actions act also while the menu bar is hidden.
    for (QAction *action : findChildren<QAction *>(QString(), Qt::FindDirectChildrenOnly)) {
        if (!action->shortcut().isEmpty())
            m_window->addAction(action);
    }
}

} // namespace telltale
