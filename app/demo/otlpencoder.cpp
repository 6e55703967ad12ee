// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/otlpencoder.h"

#include <protozero/pbf_writer.hpp>

#include <map>

namespace telltale::demo {

namespace {

using protozero::pbf_writer;

constexpr int kSpanKindInternal = 1;
constexpr int kSpanKindClient = 3;
constexpr int kStatusError = 2;

// Ids are big-endian bytes on the wire.
void appendId(std::string &out, std::uint64_t value)
{
    for (int shift = 56; shift >= 0; shift -= 8)
        out += static_cast<char>((value >> shift) & 0xff);
}

std::string traceId(const SpanFacts &span)
{
    std::string id;
    appendId(id, span.trace[0]);
    appendId(id, span.trace[1]);
    return id;
}

std::string spanId(std::uint64_t value)
{
    std::string id;
    appendId(id, value);
    return id;
}

std::uint64_t nanoseconds(Instant time)
{
    return static_cast<std::uint64_t>(time.ns);
}

struct ValueWriter
{
    pbf_writer &value;
    void operator()(bool v) { value.add_bool(2, v); }
    void operator()(std::int64_t v) { value.add_int64(3, v); }
    void operator()(double v) { value.add_double(4, v); }
    void operator()(std::string_view v) { value.add_string(1, v.data(), v.size()); }
};

template<typename T>
void addAttribute(pbf_writer &parent, protozero::pbf_tag_type tag, std::string_view key, const T &content)
{
    pbf_writer pair(parent, tag);
    pair.add_string(1, key.data(), key.size());
    pbf_writer value(pair, 2);
    ValueWriter{value}(content);
}

void addAttributes(pbf_writer &parent, protozero::pbf_tag_type tag, const Record &record)
{
    addAttribute(parent, tag, "session.id", std::string_view(record.session->id));
    addAttribute(parent, tag, "user.id", std::string_view(record.session->user));
    addAttribute(parent, tag, "app.plan", record.session->plan);
    for (const Attribute &attribute : record.attributes)
        std::visit([&](const auto &content) { addAttribute(parent, tag, attribute.key, content); },
                   attribute.value);
}

void addLogRecord(pbf_writer &scope, const Record &record)
{
    pbf_writer log(scope, 2);
    log.add_fixed64(1, nanoseconds(record.time));
    log.add_enum(2, record.severity);
    if (!record.body.empty()) {
        pbf_writer body(log, 5);
        body.add_string(1, record.body);
    }
    addAttributes(log, 6, record);
    log.add_fixed64(11, nanoseconds(record.time));
    if (!record.name.empty())
        log.add_string(12, record.name.data(), record.name.size());
}

void addException(pbf_writer &span, const Record &record, const SpanFacts &facts)
{
    pbf_writer event(span, 11);
    event.add_fixed64(1, nanoseconds(record.time + facts.duration));
    event.add_string(2, "exception");
    addAttribute(event, 3, "exception.type", facts.exceptionType);
    addAttribute(event, 3, "exception.message", std::string_view(facts.exceptionMessage));
    if (!facts.exceptionStack.empty())
        addAttribute(event, 3, "exception.stacktrace", facts.exceptionStack);
}

void addSpan(pbf_writer &scope, const Record &record)
{
    const SpanFacts &facts = std::get<SpanFacts>(record.facts);
    // A request is named by what it asked for.
    const std::string_view name = record.name.empty() ? std::string_view(record.label) : record.name;
    pbf_writer span(scope, 2);
    span.add_bytes(1, traceId(facts));
    span.add_bytes(2, spanId(facts.span));
    if (facts.parent != 0)
        span.add_bytes(4, spanId(facts.parent));
    span.add_string(5, name.data(), name.size());
    span.add_enum(6, facts.isClient ? kSpanKindClient : kSpanKindInternal);
    span.add_fixed64(7, nanoseconds(record.time));
    span.add_fixed64(8, nanoseconds(record.time + facts.duration));
    addAttributes(span, 9, record);
    if (!facts.exceptionType.empty())
        addException(span, record, facts);
    if (record.kind == Kind::FailedSpan) {
        pbf_writer status(span, 15);
        if (!facts.exceptionMessage.empty())
            status.add_string(2, facts.exceptionMessage);
        status.add_enum(3, kStatusError);
    }
}

void addPoint(pbf_writer &scope, const Record &record)
{
    const PointFacts &facts = std::get<PointFacts>(record.facts);
    pbf_writer metric(scope, 2);
    metric.add_string(1, record.name.data(), record.name.size());
    metric.add_string(3, facts.unit.data(), facts.unit.size());
    pbf_writer gauge(metric, 5);
    pbf_writer point(gauge, 1);
    point.add_fixed64(3, nanoseconds(record.time));
    point.add_double(4, facts.value);
    addAttribute(point, 7, "session.id", std::string_view(record.session->id));
    addAttribute(point, 7, "user.id", std::string_view(record.session->user));
}

enum class Signal { Logs, Traces, Metrics };

Signal signalOf(const Record &record)
{
    switch (record.kind) {
    case Kind::Span:
    case Kind::FailedSpan:
        return Signal::Traces;
    case Kind::Point:
        return Signal::Metrics;
    default:
        return Signal::Logs;
    }
}

using ResourceAttributes = std::vector<std::pair<std::string_view, std::string>>;

OtlpRequest encodeSignal(std::span<const Record> records, Signal signal, std::string_view path,
                         std::string_view scopeName, std::string_view scopeVersion)
{
    std::map<ResourceAttributes, std::vector<const Record *>> byResource;
    OtlpRequest request;
    request.path = path;
    for (const Record &record : records) {
        if (signalOf(record) == signal) {
            byResource[record.session->resource].push_back(&record);
            ++request.records;
        }
    }
    pbf_writer message(request.body);
    for (const auto &[attributes, group] : byResource) {
        pbf_writer resourceGroup(message, 1);
        {
            pbf_writer resource(resourceGroup, 1);
            for (const auto &[key, value] : attributes)
                addAttribute(resource, 1, key, std::string_view(value));
        }
        pbf_writer scopeGroup(resourceGroup, 2);
        {
            pbf_writer scope(scopeGroup, 1);
            scope.add_string(1, scopeName.data(), scopeName.size());
            scope.add_string(2, scopeVersion.data(), scopeVersion.size());
        }
        for (const Record *record : group) {
            switch (signal) {
            case Signal::Logs:
                addLogRecord(scopeGroup, *record);
                break;
            case Signal::Traces:
                addSpan(scopeGroup, *record);
                break;
            case Signal::Metrics:
                addPoint(scopeGroup, *record);
                break;
            }
        }
    }
    return request;
}

} // namespace

std::vector<OtlpRequest> encodeOtlp(std::span<const Record> records, std::string_view scopeName,
                                    std::string_view scopeVersion)
{
    std::vector<OtlpRequest> requests;
    for (const auto &[signal, path] :
         {std::pair(Signal::Logs, "/v1/logs"), std::pair(Signal::Traces, "/v1/traces"),
          std::pair(Signal::Metrics, "/v1/metrics")}) {
        OtlpRequest request = encodeSignal(records, signal, path, scopeName, scopeVersion);
        if (request.records > 0)
            requests.push_back(std::move(request));
    }
    return requests;
}

} // namespace telltale::demo
