// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/decimation.h"
#include "widgets/charts/markers.h"
#include "widgets/charts/timeplot.h"
#include "widgets/charts/trackstack.h"

#include <QHash>
#include <QPixmap>
#include <QTimer>

namespace telltale {

/// Where a track is and how its values become heights.
struct TrackLayout
{
    QRect row; ///< with gutter
    QRect plot;
    ValueScale scale;
    double y(double value) const { return plot.bottom() + 1 - scale.share(value) * plot.height(); }
};

class TrackStack::Private
{
public:
    explicit Private(TrackStack *stack)
        : q(stack)
    {}

    enum class Drag { None, Selecting, Moving, Left, Right };

    // Geometry and what follows from data: trackstack.cpp
    void layOut();
    TimeScale timeScale() const;
    QRect plots() const; ///< from the first plot's top to the last one's bottom
    QRect axisRow() const;
    QRect gutter() const;
    /// Between which edges flags of the lane and of the axis stand: they may reach into the gutter a little.
    double flagsLeft() const { return q->isRightToLeft() ? 0 : edges.left - 40; }
    double flagsRight() const { return q->isRightToLeft() ? edges.rightIn(*q) + 40 : q->width(); }
    int trackAt(int y) const;
    const Track *finest() const; ///< the track with the narrowest buckets
    /// The instant inside of bucket `index` where its value is drawn.
    Instant middleOf(const Track &track, std::ptrdiff_t index) const;
    Instant endOf(const Track &track, std::ptrdiff_t index) const;
    bool isUnfinished(const Track &track, std::ptrdiff_t index) const;
    std::ptrdiff_t bucketOf(const Track &track, Instant at) const; ///< -1 outside
    std::ptrdiff_t newestComplete(const Track &track) const;
    Instant snapped(Instant at) const;      ///< to the middle of its bucket
    Instant boundaryNear(Instant at) const; ///< the nearest edge of a bucket
    Change changeAt(const Track &track, std::ptrdiff_t index) const;
    ValueScale scaleFor(const Track &track, int height);

    // Painting: trackstackpaint.cpp
    void renderBase(double ratio);
    void paintBase(QPainter &painter);
    void paintGrid(QPainter &painter, const TrackLayout &layout, const std::vector<TimeTick> &ticks,
                   const Track &track);
    void paintSeries(QPainter &painter, const TrackLayout &layout, const Track &track);
    void paintUnfinished(QPainter &painter, const TrackLayout &layout, const Track &track);
    void paintMarkers(QPainter &painter);
    void paintGaps(QPainter &painter);
    void paintGutter(QPainter &painter, const TrackLayout &layout, const Track &track);
    void paintSelection(QPainter &painter);
    void paintCursor(QPainter &painter);
    void paintTooltip(QPainter &painter);
    void paintTipRows(QPainter &painter);

    // Tooltip: trackstacktooltip.cpp
    struct TipRow
    {
        enum class Swatch { None, Solid, Dashed };
        Swatch swatch = Swatch::None;
        QString name, value;
    };
    std::vector<TipRow> tipRows() const;
    void placeTooltip();

    // Cursor, selection, mouse: trackstackinput.cpp
    void moveCursor(std::optional<Instant> at, bool announces);
    void updateCursorAreas(std::optional<Instant> at);
    void select(std::optional<TimeRange> range, bool announces);
    Drag dragAt(const QPoint &position) const;
    QRectF selectionLabelRect() const;
    QString selectionText() const;
    void stepCursor(int steps, bool selects);
    void jumpCursor(bool toEnd, bool selects);
    void activateMarkers(const MarkerGroup &group, const QPoint &globalPosition);
    /// To a flag of the lane by keys; −1: to none.
    void moveToFlag(int flag);
    bool handleFlagKey(int key);
    bool isAtFlag() const { return hasMarkerLane && std::size_t(currentFlag) < groups.size(); }
    void hold(bool holding);
    bool isHeldAgainst(const TrackStackData &other) const;
    void take(const TrackStackData &shown);
    void takeWaiting();

    TrackStack *q;
    TrackStackData data;
    PlotEdges edges;
    bool hasMarkerLane = true;
    bool isStale = false;

    std::vector<TrackLayout> layouts;
    QHash<QString, ValueScale> steadyScales;
    std::chrono::nanoseconds scaledFor{};
    std::vector<MarkerGroup> groups;
    int currentFlag = -1; ///< of groups, reached by keys; −1: none
    std::vector<TimeTick> ticks;
    TimePlot plot;
    QPixmap base;
    bool isBaseStale = true;

    std::optional<Instant> cursor;
    bool isPinned = false;
    bool isPointerInside = false;
    bool isHolding = false;
    std::optional<TrackStackData> waiting;
    QPoint pointer;
    int hoveredTrack = -1;
    QRect tooltip;
    std::vector<TipRow> tooltipRows;
    bool isTooltipCompact = false;
    bool isTooltipDismissed = false;
    QTimer hideTimer;

    std::optional<TimeRange> selection;
    std::optional<Instant> anchor; ///< where a selection by keys or drag began
    Drag drag = Drag::None;
    QPoint pressed;
    TimeRange pressedSelection;
};

} // namespace telltale
