// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/sessionrecordmodel.h"
#include "widgets/charts/sharebars.h"
#include "widgets/charts/trendbars.h"
#include "widgets/pages/stackview.h"
#include "widgets/theme/formatter.h"

#include <QScrollArea>

#include <optional>

class QBoxLayout;
class QHBoxLayout;
class QListView;
class QPushButton;

namespace telltale {

class CodeView;
class ErrorTriage;
class NoteBook;
class PlainLabel;
class SegmentedControl;

/// One group of errors: what it says, how often, where in the code, what led to it, who is affected.
class ErrorDetailView final : public QWidget
{
    Q_OBJECT

public:
    explicit ErrorDetailView(QWidget *parent = nullptr);

    void setFormatter(const Formatter &formatter) { m_formatter = formatter; }
    /// Shown beside releases from the next group on. Not owned; null: none.
    void setNotes(const NoteBook *notes) { m_notes = notes; }
    /// What the list knows already; shown at once.
    void setGroup(const ErrorGroupRow &group, TimeRange range, Instant now, bool isLive,
                  const std::vector<ReleaseRow> &releases);
    /// Newest first; may be fewer than there are.
    void setOccurrences(const std::vector<ErrorOccurrence> &occurrences);
    /// Records of the newest occurrence's session, by time; those up to `errorTime` that are shown are the
    /// last ones.
    void setTrail(const std::vector<SessionRecord> &records, Instant errorTime);
    /// Resolve, archive and reopen with their variants beside the other buttons.
    void addTriage(const ErrorTriage &triage);
    /// What was decided so far, the oldest first.
    void setHistory(const std::vector<TriageDecision> &decisions);
    QString sessionId() const { return m_session; }
    StackView *stack() const { return m_stack; }
    /// Everything about it, or the newest event as it was stored.
    SegmentedControl *tabs() const { return m_tabs; }
    CodeView *rawEvent() const { return m_raw; }

Q_SIGNALS:
    void sessionRequested(const QString &session);
    void filterRequested(const QString &field, const QString &value, Qt::KeyboardModifiers modifiers);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeHead();
    QWidget *makeBody();

    Formatter m_formatter;
    const NoteBook *m_notes = nullptr;
    QString m_session;
    QString m_type;
    std::uint64_t m_events = 0;
    SessionRecordModel m_trail;
    Instant m_errorTime;
    SegmentedControl *m_tabs = nullptr;
    CodeView *m_raw = nullptr;
    PlainLabel *m_title = nullptr;
    PlainLabel *m_message = nullptr;
    PlainLabel *m_counts = nullptr;
    PlainLabel *m_seen = nullptr;
    PlainLabel *m_which = nullptr;
    PlainLabel *m_trailTitle = nullptr;
    QPushButton *m_openSession = nullptr;
    QHBoxLayout *m_triageButtons = nullptr;
    QBoxLayout *m_buttonRows = nullptr; ///< one row where there is room
    PlainLabel *m_historyTitle = nullptr;
    PlainLabel *m_history = nullptr;
    TrendBars *m_trend = nullptr;
    StackView *m_stack = nullptr;
    QListView *m_trailView = nullptr;
    ShareBars *m_shares = nullptr;
};

} // namespace telltale
