// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/sessionlistmodel.h"
#include "widgets/pages/page.h"
#include "widgets/pages/sessionpane.h"

class QComboBox;
class QHBoxLayout;
class QListView;
class QSplitter;
class QToolButton;

namespace telltale {

class FilterChip;
class PlainLabel;
class SearchField;
class SessionComparison;
class SessionDelegate;

/// "What exactly happened to this person?" A list of sessions, the timeline of one, its events in step with
/// the playhead; and a second session below it, on the same relative axis.
class SessionsPage final : public Page
{
    Q_OBJECT

public:
    explicit SessionsPage(const PageContext &context, QWidget *parent = nullptr);

    /// Shows this session, also when it is not in the list.
    void openSession(const QString &id);
    /// Of the step of a path that the list is narrowed to; null: there is none. Removing it ends that.
    FilterChip *stepChip() const { return m_stepChip; }
    QString currentSession() const { return m_current; }
    QWidget *searchField() override;
    QString comparisonNote() const override { return {}; }
    /// Measurements make no session longer.
    RecordKinds recordKinds() const override { return kAllRecordKinds & ~recordKindBit(RecordKind::MetricPoint); }
    std::vector<std::pair<QString, QString>> factsOf(const Panel &panel) const override;
    /// "184 sessions · 12 with errors"
    QString countText() const { return m_countText; }
    /// How many sessions there were in what is compared; empty while nothing is.
    QString againstText() const;
    QListView *list() const { return m_list; }
    ListHold *hold() const { return m_hold; }
    SessionTimeline *timeline() const { return m_first->timeline(); }
    QListView *events() const { return m_first->events(); }
    /// Lays this session below the current one; nothing ends it. So does the current session itself.
    void compareWith(const QString &id);
    QString comparedSession() const { return m_compared; }
    std::optional<LongList> longList(const Panel &panel, bool withNames) const override;
    SessionPane *second() const { return m_second; }
    QComboBox *alignment() const { return m_alignment; }
    QToolButton *compareButton() const { return m_compareButton; }

protected:
    void refresh() override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeList();
    void makeFirst();
    void makeSecond();
    void followStep();
    void askList();
    void askRowsInSight();
    void askSession();
    void askSecond();
    void takeList(const Scope &scope, SessionList list);
    void showList(const Scope &scope, SessionList list);
    void showCounts(const Compared<SessionList> &answer, TimeRange range);
    std::vector<TimeMarker> notesOf(const SessionRow &session) const;
    void showSession(const SessionDetail &detail);
    void select(const QString &id);
    void selectStep(int rows);
    void toggleChoosing();
    void setChoosing(bool isChoosing);

    SessionListModel m_sessions;
    Scope m_listScope;   ///< what the list was asked with: its other rows are asked with the same
    int m_askedRow = -1; ///< the page on its way
    QString m_current;
    QString m_compared;  ///< empty: none
    QString m_countText; ///< while something else stands there
    std::optional<PathStepShown> m_step; ///< the state's, as the list was asked with
    FilterChip *m_stepChip = nullptr; ///< null: no step
    QHBoxLayout *m_stepRow = nullptr;
    bool m_isPinned = false;    ///< asked for by name: stays although the list does not hold it
    bool m_isChoosing = false;  ///< the second session
    SessionPane *m_first = nullptr;
    SessionPane *m_second = nullptr;
    SessionComparison *m_comparison = nullptr;
    QComboBox *m_alignment = nullptr;
    QSplitter *m_eventLists = nullptr;
    QSplitter *m_right = nullptr; ///< timelines above events
    bool m_isSplitByHand = false;
    QToolButton *m_compareButton = nullptr;
    Panel *m_listPanel = nullptr;
    SearchField *m_search = nullptr;
    PlainLabel *m_counts = nullptr;
    PlainLabel *m_against = nullptr;
    QListView *m_list = nullptr;
    ListHold *m_hold = nullptr;
    SessionDelegate *m_delegate = nullptr;
    QTimer m_searchDelay;
};

} // namespace telltale
