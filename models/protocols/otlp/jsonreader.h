// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/otlp/otlprecordbuilder.h"
#include "models/protocols/support/jsontokens.h"

#include <cstring>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

// OTLP in JSON, read from its tokens as they come, without a tree. Lenient where the specification and real SDKs ask for
// it: unknown keys, null anywhere, numbers as text and text as numbers, names of enums. Strict about the
// frame: what should be an object or an array and is neither makes the request malformed. Parts under unknown
// keys are skipped unread.
namespace telltale::otlp::json {

/// What a value is, by its first character.
enum class Shape : std::uint8_t { Null, Bool, Number, Text, List, Object };

/// Thrown within this folder; decodeOtlp() makes it a Result.
struct MalformedJson
{
    const char *message = "";
};

/// A number as it was written: whole ones that fit stay exact.
struct Number
{
    bool isWhole = false;
    std::int64_t whole = 0;
    double real = 0; ///< when it is not whole

    double asReal() const { return isWhole ? static_cast<double>(whole) : real; }
};

/// key == "literal", its length known beforehand.
template<std::size_t Size>
bool is(std::string_view key, const char (&literal)[Size])
{
    return key.size() == Size - 1 && std::memcmp(key.data(), literal, Size - 1) == 0;
}

/// Goes through the tokens of one request and reads scalars and attributes into its RecordBuilder. It always stands at a
/// token; what reads a value finds it there, and goes on behind it. The texts it hands out live in the request's bytes or,
/// when they held escapes, until forgetTexts().
class JsonReader
{
public:
    using Place = const std::uint32_t *;

    /// Throws MalformedJson, unless they could be those of an object. Changes what stands behind the last token.
    JsonReader(std::string_view text, const telltale::json::JsonTokens &tokens, RecordBuilder &builder);
    RecordBuilder &builder() { return m_builder; }

    Place place() const { return m_at; }
    void goTo(Place place) { m_at = place; }
    bool isAtEnd() const { return m_at == m_end; }
    /// Of the value here. A null really is one, and so is a bool.
    Shape shape() const;
    /// Passes a value unread.
    void skip();
    /// Passes a null; false when there is something else.
    bool takeNull();

    /// `visit(std::string_view key)` for each field, which reads the value or leaves it. Null has none; anything but an
    /// object is malformed. Keys are the bytes as sent: one with escapes is none that we know.
    template<typename Visit>
    void forEachField(Visit &&visit);
    /// `visit()` for each element that is not null, which reads it or leaves it. Null has none; anything but an array is
    /// malformed.
    template<typename Visit>
    void forEachElement(Visit &&visit)
    {
        forEachItem([&] {
            if (here() != 'n' || !takeNull())
                visit();
        });
    }
    /// The same, nulls included.
    template<typename Visit>
    void forEachItem(Visit &&visit);

    /// Null and values of another type are empty; the latter count as otlp.field.invalid.
    std::string_view text();
    std::uint64_t unsignedInteger();
    std::int64_t integer();
    std::uint32_t unsigned32();
    double number();
    bool boolean();
    /// A number, or one of the names, whose index is the number; "PREFIX_" may stand before a name.
    std::int32_t enumeration(std::span<const std::string_view> names);
    /// The bytes of an id written in hex; kInvalidId when it is none.
    std::string_view id();

    /// An AnyValue without a key; texts are interned under `keyIndex`.
    Attribute attributeValue(std::uint32_t keyIndex);
    /// An array of KeyValue, into the set.
    void attributes(AttributeSet &set);
    /// An array of KeyValue, appended to the map, whose values stand `depth` levels deep.
    void pairs(Value::Map &map, int depth);

    /// Texts handed out so far are no longer needed.
    void forgetTexts()
    {
        if (!m_texts.empty())
            m_texts.clear();
    }

private:
    char here() const { return m_text[*m_at]; }
    const char *begin() const { return m_text + m_at[0]; }
    const char *next() const { return m_text + m_at[1]; }
    /// Passes a token that has to be this one.
    void take(char token)
    {
        if (here() != token)
            throw MalformedJson{"a colon, a comma or the end of a list or an object is missing"};
        ++m_at;
    }
    /// True for a comma, false for the end. Passes either.
    bool takeComma(char end);
    /// The bytes between the quotes of the text here, which is passed.
    std::string_view takeRawText();
    /// The bytes of a scalar without quotes.
    std::string_view word() const;
    std::string_view takeWord()
    {
        const std::string_view taken = word();
        ++m_at;
        return taken;
    }
    std::string_view meant(std::string_view raw)
    {
        return m_hasEscapes && raw.find('\\') != std::string_view::npos ? unescaped(raw) : raw;
    }
    std::string_view unescaped(std::string_view raw);
    std::string_view keep(std::string text) { return m_texts.emplace_back(std::move(text)); }

    /// A scalar that is a number or stands for one; nothing for null. `isValid` turns false when it is something else.
    std::optional<Number> numeric(bool &isValid);
    Value ownedValue(int depth);
    Value::Array ownedArray(int depth);
    Value::Map ownedMap(int depth);
    struct AttributeSink;
    struct ValueSink;
    template<typename Sink>
    void anyValue(Sink &&sink);
    template<typename OnValue>
    void keyAndValue(OnValue &&onValue);
    template<typename OnPair>
    void forEachPair(OnPair &&onPair);
    void invalidField() { m_builder.counters().add("otlp.field.invalid"); }
    void invalidAttribute() { m_builder.counters().add("otlp.attribute.invalid"); }

    const char *m_text;
    Place m_at, m_end;
    bool m_hasEscapes;
    RecordBuilder &m_builder;
    std::deque<std::string> m_texts;
};

/// Text of a number token or of a string that stands for a number: whole when it is and fits. "NaN", "Infinity" and
/// "-Infinity" are numbers when they come as strings.
std::optional<Number> parseNumber(std::string_view text);
/// Standard and URL-safe alphabet, padded or not.
std::optional<std::string> parseBase64(std::string_view text);

void decodeLogs(JsonReader &reader);
void decodeTraces(JsonReader &reader);
void decodeMetrics(JsonReader &reader);

/// How a signal calls the levels of its request.
struct RequestKeys
{
    std::string_view resourceList; ///< "resourceLogs"
    std::string_view scopeList;    ///< "scopeLogs"
    std::string_view recordList;   ///< "logRecords"
};
/// Walks a request and calls `onRecord(JsonReader &)` at each LogRecord, Span or Metric.
using OnRecord = void (*)(JsonReader &);
void walkRequest(JsonReader &reader, const RequestKeys &keys, OnRecord onRecord);

inline bool JsonReader::takeComma(char end)
{
    const char token = here();
    ++m_at;
    if (token == ',')
        return true;
    if (token != end)
        throw MalformedJson{"a comma or the end of a list or an object is missing"};
    return false;
}

inline std::string_view JsonReader::takeRawText()
{
    if (here() != '"')
        throw MalformedJson{"a text was expected"};
    const char *const first = begin() + 1;
    const char *last = next() - 1; // only white space stands between the quote and the next token
    while (*last != '"')
        --last;
    ++m_at;
    return {first, static_cast<std::size_t>(last - first)};
}

template<typename Visit>
void JsonReader::forEachField(Visit &&visit)
{
    if (here() != '{') {
        if (takeNull())
            return;
        throw MalformedJson{"something else stands where an object belongs"};
    }
    ++m_at;
    if (here() == '}') {
        ++m_at;
        return;
    }
    do {
        const std::string_view key = takeRawText();
        take(':');
        const Place value = m_at;
        visit(key);
        if (m_at == value)
            skip();
    } while (takeComma('}'));
}

template<typename Visit>
void JsonReader::forEachItem(Visit &&visit)
{
    if (here() != '[') {
        if (takeNull())
            return;
        throw MalformedJson{"something else stands where an array belongs"};
    }
    ++m_at;
    if (here() == ']') {
        ++m_at;
        return;
    }
    do {
        const Place element = m_at;
        visit();
        if (m_at == element)
            skip();
    } while (takeComma(']'));
}

} // namespace telltale::otlp::json
