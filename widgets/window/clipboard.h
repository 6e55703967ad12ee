// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace telltale {

/// Puts the data of the chart or list that has the focus on the clipboard, as tab-separated text and as an
/// HTML table. False when the focus is on neither.
bool copyFocused();
/// Puts a picture of the widget on the clipboard.
void copyImage(QWidget &widget);

} // namespace telltale
