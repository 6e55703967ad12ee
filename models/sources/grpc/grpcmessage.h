// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace telltale {

/// gRPC's codes, as far as they are used here.
enum class GrpcCode {
    Ok = 0,
    InvalidArgument = 3,
    PermissionDenied = 7,
    ResourceExhausted = 8,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
    Unauthenticated = 16,
};

/// "/v1/logs" for "/opentelemetry.proto.collector.logs.v1.LogsService/Export"; empty when it is no call of OTLP.
std::string_view httpPathOf(std::string_view grpcPath);

/// The one message of a unary call: a flag, four bytes of length, the bytes.
struct GrpcMessage
{
    bool isCompressed = false;
    std::string_view bytes; ///< of the body
};
/// Error: InvalidArgument when there is not exactly one message.
Result<GrpcMessage> readGrpcMessage(std::string_view body);
/// The same the other way, uncompressed.
std::string writeGrpcMessage(std::string_view bytes);

/// The code that says what an HTTP status of OTLP says.
GrpcCode grpcCodeOf(int httpStatus);
/// The message of a google.rpc.Status in protobuf; empty when it is none.
std::string messageOfStatus(std::string_view status);
/// As a header value: percent-encoded, as the specification has it for grpc-message. At most a kilobyte.
std::string encodedGrpcMessage(std::string_view text);

} // namespace telltale
