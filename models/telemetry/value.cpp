// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/telemetry/value.h"

#include "models/telemetry/shorttext.h"

#include <protozero/pbf_reader.hpp>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <type_traits>

namespace telltale {
namespace {

// Field numbers of opentelemetry/proto/common/v1/common.proto.
namespace anyvalue {
enum : protozero::pbf_tag_type {
    StringValue = 1,
    BoolValue,
    IntValue,
    DoubleValue,
    ArrayValue,
    KvlistValue,
    BytesValue
};
}
namespace keyvalue {
enum : protozero::pbf_tag_type { Key = 1, Value = 2 };
}
constexpr protozero::pbf_tag_type kListValues = 1;

std::string toString(protozero::data_view view)
{
    return std::string(view.data(), view.size());
}

tl::unexpected<Error> wrongWireType(protozero::pbf_tag_type tag)
{
    return failure(Error::Code::InvalidArgument,
                   "field " + std::to_string(tag) + " of an AnyValue has the wrong wire type");
}

Result<Value> readAnyValue(protozero::pbf_reader reader, int depth);

Result<Value::Map> readPairs(protozero::pbf_reader reader, int depth)
{
    Value::Map map;
    while (reader.next()) {
        if (reader.tag() != kListValues || reader.wire_type() != protozero::pbf_wire_type::length_delimited) {
            reader.skip();
            continue;
        }
        protozero::pbf_reader pair = reader.get_message();
        std::string key;
        Value value;
        while (pair.next()) {
            if (pair.wire_type() != protozero::pbf_wire_type::length_delimited) {
                pair.skip();
            } else if (pair.tag() == keyvalue::Key) {
                key = toString(pair.get_view());
            } else if (pair.tag() == keyvalue::Value) {
                auto read = readAnyValue(pair.get_message(), depth + 1);
                if (!read)
                    return tl::unexpected(read.error());
                value = std::move(*read);
            } else {
                pair.skip();
            }
        }
        map.emplace_back(std::move(key), std::move(value));
    }
    return map;
}

Result<Value> readAnyValue(protozero::pbf_reader reader, int depth)
{
    using protozero::pbf_wire_type;
    if (depth > kMaximumValueDepth)
        return failure(Error::Code::TooLarge, "a value nests deeper than 64 levels");
    Value value;
    while (reader.next()) {
        const auto tag = reader.tag();
        const auto wire = reader.wire_type();
        switch (tag) {
        case anyvalue::StringValue:
        case anyvalue::BytesValue:
            if (wire != pbf_wire_type::length_delimited)
                return wrongWireType(tag);
            if (tag == anyvalue::StringValue)
                value = Value(toString(reader.get_view()));
            else
                value = Value(Bytes{toString(reader.get_view())});
            break;
        case anyvalue::BoolValue:
            if (wire != pbf_wire_type::varint)
                return wrongWireType(tag);
            value = Value(reader.get_bool());
            break;
        case anyvalue::IntValue:
            if (wire != pbf_wire_type::varint)
                return wrongWireType(tag);
            value = Value(static_cast<std::int64_t>(reader.get_int64()));
            break;
        case anyvalue::DoubleValue:
            if (wire != pbf_wire_type::fixed64)
                return wrongWireType(tag);
            value = Value(reader.get_double());
            break;
        case anyvalue::ArrayValue: {
            if (wire != pbf_wire_type::length_delimited)
                return wrongWireType(tag);
            Value::Array array;
            protozero::pbf_reader list = reader.get_message();
            while (list.next()) {
                if (list.tag() != kListValues || list.wire_type() != pbf_wire_type::length_delimited) {
                    list.skip();
                    continue;
                }
                auto element = readAnyValue(list.get_message(), depth + 1);
                if (!element)
                    return tl::unexpected(element.error());
                array.push_back(std::move(*element));
            }
            value = Value(std::move(array));
            break;
        }
        case anyvalue::KvlistValue: {
            if (wire != pbf_wire_type::length_delimited)
                return wrongWireType(tag);
            auto map = readPairs(reader.get_message(), depth);
            if (!map)
                return tl::unexpected(map.error());
            value = Value(std::move(*map));
            break;
        }
        default:
            reader.skip();
        }
    }
    return value;
}

void appendBase64(std::string &out, std::string_view data)
{
    static constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const auto byte = [&](std::size_t i) {
        return static_cast<unsigned>(static_cast<unsigned char>(data[i]));
    };
    std::size_t i = 0;
    for (; i + 2 < data.size(); i += 3) {
        const unsigned group = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
        out +=
            {kDigits[group >> 18], kDigits[group >> 12 & 63], kDigits[group >> 6 & 63], kDigits[group & 63]};
    }
    if (i + 1 == data.size()) {
        const unsigned group = byte(i) << 16;
        out += {kDigits[group >> 18], kDigits[group >> 12 & 63], '=', '='};
    } else if (i + 2 == data.size()) {
        const unsigned group = byte(i) << 16 | byte(i + 1) << 8;
        out += {kDigits[group >> 18], kDigits[group >> 12 & 63], kDigits[group >> 6 & 63], '='};
    }
}

/// The length of the well-formed UTF-8 sequence at `text[at]`, 0 when it is none (RFC 3629).
std::size_t utf8Length(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const auto isContinuation = [&](std::size_t i) { return (byte(i) & 0xc0U) == 0x80U; };
    const unsigned first = byte(at);
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first <= 0xdf)
        return isContinuation(at + 1) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef) {
        if (first == 0xe0 && byte(at + 1) < 0xa0)
            return 0;
        if (first == 0xed && byte(at + 1) > 0x9f)
            return 0;
        return isContinuation(at + 1) && isContinuation(at + 2) ? 3 : 0;
    }
    if (first >= 0xf0 && first <= 0xf4) {
        if (first == 0xf0 && byte(at + 1) < 0x90)
            return 0;
        if (first == 0xf4 && byte(at + 1) > 0x8f)
            return 0;
        return isContinuation(at + 1) && isContinuation(at + 2) && isContinuation(at + 3) ? 4 : 0;
    }
    return 0;
}

void appendDouble(std::string &out, double v)
{
    if (std::isnan(v)) {
        out += "\"NaN\"";
    } else if (std::isinf(v)) {
        out += v > 0 ? "\"Infinity\"" : "\"-Infinity\"";
    } else {
        char digits[40];
        const auto end = std::to_chars(digits, digits + sizeof digits, v).ptr;
        const std::string_view text(digits, static_cast<std::size_t>(end - digits));
        out += text;
        if (text.find_first_of(".e") == std::string_view::npos)
            out += ".0"; // stays a double when read back
    }
}

} // namespace

void AnyValueWriter::grow(std::size_t bytes)
{
    constexpr std::size_t kLeast = 256;
    m_out.resize(std::max({kLeast, 2 * m_out.size(), m_size + bytes}));
}

void AnyValueWriter::varint(std::uint64_t v)
{
    char *at = room(10);
    char *const begin = at;
    while (v >= 0x80) {
        *at++ = static_cast<char>(v | 0x80U);
        v >>= 7;
    }
    *at++ = static_cast<char>(v);
    m_size += static_cast<std::size_t>(at - begin);
}

void AnyValueWriter::putLength(std::size_t at, std::size_t kept, std::size_t length)
{
    char bytes[10];
    std::size_t count = 0;
    std::uint64_t rest = length;
    do {
        bytes[count++] = static_cast<char>((rest & 0x7fU) | (rest >= 0x80 ? 0x80U : 0));
        rest >>= 7;
    } while (rest > 0);
    if (count != kept) {
        room(count); // at least by what is missing
        char *const place = m_out.data() + at;
        std::memmove(place + count, place + kept, length);
        m_size = m_size - kept + count;
    }
    std::memcpy(m_out.data() + at, bytes, count);
}

void AnyValueWriter::lengthDelimited(char tag, std::string_view v)
{
    if (v.size() <= ShortText::kMost) { // keys, mostly
        char *const at = room(2 + ShortText::kMost);
        at[0] = tag;
        at[1] = static_cast<char>(v.size());
        ShortText::of(v).copyTo(at + 2);
        m_size += 2 + v.size();
        return;
    }
    if (v.size() < 0x80) {
        char *const at = room(2 + v.size());
        at[0] = tag;
        at[1] = static_cast<char>(v.size());
        std::copy(v.begin(), v.end(), at + 2);
        m_size += 2 + v.size();
        return;
    }
    *room(1) = tag;
    ++m_size;
    varint(v.size());
    std::memcpy(room(v.size()), v.data(), v.size());
    m_size += v.size();
}

void AnyValueWriter::text(std::string_view v)
{
    lengthDelimited(anyvalue::StringValue << 3 | 2, v);
}

void AnyValueWriter::bytes(std::string_view v)
{
    lengthDelimited(anyvalue::BytesValue << 3 | 2, v);
}

void AnyValueWriter::boolean(bool v)
{
    char *const at = room(2);
    at[0] = anyvalue::BoolValue << 3;
    at[1] = v ? '\1' : '\0';
    m_size += 2;
}

void AnyValueWriter::integer(std::int64_t v)
{
    *room(1) = anyvalue::IntValue << 3;
    ++m_size;
    varint(static_cast<std::uint64_t>(v));
}

void AnyValueWriter::number(double v)
{
    char *const at = room(9);
    at[0] = anyvalue::DoubleValue << 3 | 1;
    const auto bits = std::bit_cast<std::uint64_t>(v);
    for (unsigned i = 0; i < 8; ++i)
        at[1 + i] = static_cast<char>(bits >> (8 * i) & 0xffU);
    m_size += 9;
}

namespace {

void write(AnyValueWriter &writer, const Value &value);

void writeEntries(AnyValueWriter &writer, const Value::Map &map)
{
    for (const auto &pair : map) // clang 14 lets no lambda see a structured binding
        writer.entry(pair.first, [&] { write(writer, pair.second); });
}

void write(AnyValueWriter &writer, const Value &value)
{
    std::visit(
        [&](const auto &v) {
            using T = std::decay_t<decltype(v)>;
            if constexpr (std::is_same_v<T, std::string>)
                writer.text(v);
            else if constexpr (std::is_same_v<T, bool>)
                writer.boolean(v);
            else if constexpr (std::is_same_v<T, std::int64_t>)
                writer.integer(v);
            else if constexpr (std::is_same_v<T, double>)
                writer.number(v);
            else if constexpr (std::is_same_v<T, Bytes>)
                writer.bytes(v.data);
            else if constexpr (std::is_same_v<T, Value::Array>)
                writer.array([&] {
                    for (const Value &element : v)
                        writer.element([&] { write(writer, element); });
                });
            else if constexpr (std::is_same_v<T, Value::Map>)
                writer.map([&] { writeEntries(writer, v); });
        },
        value.data());
}

} // namespace

std::string encodeAnyValue(const Value &value)
{
    std::string message;
    {
        AnyValueWriter writer(message);
        write(writer, value);
    }
    return message;
}

Result<Value> decodeAnyValue(std::string_view message)
{
    try {
        return readAnyValue(protozero::pbf_reader(message.data(), message.size()), 0);
    } catch (const protozero::exception &problem) {
        return failure(Error::Code::InvalidArgument, std::string("not an AnyValue: ") + problem.what());
    }
}

std::string encodeKeyValueList(const Value::Map &map)
{
    std::string message;
    {
        AnyValueWriter writer(message);
        writeEntries(writer, map);
    }
    return message;
}

Result<Value::Map> decodeKeyValueList(std::string_view message)
{
    try {
        return readPairs(protozero::pbf_reader(message.data(), message.size()), 0);
    } catch (const protozero::exception &problem) {
        return failure(Error::Code::InvalidArgument, std::string("not a KeyValueList: ") + problem.what());
    }
}

namespace {

/// How many bytes at the beginning mean themselves in JSON.
std::size_t plainLength(std::string_view text)
{
    std::size_t length = 0;
    while (length < text.size() && text[length] >= ' ' && text[length] < '\x7f' && text[length] != '"' && text[length] != '\\')
        ++length;
    return length;
}

} // namespace

void appendJsonString(std::string &out, std::string_view text)
{
    static constexpr char kHex[] = "0123456789abcdef";
    out += '"';
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t plain = plainLength(text.substr(i)); // nearly all of it, nearly always
        out.append(text, i, plain);
        i += plain;
        if (i == text.size())
            break;
        const char c = text[i];
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += {'\\', c};
            ++i;
        } else if (c == '\n') {
            out += "\\n";
            ++i;
        } else if (c == '\r') {
            out += "\\r";
            ++i;
        } else if (c == '\t') {
            out += "\\t";
            ++i;
        } else if (byte < 0x20 || byte == 0x7f) {
            out += {'\\', 'u', '0', '0', kHex[byte >> 4], kHex[byte & 15]};
            ++i;
        } else if (const std::size_t length = utf8Length(text, i); length > 0) {
            out.append(text, i, length);
            i += length;
        } else {
            out += "\xef\xbf\xbd"; // U+FFFD
            ++i;
        }
    }
    out += '"';
}

void appendJson(std::string &out, const Value &value)
{
    std::visit(
        [&](const auto &v) {
            using T = std::decay_t<decltype(v)>;
            if constexpr (std::is_same_v<T, std::monostate>) {
                out += "null";
            } else if constexpr (std::is_same_v<T, bool>) {
                out += v ? "true" : "false";
            } else if constexpr (std::is_same_v<T, std::int64_t>) {
                out += std::to_string(v);
            } else if constexpr (std::is_same_v<T, double>) {
                appendDouble(out, v);
            } else if constexpr (std::is_same_v<T, std::string>) {
                appendJsonString(out, v);
            } else if constexpr (std::is_same_v<T, Bytes>) {
                out += '"';
                appendBase64(out, v.data);
                out += '"';
            } else if constexpr (std::is_same_v<T, Value::Array>) {
                out += '[';
                for (std::size_t i = 0; i < v.size(); ++i) {
                    if (i > 0)
                        out += ',';
                    appendJson(out, v[i]);
                }
                out += ']';
            } else {
                appendJson(out, v);
            }
        },
        value.data());
}

void appendJson(std::string &out, const Value::Map &map)
{
    out += '{';
    for (std::size_t i = 0; i < map.size(); ++i) {
        if (i > 0)
            out += ',';
        appendJsonString(out, map[i].first);
        out += ':';
        appendJson(out, map[i].second);
    }
    out += '}';
}

std::string toJson(const Value &value)
{
    std::string out;
    appendJson(out, value);
    return out;
}

std::string toDisplayText(const Value &value)
{
    if (const auto *text = value.as<std::string>())
        return *text;
    return toJson(value);
}

} // namespace telltale
