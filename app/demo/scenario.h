// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Stride, the example product: what its scenario file says, as plain values. Times are minutes relative to
/// the epoch of a run (when it was first started), shares and probabilities 0..1, weights relative.
namespace telltale::demo {

enum class DaylightSaving { None, European, American };

struct Place
{
    std::string city, country;
    int offsetMinutes = 0; ///< standard time, east of Greenwich
    DaylightSaving daylightSaving = DaylightSaving::None;
    double weight = 1;
};

struct Device
{
    std::string model, manufacturer;
    double weight = 1;
};

struct OsVersion
{
    std::string version;
    double weight = 1;
};

struct Platform
{
    std::string name, sdkLanguage, track;
    std::vector<OsVersion> versions;
    std::vector<Device> devices;
    int delaySeconds = 0; ///< how much later than it happened its telemetry is sent
    double weight = 1;
};

struct RolloutStep
{
    double atMinutes = 0;
    double share = 0;
};

struct Fading
{
    std::string feature;
    double factor = 1;
};

struct Release
{
    std::string track, name;
    std::vector<RolloutStep> rollout; ///< by time
    double loadFactor = 1;            ///< of screen load times
    std::vector<Fading> fading;       ///< features used less

    double fadingOf(std::string_view feature) const;
};

struct Peak
{
    double hour = 0, spread = 1; ///< local time, hours
    double weight = 1;
};

struct Feature
{
    std::string name;
    std::optional<double> sinceMinutes;
};

struct FeatureUse
{
    std::size_t feature = 0;
    double perView = 0;
};

struct Request
{
    std::string method, route;
    double milliseconds = 0, perView = 0;
};

struct NextScreen
{
    std::optional<std::size_t> screen; ///< none: the session ends
    double weight = 1;
};

struct Screen
{
    std::string name;
    double dwellSeconds = 0, dwellSpread = 0, loadMilliseconds = 0;
    std::string feature; ///< which feature the screen belongs to: it fades with it
    std::vector<std::string> platforms;
    std::vector<FeatureUse> uses;
    std::vector<Request> requests;
    std::vector<NextScreen> next;
};

/// A log line that comes just before an error.
struct Omen
{
    std::string body, attribute;
    std::int64_t value = 0;
};

struct FailedRequest
{
    std::string method, route;
    int status = 0;
};

struct Failure
{
    std::string type, message; ///< "{n:LOW:HIGH}" in a message stands for a number
    std::string event = "exception";
    std::string stack;
    std::string onSpan; ///< not empty: reported as an exception event of a span with this name
    std::optional<Omen> omen;
    std::optional<FailedRequest> request;
    std::size_t screen = 0;
    std::vector<std::string> platforms;
    std::string since;     ///< release that brought it; empty: always there
    std::string worseWith; ///< release that made it worse
    double worseFactor = 1, perView = 0;
    double crashes = 0; ///< how often nobody handles it
    std::uint8_t severity = 17;
};

struct LogLine
{
    std::size_t screen = 0;
    std::uint8_t severity = 9;
    std::string body;
    double perView = 0;
};

struct Gauge
{
    std::string name, unit;
    double base = 0, swing = 0, jitter = 0, slopePerMinute = 0, maximum = 0;
};

struct Scenario
{
    std::string product, serviceNamespace, environment, scopeName, scopeVersion;
    std::vector<Place> places;
    std::vector<Platform> platforms;
    std::vector<Release> releases; ///< oldest first within a track
    std::vector<double> byWeekday; ///< Monday first
    std::vector<Peak> weekday, weekend;
    std::vector<Feature> features;
    std::vector<Screen> screens; ///< sessions begin on the first
    std::vector<Failure> failures;
    std::vector<LogLine> logs;
    std::vector<Gauge> gauges;
    double gaugeIntervalSeconds = 15, gaugeShare = 0, gaugesSinceMinutes = 0;

    /// Error: InvalidArgument, with what is wrong where.
    static Result<Scenario> parse(std::string_view json);
};

} // namespace telltale::demo
