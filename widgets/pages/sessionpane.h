// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/sessionrecordmodel.h"
#include "widgets/charts/sessiontimeline.h"
#include "widgets/pages/panel.h"
#include "widgets/theme/seriespalette.h"

#include <QSortFilterProxyModel>

class QHBoxLayout;
class QListView;

namespace telltale {

class PlainLabel;
class SegmentedControl;

/// One session: its timeline and its events, in step with each other. Two panels, which stand where the page puts them.
class SessionPane final : public QObject
{
    Q_OBJECT

public:
    /// `colours` is not owned and outlives the pane. Names are those of assistive technology.
    SessionPane(const QString &timelineName, const QString &eventsName, SeriesPalette *colours, QWidget *parent);

    Panel *timelinePanel() const { return m_timelinePanel; }
    Panel *eventPanel() const { return m_eventPanel; }
    /// Right of the facts, for what can be done with the session.
    QHBoxLayout *head() const { return m_head; }
    SessionTimeline *timeline() const { return m_timeline; }
    QListView *events() const { return m_events; }
    const SessionDetail &detail() const { return m_detail; }
    bool isEmpty() const { return m_detail.session.session.empty(); }

    /// Another session begins where it hurts, the same one stays where it was looked at.
    void show(const SessionDetail &detail, std::vector<TimeMarker> notes, const Formatter &formatter, bool isRunning);
    /// What the timeline goes over.
    static TimeRange rangeOf(const SessionRow &session);
    void clear(const QString &title, const QString &events);
    /// Beside another: the events are called by the session's id and say no more.
    void setCompact(bool isCompact);
    /// What the times of timeline and events count from; none: the session's start.
    void setAxis(const std::optional<SessionTimeline::Axis> &axis);
    /// From another pane: without a signal.
    void setPlayhead(Instant at);
    /// The last event that has happened by then becomes the current one.
    void followPlayhead(Instant at);

Q_SIGNALS:
    /// By somebody, in the timeline or the events.
    void playheadMoved(telltale::Instant at);
    /// A note in the timeline was chosen.
    void noteChosen(const telltale::TimeMarker &note);

private:
    void makeTimeline(const QString &name, QWidget *parent);
    void makeEvents(const QString &name, QWidget *parent);
    void showCategory(int segment);
    void updateSegments();
    void showTitle();
    Instant zero() const;

    SeriesPalette *m_colours;
    SessionDetail m_detail;
    SessionRecordModel m_records;
    QSortFilterProxyModel m_shownRecords;
    bool m_isFollowing = false; ///< the list moves because the playhead did
    Panel *m_timelinePanel = nullptr;
    Panel *m_eventPanel = nullptr;
    PlainLabel *m_id = nullptr;
    PlainLabel *m_facts = nullptr;
    PlainLabel *m_otherMetrics = nullptr; ///< those without a track
    PlainLabel *m_title = nullptr; ///< of the events
    PlainLabel *m_caption = nullptr;
    bool m_isCompact = false;
    QHBoxLayout *m_head = nullptr;
    QListView *m_events = nullptr;
    SessionTimeline *m_timeline = nullptr;
    SegmentedControl *m_segments = nullptr;
};

/// A list in a card without edges of its own.
QListView *makeSessionRows(const QString &name);

} // namespace telltale
