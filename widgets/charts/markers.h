// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/timescale.h"
#include "widgets/charts/trackdata.h"

#include <QRectF>

#include <functional>
#include <optional>
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

/// The group whose place is nearest to `x`; −1: there is none.
int nearestFlag(const std::vector<MarkerGroup> &groups, double x);
/// What a group says, with times: "14:08: 4.2.0 first seen". For people who do not see it.
QString flagText(const std::vector<TimeMarker> &markers, const MarkerGroup &group, const Formatter &formatter);
/// All of them in a sentence, "Flags above: …."; empty without any.
QString flagsSentence(const std::vector<TimeMarker> &markers, const std::vector<MarkerGroup> &groups, const Formatter &formatter);

/// What a key does at a flag.
struct FlagStep
{
    int flag = -1;      ///< to which it leads; −1: away from the flags
    bool opens = false; ///< it is chosen
};
/// Left, Right, Home and End lead to others, Down and Escape away, Enter opens. None: `flag` is none of them, or it does not want the key.
/// Times run left to right in every language.
std::optional<FlagStep> flagStep(int key, int flag, const std::vector<MarkerGroup> &groups);

} // namespace telltale
