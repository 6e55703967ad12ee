// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/savedview.h"

#include <QMenu>

#include <functional>

class QUndoStack;

namespace telltale {

/// Views that somebody gave a name, in one file; the menu shows them, keeps what is looked at, and removes them, with undo. UI thread; the file is
/// small and written at once.
class SavedViews final : public QMenu
{
    Q_OBJECT

public:
    /// Nothing is owned. `save` asks for a name and is the first of the menu.
    SavedViews(ViewState &state, QUndoStack &changes, QAction *save, QWidget *parent);

    /// Reads them, and writes them from now on. Before, and with an empty path, they are forgotten with the window.
    void open(const QString &path);
    /// How ranges are read.
    void setParser(std::function<RangeParser()> parser) { m_parser = std::move(parser); }
    const std::vector<SavedView> &views() const { return m_views; }
    /// What is looked at now; one of the same name goes.
    void keep(const QString &name);
    void remove(const QString &name);
    /// These of somebody else; those of the same names go.
    void take(const std::vector<SavedView> &views);
    void show(const QString &name);
    /// Asks for a name.
    void askName();
    static QString defaultPath();

Q_SIGNALS:
    /// A sentence about what was done, or why not.
    void told(const QString &sentence);

private:
    void fill();
    void setViews(const std::vector<SavedView> &views);
    void change(const QString &what, std::vector<SavedView> views);

    ViewState &m_state;
    QUndoStack &m_changes;
    QAction *m_save;
    QString m_path;
    std::function<RangeParser()> m_parser;
    std::vector<SavedView> m_views;
    QJsonObject m_others; ///< what else is in the file
};

} // namespace telltale
