// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/jsonreader.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

// Texts that stand for numbers and bytes.
namespace telltale::otlp::json {
namespace {

bool looksLikeNumber(std::string_view text)
{
    const std::size_t first = text.starts_with('-') ? 1 : 0;
    return text.size() > first && text[first] >= '0' && text[first] <= '9';
}

std::array<std::int8_t, 256> base64Digits()
{
    std::array<std::int8_t, 256> digits;
    digits.fill(-1);
    std::int8_t next = 0;
    for (const char c : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))
        digits[static_cast<unsigned char>(c)] = next++;
    digits['-'] = 62;
    digits['_'] = 63;
    return digits;
}

} // namespace

std::optional<Number> parseNumber(std::string_view text)
{
    if (!looksLikeNumber(text)) {
        if (text == "NaN")
            return Number{false, 0, std::numeric_limits<double>::quiet_NaN()};
        if (text == "Infinity")
            return Number{false, 0, std::numeric_limits<double>::infinity()};
        if (text == "-Infinity")
            return Number{false, 0, -std::numeric_limits<double>::infinity()};
        return {};
    }
    const char *const end = text.data() + text.size();
    std::int64_t whole = 0;
    if (const auto [at, problem] = std::from_chars(text.data(), end, whole);
        problem == std::errc() && at == end)
        return Number{true, whole, 0};
    double number = 0;
    const auto [at, problem] = std::from_chars(text.data(), end, number);
    if (problem != std::errc() || at != end)
        return {};
    // 1e3 is as whole as 1000; -0.0 is not the integer 0.
    constexpr double kLimit = 9.2e18;
    if (number == std::trunc(number) && std::abs(number) < kLimit && !(number == 0 && std::signbit(number)))
        return Number{true, static_cast<std::int64_t>(number), 0};
    return Number{false, 0, number};
}

std::optional<std::string> parseBase64(std::string_view text)
{
    static const std::array<std::int8_t, 256> digits = base64Digits();
    while (text.ends_with('='))
        text.remove_suffix(1);
    if (text.size() % 4 == 1)
        return {};
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3 + 2);
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : text) {
        const std::int8_t digit = digits[static_cast<unsigned char>(c)];
        if (digit < 0)
            return {};
        bits = (bits << 6) | static_cast<std::uint32_t>(digit);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes += static_cast<char>(bits >> count & 0xffU);
        }
    }
    return bytes;
}

} // namespace telltale::otlp::json
