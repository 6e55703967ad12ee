// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/fonts.h"
#include "widgets/theme/tokens.h"

#include <QAbstractItemModel>
#include <QStyleOptionViewItem>

class QPainter;

namespace telltale {

/// The row of a source model under whatever proxies lie on it.
QModelIndex sourceIndex(QModelIndex index);

/// Ground, selection bar and hairline of a list row. `isFirst` paints the bar of the selected row: the first
/// column of a table.
void paintRowGround(QPainter *painter, const QStyleOptionViewItem &option, const Tokens &tokens,
                    bool isFirst = true);
/// Whether to draw a focus ring: the widget has the focus, and the keyboard is what moves it.
bool showsFocus(const QWidget *widget);
/// The focus ring of the current row, when the list has the keyboard.
void paintRowFocus(QPainter *painter, const QStyleOptionViewItem &option, const Tokens &tokens);
/// One line of text, elided, in a role and a colour.
void paintText(QPainter *painter, const QRectF &rect, FontRole role, const QColor &colour,
               const QString &text, Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter);
/// As paintText(), with digits in cells.
void paintNumber(QPainter *painter, const QRectF &rect, FontRole role, const QColor &colour,
                 const QString &text, Qt::Alignment alignment = Qt::AlignRight | Qt::AlignVCenter);

} // namespace telltale
