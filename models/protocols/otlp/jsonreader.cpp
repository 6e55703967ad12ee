// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/jsonreader.h"

#include <charconv>
#include <limits>

namespace telltale::otlp::json {
namespace {

std::string_view token(JsonValue &value)
{
    std::string_view text = value.raw_json_token();
    const std::size_t end = text.find_last_not_of(" \t\r\n");
    return text.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/// The code unit of "\uXXXX" at `at`, which is behind the u; -1 when it is none.
int codeUnit(std::string_view text, std::size_t at)
{
    if (at + 4 > text.size())
        return -1;
    int unit = 0;
    for (std::size_t i = at; i < at + 4; ++i) {
        const int digit = hexDigit(text[i]);
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

void appendUtf8(std::string &out, unsigned code)
{
    const auto byte = [&](unsigned value) { out += static_cast<char>(value); };
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
}

} // namespace

json_type JsonReader::typeOf(JsonValue &value)
{
    const json_type type = value.type().value();
    if (type == json_type::null && token(value) != "null")
        throw MalformedJson{"a literal is misspelt"};
    return type;
}

std::string_view JsonReader::keyOf(JsonField &field)
{
    // Not unescaped: that would fill the parser's buffer anew each time an object is read again.
    const char *const begin = field.key().raw();
    const auto *const end =
        static_cast<const char *>(std::memchr(begin, '"', std::numeric_limits<std::int32_t>::max()));
    return {begin, static_cast<std::size_t>(end - begin)};
}

std::string_view JsonReader::rawText(JsonValue &value)
{
    // The token runs to the next one: the closing quote is the last quote in it.
    const std::string_view whole = token(value);
    if (whole.size() < 2 || whole.back() != '"')
        throw MalformedJson{"a text does not end"};
    return whole.substr(1, whole.size() - 2);
}

/// A lone surrogate, which JavaScript can send, becomes U+FFFD; the rest of the request is worth keeping.
std::string_view JsonReader::unescaped(std::string_view raw)
{
    std::string text;
    text.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] != '\\') {
            text += raw[i];
            continue;
        }
        const char c = ++i < raw.size() ? raw[i] : '\0';
        switch (c) {
        case '"':
        case '\\':
        case '/':
            text += c;
            break;
        case 'b':
            text += '\b';
            break;
        case 'f':
            text += '\f';
            break;
        case 'n':
            text += '\n';
            break;
        case 'r':
            text += '\r';
            break;
        case 't':
            text += '\t';
            break;
        case 'u': {
            const int unit = codeUnit(raw, i + 1);
            if (unit < 0)
                throw MalformedJson{"a text has a broken escape"};
            i += 4;
            auto code = static_cast<unsigned>(unit);
            if (code >= 0xd800 && code < 0xe000) {
                const bool hasNext =
                    code < 0xdc00 && i + 2 < raw.size() && raw[i + 1] == '\\' && raw[i + 2] == 'u';
                const int low = hasNext ? codeUnit(raw, i + 3) : -1;
                if (low >= 0xdc00 && low < 0xe000) {
                    code = 0x10000 + ((code - 0xd800) << 10) + (static_cast<unsigned>(low) - 0xdc00);
                    i += 6;
                } else {
                    code = 0xfffd;
                }
            }
            appendUtf8(text, code);
            break;
        }
        default:
            throw MalformedJson{"a text has a broken escape"};
        }
    }
    return keep(std::move(text));
}

std::string_view JsonReader::text(JsonValue value)
{
    const json_type type = typeOf(value);
    if (type != json_type::string) {
        if (type != json_type::null)
            invalidField();
        return {};
    }
    const std::string_view raw = rawText(value);
    return raw.find('\\') == std::string_view::npos ? raw : unescaped(raw);
}

std::optional<Value> JsonReader::numeric(JsonValue &value, bool &isValid)
{
    const json_type type = typeOf(value);
    if (type == json_type::null)
        return {};
    std::optional<Value> number;
    if (type == json_type::number) {
        number = parseNumber(token(value));
        if (!number) {
            // Either no number at all, or one beyond double: then it is valid JSON all the same.
            if (token(value).find_first_not_of("0123456789+-.eE") != std::string_view::npos)
                throw MalformedJson{"a number is misspelt"};
        }
    } else if (type == json_type::string) {
        const std::string_view raw = rawText(value);
        if (raw.empty())
            return {};
        number = parseNumber(raw);
    }
    isValid = isValid && number.has_value();
    return number;
}

std::uint64_t JsonReader::unsignedInteger(JsonValue value)
{
    const json_type type = typeOf(value);
    if (type == json_type::string || type == json_type::number) {
        // The common case first: digits only, all 64 bits of them.
        const std::string_view digits = type == json_type::string ? rawText(value) : token(value);
        std::uint64_t number = 0;
        const auto [at, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (problem == std::errc() && at == digits.data() + digits.size())
            return number;
    }
    bool isValid = true;
    const std::optional<Value> number = numeric(value, isValid);
    if (number) {
        const auto *whole = number->as<std::int64_t>();
        if (whole && *whole >= 0)
            return static_cast<std::uint64_t>(*whole);
        const auto *real = number->as<double>();
        if (real && *real >= 9.2e18)
            return *real < 1.8e19 ? static_cast<std::uint64_t>(*real)
                                  : std::numeric_limits<std::uint64_t>::max();
        isValid = false;
    }
    if (!isValid)
        invalidField();
    return 0;
}

std::int64_t JsonReader::integer(JsonValue value)
{
    bool isValid = true;
    const std::optional<Value> number = numeric(value, isValid);
    if (number) {
        if (const auto *whole = number->as<std::int64_t>())
            return *whole;
        isValid = false;
    }
    if (!isValid)
        invalidField();
    return 0;
}

std::uint32_t JsonReader::unsigned32(JsonValue value)
{
    const std::uint64_t number = unsignedInteger(value);
    return number > std::numeric_limits<std::uint32_t>::max() ? std::numeric_limits<std::uint32_t>::max()
                                                              : static_cast<std::uint32_t>(number);
}

double JsonReader::number(JsonValue value)
{
    bool isValid = true;
    const std::optional<Value> number = numeric(value, isValid);
    if (!isValid)
        invalidField();
    if (!number)
        return std::numeric_limits<double>::quiet_NaN();
    if (const auto *whole = number->as<std::int64_t>())
        return static_cast<double>(*whole);
    return *number->as<double>();
}

bool JsonReader::boolean(JsonValue value)
{
    const json_type type = typeOf(value);
    if (type == json_type::boolean)
        return value.get_bool().value();
    if (type == json_type::string)
        return rawText(value) == "true";
    if (type != json_type::null)
        invalidField();
    return false;
}

std::int32_t JsonReader::enumeration(JsonValue value, std::span<const std::string_view> names)
{
    if (typeOf(value) == json_type::string) {
        const std::string_view raw = rawText(value);
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (raw == names[i] || (raw.ends_with(names[i]) && raw[raw.size() - names[i].size() - 1] == '_'))
                return static_cast<std::int32_t>(i);
        }
    }
    const std::int64_t number = integer(value);
    return number >= 0 && number <= 1'000 ? static_cast<std::int32_t>(number) : 0;
}

std::string_view JsonReader::id(JsonValue value)
{
    const json_type type = typeOf(value);
    if (type == json_type::null)
        return {};
    if (type != json_type::string)
        return kInvalidId;
    const std::string_view raw = rawText(value);
    if (raw.empty())
        return {};
    if (raw.size() != 2 * sizeof(TraceId) && raw.size() != 2 * sizeof(SpanId))
        return kInvalidId;
    std::string bytes;
    for (std::size_t i = 0; i < raw.size(); i += 2) {
        const int high = hexDigit(raw[i]);
        const int low = hexDigit(raw[i + 1]);
        if (high < 0 || low < 0)
            return kInvalidId;
        bytes += static_cast<char>(high * 16 + low);
    }
    return keep(std::move(bytes));
}

} // namespace telltale::otlp::json
