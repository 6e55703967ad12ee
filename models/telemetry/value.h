// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace telltale {

/// How deep arrays and maps may nest, everywhere. Deeper input is cut to null and counted, never walked.
inline constexpr int kMaximumValueDepth = 64;

/// Bytes that are not text.
struct Bytes
{
    std::string data;
    friend bool operator==(const Bytes &, const Bytes &) = default;
};

/// A value as OpenTelemetry's AnyValue knows it, owning all of it. This is the slow, comfortable form used by answers,
/// tests and redaction of nested values; the ingest path uses Attribute (recordbatch.h).
/// Follows opentelemetry/proto/common/v1/common.proto.
class Value
{
public:
    using Array = std::vector<Value>;
    using Map = std::vector<std::pair<std::string, Value>>; ///< in order of arrival; keys may repeat
    using Variant = std::variant<std::monostate, bool, std::int64_t, double, std::string, Bytes, Array, Map>;

    Value() = default;
    Value(bool v)
        : m_data(v)
    {}
    Value(std::int64_t v)
        : m_data(v)
    {}
    Value(int v)
        : m_data(static_cast<std::int64_t>(v))
    {}
    Value(double v)
        : m_data(v)
    {}
    Value(std::string v)
        : m_data(std::move(v))
    {}
    Value(std::string_view v)
        : m_data(std::string(v))
    {}
    Value(const char *v)
        : m_data(std::string(v))
    {}
    Value(Bytes v)
        : m_data(std::move(v))
    {}
    Value(Array v)
        : m_data(std::move(v))
    {}
    Value(Map v)
        : m_data(std::move(v))
    {}

    const Variant &data() const { return m_data; }
    Variant &data() { return m_data; }
    bool isNull() const { return std::holds_alternative<std::monostate>(m_data); }
    template<typename T>
    const T *as() const
    {
        return std::get_if<T>(&m_data);
    }
    friend bool operator==(const Value &, const Value &) = default;

private:
    Variant m_data;
};

/// The message bytes of an AnyValue that holds `value` (no outer tag). Null encodes to zero bytes.
std::string encodeAnyValue(const Value &value);

/// Writes the same bytes piece by piece, for whoever has the pieces but no Value. One call writes one value; arrays and
/// maps call back for what is in them. Whoever knows about how long something nested will be, says so in `expected`. Cost:
/// the bytes, once; where 127 bytes or 16 KB lie between what was expected and what came, a move.
class AnyValueWriter
{
public:
    /// Whether the string is memory to write to, again and again, and only written() counts.
    enum class Use : bool { Append, Memory };

    /// Appends to `out`, which outlives the writer and is whole when that is gone.
    explicit AnyValueWriter(std::string &out, Use use = Use::Append)
        : m_out(out)
        , m_size(use == Use::Append ? out.size() : 0)
        , m_use(use)
    {}
    ~AnyValueWriter()
    {
        if (m_use == Use::Append)
            m_out.resize(m_size);
    }
    /// All so far, as long as nothing more is written.
    std::string_view written() const { return {m_out.data(), m_size}; }
    AnyValueWriter(const AnyValueWriter &) = delete;
    AnyValueWriter &operator=(const AnyValueWriter &) = delete;
    void boolean(bool v);
    void integer(std::int64_t v);
    void number(double v);
    void text(std::string_view v);
    void bytes(std::string_view v);
    /// `fill` calls element() or entry() for each one there is. Nothing is written for null: an empty element is one.
    template<typename Fill>
    void array(Fill &&fill, std::size_t expected = 0)
    {
        within(kArray, fill, expected);
    }
    template<typename Write>
    void element(Write &&write, std::size_t expected = 0)
    {
        within(kListItem, write, expected);
    }
    template<typename Fill>
    void map(Fill &&fill, std::size_t expected = 0)
    {
        within(kMap, fill, expected);
    }
    /// `expected` of the value.
    template<typename Write>
    void entry(std::string_view key, Write &&write, std::size_t expected = 0)
    {
        const auto pair = [&] {
            lengthDelimited(kKey, key);
            within(kValue, write, expected);
        };
        within(kListItem, pair, expected + key.size() + 4);
    }

private:
    // Field number and wire type 2, as one byte each.
    static constexpr char kListItem = 1 << 3 | 2, kKey = 1 << 3 | 2, kValue = 2 << 3 | 2, kArray = 5 << 3 | 2,
                          kMap = 6 << 3 | 2;

    template<typename Write>
    void within(char tag, Write &&write, std::size_t expected)
    {
        const std::size_t kept = expected < 0x80 ? 1 : expected < 0x4000 ? 2 : 3; // bytes of the length
        *room(1 + kept) = tag;
        m_size += 1 + kept;
        const std::size_t begin = m_size;
        write();
        if (const std::size_t length = m_size - begin; length < 0x80 && kept == 1)
            m_out[begin - 1] = static_cast<char>(length);
        else
            putLength(begin - kept, kept, length);
    }
    /// For so many more bytes; what is written there counts once m_size does.
    char *room(std::size_t bytes)
    {
        if (m_out.size() - m_size < bytes)
            grow(bytes);
        return m_out.data() + m_size;
    }
    void grow(std::size_t bytes);
    void lengthDelimited(char tag, std::string_view v);
    void varint(std::uint64_t v);
    /// Of what stands behind `kept` bytes at `at`.
    void putLength(std::size_t at, std::size_t kept, std::size_t length);

    std::string &m_out;
    std::size_t m_size; ///< of what is written; the string is longer meanwhile
    Use m_use;
};

/// Reads AnyValue message bytes. Unknown fields are skipped. Error: InvalidArgument when the bytes are no protobuf;
/// TooLarge beyond kMaximumValueDepth levels.
Result<Value> decodeAnyValue(std::string_view message);

/// The message bytes of a KeyValueList with these pairs, and back. Errors as decodeAnyValue().
std::string encodeKeyValueList(const Value::Map &map);
Result<Value::Map> decodeKeyValueList(std::string_view message);

/// JSON text: integers without fraction, doubles with the shortest digits that read back equal, NaN and infinities as
/// the strings "NaN", "Infinity", "-Infinity", bytes as base64, invalid UTF-8 as U+FFFD. Appends to `out`.
void appendJson(std::string &out, const Value &value);
void appendJson(std::string &out, const Value::Map &map);
void appendJsonString(std::string &out, std::string_view text);
std::string toJson(const Value &value);

/// What a person reads in a cell or a grouping rule sees: strings bare, everything else as toJson().
std::string toDisplayText(const Value &value);

} // namespace telltale
