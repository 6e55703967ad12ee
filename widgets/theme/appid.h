// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace telltale {

/// The application's name on the desktop: of its desktop entry, icon, catalogue entry and D-Bus service.
/// For QGuiApplication::setDesktopFileName().
inline constexpr char kAppId[] = "org.telltale.Telltale";

} // namespace telltale
