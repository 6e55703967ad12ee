// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"

#include <cstdint>
#include <string_view>

namespace telltale {

/// Reads "500MB", "10GB", "2GiB" or a plain number of bytes. Error: InvalidArgument.
Result<std::uint64_t> parseByteCount(std::string_view text);

} // namespace telltale
