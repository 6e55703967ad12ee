// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/time.h"
#include "widgets/theme/formatter.h"

#include <QString>

#include <chrono>
#include <vector>

namespace telltale {

/// Time to pixels and back on a linear axis. Half-open range, `left` is where it starts, `right` where it ends. Always left to right.
struct TimeScale
{
    TimeRange range;
    double left = 0;
    double right = 1;

    bool isValid() const { return !range.isEmpty() && !range.isOpen() && right > left; }
    double width() const { return right - left; }
    /// Not clamped.
    double x(Instant at) const;
    /// Clamped to the range.
    double clampedX(Instant at) const;
    /// Clamped to the range.
    Instant at(double x) const;
    std::chrono::nanoseconds perPixel() const;
    friend bool operator==(const TimeScale &, const TimeScale &) = default;
};

/// A tick of a time axis.
struct TimeTick
{
    Instant at;
    QString label;
    bool isDayStart = false; ///< carries the date
    friend bool operator==(const TimeTick &, const TimeTick &) = default;
};

/// The distance between ticks: a fixed number of seconds up to hours, calendar units above.
struct TickStep
{
    enum class Unit { Milliseconds, Days, Weeks, Months, Years };
    Unit unit = Unit::Milliseconds;
    int count = 1;
    friend bool operator==(const TickStep &, const TickStep &) = default;
};

/// The finest of 1 ms … 12 h, 1 d, 2 d, 1 w, 1 M, 3 M, 1 y … whose ticks stand at least `leastPixels` apart.
TickStep tickStepFor(std::chrono::nanoseconds range, double pixels, double leastPixels = 78);
/// Instants at multiples of the step in local time, from local midnight on each day: a day of 23 or 25 hours has no label twice and none
/// that does not exist. At most 1,000.
std::vector<Instant> timeTicks(TimeRange range, const TickStep &step, const ZoneOffset &offset);
/// With labels; the first tick of each local day carries the date.
std::vector<TimeTick> labelledTicks(const TimeScale &scale, const Formatter &formatter,
                                    double leastPixels = 78);

/// Start of the local day that holds `at` (where clocks skip midnight: the first instant of that day).
Instant localMidnight(Instant at, const ZoneOffset &offset);
/// The instant when local clocks show this many seconds since 1970-01-01T00:00 local; the earlier of two, the first valid of none.
Instant fromLocalSeconds(std::int64_t localSeconds, const ZoneOffset &offset);

} // namespace telltale
