// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/support/protocolrequest.h"
#include "models/telemetry/mapping.h"

namespace telltale {

/// Messages of a broker (mqttmessage.h) by their mapping (mqttmapping.h). Topics without a rule:
///
/// - a number, true or false is a gauge called like its topic;
/// - an object with event or name, metric and value, exception or error is what it is in JSON lines (jsonlines.h);
/// - the numbers of any other JSON are gauges called topic/path, the time is its `time`, `timestamp` or `ts`;
/// - other text is a log.
///
/// The product is the topic's first level, unless the message or the mapping says it. Every record of an event, error or log has
/// its topic as mqtt.topic. What has no id arrives at its time of arrival. Limits: 1 MiB a message, 64 levels, 1,000 numbers.
/// Counters: mqtt.*. A ProtocolDecoder. Error: InvalidArgument for a body that is cut off or a mapping that is none.
Result<ProtocolReply> decodeMqtt(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report);

/// What becomes what by default.
MappingTable mqttMappingTable();

} // namespace telltale
