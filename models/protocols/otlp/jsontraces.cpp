// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/jsonreader.h"

namespace telltale::otlp::json {
namespace {

constexpr std::string_view kKinds[] = {"UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"};
constexpr std::string_view kStatusCodes[] = {"UNSET", "OK", "ERROR"};

/// An attribute of an event or a link stands in an array, a map and a map.
constexpr int kPairDepth = 3;

RawSpanEvent readEvent(JsonReader &reader)
{
    RawSpanEvent event;
    reader.forEachField([&](std::string_view key) {
        if (is(key, "timeUnixNano"))
            event.time = reader.unsignedInteger();
        else if (is(key, "name"))
            event.name = reader.text();
        else if (is(key, "attributes"))
            reader.pairs(event.attributes, kPairDepth);
        else if (is(key, "droppedAttributesCount"))
            event.droppedAttributes = reader.unsigned32();
    });
    return event;
}

RawSpanLink readLink(JsonReader &reader)
{
    RawSpanLink link;
    reader.forEachField([&](std::string_view key) {
        if (is(key, "traceId"))
            link.traceId = reader.id();
        else if (is(key, "spanId"))
            link.spanId = reader.id();
        else if (is(key, "traceState"))
            link.traceState = reader.text();
        else if (is(key, "attributes"))
            reader.pairs(link.attributes, kPairDepth);
        else if (is(key, "droppedAttributesCount"))
            link.droppedAttributes = reader.unsigned32();
        else if (is(key, "flags"))
            link.flags = reader.unsigned32();
    });
    return link;
}

void readStatus(JsonReader &reader, RawSpan &span)
{
    reader.forEachField([&](std::string_view key) {
        if (is(key, "message"))
            span.statusMessage = reader.text();
        else if (is(key, "code"))
            span.statusCode = reader.enumeration(kStatusCodes);
    });
}

void readSpan(JsonReader &reader)
{
    RecordBuilder &builder = reader.builder();
    builder.beginRecord();
    RawSpan span;
    reader.forEachField([&](std::string_view key) {
        if (is(key, "traceId"))
            span.traceId = reader.id();
        else if (is(key, "spanId"))
            span.spanId = reader.id();
        else if (is(key, "traceState"))
            span.traceState = reader.text();
        else if (is(key, "parentSpanId"))
            span.parentSpanId = reader.id();
        else if (is(key, "name"))
            span.name = reader.text();
        else if (is(key, "kind"))
            span.kind = reader.enumeration(kKinds);
        else if (is(key, "startTimeUnixNano"))
            span.start = reader.unsignedInteger();
        else if (is(key, "endTimeUnixNano"))
            span.end = reader.unsignedInteger();
        else if (is(key, "attributes"))
            reader.attributes(builder.recordAttributes());
        else if (is(key, "droppedAttributesCount"))
            span.droppedAttributes = reader.unsigned32();
        else if (is(key, "events"))
            reader.forEachElement([&] {
                builder.charge(1);
                span.events.push_back(readEvent(reader));
            });
        else if (is(key, "droppedEventsCount"))
            span.droppedEvents = reader.unsigned32();
        else if (is(key, "links"))
            reader.forEachElement([&] {
                builder.charge(1);
                span.links.push_back(readLink(reader));
            });
        else if (is(key, "droppedLinksCount"))
            span.droppedLinks = reader.unsigned32();
        else if (is(key, "status"))
            readStatus(reader, span);
        else if (is(key, "flags"))
            span.flags = reader.unsigned32();
    });
    builder.addSpan(span);
}

} // namespace

void decodeTraces(JsonReader &reader)
{
    walkRequest(reader, {"resourceSpans", "scopeSpans", "spans"}, readSpan);
}

} // namespace telltale::otlp::json
