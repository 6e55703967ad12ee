// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/support/jsonelement.h"

namespace telltale::json {

inline bool isDigit(char c)
{
    return static_cast<unsigned char>(c - '0') < 10;
}
/// What may stand between tokens.
inline bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/// Any number of JSON's grammar, into `to`; white space may follow it up to `end`. False when it is none, a whole number that
/// 64 bits cannot hold, or beyond a double. Precondition: begin < end.
bool readAnyNumber(const char *begin, const char *end, Node &to);

/// The same; those that are most, whole ones of up to 18 digits, without a call.
[[gnu::always_inline]] inline bool readNumber(const char *begin, const char *end, Node &to)
{
    const char *at = begin + (*begin == '-');
    const char *const digits = at;
    std::int64_t number = 0;
    for (; at != end && isDigit(*at) && at - digits < 18; ++at)
        number = number * 10 + (*at - '0');
    const bool isUsual = at != digits && (at == end || isSpace(*at)) && (*digits != '0' || at - digits == 1);
    if (!isUsual) [[unlikely]]
        return readAnyNumber(begin, end, to);
    to.integer = digits == begin ? number : -number;
    to.kind = Kind::Integer;
    return true;
}

} // namespace telltale::json
