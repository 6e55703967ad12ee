// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/support/protocolrequest.h"
#include "models/telemetry/mapping.h"

namespace telltale {

/// The path under which datagrams reach the pipeline. No HTTP request has such a path.
inline constexpr std::string_view kStatsdPath = "statsd";

/// Lines of StatsD and of its dialects: tags of DogStatsD (`|#k:v`), Telegraf (`name,k=v`) and Graphite (`name;k=v`), packed values,
/// times, DogStatsD's events and service checks. Each line is one record, exact, at its arrival unless it has a time:
///
/// - `c` a delta sum, already multiplied by 1/rate; `g` a gauge; a gauge with a sign a delta sum, since where it began is
///   not known;
/// - `ms`, `h`, `d` an exponential histogram of the value, 1/rate times over, so that percentiles are within 0.3 %;
/// - `s` a delta sum of 1 with the member as the attribute "set.member";
/// - events and service checks logs, with a severity.
///
/// Tags are attributes; service or app, version and env also say who sends. Lines that are none are counted and left
/// out. A ProtocolDecoder.
Result<ProtocolReply> decodeStatsd(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report);

/// What becomes what.
MappingTable statsdMapping();

} // namespace telltale
