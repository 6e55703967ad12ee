// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/protobufreader.h"

namespace telltale::otlp::protobuf {
namespace {

// Field numbers of opentelemetry/proto/logs/v1/logs.proto.
namespace logrecord {
enum : protozero::pbf_tag_type {
    Time = 1,
    SeverityNumber = 2,
    SeverityText = 3,
    Body = 5,
    Attributes = 6,
    Dropped = 7,
    Flags = 8,
    TraceId = 9,
    SpanId = 10,
    ObservedTime = 11,
    EventName = 12,
};
}

void readLog(RecordBuilder &builder, std::uint32_t bodyKey, std::string_view message)
{
    builder.beginRecord();
    AttributeSet &attributes = builder.recordAttributes();
    RawLog log;
    Reader reader = readerOf(message);
    while (reader.next()) {
        switch (reader.tag_and_type()) {
        case bytes(logrecord::Attributes):
            readAttribute(builder, attributes, view(reader));
            break;
        case fixed64(logrecord::Time):
            log.time = reader.get_fixed64();
            break;
        case fixed64(logrecord::ObservedTime):
            log.observedTime = reader.get_fixed64();
            break;
        case varint(logrecord::SeverityNumber):
            log.severity = reader.get_int32();
            break;
        case bytes(logrecord::SeverityText):
            log.severityText = view(reader);
            break;
        case bytes(logrecord::Body):
            log.body = readValue(builder, bodyKey, view(reader));
            break;
        case varint(logrecord::Dropped):
            log.droppedAttributes = reader.get_uint32();
            break;
        case fixed32(logrecord::Flags):
            log.flags = reader.get_fixed32();
            break;
        case bytes(logrecord::TraceId):
            log.traceId = view(reader);
            break;
        case bytes(logrecord::SpanId):
            log.spanId = view(reader);
            break;
        case bytes(logrecord::EventName):
            log.eventName = view(reader);
            break;
        default:
            reader.skip();
        }
    }
    builder.addLog(log);
}

} // namespace

void decodeLogs(std::string_view body, RecordBuilder &builder)
{
    const std::uint32_t bodyKey = builder.fieldKey(fieldkey::kBody);
    walkRequest(body, builder, [&](std::string_view message) { readLog(builder, bodyKey, message); });
}

} // namespace telltale::otlp::protobuf
