// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace telltale {

/// Finds secrets inside text by their shape: e-mail addresses, payment card numbers (with Luhn's check), JSON web tokens,
/// bearer tokens, keys of well-known services, private keys in PEM, passwords in URLs, `token=...` in queries.
/// Linear time (RE2). Immutable after construction; safe from any thread.
class SecretPatterns
{
public:
    SecretPatterns();
    ~SecretPatterns();
    SecretPatterns(const SecretPatterns &) = delete;
    SecretPatterns &operator=(const SecretPatterns &) = delete;

    /// Which kinds of secrets the text might hold, as a set of bits; 0: surely none. Cheap, takes any bytes.
    static std::uint32_t suspicions(std::string_view text);
    /// Looks closer at what is suspected. True when something was masked; then `out` is the text with a word like [email]
    /// or [token] in its place.
    bool mask(std::string_view text, std::uint32_t suspicions, std::string &out) const;

private:
    class Private;
    std::unique_ptr<const Private> d;
};

} // namespace telltale
