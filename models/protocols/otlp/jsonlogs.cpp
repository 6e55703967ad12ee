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

void readLog(JsonReader &reader)
{
    RecordBuilder &builder = reader.builder();
    builder.beginRecord();
    RawLog log;
    reader.forEachField([&](std::string_view key) {
        if (is(key, "timeUnixNano"))
            log.time = reader.unsignedInteger();
        else if (is(key, "observedTimeUnixNano"))
            log.observedTime = reader.unsignedInteger();
        else if (is(key, "severityNumber"))
            log.severity = reader.enumeration(kSeverities);
        else if (is(key, "severityText"))
            log.severityText = reader.text();
        else if (is(key, "body"))
            log.body = reader.attributeValue(builder.fieldKey(fieldkey::kBody));
        else if (is(key, "attributes"))
            reader.attributes(builder.recordAttributes());
        else if (is(key, "droppedAttributesCount"))
            log.droppedAttributes = reader.unsigned32();
        else if (is(key, "flags"))
            log.flags = reader.unsigned32();
        else if (is(key, "traceId"))
            log.traceId = reader.id();
        else if (is(key, "spanId"))
            log.spanId = reader.id();
        else if (is(key, "eventName"))
            log.eventName = reader.text();
    });
    builder.addLog(log);
}

} // namespace

void decodeLogs(JsonReader &reader)
{
    walkRequest(reader, {"resourceLogs", "scopeLogs", "logRecords"}, readLog);
}

} // namespace telltale::otlp::json
