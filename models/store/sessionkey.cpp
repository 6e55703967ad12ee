// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/sessionkey.h"

#include "models/telemetry/timeformat.h"

#include <xxhash.h>

namespace telltale {
namespace {

constexpr std::size_t kUuidText = 36;
constexpr std::size_t kUuidBytes = 16;
constexpr char kDigits[] = "0123456789abcdef";

bool isDashAt(std::size_t i)
{
    return i == 8 || i == 13 || i == 18 || i == 23;
}

int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

} // namespace

std::string packSessionKey(std::string_view key)
{
    std::string packed;
    bool isUuid = key.size() == kUuidText;
    for (std::size_t i = 0; isUuid && i < kUuidText;) {
        if (isDashAt(i)) {
            isUuid = key[i++] == '-';
            continue;
        }
        const int high = digit(key[i]);
        const int low = digit(key[i + 1]);
        isUuid = high >= 0 && low >= 0;
        packed.push_back(static_cast<char>(high << 4 | low));
        i += 2;
    }
    // One that begins with a zero byte would look like text.
    if (isUuid && packed.front() != '\0')
        return packed;
    return std::string(1, '\0').append(key);
}

std::string unpackSessionKey(std::string_view packed)
{
    if (packed.empty())
        return {};
    if (packed.front() == '\0')
        return std::string(packed.substr(1));
    if (packed.size() != kUuidBytes)
        return {};
    std::string key;
    for (const char c : packed) {
        if (isDashAt(key.size()))
            key += '-';
        const auto byte = static_cast<unsigned char>(c);
        key += kDigits[byte >> 4];
        key += kDigits[byte & 15];
    }
    return key;
}

std::string derivedSessionKey(std::string_view user, Instant start)
{
    return std::string(user) + '@' + formatRfc3339(start);
}

std::int64_t textHash(std::string_view text)
{
    return static_cast<std::int64_t>(XXH3_64bits(text.data(), text.size()));
}

} // namespace telltale
