// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <QString>

class QPainter;
class QWidget;

/// Painting for readers from the right. A painter of rows and controls lays out as if from the left and turns the whole round;
/// words, icons and time stay upright in it. All of it between the painter's save() and restore().
namespace telltale {

/// From here on what is painted within `bounds` is turned round when `direction` is right to left.
void mirror(QPainter *painter, const QRectF &bounds, Qt::LayoutDirection direction);
/// The same for all of a widget, in its own direction.
void mirror(QPainter *painter, const QWidget *widget);
bool isMirrored(const QPainter &painter);

/// While it lives, what is painted within `rect` is upright again, where the mirror shows that rectangle: for icons, for text
/// and for charts of time, which run from left to right everywhere. Costs nothing when nothing is mirrored.
class Upright
{
public:
    Upright(QPainter *painter, const QRectF &rect);
    ~Upright();
    Q_DISABLE_COPY_MOVE(Upright)

private:
    QPainter *m_painter; ///< nullptr: nothing to take back
};

/// `alignment` as seen from the painter: left and right change places in a mirror. With Qt::AlignAbsolute.
Qt::Alignment mirrored(const QPainter &painter, Qt::Alignment alignment);

/// Draws a line of text in the painter's font and colour; `alignment` is meant as if from the left. The text's own first letter
/// says from where it is read, so that code and ids stay what they are.
void drawWords(QPainter *painter, const QRectF &rect, Qt::Alignment alignment, const QString &text);

} // namespace telltale
