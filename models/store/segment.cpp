// SPDX-License-Identifier: GPL-3.0-or-later
// What a segment can say about its attributes by way of others.
#include "models/store/cachereader.h"

namespace telltale {

bool AttributeTest::acceptsValue(const Value &value)
{
    if (const auto *text = value.as<std::string>())
        return accepts(std::string_view(*text));
    if (const auto *integer = value.as<std::int64_t>())
        return accepts(*integer);
    if (const auto *number = value.as<double>())
        return accepts(*number);
    return acceptsOther(value);
}

void Segment::markAttribute(std::string_view key, AttributeTest &test, std::span<std::uint8_t> hits) const
{
    forEachAttribute(key, [&](std::uint32_t row, const Value &value) {
        if (test.acceptsValue(value))
            hits[row] = 1;
    });
}

void Segment::markTexts(AttributeTest &test, std::span<std::uint8_t> hits) const
{
    for (std::uint32_t row = 0; row < count(); ++row) {
        for (const auto &[key, value] : attributes(row)) {
            if (fieldkey::isSearchable(key) && isProse(value) && test.acceptsValue(value))
                hits[row] = 1;
        }
    }
}

bool isProse(const Value &value)
{
    return value.as<std::string>() || value.as<Value::Array>() || value.as<Value::Map>();
}

} // namespace telltale
