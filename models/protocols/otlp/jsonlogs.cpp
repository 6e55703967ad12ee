// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/jsonreader.h"

namespace telltale::otlp::json {
namespace {

// Names of SeverityNumber, by number.
constexpr std::string_view kSeverities[] = {
    "UNSPECIFIED", "TRACE",  "TRACE2", "TRACE3", "TRACE4", "DEBUG",  "DEBUG2", "DEBUG3", "DEBUG4",
    "INFO",        "INFO2",  "INFO3",  "INFO4",  "WARN",   "WARN2",  "WARN3",  "WARN4",  "ERROR",
    "ERROR2",      "ERROR3", "ERROR4", "FATAL",  "FATAL2", "FATAL3", "FATAL4",
};

void readLog(JsonReader &reader, JsonValue record)
{
    RecordBuilder &builder = reader.builder();
    builder.beginRecord();
    RawLog log;
    reader.forEachField(record, [&](std::string_view key, JsonValue value) {
        if (key == "timeUnixNano")
            log.time = reader.unsignedInteger(value);
        else if (key == "observedTimeUnixNano")
            log.observedTime = reader.unsignedInteger(value);
        else if (key == "severityNumber")
            log.severity = reader.enumeration(value, kSeverities);
        else if (key == "severityText")
            log.severityText = reader.text(value);
        else if (key == "body")
            log.body = reader.attributeValue(builder.fieldKey(fieldkey::kBody), value);
        else if (key == "attributes")
            reader.attributes(builder.recordAttributes(), value);
        else if (key == "droppedAttributesCount")
            log.droppedAttributes = reader.unsigned32(value);
        else if (key == "flags")
            log.flags = reader.unsigned32(value);
        else if (key == "traceId")
            log.traceId = reader.id(value);
        else if (key == "spanId")
            log.spanId = reader.id(value);
        else if (key == "eventName")
            log.eventName = reader.text(value);
    });
    builder.addLog(log);
}

} // namespace

void decodeLogs(simdjson::ondemand::document &document, RecordBuilder &builder)
{
    walkRequest(document, builder, {"resourceLogs", "scopeLogs", "logRecords"}, readLog);
}

} // namespace telltale::otlp::json
