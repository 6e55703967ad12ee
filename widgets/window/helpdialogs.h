// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace telltale {

class WindowActions;

/// The sheet of keys, made from the actions themselves.
void showShortcuts(QWidget *parent, const WindowActions &actions);
void showAbout(QWidget *parent);

} // namespace telltale
