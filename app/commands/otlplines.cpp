// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/otlplines.h"

#include "models/analysis/recordtext.h"
#include "models/telemetry/timeformat.h"

#include <algorithm>
#include <initializer_list>

namespace telltale {
namespace {

constexpr std::size_t kTogether = 512;

using Map = Value::Map;
using Array = Value::Array;

std::string textOf(const Map &map, std::string_view key)
{
    const Value *value = fieldOf(map, key);
    const auto *text = value ? value->as<std::string>() : nullptr;
    return text ? *text : std::string();
}

const Map &mapOf(const Map &map, std::string_view key)
{
    static const Map kNone;
    const Value *value = fieldOf(map, key);
    const Map *found = value ? value->as<Map>() : nullptr;
    return found ? *found : kNone;
}

/// 64-bit numbers are texts in OTLP's JSON.
Value longOf(std::int64_t number)
{
    return Value(std::to_string(number));
}

Value nanosOf(Instant time)
{
    return longOf(time.ns);
}

Value anyValue(const Value &value)
{
    if (const auto *flag = value.as<bool>())
        return Map{{"boolValue", Value(*flag)}};
    if (const auto *integer = value.as<std::int64_t>())
        return Map{{"intValue", longOf(*integer)}};
    if (value.as<double>())
        return Map{{"doubleValue", value}};
    if (value.as<std::string>())
        return Map{{"stringValue", value}};
    if (value.as<Bytes>())
        return Map{{"bytesValue", value}};
    Array values;
    if (const auto *array = value.as<Array>()) {
        for (const Value &each : *array)
            values.push_back(anyValue(each));
        return Map{{"arrayValue", Map{{"values", Value(std::move(values))}}}};
    }
    if (const auto *map = value.as<Map>()) {
        for (const auto &[key, each] : *map)
            values.emplace_back(Map{{"key", Value(key)}, {"value", anyValue(each)}});
        return Map{{"kvlistValue", Map{{"values", Value(std::move(values))}}}};
    }
    return Map{};
}

Value attributesOf(const Map &map)
{
    Array list;
    for (const auto &[key, value] : map)
        list.emplace_back(Map{{"key", Value(key)}, {"value", anyValue(value)}});
    return Value(std::move(list));
}

void addMissing(Map &attributes, const char *key, const std::string &text)
{
    if (!text.empty() && !fieldOf(attributes, key))
        attributes.emplace_back(key, Value(text));
}

Map withIdentity(const Map &fields)
{
    Map attributes = mapOf(fields, "attributes");
    addMissing(attributes, "user.id", textOf(fields, "user"));
    addMissing(attributes, "session.id", textOf(fields, "session"));
    return attributes;
}

Value resourceOf(const Map &fields)
{
    Map resource = mapOf(fields, "resource");
    addMissing(resource, "service.name", textOf(fields, "product"));
    addMissing(resource, "service.version", textOf(fields, "release"));
    addMissing(resource, "deployment.environment.name", textOf(fields, "environment"));
    addMissing(resource, "os.name", textOf(fields, "os"));
    addMissing(resource, "device.model.name", textOf(fields, "device"));
    addMissing(resource, "geo.country.iso_code", textOf(fields, "country"));
    return Map{{"attributes", attributesOf(resource)}};
}

Value scopeOf(const Map &fields)
{
    Map scope;
    addMissing(scope, "name", textOf(fields, "scope"));
    addMissing(scope, "version", textOf(fields, "scope_version"));
    return scope;
}

void addIds(Map &record, const Map &fields, std::initializer_list<std::pair<const char *, const char *>> names)
{
    for (const auto &[ours, theirs] : names)
        addMissing(record, theirs, textOf(fields, ours));
}

Value logOf(const Engine::RecordLine &line)
{
    const Map &fields = line.fields;
    Map attributes = withIdentity(fields);
    std::string name = textOf(fields, "name");
    const std::string screen = textOf(fields, "screen"), feature = textOf(fields, "feature");
    switch (line.kind) {
    case RecordKind::UsageEvent:
        if (feature != name && !name.starts_with("app."))
            addMissing(attributes, "feature.name", feature);
        else if (feature != name)
            addMissing(attributes, "app.widget.name", feature);
        addMissing(attributes, "app.screen.name", screen);
        break;
    case RecordKind::ScreenView:
        addMissing(attributes, "app.screen.name", screen);
        if (const Value *dwell = fieldOf(fields, "duration_ns"); dwell && !fieldOf(attributes, "app.screen.dwell_time_ms"))
            attributes.emplace_back("app.screen.dwell_time_ms", Value(*dwell->as<std::int64_t>() / 1'000'000));
        if (name != "screen_view" && name != "browser.page_view" && name != "page_view")
            name = "app.screen.view";
        break;
    case RecordKind::Error: {
        const Map &error = mapOf(fields, "error");
        addMissing(attributes, "exception.type", textOf(error, "type"));
        addMissing(attributes, "exception.message", textOf(error, "message"));
        addMissing(attributes, "exception.stacktrace", textOf(error, "stack"));
        const Value *unhandled = fieldOf(error, "unhandled");
        const bool isUnhandled = unhandled && *unhandled == Value(true);
        if (name.empty() || (isUnhandled && name != "app.crash" && name != "device.crash"))
            name = isUnhandled ? "app.crash" : "exception";
        addMissing(attributes, "app.screen.name", screen);
        break;
    }
    case RecordKind::SessionBound:
        addMissing(attributes, "session.previous_id", textOf(fields, "previous_session"));
        break;
    default:
        addMissing(attributes, "app.screen.name", screen);
    }
    Map record{{"timeUnixNano", nanosOf(line.time)}};
    if (const Value *severity = fieldOf(fields, "severity"))
        record.emplace_back("severityNumber", *severity);
    addMissing(record, "severityText", textOf(mapOf(fields, "fields"), "severity_text"));
    addMissing(record, "eventName", name);
    if (const Value *body = fieldOf(fields, "body"))
        record.emplace_back("body", anyValue(*body));
    record.emplace_back("attributes", attributesOf(attributes));
    addIds(record, fields, {{"trace_id", "traceId"}, {"span_id", "spanId"}});
    return record;
}

/// Those that are no exceptions.
Value eventsOf(const Map &fields)
{
    Array events;
    const Value *stored = fieldOf(fields, "events");
    const Array *list = stored ? stored->as<Array>() : nullptr;
    for (const Value &each : list ? *list : Array()) {
        const Map *event = each.as<Map>();
        if (!event || textOf(*event, "name") == "exception")
            continue;
        const Value *time = fieldOf(*event, "time");
        const auto *ns = time ? time->as<std::int64_t>() : nullptr;
        events.emplace_back(Map{{"timeUnixNano", longOf(ns ? *ns : 0)},
                                {"name", Value(textOf(*event, "name"))},
                                {"attributes", attributesOf(mapOf(*event, "attributes"))}});
    }
    return Value(std::move(events));
}

Value linksOf(const Map &fields)
{
    Array links;
    const Value *stored = fieldOf(fields, "links");
    const Array *list = stored ? stored->as<Array>() : nullptr;
    for (const Value &each : list ? *list : Array()) {
        if (const Map *link = each.as<Map>()) {
            Map made{{"attributes", attributesOf(mapOf(*link, "attributes"))}};
            addIds(made, *link, {{"trace_id", "traceId"}, {"span_id", "spanId"}, {"trace_state", "traceState"}});
            links.emplace_back(std::move(made));
        }
    }
    return Value(std::move(links));
}

Value spanOf(const Engine::RecordLine &line)
{
    const Map &fields = line.fields;
    const Value *duration = fieldOf(fields, "duration_ns");
    const auto *ns = duration ? duration->as<std::int64_t>() : nullptr;
    Map span{{"name", Value(textOf(fields, "name"))},
             {"startTimeUnixNano", nanosOf(line.time)},
             {"endTimeUnixNano", nanosOf(line.time + std::chrono::nanoseconds(ns ? *ns : 0))},
             {"kind", *fieldOf(fields, "span_kind")}};
    addIds(span, fields, {{"trace_id", "traceId"}, {"span_id", "spanId"}, {"parent_span_id", "parentSpanId"}});
    const Map &more = mapOf(fields, "fields");
    Map status{{"code", *fieldOf(fields, "status")}};
    addMissing(status, "message", textOf(more, "status_message"));
    span.emplace_back("status", Value(std::move(status)));
    addMissing(span, "traceState", textOf(more, "trace_state"));
    span.emplace_back("attributes", attributesOf(withIdentity(fields)));
    span.emplace_back("events", eventsOf(more));
    span.emplace_back("links", linksOf(more));
    return span;
}

/// Of counts, as texts.
Value longsOf(const Value *counts)
{
    Array list;
    const Array *all = counts ? counts->as<Array>() : nullptr;
    for (const Value &each : all ? *all : Array())
        list.push_back(longOf(each.as<std::int64_t>() ? *each.as<std::int64_t>() : 0));
    return Value(std::move(list));
}

Value bucketsOf(const Map &buckets)
{
    const Value *offset = fieldOf(buckets, "offset");
    return Map{{"offset", offset ? *offset : Value(0)}, {"bucketCounts", longsOf(fieldOf(buckets, "counts"))}};
}

void copyField(Map &to, const char *name, const Map &from, std::string_view key)
{
    if (const Value *value = fieldOf(from, key))
        to.emplace_back(name, *value);
}

void copyLong(Map &to, const char *name, const Map &from, std::string_view key)
{
    const Value *value = fieldOf(from, key);
    if (const auto *number = value ? value->as<std::int64_t>() : nullptr)
        to.emplace_back(name, longOf(*number));
}

Value metricOf(const Engine::RecordLine &line)
{
    const Map &fields = line.fields;
    const Map &metric = mapOf(fields, "metric");
    const std::string kind = textOf(metric, "kind");
    Map point{{"timeUnixNano", nanosOf(line.time)}, {"attributes", attributesOf(withIdentity(fields))}};
    if (const auto start = parseRfc3339(textOf(metric, "start")))
        point.emplace_back("startTimeUnixNano", nanosOf(*start));
    if (const Value *has = fieldOf(metric, "has_value"); has && *has == Value(false))
        point.emplace_back("flags", Value(1));
    const Value *value = fieldOf(metric, "value");
    if (value && value->as<std::int64_t>())
        point.emplace_back("asInt", longOf(*value->as<std::int64_t>()));
    else if (value)
        point.emplace_back("asDouble", *value);
    copyLong(point, "count", metric, "count");
    copyField(point, "sum", metric, "sum");
    copyField(point, "min", metric, "min");
    copyField(point, "max", metric, "max");
    Map data;
    const char *name = "gauge";
    if (kind == "histogram") {
        name = "histogram";
        copyField(point, "explicitBounds", metric, "bounds");
        point.emplace_back("bucketCounts", longsOf(fieldOf(metric, "buckets")));
    } else if (kind == "exponential_histogram") {
        name = "exponentialHistogram";
        copyField(point, "scale", metric, "scale");
        copyLong(point, "zeroCount", metric, "zero_count");
        copyField(point, "zeroThreshold", metric, "zero_threshold");
        point.emplace_back("positive", bucketsOf(mapOf(metric, "positive")));
        point.emplace_back("negative", bucketsOf(mapOf(metric, "negative")));
    } else if (kind == "summary") {
        name = "summary";
        Array quantiles;
        const Value *stored = fieldOf(metric, "quantiles");
        const Array *list = stored ? stored->as<Array>() : nullptr;
        for (const Value &pair : list ? *list : Array()) {
            const Array *both = pair.as<Array>();
            if (both && both->size() == 2)
                quantiles.emplace_back(Map{{"quantile", both->front()}, {"value", both->back()}});
        }
        point.emplace_back("quantileValues", Value(std::move(quantiles)));
    } else if (kind == "sum") {
        name = "sum";
    }
    data.emplace_back("dataPoints", Value(Array{Value(std::move(point))}));
    const std::string temporality = textOf(metric, "temporality");
    if (!temporality.empty())
        data.emplace_back("aggregationTemporality", Value(temporality == "delta" ? 1 : 2));
    if (kind == "sum") {
        const Value *monotonic = fieldOf(metric, "monotonic");
        data.emplace_back("isMonotonic", Value(monotonic && *monotonic == Value(true)));
    }
    Map made{{"name", Value(textOf(fields, "name"))}, {name, Value(std::move(data))}};
    addMissing(made, "unit", textOf(metric, "unit"));
    addMissing(made, "description", textOf(metric, "description"));
    return made;
}

/// Of one signal: {"resourceLogs":[{"resource":...,"scopeLogs":[{"scope":...,"logRecords":[...]}]}]}.
struct SignalNames
{
    RecordKind signal;
    const char *resources, *scopes, *records;
};
constexpr SignalNames kSignals[] = {
    {RecordKind::Log, "resourceLogs", "scopeLogs", "logRecords"},
    {RecordKind::Span, "resourceSpans", "scopeSpans", "spans"},
    {RecordKind::MetricPoint, "resourceMetrics", "scopeMetrics", "metrics"},
};

} // namespace

void OtlpLines::add(const Engine::RecordLine &record, std::string &out)
{
    const bool isOwn = record.kind == RecordKind::Span || record.kind == RecordKind::MetricPoint;
    const RecordKind signal = isOwn ? record.kind : RecordKind::Log;
    Value resource = resourceOf(record.fields), scope = scopeOf(record.fields);
    std::string key = toJson(resource) + toJson(scope);
    auto group = std::find_if(m_groups.begin(), m_groups.end(),
                              [&](const Group &each) { return each.signal == signal && each.key == key; });
    if (group == m_groups.end())
        group = m_groups.insert(group, {signal, std::move(key), std::move(resource), std::move(scope), {}});
    group->records.push_back(signal == RecordKind::Span          ? spanOf(record)
                             : signal == RecordKind::MetricPoint ? metricOf(record)
                                                                 : logOf(record));
    if (++m_count == kTogether)
        finish(out);
}

void OtlpLines::finish(std::string &out)
{
    for (const SignalNames &names : kSignals) {
        Array resources;
        for (Group &group : m_groups) {
            if (group.signal != names.signal)
                continue;
            Map scope{{"scope", group.scope}, {names.records, Value(std::move(group.records))}};
            resources.emplace_back(Map{{"resource", group.resource}, {names.scopes, Value(Array{Value(std::move(scope))})}});
        }
        if (resources.empty())
            continue;
        appendJson(out, Value(Map{{names.resources, Value(std::move(resources))}}));
        out += '\n';
    }
    m_groups.clear();
    m_count = 0;
}

} // namespace telltale
