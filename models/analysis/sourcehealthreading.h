// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/sourcehealth.h"

#include <optional>
#include <string_view>

namespace telltale {

/// Reads what toJson(SourceHealth) wrote, perhaps in an earlier or later version. Nothing when it is no JSON object.
std::optional<SourceHealth> parseSourceHealth(std::string_view json);

} // namespace telltale
