// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/recordbatch.h"
#include "models/telemetry/value.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace telltale {

/// The attributes a person sent: without the fields that travel among them.
inline Value::Map withoutFields(Value::Map attributes)
{
    std::erase_if(attributes, [](const auto &attribute) { return fieldkey::isField(attribute.first); });
    return attributes;
}

/// nullptr when there is no such field.
inline const Value *fieldOf(const Value::Map &attributes, std::string_view key)
{
    for (const auto &[name, value] : attributes) {
        if (name == key)
            return &value;
    }
    return nullptr;
}

/// The bytes of a trace's or span's id in lower case.
template<std::size_t N>
std::string hexOf(const std::array<std::uint8_t, N> &id)
{
    constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : id) {
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

/// How error groups are named everywhere: 16 hex digits.
std::string groupName(std::uint64_t key);
/// None when it is no such name.
std::optional<std::uint64_t> groupKey(std::string_view name);

} // namespace telltale
