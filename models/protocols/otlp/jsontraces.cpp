// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/jsonreader.h"

namespace telltale::otlp::json {
namespace {

constexpr std::string_view kKinds[] = {"UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"};
constexpr std::string_view kStatusCodes[] = {"UNSET", "OK", "ERROR"};

/// An attribute of an event or a link stands in an array, a map and a map.
constexpr int kPairDepth = 3;

RawSpanEvent readEvent(JsonReader &reader, JsonValue &element)
{
    RawSpanEvent event;
    reader.forEachField(element, [&](std::string_view key, JsonValue value) {
        if (key == "timeUnixNano")
            event.time = reader.unsignedInteger(value);
        else if (key == "name")
            event.name = reader.text(value);
        else if (key == "attributes")
            reader.pairs(event.attributes, value, kPairDepth);
        else if (key == "droppedAttributesCount")
            event.droppedAttributes = reader.unsigned32(value);
    });
    return event;
}

RawSpanLink readLink(JsonReader &reader, JsonValue &element)
{
    RawSpanLink link;
    reader.forEachField(element, [&](std::string_view key, JsonValue value) {
        if (key == "traceId")
            link.traceId = reader.id(value);
        else if (key == "spanId")
            link.spanId = reader.id(value);
        else if (key == "traceState")
            link.traceState = reader.text(value);
        else if (key == "attributes")
            reader.pairs(link.attributes, value, kPairDepth);
        else if (key == "droppedAttributesCount")
            link.droppedAttributes = reader.unsigned32(value);
        else if (key == "flags")
            link.flags = reader.unsigned32(value);
    });
    return link;
}

void readStatus(JsonReader &reader, RawSpan &span, JsonValue &status)
{
    reader.forEachField(status, [&](std::string_view key, JsonValue value) {
        if (key == "message")
            span.statusMessage = reader.text(value);
        else if (key == "code")
            span.statusCode = reader.enumeration(value, kStatusCodes);
    });
}

void readSpan(JsonReader &reader, JsonValue record)
{
    RecordBuilder &builder = reader.builder();
    builder.beginRecord();
    RawSpan span;
    reader.forEachField(record, [&](std::string_view key, JsonValue value) {
        if (key == "traceId")
            span.traceId = reader.id(value);
        else if (key == "spanId")
            span.spanId = reader.id(value);
        else if (key == "traceState")
            span.traceState = reader.text(value);
        else if (key == "parentSpanId")
            span.parentSpanId = reader.id(value);
        else if (key == "name")
            span.name = reader.text(value);
        else if (key == "kind")
            span.kind = reader.enumeration(value, kKinds);
        else if (key == "startTimeUnixNano")
            span.start = reader.unsignedInteger(value);
        else if (key == "endTimeUnixNano")
            span.end = reader.unsignedInteger(value);
        else if (key == "attributes")
            reader.attributes(builder.recordAttributes(), value);
        else if (key == "droppedAttributesCount")
            span.droppedAttributes = reader.unsigned32(value);
        else if (key == "events")
            reader.forEachElement(value, [&](JsonValue element) {
                builder.charge(1);
                span.events.push_back(readEvent(reader, element));
            });
        else if (key == "droppedEventsCount")
            span.droppedEvents = reader.unsigned32(value);
        else if (key == "links")
            reader.forEachElement(value, [&](JsonValue element) {
                builder.charge(1);
                span.links.push_back(readLink(reader, element));
            });
        else if (key == "droppedLinksCount")
            span.droppedLinks = reader.unsigned32(value);
        else if (key == "status")
            readStatus(reader, span, value);
        else if (key == "flags")
            span.flags = reader.unsigned32(value);
    });
    builder.addSpan(span);
}

} // namespace

void decodeTraces(simdjson::ondemand::document &document, RecordBuilder &builder)
{
    walkRequest(document, builder, {"resourceSpans", "scopeSpans", "spans"}, readSpan);
}

} // namespace telltale::otlp::json
