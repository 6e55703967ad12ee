// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace telltale {

/// Standard and URL-safe alphabet, padded or not; line ends are skipped, and a blank is a '+' that went through a form.
/// Nothing when it is none (RFC 4648).
std::optional<std::string> base64Decoded(std::string_view text);

} // namespace telltale
