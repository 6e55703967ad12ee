// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/chartpaint.h"

#include "widgets/theme/colourmath.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/mirroring.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace telltale::chartpaint {

namespace {

constexpr double kFlagPadding = 7;
constexpr double kLeastToFlag = 44;

} // namespace

double hairline(double x)
{
    return std::floor(x) + 0.5;
}

void gapHatch(QPainter *painter, const QRectF &rect, const Tokens &tokens, bool hasEdge)
{
    if (rect.width() < 1)
        return;
    painter->save();
    painter->setClipRect(rect, Qt::IntersectClip);
    painter->fillRect(rect, colour::faded(tokens.card, 0.82));
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(colour::faded(tokens.borderStrong, 0.75), 1));
    // Counted from a fixed origin, so that neighbouring tracks continue each other's lines.
    constexpr double kStep = 6;
    const double reach = rect.height();
    const double first = std::floor((rect.left() + rect.top()) / kStep) * kStep;
    for (double d = first; d < rect.right() + rect.top() + reach + kStep; d += kStep) { // lines x + y = d, as far as the edges
        const double top = std::max(rect.top(), d - rect.right()), bottom = std::min(rect.bottom(), d - rect.left());
        if (top < bottom)
            painter->drawLine(QPointF(d - top, top), QPointF(d - bottom, bottom));
    }
    if (hasEdge) {
        painter->setRenderHint(QPainter::Antialiasing, false);
        painter->fillRect(QRectF(std::floor(rect.left()), rect.top(), 1, rect.height()), tokens.borderStrong);
    }
    painter->restore();
}

QRectF flagRect(double centre, double top, double left, double right, const QString &text)
{
    const double width = std::ceil(tabularWidth(fontFor(FontRole::AxisStrong), text)) + 2 * kFlagPadding;
    const double start = std::clamp(centre - width / 2, left, std::max(left, right - width));
    return {std::round(start), top, width, double(scaled(18))};
}

QRectF flag(QPainter *painter, double centre, double top, double left, double right, const QString &text,
            const QColor &ground, const QColor &ink)
{
    const QRectF rect = flagRect(centre, top, left, right, text);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(ground);
    painter->drawRoundedRect(rect, 4, 4);
    painter->setPen(ink);
    painter->setFont(fontFor(FontRole::AxisStrong));
    drawTabular(painter, rect, Qt::AlignCenter, text);
    painter->restore();
    return rect;
}

void timeLabels(QPainter *painter, const std::vector<TimeTick> &ticks, const TimeScale &scale, double top,
                double height, double flagX, const Tokens &tokens)
{
    painter->save();
    const QFontMetricsF metrics(fontFor(FontRole::Axis));
    double lastRight = -1e9;
    for (const TimeTick &tick : ticks) {
        const double x = scale.x(tick.at);
        if (tick.label.isEmpty() || (flagX >= 0 && std::abs(x - flagX) < kLeastToFlag))
            continue;
        const QFont &labelFont = fontFor(tick.isDayStart ? FontRole::AxisStrong : FontRole::Axis);
        const double width = std::ceil(QFontMetricsF(labelFont).horizontalAdvance(tick.label)) + 2;
        const double start =
            std::clamp(x - width / 2, scale.left - 2, std::max(scale.left, scale.right + 10 - width));
        if (start < lastRight + 6)
            continue;
        painter->setFont(labelFont);
        painter->setPen(tick.isDayStart ? tokens.text2 : tokens.text3);
        drawWords(painter, QRectF(start, top, width, height), Qt::AlignCenter, tick.label);
        lastRight = start + width;
    }
    painter->restore();
}

void crosshair(QPainter *painter, double x, double top, double bottom, const Tokens &tokens)
{
    painter->fillRect(QRectF(std::floor(x), top, tokens.isHighContrast ? 2 : 1, bottom - top),
                      tokens.crosshair);
}

} // namespace telltale::chartpaint
