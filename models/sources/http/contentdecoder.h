// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

enum class ContentCoding { Identity, Gzip, Deflate, Zstd, Brotli };

/// The codings of one or more Content-Encoding fields joined by commas, in the order they were applied; identity is left
/// out. Case does not matter. Error: Unsupported, for a name nobody here knows or more than four codings.
/// Follows RFC 9110, 8.4; zstd as in RFC 9659, br as in RFC 7932.
Result<std::vector<ContentCoding>> parseContentEncoding(std::string_view field);

/// Undoes the codings, the last applied first. No stage ever holds more than `limit` bytes of output, whatever the input
/// claims about itself. "deflate" may be zlib or raw; gzip and zstd may consist of several members or frames.
/// Errors: TooLarge (more than `limit` bytes, or a zstd window above 8 MiB), InvalidArgument (damaged or cut short).
/// Cost: gzip with an honest trailer goes through libdeflate in one pass, everything else is streamed.
Result<std::string> decodeContent(std::string body, const std::vector<ContentCoding> &codings,
                                  std::size_t limit);

} // namespace telltale
