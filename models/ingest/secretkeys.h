// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace telltale {

/// What the key of an attribute says about its value.
enum class KeySecrecy : std::uint8_t {
    Harmless,
    SecretText, ///< secret unless it is a number or a boolean: a token is one, a token count is not
    Secret,     ///< secret unless it is a boolean: a password may be all digits
};

/// Judges a key by its words: "http.request.header.X-Api-Key" has the words http, request, header, x, api, key. A word
/// behind the secret one may make it harmless: password.length, cookie_consent, auth.token.type.
/// Cost: linear in the key, no allocation.
KeySecrecy secrecyOfKey(std::string_view key);

} // namespace telltale
