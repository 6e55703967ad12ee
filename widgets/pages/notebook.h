// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/queryrunner.h"
#include "models/telemetry/note.h"
#include "widgets/pages/receiver.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <vector>

class QUndoStack;

namespace telltale {

/// The notes of a cache. What is written shows at once and is stored by the receiver; when that fails it is taken back and said. UI thread.
class NoteBook final : public QObject
{
    Q_OBJECT

public:
    /// `receiver` may be null: then notes can only be read. Not owned; all outlive this.
    NoteBook(QueryRunner &queries, Receiver *receiver, QUndoStack &changes, QObject *parent = nullptr);

    /// Begins to ask, and asks again when data came.
    void start();
    /// In order of time.
    std::vector<Note> notes() const;
    std::vector<Note> notesIn(TimeRange range) const;
    const Note *note(const std::string &id) const;
    bool canWrite() const { return m_receiver != nullptr; }

    /// With undo. Texts are trimmed, and cut after kLongestNote bytes; an empty one adds nothing, and removes what it is put in place of.
    void add(Instant at, const QString &text);
    void edit(const std::string &id, const QString &text);
    void remove(const std::string &id);

Q_SIGNALS:
    void changed();
    /// A sentence about what could not be stored.
    void told(const QString &sentence);

private:
    friend class NoteCommand;
    void send(const NoteChange &change);
    void apply(const NoteChange &change);
    void ask();

    QueryRunner &m_queries;
    Receiver *m_receiver;
    QUndoStack &m_changes;
    std::map<std::string, Note> m_notes;
    int m_onTheirWay = 0; ///< changes that are not stored yet: what is read meanwhile is old
    QTimer m_delay;
};

} // namespace telltale
