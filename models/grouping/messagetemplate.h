// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace telltale {

/// How much of a message is looked at.
inline constexpr std::size_t kMaximumTemplateBytes = 1024;

/// The message without what changes from one error to the next: quoted texts, addresses of e-mail and of the
/// web, paths, ids, hexadecimal numbers and numbers become <text>, <email>, <url>, <path>, <id>, <hex> and
/// <n>; runs of blanks become one. "cannot sync activity 42 of anna@example.com" gives "cannot sync activity
/// <n> of <email>". Cost: linear.
std::string messageTemplate(std::string_view message);

} // namespace telltale
