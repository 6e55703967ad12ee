// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/support/jsontree.h"

#include "models/protocols/support/jsonparser.h"
#include "models/telemetry/sametext.h"
#include "models/telemetry/timeformat.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

namespace telltale::json {

/// A parser, and a copy of what it parsed.
struct Document::Memory
{
    Parser parser;
    std::string text;
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
    if (free.size() < Shelf::kMost && std::max(m_memory->text.capacity(), m_memory->parser.capacity()) <= Shelf::kLargestText)
        free.push_back(std::move(m_memory));
}

Result<Element> Document::parse(std::string_view text)
{
    return parseInPlace(m_memory->text.assign(text));
}

Result<Element> Document::parseInPlace(std::string_view text)
{
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    if (text.empty())
        return failure(Error::Code::InvalidArgument, "The body is empty; JSON was expected.");
    if (const Node *const root = m_memory->parser.parse(text))
        return Element(root);
    return failure(Error::Code::InvalidArgument, std::string("This is not JSON: ") + m_memory->parser.problem());
}

std::optional<Element> field(Element object, std::string_view key)
{
    for (const auto &[name, value] : object.members()) {
        if (isSameText(name, key))
            return value.isNull() ? std::nullopt : std::optional(value);
    }
    return std::nullopt;
}

std::optional<Element> field(const std::optional<Element> &object, std::string_view key)
{
    return object ? field(*object, key) : std::nullopt;
}

std::optional<Element> item(Element array, std::size_t index)
{
    if (index >= arraySize(array))
        return std::nullopt;
    auto at = array.items().begin();
    for (; index > 0; --index)
        ++at;
    return *at;
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
    switch (element.kind()) {
    case Kind::Integer:
        return room.write(element.integer());
    case Kind::Unsigned:
        return room.keep(std::to_string(element.natural()));
    case Kind::Real:
        return room.keep(toDisplayText(Value(element.real())));
    default:
        return {};
    }
}

Text textView(Element element)
{
    if (element.isText())
        return Text::viewOf(element.text());
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
    if (element->isNumber())
        return element->number();
    if (element->isText() && !element->text().empty()) {
        const std::string_view digits = element->text();
        double value = 0;
        const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (problem == std::errc() && end == digits.data() + digits.size() && std::isfinite(value))
            return value;
    }
    return std::nullopt;
}

Value toValue(Element element)
{
    switch (element.kind()) {
    case Kind::False:
    case Kind::True:
        return element.isTrue();
    case Kind::Integer:
        return element.integer();
    case Kind::Unsigned:
    case Kind::Real:
        return element.number();
    case Kind::Text:
        return element.text();
    case Kind::Array: {
        Value::Array array;
        for (const Element each : element.items())
            array.push_back(toValue(each));
        return array;
    }
    case Kind::Object:
        return toMap(element);
    case Kind::Null:
        break;
    }
    return {};
}

Value::Map toMap(const std::optional<Element> &object)
{
    Value::Map map;
    for (const auto &[key, value] : members(object))
        map.emplace_back(std::string(key), toValue(value));
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
    if (element->isText()) {
        const std::string_view written = element->text();
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
