// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/telemetry/base64.h"

#include <cstdint>

namespace telltale {
namespace {

int base64Digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '+' || c == '-' || c == ' ')
        return 62;
    if (c == '/' || c == '_')
        return 63;
    return -1;
}

} // namespace

std::optional<std::string> base64Decoded(std::string_view text)
{
    std::string decoded;
    decoded.reserve(text.size() * 3 / 4);
    std::uint32_t bits = 0;
    int count = 0;
    bool isPadded = false;
    for (const char c : text) {
        if (c == '\r' || c == '\n')
            continue;
        if (c == '=') {
            isPadded = true;
            continue;
        }
        const int digit = base64Digit(c);
        if (digit < 0 || isPadded)
            return std::nullopt;
        bits = bits << 6 | static_cast<std::uint32_t>(digit);
        if (++count == 4) {
            decoded.push_back(static_cast<char>(bits >> 16));
            decoded.push_back(static_cast<char>(bits >> 8));
            decoded.push_back(static_cast<char>(bits));
            bits = 0;
            count = 0;
        }
    }
    if (count == 1)
        return std::nullopt;
    if (count >= 2)
        decoded.push_back(static_cast<char>(bits >> (count == 2 ? 4 : 10)));
    if (count == 3)
        decoded.push_back(static_cast<char>(bits >> 2));
    return decoded;
}

} // namespace telltale
