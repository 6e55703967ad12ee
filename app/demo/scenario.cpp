// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/scenario.h"

#include <simdjson.h>

#include <algorithm>
#include <functional>

namespace telltale::demo {

namespace {

using simdjson::dom::array;
using simdjson::dom::element;

// The readers below throw what simdjson throws, and ScenarioProblem; parse() turns both into an Error.
struct ScenarioProblem
{
    std::string message;
};

std::string text(element node, const char *key, std::string_view fallback = {})
{
    std::string_view value;
    return std::string(node[key].get(value) == simdjson::SUCCESS ? value : fallback);
}

double number(element node, const char *key, double fallback = 0)
{
    double value = 0;
    return node[key].get(value) == simdjson::SUCCESS ? value : fallback;
}

template<typename T>
std::vector<T> list(element node, const char *key, const std::function<T(element)> &read)
{
    array items;
    if (node[key].get(items) != simdjson::SUCCESS)
        throw ScenarioProblem{std::string("there is no list \"") + key + '"'};
    std::vector<T> result;
    for (element item : items)
        result.push_back(read(item));
    return result;
}

std::vector<std::string> names(element node, const char *key)
{
    return list<std::string>(node, key, [](element item) { return std::string(std::string_view(item)); });
}

template<typename T>
std::size_t indexOf(const std::vector<T> &items, const std::string &name)
{
    const auto found =
        std::find_if(items.begin(), items.end(), [&](const T &item) { return item.name == name; });
    if (found == items.end())
        throw ScenarioProblem{"nothing is called \"" + name + '"'};
    return static_cast<std::size_t>(found - items.begin());
}

Place readPlace(element node)
{
    const std::string dst = text(node, "dst");
    return {text(node, "city"), text(node, "country"), static_cast<int>(number(node, "offset_minutes")),
            dst == "eu"   ? DaylightSaving::European
            : dst == "us" ? DaylightSaving::American
                          : DaylightSaving::None,
            number(node, "weight", 1)};
}

Platform readPlatform(element node)
{
    Platform platform;
    platform.name = text(node, "name");
    platform.sdkLanguage = text(node, "sdk_language");
    platform.track = text(node, "track");
    platform.delaySeconds = static_cast<int>(number(node, "delay_seconds"));
    platform.weight = number(node, "weight", 1);
    platform.versions = list<OsVersion>(node, "versions", [](element item) {
        return OsVersion{text(item, "os_version"), number(item, "weight", 1)};
    });
    platform.devices = list<Device>(node, "devices", [](element item) {
        return Device{text(item, "model"), text(item, "manufacturer"), number(item, "weight", 1)};
    });
    return platform;
}

Release readRelease(element node)
{
    Release release;
    release.track = text(node, "track");
    release.name = text(node, "release");
    release.loadFactor = number(node, "load_factor", 1);
    release.rollout = list<RolloutStep>(node, "rollout", [](element item) {
        return RolloutStep{number(item, "at_minutes"), number(item, "share")};
    });
    if (node["fading"].error() == simdjson::SUCCESS) {
        release.fading = list<Fading>(node, "fading", [](element item) {
            return Fading{text(item, "feature"), number(item, "factor", 1)};
        });
    }
    return release;
}

Peak readPeak(element node)
{
    return {number(node, "hour"), number(node, "spread", 1), number(node, "weight", 1)};
}

Feature readFeature(element node)
{
    Feature feature;
    feature.name = text(node, "name");
    double since = 0;
    if (node["since_minutes"].get(since) == simdjson::SUCCESS)
        feature.sinceMinutes = since;
    return feature;
}

Screen readScreen(element node, const std::vector<Feature> &features)
{
    Screen screen;
    screen.name = text(node, "name");
    screen.dwellSeconds = number(node, "dwell_s", 10);
    screen.dwellSpread = number(node, "dwell_spread");
    screen.loadMilliseconds = number(node, "load_ms", 100);
    screen.feature = text(node, "feature");
    screen.platforms = names(node, "platforms");
    screen.uses = list<FeatureUse>(node, "uses", [&](element item) {
        return FeatureUse{indexOf(features, text(item, "feature")), number(item, "per_view")};
    });
    screen.requests = list<Request>(node, "requests", [](element item) {
        return Request{text(item, "method"), text(item, "route"), number(item, "ms"),
                       number(item, "per_view")};
    });
    return screen;
}

// Screens lead to each other, so their names can only be looked up when all are known.
void readWays(element root, std::vector<Screen> &screens)
{
    std::size_t index = 0;
    for (element node : array(root["screens"])) {
        screens[index++].next = list<NextScreen>(node, "next", [&](element item) {
            const std::string name = text(item, "screen");
            return NextScreen{name.empty() ? std::optional<std::size_t>() : indexOf(screens, name),
                              number(item, "weight", 1)};
        });
    }
}

Failure readFailure(element node, const std::vector<Screen> &screens)
{
    Failure failure;
    failure.type = text(node, "type");
    failure.message = text(node, "message");
    failure.event = text(node, "event", "exception");
    failure.onSpan = text(node, "on_span");
    failure.screen = indexOf(screens, text(node, "screen"));
    failure.platforms = names(node, "platforms");
    failure.since = text(node, "since");
    failure.worseWith = text(node, "worse_with");
    failure.worseFactor = number(node, "worse_factor", 1);
    failure.perView = number(node, "per_view");
    failure.crashes = number(node, "crashes");
    failure.severity = static_cast<std::uint8_t>(number(node, "severity", 17));
    for (const std::string &line : names(node, "stack"))
        failure.stack += line + '\n';
    element inner;
    if (node["before"].get(inner) == simdjson::SUCCESS) {
        failure.omen = Omen{text(inner, "body"), text(inner, "attribute"),
                            static_cast<std::int64_t>(number(inner, "value"))};
    }
    if (node["request"].get(inner) == simdjson::SUCCESS) {
        failure.request = FailedRequest{text(inner, "method"), text(inner, "route"),
                                        static_cast<int>(number(inner, "status"))};
    }
    return failure;
}

Gauge readGauge(element node)
{
    return {text(node, "name"),     text(node, "unit"),     number(node, "base"),
            number(node, "swing"),  number(node, "jitter"), number(node, "slope_per_minute"),
            number(node, "maximum")};
}

Scenario readScenario(element root)
{
    Scenario scenario;
    scenario.product = text(root, "product");
    scenario.serviceNamespace = text(root, "namespace");
    scenario.environment = text(root, "environment");
    element scope = root["scope"];
    scenario.scopeName = text(scope, "name");
    scenario.scopeVersion = text(scope, "version");
    scenario.places = list<Place>(root, "places", readPlace);
    scenario.platforms = list<Platform>(root, "platforms", readPlatform);
    scenario.releases = list<Release>(root, "releases", readRelease);
    element rhythm = root["rhythm"];
    scenario.byWeekday = list<double>(rhythm, "by_weekday", [](element item) { return double(item); });
    scenario.weekday = list<Peak>(rhythm, "weekday", readPeak);
    scenario.weekend = list<Peak>(rhythm, "weekend", readPeak);
    scenario.features = list<Feature>(root, "features", readFeature);
    scenario.screens =
        list<Screen>(root, "screens", [&](element item) { return readScreen(item, scenario.features); });
    readWays(root, scenario.screens);
    scenario.failures =
        list<Failure>(root, "errors", [&](element item) { return readFailure(item, scenario.screens); });
    scenario.logs = list<LogLine>(root, "logs", [&](element item) {
        return LogLine{indexOf(scenario.screens, text(item, "screen")),
                       static_cast<std::uint8_t>(number(item, "severity", 9)), text(item, "body"),
                       number(item, "per_view")};
    });
    scenario.gauges = list<Gauge>(root, "gauges", readGauge);
    scenario.gaugeIntervalSeconds = number(root, "gauge_interval_s", 15);
    scenario.gaugeShare = number(root, "gauge_share");
    scenario.gaugesSinceMinutes = number(root, "gauges_since_minutes");
    if (scenario.byWeekday.size() != 7)
        throw ScenarioProblem{"by_weekday needs seven numbers"};
    if (scenario.places.empty() || scenario.platforms.empty() || scenario.screens.empty() ||
        scenario.weekday.empty() || scenario.weekend.empty())
        throw ScenarioProblem{"places, platforms, screens and the rhythm may not be empty"};
    for (const Platform &platform : scenario.platforms) {
        if (platform.devices.empty() || platform.versions.empty())
            throw ScenarioProblem{"the platform " + platform.name + " has no devices or versions"};
    }
    return scenario;
}

} // namespace

double Release::fadingOf(std::string_view feature) const
{
    for (const Fading &fade : fading) {
        if (fade.feature == feature)
            return fade.factor;
    }
    return 1;
}

Result<Scenario> Scenario::parse(std::string_view json)
{
    try {
        simdjson::dom::parser parser;
        const element root = parser.parse(json.data(), json.size());
        return readScenario(root);
    } catch (const ScenarioProblem &problem) {
        return failure(Error::Code::InvalidArgument, "The scenario is wrong: " + problem.message + '.');
    } catch (const simdjson::simdjson_error &problem) {
        return failure(Error::Code::InvalidArgument, std::string("The scenario is wrong: ") + problem.what());
    }
}

} // namespace telltale::demo
