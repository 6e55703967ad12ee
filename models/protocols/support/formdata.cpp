// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/support/formdata.h"

#include <algorithm>
#include <cstdint>

namespace telltale {
namespace {

constexpr std::size_t kMostPairs = 1024;

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

std::string percentDecoded(std::string_view text, bool isForm)
{
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0 && hexDigit(text[i + 2]) >= 0) {
            decoded.push_back(static_cast<char>(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2])));
            i += 2;
        } else {
            decoded.push_back(isForm && text[i] == '+' ? ' ' : text[i]);
        }
    }
    return decoded;
}

FormData::FormData(std::string_view encoded)
{
    while (!encoded.empty() && m_pairs.size() < kMostPairs) {
        const std::string_view pair = encoded.substr(0, encoded.find('&'));
        encoded.remove_prefix(std::min(encoded.size(), pair.size() + 1));
        if (pair.empty())
            continue;
        const auto equals = pair.find('=');
        m_pairs.emplace_back(percentDecoded(pair.substr(0, equals), true),
                             equals == std::string_view::npos ? std::string()
                                                              : percentDecoded(pair.substr(equals + 1), true));
    }
}

std::optional<std::string_view> FormData::value(std::string_view name) const &
{
    for (const auto &[key, value] : m_pairs) {
        if (key == name)
            return value;
    }
    return std::nullopt;
}

} // namespace telltale
