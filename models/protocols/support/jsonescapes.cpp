// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/support/jsonescapes.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace telltale::json {
namespace {

/// The code unit of four hex digits; -1 when they are none.
int codeUnit(const char *at, const char *end)
{
    if (end - at < 4)
        return -1;
    int unit = 0;
    for (int i = 0; i < 4; ++i) {
        const char c = at[i];
        const int digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

char *writeUtf8(char *to, unsigned code)
{
    const auto byte = [&](unsigned value) { *to++ = static_cast<char>(value); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xc0U | code >> 6);
        byte(0x80U | (code & 0x3fU));
    } else if (code < 0x10000) {
        byte(0xe0U | code >> 12);
        byte(0x80U | (code >> 6 & 0x3fU));
        byte(0x80U | (code & 0x3fU));
    } else {
        byte(0xf0U | code >> 18);
        byte(0x80U | (code >> 12 & 0x3fU));
        byte(0x80U | (code >> 6 & 0x3fU));
        byte(0x80U | (code & 0x3fU));
    }
    return to;
}

/// What follows "\u", of which `at` is moved behind. Negative: none.
int codePoint(const char *&at, const char *end)
{
    const int unit = codeUnit(at, end);
    if (unit < 0)
        return -1;
    at += 4;
    if (unit < 0xd800 || unit > 0xdfff)
        return unit;
    const bool isFirst = unit < 0xdc00 && end - at >= 6 && at[0] == '\\' && at[1] == 'u';
    const int low = isFirst ? codeUnit(at + 2, end) : -1;
    if (low < 0xdc00 || low > 0xdfff)
        return 0xfffd;
    at += 6;
    return 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
}

/// What a letter behind a backslash means, but for the u; 0: nothing.
char meaningOf(char letter)
{
    switch (letter) {
    case '"':
    case '\\':
    case '/':
        return letter;
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return 0;
    }
}

} // namespace

char *unescape(const char *begin, const char *end, char *to)
{
    for (const char *at = begin;;) {
        const void *const found = std::memchr(at, '\\', static_cast<std::size_t>(end - at));
        const char *const escape = found ? static_cast<const char *>(found) : end;
        to = std::copy(at, escape, to);
        if (escape == end)
            return to;
        at = escape + 1;
        if (at == end)
            return nullptr;
        const char letter = *at++;
        if (letter == 'u') {
            const int code = codePoint(at, end);
            if (code < 0)
                return nullptr;
            to = writeUtf8(to, static_cast<unsigned>(code));
        } else if (const char meaning = meaningOf(letter); meaning != 0) {
            *to++ = meaning;
        } else {
            return nullptr;
        }
    }
}

} // namespace telltale::json
