// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pages/receiver.h"

#include <QObject>
#include <QStringList>

#include <functional>

class QDragEnterEvent;
class QDropEvent;
class QMainWindow;

namespace telltale {

class DropOverlay;
class ImportRow;

/// Brings files into the window: dropped on it, chosen in a dialog, or named when it was started. Files of telemetry are imported through
/// the receiver; a cache is opened in a window of its own, so that this one goes on receiving into its own. What a file
/// is, is looked up on another thread.
class FileDrop final : public QObject
{
    Q_OBJECT

public:
    /// Opens a cache in another window; empty: caches can not be opened.
    using OpenCache = std::function<void(const QString &file)>;

    /// Watches `window`, which owns it and `row` and `overlay`. `receiver` (not owned) may be null.
    FileDrop(QMainWindow *window, Receiver *receiver, OpenCache openCache);

    ImportRow *row() const { return m_row; }
    DropOverlay *overlay() const { return m_overlay; }
    /// Imports or opens, whatever they are; while the receiver still starts, when it has.
    void take(const QStringList &files);
    /// A dialog of files.
    void choose();

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    /// What somebody works on is in this file.
    void workspaceChosen(const QString &file);

private:
    struct Sorted
    {
        QStringList telemetry, caches, workspaces;
    };
    void sort(const QStringList &files, std::function<void(const Sorted &)> then);
    void takeSorted(const Sorted &sorted);
    void enter(QDragEnterEvent *event);
    void drop(QDropEvent *event);
    void showWhatHappens(const Sorted &sorted);
    void startWaiting();
    /// Why nothing can be imported here; empty: it can.
    QString obstacle() const;

    QMainWindow *m_window;
    Receiver *m_receiver;
    OpenCache m_openCache;
    ImportRow *m_row;
    DropOverlay *m_overlay;
    QStringList m_waiting; ///< for the receiver
    int m_drag = 0;        ///< the last one; answers about others come too late
};

} // namespace telltale
