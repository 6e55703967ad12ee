// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>

class QWidget;

namespace telltale {

/// A widget as it is seen, on the window's ground. UI thread; some milliseconds.
QImage pictureOf(QWidget &widget, double scale);
/// The same as shapes and text.
QByteArray svgOf(QWidget &widget, const QString &title);

} // namespace telltale
