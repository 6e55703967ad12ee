// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "widgets/pages/receiver.h"

#include <QAction>
#include <QMenu>
#include <QObject>
#include <QTimer>

#include <functional>
#include <vector>

class QUndoStack;

namespace telltale {

class Banner;

/// What can be decided about the errors that are chosen: resolved, archived, reopened, merged; each in one step that can be undone.
/// Decisions go to whoever writes the cache; a bar says what was done and offers to undo it.
class ErrorTriage final : public QObject
{
    Q_OBJECT

public:
    struct Context
    {
        Receiver *receiver = nullptr; ///< null: nothing can be decided
        QUndoStack *changes = nullptr;
        std::function<Instant()> now;
        std::function<std::vector<ErrorGroupRow>()> chosen;
        std::function<QStringList()> releases; ///< known ones, the newest first
    };

    ErrorTriage(Context context, QObject *parent);

    QAction *resolve, *archive, *reopen, *merge, *unmerge;
    QMenu *resolveMenu; ///< the ways to resolve
    QMenu *archiveMenu;
    Banner *bar; ///< hidden while there is nothing to say; whoever lays it out owns it

    /// Another choice: which actions are possible.
    void updateActions();
    /// R, A, U. False for other keys.
    bool handleKey(int key);
    /// One decision about all that are chosen; `prototype` without a group.
    void decide(const TriageDecision &prototype);
    /// Sends what a step, or undoing it, decides. Called by the undo stack.
    void send(std::vector<TriageDecision> decisions, const QString &sentence);

Q_SIGNALS:
    /// It is stored: ask again.
    void decided();

private:
    void fillResolveMenu();
    void fillArchiveMenu();
    void add(QMenu *menu, const QString &text, const TriageDecision &decision);
    void tell(const QString &sentence, bool canUndo);

    Context m_context;
    QTimer m_barTime;
};

} // namespace telltale
