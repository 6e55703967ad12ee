// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/mapping.h"

#include <span>

namespace telltale {

/// The built-in tables of all protocols, by protocol: the very tables the decoders read by. Made once; any thread.
std::span<const MappingTable> builtInMappings();

} // namespace telltale
