// SPDX-License-Identifier: GPL-3.0-or-later
// How a track stack looks: a cached base (grid, series, flags, gaps) and what moves above it.
#include "widgets/charts/trackstack_p.h"

#include "widgets/charts/chartpaint.h"
#include "widgets/theme/colourmath.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/mirroring.h"
#include "widgets/theme/popover.h"
#include "widgets/theme/style.h"

#include <QPaintEvent>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace telltale {

void TrackStack::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    const QRect dirty = event->rect();
    if (keepsShapes(painter)) {
        d->paintBase(painter);
    } else {
        if (d->isBaseStale || d->base.isNull() || d->base.devicePixelRatio() != paintRatio(painter))
            d->renderBase(paintRatio(painter));
        painter.setClipRegion(event->region());
        const double ratio = d->base.devicePixelRatio();
        painter.drawPixmap(
            dirty, d->base,
            QRectF(dirty.x() * ratio, dirty.y() * ratio, dirty.width() * ratio, dirty.height() * ratio).toRect());
    }
    painter.setRenderHint(QPainter::Antialiasing);
    if (dirty.intersects(d->gutter())) {
        painter.save();
        mirror(&painter, this);
        for (std::size_t i = 0; i < d->layouts.size(); ++i)
            d->paintGutter(painter, d->layouts[i], d->data.tracks[i]);
        painter.restore();
    }
    d->paintSelection(painter);
    d->paintCursor(painter);
    d->paintTooltip(painter);
    if (hasKeyboardFocus() && d->isAtFlag())
        drawFocusRing(&painter, d->groups[std::size_t(d->currentFlag)].rect.adjusted(-2, -1, 2, 1), 4, tokensOf(this));
    else if (hasKeyboardFocus())
        drawFocusRing(&painter, QRectF(d->plots()).adjusted(-4, -4, 4, 4), size::kControlRadius - 1,
                      tokensOf(this));
}

void TrackStack::Private::renderBase(double ratio)
{
    base = QPixmap(QSize(int(std::ceil(q->width() * ratio)), int(std::ceil(q->height() * ratio))));
    base.setDevicePixelRatio(ratio);
    base.fill(Qt::transparent);
    isBaseStale = false;
    QPainter painter(&base);
    paintBase(painter);
}

void TrackStack::Private::paintBase(QPainter &painter)
{
    if (layouts.size() != data.tracks.size() || !timeScale().isValid())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(q);
    for (std::size_t i = 0; i < layouts.size(); ++i) {
        paintGrid(painter, layouts[i], ticks, data.tracks[i]);
        paintSeries(painter, layouts[i], data.tracks[i]);
        paintUnfinished(painter, layouts[i], data.tracks[i]);
        if (i + 1 < layouts.size())
            painter.fillRect(QRectF(0, layouts[i].row.bottom(), q->width(), 1), tokens.border);
    }
    paintGaps(painter);
    paintMarkers(painter);
}

void TrackStack::Private::paintGrid(QPainter &painter, const TrackLayout &layout,
                                    const std::vector<TimeTick> &timeTicks, const Track &track)
{
    const Tokens &tokens = tokensOf(q);
    const TimeScale scale = timeScale();
    const QRectF plotRect(layout.plot);
    for (const TimeTick &tick : timeTicks)
        painter.fillRect(QRectF(std::floor(scale.x(tick.at)), plotRect.top(), 1, plotRect.height()),
                         tokens.border);
    QPen dotted(colour::mixOklab(tokens.border, tokens.text3, 0.22), 1);
    dotted.setDashPattern({1, 3});
    dotted.setCapStyle(Qt::FlatCap);
    const QFontMetricsF metrics(fontFor(FontRole::Axis));
    painter.setFont(fontFor(FontRole::Axis));
    double lastLabelTop = 1e9;
    for (const double value : layout.scale.ticks) {
        const double y = chartpaint::hairline(layout.y(value) - 0.5);
        if (value != layout.scale.low) {
            painter.setRenderHint(QPainter::Antialiasing, false);
            painter.setPen(dotted);
            painter.drawLine(QPointF(plotRect.left(), y), QPointF(plotRect.right(), y));
            painter.setRenderHint(QPainter::Antialiasing);
        }
        QString label = q->formatter().axisValue(value, layout.scale.step, track.kind);
        if (value == layout.scale.low && value != 0) // not based at zero, and said so
            label = tr("from %1").arg(label);
        double top = y - metrics.height() / 2;
        if (value == layout.scale.low) // sits on the baseline
            top = std::min(top, plotRect.bottom() + 3 - metrics.height());
        if (top + metrics.height() > lastLabelTop + 1)
            continue;
        lastLabelTop = top;
        painter.setPen(tokens.text3);
        const double width = std::max(tabularWidth(painter.font(), label), double(scaled(size::kValueLabelWidth)));
        painter.save();
        mirror(&painter, q);
        drawTabular(&painter, QRectF(edges.left - 7 - width, top, width, metrics.height()), Qt::AlignRight | Qt::AlignVCenter, label);
        painter.restore();
    }
    painter.fillRect(QRectF(plotRect.left(), plotRect.bottom(), plotRect.width(), 1), tokens.borderStrong);
}

void TrackStack::Private::paintSeries(QPainter &painter, const TrackLayout &layout, const Track &track)
{
    if (track.starts.empty())
        return;
    const Tokens &tokens = tokensOf(q);
    const TimeScale scale = timeScale();
    const QColor colour = tokens.seriesColour(track.colour);
    plot.clear();
    const double ratio = paintRatio(painter);
    plot.setSize(QSizeF(layout.plot.size()), ratio);
    std::vector<Instant> middles;
    middles.reserve(track.starts.size());
    for (std::size_t i = 0; i < track.starts.size(); ++i)
        middles.push_back(middleOf(track, std::ptrdiff_t(i)));
    // Only the last bucket can be unfinished.
    const auto last = std::ptrdiff_t(track.values.size()) - 1;
    const std::span finished = std::span(track.values).first(std::size_t(last + (last >= 0 && isUnfinished(track, last) ? 0 : 1)));
    if (track.shape == Track::Shape::Line) {
        PlotStyle style{colour, tokens.isHighContrast ? 2.5 : 1.9, false, 0, 0};
        if (track.isBasedAtZero && !tokens.isHighContrast) {
            style.fillTop = tokens.isDark ? 0.34 : 0.24;
            style.fillBottom = 0.02;
        }
        if (!track.previous.empty())
            plot.addLine(middles, track.previous, scale, layout.scale, {tokens.text3, 1.3, true, 0, 0});
        plot.addLine(middles, finished, scale, layout.scale, style);
    } else {
        std::vector<TimePlot::Bar> bars;
        const auto snap = [ratio](double v) { return std::round(v * ratio) / ratio; };
        for (std::size_t i = 0; i < track.values.size(); ++i) {
            const std::ptrdiff_t index = std::ptrdiff_t(i);
            if (!(track.values[i] > 0) || isUnfinished(track, index))
                continue;
            const double left = scale.clampedX(track.starts[i]) - scale.left;
            const double right = scale.clampedX(endOf(track, index)) - scale.left;
            if (right <= left)
                continue;
            const double gap = std::max(1 / ratio, (right - left) * 0.22);
            const double from = snap(left + (right - left > 3 ? gap / 2 : 0));
            bars.push_back({from, std::max(from + 1 / ratio, snap(right - gap / 2)), track.values[i]});
        }
        plot.addBars(bars, layout.scale, colour);
        if (!track.previous.empty())
            plot.addLine(middles, track.previous, scale, layout.scale, {tokens.text3, 1.3, true, 0, 0});
    }
    painter.save();
    painter.setClipRect(QRectF(layout.plot).adjusted(-2, -3, 2, 1));
    if (keepsShapes(painter))
        plot.paint(painter, layout.plot.topLeft());
    else
        painter.drawImage(layout.plot.topLeft(), plot.render());
    painter.restore();
}

void TrackStack::Private::paintUnfinished(QPainter &painter, const TrackLayout &layout, const Track &track)
{
    const std::ptrdiff_t last = std::ptrdiff_t(track.starts.size()) - 1;
    if (last < 0 || !isUnfinished(track, last))
        return;
    const double value = track.values[std::size_t(last)];
    if (!std::isfinite(value))
        return;
    const Tokens &tokens = tokensOf(q);
    const TimeScale scale = timeScale();
    const QColor colour = tokens.seriesColour(track.colour);
    if (track.shape == Track::Shape::Bars) {
        if (value <= 0)
            return;
        const double left = scale.clampedX(track.starts.back()), right = scale.clampedX(track.end);
        const double gap = std::max(1.0, (right - left) * 0.22);
        const QRectF bar(
            QPointF(chartpaint::hairline(left + gap / 2), chartpaint::hairline(layout.y(value))),
            QPointF(std::max(chartpaint::hairline(left + gap / 2) + 2, chartpaint::hairline(right - gap / 2)),
                    layout.plot.bottom() + 0.5));
        painter.save();
        painter.setClipRect(QRectF(layout.plot).adjusted(0, -2, 1, 1));
        painter.setPen(QPen(colour, 1));
        painter.setBrush(colour::faded(tokens.card, 0.6));
        painter.drawRect(bar);
        painter.restore();
        return;
    }
    const std::ptrdiff_t before = newestComplete(track);
    const QPointF end(scale.clampedX(middleOf(track, last)), layout.y(value));
    if (before == last - 1 && before >= 0) {
        const QPointF from(scale.clampedX(middleOf(track, before)),
                           layout.y(track.values[std::size_t(before)]));
        painter.setPen(QPen(colour::faded(colour, 0.5), 1.9, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(from, end);
    }
    painter.setPen(QPen(colour, 1.4));
    painter.setBrush(tokens.card);
    painter.drawEllipse(end, 2.8, 2.8);
}

void TrackStack::Private::paintGaps(QPainter &painter)
{
    const Tokens &tokens = tokensOf(q);
    const TimeScale scale = timeScale();
    for (const TimeGap &gap : data.gaps) {
        if (!(gap.range.from < data.range.to) || !(data.range.from < gap.range.to))
            continue;
        const double left = scale.clampedX(gap.range.from), right = scale.clampedX(gap.range.to);
        for (const TrackLayout &layout : layouts)
            chartpaint::gapHatch(&painter,
                                 QRectF(left, layout.plot.top(), right - left, layout.plot.height()), tokens,
                                 gap.range.from > data.range.from);
        if (gap.text.isEmpty())
            continue;
        painter.setFont(fontFor(FontRole::AxisStrong));
        const double width = QFontMetricsF(painter.font()).horizontalAdvance(gap.text) + 14;
        // Beside the hatching where there is room, else on it.
        const double labelLeft =
            left - width - 4 >= scale.left ? left - width - 4 : std::min(left + 4, scale.right - width);
        const QRectF label(std::floor(labelLeft), layouts.front().plot.top() + 6, std::ceil(width),
                           scaled(20));
        painter.setPen(QPen(tokens.border, 1));
        painter.setBrush(tokens.card);
        painter.drawRoundedRect(label.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        painter.setPen(tokens.text2);
        drawWords(&painter, label, Qt::AlignCenter, gap.text);
    }
}

void TrackStack::Private::paintMarkers(QPainter &painter)
{
    const Tokens &tokens = tokensOf(q);
    const TimeScale scale = timeScale();
    const QRect area = plots();
    paintMarkerLines(painter, data.markers, scale, hasMarkerLane ? scaled(18) : area.top(), area.bottom(), tokens);
    if (hasMarkerLane)
        paintMarkerFlags(painter, data.markers, groups, flagsLeft(), flagsRight(), tokens);
}

void TrackStack::Private::paintGutter(QPainter &painter, const TrackLayout &layout, const Track &track)
{
    const Tokens &tokens = tokensOf(q);
    const double top = layout.plot.top() - 2;
    const double room = layout.row.bottom() - top;
    const bool isBig = room >= scaled(88);
    const double left = 10, width = edges.left - scaled(size::kValueLabelWidth) - left - 4;

    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.seriesColour(track.colour));
    painter.drawRoundedRect(QRectF(0, top + scaled(2), 3, scaled(13)), 1.5, 1.5);
    painter.setPen(tokens.text);
    painter.setFont(fontFor(FontRole::BodyStrong));
    drawElided(&painter, QRectF(left, top, width, scaled(17)), Qt::AlignLeft | Qt::AlignVCenter, track.name);
    double y = top + scaled(18);
    if (isBig && !track.caption.isEmpty()) {
        painter.setPen(tokens.text2);
        painter.setFont(fontFor(FontRole::Caption));
        drawElided(&painter, QRectF(left, y - 1, width, scaled(16)), Qt::AlignLeft | Qt::AlignVCenter,
                   track.caption);
        y += scaled(18);
    }
    const std::ptrdiff_t index = cursor ? bucketOf(track, *cursor) : newestComplete(track);
    const double value = index < 0 ? std::nan("") : track.values[std::size_t(index)];
    const QFont &valueFont = fontFor(isBig ? FontRole::TrackValue : FontRole::TrackValueSmall);
    const double height = scaled(isBig ? 28 : 21);
    if (y + height > layout.row.bottom() + 4) // no room below the name: beside it
        return;
    painter.setFont(valueFont);
    if (!std::isfinite(value)) {
        painter.setPen(tokens.text3);
        painter.setFont(fontFor(FontRole::Secondary));
        drawElided(&painter, QRectF(left, y, width, height), Qt::AlignLeft | Qt::AlignVCenter, tr("no data"));
        return;
    }
    const NumberText text = q->formatter().value(value, track.kind);
    const double numberWidth = tabularWidth(valueFont, text.number);
    painter.setPen(isStale ? tokens.text3 : tokens.text);
    drawTabular(&painter, QRectF(left, y, numberWidth, height), Qt::AlignLeft | Qt::AlignVCenter,
                text.number);
    double x = left + numberWidth + 3;
    const QFontMetricsF big(valueFont), small(fontFor(FontRole::Caption));
    const double baseline = y + height / 2 + (big.ascent() - big.descent()) / 2;
    painter.setFont(fontFor(FontRole::Caption));
    if (!text.unit.isEmpty()) {
        painter.setPen(tokens.text2);
        const double unitWidth = small.horizontalAdvance(text.unit);
        drawWords(&painter, QRectF(x, baseline - small.ascent(), unitWidth, small.height()), Qt::AlignLeft | Qt::AlignTop, text.unit);
        x += unitWidth + 4;
    }
    const Change change = changeAt(track, index);
    const QString delta =
        change.kind == Change::Kind::None ? QString() : q->formatter().signedPercent(change.amount, 0);
    if (!delta.isEmpty() &&
        x + 4 + tabularWidth(painter.font(), delta) < edges.left - scaled(size::kValueLabelWidth) + 4) {
        painter.setPen(change.mood() < 0 ? tokens.bad : change.mood() > 0 ? tokens.ok : tokens.text2);
        drawTabular(&painter, QRectF(x + 4, baseline - small.ascent(), 60, small.height()),
                    Qt::AlignLeft | Qt::AlignTop, delta);
    }
}

void TrackStack::Private::paintSelection(QPainter &painter)
{
    if (!selection || layouts.empty())
        return;
    const Tokens &tokens = tokensOf(q);
    const TimeScale scale = timeScale();
    const QRectF area(plots());
    const double left = std::round(scale.clampedX(selection->from)),
                 right = std::round(scale.clampedX(selection->to));
    const QColor veil = colour::faded(tokens.card, 0.72);
    for (const TrackLayout &layout : layouts) {
        const QRectF p = QRectF(layout.plot).adjusted(0, -3, 0, 0); // outside keeps 28 % of its strength
        painter.fillRect(QRectF(p.left(), p.top(), left - p.left(), p.height()), veil);
        painter.fillRect(QRectF(right, p.top(), p.right() - right + 1, p.height()), veil);
        painter.fillRect(QRectF(left, p.top(), right - left, p.height() + 1),
                         colour::faded(tokens.accent, tokens.isDark ? 0.16 : 0.11));
    }
    for (const double x : {left, right}) {
        painter.fillRect(QRectF(x - 1, area.top() - 3, 2, area.height() + 3), tokens.accent);
        painter.setPen(QPen(tokens.accent, 1.5));
        painter.setBrush(tokens.card);
        painter.drawRoundedRect(QRectF(x - 3, area.center().y() - 11, 6, 22), 3, 3);
    }
    const QRectF label = selectionLabelRect();
    painter.setPen(QPen(tokens.accent, 1));
    painter.setBrush(tokens.card);
    painter.drawRoundedRect(label.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    painter.setFont(fontFor(FontRole::SecondaryStrong));
    painter.setPen(tokens.text);
    const QRectF words = label.adjusted(9, 0, -9, 0);
    painter.save();
    mirror(&painter, label, q->layoutDirection());
    drawWords(&painter, words, Qt::AlignVCenter | Qt::AlignLeft, selectionText());
    painter.setPen(tokens.accent);
    drawWords(&painter, words, Qt::AlignVCenter | Qt::AlignRight, tr("Zoom \u23CE"));
    painter.restore();
}

void TrackStack::Private::paintCursor(QPainter &painter)
{
    const Tokens &tokens = tokensOf(q);
    const TimeScale scale = timeScale();
    const QRect axis = axisRow();
    const bool isShown = cursor && data.range.from <= *cursor && *cursor <= data.range.to && !layouts.empty();
    const double x = isShown ? scale.x(*cursor) : -1;
    if (!layouts.empty())
        chartpaint::timeLabels(&painter, ticks, scale, axis.top(), axis.height(), x, tokens);
    if (!isShown)
        return;
    const QRect area = plots();
    chartpaint::crosshair(&painter, x, area.top() - 3, axis.top() + 4, tokens);
    for (std::size_t i = 0; i < layouts.size(); ++i) {
        const Track &track = data.tracks[i];
        const std::ptrdiff_t index = bucketOf(track, *cursor);
        if (track.shape != Track::Shape::Line || index < 0 ||
            !std::isfinite(track.values[std::size_t(index)]))
            continue;
        painter.setPen(QPen(tokens.card, 2));
        painter.setBrush(tokens.seriesColour(track.colour));
        painter.drawEllipse(
            QPointF(scale.clampedX(middleOf(track, index)), layouts[i].y(track.values[std::size_t(index)])),
            4.6, 4.6);
    }
    const Track *track = finest();
    const std::ptrdiff_t bucket = track ? bucketOf(*track, *cursor) : -1;
    const Instant named = bucket >= 0 ? track->starts[std::size_t(bucket)] : *cursor;
    const auto width = bucket >= 0 ? endOf(*track, bucket) - named : std::chrono::nanoseconds(0);
    QString text = width >= std::chrono::hours(20) ? q->formatter().shortDate(named)
                   : width > std::chrono::nanoseconds(0) &&
                           width % std::chrono::minutes(1) == std::chrono::nanoseconds(0)
                       ? q->formatter().time(named)
                       : q->formatter().timeSeconds(named);
    if (data.range.to - data.range.from > std::chrono::hours(26) && width < std::chrono::hours(20))
        text = q->formatter().shortDate(named) + QLatin1Char(' ') + text;
    if (isPinned)
        text += QStringLiteral(" \u25CF");
    chartpaint::flag(&painter, x, axis.top() + 4, flagsLeft(), flagsRight(), text, tokens.flag,
                     tokens.onFlag);
}

void TrackStack::Private::paintTooltip(QPainter &painter)
{
    if (tooltip.isEmpty())
        return;
    const Tokens &tokens = tokensOf(q);
    paintPopover(&painter, tooltip, size::kControlRadius, tokens);
    painter.save();
    mirror(&painter, tooltip, q->layoutDirection());
    paintTipRows(painter);
    painter.restore();
}

void TrackStack::Private::paintTipRows(QPainter &painter)
{
    const Tokens &tokens = tokensOf(q);
    const Track &track = data.tracks[std::size_t(hoveredTrack)];
    QRectF line(tooltip.left() + 11, tooltip.top() + (isTooltipCompact ? 0 : 7), tooltip.width() - 22,
                isTooltipCompact ? tooltip.height() : scaled(19));
    if (isTooltipCompact) { // one line for low tracks
        painter.setFont(fontFor(FontRole::Caption));
        painter.setPen(tokens.text2);
        drawWords(&painter, line, Qt::AlignVCenter | Qt::AlignLeft, tooltipRows[0].name);
        painter.setFont(fontFor(FontRole::SecondaryStrong));
        painter.setPen(tokens.text);
        drawWords(&painter, line, Qt::AlignVCenter | Qt::AlignRight, tooltipRows[1].value);
        return;
    }
    for (const TipRow &row : tooltipRows) {
        const double middle = line.center().y();
        if (row.swatch == TipRow::Swatch::Solid) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(tokens.seriesColour(track.colour));
            painter.drawRoundedRect(QRectF(line.left(), middle - 4, 9, 9), 2, 2);
        } else if (row.swatch == TipRow::Swatch::Dashed) {
            QPen pen(tokens.text3, 1.3);
            pen.setDashPattern({3, 2});
            painter.setPen(pen);
            painter.drawLine(QPointF(line.left() - 1, middle + 0.5), QPointF(line.left() + 10, middle + 0.5));
        }
        const bool isMain = row.swatch == TipRow::Swatch::Solid;
        const double indent = row.swatch == TipRow::Swatch::None ? 0 : 17;
        painter.setFont(fontFor(isMain ? FontRole::SecondaryStrong : FontRole::Secondary));
        painter.setPen(isMain ? tokens.text : tokens.text2);
        const double valueWidth = tabularWidth(painter.font(), row.value);
        drawElided(&painter, line.adjusted(indent, 0, -valueWidth - 8, 0), Qt::AlignVCenter | Qt::AlignLeft,
                   row.name);
        drawTabular(&painter, line, Qt::AlignVCenter | Qt::AlignRight, row.value);
        line.translate(0, scaled(19));
    }
}

} // namespace telltale
