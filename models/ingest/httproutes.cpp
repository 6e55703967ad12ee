// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/httproutes.h"

#include "models/ingest/otlproute.h"
#include "models/protocols/analytics/analytics.h"
#include "models/protocols/jsonlines/jsonlines.h"
#include "models/protocols/kuserfeedback/feedbackschema.h"
#include "models/protocols/kuserfeedback/kuserfeedback.h"
#include "models/protocols/mqtt/mqttdecoder.h"
#include "models/protocols/mqtt/mqttmessage.h"
#include "models/protocols/prometheus/pushgateway.h"
#include "models/protocols/sentry/sentrydecoder.h"
#include "models/protocols/statsd/statsd.h"
#include "models/telemetry/value.h"

#include <xxhash.h>

#include <string>

namespace telltale {
namespace {

/// Small: an SDK drops the batch when it exceeds what is left of its 10 s.
constexpr int kRetryAfterSeconds = 1;

constexpr HttpRoute kSentry{"sentry", "POST", decodeSentry, true, false};
constexpr HttpRoute kPostHog{"posthog", "POST", decodePostHog};
constexpr HttpRoute kPostHogConfig{"posthog", "GET, POST", decodePostHog};
constexpr HttpRoute kSegment{"segment", "POST", decodeSegment};
constexpr HttpRoute kSegmentSettings{"segment", "GET", decodeSegment};
constexpr HttpRoute kAptabase{"aptabase", "POST", decodeAptabase};
constexpr HttpRoute kCountly{"countly", "GET, POST", decodeCountly};
constexpr HttpRoute kAmplitude{"amplitude", "POST", decodeAmplitude};
constexpr HttpRoute kMixpanel{"mixpanel", "GET, POST", decodeMixpanel};
constexpr HttpRoute kKUserFeedback{"kuserfeedback", "GET, POST", decodeKUserFeedback, false};
constexpr HttpRoute kFeedbackData{"kuserfeedback", "POST", decodeFeedbackSamples};
constexpr HttpRoute kJsonLines{"file", "POST", decodeJsonLines};
constexpr HttpRoute kStatsd{"statsd", "POST", decodeStatsd, false};
constexpr HttpRoute kMqtt{"mqtt", "POST", decodeMqtt, false};
constexpr HttpRoute kPush{"prometheus/push", "PUT, POST, DELETE", decodePush, false};

/// A path matches when it is the pattern or ends in it. A '*' stands for one part of the path.
struct PathRule
{
    std::string_view pattern;
    const HttpRoute *route;
};

constexpr PathRule kRules[] = {
    {"/api/*/envelope", &kSentry},
    {"/api/*/store", &kSentry},
    {"/api/v0/event", &kAptabase},
    {"/api/v0/events", &kAptabase},
    {"/batch", &kPostHog},
    {"/capture", &kPostHog},
    {"/e", &kPostHog},
    {"/i/v0/e", &kPostHog},
    {"/i/v1/analytics/events", &kPostHog},
    {"/flags", &kPostHogConfig},
    {"/decide", &kPostHogConfig},
    {"/array/*/config", &kPostHogConfig},
    {"/array/*/config.js", &kPostHogConfig},
    {"/v1/batch", &kSegment},
    {"/v1/b", &kSegment},
    {"/v1/import", &kSegment},
    {"/v1/track", &kSegment},
    {"/v1/t", &kSegment},
    {"/v1/identify", &kSegment},
    {"/v1/i", &kSegment},
    {"/v1/page", &kSegment},
    {"/v1/p", &kSegment},
    {"/v1/screen", &kSegment},
    {"/v1/s", &kSegment},
    {"/v1/group", &kSegment},
    {"/v1/g", &kSegment},
    {"/v1/alias", &kSegment},
    {"/v1/a", &kSegment},
    {"/v1/projects/*/settings", &kSegmentSettings},
    {"/2/httpapi", &kAmplitude},
    {"/httpapi", &kAmplitude},
    {"/i", &kCountly},
    {"/i/bulk", &kCountly},
    {"/o/sdk", &kCountly},
    {"/track", &kMixpanel},
    {"/engage", &kMixpanel},
    {"/groups", &kMixpanel},
    {"/import", &kMixpanel},
    {"/receiver/submit/*", &kKUserFeedback},
    {"/admin/data/*", &kFeedbackData},
};

/// Takes the last part off; false when there is none.
bool takeLast(std::string_view &path, std::string_view &part)
{
    const auto slash = path.rfind('/');
    if (slash == std::string_view::npos)
        return false;
    part = path.substr(slash + 1);
    path = path.substr(0, slash);
    return true;
}

bool matches(std::string_view path, std::string_view pattern)
{
    std::string_view wanted, part;
    while (takeLast(pattern, wanted)) {
        if (!takeLast(path, part) || (wanted == "*" ? part.empty() : part != wanted))
            return false;
    }
    return true;
}

} // namespace

const HttpRoute *routeOf(std::string_view path)
{
    if (path == kJsonLinesPath)
        return &kJsonLines;
    if (path == kStatsdPath)
        return &kStatsd;
    if (path == kMqttPath)
        return &kMqtt;
    const PathRule *best = nullptr;
    for (const PathRule &rule : kRules) {
        if (matches(path, rule.pattern) && (!best || rule.pattern.size() > best->pattern.size()))
            best = &rule;
    }
    if (best)
        return best->route;
    const auto job = path.find("/metrics/job");
    if (job != std::string_view::npos) {
        const std::string_view rest = path.substr(job + std::string_view("/metrics/job").size());
        if (rest.starts_with('/') || rest.starts_with("@base64/"))
            return &kPush;
    }
    return nullptr;
}

const HttpRoute *routeOf(std::string_view path, std::string_view body)
{
    const HttpRoute *route = routeOf(path);
    if (route == &kPostHog && path.ends_with("/batch") && isAmplitudeBatch(body))
        return &kAmplitude;
    return route;
}

Answer refusalFor(std::string_view path, std::string_view contentType, int status, std::string_view message)
{
    if (!routeOf(path))
        return otlpRefusal(contentType, status, message);
    Answer answer;
    answer.status = status;
    answer.contentType = "application/json";
    answer.body = "{\"error\":";
    appendJsonString(answer.body, message);
    answer.body += '}';
    return answer;
}

Answer busyAnswer(std::string_view path, std::string_view contentType, std::string_view message)
{
    Answer answer = refusalFor(path, contentType, 503, message);
    const HttpRoute *route = routeOf(path);
    if (!route || route->hasRetryAfter)
        answer.retryAfterSeconds = kRetryAfterSeconds;
    return answer;
}

DeliveryKey routeDeliveryKey(const ReceivedRequest &request)
{
    const XXH64_hash_t path = XXH3_64bits(request.path.data(), request.path.size());
    const XXH64_hash_t place = XXH3_64bits_withSeed(request.query.data(), request.query.size(), path);
    const XXH128_hash_t hash = XXH3_128bits_withSeed(request.body.data(), request.body.size(), place);
    return {hash.high64, hash.low64};
}

DeliveryKey keyAtPlace(const DeliveryKey &key, std::string_view place)
{
    return {key.high ^ XXH3_64bits(place.data(), place.size()), key.low ^ XXH3_64bits_withSeed(place.data(), place.size(), 1)};
}

} // namespace telltale
