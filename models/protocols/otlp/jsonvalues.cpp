// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/jsonreader.h"

// AnyValue and KeyValue.
namespace telltale::otlp::json {

/// Calls `onValue(std::string_view key, bool hasValue)` for the KeyValue here, and stands at the value, if there is one, which
/// is to be passed.
template<typename OnValue>
void JsonReader::keyAndValue(OnValue &&onValue)
{
    std::string_view key;
    bool hasKey = false;
    bool isDone = false;
    Place early = nullptr; // of a value that stands before its key
    forEachField([&](std::string_view name) {
        if (is(name, "key") && !hasKey) {
            key = text();
            hasKey = true;
        } else if (is(name, "value") && !isDone) {
            if (hasKey) {
                onValue(key, true);
                isDone = true;
            } else if (!early) {
                early = place();
            }
        }
    });
    if (isDone)
        return;
    if (!early)
        return onValue(key, false);
    const Place behind = place();
    goTo(early);
    onValue(key, true);
    goTo(behind);
}

/// Calls `onPair()` at each KeyValue of a list; what is none is counted.
template<typename OnPair>
void JsonReader::forEachPair(OnPair &&onPair)
{
    forEachElement([&] {
        if (shape() == Shape::Object)
            onPair();
        else
            invalidAttribute();
    });
}

/// Reads the AnyValue here and tells the sink what it is: setText, setNumber, setBool, setBytes, setArray or
/// setMap. Nothing is told for null and for what can not be read.
template<typename Sink>
void JsonReader::anyValue(Sink &&sink)
{
    if (const Shape whole = shape(); whole != Shape::Object) {
        if (whole != Shape::Null)
            invalidAttribute();
        return skip();
    }
    forEachField([&](std::string_view name) {
        const Shape type = shape();
        if (type == Shape::Null)
            return;
        bool isValid = true;
        if (is(name, "stringValue")) {
            isValid = type == Shape::Text;
            if (isValid)
                sink.setText(text());
        } else if (is(name, "intValue")) {
            if (const auto number = numeric(isValid))
                sink.setNumber(*number);
        } else if (is(name, "doubleValue")) {
            if (const auto number = numeric(isValid))
                sink.setNumber({false, 0, number->asReal()});
        } else if (is(name, "boolValue")) {
            isValid = type == Shape::Bool || type == Shape::Text;
            if (isValid)
                sink.setBool(boolean());
        } else if (is(name, "bytesValue")) {
            auto bytes = type == Shape::Text ? parseBase64(text()) : std::nullopt;
            isValid = bytes.has_value();
            if (isValid)
                sink.setBytes(std::move(*bytes));
        } else if (is(name, "arrayValue")) {
            isValid = type == Shape::Object;
            if (isValid)
                sink.setArray();
        } else if (is(name, "kvlistValue")) {
            isValid = type == Shape::Object;
            if (isValid)
                sink.setMap();
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
    void setNumber(const Number &number)
    {
        attribute = number.isWhole ? Attribute::of(kNoString, number.whole) : Attribute::of(kNoString, number.real);
    }
    void setArray() { setStructured(Value(reader.ownedArray(0))); }
    void setMap() { setStructured(Value(reader.ownedMap(0))); }
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
    void setNumber(const Number &number) { value = number.isWhole ? Value(number.whole) : Value(number.real); }
    void setArray() { value = isTooDeep() ? Value() : Value(reader.ownedArray(depth)); }
    void setMap() { value = isTooDeep() ? Value() : Value(reader.ownedMap(depth)); }
    bool isTooDeep() const
    {
        if (depth < kMaximumValueDepth)
            return false;
        reader.m_builder.counters().add("otlp.depth.exceeded");
        return true;
    }
};

Attribute JsonReader::attributeValue(std::uint32_t keyIndex)
{
    AttributeSink sink{*this, keyIndex, {}};
    anyValue(sink);
    return sink.attribute;
}

void JsonReader::attributes(AttributeSet &set)
{
    forEachPair([&] {
        keyAndValue([&](std::string_view key, bool hasValue) {
            const std::uint32_t keyIndex = m_builder.key(set, key);
            m_builder.add(set, keyIndex, hasValue ? attributeValue(keyIndex) : Attribute());
        });
    });
}

void JsonReader::pairs(Value::Map &map, int depth)
{
    forEachPair([&] {
        keyAndValue([&](std::string_view key, bool hasValue) {
            map.emplace_back(std::string(key), hasValue ? ownedValue(depth) : Value());
        });
    });
}

Value::Array JsonReader::ownedArray(int depth)
{
    Value::Array array;
    forEachField([&](std::string_view name) {
        if (!is(name, "values"))
            return;
        const Shape type = shape();
        if (type == Shape::Null)
            return;
        if (type != Shape::List) {
            invalidAttribute();
            return;
        }
        forEachItem([&] { array.push_back(ownedValue(depth + 1)); });
    });
    return array;
}

Value::Map JsonReader::ownedMap(int depth)
{
    Value::Map map;
    forEachField([&](std::string_view name) {
        if (!is(name, "values"))
            return;
        const Shape type = shape();
        if (type == Shape::List)
            pairs(map, depth + 1);
        else if (type != Shape::Null)
            invalidAttribute();
    });
    return map;
}

Value JsonReader::ownedValue(int depth)
{
    m_builder.charge(1);
    ValueSink sink{*this, depth, {}};
    anyValue(sink);
    return std::move(sink.value);
}

} // namespace telltale::otlp::json
