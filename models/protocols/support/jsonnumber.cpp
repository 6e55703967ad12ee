// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/support/jsonnumber.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <limits>

namespace telltale::json {
namespace {

/// A number's parts, where they stand.
struct Parts
{
    const char *begin = nullptr, *end = nullptr; ///< all of it
    const char *digits = nullptr;                ///< behind the sign
    std::ptrdiff_t whole = 0, fraction = 0;      ///< digits
    std::uint64_t mantissa = 0;                  ///< of all digits, when they are at most 19
    int exponent = 0;                            ///< as written
    bool isWhole = true;                         ///< neither point nor exponent

    bool isNegative() const { return digits != begin; }
};

const char *takeDigits(const char *at, const char *end, std::uint64_t &number)
{
    for (; at != end && isDigit(*at); ++at)
        number = number * 10 + static_cast<std::uint64_t>(*at - '0');
    return at;
}

bool takeExponent(const char *&at, const char *end, int &exponent)
{
    constexpr int kBeyondAll = 1'000'000;
    const bool isNegative = at != end && *at == '-';
    at += at != end && (*at == '-' || *at == '+');
    const char *const digits = at;
    int number = 0;
    for (; at != end && isDigit(*at); ++at)
        number = std::min(number * 10 + (*at - '0'), kBeyondAll);
    exponent = isNegative ? -number : number;
    return at != digits;
}

bool split(const char *begin, const char *end, Parts &parts)
{
    parts.begin = begin;
    parts.digits = begin + (*begin == '-');
    const char *at = takeDigits(parts.digits, end, parts.mantissa);
    parts.whole = at - parts.digits;
    if (parts.whole == 0 || (*parts.digits == '0' && parts.whole > 1))
        return false;
    if (at != end && *at == '.') {
        const char *const point = at;
        at = takeDigits(at + 1, end, parts.mantissa);
        parts.fraction = at - point - 1;
        parts.isWhole = false;
        if (parts.fraction == 0)
            return false;
    }
    if (at != end && (*at == 'e' || *at == 'E')) {
        parts.isWhole = false;
        if (!takeExponent(++at, end, parts.exponent))
            return false;
    }
    parts.end = at;
    return at == end || isSpace(*at);
}

bool setWhole(const Parts &parts, Node &to)
{
    std::uint64_t number = 0;
    if (std::from_chars(parts.digits, parts.end, number).ec != std::errc())
        return false;
    constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (number <= kMost + parts.isNegative()) {
        to.kind = Kind::Integer;
        to.integer = static_cast<std::int64_t>(parts.isNegative() ? 0 - number : number);
        return true;
    }
    to.kind = Kind::Unsigned;
    to.natural = number;
    return !parts.isNegative();
}

/// Of a number that no double is as near to as to 0 or to infinity: which.
bool isTooLarge(const Parts &parts)
{
    const char *const first = std::find_if(parts.digits, parts.end, [](char c) { return c != '0' && c != '.'; });
    const std::ptrdiff_t beforePoint = parts.whole - (first - parts.digits); // counts the point, too, but then it is small
    return beforePoint + parts.exponent > 0;
}

bool setReal(const Parts &parts, Node &to)
{
    constexpr double kPowers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    constexpr std::uint64_t kExact = std::uint64_t{1} << 53U;
    to.kind = Kind::Real;
    const std::ptrdiff_t power = parts.exponent - parts.fraction;
    if (parts.whole + parts.fraction <= 19 && parts.mantissa <= kExact && std::abs(power) < std::ssize(kPowers)) {
        // Both are exact, so one operation rounds once.
        const auto number = static_cast<double>(parts.mantissa);
        const double value = power < 0 ? number / kPowers[-power] : number * kPowers[power];
        to.real = parts.isNegative() ? -value : value;
        return true;
    }
    double value = 0;
    if (std::from_chars(parts.begin, parts.end, value).ec == std::errc()) {
        to.real = value;
        return std::isfinite(value);
    }
    to.real = parts.isNegative() ? -0.0 : 0.0;
    return !isTooLarge(parts);
}

} // namespace

bool readAnyNumber(const char *begin, const char *end, Node &to)
{
    Parts parts;
    return split(begin, end, parts) && (parts.isWhole ? setWhole(parts, to) : setReal(parts, to));
}

} // namespace telltale::json
