// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QPoint;
class QRect;
class QWidget;

namespace telltale {

/// Shows plain text near the pointer; never interprets it. Empty text hides. `within` in widget coordinates: the tip goes away when the
/// pointer leaves it.
void showToolTip(QWidget *widget, const QPoint &globalPosition, const QString &text, const QRect &within);
/// `text` shortened for a tooltip: at most 1,000 characters and 12 lines.
QString toolTipText(const QString &text);

} // namespace telltale
