// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/otlpresponse.h"

#include "models/telemetry/value.h"

#include <protozero/pbf_writer.hpp>

#include <limits>

namespace telltale {
namespace {

// Field numbers of opentelemetry/proto/collector/*/v1/*_service.proto and google/rpc/status.proto.
enum : protozero::pbf_tag_type { kPartialSuccess = 1 };
enum : protozero::pbf_tag_type { kRejected = 1, kErrorMessage = 2 };
enum : protozero::pbf_tag_type { kStatusCode = 1, kStatusMessage = 2 };

std::string_view rejectedKey(OtlpSignal signal)
{
    switch (signal) {
    case OtlpSignal::Logs:
        return "rejectedLogRecords";
    case OtlpSignal::Traces:
        return "rejectedSpans";
    case OtlpSignal::Metrics:
        return "rejectedDataPoints";
    }
    return "rejectedLogRecords";
}

} // namespace

std::string_view otlpContentType(OtlpEncoding encoding)
{
    return encoding == OtlpEncoding::Json ? "application/json" : "application/x-protobuf";
}

std::string encodeOtlpResponse(OtlpSignal signal, OtlpEncoding encoding, std::uint64_t rejected,
                               std::string_view message)
{
    const bool isFullSuccess = rejected == 0 && message.empty();
    if (encoding == OtlpEncoding::Json) {
        if (isFullSuccess)
            return "{}";
        std::string body = "{\"partialSuccess\":{";
        appendJsonString(body, rejectedKey(signal));
        body += ":\"" + std::to_string(rejected) + "\""; // 64 bits are strings in JSON
        if (!message.empty()) {
            body += ",\"errorMessage\":";
            appendJsonString(body, message);
        }
        return body + "}}";
    }
    if (isFullSuccess)
        return {};
    constexpr auto kLargest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    std::string partialSuccess;
    protozero::pbf_writer partial(partialSuccess);
    if (rejected != 0)
        partial.add_int64(kRejected, static_cast<std::int64_t>(rejected < kLargest ? rejected : kLargest));
    if (!message.empty())
        partial.add_string(kErrorMessage, message.data(), message.size());
    std::string body;
    protozero::pbf_writer(body).add_message(kPartialSuccess, partialSuccess);
    return body;
}

std::string encodeRpcStatus(OtlpEncoding encoding, RpcCode code, std::string_view message)
{
    std::string body;
    if (encoding == OtlpEncoding::Json) {
        body = "{\"code\":" + std::to_string(static_cast<int>(code)) + ",\"message\":";
        appendJsonString(body, message);
        return body + "}";
    }
    protozero::pbf_writer status(body);
    status.add_int32(kStatusCode, static_cast<int>(code));
    status.add_string(kStatusMessage, message.data(), message.size());
    return body;
}

} // namespace telltale
