// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "widgets/charts/sessiontimeline.h"
#include "widgets/theme/formatter.h"

#include <QStringList>

#include <vector>

namespace telltale {

/// How numbers of a unit are written.
struct UnitWriting
{
    ValueKind kind = ValueKind::Decimal;
    double factor = 1; ///< from the unit as sent to what `kind` counts in
    QString unit;      ///< to say after the number; empty when that says it
};
/// Of a unit in UCUM, as OpenTelemetry has it: bytes, times and per cents in people's words, "{tap}" without its braces, others
/// as they were sent. "1" is a share where the metric's name says so.
UnitWriting writingOf(const QString &unit, const QString &metric = {});

/// The metrics of a session as tracks of its timeline.
struct MetricTracks
{
    static constexpr std::size_t kMost = 4; ///< as many as can be read beside the other tracks

    std::vector<SessionTimelineData::Lane> lanes; ///< processor, memory and frames first, then those with the most points
    QStringList others;                           ///< names of those there is no room for
};
/// Lines break where points are missing: three times their usual distance and more. Pure.
MetricTracks metricTracks(const std::vector<SessionMetric> &metrics);

} // namespace telltale
