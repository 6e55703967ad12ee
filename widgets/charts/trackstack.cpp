// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/trackstack_p.h"

#include "widgets/charts/chartpaint.h"
#include "widgets/theme/fonts.h"

#include <QDateTime>
#include <QEvent>
#include <QStyle>

#include <algorithm>
#include <cmath>
#include <utility>

namespace telltale {

namespace {

constexpr int kLane = 22;
constexpr int kAxis = 26;
constexpr int kTrackTop = 8;    ///< between a separator and its plot
constexpr int kTrackBottom = 6; ///< between a plot and the next separator

} // namespace

TrackStack::TrackStack(QWidget *parent)
    : ChartWidget(parent)
    , d(std::make_unique<Private>(this))
{
    setAttribute(Qt::WA_OpaquePaintEvent, false);
    d->hideTimer.setSingleShot(true);
    d->hideTimer.setInterval(150);
    connect(&d->hideTimer, &QTimer::timeout, this, [this] {
        if (!d->isPinned)
            d->moveCursor(std::nullopt, true);
    });
}

TrackStack::~TrackStack() = default;

void TrackStack::setData(const TrackStackData &data)
{
    if (data == d->data && !d->isStale && !d->waiting)
        return;
    if (!d->isHeldAgainst(data)) {
        d->take(data);
        return;
    }
    const bool wasWaiting = std::exchange(d->waiting, data).has_value();
    if (!wasWaiting)
        Q_EMIT waitingChanged(true);
}

bool TrackStack::isWaiting() const
{
    return d->waiting.has_value();
}

/// The same series over as long a time that has only moved on.
bool TrackStack::Private::isHeldAgainst(const TrackStackData &other) const
{
    if (!isHolding || data.tracks.size() != other.tracks.size() || data.tracks.empty() || data.range.to - data.range.from != other.range.to - other.range.from)
        return false;
    const auto moved = other.range.from - data.range.from;
    const bool hasMovedOn = moved > std::chrono::nanoseconds(0) && moved < data.range.to - data.range.from;
    return hasMovedOn && data.markers.size() <= other.markers.size() && data.previousName.isEmpty() == other.previousName.isEmpty() &&
           std::equal(data.tracks.begin(), data.tracks.end(), other.tracks.begin(), [](const Track &a, const Track &b) { return a.id == b.id && a.name == b.name; });
}

void TrackStack::Private::takeWaiting()
{
    if (!waiting || isHolding)
        return;
    take(*std::exchange(waiting, std::nullopt));
    Q_EMIT q->waitingChanged(false);
}

void TrackStack::Private::take(const TrackStackData &shown)
{
    const bool wasWaiting = waiting.has_value();
    waiting.reset();
    data = shown;
    isStale = false;
    for (Track &track : data.tracks) { // a broken track must not break the painting
        track.values.resize(track.starts.size(), std::nan(""));
        if (!track.previous.empty())
            track.previous.resize(track.starts.size(), std::nan(""));
    }
    q->invalidate();
    if (wasWaiting)
        Q_EMIT q->waitingChanged(false);
}

const TrackStackData &TrackStack::data() const
{
    return d->data;
}

PlotEdges TrackStack::plotEdges() const
{
    return d->edges;
}

void TrackStack::setPlotEdges(const PlotEdges &edges)
{
    d->edges = edges;
    invalidate();
}

TimeScale TrackStack::timeScale() const
{
    return d->timeScale();
}

QRect TrackStack::plotRect(int track) const
{
    return track < 0 || std::size_t(track) >= d->layouts.size() ? QRect()
                                                                : d->layouts[std::size_t(track)].plot;
}

std::optional<Instant> TrackStack::cursorTime() const
{
    return d->cursor;
}
bool TrackStack::isCursorPinned() const
{
    return d->isPinned;
}
std::optional<TimeRange> TrackStack::selection() const
{
    return d->selection;
}
QRect TrackStack::tooltipRect() const
{
    return d->tooltip;
}

QRect TrackStack::markerRect(int marker) const
{
    for (const MarkerGroup &group : d->groups)
        if (std::find(group.markers.begin(), group.markers.end(), marker) != group.markers.end())
            return group.rect.toAlignedRect();
    return {};
}

void TrackStack::setStale(bool stale)
{
    if (stale == d->isStale)
        return;
    d->isStale = stale;
    update();
}

void TrackStack::setMarkerLaneVisible(bool visible)
{
    d->hasMarkerLane = visible;
    invalidate();
}

void TrackStack::setCursorTime(std::optional<Instant> at)
{
    if (!d->isPinned)
        d->moveCursor(at, false);
}

void TrackStack::setSelection(std::optional<TimeRange> range)
{
    d->select(range, false);
}

void TrackStack::setCursorPinned(bool pinned)
{
    if (pinned == d->isPinned || (pinned && !d->cursor))
        return;
    d->isPinned = pinned;
    if (!pinned && !d->isPointerInside && !hasFocus())
        d->moveCursor(std::nullopt, true);
    update();
    Q_EMIT cursorPinned(pinned);
}

QSize TrackStack::sizeHint() const
{
    return {640, 320};
}
QSize TrackStack::minimumSizeHint() const
{
    return {320, 40 + 46 * int(std::max<std::size_t>(1, d->data.tracks.size()))};
}

void TrackStack::invalidate()
{
    d->isBaseStale = true;
    d->layOut();
    updateGeometry();
    update();
}

void TrackStack::resizeEvent(QResizeEvent *)
{
    d->isBaseStale = true;
    d->layOut();
}

QString TrackStack::summary() const
{
    if (d->data.tracks.empty())
        return tr("No data");
    QStringList sentences;
    for (const Track &track : d->data.tracks) {
        double low = HUGE_VAL, high = -HUGE_VAL;
        for (const double value : track.values) {
            if (!std::isfinite(value))
                continue;
            low = std::min(low, value);
            high = std::max(high, value);
        }
        const QString what =
            track.caption.isEmpty() ? track.name : QString(track.name + QLatin1Char(' ') + track.caption);
        if (high < low) {
            //: %1 is a series as "Interactions per minute", %2 a time interval
            sentences << tr("%1, %2: no data.").arg(what, formatter().interval(d->data.range));
            continue;
        }
        const std::ptrdiff_t newest = d->newestComplete(track);
        const auto text = [&](double value) { return formatter().valueText(value, track.kind); };
        //: %1 series, %2 interval, %3 lowest, %4 highest, %5 newest value
        sentences << tr("%1, %2, lowest %3, highest %4, now %5.")
                         .arg(what, formatter().interval(d->data.range), text(low), text(high),
                              newest >= 0 ? text(track.values[std::size_t(newest)]) : tr("unknown"));
    }
    if (const QString flags = flagsSentence(d->data.markers, d->groups, formatter()); !flags.isEmpty())
        sentences << flags;
    return sentences.join(QLatin1Char(' '));
}

QString TrackStack::cursorText() const
{
    if (d->isAtFlag())
        return flagText(d->data.markers, d->groups[std::size_t(d->currentFlag)], formatter());
    if (!d->cursor)
        return {};
    QStringList parts{formatter().timeSeconds(*d->cursor)};
    for (const Track &track : d->data.tracks) {
        const std::ptrdiff_t bucket = d->bucketOf(track, *d->cursor);
        const double value = bucket < 0 ? std::nan("") : track.values[std::size_t(bucket)];
        parts << track.name + QLatin1Char(' ') +
                     (std::isfinite(value) ? formatter().valueText(value, track.kind) : tr("no data"));
    }
    return parts.join(QStringLiteral(", "));
}

ChartTable TrackStack::table() const
{
    ChartTable table;
    const Track *finest = d->finest();
    if (!finest)
        return table;
    table.columns << tr("Time");
    for (const Track &track : d->data.tracks) {
        table.columns << (track.caption.isEmpty() ? track.name
                                                  : QString(track.name + QLatin1Char(' ') + track.caption));
        if (!track.previous.empty())
            table.columns << tr("%1 before", "a series one period earlier").arg(track.name);
    }
    const auto text = [&](double value, ValueKind kind) {
        return std::isfinite(value) ? formatter().valueText(value, kind) : QString();
    };
    const auto known = [](double value) { return std::isfinite(value) ? QVariant(value) : QVariant(); };
    for (std::size_t i = 0; i < finest->starts.size(); ++i) {
        QVariantList values{QDateTime::fromMSecsSinceEpoch(finest->starts[i].ns / 1'000'000, Qt::UTC)};
        QStringList row{formatter().interval({finest->starts[i], d->endOf(*finest, std::ptrdiff_t(i))})};
        for (const Track &track : d->data.tracks) {
            const std::ptrdiff_t bucket = d->bucketOf(track, finest->starts[i]);
            row << (bucket < 0 ? QString() : text(track.values[std::size_t(bucket)], track.kind));
            values << (bucket < 0 ? QVariant() : known(track.values[std::size_t(bucket)]));
            if (!track.previous.empty()) {
                row << (bucket < 0 ? QString() : text(track.previous[std::size_t(bucket)], track.kind));
                values << (bucket < 0 ? QVariant() : known(track.previous[std::size_t(bucket)]));
            }
        }
        table.rows.push_back(row);
        table.values.push_back(values);
    }
    return table;
}

// Geometry

TimeScale TrackStack::Private::timeScale() const
{
    return {data.range, double(edges.leftIn(*q)), double(edges.rightIn(*q))};
}

QRect TrackStack::Private::gutter() const
{
    const QRect left(0, 0, edges.left, q->height());
    return QStyle::visualRect(q->layoutDirection(), q->rect(), left);
}

void TrackStack::Private::layOut()
{
    layouts.clear();
    double shares = 0;
    for (const Track &track : data.tracks)
        shares += std::max(0.05, track.share);
    const int top = hasMarkerLane ? scaled(kLane) : 0;
    const int bottom = q->height() - scaled(kAxis);
    double y = top;
    for (const Track &track : data.tracks) {
        const double height = (bottom - top) * std::max(0.05, track.share) / shares;
        TrackLayout layout;
        layout.row =
            QRect(0, int(std::lround(y)), q->width(), int(std::lround(y + height)) - int(std::lround(y)));
        const bool isFirst = layouts.empty();
        layout.plot = QRect(edges.leftIn(*q), layout.row.top() + (isFirst ? 4 : kTrackTop),
                            std::max(1, edges.rightIn(*q) - edges.leftIn(*q)), 1);
        const bool isLast = &track == &data.tracks.back();
        layout.plot.setBottom(
            std::max(layout.plot.top() + 4, layout.row.bottom() - (isLast ? 1 : kTrackBottom)));
        layout.scale = scaleFor(track, layout.plot.height());
        layouts.push_back(layout);
        y += height;
    }
    scaledFor = data.range.to - data.range.from;
    const TimeScale scale = timeScale();
    ticks = labelledTicks(scale, q->formatter());
    groups = scale.isValid() ? groupMarkers(data.markers, scale, flagsLeft(), flagsRight()) : std::vector<MarkerGroup>();
    placeTooltip();
}

ValueScale TrackStack::Private::scaleFor(const Track &track, int height)
{
    double low = HUGE_VAL, high = -HUGE_VAL;
    const auto take = [&](const std::vector<double> &values) {
        for (const double value : values) {
            if (!std::isfinite(value))
                continue;
            low = std::min(low, value);
            high = std::max(high, value);
        }
    };
    take(track.values);
    take(track.previous);
    const int steps = std::clamp(height / scaled(25), 1, 4);
    if (track.shape == Track::Shape::Line && !track.isBasedAtZero)
        return niceScaleBetween(low, high, steps);
    const bool isInteger = track.kind == ValueKind::Count;
    const bool isSameWidth = scaledFor == data.range.to - data.range.from;
    const ValueScale scale =
        isSameWidth && steadyScales.contains(track.id)
            ? steadyScale(steadyScales.value(track.id), std::max(high, 0.0), steps, isInteger)
            : niceScale(std::max(high, 0.0), steps, isInteger);
    steadyScales.insert(track.id, scale);
    return scale;
}

QRect TrackStack::Private::plots() const
{
    if (layouts.empty())
        return {};
    return QRect(layouts.front().plot.topLeft(), layouts.back().plot.bottomRight());
}

QRect TrackStack::Private::axisRow() const
{
    return {0, q->height() - scaled(kAxis), q->width(), scaled(kAxis)};
}

int TrackStack::Private::trackAt(int y) const
{
    for (std::size_t i = 0; i < layouts.size(); ++i)
        if (y >= layouts[i].row.top() && y <= layouts[i].row.bottom())
            return int(i);
    return -1;
}

const Track *TrackStack::Private::finest() const
{
    const Track *best = nullptr;
    for (const Track &track : data.tracks)
        if (!track.starts.empty() && (!best || track.starts.size() > best->starts.size()))
            best = &track;
    return best;
}

Instant TrackStack::Private::endOf(const Track &track, std::ptrdiff_t index) const
{
    return std::size_t(index) + 1 < track.starts.size() ? track.starts[std::size_t(index) + 1] : track.end;
}

bool TrackStack::Private::isUnfinished(const Track &track, std::ptrdiff_t index) const
{
    return data.now && index >= 0 && *data.now < endOf(track, index);
}

Instant TrackStack::Private::middleOf(const Track &track, std::ptrdiff_t index) const
{
    const Instant start = track.starts[std::size_t(index)];
    Instant end = endOf(track, index);
    if (isUnfinished(track, index) && start < *data.now)
        end = *data.now;
    return start + (end - start) / 2;
}

std::ptrdiff_t TrackStack::Private::bucketOf(const Track &track, Instant at) const
{
    const std::ptrdiff_t index = bucketAt(track.starts, at);
    return index >= 0 && at < endOf(track, index) ? index : -1;
}

std::ptrdiff_t TrackStack::Private::newestComplete(const Track &track) const
{
    for (std::ptrdiff_t i = std::ptrdiff_t(track.starts.size()) - 1; i >= 0; --i)
        if (!isUnfinished(track, i) && std::isfinite(track.values[std::size_t(i)]))
            return i;
    return -1;
}

Instant TrackStack::Private::snapped(Instant at) const
{
    const Track *track = finest();
    const std::ptrdiff_t bucket = track ? bucketOf(*track, at) : -1;
    return bucket < 0 ? at : middleOf(*track, bucket);
}

Instant TrackStack::Private::boundaryNear(Instant at) const
{
    const Track *track = finest();
    const std::ptrdiff_t bucket = track ? bucketOf(*track, at) : -1;
    if (bucket < 0)
        return at;
    const Instant start = std::max(track->starts[std::size_t(bucket)], data.range.from);
    const Instant end = std::min(endOf(*track, bucket), data.range.to);
    return at - start < end - at ? start : end;
}

Change TrackStack::Private::changeAt(const Track &track, std::ptrdiff_t index) const
{
    if (index < 0 || track.previous.empty() || isUnfinished(track, index))
        return {};
    const double now = track.values[std::size_t(index)], before = track.previous[std::size_t(index)];
    if (!std::isfinite(now) || !std::isfinite(before) || before <= 0)
        return {};
    // Of a few events nothing can be said; other kinds carry no count here and are compared as they are.
    if (track.kind == ValueKind::Count && (now < kFewestObservations || before < kFewestObservations))
        return {};
    return {Change::Kind::Ratio, now / before - 1, track.better, track.kind};
}

} // namespace telltale
