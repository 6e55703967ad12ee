// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/timescale.h"

#include "translations/localeformats.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace telltale {

namespace {

constexpr std::int64_t kNsPerMs = 1'000'000;
constexpr std::int64_t kNsPerS = 1'000'000'000;
constexpr std::int64_t kDayS = 86'400;
constexpr std::size_t kMostTicks = 1000;

std::int64_t floorDiv(std::int64_t a, std::int64_t b)
{
    return a / b - ((a % b != 0 && (a < 0) != (b < 0)) ? 1 : 0);
}

/// What local clocks show, in seconds since 1970 local.
std::int64_t localSecondsAt(Instant at, const ZoneOffset &offset)
{
    return floorDiv(at.ns, kNsPerS) + offset(at);
}

std::chrono::sys_days dayOf(std::int64_t localSeconds)
{
    return std::chrono::sys_days(std::chrono::days(floorDiv(localSeconds, kDayS)));
}

std::int64_t secondsOf(std::chrono::year_month_day date)
{
    return std::int64_t(std::chrono::sys_days(date).time_since_epoch().count()) * kDayS;
}

/// The local day, week, month or year start that holds `localSeconds`, and the ones after it by `steps`.
std::int64_t calendarStart(std::int64_t localSeconds, const TickStep &step, int steps)
{
    using namespace std::chrono;
    const sys_days day = dayOf(localSeconds);
    const year_month_day date(day);
    switch (step.unit) {
    case TickStep::Unit::Days: {
        // Pairs of days are counted from 1970 so that ticks stay where they are while the range moves.
        const std::int64_t index = floorDiv(day.time_since_epoch().count(), step.count) + steps;
        return index * step.count * kDayS;
    }
    case TickStep::Unit::Weeks: {
        // Weeks since the Monday before 1970-01-01, which was a Thursday.
        const std::int64_t week =
            floorDiv(floorDiv(day.time_since_epoch().count() + 3, 7), step.count) + steps;
        return (week * step.count * 7 - 3) * kDayS;
    }
    case TickStep::Unit::Months: {
        const std::int64_t month = std::int64_t(int(date.year())) * 12 + unsigned(date.month()) - 1;
        const std::int64_t start = (floorDiv(month, step.count) + steps) * step.count;
        return secondsOf(year_month_day(year(int(floorDiv(start, 12))),
                                        std::chrono::month(unsigned(start - floorDiv(start, 12) * 12) + 1),
                                        std::chrono::day(1)));
    }
    case TickStep::Unit::Years: {
        const std::int64_t start = (floorDiv(int(date.year()), step.count) + steps) * step.count;
        return secondsOf(year_month_day(year(int(start)), January, std::chrono::day(1)));
    }
    case TickStep::Unit::Milliseconds:
        break;
    }
    return localSeconds;
}

} // namespace

double TimeScale::x(Instant at) const
{
    // Differences of nanoseconds stay exact; only their quotient is a double.
    return left + double(at.ns - range.from.ns) / double(range.to.ns - range.from.ns) * (right - left);
}

double TimeScale::clampedX(Instant at) const
{
    return x(std::clamp(at, range.from, range.to));
}

Instant TimeScale::at(double x) const
{
    const double share = std::clamp((x - left) / (right - left), 0.0, 1.0);
    const std::int64_t ns =
        range.from.ns + std::int64_t(std::llround(share * double(range.to.ns - range.from.ns)));
    return {std::clamp(ns, range.from.ns, range.to.ns)};
}

std::chrono::nanoseconds TimeScale::perPixel() const
{
    return std::chrono::nanoseconds(
        std::int64_t(double(range.to.ns - range.from.ns) / std::max(1.0, width())));
}

Instant fromLocalSeconds(std::int64_t localSeconds, const ZoneOffset &offset)
{
    // Offsets before and after a change of clocks both lie within a day of the guess.
    const Instant guess{localSeconds * kNsPerS};
    const int before = offset(guess - std::chrono::hours(26)), after = offset(guess + std::chrono::hours(26));
    std::optional<Instant> found;
    for (const int candidate : {before, after, offset(guess - std::chrono::seconds(before)),
                                offset(guess - std::chrono::seconds(after))}) {
        const Instant at = guess - std::chrono::seconds(candidate);
        if (offset(at) == candidate && (!found || at < *found))
            found = at;
    }
    if (found)
        return *found;
    // Clocks skip this time: the first instant after the jump. The jump lies between the two readings.
    std::int64_t low = std::min(localSeconds - before, localSeconds - after);
    std::int64_t high = std::max(localSeconds - before, localSeconds - after);
    while (high - low > 1) {
        const std::int64_t middle = low + (high - low) / 2;
        (offset({middle * kNsPerS}) == before ? low : high) = middle;
    }
    return {high * kNsPerS};
}

Instant localMidnight(Instant at, const ZoneOffset &offset)
{
    return fromLocalSeconds(floorDiv(localSecondsAt(at, offset), kDayS) * kDayS, offset);
}

TickStep tickStepFor(std::chrono::nanoseconds range, double pixels, double leastPixels)
{
    using U = TickStep::Unit;
    static constexpr std::array<int, 26> kMs{1,       2,       5,        10,       20,      50,     100,
                                             200,     500,     1000,     2000,     5000,    10000,  15000,
                                             30000,   60000,   120000,   300000,   600000,  900000, 1800000,
                                             3600000, 7200000, 10800000, 21600000, 43200000};
    const double least = double(range.count()) / std::max(1.0, pixels) * leastPixels; // ns
    for (const int ms : kMs)
        if (double(ms) * kNsPerMs >= least)
            return {U::Milliseconds, ms};
    const double days = least / (double(kDayS) * kNsPerS);
    if (days <= 1)
        return {U::Days, 1};
    if (days <= 2)
        return {U::Days, 2};
    if (days <= 7)
        return {U::Weeks, 1};
    if (days <= 14)
        return {U::Weeks, 2};
    for (const int months : {1, 3, 6})
        if (days <= months * 28)
            return {U::Months, months};
    for (const int years : {1, 2, 5, 10, 20, 50})
        if (days <= years * 365)
            return {U::Years, years};
    return {U::Years, 100};
}

std::vector<Instant> timeTicks(TimeRange range, const TickStep &step, const ZoneOffset &offset)
{
    std::vector<Instant> ticks;
    if (range.isEmpty() || range.isOpen() || step.count <= 0)
        return ticks;
    const auto add = [&](Instant at) {
        if (range.contains(at) && (ticks.empty() || ticks.back() < at))
            ticks.push_back(at);
    };
    if (step.unit != TickStep::Unit::Milliseconds) {
        const std::int64_t first = localSecondsAt(range.from, offset);
        for (int i = 0; ticks.size() < kMostTicks; ++i) {
            const Instant at = fromLocalSeconds(calendarStart(first, step, i), offset);
            if (!(at < range.to))
                break;
            add(at);
        }
        return ticks;
    }
    const std::int64_t stepNs = std::int64_t(step.count) * kNsPerMs;
    // Days are laid out one by one: after a change of clocks multiples start again at local midnight.
    for (Instant day = localMidnight(range.from, offset); day < range.to && ticks.size() < kMostTicks;) {
        const Instant nextDay =
            fromLocalSeconds((floorDiv(localSecondsAt(day, offset), kDayS) + 1) * kDayS, offset);
        const Instant end = std::min(nextDay, range.to);
        if (step.count < 3'600'000) { // elapsed time is local time but for the rare odd zone
            const std::int64_t skip =
                std::max<std::int64_t>(0, (range.from.ns - day.ns + stepNs - 1) / stepNs);
            for (Instant at{day.ns + skip * stepNs}; at < end && ticks.size() < kMostTicks;
                 at = {at.ns + stepNs})
                add(at);
        } else {
            // By the clock on the wall: 06:00 is 06:00 on days of 23 and 25 hours too.
            const std::int64_t start = floorDiv(localSecondsAt(day, offset), kDayS) * kDayS;
            for (std::int64_t s = 0; s < kDayS; s += step.count / 1000) {
                const Instant at = fromLocalSeconds(start + s, offset);
                // A skipped hour answers with the instant of the jump, which belongs to another label.
                if (at < end && localSecondsAt(at, offset) == start + s)
                    add(at);
            }
        }
        if (!(day < nextDay))
            break;
        day = nextDay;
    }
    return ticks;
}

std::vector<TimeTick> labelledTicks(const TimeScale &scale, const Formatter &formatter, double leastPixels)
{
    std::vector<TimeTick> ticks;
    if (!scale.isValid())
        return ticks;
    const TickStep step = tickStepFor(scale.range.to - scale.range.from, scale.width(), leastPixels);
    const ZoneOffset &offset = formatter.offset();
    for (const Instant at : timeTicks(scale.range, step, offset)) {
        TimeTick tick{at, {}, step.unit == TickStep::Unit::Milliseconds && localMidnight(at, offset) == at};
        switch (step.unit) {
        case TickStep::Unit::Milliseconds:
            tick.label = tick.isDayStart       ? formatter.shortDate(at)
                         : step.count < 1000   ? formatter.timeMilliseconds(at)
                         : step.count < 60'000 ? formatter.timeSeconds(at)
                                               : formatter.time(at);
            break;
        case TickStep::Unit::Days:
        case TickStep::Unit::Weeks:
            tick.label = formatter.shortDate(at);
            break;
        case TickStep::Unit::Months:
            tick.label = formatter.month(at);
            break;
        case TickStep::Unit::Years:
            tick.label =
                digits(formatter.locale(), int(std::chrono::year_month_day(dayOf(localSecondsAt(at, offset))).year()));
            break;
        }
        // When clocks go back an hour comes twice; its second pass keeps the lines and loses the labels.
        const auto isRepeat = [&](const TimeTick &earlier) {
            return earlier.label == tick.label && at - earlier.at < std::chrono::hours(3);
        };
        if (std::any_of(ticks.begin(), ticks.end(), isRepeat))
            tick.label.clear();
        ticks.push_back(std::move(tick));
    }
    return ticks;
}

} // namespace telltale
