// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/sparkline.h"

#include "widgets/theme/colourmath.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/mirroring.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace telltale {

void paintSparkline(QPainter *painter, const QRectF &rect, std::span<const double> values,
                    const QColor &colour, const Tokens &tokens)
{
    const Upright upright(painter, rect);
    constexpr double kDot = 2.6;
    double low = HUGE_VAL, high = -HUGE_VAL;
    std::size_t known = 0, last = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i]))
            continue;
        low = std::min(low, values[i]);
        high = std::max(high, values[i]);
        ++known;
        last = i;
    }
    if (known < 2)
        return;
    const QRectF plot = rect.adjusted(1, kDot + 0.5, -kDot - 0.5, -kDot - 0.5);
    const double spread = high > low ? high - low : 1;
    const auto point = [&](std::size_t i) {
        const double share = high > low ? (values[i] - low) / spread : 0.5;
        return QPointF(plot.left() + plot.width() * double(i) / double(values.size() - 1),
                       plot.bottom() - share * plot.height());
    };
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QLinearGradient fade(0, plot.top(), 0, rect.bottom());
    fade.setColorAt(0, colour::faded(colour, tokens.isDark ? 0.26 : 0.18));
    fade.setColorAt(1, colour::faded(colour, 0));
    for (std::size_t i = 0; i < values.size();) { // one run without holes at a time
        if (!std::isfinite(values[i])) {
            ++i;
            continue;
        }
        const std::size_t first = i;
        QPainterPath line(point(i));
        for (++i; i < values.size() && std::isfinite(values[i]); ++i)
            line.lineTo(point(i));
        QPainterPath area = line;
        area.lineTo(point(i - 1).x(), rect.bottom());
        area.lineTo(point(first).x(), rect.bottom());
        area.closeSubpath();
        if (!tokens.isHighContrast)
            painter->fillPath(area, fade);
        painter->setBrush(Qt::NoBrush);
        painter->setPen(
            QPen(colour, tokens.isHighContrast ? 2 : 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->drawPath(line);
    }
    painter->setPen(Qt::NoPen);
    painter->setBrush(colour);
    painter->drawEllipse(point(last), kDot, kDot);
    painter->restore();
}

namespace {

template<typename ColourOf>
void paintBars(QPainter *painter, const QRectF &rect, std::span<const double> values, ColourOf colourOf)
{
    double high = 0;
    for (const double value : values)
        if (std::isfinite(value))
            high = std::max(high, value);
    if (values.empty())
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing, false);
    // Whole device pixels: thin bars on halves would look like fog.
    const double ratio = paintRatio(*painter);
    const auto snap = [ratio](double v) { return std::round(v * ratio) / ratio; };
    const double step = rect.width() / double(values.size());
    const double gap = step > 3 ? std::max(1.0, std::floor(step * 0.25)) : std::min(1.0, step * 0.34);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double left = snap(rect.left() + step * double(i));
        const double right = std::max(left + 1 / ratio, snap(rect.left() + step * double(i + 1) - gap));
        const double value = std::isfinite(values[i]) ? std::max(values[i], 0.0) : 0;
        const double height = value <= 0 ? 1 / ratio : std::max(2.0, snap(value / high * rect.height()));
        painter->fillRect(QRectF(left, snap(rect.bottom()) - height, right - left, height),
                          colourOf(i, value));
    }
    painter->restore();
}

} // namespace

void paintSparkBars(QPainter *painter, const QRectF &rect, std::span<const double> values, int badFrom,
                    const Tokens &tokens)
{
    const Upright upright(painter, rect);
    const QColor grey = colour::mixOklab(tokens.borderStrong, tokens.card, tokens.isDark ? 0.25 : 0.42);
    paintBars(painter, rect, values, [&](std::size_t i, double value) {
        return value <= 0 ? tokens.border : badFrom >= 0 && int(i) >= badFrom ? tokens.bad : grey;
    });
}

void paintSparkBars(QPainter *painter, const QRectF &rect, std::span<const double> values,
                    const QColor &colour)
{
    const Upright upright(painter, rect);
    paintBars(painter, rect, values,
              [&](std::size_t, double value) { return value <= 0 ? colour::faded(colour, 0.35) : colour; });
}

Sparkline::Sparkline(QWidget *parent)
    : QWidget(parent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void Sparkline::setValues(std::vector<double> values)
{
    m_values = std::move(values);
    update();
}

void Sparkline::setInk(Ink ink)
{
    m_ink = ink;
    update();
}

void Sparkline::setShape(Shape shape, int badFrom)
{
    m_shape = shape;
    m_badFrom = badFrom;
    update();
}

void Sparkline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &tokens = tokensOf(this);
    if (m_shape == Shape::Line)
        paintSparkline(&painter, rect(), m_values, tokens.ink(m_ink), tokens);
    else
        paintSparkBars(&painter, rect(), m_values, m_badFrom, tokens);
}

} // namespace telltale
