// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/jsonlines/jsonlines.h"

#include "models/protocols/analytics/eventmapping.h"
#include "models/protocols/jsonlines/ownrecord.h"
#include "models/protocols/support/jsontree.h"
#include "models/protocols/support/recordwriter.h"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace telltale {
namespace {

using json::Element;
using json::field;
using json::firstText;

constexpr EventRule kRules[] = {
    {"app.screen.view", EventRole::ScreenView}, {"screen_view", EventRole::ScreenView},
    {"screen", EventRole::ScreenView},          {"page_view", EventRole::ScreenView},
    {"page", EventRole::ScreenView},            {"session.start", EventRole::SessionStart},
    {"session_start", EventRole::SessionStart}, {"session.end", EventRole::SessionEnd},
    {"session_end", EventRole::SessionEnd}};

/// Fields that become something else than attributes.
constexpr std::string_view kTaken[] = {
    "time",   "timestamp",   "ts",        "@timestamp", "user",  "user_id", "userId",   "session", "session_id",
    "sessionId", "product",  "app",       "service",    "release", "version", "environment", "env", "os",
    "device", "country",     "event",     "name",       "metric", "value",  "unit",     "exception", "error",
    "message", "body",       "severity",  "level",      "screen", "feature", "attributes", "properties", "stack"};

Value::Map attributesOf(Element object)
{
    Value::Map attributes;
    for (const std::string_view nested : {"attributes", "properties"}) {
        for (auto &pair : json::toMap(field(object, nested)))
            attributes.push_back(std::move(pair));
    }
    for (const auto &[key, value] : json::members(object)) {
        if (!isJsonLinesField(key))
            attributes.emplace_back(std::string(key), json::toValue(value));
    }
    return attributes;
}

void addErrorOf(RecordWriter &writer, RecordText record, Element object, const std::optional<Element> &error)
{
    std::string type = firstText(error, {"type", "name"});
    std::string message = firstText(error, {"message", "value"});
    std::string stack = firstText(error, {"stack", "stacktrace"});
    if (const std::string text = json::text(error); !text.empty())
        std::tie(type, message) = typeAndMessageOf(std::string_view(text).substr(0, text.find('\n')), "Error");
    if (stack.empty())
        stack = firstText(object, {"stack"});
    if (message.empty())
        message = firstText(object, {"message"});
    if (record.severity < 17)
        record.severity = 17;
    writer.addError(std::move(record), type.empty() ? "Error" : type, message, stack, record.severity >= 21);
}

/// False when it says nothing we know.
bool addObject(RecordWriter &writer, Element object)
{
    if (!object.is_object())
        return false;
    if (isOwnRecord(object))
        return addOwnRecord(writer, object);
    OriginText origin;
    origin.product = firstText(object, {"product", "app", "service"});
    origin.release = firstText(object, {"release", "version"});
    origin.environment = firstText(object, {"environment", "env"});
    origin.os = firstText(object, {"os"});
    origin.device = firstText(object, {"device"});
    origin.country = firstText(object, {"country"});
    writer.setOrigin(origin);

    RecordText record;
    for (const std::string_view key : {"time", "timestamp", "ts", "@timestamp"}) {
        if (!record.time)
            record.time = json::instant(field(object, key));
    }
    record.user = firstText(object, {"user", "user_id", "userId"});
    record.session = firstText(object, {"session", "session_id", "sessionId"});
    record.screen = firstText(object, {"screen"});
    record.severity = severityOf(firstText(object, {"severity", "level"}));
    record.attributes = attributesOf(object);

    const std::string metric = firstText(object, {"metric"});
    if (const auto value = json::number(field(object, "value")); !metric.empty() && value) {
        record.name = metric;
        MetricDetail detail;
        detail.value = *value;
        writer.addPoint(std::move(record), std::move(detail), firstText(object, {"unit"}));
        return true;
    }
    record.name = firstText(object, {"event", "name"});
    for (const std::string_view key : {"exception", "error"}) {
        const auto error = field(object, key);
        if (error && (error->is_string() || error->is_object())) {
            addErrorOf(writer, std::move(record), object, error);
            return true;
        }
    }
    if (record.name.empty()) {
        const std::string message = firstText(object, {"message", "body"});
        if (message.empty())
            return false;
        record.body = Value(message);
        writer.add(record);
        return true;
    }
    switch (roleOf(record.name, kRules)) {
    case EventRole::ScreenView:
        record.kind = RecordKind::ScreenView;
        record.duration = dwellOf(field(object, "attributes") ? field(object, "attributes") : object);
        break;
    case EventRole::SessionStart:
    case EventRole::SessionEnd:
        record.kind = RecordKind::SessionBound;
        record.name = record.name.ends_with("start") ? "session.start" : "session.end";
        break;
    default:
        record.kind = RecordKind::UsageEvent;
        record.feature = firstText(object, {"feature"});
        if (record.feature.empty())
            record.feature = record.name;
    }
    writer.add(record);
    return true;
}

} // namespace

bool isJsonLinesField(std::string_view name)
{
    return std::find(std::begin(kTaken), std::end(kTaken), name) != std::end(kTaken);
}

Result<ProtocolReply> decodeJsonLines(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report)
{
    json::Document document;
    const auto root = document.parse(request.body);
    if (!root) {
        report.counters.add("jsonlines.malformed");
        return tl::unexpected(root.error());
    }
    RecordWriter writer(batch, report, request.arrival);
    if (root->is_array()) {
        for (const Element each : json::items(*root)) {
            if (!addObject(writer, each))
                writer.reject("jsonlines.object.unknown");
        }
    } else if (!addObject(writer, *root)) {
        writer.reject("jsonlines.object.unknown");
    }
    return ProtocolReply{};
}

} // namespace telltale
