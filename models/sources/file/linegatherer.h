// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/file/jsonshape.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace telltale {

/// Lines that make one request.
struct GatheredLines
{
    std::string path;           ///< of the request
    std::string body;           ///< JSON
    std::size_t bytes = 0;      ///< of the text, the lines that were left out included
    std::size_t lines = 0;      ///< in the body
    std::uint64_t rejected = 0; ///< that are no JSON object
};

/// Puts the first lines of a text, each of which ends, together to a request, until the next is of another kind or there are
/// `most`. A text without lines of JSON makes a request that holds nothing. Cost: parses each line.
GatheredLines gatherLines(std::string_view text, std::size_t most, JsonShapes &shapes);

} // namespace telltale
