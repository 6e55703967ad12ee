// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/timescale.h"
#include "widgets/charts/trackdata.h"

#include <QRectF>

#include <functional>
#include <vector>

class QPainter;
class QPoint;
class QWidget;

/// Flags of releases, notes and alerts above a chart, and their lines through it.
namespace telltale {

/// Flags that would overlap share one.
struct MarkerGroup
{
    std::vector<int> markers; ///< by their places
    double x = 0;
    QRectF rect;
    QString text;
};

/// Those within the scale's range, from left to right; `left` and `right` bound the flags.
std::vector<MarkerGroup> groupMarkers(const std::vector<TimeMarker> &markers, const TimeScale &scale, double left, double right);
void paintMarkerLines(QPainter &painter, const std::vector<TimeMarker> &markers, const TimeScale &scale, double top, double bottom,
                      const Tokens &tokens);
void paintMarkerFlags(QPainter &painter, const std::vector<TimeMarker> &markers, const std::vector<MarkerGroup> &groups, double left, double right,
                      const Tokens &tokens);
/// Calls `use` with the one marker of a group, or with that which is chosen from a list at `globalPosition`.
void chooseMarker(QWidget *chart, const std::vector<TimeMarker> &markers, const MarkerGroup &group, const Formatter &formatter,
                  const QPoint &globalPosition, std::function<void(const TimeMarker &)> use);

} // namespace telltale
