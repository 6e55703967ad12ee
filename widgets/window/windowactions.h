// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QList>
#include <QMenu>
#include <QObject>
#include <QStringList>

class QMainWindow;
class QMenuBar;
class QUndoStack;

namespace telltale {

class CompareMenu;
class RecentMenu;
class SavedViews;
class Theme;
class ViewState;

/// Every command of the window as an action with a key and a menu; the window connects what they do.
class WindowActions final : public QObject
{
    Q_OBJECT

public:
    WindowActions(QMainWindow *window, ViewState &state, Theme *theme, QUndoStack &changes);

    QAction *newWindow, *importFiles, *saveWorkspace, *saveArchive, *exportView, *exportData, *print, *closeWindow, *quit, *undo, *redo, *copyData, *copyImage, *showTable, *saveView, *sidebar, *menuBar, *fullScreen, *back, *forward, *earlier, *later, *zoomOut,
        *zoomIn, *defaultRange, *chooseRange, *copyRange, *pasteRange, *pinCursor, *nextPane, *previousPane, *openMenu, *pause, *refresh, *filter, *clearFilter, *find, *compare, *addNote, *allNotes,
        *connectApp, *alerts, *sourcesView, *settingsView, *palette, *shortcuts, *about;
    RecentMenu *recent;
    CompareMenu *compareWith;
    SavedViews *savedViews;
    QMenu *settings, *history;
    /// Adds a view to the View menu under its id and the name people read, with Ctrl+1, Ctrl+2...
    QAction *addView(const QString &id, const QString &name);
    const QList<QAction *> &views() const { return m_views; }
    /// Builds the menu bar, once all views are added.
    void fill(QMenuBar *bar);

Q_SIGNALS:
    void backToRequested(int entry);
    void zoneChosen(const QString &zone);

private:
    QAction *make(const QString &text, const QKeySequence &key = {});
    QAction *makeSingle(const QString &text, const QKeySequence &key);
    void fillSettings();
    QString viewTitle(const QString &id) const;

    QMainWindow *m_window;
    ViewState &m_state;
    Theme *m_theme;
    QList<QAction *> m_views;
};

/// True while the focus takes typed letters, so that single-letter keys must not act.
bool isTyping();

} // namespace telltale
