// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/support/jsontree.h"
#include "models/telemetry/result.h"

#include <functional>
#include <string_view>

namespace telltale::sentry {

/// Walks an envelope: a line of JSON, then items of a line of JSON and a payload. With "length" in its header a payload is
/// that many bytes, else it ends at the line's end. `onItem(header, payload)` returns false to stop. The envelope's header
/// comes first, through `onHeader`. Error: InvalidArgument when an item is shorter than it says or a header is missing.
Result<void> walkEnvelope(std::string_view body, const std::function<bool(std::string_view header)> &onHeader,
                          const std::function<bool(json::Element header, std::string_view payload)> &onItem);

} // namespace telltale::sentry
