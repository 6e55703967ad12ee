// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/grouping/messagetemplate.h"

#include <algorithm>

namespace telltale {
namespace {

constexpr auto kNone = std::string_view::npos;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isHex(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool isLetter(char c)
{
    // Bytes of UTF-8 beyond ASCII count as letters.
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}
bool isWordEnd(char c)
{
    constexpr std::string_view kEnds = " \t\r\n,;()[]{}<>=\"'`|";
    return kEnds.find(c) != kNone;
}
template<typename Test>
bool holds(std::string_view text, Test test)
{
    return std::any_of(text.begin(), text.end(), test);
}
template<typename Test>
bool isAll(std::string_view text, Test test)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), test);
}

bool isUuid(std::string_view word)
{
    if (word.size() != 36)
        return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const bool isDash = i == 8 || i == 13 || i == 18 || i == 23;
        if (isDash ? word[i] != '-' : !isHex(word[i]))
            return false;
    }
    return true;
}

bool isEmail(std::string_view word)
{
    const std::size_t at = word.find('@');
    return at != kNone && at > 0 && word.find('.', at) != kNone;
}

bool isPath(std::string_view word)
{
    if (word.size() > 2 && isLetter(word[0]) && word[1] == ':' && (word[2] == '\\' || word[2] == '/'))
        return true;
    const std::size_t slash = word.find('/');
    if (slash == 0 || word.starts_with("./") || word.starts_with("../") || word.starts_with("~/"))
        return word.size() > slash + 1;
    return slash != kNone && word.find('/', slash + 1) != kNone; // "i/o" and "and/or" are words
}

/// A number with sign, fraction, exponent, date and time marks, or a unit behind it: 3, -1.5e3, 12:30, 80%,
/// 250ms.
bool isNumber(std::string_view word)
{
    if (word.starts_with('-') || word.starts_with('+') || word.starts_with('#') || word.starts_with('$'))
        word.remove_prefix(1);
    if (word.empty() || !isDigit(word.front()))
        return false;
    std::size_t unit = word.size();
    while (unit > 0 && (isLetter(word[unit - 1]) || word[unit - 1] == '%'))
        --unit;
    if (word.size() - unit > 4)
        return false;
    return isAll(word.substr(0, unit),
                 [](char c) { return isDigit(c) || std::string_view(".:-+/eETZ_").find(c) != kNone; });
}

/// Long, of letters and digits mixed: a token or a key.
bool isToken(std::string_view word)
{
    return word.size() >= 16 && holds(word, isDigit) && holds(word, isLetter) &&
           isAll(word, [](char c) { return isDigit(c) || isLetter(c) || c == '-' || c == '_'; });
}

bool isHexNumber(std::string_view word)
{
    if (word.starts_with("0x") || word.starts_with("0X"))
        return isAll(word.substr(2), isHex);
    return word.size() >= 8 && isAll(word, isHex) && holds(word, isDigit);
}

void appendWord(std::string &out, std::string_view word)
{
    // Marks at the end belong to the sentence.
    std::size_t end = word.size();
    while (end > 0 && std::string_view(".:!?").find(word[end - 1]) != kNone)
        --end;
    const std::string_view marks = word.substr(end);
    word = word.substr(0, end);
    if (word.find("://") != kNone) {
        out += "<url>";
    } else if (isEmail(word)) {
        out += "<email>";
    } else if (isUuid(word)) {
        out += "<id>";
    } else if (isPath(word)) {
        out += "<path>";
    } else if (isNumber(word)) {
        out += "<n>";
    } else if (isHexNumber(word)) {
        out += "<hex>";
    } else if (isToken(word)) {
        out += "<id>";
    } else {
        for (std::size_t i = 0; i < word.size();) {
            if (!isDigit(word[i])) {
                out += word[i++];
                continue;
            }
            out += "<n>";
            while (i < word.size() && isDigit(word[i]))
                ++i;
        }
    }
    out += marks;
}

/// The length of the quoted text that begins at `at`, quotes included; 0 when none begins there. The
/// apostrophe of "can't" is no quote.
std::size_t quotedLength(std::string_view text, std::size_t at, std::string &withoutEnd)
{
    const char quote = text[at];
    if (quote != '"' && quote != '\'' && quote != '`')
        return 0;
    if (withoutEnd.find(quote) != kNone)
        return 0;
    if (at > 0 && (isLetter(text[at - 1]) || isDigit(text[at - 1])))
        return 0;
    for (std::size_t i = at + 1; i < text.size(); ++i) {
        const bool closes =
            text[i] == quote && (i + 1 == text.size() || !(isLetter(text[i + 1]) || isDigit(text[i + 1])));
        if (closes)
            return i + 1 - at;
    }
    withoutEnd += quote; // do not search again: the work stays linear
    return 0;
}

} // namespace

std::string messageTemplate(std::string_view message)
{
    message = message.substr(0, kMaximumTemplateBytes);
    std::string out;
    std::string withoutEnd;
    for (std::size_t at = 0; at < message.size();) {
        const char c = message[at];
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            if (!out.empty() && out.back() != ' ')
                out += ' ';
            ++at;
        } else if (const std::size_t quoted = quotedLength(message, at, withoutEnd)) {
            out += "<text>";
            at += quoted;
        } else if (isWordEnd(c)) {
            out += c;
            ++at;
        } else {
            std::size_t end = at + 1;
            while (end < message.size() && !isWordEnd(message[end]))
                ++end;
            if (message.substr(at, end - at).find("://") != kNone)
                end = std::min(message.find_first_of(" \t\r\n\"'`<>()[]{}", end), message.size());
            appendWord(out, message.substr(at, end - at));
            at = end;
        }
    }
    while (out.ends_with(' '))
        out.pop_back();
    return out;
}

} // namespace telltale
