// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/time.h"
#include "widgets/theme/formatter.h"

#include <QString>

#include <optional>
#include <vector>

namespace telltale {

struct HeatRow
{
    QString id;
    QString label;
    std::optional<double> total; ///< shown as a bar at the right of wide panels
    friend bool operator==(const HeatRow &, const HeatRow &) = default;
};

struct HeatColumn
{
    QString label;                  ///< for the axis of columns that are no times, and for words
    std::optional<TimeRange> range; ///< of time columns
    bool isGroupStart = false;      ///< 2 px more before it: the first day of a week
    bool isSilent = false;          ///< nothing was received any more: its unknown values are that
    friend bool operator==(const HeatColumn &, const HeatColumn &) = default;
};

/// Everything a heatmap shows.
struct HeatGrid
{
    std::vector<HeatRow> rows;
    std::vector<HeatColumn> columns;
    std::vector<double> values; ///< rows x columns, row by row; NaN: not tracked or not received there, which is not 0
    ValueKind kind = ValueKind::Count;
    QString unit; ///< "users"; after numbers, in legend and words
    /// With a range, columns stand at their times on that axis, aligned with the tracks above; else they share the width equally.
    std::optional<TimeRange> range;
    /// Print a column's label below every n-th column; 0: as many as fit. Only without a range.
    int labelEvery = 0;

    double at(std::size_t row, std::size_t column) const { return values[row * columns.size() + column]; }
    friend bool operator==(const HeatGrid &, const HeatGrid &) = default;
};

} // namespace telltale
