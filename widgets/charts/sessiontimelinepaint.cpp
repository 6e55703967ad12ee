// SPDX-License-Identifier: GPL-3.0-or-later
// How a session's timeline looks.
#include "widgets/charts/sessiontimeline_p.h"

#include "widgets/charts/chartpaint.h"
#include "widgets/charts/minitimeline.h"
#include "widgets/theme/colourmath.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/mirroring.h"
#include "widgets/theme/style.h"

#include <QPaintEvent>
#include <QPainter>
#include <QPainterPath>
#include <QScopeGuard>

#include <algorithm>
#include <array>
#include <cmath>

namespace telltale {

namespace {

constexpr int kAxis = 26;

} // namespace

void SessionTimeline::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    if (keepsShapes(painter)) {
        d->paintBase(painter);
    } else {
        if (d->isBaseStale || d->base.isNull() || d->base.devicePixelRatio() != paintRatio(painter))
            d->renderBase(paintRatio(painter));
        painter.setClipRegion(event->region());
        painter.drawPixmap(0, 0, d->base);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Private::LaneLayout &layout : d->layouts)
        d->paintLaneName(painter, layout);
    d->paintAxis(painter);
    d->paintPlayhead(painter);
    if (hasKeyboardFocus() && !d->layouts.empty())
        drawFocusRing(&painter,
                      QRectF(d->layouts.front().plot).united(d->layouts.back().plot).adjusted(-4, -4, 4, 4),
                      size::kControlRadius - 1, tokensOf(this));
}

std::vector<TimeTick> SessionTimeline::Private::ticks() const
{
    std::vector<TimeTick> made;
    const TimeScale scale = timeScale();
    if (!scale.isValid())
        return made;
    const TickStep step = tickStepFor(visible.to - visible.from, scale.width(), 78);
    std::int64_t ns = std::int64_t(step.count) * 1'000'000;
    if (step.unit != TickStep::Unit::Milliseconds)
        ns = std::int64_t(86'400) * 1'000'000'000;
    const std::int64_t before = visible.from.ns - zero().ns; // below zero where the axis is aligned on something later
    const std::int64_t first = before > 0 ? (before + ns - 1) / ns : before / ns;
    for (std::int64_t i = first; made.size() < 200; ++i) {
        const Instant at{zero().ns + i * ns};
        if (visible.to < at)
            break;
        made.push_back({at, elapsed(at), false});
    }
    return made;
}

void SessionTimeline::Private::renderBase(double ratio)
{
    base = QPixmap(QSize(int(std::ceil(q->width() * ratio)), int(std::ceil(q->height() * ratio))));
    base.setDevicePixelRatio(ratio);
    base.fill(Qt::transparent);
    isBaseStale = false;
    QPainter painter(&base);
    paintBase(painter);
}

void SessionTimeline::Private::paintBase(QPainter &painter)
{
    if (!timeScale().isValid())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(q);
    const TimeScale scale = timeScale();
    if (!layouts.empty())
        for (const TimeTick &tick : ticks())
            painter.fillRect(QRectF(std::floor(scale.x(tick.at)), scaled(kAxis), 1,
                                    layouts.back().plot.bottom() - scaled(kAxis)),
                             tokens.border);
    for (std::size_t i = 0; i < layouts.size(); ++i) {
        if (i + 1 < layouts.size())
            painter.fillRect(QRectF(0, layouts[i].row.bottom(), q->width(), 1), tokens.border);
        painter.save();
        painter.setClipRect(QRectF(layouts[i].plot).adjusted(-7, -5, 7, 5));
        switch (layouts[i].kind) {
        case LaneKind::Screens:
            paintScreens(painter, layouts[i]);
            break;
        case LaneKind::Interactions:
            paintInteractions(painter, layouts[i]);
            break;
        case LaneKind::Errors:
            paintErrors(painter, layouts[i]);
            break;
        case LaneKind::Notes:
            paintNotes(painter, layouts[i]);
            break;
        case LaneKind::Spans:
            paintSpans(painter, layouts[i]);
            break;
        case LaneKind::Metric:
            paintMetric(painter, layouts[i]);
            break;
        }
        painter.restore();
    }
    paintGaps(painter);
    paintOutside(painter);
}

/// Where the axis reaches beyond the session there is nothing, and that is seen.
void SessionTimeline::Private::paintOutside(QPainter &painter)
{
    if (!axis || layouts.empty())
        return;
    const TimeScale scale = timeScale();
    const double top = layouts.front().row.top(), bottom = layouts.back().plot.bottom() + 3;
    const auto cover = [&](Instant from, Instant to) {
        const double left = scale.clampedX(from), right = scale.clampedX(to);
        if (right - left < 1)
            return;
        painter.fillRect(QRectF(left, top, right - left, bottom - top), tokensOf(q).inset);
        painter.fillRect(QRectF(to == data.range.from ? right - 1 : left, top, 1, bottom - top), tokensOf(q).borderStrong);
    };
    cover(axis->whole.from, data.range.from);
    cover(data.range.to, axis->whole.to);
}

void SessionTimeline::Private::paintLaneName(QPainter &painter, const LaneLayout &layout)
{
    const Tokens &tokens = tokensOf(q);
    painter.save();
    mirror(&painter, q);
    const auto restore = qScopeGuard([&painter] { painter.restore(); });
    QString name, caption;
    switch (layout.kind) {
    case LaneKind::Screens:
        name = tr("Screens");
        caption = tr("dwell");
        break;
    case LaneKind::Interactions:
        name = tr("Interactions");
        caption = q->formatter().count(double(data.interactions.size()));
        break;
    case LaneKind::Errors:
        name = tr("Errors");
        break;
    case LaneKind::Notes:
        name = tr("Notes");
        break;
    case LaneKind::Spans:
        name = tr("Operations");
        caption = q->formatter().count(double(data.spans.size()));
        break;
    case LaneKind::Metric: {
        const auto &lane = data.lanes[std::size_t(layout.metric)];
        name = lane.name;
        caption = lane.unit;
        const double value = playhead ? metricAt(lane, *playhead) : std::nan("");
        if (std::isfinite(value))
            caption = valueText(lane, value);
        break;
    }
    }
    const double room = layout.row.height();
    const bool hasCaption = !caption.isEmpty() && room >= scaled(32);
    const double block = hasCaption ? scaled(31) : scaled(16);
    // Names of tall lanes stand at the top, beside the scale; those of low ones in the middle.
    const double top = layout.kind == LaneKind::Metric ? std::min(double(layout.plot.top()), layout.row.bottom() - block)
                                                       : layout.row.center().y() - block / 2;
    const double width = edges().left - 8 - (layout.kind == LaneKind::Metric ? scaled(30) : 0);
    painter.setFont(fontFor(FontRole::BodyStrong));
    painter.setPen(tokens.text);
    drawElided(&painter, QRectF(0, top, width, scaled(16)), Qt::AlignLeft | Qt::AlignVCenter, name);
    if (!hasCaption)
        return;
    painter.setFont(fontFor(FontRole::Caption));
    painter.setPen(tokens.text2);
    drawElided(&painter, QRectF(0, top + scaled(16), width, scaled(15)), Qt::AlignLeft | Qt::AlignVCenter,
               caption);
}

void SessionTimeline::Private::paintScreens(QPainter &painter, const LaneLayout &layout)
{
    const Tokens &tokens = tokensOf(q);
    const TimeScale scale = timeScale();
    painter.setFont(fontFor(FontRole::SecondaryStrong));
    for (const auto &screen : data.screens) {
        if (!(screen.range.from < visible.to) || !(visible.from < screen.range.to))
            continue;
        const double left = std::round(scale.clampedX(screen.range.from)),
                     right = std::round(scale.clampedX(screen.range.to));
        const QRectF block(left, layout.plot.top(), std::max(2.0, right - left - 1), layout.plot.height());
        const QColor colour = tokens.seriesColour(screen.colour);
        QPainterPath shape;
        shape.addRoundedRect(block, size::kBarRadius, size::kBarRadius);
        painter.fillPath(shape, colour::faded(colour, tokens.isDark ? 0.34 : 0.27));
        painter.save();
        painter.setClipPath(shape, Qt::IntersectClip);
        painter.fillRect(QRectF(block.left(), block.top(), 3, block.height()), colour);
        painter.restore();
        if (block.width() < 30)
            continue;
        painter.setPen(tokens.text);
        drawElided(&painter, block.adjusted(9, 0, -4, 0), Qt::AlignLeft | Qt::AlignVCenter, screen.name);
    }
}

void SessionTimeline::Private::paintInteractions(QPainter &painter, const LaneLayout &layout)
{
    const Tokens &tokens = tokensOf(q);
    const TimeScale scale = timeScale();
    // Ten thousand taps are still at most one line a pixel; what lies close together grows stronger.
    std::vector<int> perPixel(std::size_t(std::max(1.0, scale.width())) + 1, 0);
    for (const auto &tick : data.interactions) {
        if (tick.at < visible.from || visible.to < tick.at)
            continue;
        ++perPixel[std::size_t(std::clamp(scale.x(tick.at) - scale.left, 0.0, scale.width()))];
    }
    const QColor colour = tokens.series[0];
    for (std::size_t x = 0; x < perPixel.size(); ++x) {
        if (perPixel[x] == 0)
            continue;
        const double height = layout.plot.height() * (perPixel[x] > 2 ? 1.0 : 0.8);
        painter.fillRect(
            QRectF(scale.left + double(x), layout.plot.center().y() + 0.5 - height / 2, 1.5, height),
            colour::faded(colour, std::min(1.0, 0.62 + 0.19 * perPixel[x])));
    }
}

void SessionTimeline::Private::paintErrors(QPainter &painter, const LaneLayout &layout)
{
    const Tokens &tokens = tokensOf(q);
    const TimeScale scale = timeScale();
    const double middle = layout.plot.center().y() + 0.5;
    painter.setFont(fontFor(FontRole::SecondaryStrong));
    const QFontMetricsF metrics(painter.font());
    std::vector<QRectF> taken;
    for (const auto &mark : data.errors)
        if (visible.from <= mark.at && mark.at <= visible.to)
            taken.push_back(QRectF(scale.x(mark.at) - 7, middle - 7, 14, 14));
    for (const auto &mark : data.errors) {
        if (mark.at < visible.from || visible.to < mark.at)
            continue;
        const double x = scale.x(mark.at);
        paintLevelMark(&painter, QPointF(x, middle), mark.severity, tokens, mark.severity >= 17 ? 5.5 : 5);
        if (mark.severity < 13)
            continue;
        const double width = std::min(metrics.horizontalAdvance(mark.name) + 2, 260.0);
        for (const double left : {x - 11 - width, x + 11}) { // before it, else after it, else not at all
            const QRectF label(left, middle - 9, width, 18);
            const bool isFree = label.left() >= scale.left && label.right() <= scale.right + 6 &&
                                std::none_of(taken.begin(), taken.end(),
                                             [&](const QRectF &r) { return r.intersects(label); });
            if (!isFree)
                continue;
            painter.setPen(mark.severity >= 17 ? tokens.bad : tokens.warn);
            drawElided(&painter, label, Qt::AlignLeft | Qt::AlignVCenter, mark.name);
            taken.push_back(label);
            break;
        }
    }
}

/// Flags in their lane, and a line through all lanes.
void SessionTimeline::Private::paintNotes(QPainter &painter, const LaneLayout &layout)
{
    if (noteGroups.empty())
        return; // none in what is shown
    const Tokens &tokens = tokensOf(q);
    painter.setClipRect(QRectF(0, layouts.front().row.top(), q->width(), layouts.back().row.bottom()));
    paintMarkerLines(painter, data.notes, timeScale(), layouts.front().row.top(), layouts.back().plot.bottom(), tokens);
    painter.translate(0, layout.row.center().y() - noteGroups.front().rect.center().y());
    paintMarkerFlags(painter, data.notes, noteGroups, timeScale().left - 24, q->width(), tokens);
}

void SessionTimeline::Private::paintSpans(QPainter &painter, const LaneLayout &layout)
{
    const Tokens &tokens = tokensOf(q);
    const TimeScale scale = timeScale();
    constexpr std::size_t kRows = 3;
    std::array<double, kRows> freeFrom{-1e9, -1e9, -1e9};
    const double rowHeight = std::min(10.0, layout.plot.height() / double(kRows));
    painter.setPen(Qt::NoPen);
    for (const auto &span : data.spans) {
        if (!(span.range.from < visible.to) || !(visible.from < span.range.to))
            continue;
        const double left = scale.clampedX(span.range.from),
                     right = std::max(left + 2, scale.clampedX(span.range.to));
        std::size_t row = 0;
        while (row + 1 < kRows && freeFrom[row] > left)
            ++row;
        freeFrom[row] = right + 1;
        painter.setBrush(span.isFailed ? tokens.bad : colour::faded(tokens.series[4], 0.85));
        painter.drawRoundedRect(
            QRectF(left, layout.plot.top() + double(row) * rowHeight, right - left, rowHeight - 2.5), 1.5,
            1.5);
    }
}

void SessionTimeline::Private::paintMetric(QPainter &painter, const LaneLayout &layout)
{
    const Tokens &tokens = tokensOf(q);
    const TimeScale scale = timeScale();
    const auto &lane = data.lanes[std::size_t(layout.metric)];
    const QColor colour = tokens.seriesColour(lane.colour);
    const auto y = [&](double value) {
        return layout.plot.bottom() + 1 - layout.scale.share(value) * layout.plot.height();
    };
    painter.save();
    painter.setClipping(false);
    mirror(&painter, q);
    painter.setFont(fontFor(FontRole::Axis));
    painter.setPen(tokens.text3);
    for (const double value : {layout.scale.high, layout.scale.low})
        drawTabular(
            &painter, QRectF(edges().left - 60, y(value) - (value == layout.scale.low ? 13 : 3), 53, 14),
            Qt::AlignRight | Qt::AlignVCenter, q->formatter().axisValue(value, layout.scale.step, lane.kind));
    painter.restore();
    // Breaks of the app are breaks of the line, whatever the samples say.
    std::vector<TimedValue> points;
    points.reserve(lane.points.size() + data.gaps.size());
    for (const TimedValue &point : lane.points) {
        for (const auto &gap : data.gaps)
            if (!points.empty() && points.back().at <= gap.range.from && gap.range.to <= point.at &&
                std::isfinite(points.back().value))
                points.push_back({gap.range.from, std::nan("")});
        points.push_back(point);
    }
    plot.clear();
    plot.setSize(QSizeF(layout.plot.size()), paintRatio(painter));
    plot.addLine(points, scale, layout.scale,
                 {colour, tokens.isHighContrast ? 2.5 : 1.7, false, tokens.isDark ? 0.26 : 0.15,
                  tokens.isDark ? 0.18 : 0.11});
    if (keepsShapes(painter))
        plot.paint(painter, layout.plot.topLeft());
    else
        painter.drawImage(layout.plot.topLeft(), plot.render());
    if (!lane.budget)
        return;
    QPen dashed(tokens.warn, 1.2);
    dashed.setDashPattern({3, 2.5});
    painter.setPen(dashed);
    const double at = chartpaint::hairline(y(*lane.budget));
    painter.drawLine(QPointF(scale.left, at), QPointF(scale.right, at));
    // At the left, where a session begins and lines are calm; on a ground of its own.
    painter.setFont(fontFor(FontRole::Axis));
    const double width = QFontMetricsF(painter.font()).horizontalAdvance(lane.budgetName) + 6;
    const QRectF label(scale.left + 4, std::max(double(layout.plot.top() - 3), at - scaled(15)), width,
                       scaled(14));
    painter.fillRect(label, colour::faded(tokens.card, 0.75));
    painter.setPen(tokens.warn);
    drawWords(&painter, label, Qt::AlignCenter, lane.budgetName);
}

void SessionTimeline::Private::paintGaps(QPainter &painter)
{
    const Tokens &tokens = tokensOf(q);
    const TimeScale scale = timeScale();
    for (const auto &gap : data.gaps) {
        if (!(gap.range.from < visible.to) || !(visible.from < gap.range.to))
            continue;
        const double left = scale.clampedX(gap.range.from), right = scale.clampedX(gap.range.to);
        for (const LaneLayout &layout : layouts)
            chartpaint::gapHatch(&painter,
                                 QRectF(left, layout.row.top() + 1, right - left, layout.row.height() - 2),
                                 tokens, false);
        painter.setFont(fontFor(FontRole::Axis));
        const double width = QFontMetricsF(painter.font()).horizontalAdvance(gap.text) + 10;
        if (layouts.empty() || width > right - left - 4)
            continue;
        const QRectF label(std::round((left + right - width) / 2), layouts.front().row.center().y() - 9,
                           width, 18);
        painter.setPen(QPen(tokens.border, 1));
        painter.setBrush(tokens.card);
        painter.drawRoundedRect(label.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        painter.setPen(tokens.text2);
        drawWords(&painter, label, Qt::AlignCenter, gap.text);
    }
}

void SessionTimeline::Private::paintAxis(QPainter &painter)
{
    const TimeScale scale = timeScale();
    if (!scale.isValid())
        return;
    const double flagX = playhead ? scale.x(*playhead) : -1;
    chartpaint::timeLabels(&painter, ticks(), scale, 0, scaled(kAxis) - 4, flagX, tokensOf(q));
}

void SessionTimeline::Private::paintPlayhead(QPainter &painter)
{
    if (!playhead || !timeScale().isValid() || *playhead < visible.from || visible.to < *playhead ||
        layouts.empty())
        return;
    const Tokens &tokens = tokensOf(q);
    const double x = timeScale().x(*playhead);
    painter.fillRect(
        QRectF(std::floor(x) - 0.5, scaled(20), 1.8, layouts.back().plot.bottom() + 3 - scaled(20)),
        tokens.crosshair);
    for (const LaneLayout &layout : layouts) {
        if (layout.kind != LaneKind::Metric)
            continue;
        const auto &lane = data.lanes[std::size_t(layout.metric)];
        const double value = metricAt(lane, *playhead);
        if (!std::isfinite(value))
            continue;
        painter.setPen(QPen(tokens.card, 2));
        painter.setBrush(tokens.seriesColour(lane.colour));
        painter.drawEllipse(
            QPointF(x, layout.plot.bottom() + 1 - layout.scale.share(value) * layout.plot.height()), 4.2,
            4.2);
    }
    // The error the playhead stands on stays in front of its line.
    for (const LaneLayout &layout : layouts)
        for (const auto &mark : data.errors)
            if (layout.kind == LaneKind::Errors && std::abs(timeScale().x(mark.at) - x) < 8)
                paintLevelMark(&painter, QPointF(timeScale().x(mark.at), layout.plot.center().y() + 0.5),
                               mark.severity, tokens, 5.5);
    chartpaint::flag(&painter, x, 2, timeScale().left - 24, q->width(), elapsed(*playhead), tokens.flag,
                     tokens.onFlag);
}

} // namespace telltale
