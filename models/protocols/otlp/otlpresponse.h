// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/otlp/otlpdecoder.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace telltale {

/// The Content-Type of requests and answers in this encoding.
std::string_view otlpContentType(OtlpEncoding encoding);

/// The body of an Export*ServiceResponse. Full success is empty (zero bytes, or {}), as the specification
/// wants; else partialSuccess tells how many were rejected, or with 0 rejected warns.
std::string encodeOtlpResponse(OtlpSignal signal, OtlpEncoding encoding, std::uint64_t rejected = 0,
                               std::string_view message = {});

/// Numbers of google.rpc.Code that our answers use.
enum class RpcCode : int {
    InvalidArgument = 3,
    PermissionDenied = 7,
    ResourceExhausted = 8,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
};

/// The body of a google.rpc.Status: what an answer with status 4xx or 5xx carries.
std::string encodeRpcStatus(OtlpEncoding encoding, RpcCode code, std::string_view message);

} // namespace telltale
