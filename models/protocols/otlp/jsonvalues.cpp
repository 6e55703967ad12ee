// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/jsonreader.h"

// AnyValue and KeyValue.
namespace telltale::otlp::json {

/// Calls `onValue(std::string_view key, JsonValue *value)`, with nullptr when there is no value.
template<typename OnValue>
void JsonReader::keyAndValue(JsonValue &pair, OnValue &&onValue)
{
    JsonObject object = pair.get_object().value();
    std::string_view key;
    bool hasKey = false;
    bool isDone = false;
    bool isReversed = false;
    for (auto result : object) {
        JsonField field = fieldOf(std::move(result));
        const std::string_view name = keyOf(field);
        if (name == "key" && !hasKey) {
            key = text(field.value());
            hasKey = true;
        } else if (name == "value" && !isDone) {
            if (hasKey) {
                JsonValue value = field.value();
                onValue(key, &value);
                isDone = true;
            } else {
                isReversed = true;
            }
        }
    }
    if (isDone)
        return;
    if (isReversed) {
        (void)object.reset().value();
        for (auto result : object) {
            JsonField field = fieldOf(std::move(result));
            if (keyOf(field) == "value") {
                JsonValue value = field.value();
                onValue(key, &value);
                return;
            }
        }
    }
    onValue(key, nullptr);
}

/// Reads an AnyValue and tells the sink what it is: setText, setNumber, setBool, setBytes, setArray or
/// setMap. Nothing is told for null and for what can not be read.
template<typename Sink>
void JsonReader::anyValue(JsonValue &value, Sink &&sink)
{
    const json_type whole = typeOf(value);
    if (whole == json_type::null)
        return;
    if (whole != json_type::object) {
        invalidAttribute();
        return;
    }
    forEachField(value, [&](std::string_view name, JsonValue field) {
        const json_type type = typeOf(field);
        if (type == json_type::null)
            return;
        bool isValid = true;
        if (name == "stringValue") {
            isValid = type == json_type::string;
            if (isValid)
                sink.setText(text(field));
        } else if (name == "intValue") {
            if (const auto number = numeric(field, isValid))
                sink.setNumber(*number);
        } else if (name == "doubleValue") {
            if (const auto number = numeric(field, isValid)) {
                const auto *whole64 = number->template as<std::int64_t>();
                sink.setNumber(whole64 ? Value(static_cast<double>(*whole64)) : *number);
            }
        } else if (name == "boolValue") {
            isValid = type == json_type::boolean || type == json_type::string;
            if (isValid)
                sink.setBool(boolean(field));
        } else if (name == "bytesValue") {
            auto bytes = type == json_type::string ? parseBase64(text(field)) : std::nullopt;
            isValid = bytes.has_value();
            if (isValid)
                sink.setBytes(std::move(*bytes));
        } else if (name == "arrayValue" || name == "kvlistValue") {
            isValid = type == json_type::object;
            if (isValid && name == "arrayValue")
                sink.setArray(field);
            else if (isValid)
                sink.setMap(field);
        }
        if (!isValid)
            invalidAttribute();
    });
}

/// Makes an attribute; texts go straight to the string table.
struct JsonReader::AttributeSink
{
    JsonReader &reader;
    std::uint32_t keyIndex;
    Attribute attribute;

    StringId intern(std::string_view text) const { return reader.m_builder.intern(keyIndex, text); }
    void setText(std::string_view text) { attribute = Attribute::ofText(kNoString, intern(text)); }
    void setBool(bool truth) { attribute = Attribute::of(kNoString, truth); }
    void setBytes(const std::string &bytes) { attribute = Attribute::ofBytes(kNoString, intern(bytes)); }
    void setNumber(const Value &number)
    {
        const auto *whole = number.as<std::int64_t>();
        attribute = whole ? Attribute::of(kNoString, *whole) : Attribute::of(kNoString, *number.as<double>());
    }
    void setArray(JsonValue field) { setStructured(Value(reader.ownedArray(field, 0))); }
    void setMap(JsonValue field) { setStructured(Value(reader.ownedMap(field, 0))); }
    void setStructured(const Value &value)
    {
        attribute = Attribute::ofStructured(kNoString, intern(encodeAnyValue(value)));
    }
};

/// Makes a value that owns its parts.
struct JsonReader::ValueSink
{
    JsonReader &reader;
    int depth;
    Value value;

    void setText(std::string_view text) { value = Value(text); }
    void setBool(bool truth) { value = Value(truth); }
    void setBytes(std::string bytes) { value = Value(Bytes{std::move(bytes)}); }
    void setNumber(const Value &number) { value = number; }
    void setArray(JsonValue field) { value = isTooDeep() ? Value() : Value(reader.ownedArray(field, depth)); }
    void setMap(JsonValue field) { value = isTooDeep() ? Value() : Value(reader.ownedMap(field, depth)); }
    bool isTooDeep() const
    {
        if (depth < kMaximumValueDepth)
            return false;
        reader.m_builder.counters().add("otlp.depth.exceeded");
        return true;
    }
};

Attribute JsonReader::attributeValue(std::uint32_t keyIndex, JsonValue value)
{
    AttributeSink sink{*this, keyIndex, {}};
    anyValue(value, sink);
    return sink.attribute;
}

void JsonReader::attributes(AttributeSet &set, JsonValue list)
{
    forEachElement(list, [&](JsonValue pair) {
        if (typeOf(pair) != json_type::object) {
            invalidAttribute();
            return;
        }
        keyAndValue(pair, [&](std::string_view key, JsonValue *value) {
            const std::uint32_t keyIndex = m_builder.key(set, key);
            m_builder.add(set, keyIndex, value ? attributeValue(keyIndex, *value) : Attribute());
        });
    });
}

void JsonReader::pairs(Value::Map &map, JsonValue list, int depth)
{
    forEachElement(list, [&](JsonValue pair) {
        if (typeOf(pair) != json_type::object) {
            invalidAttribute();
            return;
        }
        keyAndValue(pair, [&](std::string_view key, JsonValue *value) {
            map.emplace_back(std::string(key), value ? ownedValue(*value, depth) : Value());
        });
    });
}

Value::Array JsonReader::ownedArray(JsonValue value, int depth)
{
    Value::Array array;
    forEachField(value, [&](std::string_view name, JsonValue list) {
        if (name != "values")
            return;
        const json_type type = typeOf(list);
        if (type == json_type::null)
            return;
        if (type != json_type::array) {
            invalidAttribute();
            return;
        }
        simdjson::ondemand::array elements = list.get_array().value();
        for (auto result : elements)
            array.push_back(ownedValue(std::move(result).value(), depth + 1));
    });
    return array;
}

Value::Map JsonReader::ownedMap(JsonValue value, int depth)
{
    Value::Map map;
    forEachField(value, [&](std::string_view name, JsonValue list) {
        if (name != "values")
            return;
        const json_type type = typeOf(list);
        if (type == json_type::array)
            pairs(map, list, depth + 1);
        else if (type != json_type::null)
            invalidAttribute();
    });
    return map;
}

Value JsonReader::ownedValue(JsonValue value, int depth)
{
    m_builder.charge(1);
    ValueSink sink{*this, depth, {}};
    anyValue(value, sink);
    return std::move(sink.value);
}

} // namespace telltale::otlp::json
