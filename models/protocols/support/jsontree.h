// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/support/jsonelement.h"
#include "models/protocols/support/text.h"
#include "models/telemetry/result.h"
#include "models/telemetry/time.h"
#include "models/telemetry/value.h"

#include <array>
#include <cstdint>
#include <forward_list>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

// JSON as the small protocols read it: parsed whole, then picked from. Deeper than 64 levels is an error.
namespace telltale::json {

/// Keeps the parsed text; elements are views into it. One request, one document, in the memory of the thread's document
/// before. Not thread-safe.
class Document
{
public:
    Document();
    ~Document();
    Document(const Document &) = delete;
    Document &operator=(const Document &) = delete;

    /// Error: InvalidArgument. Elements of an earlier parse become invalid.
    Result<Element> parse(std::string_view text);
    /// The same of a text that outlives the elements: nothing is copied.
    Result<Element> parseInPlace(std::string_view text);

private:
    struct Memory;
    struct Shelf;
    static Shelf &shelf();

    std::unique_ptr<Memory> m_memory;
};

/// Where numbers are written out, some without an allocation.
class NumberRoom
{
public:
    NumberRoom() {} // not {}: what is not written need not be cleared
    NumberRoom(const NumberRoom &) = delete;
    NumberRoom &operator=(const NumberRoom &) = delete;
    TextView write(std::int64_t number);
    TextView keep(std::string text) { return {m_more.emplace_front(std::move(text))}; }

private:
    std::array<char, 96> m_first;
    std::size_t m_size = 0; ///< of m_first
    std::forward_list<std::string> m_more;
};

/// A field of an object. Nothing when `object` is none, has no such key, or has null there.
std::optional<Element> field(Element object, std::string_view key);
/// Steps into objects: field(field(o, "context"), "app").
std::optional<Element> field(const std::optional<Element> &object, std::string_view key);
/// An item of an array; nothing when there is none.
std::optional<Element> item(Element array, std::size_t index);
/// A text that is not empty; numbers are written out, as ids often come as either. Everything else is empty.
std::string text(const std::optional<Element> &element);
/// A number written out; empty for everything else.
TextView numberView(Element element, NumberRoom &room);
/// The same as text() without a copy: a view that lives as long as the element and `room`, where numbers are written out.
inline TextView textView(Element element, NumberRoom &room)
{
    return element.isText() ? TextView{element.text()} : numberView(element, room);
}
/// A view that lives as long as the element, but for numbers, which are texts of their own.
Text textView(Element element);
/// The first of these fields with such a text.
std::string firstText(const std::optional<Element> &object, std::initializer_list<std::string_view> keys);
/// A number, or a text that is one.
std::optional<double> number(const std::optional<Element> &element);
inline bool isTrue(const std::optional<Element> &element)
{
    return element && element->isTrue();
}
inline bool isObject(const std::optional<Element> &element)
{
    return element && element->isObject();
}
inline bool isArray(const std::optional<Element> &element)
{
    return element && element->isArray();
}
/// To walk over; empty when it is none.
inline Items items(const std::optional<Element> &array)
{
    return array ? array->items() : Items();
}
inline Members members(const std::optional<Element> &object)
{
    return object ? object->members() : Members();
}
inline std::size_t arraySize(const std::optional<Element> &element)
{
    return isArray(element) ? element->size() : 0;
}

/// All of it, with types. Integers beyond 63 bits become doubles.
Value toValue(Element element);
/// The fields of an object; empty for anything else.
Value::Map toMap(const std::optional<Element> &object);

/// RFC 3339, or seconds, milliseconds, microseconds or nanoseconds since the epoch, told apart by size. Nothing when it is
/// none of these or before 1971.
std::optional<Instant> instant(const std::optional<Element> &element);
std::optional<Instant> instantOfNumber(double number);
/// Seconds to nanoseconds, not negative.
std::int64_t nanoseconds(double seconds);

} // namespace telltale::json
