// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/demorecord.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace telltale::demo {

/// One request an SDK would make.
struct OtlpRequest
{
    std::string_view path; ///< "/v1/logs", "/v1/traces" or "/v1/metrics"
    std::string body;      ///< protobuf, not compressed
    std::size_t records = 0;
};

/// Writes these records as at most one request a signal, grouped by resource, in the order they are given.
/// Follows opentelemetry-proto 1.x (collector/{logs,trace,metrics}/v1).
std::vector<OtlpRequest> encodeOtlp(std::span<const Record> records, std::string_view scopeName,
                                    std::string_view scopeVersion);

} // namespace telltale::demo
