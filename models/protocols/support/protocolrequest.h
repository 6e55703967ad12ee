// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/counters.h"
#include "models/telemetry/recordbatch.h"
#include "models/telemetry/result.h"
#include "models/telemetry/time.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace telltale {

/// A request as a decoder sees it. Views live as long as the call.
struct ProtocolRequest
{
    std::string_view method; ///< "POST"
    std::string_view path;   ///< without query and trailing slash, still percent-encoded
    std::string_view query;  ///< without '?', still percent-encoded
    std::string_view contentType;
    std::string_view userAgent;
    std::string_view appKey;        ///< the App-Key header
    std::string_view authorization; ///< the Authorization header
    std::string_view body;          ///< decompressed
    Instant arrival;                ///< by our clock; stands in for records without a time
};

/// What an SDK wants to hear. JSON unless said otherwise.
struct ProtocolReply
{
    int status = 200;
    std::string_view contentType = "application/json"; ///< of a text that lives as long as the program
    std::string body = "{}";
};

/// What a decoder has to say beside records and reply.
struct ProtocolReport
{
    std::uint64_t rejected = 0; ///< records of this request that were left out
    std::uint64_t lost = 0;     ///< records the client says it dropped itself
    bool isTimeless = false;    ///< a record has neither a time nor an id: the same bytes may be said again and meant again
    CounterSet counters;
};

/// One protocol: bytes of a request to records of our vocabulary and the answer its SDKs expect. Pure, safe from any
/// thread with a batch of one's own. Error: InvalidArgument or TooLarge when the body is not what it should be; the batch
/// then holds rubbish, and the report has counted the refusal.
using ProtocolDecoder = Result<ProtocolReply> (*)(const ProtocolRequest &request, RecordBatch &batch,
                                                  ProtocolReport &report);

} // namespace telltale
