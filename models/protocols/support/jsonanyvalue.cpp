// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/support/jsonanyvalue.h"

#include "models/telemetry/shorttext.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

// There is room for all of it before the first byte is written, so nothing here looks whether there is. Each function writes
// at `at` and returns the end.
namespace telltale::json {
namespace {

// Field number and wire type, as one byte each.
constexpr char kListItem = 1 << 3 | 2, kKey = 1 << 3 | 2, kValue = 2 << 3 | 2;
constexpr char kText = 1 << 3 | 2, kBool = 2 << 3, kInteger = 3 << 3, kReal = 4 << 3 | 1, kArray = 5 << 3 | 2,
               kMap = 6 << 3 | 2;

/// Bytes that an element's nodes take beside its texts, at most: a member has two nodes, and a tag and a length of five bytes
/// each for the member, its key, and its value twice; a number is shorter than that.
constexpr std::size_t kMostOfNode = 16;

std::size_t varintSize(std::uint64_t number)
{
    return (static_cast<std::size_t>(std::bit_width(number | 1U)) + 6) / 7;
}

char *putVarint(char *at, std::uint64_t number)
{
    while (number >= 0x80) {
        *at++ = static_cast<char>(number | 0x80U);
        number >>= 7;
    }
    *at++ = static_cast<char>(number);
    return at;
}

char *putText(char *at, char tag, std::string_view text)
{
    *at++ = tag;
    at = putVarint(at, text.size());
    if (text.size() <= ShortText::kMost)
        ShortText::of(text).copyTo(at);
    else
        std::memcpy(at, text.data(), text.size());
    return at + text.size();
}

std::size_t textSize(std::string_view text)
{
    return 1 + varintSize(text.size()) + text.size();
}

/// Of what has no parts.
std::size_t scalarSize(Element element)
{
    switch (element.kind()) {
    case Kind::Text:
        return textSize(element.text());
    case Kind::False:
    case Kind::True:
        return 2;
    case Kind::Integer:
        return 1 + varintSize(static_cast<std::uint64_t>(element.integer()));
    case Kind::Unsigned:
    case Kind::Real:
        return 9;
    default:
        return 0;
    }
}

char *putScalar(char *at, Element element)
{
    switch (element.kind()) {
    case Kind::Text:
        return putText(at, kText, element.text());
    case Kind::False:
    case Kind::True:
        at[0] = kBool;
        at[1] = element.isTrue() ? '\1' : '\0';
        return at + 2;
    case Kind::Integer:
        *at = kInteger;
        return putVarint(at + 1, static_cast<std::uint64_t>(element.integer()));
    case Kind::Unsigned:
    case Kind::Real: {
        static_assert(std::endian::native == std::endian::little);
        const double number = element.number();
        *at = kReal;
        std::memcpy(at + 1, &number, sizeof number);
        return at + 9;
    }
    default:
        return at;
    }
}

/// The length of what stands between `kept` bytes at `at` and `end`, for which that is not enough, or too much.
[[gnu::noinline]] char *putOtherLength(char *at, std::size_t kept, char *end)
{
    char *const begin = at + kept;
    const auto length = static_cast<std::size_t>(end - begin);
    if (const std::size_t size = varintSize(length); size != kept)
        std::memmove(at + size, begin, length);
    return putVarint(at, length) + length;
}

/// What `fill` writes, with its length, which is about `expected`.
template<typename Fill>
char *putNested(char *at, char tag, std::size_t expected, Fill &&fill)
{
    const std::size_t kept = expected < 0x80 ? 1 : expected < 0x4000 ? 2 : 3;
    *at++ = tag;
    char *const begin = at + kept;
    char *const end = fill(begin);
    if (const auto length = static_cast<std::size_t>(end - begin); kept == 1 && length < 0x80) {
        *at = static_cast<char>(length);
        return end;
    }
    return putOtherLength(at, kept, end);
}

char *putParts(char *at, Element element);

char *putItem(char *at, Element item)
{
    if (item.kind() >= Kind::Array)
        return putNested(at, kListItem, item.writtenSize(), [&](char *to) { return putParts(to, item); });
    *at++ = kListItem;
    return putScalar(putVarint(at, scalarSize(item)), item);
}

char *putMember(char *at, std::string_view key, Element value)
{
    if (value.kind() >= Kind::Array) {
        const std::size_t expected = value.writtenSize();
        return putNested(at, kListItem, expected + key.size() + 4, [&](char *to) {
            return putNested(putText(to, kKey, key), kValue, expected,
                             [&](char *in) { return putParts(in, value); });
        });
    }
    const std::size_t size = scalarSize(value);
    *at++ = kListItem;
    at = putText(putVarint(at, textSize(key) + 1 + varintSize(size) + size), kKey, key);
    *at++ = kValue;
    return putScalar(putVarint(at, size), value);
}

/// Of an array or an object.
char *putParts(char *at, Element element)
{
    return putNested(at, element.isArray() ? kArray : kMap, element.writtenSize(), [&](char *to) {
        for (const Element item : element.items())
            to = putItem(to, item);
        for (const auto &[key, value] : element.members())
            to = putMember(to, key, value);
        return to;
    });
}

} // namespace

std::string_view anyValueBytes(Element element, std::string &memory)
{
    // A text's bytes are at most as many as they were in the document, and a short one is written with all of ShortText's.
    const std::size_t most = element.writtenSize() + element.nodes() * kMostOfNode + ShortText::kMost;
    if (memory.size() < most)
        memory.resize(most);
    char *const end =
        element.kind() >= Kind::Array ? putParts(memory.data(), element) : putScalar(memory.data(), element);
    return {memory.data(), static_cast<std::size_t>(end - memory.data())};
}

} // namespace telltale::json
