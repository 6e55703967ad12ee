// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/jsonlines/jsonlines.h"

#include "models/protocols/analytics/eventmapping.h"
#include "models/protocols/jsonlines/ownrecord.h"
#include "models/protocols/support/fieldtable.h"
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

/// Of an object.
constexpr FieldRow kFields[] = {
    {MappedField::Product, "/product"},
    {MappedField::Product, "/app"},
    {MappedField::Product, "/service"},
    {MappedField::Release, "/release"},
    {MappedField::Release, "/version"},
    {MappedField::Environment, "/environment"},
    {MappedField::Environment, "/env"},
    {MappedField::Os, "/os"},
    {MappedField::Device, "/device"},
    {MappedField::Country, "/country"},
    {MappedField::Time, "/time"},
    {MappedField::Time, "/timestamp"},
    {MappedField::Time, "/ts"},
    {MappedField::Time, "/@timestamp"},
    {MappedField::User, "/user"},
    {MappedField::User, "/user_id"},
    {MappedField::User, "/userId"},
    {MappedField::Session, "/session"},
    {MappedField::Session, "/session_id"},
    {MappedField::Session, "/sessionId"},
    {MappedField::Screen, "/screen"},
    {MappedField::Event, "/event"},
    {MappedField::Event, "/name"},
    {MappedField::Feature, "/feature"},
    {MappedField::Metric, "/metric"},
    {MappedField::Value, "/value"},
    {MappedField::Unit, "/unit"},
    {MappedField::ErrorType, "/error/type"},
    {MappedField::ErrorType, "/error/name"},
    {MappedField::ErrorMessage, "/error/message"},
    {MappedField::ErrorMessage, "/error/value"},
    {MappedField::ErrorStack, "/error/stack"},
    {MappedField::ErrorStack, "/error/stacktrace"},
    {MappedField::ErrorStack, "/stack"},
};

/// Fields that become something else than attributes.
constexpr std::string_view kTaken[] = {
    "time",   "timestamp",   "ts",        "@timestamp", "user",  "user_id", "userId",   "session", "session_id",
    "sessionId", "product",  "app",       "service",    "release", "version", "environment", "env", "os",
    "device", "country",     "event",     "name",       "metric", "value",  "unit",     "exception", "error",
    "message", "body",       "severity",  "level",      "screen", "feature", "attributes", "properties", "stack"};

void addAttributes(SentAttributes &attributes, Element object)
{
    for (const std::string_view nested : {"attributes", "properties"})
        attributes.addFields(field(object, nested));
    for (const auto &[key, value] : json::members(object)) {
        if (!isJsonLinesField(key))
            attributes.add(key, value);
    }
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
bool addObject(RecordWriter &writer, Element object, const OriginText &fallback, const Value::Map &marks)
{
    if (!object.isObject())
        return false;
    static const json::FieldIndex kIndex(kFields);
    const json::Fields fields(kIndex, object);
    OriginText origin;
    origin.product = fields.text(MappedField::Product);
    origin.release = fields.text(MappedField::Release);
    origin.environment = fields.text(MappedField::Environment);
    origin.os = fields.text(MappedField::Os);
    origin.device = fields.text(MappedField::Device);
    origin.country = fields.text(MappedField::Country);
    if (origin.product.empty())
        origin.product = fallback.product;
    writer.setOrigin(origin);

    RecordText record;
    record.time = fields.instant(MappedField::Time);
    record.user = fields.text(MappedField::User);
    record.session = fields.text(MappedField::Session);
    record.screen = fields.text(MappedField::Screen);
    record.severity = severityOf(firstText(object, {"severity", "level"}));
    addAttributes(record.sent, object);
    record.attributes = marks;

    const TextView metric = fields.text(MappedField::Metric);
    if (const auto value = json::number(field(object, "value")); !metric.empty() && value) {
        record.name = metric;
        MetricDetail detail;
        detail.value = *value;
        writer.addPoint(std::move(record), std::move(detail), fields.text(MappedField::Unit));
        return true;
    }
    record.name = fields.text(MappedField::Event);
    for (const std::string_view key : {"exception", "error"}) {
        const auto error = field(object, key);
        if (error && (error->isText() || error->isObject())) {
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
        record.name = record.name.view().ends_with("start") ? "session.start" : "session.end";
        break;
    default:
        record.kind = RecordKind::UsageEvent;
        record.feature = fields.text(MappedField::Feature);
        if (record.feature.empty())
            record.feature = record.name;
    }
    writer.add(record);
    return true;
}

} // namespace

bool addJsonLinesObject(RecordWriter &writer, Element object, const OriginText &fallback, const Value::Map &marks)
{
    return addObject(writer, object, fallback, marks);
}

bool isJsonLinesField(std::string_view name)
{
    return std::find(std::begin(kTaken), std::end(kTaken), name) != std::end(kTaken);
}

Result<ProtocolReply> decodeJsonLines(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report)
{
    json::Document document;
    const auto root = document.parseInPlace(request.body);
    if (!root) {
        report.counters.add("jsonlines.malformed");
        return tl::unexpected(root.error());
    }
    RecordWriter writer(batch, report, request.arrival);
    const auto take = [&](Element each) {
        if (!(isOwnRecord(each) ? addOwnRecord(writer, each) : addObject(writer, each, {}, {})))
            writer.reject("jsonlines.object.unknown");
    };
    if (root->isArray()) {
        for (const Element each : json::items(*root))
            take(each);
    } else {
        take(*root);
    }
    return ProtocolReply{};
}

MappingTable jsonLinesMapping()
{
    MappingTable table{"file", {}};
    table.rows.push_back({MappedField::Kind, MappingPlace::Other, "with metric and value", {}, "metric point"});
    table.rows.push_back({MappedField::Kind, MappingPlace::Other, "with exception or error", {}, "error"});
    appendRows(table.rows, kRules);
    table.rows.back().key = "every other event or name";
    table.rows.push_back({MappedField::Kind, MappingPlace::Other, "with message or body", {}, "log"});
    appendRows(table.rows, kFields);
    appendDwellRows(table.rows, "");
    table.rows.push_back(inWords(MappedField::Feature, "the event's name"));
    return table;
}

} // namespace telltale
