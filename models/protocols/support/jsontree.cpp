// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/support/jsontree.h"

#include "models/telemetry/timeformat.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <vector>

namespace telltale::json {

using simdjson::dom::element_type;

namespace {

/// What is walked over where there is nothing.
struct Empty
{
    Empty()
    {
        array = parsers[0].parse(std::string_view("[]")).get_array().value();
        object = parsers[1].parse(std::string_view("{}")).get_object().value();
    }
    simdjson::dom::parser parsers[2];
    simdjson::dom::array array;
    simdjson::dom::object object;
};

} // namespace

/// A parser, and the text with the room behind it that simdjson reads into.
struct Document::Memory
{
    simdjson::dom::parser parser;
    std::vector<char> text;
};

/// What a thread keeps between documents. An SDK's requests are small, and most of their cost would be fresh memory.
struct Document::Shelf
{
    static constexpr std::size_t kMost = 4, kLargestText = 128 * 1024;
    std::vector<std::unique_ptr<Memory>> free;
};

Document::Shelf &Document::shelf()
{
    thread_local Shelf ofThisThread;
    return ofThisThread;
}

Document::Document()
{
    auto &free = shelf().free;
    if (free.empty()) {
        m_memory = std::make_unique<Memory>();
    } else {
        m_memory = std::move(free.back());
        free.pop_back();
    }
}

Document::~Document()
{
    auto &free = shelf().free;
    if (free.size() < Shelf::kMost && m_memory->text.size() <= Shelf::kLargestText)
        free.push_back(std::move(m_memory));
}

Result<Element> Document::parse(std::string_view text)
{
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    if (text.empty())
        return failure(Error::Code::InvalidArgument, "The body is empty; JSON was expected.");
    auto &[parser, padded] = *m_memory;
    const auto capacity = std::max<std::size_t>(text.size(), 1024);
    if (parser.capacity() < capacity || parser.max_depth() != kMaximumValueDepth) {
        if (parser.allocate(capacity, kMaximumValueDepth))
            return failure(Error::Code::TooLarge, "There is no memory for this JSON.");
    }
    if (padded.size() < text.size() + simdjson::SIMDJSON_PADDING)
        padded.resize(text.size() + simdjson::SIMDJSON_PADDING);
    std::memcpy(padded.data(), text.data(), text.size());
    std::memset(padded.data() + text.size(), 0, simdjson::SIMDJSON_PADDING);
    Element root;
    if (const auto problem = parser.parse(padded.data(), text.size(), false).get(root))
        return failure(Error::Code::InvalidArgument,
                       std::string("This is not JSON: ") + simdjson::error_message(problem));
    return root;
}

std::optional<Element> field(Element object, std::string_view key)
{
    simdjson::dom::object fields;
    Element found;
    if (object.get(fields) || fields.at_key(key).get(found) || found.is_null())
        return std::nullopt;
    return found;
}

std::optional<Element> field(const std::optional<Element> &object, std::string_view key)
{
    return object ? field(*object, key) : std::nullopt;
}

std::string text(const std::optional<Element> &element)
{
    return element ? textView(*element).str() : std::string();
}

TextView NumberRoom::write(std::int64_t number)
{
    char *const at = m_first.data() + m_size;
    const auto [end, problem] = std::to_chars(at, m_first.data() + m_first.size(), number);
    if (problem != std::errc())
        return keep(std::to_string(number));
    m_size = static_cast<std::size_t>(end - m_first.data());
    return {{at, static_cast<std::size_t>(end - at)}};
}

TextView numberView(Element element, NumberRoom &room)
{
    switch (element.type()) {
    case element_type::INT64:
        return room.write(element.get_int64().value());
    case element_type::UINT64:
        return room.keep(std::to_string(element.get_uint64().value()));
    case element_type::DOUBLE:
        return room.keep(toDisplayText(Value(element.get_double().value())));
    default:
        return {};
    }
}

Text textView(Element element)
{
    if (element.is_string())
        return Text::viewOf(element.get_string().value());
    NumberRoom room;
    return textView(element, room).str();
}

std::string firstText(const std::optional<Element> &object, std::initializer_list<std::string_view> keys)
{
    for (const std::string_view key : keys) {
        if (std::string found = text(field(object, key)); !found.empty())
            return found;
    }
    return {};
}

std::optional<double> number(const std::optional<Element> &element)
{
    if (!element)
        return std::nullopt;
    if (double value = 0; element->is_number() && !element->get(value))
        return value;
    if (std::string_view digits; !element->get(digits) && !digits.empty()) {
        double value = 0;
        const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (problem == std::errc() && end == digits.data() + digits.size() && std::isfinite(value))
            return value;
    }
    return std::nullopt;
}

simdjson::dom::array items(const std::optional<Element> &array)
{
    simdjson::dom::array found;
    if (array && !array->get(found))
        return found;
    static const Empty empty;
    return empty.array;
}

simdjson::dom::object members(const std::optional<Element> &object)
{
    simdjson::dom::object found;
    if (object && !object->get(found))
        return found;
    static const Empty empty;
    return empty.object;
}

std::size_t arraySize(const std::optional<Element> &element)
{
    return isArray(element) ? items(element).size() : 0;
}

Value toValue(Element element)
{
    switch (element.type()) {
    case element_type::BOOL:
        return element.get_bool().value();
    case element_type::INT64:
        return element.get_int64().value();
    case element_type::UINT64:
        return static_cast<double>(element.get_uint64().value());
    case element_type::DOUBLE:
        return element.get_double().value();
    case element_type::STRING:
        return std::string_view(element.get_string().value());
    case element_type::ARRAY: {
        Value::Array array;
        for (const Element each : items(element))
            array.push_back(toValue(each));
        return array;
    }
    case element_type::OBJECT:
        return toMap(element);
    case element_type::NULL_VALUE:
        break;
    }
    return {};
}

void write(AnyValueWriter &writer, Element element)
{
    switch (element.type()) {
    case element_type::BOOL:
        return writer.boolean(element.get_bool().value());
    case element_type::INT64:
        return writer.integer(element.get_int64().value());
    case element_type::UINT64:
        return writer.number(static_cast<double>(element.get_uint64().value()));
    case element_type::DOUBLE:
        return writer.number(element.get_double().value());
    case element_type::STRING:
        return writer.text(element.get_string().value());
    case element_type::ARRAY:
        return writer.array([&] {
            for (const Element each : items(element))
                writer.element([&] { write(writer, each); });
        });
    case element_type::OBJECT:
        return writer.map([&] {
            for (const auto &[key, value] : members(element))
                writer.entry(key, [&, value = Element(value)] { write(writer, value); });
        });
    case element_type::NULL_VALUE:
        break;
    }
}

Value::Map toMap(const std::optional<Element> &object)
{
    Value::Map map;
    if (isObject(object)) {
        for (const auto &[key, value] : members(object))
            map.emplace_back(std::string(key), toValue(value));
    }
    return map;
}

std::optional<Instant> instantOfNumber(double number)
{
    // Seconds until the year 5138, milliseconds from 1973 to 5138, and so on: the ranges do not meet.
    constexpr double kYear = 365.0 * 86'400;
    if (!std::isfinite(number) || number < kYear)
        return std::nullopt;
    constexpr double kThousands[] = {1, 1e3, 1e6, 1e9}; // powers
    double seconds = number;
    int steps = 0;
    while (seconds >= 1e11 && steps < 3) {
        seconds /= 1'000;
        ++steps;
    }
    if (seconds < kYear || seconds > 9.2e9)
        return std::nullopt;
    const double whole = std::floor(seconds);
    // Whole milliseconds and more stay exact: 2^53 holds them. A double of seconds is good for a microsecond.
    const double rest = steps == 0 ? std::round((seconds - whole) * 1e6) * 1e3
                                   : std::round((number - whole * kThousands[steps]) * kThousands[3 - steps]);
    return Instant{static_cast<std::int64_t>(whole) * 1'000'000'000 + static_cast<std::int64_t>(rest)};
}

std::optional<Instant> instant(const std::optional<Element> &element)
{
    if (!element)
        return std::nullopt;
    if (std::string_view written; !element->get(written)) {
        if (const auto usual = readUsualRfc3339(written))
            return usual;
        if (const auto parsed = parseRfc3339(written))
            return *parsed;
        // Python writes no zone and means UTC.
        if (written.size() >= 19 && written.find_first_of("Zz+") == std::string_view::npos) {
            if (const auto parsed = parseRfc3339(std::string(written) + "Z"))
                return *parsed;
        }
    }
    const auto value = number(element);
    return value ? instantOfNumber(*value) : std::nullopt;
}

std::int64_t nanoseconds(double seconds)
{
    if (!(seconds > 0))
        return 0;
    return seconds >= 9.2e9 ? std::int64_t{9'200'000'000'000'000'000}
                            : static_cast<std::int64_t>(std::llround(seconds * 1e9));
}

} // namespace telltale::json
