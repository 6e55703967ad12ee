// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/rangeparser.h"

#include <QJsonObject>
#include <QObject>

#include <functional>

class QWidget;

namespace telltale {

class SavedViews;
class ViewState;

/// What somebody works on, in a file that can be given away: what is looked at, in which zone and with which buckets, and all saved views.
/// No data is in it: on another machine it shows the same numbers over the same cache. JSON in a stable order, so that two of them can be
/// compared; what a newer Telltale wrote into it stays. UI thread; the file is small and read and written at once.
class WorkspaceFile final : public QObject
{
    Q_OBJECT

public:
    /// Nothing is owned. `parser` reads ranges.
    WorkspaceFile(ViewState &state, SavedViews &views, std::function<RangeParser()> parser, QWidget *window);

    /// Into the file it came from; asks for one when there is none yet.
    void save();
    void saveAs(const QString &path);
    /// Shows what is in it. Views of its names are replaced, others stay; Undo brings them back.
    void open(const QString &path);
    /// Where it was saved or opened; empty: nowhere yet.
    QString path() const { return m_path; }
    /// Whether a file that begins so is one, and no archive, which may have the same name.
    static bool isWorkspace(const QString &path, const QByteArray &head);

Q_SIGNALS:
    void told(const QString &sentence);

private:
    QByteArray text() const;

    ViewState &m_state;
    SavedViews &m_views;
    std::function<RangeParser()> m_parser;
    QWidget *m_window;
    QString m_path;
    QJsonObject m_others; ///< what else is in the file
};

} // namespace telltale
