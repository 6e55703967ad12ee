// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/otlproute.h"

#include "models/protocols/otlp/otlpresponse.h"

#include <xxhash.h>

#include <algorithm>

namespace telltale {
namespace {

RpcCode rpcCodeOf(int status)
{
    switch (status) {
    case 401:
    case 403:
        return RpcCode::PermissionDenied;
    case 404:
    case 405:
        return RpcCode::Unimplemented;
    case 413:
        return RpcCode::ResourceExhausted;
    case 503:
        return RpcCode::Unavailable;
    default:
        return status >= 500 ? RpcCode::Internal : RpcCode::InvalidArgument;
    }
}

bool equalsIgnoringCase(std::string_view text, std::string_view lowerCase)
{
    return text.size() == lowerCase.size() &&
           std::equal(text.begin(), text.end(), lowerCase.begin(),
                      [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

} // namespace

std::optional<OtlpSignal> otlpSignalOf(std::string_view path)
{
    if (path.ends_with("/v1/logs"))
        return OtlpSignal::Logs;
    if (path.ends_with("/v1/traces"))
        return OtlpSignal::Traces;
    if (path.ends_with("/v1/metrics"))
        return OtlpSignal::Metrics;
    return std::nullopt;
}

std::optional<OtlpEncoding> otlpEncodingOf(std::string_view contentType)
{
    std::string_view type = contentType.substr(0, contentType.find(';'));
    while (!type.empty() && (type.back() == ' ' || type.back() == '\t'))
        type.remove_suffix(1);
    while (!type.empty() && (type.front() == ' ' || type.front() == '\t'))
        type.remove_prefix(1);
    if (equalsIgnoringCase(type, "application/json"))
        return OtlpEncoding::Json;
    if (equalsIgnoringCase(type, "application/x-protobuf"))
        return OtlpEncoding::Protobuf;
    return std::nullopt;
}

Answer otlpRefusal(std::string_view contentType, int status, std::string_view message)
{
    const OtlpEncoding encoding = otlpEncodingOf(contentType).value_or(OtlpEncoding::Json);
    Answer answer;
    answer.status = status;
    answer.contentType = otlpContentType(encoding);
    answer.body = encodeRpcStatus(encoding, rpcCodeOf(status), message);
    return answer;
}

DeliveryKey otlpDeliveryKey(OtlpSignal signal, OtlpEncoding encoding, std::string_view protocol,
                            std::string_view body)
{
    // The seed keeps equal bytes of different endpoints or encodings apart.
    const XXH64_hash_t seed =
        0x7e117a1e00ULL + static_cast<unsigned>(signal) * 16U + static_cast<unsigned>(encoding) +
        (protocol.ends_with("grpc") ? 8U : 0U);
    const XXH128_hash_t hash = XXH3_128bits_withSeed(body.data(), body.size(), seed);
    return {hash.high64, hash.low64};
}

} // namespace telltale
