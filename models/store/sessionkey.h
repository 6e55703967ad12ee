// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/time.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace telltale {

/// The key of a session as it is stored: 16 bytes for a UUID in lower case with dashes, else 0x00 and the text. Most
/// SDKs send UUIDs, and a session a hundred events long feels 21 bytes.
std::string packSessionKey(std::string_view key);
/// Broken bytes give an empty key.
std::string unpackSessionKey(std::string_view packed);

/// "user@2026-11-20T08:00:00Z": what a session formed by us is called.
std::string derivedSessionKey(std::string_view user, Instant start);

/// The hash that dictionaries are found by.
std::int64_t textHash(std::string_view text);

} // namespace telltale
