// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/minitimeline.h"

#include "widgets/theme/colourmath.h"
#include "widgets/theme/mirroring.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace telltale {

void paintMiniTimeline(QPainter *painter, const QRectF &rect, const MiniTimeline &timeline,
                       const Tokens &tokens)
{
    const Upright upright(painter, rect);
    constexpr double kBarHeight = 8;
    const std::int64_t length = std::max<std::int64_t>(1, (timeline.range.to - timeline.range.from).count());
    const std::int64_t whole = std::max<std::int64_t>(length, timeline.longest.count());
    const double width = std::max(3.0, rect.width() * double(length) / double(whole));
    const auto x = [&](Instant at) {
        const double share = std::clamp(double(at.ns - timeline.range.from.ns) / double(length), 0.0, 1.0);
        return rect.left() + share * width;
    };
    const double top = std::round(rect.center().y() - kBarHeight / 2);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->fillRect(QRectF(rect.left(), top, std::round(width), kBarHeight), tokens.neutralSoft);
    for (const MiniStretch &stretch : timeline.stretches) {
        const double left = std::round(x(stretch.range.from)), right = std::round(x(stretch.range.to));
        // One pixel between screens, but a short visit is still seen.
        painter->fillRect(QRectF(left, top, std::max(1.0, right - left - 1), kBarHeight),
                          colour::mixOklab(tokens.seriesColour(stretch.colour), tokens.card, 0.16));
    }
    painter->setRenderHint(QPainter::Antialiasing);
    for (const Instant at : timeline.errors) {
        const QPointF c(x(at), rect.center().y());
        painter->setPen(QPen(tokens.card, 1.6));
        painter->setBrush(tokens.bad);
        const double r = 5.4;
        painter->drawPolygon(
            QPolygonF({c + QPointF(0, -r), c + QPointF(r, 0), c + QPointF(0, r), c + QPointF(-r, 0)}));
    }
    painter->restore();
}

void paintLevelMark(QPainter *painter, const QPointF &centre, int severity, const Tokens &tokens,
                    double radius)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    if (severity >= 17) {
        painter->setBrush(tokens.bad);
        painter->drawPolygon(QPolygonF({centre + QPointF(0, -radius), centre + QPointF(radius, 0),
                                        centre + QPointF(0, radius), centre + QPointF(-radius, 0)}));
    } else if (severity >= 13) {
        painter->setBrush(tokens.warn);
        painter->drawPolygon(
            QPolygonF({centre + QPointF(0, -radius * 0.95), centre + QPointF(radius, radius * 0.8),
                       centre + QPointF(-radius, radius * 0.8)}));
    } else {
        painter->setBrush(tokens.text3);
        painter->drawEllipse(centre, radius * 0.62, radius * 0.62);
    }
    painter->restore();
}

} // namespace telltale
