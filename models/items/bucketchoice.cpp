// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/bucketchoice.h"

#include <QCoreApplication>

#include <array>
#include <cmath>
#include <limits>

namespace telltale {

namespace {

using namespace std::chrono_literals;

constexpr std::array kSteps = {ActivityStep::Second,      ActivityStep::FifteenSeconds, ActivityStep::Minute,
                               ActivityStep::FiveMinutes, ActivityStep::FifteenMinutes, ActivityStep::Hour,
                               ActivityStep::Day};

constexpr double kMostBuckets = 700; ///< a screen shows no more points

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(telltale::BucketChoice)
};

double ratio(std::chrono::nanoseconds a, std::chrono::nanoseconds b)
{
    return static_cast<double>(a.count()) / static_cast<double>(b.count());
}

} // namespace

std::span<const ActivityStep> activitySteps()
{
    return kSteps;
}

bool isUsableStep(std::chrono::nanoseconds width, ActivityStep step)
{
    const double buckets = ratio(width, widthOf(step));
    return buckets >= 2 && buckets <= kMostBuckets;
}

ActivityStep activityStepFor(std::chrono::nanoseconds width)
{
    ActivityStep best = ActivityStep::Day;
    double bestDistance = std::numeric_limits<double>::max();
    for (const ActivityStep step : kSteps) {
        const double buckets = ratio(width, widthOf(step));
        if (buckets > kMostBuckets && step != ActivityStep::Day)
            continue;
        // How far outside 120..300, as a factor: too many is as bad as too few.
        const double distance = buckets > 300   ? std::log(buckets / 300)
                                : buckets < 120 ? std::log(120 / buckets)
                                                : 0;
        if (distance < bestDistance) {
            best = step;
            bestDistance = distance;
        }
    }
    return best;
}

std::chrono::nanoseconds widthOf(ActivityStep step)
{
    switch (step) {
    case ActivityStep::Second:
        return 1s;
    case ActivityStep::FifteenSeconds:
        return 15s;
    case ActivityStep::Minute:
        return 1min;
    case ActivityStep::FiveMinutes:
        return 5min;
    case ActivityStep::FifteenMinutes:
        return 15min;
    case ActivityStep::Hour:
        return 1h;
    case ActivityStep::Day:
        break;
    }
    return 24h;
}

QString stepText(ActivityStep step)
{
    switch (step) {
    case ActivityStep::Second:
        return Words::tr("1 s");
    case ActivityStep::FifteenSeconds:
        return Words::tr("15 s");
    case ActivityStep::Minute:
        return Words::tr("1 min");
    case ActivityStep::FiveMinutes:
        return Words::tr("5 min");
    case ActivityStep::FifteenMinutes:
        return Words::tr("15 min");
    case ActivityStep::Hour:
        return Words::tr("1 h");
    case ActivityStep::Day:
        break;
    }
    return Words::tr("1 day");
}

int bucketsPerBar(std::chrono::nanoseconds width, ActivityStep step)
{
    const double buckets = ratio(width, widthOf(step));
    // Multiples that end on a whole minute, hour or day.
    const std::array<int, 6> factors = step == ActivityStep::Second ? std::array{1, 5, 15, 30, 60, 60}
                                       : step == ActivityStep::FifteenSeconds ? std::array{1, 2, 4, 8, 20, 20}
                                       : step == ActivityStep::Hour ? std::array{1, 3, 6, 12, 24, 24}
                                       : step == ActivityStep::Day  ? std::array{1, 1, 1, 1, 1, 1}
                                                                    : std::array{1, 2, 3, 4, 6, 12};
    for (const int factor : factors) {
        if (buckets / factor <= 75)
            return factor;
    }
    return factors.back();
}

HeatmapColumns heatmapColumnsFor(std::chrono::nanoseconds width)
{
    if (width <= 2h)
        return HeatmapColumns::Minute;
    if (width <= 4 * 24h)
        return HeatmapColumns::Hour;
    return width <= 120 * 24h ? HeatmapColumns::Day : HeatmapColumns::Week;
}

QString columnText(HeatmapColumns columns)
{
    switch (columns) {
    case HeatmapColumns::Minute:
        return Words::tr("minute");
    case HeatmapColumns::Hour:
        return Words::tr("hour");
    case HeatmapColumns::Week:
        return Words::tr("week");
    case HeatmapColumns::WeekdayHour:
        return Words::tr("weekday and hour");
    case HeatmapColumns::Release:
        return Words::tr("release");
    case HeatmapColumns::Day:
        break;
    }
    return Words::tr("day");
}

} // namespace telltale
