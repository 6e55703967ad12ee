// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/sessiontimeline.h"
#include "widgets/charts/markers.h"
#include "widgets/charts/timeplot.h"

#include <QPixmap>

#include <vector>

namespace telltale {

class SessionTimeline::Private
{
public:
    explicit Private(SessionTimeline *timeline)
        : q(timeline)
    {}

    static constexpr int kGutter = 112;
    static constexpr int kRightInset = 10;
    enum class LaneKind { Screens, Interactions, Errors, Notes, Spans, Metric };
    struct LaneLayout
    {
        LaneKind kind = LaneKind::Screens;
        int metric = -1; ///< index of SessionTimelineData::lanes
        QRect row;
        QRect plot;
        ValueScale scale;
    };

    // sessiontimeline.cpp
    TimeRange whole() const { return axis ? axis->whole : data.range; }
    Instant zero() const { return axis ? axis->zero : data.range.from; }
    void layOut();
    TimeScale timeScale() const;
    PlotEdges edges() const { return {scaled(kGutter), kRightInset}; }
    void movePlayhead(Instant at, bool announces);
    void setVisible(TimeRange range);
    void zoom(double factor, Instant around);
    std::vector<Instant> eventTimes() const; ///< sorted, each once
    QString elapsed(Instant at) const;
    QString textAt(const QPoint &position) const;
    double metricAt(const SessionTimelineData::Lane &lane, Instant at) const;
    QString valueText(const SessionTimelineData::Lane &lane, double value) const; ///< with its unit

    // sessiontimelinepaint.cpp
    void renderBase(double ratio);
    void paintBase(QPainter &painter);
    void paintLaneName(QPainter &painter, const LaneLayout &layout);
    void paintScreens(QPainter &painter, const LaneLayout &layout);
    void paintInteractions(QPainter &painter, const LaneLayout &layout);
    void paintErrors(QPainter &painter, const LaneLayout &layout);
    void paintNotes(QPainter &painter, const LaneLayout &layout);
    void paintSpans(QPainter &painter, const LaneLayout &layout);
    void paintMetric(QPainter &painter, const LaneLayout &layout);
    void paintGaps(QPainter &painter);
    void paintOutside(QPainter &painter);
    void paintAxis(QPainter &painter);
    void paintPlayhead(QPainter &painter);
    std::vector<TimeTick> ticks() const;

    SessionTimeline *q;
    SessionTimelineData data;
    std::optional<Axis> axis;
    TimeRange visible;
    std::optional<Instant> playhead;
    std::vector<LaneLayout> layouts;
    std::vector<MarkerGroup> noteGroups; ///< flags, in the lane's coordinates
    TimePlot plot;
    QPixmap base;
    bool isBaseStale = true;
};

} // namespace telltale
