// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/support/jsonelement.h"

#include <string>
#include <string_view>

namespace telltale::json {

/// What encodeAnyValue(toValue(element)) gives, without a Value in between. Written into `memory`, which is used again and
/// again and only grows; the view is of it. Cost: the bytes, once; where 127 bytes or 16 KB lie between the length that was
/// expected of an array or an object and the one that came, a move of what is in it.
std::string_view anyValueBytes(Element element, std::string &memory);

} // namespace telltale::json
