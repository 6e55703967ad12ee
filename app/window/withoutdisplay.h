// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace telltale {

/// Before the application object: it will need no display, unless QT_QPA_PLATFORM names another platform, and says nothing
/// about what it can not do for the lack of one.
void doWithoutDisplay();

} // namespace telltale
