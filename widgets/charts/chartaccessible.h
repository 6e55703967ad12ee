// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace telltale {

/// Makes QAccessible know our charts. Harmless to call often.
void installChartAccessibility();

} // namespace telltale
