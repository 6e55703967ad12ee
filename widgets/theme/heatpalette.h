// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/tokens.h"

namespace telltale {

/// What heatmaps are painted with: our own ramp, or one that people know from elsewhere.
enum class HeatPalette { Telltale, Viridis, Cividis, Grey };

/// The same tokens with this ramp; more is further from the card, as in our own.
Tokens withHeatPalette(const Tokens &tokens, HeatPalette palette);

} // namespace telltale
