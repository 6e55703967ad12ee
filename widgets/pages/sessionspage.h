// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/sessionlistmodel.h"
#include "models/items/sessionrecordmodel.h"
#include "widgets/charts/sessiontimeline.h"
#include "widgets/pages/page.h"

#include <QSortFilterProxyModel>

class QListView;
class QToolButton;

namespace telltale {

class PlainLabel;
class SearchField;
class SegmentedControl;
class SessionDelegate;

/// "What exactly happened to this person?" A list of sessions, the timeline of one, its events in step with
/// the playhead.
class SessionsPage final : public Page
{
    Q_OBJECT

public:
    explicit SessionsPage(const PageContext &context, QWidget *parent = nullptr);

    /// Shows this session, also when it is not in the list.
    void openSession(const QString &id);
    QString currentSession() const { return m_current; }
    QWidget *searchField() override;
    QListView *list() const { return m_list; }
    SessionTimeline *timeline() const { return m_timeline; }
    QListView *events() const { return m_events; }

protected:
    void refresh() override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeList();
    QWidget *makeTimeline();
    QWidget *makeEvents();
    void askList();
    void askSession();
    void showList(SessionList list);
    void showSession(const SessionDetail &detail);
    void select(const QString &id);
    void selectStep(int rows);
    void followPlayhead(Instant at);
    void updateSegments();

    SessionListModel m_sessions;
    SessionRecordModel m_records;
    QSortFilterProxyModel m_shownRecords;
    QString m_current;
    bool m_isPinned = false;    ///< asked for by name: stays although the list does not hold it
    bool m_isFollowing = false; ///< the list moves because the playhead did
    Panel *m_listPanel = nullptr;
    Panel *m_timelinePanel = nullptr;
    Panel *m_eventPanel = nullptr;
    SearchField *m_search = nullptr;
    PlainLabel *m_counts = nullptr;
    PlainLabel *m_id = nullptr;
    PlainLabel *m_facts = nullptr;
    QListView *m_list = nullptr;
    QListView *m_events = nullptr;
    SessionDelegate *m_delegate = nullptr;
    SessionTimeline *m_timeline = nullptr;
    SegmentedControl *m_segments = nullptr;
    QTimer m_searchDelay;
};

} // namespace telltale
