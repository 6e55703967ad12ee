// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/timescale.h"
#include "widgets/theme/tokens.h"

#include <QRectF>
#include <QString>

class QPainter;

/// Pieces that several charts draw alike.
namespace telltale::chartpaint {

/// Centre of the pixel that holds `x`, for hairlines.
double hairline(double x);
/// Diagonal lines over a time without data, with a solid edge at its start.
void gapHatch(QPainter *painter, const QRectF &rect, const Tokens &tokens, bool hasEdge = true);
/// A dark label; answers its rectangle. `centre` is kept within [left, right].
QRectF flag(QPainter *painter, double centre, double top, double left, double right, const QString &text,
            const QColor &ground, const QColor &ink);
QRectF flagRect(double centre, double top, double left, double right, const QString &text);
/// Labels of a time axis; those nearer than 44 px to `flagX` (below 0: none) are left out. `top` is the row's.
void timeLabels(QPainter *painter, const std::vector<TimeTick> &ticks, const TimeScale &scale, double top,
                double height, double flagX, const Tokens &tokens);
/// A vertical line through a chart.
void crosshair(QPainter *painter, double x, double top, double bottom, const Tokens &tokens);

} // namespace telltale::chartpaint
