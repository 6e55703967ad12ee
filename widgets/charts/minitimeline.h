// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/time.h"
#include "widgets/theme/tokens.h"

#include <QPointF>

#include <chrono>
#include <span>
#include <vector>

class QPainter;
class QRectF;

namespace telltale {

/// One stretch on a screen, in that screen's colour.
struct MiniStretch
{
    TimeRange range;
    SeriesSlot colour = SeriesSlot::Other;
    friend bool operator==(const MiniStretch &, const MiniStretch &) = default;
};

/// A session in one line of a list.
struct MiniTimeline
{
    TimeRange range; ///< of the session
    std::chrono::nanoseconds
        longest{}; ///< of the list's sessions: what fills the whole width; 0: this one does
    std::vector<MiniStretch> stretches;
    std::vector<Instant> errors;
};

/// Draws it into `rect` (about 8 px of it are bars, diamonds reach a little further). For delegates; always left to right.
void paintMiniTimeline(QPainter *painter, const QRectF &rect, const MiniTimeline &timeline,
                       const Tokens &tokens);
/// A diamond, triangle or dot: the mark of a level, shape first. `severity` after OpenTelemetry: 17 and up error, 13 and up warning.
void paintLevelMark(QPainter *painter, const QPointF &centre, int severity, const Tokens &tokens,
                    double radius = 5);

} // namespace telltale
