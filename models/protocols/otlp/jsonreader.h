// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/otlp/otlprecordbuilder.h"

#include <simdjson.h>

#include <cstring>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

// OTLP in JSON, read as it comes (simdjson on demand). Lenient where the specification and real SDKs ask for
// it: unknown keys, null anywhere, numbers as text and text as numbers, names of enums. Strict about the
// frame: what should be an object or an array and is neither makes the request malformed. Parts under unknown
// keys are skipped unread.
namespace telltale::otlp::json {

using JsonValue = simdjson::ondemand::value;
using JsonObject = simdjson::ondemand::object;
using JsonField = simdjson::ondemand::field;
using simdjson::ondemand::json_type;

/// Throws simdjson::simdjson_error. (The result has a value() of its own: that of the field.)
inline JsonField fieldOf(simdjson::simdjson_result<JsonField> &&result)
{
    JsonField field;
    if (const auto problem = std::move(result).get(field))
        throw simdjson::simdjson_error(problem);
    return field;
}

/// Thrown within this folder, like simdjson::simdjson_error; decodeOtlp() makes either a Result.
struct MalformedJson
{
    const char *message = "";
};

/// Reads scalars and attributes of one request into its RecordBuilder. The texts it hands out live in the
/// request's bytes or, when they held escapes, until forgetTexts().
class JsonReader
{
public:
    explicit JsonReader(RecordBuilder &builder)
        : m_builder(builder)
    {}
    RecordBuilder &builder() { return m_builder; }

    /// The type, after checking that a null really is one.
    static json_type typeOf(JsonValue &value);
    /// The bytes of a key; one with escapes is none that we know.
    static std::string_view keyOf(JsonField &field);

    /// `visit(std::string_view key, JsonValue value)` for each field. Null has none; anything but an object
    /// is malformed.
    template<typename Visit>
    void forEachField(JsonValue &value, Visit &&visit);
    /// `visit(JsonValue element)` for each element that is not null. Null has none; anything but an array is
    /// malformed.
    template<typename Visit>
    void forEachElement(JsonValue &value, Visit &&visit);

    /// Null and values of another type are empty; the latter count as otlp.field.invalid.
    std::string_view text(JsonValue value);
    std::uint64_t unsignedInteger(JsonValue value);
    std::int64_t integer(JsonValue value);
    std::uint32_t unsigned32(JsonValue value);
    double number(JsonValue value);
    bool boolean(JsonValue value);
    /// A number, or one of the names, whose index is the number; "PREFIX_" may stand before a name.
    std::int32_t enumeration(JsonValue value, std::span<const std::string_view> names);
    /// The bytes of an id written in hex; kInvalidId when it is none.
    std::string_view id(JsonValue value);

    /// An AnyValue without a key; texts are interned under `keyIndex`.
    Attribute attributeValue(std::uint32_t keyIndex, JsonValue value);
    /// An array of KeyValue, into the set.
    void attributes(AttributeSet &set, JsonValue value);
    /// An array of KeyValue, appended to the map, whose values stand `depth` levels deep.
    void pairs(Value::Map &map, JsonValue value, int depth);

    /// Texts handed out so far are no longer needed.
    void forgetTexts() { m_texts.clear(); }

private:
    /// A scalar as Int or Double; nothing for null. `isValid` turns false when it is something else.
    std::optional<Value> numeric(JsonValue &value, bool &isValid);
    std::string_view rawText(JsonValue &value);
    std::string_view unescaped(std::string_view raw);
    std::string_view keep(std::string text) { return m_texts.emplace_back(std::move(text)); }
    Value ownedValue(JsonValue value, int depth);
    Value::Array ownedArray(JsonValue value, int depth);
    Value::Map ownedMap(JsonValue value, int depth);
    struct AttributeSink;
    struct ValueSink;
    template<typename Sink>
    void anyValue(JsonValue &value, Sink &&sink);
    template<typename OnValue>
    void keyAndValue(JsonValue &pair, OnValue &&onValue);
    void invalidField() { m_builder.counters().add("otlp.field.invalid"); }
    void invalidAttribute() { m_builder.counters().add("otlp.attribute.invalid"); }

    RecordBuilder &m_builder;
    std::deque<std::string> m_texts;
};

/// Text of a number token or of a string that stands for a number: Int when it is whole and fits, else
/// Double. "NaN", "Infinity" and "-Infinity" are numbers when they come as strings.
std::optional<Value> parseNumber(std::string_view text);
/// Standard and URL-safe alphabet, padded or not.
std::optional<std::string> parseBase64(std::string_view text);

void decodeLogs(simdjson::ondemand::document &document, RecordBuilder &builder);
void decodeTraces(simdjson::ondemand::document &document, RecordBuilder &builder);
void decodeMetrics(simdjson::ondemand::document &document, RecordBuilder &builder);

/// How a signal calls the levels of its request.
struct RequestKeys
{
    std::string_view resourceList; ///< "resourceLogs"
    std::string_view scopeList;    ///< "scopeLogs"
    std::string_view recordList;   ///< "logRecords"
};
/// Walks a request and calls `onRecord(JsonReader &, JsonValue)` for each LogRecord, Span or Metric.
using OnRecord = void (*)(JsonReader &, JsonValue);
void walkRequest(simdjson::ondemand::document &document, RecordBuilder &builder, const RequestKeys &keys,
                 OnRecord onRecord);

template<typename Visit>
void JsonReader::forEachField(JsonValue &value, Visit &&visit)
{
    const json_type type = typeOf(value);
    if (type == json_type::null)
        return;
    if (type != json_type::object)
        throw MalformedJson{"something else stands where an object belongs"};
    JsonObject object = value.get_object().value();
    for (auto result : object) {
        JsonField field = fieldOf(std::move(result));
        visit(keyOf(field), field.value());
    }
}

template<typename Visit>
void JsonReader::forEachElement(JsonValue &value, Visit &&visit)
{
    const json_type type = typeOf(value);
    if (type == json_type::null)
        return;
    if (type != json_type::array)
        throw MalformedJson{"something else stands where an array belongs"};
    simdjson::ondemand::array array = value.get_array().value();
    for (auto result : array) {
        JsonValue element = std::move(result).value();
        if (typeOf(element) != json_type::null)
            visit(element);
    }
}

} // namespace telltale::otlp::json
