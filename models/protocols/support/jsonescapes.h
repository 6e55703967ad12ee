// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace telltale::json {

/// Writes what a JSON text means that holds escapes; it stands in [begin, end), without quotes. What is written is no longer
/// than that. A lone surrogate, which JavaScript can send, becomes U+FFFD: the rest is worth keeping. Returns the end of what
/// is written, nullptr when an escape is none.
char *unescape(const char *begin, const char *end, char *to);

} // namespace telltale::json
