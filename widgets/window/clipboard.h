// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace telltale {

class Page;

/// Puts the data of the chart or list that has the focus on the clipboard, as tab-separated text and as an
/// HTML table. False when the focus is on neither.
bool copyFocused();
/// Puts a picture of the view on the clipboard, with what was asked below it; a question later. The page tells when it is there.
void copyImage(Page &page, const QString &title);

} // namespace telltale
