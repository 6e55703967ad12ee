// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace telltale {

/// So many bytes of a file tell whether it is a cache.
inline constexpr std::size_t kCacheSignatureBytes = 72;

/// Whether a file that begins with these bytes is a cache of ours: an SQLite file with our application id. Nothing else of it is
/// looked at.
constexpr bool isCacheSignature(std::string_view head)
{
    constexpr std::string_view kSqlite("SQLite format 3\0", 16), kOurs("TELL");
    constexpr std::size_t kApplicationId = 68;
    return head.size() >= kCacheSignatureBytes && head.starts_with(kSqlite) &&
           head.substr(kApplicationId, kOurs.size()) == kOurs;
}

} // namespace telltale
