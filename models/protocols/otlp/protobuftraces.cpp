// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/protobufreader.h"

namespace telltale::otlp::protobuf {
namespace {

// Field numbers of opentelemetry/proto/trace/v1/trace.proto.
namespace span {
enum : protozero::pbf_tag_type {
    TraceId = 1,
    SpanId = 2,
    TraceState = 3,
    ParentSpanId = 4,
    Name = 5,
    Kind = 6,
    Start = 7,
    End = 8,
    Attributes = 9,
    DroppedAttributes = 10,
    Events = 11,
    DroppedEvents = 12,
    Links = 13,
    DroppedLinks = 14,
    Status = 15,
    Flags = 16,
};
}
namespace event {
enum : protozero::pbf_tag_type { Time = 1, Name, Attributes, Dropped };
}
namespace link {
enum : protozero::pbf_tag_type { TraceId = 1, SpanId, TraceState, Attributes, Dropped, Flags };
}
namespace status {
enum : protozero::pbf_tag_type { Message = 2, Code = 3 };
}

/// An attribute of an event or a link stands in an array, a map and a map.
constexpr int kPairDepth = 3;

RawSpanEvent readEvent(RecordBuilder &builder, std::string_view message)
{
    RawSpanEvent result;
    Reader reader = readerOf(message);
    while (reader.next()) {
        switch (reader.tag_and_type()) {
        case fixed64(event::Time):
            result.time = reader.get_fixed64();
            break;
        case bytes(event::Name):
            result.name = view(reader);
            break;
        case bytes(event::Attributes):
            readPair(builder, result.attributes, view(reader), kPairDepth);
            break;
        case varint(event::Dropped):
            result.droppedAttributes = reader.get_uint32();
            break;
        default:
            reader.skip();
        }
    }
    return result;
}

RawSpanLink readLink(RecordBuilder &builder, std::string_view message)
{
    RawSpanLink result;
    Reader reader = readerOf(message);
    while (reader.next()) {
        switch (reader.tag_and_type()) {
        case bytes(link::TraceId):
            result.traceId = view(reader);
            break;
        case bytes(link::SpanId):
            result.spanId = view(reader);
            break;
        case bytes(link::TraceState):
            result.traceState = view(reader);
            break;
        case bytes(link::Attributes):
            readPair(builder, result.attributes, view(reader), kPairDepth);
            break;
        case varint(link::Dropped):
            result.droppedAttributes = reader.get_uint32();
            break;
        case fixed32(link::Flags):
            result.flags = reader.get_fixed32();
            break;
        default:
            reader.skip();
        }
    }
    return result;
}

void readStatus(RawSpan &raw, std::string_view message)
{
    Reader reader = readerOf(message);
    while (reader.next()) {
        switch (reader.tag_and_type()) {
        case bytes(status::Message):
            raw.statusMessage = view(reader);
            break;
        case varint(status::Code):
            raw.statusCode = reader.get_int32();
            break;
        default:
            reader.skip();
        }
    }
}

void readSpan(RecordBuilder &builder, std::string_view message)
{
    builder.beginRecord();
    AttributeSet &attributes = builder.recordAttributes();
    RawSpan raw;
    Reader reader = readerOf(message);
    while (reader.next()) {
        switch (reader.tag_and_type()) {
        case bytes(span::TraceId):
            raw.traceId = view(reader);
            break;
        case bytes(span::SpanId):
            raw.spanId = view(reader);
            break;
        case bytes(span::TraceState):
            raw.traceState = view(reader);
            break;
        case bytes(span::ParentSpanId):
            raw.parentSpanId = view(reader);
            break;
        case bytes(span::Name):
            raw.name = view(reader);
            break;
        case varint(span::Kind):
            raw.kind = reader.get_int32();
            break;
        case fixed64(span::Start):
            raw.start = reader.get_fixed64();
            break;
        case fixed64(span::End):
            raw.end = reader.get_fixed64();
            break;
        case bytes(span::Attributes):
            readAttribute(builder, attributes, view(reader));
            break;
        case varint(span::DroppedAttributes):
            raw.droppedAttributes = reader.get_uint32();
            break;
        case bytes(span::Events):
            builder.charge(1);
            raw.events.push_back(readEvent(builder, view(reader)));
            break;
        case varint(span::DroppedEvents):
            raw.droppedEvents = reader.get_uint32();
            break;
        case bytes(span::Links):
            builder.charge(1);
            raw.links.push_back(readLink(builder, view(reader)));
            break;
        case varint(span::DroppedLinks):
            raw.droppedLinks = reader.get_uint32();
            break;
        case bytes(span::Status):
            readStatus(raw, view(reader));
            break;
        case fixed32(span::Flags):
            raw.flags = reader.get_fixed32();
            break;
        default:
            reader.skip();
        }
    }
    builder.addSpan(raw);
}

} // namespace

void decodeTraces(std::string_view body, RecordBuilder &builder)
{
    walkRequest(body, builder, [&](std::string_view message) { readSpan(builder, message); });
}

} // namespace telltale::otlp::protobuf
