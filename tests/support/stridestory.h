// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/bucketchoice.h"
#include "tests/support/strideengine.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

/// What happens in StrideEngine's world, as functions of time: who uses what, how slow it is, what breaks.
namespace telltale::stride {

using namespace std::chrono_literals;

struct FeatureShape
{
    const char *name;
    double weight;
};
inline constexpr std::array kFeatures = {
    FeatureShape{"Start workout", 1.0},     FeatureShape{"Live route map", 0.82},
    FeatureShape{"Heart-rate zones", 0.66}, FeatureShape{"Training plan", 0.55},
    FeatureShape{"Friends feed", 0.6},      FeatureShape{"Meal log", 0.36},
    FeatureShape{"Interval timer", 0.27},   FeatureShape{"Share summary", 0.2},
    FeatureShape{"Challenges", 0.17},       FeatureShape{"Sleep insights", 0.12},
    FeatureShape{"Export GPX", 0.05},
};

struct ScreenShape
{
    const char *name;
    double lower, median, upper, weight;
};
inline constexpr std::array kScreens = {
    ScreenShape{"Live route map", 62, 148, 312, 0.7},
    ScreenShape{"Workout", 55, 121, 262, 0.9},
    ScreenShape{"Training plan", 24, 58, 122, 0.5},
    ScreenShape{"Friends feed", 18, 47, 141, 0.8},
    ScreenShape{"Summary", 14, 33, 72, 0.4},
    ScreenShape{"Meal log", 12, 29, 58, 0.3},
    ScreenShape{"Home", 4, 9, 21, 1.2},
    ScreenShape{"Settings", 3, 8, 26, 0.1},
};

struct ErrorShape
{
    const char *group, *type, *message, *culprit;
    double perMinute;
    double spread; ///< users per event
    std::uint8_t severity;
    bool isUnhandled;
    const char *release;
    std::int64_t ageHours;
    const char *state;
    double newShare; ///< how much of it came with the roll-out
};
inline constexpr std::array kErrors = {
    ErrorShape{"9f31c07a5b2d4e68", "NullPointerException", "Attempt to read 'bpm' on a null HeartSample",
               "RouteRecorder.onLocation", 80.2, 0.25, 21, true, "4.2.0", 0, "new", 1.0},
    ErrorShape{"1c5e9d7720aa4413", "ANR", "Input dispatching timed out", "MapScreen · main thread", 16, 0.428,
               21, true, "4.1.3", 504, "escalating", 0.7},
    ErrorShape{"70b2e4f19c3d8a55", "HTTP 504", "POST /v2/sync/workouts took longer than 10 s",
               "POST /v2/sync/workouts", 36.5, 0.177, 17, false, "4.2.0", 1440, "regressed", 0.65},
    ErrorShape{"b4a80c6d1e2f9733", "TypeError", "Cannot read properties of undefined (reading 'avatar')",
               "feed/renderCard.ts:118", 12.4, 0.28, 13, false, "2025.46", 144, "ongoing", 0},
    ErrorShape{"2ad1f6b09e8c7455", "SQLiteFullException", "database or disk is full (code 13)",
               "WorkoutStore.insert", 3.03, 0.94, 13, false, "4.1.3", 1440, "ongoing", 0},
    ErrorShape{"c83b5a47d60e1f92", "SIGABRT", "abort in HealthKitBridge", "HealthKitBridge.flush", 1.6, 0.92,
               21, true, "4.2.0", 2, "new", 0.8},
    ErrorShape{"e5f0718c2b9d4a36", "ImageDecodeError", "unexpected end of file", "AvatarLoader.decode", 1.18,
               0.9, 9, false, "4.2.0", 96, "ongoing", 0},
    ErrorShape{"4d96a2b7c10f5e88", "RateLimitError", "429 Too Many Requests", "GET /v2/challenges", 0.97,
               0.53, 9, false, "2025.46", 720, "ongoing", 0},
    ErrorShape{"08e7d3b54fa26c91", "TimeoutException", "watch did not answer in 5 s", "WatchLink.handshake",
               0.73, 0.89, 9, false, "4.1.3", 3600, "archived", 0},
};

/// 0..1, the same for the same numbers.
inline double noise(std::int64_t a, std::int64_t b = 0)
{
    auto x = static_cast<std::uint64_t>(a) * 0x9e3779b97f4a7c15ULL +
             static_cast<std::uint64_t>(b) * 0xbf58476d1ce4e5b9ULL;
    x ^= x >> 31;
    x *= 0x94d049bb133111ebULL;
    x ^= x >> 29;
    return static_cast<double>(x >> 11) / 9007199254740992.0;
}

/// A slow wander of mean 0, from -1 to 1.
inline double wander(double seconds, double period, std::int64_t seed)
{
    const double at = seconds / period;
    const auto i = static_cast<std::int64_t>(std::floor(at));
    const double part = at - std::floor(at);
    const double smooth = part * part * (3 - 2 * part);
    return 2 * (noise(i, seed) * (1 - smooth) + noise(i + 1, seed) * smooth) - 1;
}

inline double seconds(Instant at)
{
    return static_cast<double>(at.ns) / 1e9;
}

/// How busy people are: 1 at the time of now(); two peaks on weekdays, a long morning at the weekend.
inline double rhythm(Instant at)
{
    const double local = seconds(at) + 3600;
    const auto day = static_cast<std::int64_t>(std::floor(local / 86400));
    const double hour = local / 3600 - static_cast<double>(day) * 24;
    const bool isWeekend = ((day + 3) % 7) >= 5;
    const auto bump = [hour](double centre, double width) {
        return std::exp(-std::pow((hour - centre) / width, 2));
    };
    const double busy = isWeekend
                            ? 0.12 + 2.4 * bump(9.7, 2.0) + 1.1 * bump(14.5, 3.4)
                            : 0.1 + 1.9 * bump(6.9, 1.1) + 2.5 * bump(18.6, 1.5) + 0.85 * bump(13.8, 3.2);
    return busy / 0.9;
}

inline double interactionsPerMinute(Instant at)
{
    const double s = seconds(at);
    return 1330 * (0.55 + 0.45 * std::min(rhythm(at), 2.4)) *
           (1 + 0.13 * wander(s, 1500, 1) + 0.05 * wander(s, 240, 2) + 0.035 * wander(s, 15, 3));
}

inline double afterRollout(Instant at)
{
    const double minutes = (seconds(at) - seconds(StrideEngine::rollout())) / 60;
    return minutes <= 0 ? 0 : std::min(1.0, minutes / 12);
}

inline double errorsPerMinute(Instant at)
{
    const double s = seconds(at);
    return 5.2 * (1 + 0.6 * wander(s, 60, 9)) + afterRollout(at) * 20 * (1 + 0.55 * wander(s, 60, 8));
}

inline double loadMs(Instant at)
{
    const double s = seconds(at);
    return 655 * (1 + 0.05 * wander(s, 300, 4) + 0.03 * wander(s, 20, 5)) + 220 * afterRollout(at);
}

inline bool mentions(const Filter &filter, std::string_view field)
{
    for (const auto &all : filter.alternatives()) {
        for (const FilterTerm &term : all) {
            if (term.field == field)
                return true;
        }
    }
    return false;
}

/// Whether a row of this name passes the terms on `field`.
inline bool passes(const Filter &filter, std::string_view field, std::string_view value)
{
    if (filter.isEmpty())
        return true;
    return std::any_of(filter.alternatives().begin(), filter.alternatives().end(), [&](const auto &all) {
        return std::all_of(all.begin(), all.end(), [&](const FilterTerm &term) {
            return term.field != field || matchesWildcard(term.value, value) != term.isNegated;
        });
    });
}

/// What is left of the numbers under a filter.
inline double thinned(const Filter &filter)
{
    double share = 1;
    if (mentions(filter, "release"))
        share *= passes(filter, "release", "4.2.0") ? 0.62 : passes(filter, "release", "4.1.3") ? 0.3 : 0;
    if (mentions(filter, "os"))
        share *= 0.5;
    for (const char *field : {"feature", "screen"}) {
        if (mentions(filter, field))
            share *= 0.2;
    }
    return share;
}

/// How much a feature or screen that the filter names is liked then; 1 without one.
inline double likedAt(const Filter &filter, Instant at)
{
    const auto liking = [at](double weight, std::size_t which) {
        const auto seed = static_cast<std::int64_t>(90 + which);
        return (0.4 + weight) * (1 + 0.2 * wander(seconds(at), 9 * 86400, seed) + 0.08 * wander(seconds(at), 700, seed + 40));
    };
    for (std::size_t i = 0; mentions(filter, "feature") && i < kFeatures.size(); ++i) {
        if (passes(filter, "feature", kFeatures[i].name))
            return liking(kFeatures[i].weight, i);
    }
    for (std::size_t i = 0; mentions(filter, "screen") && i < kScreens.size(); ++i) {
        if (passes(filter, "screen", kScreens[i].name))
            return liking(kScreens[i].weight, 20 + i);
    }
    return 1;
}

inline TimeRange clipped(TimeRange range)
{
    const Instant oldest = StrideEngine::now() - 90 * 24h;
    range.from = std::max(range.from, oldest);
    range.to = std::min(range.to, StrideEngine::now());
    return range;
}

inline double minutesOf(TimeRange range)
{
    return range.isEmpty() ? 0 : static_cast<double>((range.to - range.from).count()) / 60e9;
}

/// Buckets that cover the range, cut at multiples of the step in Berlin's winter time.
inline std::vector<Instant> bucketStarts(TimeRange range, ActivityStep step)
{
    range = clipped(range);
    std::vector<Instant> starts;
    if (range.isEmpty())
        return starts;
    const std::int64_t width = widthOf(step).count();
    const std::int64_t shift = 3600'000'000'000;
    std::int64_t at = (range.from.ns + shift) / width * width - shift;
    for (; at < range.to.ns && starts.size() < 20'000; at += width)
        starts.push_back({at});
    return starts;
}

inline std::uint64_t rounded(double value)
{
    return static_cast<std::uint64_t>(std::max(0.0, std::round(value)));
}

/// The part of a bucket that is inside the range (and not in the future).
inline double inside(Instant start, std::chrono::nanoseconds width, TimeRange range)
{
    const Instant from = std::max(start, range.from);
    const Instant to = std::min(start + width, std::min(range.to, StrideEngine::now()));
    return from < to ? static_cast<double>((to - from).count()) / static_cast<double>(width.count()) : 0;
}

inline double usersPerCell(const FeatureShape &feature, Instant at, double minutes, std::int64_t seed)
{
    double value = feature.weight * 62 * std::pow(minutes, 0.72) * (0.4 + 0.6 * std::min(rhythm(at), 2.6));
    value *= 1 + 0.16 * wander(seconds(at), minutes * 240, seed) +
             0.05 * wander(seconds(at), minutes * 60, seed + 50);
    if (std::string_view(feature.name) == "Live route map")
        value *= 1 - 0.66 * afterRollout(at + std::chrono::seconds(static_cast<std::int64_t>(minutes * 30)));
    if (std::string_view(feature.name) == "Heart-rate zones")
        value *= 1 + 0.3 * afterRollout(at);
    return value;
}

inline constexpr std::array kWeekdays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

inline std::string sessionId(int i)
{
    char id[33];
    std::snprintf(id, sizeof id, "%06x%026x", static_cast<unsigned>(noise(i, 77) * 0xffffff),
                  static_cast<unsigned>(i));
    return id;
}

inline constexpr std::array kDevices = {"Pixel 8",  "iPhone 15",     "Galaxy S24",    "iPhone 13",
                                        "Pixel 7a", "Web · Firefox", "iPhone 16 Pro", "OnePlus 12"};

inline const char *osOf(std::string_view device)
{
    return device.starts_with("iPhone") ? "iOS" : device.starts_with("Web") ? "Linux" : "Android";
}

/// Session `i`, the newest being 0; about one every 20 s.
inline SessionRow makeSession(int i)
{
    SessionRow row;
    row.session = sessionId(i);
    row.user = "user-" + std::to_string(static_cast<int>(noise(i, 3) * 4000));
    row.product = "Stride";
    row.release = noise(i, 4) < 0.62 ? "4.2.0" : "4.1.3";
    row.device = i == 0 ? "Pixel 8" : kDevices[static_cast<std::size_t>(noise(i, 5) * kDevices.size())];
    row.os = osOf(row.device);
    const double minutes = i == 0 ? 28.2 : 2 + 36 * std::pow(noise(i, 6), 1.4);
    const Instant end =
        StrideEngine::now() - std::chrono::seconds(static_cast<std::int64_t>(i * 19 + (i < 3 ? 0 : 62)));
    row.end = end;
    row.start = end - std::chrono::milliseconds(static_cast<std::int64_t>(minutes * 60'000));
    row.events = rounded(minutes * 6.5);

    static constexpr std::array order = {"Home",         "Workout", "Live route map", "Training plan",
                                         "Friends feed", "Summary", "Meal log"};
    Instant at = row.start;
    for (int n = 0; at < row.end && n < 40; ++n) {
        const char *screen = order[static_cast<std::size_t>(noise(i * 100 + n, 8) * order.size())];
        if (i == 0 && n < 7) {
            static constexpr std::array first = {"Home",    "Training plan",  "Workout", "Live route map",
                                                 "Workout", "Live route map", "Home"};
            screen = first[static_cast<std::size_t>(n)];
        }
        static constexpr std::array shares = {0.02, 0.08, 0.11, 0.4, 0.06, 0.15, 0.04, 0.13};
        const double share =
            i == 0 && n < 8 ? shares[static_cast<std::size_t>(n)] : 0.03 + 0.16 * noise(i * 100 + n, 9);
        const auto length = std::chrono::milliseconds(static_cast<std::int64_t>(minutes * 60'000 * share));
        // After the crash of the first session the app was away for half a minute.
        const bool crashed = i == 0 && n == 6;
        const Instant begin = crashed ? at + 28s : at;
        const Instant stop = std::min(begin + length, row.end);
        if (begin >= row.end)
            break;
        row.stretches.push_back({screen, begin, stop});
        at = stop;
    }
    row.screens = row.stretches.size();
    if (i == 0 && row.stretches.size() > 5)
        row.errorTimes = {row.start + 8min + 50s, row.stretches[5].end};
    else if (noise(i, 10) < 0.17) {
        row.errorTimes.push_back(row.start + std::chrono::milliseconds(static_cast<std::int64_t>(
                                                 minutes * 60'000 * (0.4 + 0.5 * noise(i, 11)))));
    }
    row.errors = row.errorTimes.size();
    return row;
}

inline constexpr const char *kStack =
    "java.lang.NullPointerException: Attempt to read 'bpm' on a null HeartSample\n"
    "\tat app.stride.route.RouteRecorder.onLocation(RouteRecorder.kt:214)\n"
    "\tat app.stride.location.LocationBus.dispatch(LocationBus.kt:88)\n"
    "\tat android.os.Handler.handleCallback(Handler.java:958)\n"
    "\tat android.os.Handler.dispatchMessage(Handler.java:99)\n"
    "\tat android.os.Looper.loopOnce(Looper.java:230)\n"
    "\tat android.os.Looper.loop(Looper.java:319)\n"
    "\tat android.os.HandlerThread.run(HandlerThread.java:67)\n";

} // namespace telltale::stride
