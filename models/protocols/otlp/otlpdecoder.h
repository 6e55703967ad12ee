// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/counters.h"
#include "models/telemetry/mapping.h"
#include "models/telemetry/recordbatch.h"
#include "models/telemetry/result.h"
#include "models/telemetry/time.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace telltale {

enum class OtlpSignal : std::uint8_t { Logs, Traces, Metrics };
enum class OtlpEncoding : std::uint8_t { Protobuf, Json };

/// What a decoder has to know beside the bytes.
struct DecodeContext
{
    Instant arrival; ///< by our clock; stands in for records without a time and tells which lie in the future
};

/// What a decoder has to say beside the records.
struct DecodeReport
{
    std::uint64_t rejected = 0; ///< records left out of the batch: the number of a partial success
    std::string message;        ///< why, for the client; empty when there is nothing to say
    CounterSet counters;
};

/// Decodes the body of one Export*ServiceRequest and appends its records to `out`, mapped to our vocabulary
/// by the rules of otlpmapping.h. An empty request is a success without records. Error: InvalidArgument when
/// the body is not such a message, TooLarge beyond a million records; `out` then holds rubbish and must be
/// cleared, and `report` has counted the refusal. Pure: nothing of one call is seen by another, safe from any
/// thread with batches of one's own. Cost: linear in the body; every text is copied at most once, into the
/// batch's string table. Follows opentelemetry/proto/{logs,trace,metrics}/v1 and the JSON encoding rules of
/// the OTLP specification.
Result<void> decodeOtlp(OtlpSignal signal, OtlpEncoding encoding, std::string_view body,
                        const DecodeContext &context, RecordBatch &out, DecodeReport &report);

/// What becomes what, as the rules of otlpmapping.h have it.
MappingTable otlpMapping();

} // namespace telltale
