// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/jsonreader.h"

#include "models/protocols/support/jsonescapes.h"
#include "models/protocols/support/jsonnumber.h"

#include <charconv>
#include <limits>

namespace telltale::otlp::json {
namespace {

using telltale::json::isSpace;

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

} // namespace

JsonReader::JsonReader(std::string_view text, const telltale::json::JsonTokens &tokens, RecordBuilder &builder)
    : m_text(text.data())
    , m_at(tokens.begin())
    , m_end(tokens.end())
    , m_hasEscapes(text.find('\\') != std::string_view::npos)
    , m_builder(builder)
{
    if (here() != '{')
        throw MalformedJson{"a request is an object"};
    if (m_text[m_end[-1]] != '}')
        throw MalformedJson{"a request ends with its object"};
    // Whoever is behind the last token, which ends an object, finds the first one: it can follow nothing there.
    *tokens.end() = *tokens.begin();
}

Shape JsonReader::shape() const
{
    switch (here()) {
    case '"':
        return Shape::Text;
    case '{':
        return Shape::Object;
    case '[':
        return Shape::List;
    case 't':
    case 'f':
    case 'n': {
        const std::string_view literal = word();
        if (literal != "true" && literal != "false" && literal != "null")
            throw MalformedJson{"a literal is misspelt"};
        return literal == "null" ? Shape::Null : Shape::Bool;
    }
    default:
        if (here() == '-' || telltale::json::isDigit(here()))
            return Shape::Number;
        throw MalformedJson{"a value is missing or misspelt"};
    }
}

void JsonReader::skip()
{
    std::size_t depth = 0;
    do {
        if (m_at == m_end)
            throw MalformedJson{"a list or an object does not end"};
        switch (here()) {
        case '{':
        case '[':
            ++depth;
            break;
        case '}':
        case ']':
            if (depth == 0)
                throw MalformedJson{"a value is missing"};
            --depth;
            break;
        case ',':
        case ':':
            if (depth == 0)
                throw MalformedJson{"a value is missing"};
            break;
        default:
            break;
        }
        ++m_at;
    } while (depth > 0);
}

std::string_view JsonReader::word() const
{
    const char *const first = begin();
    const char *last = next();
    while (isSpace(last[-1])) // its own first byte is none
        --last;
    return {first, static_cast<std::size_t>(last - first)};
}

bool JsonReader::takeNull()
{
    if (here() != 'n')
        return false;
    if (takeWord() != "null")
        throw MalformedJson{"a literal is misspelt"};
    return true;
}

std::string_view JsonReader::unescaped(std::string_view raw)
{
    std::string text(raw.size(), '\0');
    const char *const end = telltale::json::unescape(raw.data(), raw.data() + raw.size(), text.data());
    if (!end)
        throw MalformedJson{"a text has a broken escape"};
    text.resize(static_cast<std::size_t>(end - text.data()));
    return keep(std::move(text));
}

std::string_view JsonReader::text()
{
    if (here() == '"')
        return meant(takeRawText());
    if (shape() != Shape::Null)
        invalidField();
    skip();
    return {};
}

std::optional<Number> JsonReader::numeric(bool &isValid)
{
    std::optional<Number> number;
    if (here() == '"') {
        const std::string_view raw = takeRawText();
        if (raw.empty())
            return {};
        number = parseNumber(raw);
    } else if (const Shape found = shape(); found == Shape::Number) {
        const std::string_view written = takeWord();
        number = parseNumber(written);
        // Either no number at all, or one beyond double: then it is valid JSON all the same.
        if (!number && written.find_first_not_of("0123456789+-.eE") != std::string_view::npos)
            throw MalformedJson{"a number is misspelt"};
    } else {
        skip();
        if (found == Shape::Null)
            return {};
    }
    isValid = isValid && number.has_value();
    return number;
}

std::uint64_t JsonReader::unsignedInteger()
{
    const Place place = m_at;
    const char first = here();
    if (first == '"' || telltale::json::isDigit(first)) {
        // The common case first: digits only, all 64 bits of them.
        const std::string_view digits = first == '"' ? takeRawText() : takeWord();
        std::uint64_t number = 0;
        const auto [at, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (problem == std::errc() && at == digits.data() + digits.size())
            return number;
        goTo(place);
    }
    bool isValid = true;
    const std::optional<Number> number = numeric(isValid);
    if (number) {
        if (number->isWhole && number->whole >= 0)
            return static_cast<std::uint64_t>(number->whole);
        if (!number->isWhole && number->real >= 9.2e18)
            return number->real < 1.8e19 ? static_cast<std::uint64_t>(number->real)
                                         : std::numeric_limits<std::uint64_t>::max();
        isValid = false;
    }
    if (!isValid)
        invalidField();
    return 0;
}

std::int64_t JsonReader::integer()
{
    bool isValid = true;
    const std::optional<Number> number = numeric(isValid);
    if (number) {
        if (number->isWhole)
            return number->whole;
        isValid = false;
    }
    if (!isValid)
        invalidField();
    return 0;
}

std::uint32_t JsonReader::unsigned32()
{
    const std::uint64_t number = unsignedInteger();
    return number > std::numeric_limits<std::uint32_t>::max() ? std::numeric_limits<std::uint32_t>::max()
                                                              : static_cast<std::uint32_t>(number);
}

double JsonReader::number()
{
    bool isValid = true;
    const std::optional<Number> number = numeric(isValid);
    if (!isValid)
        invalidField();
    return number ? number->asReal() : std::numeric_limits<double>::quiet_NaN();
}

bool JsonReader::boolean()
{
    switch (shape()) {
    case Shape::Bool:
        return takeWord() == "true";
    case Shape::Text:
        return takeRawText() == "true";
    case Shape::Null:
        break;
    default:
        invalidField();
        break;
    }
    skip();
    return false;
}

std::int32_t JsonReader::enumeration(std::span<const std::string_view> names)
{
    if (here() == '"') {
        const Place place = m_at;
        const std::string_view raw = takeRawText();
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (raw == names[i] || (raw.ends_with(names[i]) && raw[raw.size() - names[i].size() - 1] == '_'))
                return static_cast<std::int32_t>(i);
        }
        goTo(place);
    }
    const std::int64_t number = integer();
    return number >= 0 && number <= 1'000 ? static_cast<std::int32_t>(number) : 0;
}

std::string_view JsonReader::id()
{
    if (here() != '"') {
        const bool isNull = shape() == Shape::Null;
        skip();
        return isNull ? std::string_view() : kInvalidId;
    }
    const std::string_view raw = takeRawText();
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
