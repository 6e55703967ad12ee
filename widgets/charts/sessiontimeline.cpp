// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/sessiontimeline_p.h"

#include "widgets/theme/fonts.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QTextDocument>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace telltale {

namespace {

constexpr int kAxis = 26;
constexpr auto kLeastVisible = std::chrono::milliseconds(20);

} // namespace

SessionTimeline::SessionTimeline(QWidget *parent)
    : ChartWidget(parent)
    , d(std::make_unique<Private>(this))
{}

SessionTimeline::~SessionTimeline() = default;

void SessionTimeline::setData(const SessionTimelineData &data)
{
    if (data == d->data)
        return;
    // A running session grows: what was looked at stays, unless it was the whole of it.
    const bool isSameSession = data.range.from == d->data.range.from;
    const bool wasWhole = d->visible == d->whole();
    d->data = data;
    if (!isSameSession)
        d->playhead.reset();
    if (!isSameSession || wasWhole)
        d->visible = d->whole();
    invalidate();
}

void SessionTimeline::setAxis(const std::optional<Axis> &axis)
{
    if (axis == d->axis)
        return;
    d->axis = axis;
    d->visible = d->whole();
    if (d->playhead)
        d->playhead = std::clamp(*d->playhead, d->whole().from, d->whole().to);
    invalidate();
}

const std::optional<SessionTimeline::Axis> &SessionTimeline::axis() const
{
    return d->axis;
}

const SessionTimelineData &SessionTimeline::data() const
{
    return d->data;
}
std::optional<Instant> SessionTimeline::playhead() const
{
    return d->playhead;
}
TimeRange SessionTimeline::visibleRange() const
{
    return d->visible;
}
TimeScale SessionTimeline::timeScale() const
{
    return d->timeScale();
}

TimeScale SessionTimeline::Private::timeScale() const
{
    return {visible, double(edges().leftIn(*q)), double(edges().rightIn(*q))};
}

namespace {

ValueScale scaleOf(const SessionTimelineData::Lane &metric)
{
    double lowest = 0, highest = metric.budget.value_or(0);
    for (const TimedValue &point : metric.points) {
        if (std::isfinite(point.value)) {
            lowest = std::min(lowest, point.value);
            highest = std::max(highest, point.value);
        }
    }
    if (lowest < 0)
        return niceScaleBetween(lowest, highest, 2);
    const ValueScale scale = niceScale(highest, 1);
    return highest < scale.high * 0.6 ? niceScale(highest, 2) : scale; // one step of 1-2-5 can leave much air
}

} // namespace

QString SessionTimeline::Private::valueText(const SessionTimelineData::Lane &lane, double value) const
{
    const QString number = q->formatter().valueText(value, lane.kind);
    return lane.unit.isEmpty() ? number : number + QLatin1Char(' ') + lane.unit;
}

void SessionTimeline::Private::layOut()
{
    layouts.clear();
    struct Wanted
    {
        LaneKind kind;
        int metric;
        double height;
    };
    std::vector<Wanted> wanted{
        {LaneKind::Screens, -1, 40.0}, {LaneKind::Interactions, -1, 40.0}, {LaneKind::Errors, -1, 36.0}};
    if (!data.notes.empty())
        wanted.push_back({LaneKind::Notes, -1, 32});
    if (!data.spans.empty())
        wanted.push_back({LaneKind::Spans, -1, 44});
    for (std::size_t i = 0; i < data.lanes.size(); ++i)
        wanted.push_back({LaneKind::Metric, int(i), 66});
    double sum = 0, metrics = 0;
    for (const Wanted &lane : wanted) {
        sum += scaled(lane.height);
        metrics += lane.kind == LaneKind::Metric;
    }
    const double room = q->height() - scaled(kAxis);
    // Spare height goes to the metrics; without any, to everyone; missing height is taken from everyone.
    const double factor = sum > room ? room / sum : metrics == 0 ? std::min(1.6, room / sum) : 1;
    const double extra = metrics > 0 && sum < room ? (room - sum) / metrics : 0;
    double y = scaled(kAxis);
    const TimeScale scale = timeScale();
    for (const Wanted &lane : wanted) {
        const double height = scaled(lane.height) * factor + (lane.kind == LaneKind::Metric ? extra : 0);
        LaneLayout layout;
        layout.kind = lane.kind;
        layout.metric = lane.metric;
        layout.row =
            QRect(0, int(std::lround(y)), q->width(), int(std::lround(y + height)) - int(std::lround(y)));
        layout.plot = QRect(int(scale.left), layout.row.top() + 5, std::max(1, int(scale.right - scale.left)),
                            std::max(4, layout.row.height() - 11));
        if (lane.metric >= 0) {
            const SessionTimelineData::Lane &metric = data.lanes[std::size_t(lane.metric)];
            layout.scale = scaleOf(metric);
        }
        layouts.push_back(layout);
        y += height;
    }
    noteGroups = groupMarkers(data.notes, scale, scale.left - 24, q->width());
}

void SessionTimeline::invalidate()
{
    d->isBaseStale = true;
    d->layOut();
    updateGeometry();
    update();
}

void SessionTimeline::resizeEvent(QResizeEvent *)
{
    d->isBaseStale = true;
    d->layOut();
}

QSize SessionTimeline::sizeHint() const
{
    return {720, scaled(kAxis + 116 + (d->data.spans.empty() ? 0 : 44) + 66 * double(d->data.lanes.size()))};
}

QSize SessionTimeline::minimumSizeHint() const
{
    return {360, scaled(kAxis + 90 + 30 * double(d->data.lanes.size()))};
}

QString SessionTimeline::Private::elapsed(Instant at) const
{
    const double ms = double((at - zero()).count()) / 1e6;
    QString text = q->formatter().durationClock(ms);
    if (visible.to - visible.from < std::chrono::seconds(30)) // seconds alone would repeat
        text += q->formatter().locale().decimalPoint() +
                QStringLiteral("%1").arg(qint64(ms) % 1000 / 10, 2, 10, QLatin1Char('0'));
    return text;
}

double SessionTimeline::Private::metricAt(const SessionTimelineData::Lane &lane, Instant at) const
{
    const auto next = std::upper_bound(lane.points.begin(), lane.points.end(), at,
                                       [](Instant t, const TimedValue &p) { return t < p.at; });
    return next == lane.points.begin() ? std::nan("") : std::prev(next)->value;
}

std::vector<Instant> SessionTimeline::Private::eventTimes() const
{
    std::vector<Instant> times;
    for (const auto &screen : data.screens)
        times.push_back(screen.range.from);
    for (const auto &tick : data.interactions)
        times.push_back(tick.at);
    for (const auto &mark : data.errors)
        times.push_back(mark.at);
    for (const auto &span : data.spans)
        times.push_back(span.range.from);
    for (const TimeMarker &note : data.notes)
        times.push_back(note.at);
    std::sort(times.begin(), times.end());
    times.erase(std::unique(times.begin(), times.end()), times.end());
    return times;
}

void SessionTimeline::Private::movePlayhead(Instant at, bool announces)
{
    at = std::clamp(at, whole().from, whole().to);
    if (playhead == at)
        return;
    const auto strip = [&](Instant time) { q->update(int(timeScale().x(time)) - 3, 0, 6, q->height()); };
    if (playhead)
        strip(*playhead);
    playhead = at;
    if (at < visible.from || visible.to < at) { // bring it back into view
        const auto width = visible.to - visible.from;
        setVisible({at - width / 2, at + width / 2});
    }
    strip(at);
    q->update(0, 0, q->width(), scaled(kAxis));
    q->update(0, 0, int(timeScale().left), q->height());
    if (announces) {
        Q_EMIT q->playheadChanged(at);
        q->announceCursor();
    }
}

void SessionTimeline::setPlayhead(std::optional<Instant> at)
{
    if (at) {
        d->movePlayhead(*at, false);
        return;
    }
    d->playhead.reset();
    update();
}

void SessionTimeline::Private::setVisible(TimeRange range)
{
    const TimeRange all = whole();
    const auto most = all.to - all.from;
    const auto width = std::clamp<std::chrono::nanoseconds>(
        range.to - range.from, std::min<std::chrono::nanoseconds>(kLeastVisible, most), most);
    Instant from = range.from + ((range.to - range.from) - width) / 2;
    from = std::clamp(from, all.from, all.to - width);
    const TimeRange next{from, from + width};
    if (next == visible)
        return;
    visible = next;
    isBaseStale = true;
    layOut();
    q->update();
    Q_EMIT q->visibleRangeChanged(visible);
}

void SessionTimeline::setVisibleRange(TimeRange range)
{
    d->setVisible(range);
}

void SessionTimeline::Private::zoom(double factor, Instant around)
{
    const double before = double((around - visible.from).count()) * factor,
                 after = double((visible.to - around).count()) * factor;
    setVisible({{around.ns - std::int64_t(before)}, {around.ns + std::int64_t(after)}});
}

void SessionTimeline::stepToNextEvent()
{
    const std::vector<Instant> times = d->eventTimes();
    const Instant from = d->playhead.value_or(d->data.range.from - std::chrono::nanoseconds(1));
    const auto next = std::upper_bound(times.begin(), times.end(), from);
    if (next != times.end())
        d->movePlayhead(*next, true);
}

void SessionTimeline::stepToPreviousEvent()
{
    const std::vector<Instant> times = d->eventTimes();
    const Instant from = d->playhead.value_or(d->data.range.to + std::chrono::nanoseconds(1));
    const auto next = std::lower_bound(times.begin(), times.end(), from);
    if (next != times.begin())
        d->movePlayhead(*std::prev(next), true);
}

void SessionTimeline::fitEvent()
{
    const Instant at = d->playhead.value_or(d->data.range.from);
    d->setVisible({at - std::chrono::seconds(30), at + std::chrono::seconds(30)});
}

void SessionTimeline::stepToNextError()
{
    std::vector<Instant> times;
    for (const auto &mark : d->data.errors)
        if (mark.severity >= 17)
            times.push_back(mark.at);
    if (times.empty())
        return;
    std::sort(times.begin(), times.end());
    const auto next = std::upper_bound(
        times.begin(), times.end(), d->playhead.value_or(d->data.range.from - std::chrono::nanoseconds(1)));
    d->movePlayhead(next == times.end() ? times.front() : *next, true); // after the last comes the first
}

QString SessionTimeline::summary() const
{
    const double ms = double((d->data.range.to - d->data.range.from).count()) / 1e6;
    const auto errors = std::count_if(d->data.errors.begin(), d->data.errors.end(),
                                      [](const auto &mark) { return mark.severity >= 17; });
    //: A session in one sentence
    return tr("%1 long, %2 screens, %3 interactions, %4 errors.")
        .arg(formatter().durationWords(ms), formatter().count(double(d->data.screens.size())),
             formatter().count(double(d->data.interactions.size())), formatter().count(double(errors)));
}

QString SessionTimeline::cursorText() const
{
    if (!d->playhead)
        return {};
    QStringList parts{d->elapsed(*d->playhead)};
    for (const auto &screen : d->data.screens)
        if (screen.range.contains(*d->playhead))
            parts << screen.name;
    for (const auto &mark : d->data.errors)
        if (mark.at == *d->playhead)
            parts << mark.name;
    for (const auto &tick : d->data.interactions)
        if (tick.at == *d->playhead)
            parts << tick.name;
    for (const TimeMarker &note : d->data.notes)
        if (note.at == *d->playhead)
            parts << tr("note: %1").arg(note.text);
    for (const auto &lane : d->data.lanes) {
        const double value = d->metricAt(lane, *d->playhead);
        if (std::isfinite(value))
            parts << lane.name + QLatin1Char(' ') + d->valueText(lane, value);
    }
    return parts.join(QStringLiteral(", "));
}

ChartTable SessionTimeline::table() const
{
    struct Line
    {
        Instant at;
        QStringList cells;
    };
    std::vector<Line> lines;
    for (const auto &screen : d->data.screens)
        lines.push_back({screen.range.from, {tr("screen"), screen.name}});
    for (const auto &tick : d->data.interactions)
        lines.push_back({tick.at, {tr("interaction"), tick.name}});
    for (const auto &mark : d->data.errors)
        lines.push_back({mark.at, {mark.severity >= 17 ? tr("error") : tr("log"), mark.name}});
    for (const auto &span : d->data.spans)
        lines.push_back(
            {span.range.from, {span.isFailed ? tr("failed operation") : tr("operation"), span.name}});
    for (const TimeMarker &note : d->data.notes)
        lines.push_back({note.at, {tr("note"), note.text}});
    for (const auto &lane : d->data.lanes) {
        for (const TimedValue &point : lane.points) {
            if (std::isfinite(point.value))
                lines.push_back({point.at, {lane.name, d->valueText(lane, point.value)}});
        }
    }
    std::stable_sort(lines.begin(), lines.end(), [](const Line &a, const Line &b) { return a.at < b.at; });
    ChartTable table;
    table.columns << tr("Time") << tr("Kind") << tr("Name");
    for (const Line &line : lines)
        table.rows.push_back(QStringList{d->elapsed(line.at)} + line.cells);
    return table;
}

QString SessionTimeline::Private::textAt(const QPoint &position) const
{
    const TimeScale scale = timeScale();
    if (!scale.isValid() || position.x() < scale.left || position.x() > scale.right + 6)
        return {};
    const auto near = [&](Instant at) { return std::abs(scale.x(at) - position.x()) <= 6; };
    QStringList lines;
    for (const LaneLayout &layout : layouts) {
        if (!layout.row.contains(position))
            continue;
        switch (layout.kind) {
        case LaneKind::Screens:
            for (const auto &screen : data.screens)
                if (screen.range.contains(scale.at(position.x())))
                    lines << screen.name + QStringLiteral(", ") +
                                 q->formatter().durationWords(
                                     double((screen.range.to - screen.range.from).count()) / 1e6);
            break;
        case LaneKind::Interactions:
            for (const auto &tick : data.interactions)
                if (near(tick.at))
                    lines << elapsed(tick.at) + QLatin1Char(' ') + tick.name;
            break;
        case LaneKind::Errors:
            for (const auto &mark : data.errors)
                if (near(mark.at))
                    lines << elapsed(mark.at) + QLatin1Char(' ') + mark.name;
            break;
        case LaneKind::Notes:
            for (const MarkerGroup &group : noteGroups)
                for (const int note : group.rect.left() <= position.x() && position.x() <= group.rect.right() ? group.markers : std::vector<int>())
                    lines << elapsed(data.notes[std::size_t(note)].at) + QLatin1Char(' ') + data.notes[std::size_t(note)].text;
            break;
        case LaneKind::Spans:
            for (const auto &span : data.spans)
                if (scale.x(span.range.from) - 3 <= position.x() &&
                    position.x() <= scale.x(span.range.to) + 3)
                    lines << span.name + QStringLiteral(", ") +
                                 q->formatter()
                                     .duration(double((span.range.to - span.range.from).count()) / 1e6)
                                     .joined();
            break;
        case LaneKind::Metric: {
            const auto &lane = data.lanes[std::size_t(layout.metric)];
            const double value = metricAt(lane, scale.at(position.x()));
            if (std::isfinite(value))
                lines << elapsed(scale.at(position.x())) + QStringLiteral("  ") + valueText(lane, value);
            break;
        }
        }
    }
    return lines.mid(0, 10).join(QLatin1Char('\n')).left(1000);
}

bool SessionTimeline::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QString text = d->textAt(help->pos());
        if (Qt::mightBeRichText(text))
            text = text.toHtmlEscaped();
        QToolTip::showText(help->globalPos(), text, this, QRect(help->pos() - QPoint(4, 4), QSize(8, 8)));
        return true;
    }
    return ChartWidget::event(event);
}

void SessionTimeline::mousePressEvent(QMouseEvent *event)
{
    const TimeScale scale = timeScale();
    if (event->button() != Qt::LeftButton || !scale.isValid() || event->position().x() < scale.left - 4 ||
        event->position().x() > scale.right + 6)
        return;
    for (const Private::LaneLayout &layout : d->layouts) {
        for (const MarkerGroup &group : d->noteGroups) {
            const bool isOn = layout.kind == Private::LaneKind::Notes && layout.row.contains(event->pos()) &&
                              group.rect.left() <= event->position().x() && event->position().x() <= group.rect.right();
            if (!isOn)
                continue;
            chooseMarker(this, d->data.notes, group, formatter(), event->globalPosition().toPoint(), [this](const TimeMarker &note) {
                const auto found = std::find(d->data.notes.begin(), d->data.notes.end(), note);
                if (found != d->data.notes.end())
                    Q_EMIT noteActivated(int(found - d->data.notes.begin()));
            });
            return;
        }
        if (layout.kind != Private::LaneKind::Errors || !layout.row.contains(event->pos()))
            continue;
        for (std::size_t i = 0; i < d->data.errors.size(); ++i) {
            if (std::abs(scale.x(d->data.errors[i].at) - event->position().x()) > 12)
                continue;
            d->movePlayhead(d->data.errors[i].at, true); // exactly on it
            Q_EMIT errorActivated(int(i));
            return;
        }
    }
    d->movePlayhead(scale.at(event->position().x()), true);
}

void SessionTimeline::mouseMoveEvent(QMouseEvent *event)
{
    const TimeScale scale = timeScale();
    if (!scale.isValid())
        return;
    if (event->buttons() & Qt::LeftButton) {
        d->movePlayhead(scale.at(event->position().x()), true);
        return;
    }
    const bool isNear = d->playhead && std::abs(scale.x(*d->playhead) - event->position().x()) < 5;
    setCursor(isNear                                ? Qt::SizeHorCursor
              : event->position().x() >= scale.left && event->position().x() <= scale.right ? Qt::CrossCursor
                                                                                            : Qt::ArrowCursor);
}

void SessionTimeline::mouseDoubleClickEvent(QMouseEvent *event)
{
    const TimeScale scale = timeScale();
    for (std::size_t i = 0; i < d->data.screens.size() && scale.isValid(); ++i) {
        const bool isOver = !d->layouts.empty() && d->layouts.front().row.contains(event->pos()) &&
                            d->data.screens[i].range.contains(scale.at(event->position().x()));
        if (isOver)
            Q_EMIT screenActivated(int(i));
    }
}

void SessionTimeline::wheelEvent(QWheelEvent *event)
{
    if (!(event->modifiers() & Qt::ControlModifier) || !timeScale().isValid()) {
        event->ignore();
        return;
    }
    d->zoom(std::pow(0.85, event->angleDelta().y() / 120.0), timeScale().at(event->position().x()));
    event->accept();
}

void SessionTimeline::keyPressEvent(QKeyEvent *event)
{
    const auto width = d->visible.to - d->visible.from;
    const Instant at = d->playhead.value_or(d->data.range.from);
    const int share = event->modifiers() & Qt::ControlModifier ? 10 : 1;
    switch (event->key()) {
    case Qt::Key_Left:
        d->movePlayhead(at - width / 100 * share, true);
        return;
    case Qt::Key_Right:
        d->movePlayhead(at + width / 100 * share, true);
        return;
    case Qt::Key_Home:
        d->movePlayhead(d->whole().from, true);
        return;
    case Qt::Key_End:
        d->movePlayhead(d->whole().to, true);
        return;
    case Qt::Key_Period:
        stepToNextEvent();
        return;
    case Qt::Key_Comma:
        stepToPreviousEvent();
        return;
    case Qt::Key_E:
        stepToNextError();
        return;
    case Qt::Key_F:
        fitEvent();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        for (std::size_t i = 0; i < d->data.notes.size(); ++i) {
            if (d->data.notes[i].at == d->playhead) {
                Q_EMIT noteActivated(int(i));
                return;
            }
        }
        ChartWidget::keyPressEvent(event);
        return;
    case Qt::Key_0:
        d->setVisible(d->whole());
        return;
    case Qt::Key_Plus:
        d->zoom(0.5, at);
        return;
    case Qt::Key_Minus:
        d->zoom(2, at);
        return;
    default:
        ChartWidget::keyPressEvent(event);
    }
}

} // namespace telltale
