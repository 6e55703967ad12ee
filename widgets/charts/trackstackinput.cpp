// SPDX-License-Identifier: GPL-3.0-or-later
// What mouse and keys do to a track stack: the cursor and the preview selection.
#include "widgets/charts/trackstack_p.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/popover.h"

#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QStyleHints>

#include <algorithm>
#include <cmath>

namespace telltale {

namespace {

constexpr int kHandleReach = 12; ///< half of the 24 px hit area
constexpr int kCatchUpMs = 150;  ///< from the end of holding on

} // namespace

void TrackStack::Private::updateCursorAreas(std::optional<Instant> at)
{
    if (at && timeScale().isValid()) {
        const int x = int(std::floor(timeScale().x(*at)));
        q->update(x - 8, 0, 16, q->height());
    }
    if (!tooltip.isEmpty())
        q->update(
            tooltip.adjusted(-kPopoverShadow - 1, -kPopoverShadow, kPopoverShadow + 1, kPopoverShadow + 4));
}

void TrackStack::Private::moveCursor(std::optional<Instant> at, bool announces)
{
    const bool isMoved = at != cursor;
    const bool mayShowTip = announces && isPointerInside;
    if (!isMoved && tooltip.isEmpty() == !mayShowTip && !mayShowTip)
        return;
    // Only strips are repainted: the old and the new line, the tooltip, the axis and the gutter.
    updateCursorAreas(cursor);
    cursor = at;
    if (mayShowTip)
        placeTooltip();
    else
        tooltip = {};
    updateCursorAreas(cursor);
    if (!isMoved)
        return;
    q->update(gutter());
    q->update(axisRow());
    if (announces) {
        Q_EMIT q->cursorTimeChanged(cursor);
        q->announceCursor();
    }
}

void TrackStack::Private::select(std::optional<TimeRange> range, bool announces)
{
    if (range) {
        range->from = std::clamp(range->from, data.range.from, data.range.to);
        range->to = std::clamp(range->to, data.range.from, data.range.to);
        if (range->isEmpty())
            range.reset();
    }
    if (range == selection)
        return;
    selection = range;
    q->update();
    if (announces)
        Q_EMIT q->selectionChanged(selection);
}

QString TrackStack::Private::selectionText() const
{
    const double ms = double((selection->to - selection->from).count()) / 1e6;
    //: A selected time range and how long it is: "14:08 – 14:19 · 11 min"
    return tr("%1 \u00B7 %2").arg(q->formatter().interval(*selection), q->formatter().durationWords(ms));
}

QRectF TrackStack::Private::selectionLabelRect() const
{
    const QFontMetricsF metrics(fontFor(FontRole::SecondaryStrong));
    const double width =
        std::ceil(metrics.horizontalAdvance(selectionText()) + metrics.horizontalAdvance(tr("Zoom \u23CE"))) +
        28;
    const TimeScale scale = timeScale();
    const double centre = (scale.clampedX(selection->from) + scale.clampedX(selection->to)) / 2;
    const double left = std::clamp(centre - width / 2, scale.left, std::max(scale.left, q->width() - width));
    return {std::round(left), double(layouts.empty() ? 0 : layouts.front().plot.top() + 6), width,
            double(scaled(24))};
}

TrackStack::Private::Drag TrackStack::Private::dragAt(const QPoint &position) const
{
    if (!selection)
        return Drag::Selecting;
    const TimeScale scale = timeScale();
    const double left = scale.clampedX(selection->from), right = scale.clampedX(selection->to);
    const double toLeft = std::abs(position.x() - left), toRight = std::abs(position.x() - right);
    // Narrow selections: whichever edge is nearer, and outside of it the outer one.
    const double reach = std::min<double>(kHandleReach, std::max(4.0, (right - left) / 3));
    if (toLeft <= (position.x() < left ? kHandleReach : reach) && toLeft <= toRight)
        return Drag::Left;
    if (toRight <= (position.x() > right ? kHandleReach : reach))
        return Drag::Right;
    return position.x() > left && position.x() < right ? Drag::Moving : Drag::Selecting;
}

void TrackStack::Private::hold(bool holding)
{
    if (holding == isHolding)
        return;
    isHolding = holding;
    Q_EMIT q->holdingChanged(holding);
    if (!holding && waiting) // who only crosses an edge does not make it jump
        QTimer::singleShot(kCatchUpMs, q, [this] { takeWaiting(); });
}

void TrackStack::Private::activateMarkers(const MarkerGroup &group, const QPoint &globalPosition)
{
    chooseMarker(q, data.markers, group, q->formatter(), globalPosition,
                 [this, globalPosition](const TimeMarker &marker) { Q_EMIT q->markerActivated(marker, globalPosition); });
}

void TrackStack::Private::moveToFlag(int flag)
{
    if (flag == currentFlag)
        return;
    currentFlag = flag;
    q->update();
    q->announceCursor();
}

/// Above the tracks are the flags: Up leads there, to the one nearest to the cursor or else to the newest.
bool TrackStack::Private::handleFlagKey(int key)
{
    if (!isAtFlag()) {
        if (key != Qt::Key_Up || !hasMarkerLane || groups.empty())
            return false;
        moveToFlag(cursor ? nearestFlag(groups, timeScale().clampedX(*cursor)) : int(groups.size()) - 1);
        return true;
    }
    const auto step = flagStep(key, currentFlag, groups);
    if (!step)
        return false;
    const MarkerGroup flag = groups[std::size_t(currentFlag)];
    moveToFlag(step->flag);
    if (step->opens)
        activateMarkers(flag, q->mapToGlobal(flag.rect.bottomLeft().toPoint()));
    return true;
}

void TrackStack::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || d->layouts.empty())
        return;
    for (const MarkerGroup &group : d->groups) {
        if (d->hasMarkerLane && group.rect.contains(event->position())) {
            d->activateMarkers(group, event->globalPosition().toPoint());
            return;
        }
    }
    const TimeScale scale = timeScale();
    if (!scale.isValid() || event->position().x() < scale.left - kHandleReach ||
        d->axisRow().contains(event->pos()))
        return;
    if (d->selection && d->selectionLabelRect().contains(event->position())) {
        Q_EMIT selectionCommitted(*d->selection);
        return;
    }
    const Instant at = d->boundaryNear(scale.at(event->position().x()));
    if ((event->modifiers() & Qt::ShiftModifier) && (d->selection || d->cursor)) {
        const TimeRange from = d->selection ? *d->selection : TimeRange{*d->cursor, *d->cursor};
        d->select(TimeRange{std::min(from.from, at), std::max(from.to, at)}, true);
        return;
    }
    d->drag = d->dragAt(event->pos());
    d->pressed = event->pos();
    d->anchor = at;
    if (d->selection)
        d->pressedSelection = *d->selection;
    d->updateCursorAreas(d->cursor);
    d->placeTooltip();
}

void TrackStack::mouseMoveEvent(QMouseEvent *event)
{
    d->pointer = event->pos();
    const TimeScale scale = timeScale();
    if (!scale.isValid())
        return;
    const double x = event->position().x();
    const Instant at = scale.at(x);
    if (d->drag != Private::Drag::None && d->anchor) {
        const Instant edge = d->boundaryNear(at);
        const auto moved = edge - *d->anchor;
        switch (d->drag) {
        case Private::Drag::Selecting:
            if (std::abs(event->pos().x() - d->pressed.x()) >=
                    QGuiApplication::styleHints()->startDragDistance() / 2 ||
                d->selection)
                if (event->pos() != d->pressed)
                    d->select(TimeRange{std::min(*d->anchor, edge), std::max(*d->anchor, edge)}, true);
            break;
        case Private::Drag::Left:
            d->select(
                TimeRange{std::min(edge, d->pressedSelection.to), std::max(edge, d->pressedSelection.to)},
                true);
            break;
        case Private::Drag::Right:
            d->select(
                TimeRange{std::min(edge, d->pressedSelection.from), std::max(edge, d->pressedSelection.from)},
                true);
            break;
        case Private::Drag::Moving: {
            const auto least = d->data.range.from - d->pressedSelection.from,
                       most = d->data.range.to - d->pressedSelection.to;
            const auto shift = std::clamp(moved, least, most);
            d->select(TimeRange{d->pressedSelection.from + shift, d->pressedSelection.to + shift}, true);
            break;
        }
        case Private::Drag::None:
            break;
        }
        d->hold(true);
        return;
    }
    const bool isOverPlots =
        x >= scale.left && x <= scale.right && !d->layouts.empty() && event->pos().y() < d->axisRow().top();
    d->isPointerInside = isOverPlots;
    d->isTooltipDismissed = d->isTooltipDismissed && isOverPlots;
    d->hoveredTrack = isOverPlots ? d->trackAt(event->pos().y()) : -1;
    d->hold(isOverPlots);
    bool isOverFlag = false;
    for (const MarkerGroup &group : d->groups)
        isOverFlag = isOverFlag || (d->hasMarkerLane && group.rect.contains(event->position()));
    const Private::Drag would = d->selection && isOverPlots ? d->dragAt(event->pos()) : Private::Drag::None;
    const bool isOverLabel = d->selection && d->selectionLabelRect().contains(event->position());
    setCursor(isOverFlag || isOverLabel                                       ? Qt::PointingHandCursor
              : would == Private::Drag::Left || would == Private::Drag::Right ? Qt::SizeHorCursor
              : would == Private::Drag::Moving                                ? Qt::OpenHandCursor
              : isOverPlots                                                   ? Qt::CrossCursor
                                                                              : Qt::ArrowCursor);
    if (!isOverPlots) {
        if (d->cursor && !d->isPinned && !d->hideTimer.isActive())
            d->hideTimer.start();
        d->updateCursorAreas(std::nullopt);
        d->tooltip = {};
        return;
    }
    d->hideTimer.stop();
    if (d->isPinned) {
        d->updateCursorAreas(std::nullopt);
        d->placeTooltip();
        d->updateCursorAreas(std::nullopt);
        return;
    }
    d->moveCursor(d->snapped(at), true);
}

void TrackStack::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || d->drag == Private::Drag::None)
        return;
    const bool wasClick = event->pos() == d->pressed;
    const Private::Drag was = std::exchange(d->drag, Private::Drag::None);
    if (wasClick && was == Private::Drag::Selecting && d->selection)
        d->select(std::nullopt, true); // a click beside it drops it
    d->anchor.reset();
    d->hold(rect().contains(event->pos()));
    update();
}

void TrackStack::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (d->axisRow().contains(event->pos())) {
        Q_EMIT rangeResetRequested();
        return;
    }
    // The first click of the pair may have dropped the selection it stands beside; inside it stays.
    if (d->selection && event->position().x() >= timeScale().clampedX(d->selection->from) &&
        event->position().x() <= timeScale().clampedX(d->selection->to))
        Q_EMIT selectionCommitted(*d->selection);
}

void TrackStack::enterEvent(QEnterEvent *)
{
    d->hideTimer.stop();
}

void TrackStack::leaveEvent(QEvent *)
{
    d->isPointerInside = false;
    d->hoveredTrack = -1;
    d->isTooltipDismissed = false;
    d->updateCursorAreas(std::nullopt);
    d->tooltip = {};
    d->hold(d->drag != Private::Drag::None);
    if (!d->isPinned && d->cursor)
        d->hideTimer.start();
}

void TrackStack::contextMenuEvent(QContextMenuEvent *event)
{
    std::optional<Instant> at = d->cursor;
    if (event->reason() == QContextMenuEvent::Mouse && timeScale().isValid())
        at = timeScale().at(event->pos().x());
    Q_EMIT contextMenuAsked(at, event->globalPos());
}

void TrackStack::Private::stepCursor(int steps, bool selects)
{
    const Track *track = finest();
    if (!track)
        return;
    const std::ptrdiff_t last = std::ptrdiff_t(track->starts.size()) - 1;
    std::ptrdiff_t index = cursor ? bucketAt(track->starts, *cursor) : steps < 0 ? last + 1 : -1;
    if (selects && !anchor)
        anchor = cursor && index >= 0 ? track->starts[std::size_t(std::clamp<std::ptrdiff_t>(index, 0, last))]
                 : steps < 0          ? track->end
                                      : track->starts.front();
    index = std::clamp<std::ptrdiff_t>(index + steps, 0, last);
    moveCursor(middleOf(*track, index), true);
    if (!selects) {
        anchor.reset();
        return;
    }
    // Whole buckets, the one the cursor stands in included.
    const Instant start = track->starts[std::size_t(index)], end = endOf(*track, index);
    const std::ptrdiff_t anchorBucket = std::clamp<std::ptrdiff_t>(bucketAt(track->starts, *anchor), 0, last);
    select(TimeRange{std::min(track->starts[std::size_t(anchorBucket)], start),
                     std::max(endOf(*track, anchorBucket), end)},
           true);
}

void TrackStack::Private::jumpCursor(bool toEnd, bool selects)
{
    const Track *track = finest();
    if (!track)
        return;
    stepCursor(toEnd ? int(track->starts.size()) : -int(track->starts.size()), selects);
}

void TrackStack::keyPressEvent(QKeyEvent *event)
{
    const bool selects = event->modifiers() & Qt::ShiftModifier;
    const int many = event->modifiers() & Qt::ControlModifier ? 10 : 1;
    if (!selects && d->handleFlagKey(event->key()))
        return;
    switch (event->key()) {
    // The time axis runs left to right in every language.
    case Qt::Key_Left:
        d->stepCursor(-many, selects);
        return;
    case Qt::Key_Right:
        d->stepCursor(many, selects);
        return;
    case Qt::Key_Home:
        d->jumpCursor(false, selects);
        return;
    case Qt::Key_End:
        d->jumpCursor(true, selects);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!d->selection)
            break;
        Q_EMIT selectionCommitted(*d->selection);
        return;
    case Qt::Key_Escape:
        if (!d->tooltip.isEmpty()) {
            d->updateCursorAreas(std::nullopt);
            d->tooltip = {};
            d->isTooltipDismissed = true;
            if (!d->selection)
                return;
        }
        if (d->selection) {
            d->anchor.reset();
            d->drag = Private::Drag::None;
            d->select(std::nullopt, true);
            return;
        }
        if (d->isPinned) {
            setCursorPinned(false);
            return;
        }
        if (d->cursor) {
            d->moveCursor(std::nullopt, true);
            return;
        }
        break;
    case Qt::Key_P:
        if (event->modifiers() != Qt::NoModifier)
            break;
        setCursorPinned(!d->isPinned);
        return;
    default:
        break;
    }
    ChartWidget::keyPressEvent(event);
}

} // namespace telltale
