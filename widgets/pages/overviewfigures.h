// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/analysis/engine.h"
#include "widgets/charts/trackdata.h"
#include "widgets/pages/kpirow.h"

#include <QString>

#include <array>
#include <span>

/// The numbers of the overview, from answers. Pure but for translation.
namespace telltale {

/// The scope, only spans that load a screen or a page: operations whose name says so.
Scope withScreenLoads(const Scope &scope);
/// "60 min", "6 h", "28 days"
QString lengthText(std::chrono::nanoseconds length);
/// What to look at first: many users, and more of it lately than before.
double urgency(const ErrorGroupRow &row);

struct OverviewFigures
{
    const Pulse *now = nullptr;
    const Pulse *load = nullptr;
    const Pulse *before = nullptr; ///< null: no comparison
    const Pulse *loadBefore = nullptr;
    bool isScreenLoad = true; ///< else the latencies are over all spans
    QString spanText;
    QString asOf;
    QString against; ///< "vs last week"; empty: the period before

    std::array<KpiFigure, KpiRow::kTiles> make() const;
};

/// `shift`: how much earlier the buckets of `before` are.
Track interactionTrack(std::span<const ActivityRow> rows, std::span<const ActivityRow> before,
                       std::chrono::nanoseconds shift, ActivityStep step,
                       std::optional<Instant> now = std::nullopt);
/// Sums as bars, some 60 of them: more would flicker against the pixels.
Track barTrack(std::span<const Instant> starts, std::span<const double> values, std::chrono::nanoseconds length,
               ActivityStep step);
Track errorTrack(std::span<const ActivityRow> rows, std::chrono::nanoseconds length, ActivityStep step);
Track loadTrack(std::span<const LatencyRow> rows, std::span<const LatencyRow> before,
                std::chrono::nanoseconds shift, ActivityStep step, bool isScreenLoad);

} // namespace telltale
