// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/grpc/grpcmessage.h"

#include <protozero/pbf_reader.hpp>

#include <cstdint>

namespace telltale {
namespace {

constexpr std::size_t kPrefix = 5;
constexpr std::size_t kLongestMessage = 1'024;

} // namespace

std::string_view httpPathOf(std::string_view grpcPath)
{
    constexpr std::string_view kStart = "/opentelemetry.proto.collector.";
    if (!grpcPath.starts_with(kStart))
        return {};
    const std::string_view rest = grpcPath.substr(kStart.size());
    if (rest == "logs.v1.LogsService/Export")
        return "/v1/logs";
    if (rest == "trace.v1.TraceService/Export")
        return "/v1/traces";
    if (rest == "metrics.v1.MetricsService/Export")
        return "/v1/metrics";
    return {};
}

Result<GrpcMessage> readGrpcMessage(std::string_view body)
{
    if (body.size() < kPrefix)
        return failure(Error::Code::InvalidArgument, "The call holds no message.");
    std::uint32_t length = 0;
    for (std::size_t i = 1; i < kPrefix; ++i)
        length = length << 8 | static_cast<std::uint8_t>(body[i]);
    if (body.size() - kPrefix != length)
        return failure(Error::Code::InvalidArgument, "A unary call holds exactly one message, as long as it says.");
    if (static_cast<std::uint8_t>(body[0]) > 1)
        return failure(Error::Code::InvalidArgument, "The message's flag is neither 0 nor 1.");
    return GrpcMessage{body[0] == 1, body.substr(kPrefix)};
}

std::string writeGrpcMessage(std::string_view bytes)
{
    std::string message(kPrefix, '\0');
    for (std::size_t i = 0; i < 4; ++i)
        message[kPrefix - 1 - i] = static_cast<char>(bytes.size() >> (8 * i));
    message += bytes;
    return message;
}

GrpcCode grpcCodeOf(int httpStatus)
{
    switch (httpStatus) {
    case 200:
        return GrpcCode::Ok;
    case 400:
        return GrpcCode::InvalidArgument;
    case 401:
        return GrpcCode::Unauthenticated;
    case 403:
        return GrpcCode::PermissionDenied;
    case 404:
    case 415:
        return GrpcCode::Unimplemented;
    case 413:
        return GrpcCode::ResourceExhausted;
    case 429:
    case 502:
    case 503:
    case 504:
        return GrpcCode::Unavailable;
    default:
        return GrpcCode::Internal;
    }
}

std::string messageOfStatus(std::string_view status)
{
    try {
        protozero::pbf_reader reader(status.data(), status.size());
        while (reader.next()) {
            if (reader.tag() == 2 && reader.wire_type() == protozero::pbf_wire_type::length_delimited)
                return reader.get_string();
            reader.skip();
        }
    } catch (const protozero::exception &) {
        return {};
    }
    return {};
}

std::string encodedGrpcMessage(std::string_view text)
{
    constexpr char kDigits[] = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text.substr(0, kLongestMessage)) {
        const auto byte = static_cast<std::uint8_t>(c);
        if (byte >= 0x20 && byte <= 0x7e && c != '%') {
            encoded += c;
        } else {
            encoded += '%';
            encoded += kDigits[byte >> 4];
            encoded += kDigits[byte & 15];
        }
    }
    return encoded;
}

} // namespace telltale
