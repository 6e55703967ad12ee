// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/rowpainting.h"

#include "widgets/theme/style.h"

#include <QAbstractProxyModel>
#include <QPainter>
#include <QWidget>

namespace telltale {

QModelIndex sourceIndex(QModelIndex index)
{
    while (const auto *proxy = qobject_cast<const QAbstractProxyModel *>(index.model()))
        index = proxy->mapToSource(index);
    return index;
}

void paintRowGround(QPainter *painter, const QStyleOptionViewItem &option, const Tokens &tokens, bool isFirst)
{
    const QRect rect = option.rect;
    if (option.state & QStyle::State_Selected) {
        painter->fillRect(rect, tokens.accentSoft);
        if (isFirst)
            painter->fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), tokens.accent);
    } else if (option.state & QStyle::State_MouseOver) {
        painter->fillRect(rect, tokens.hover);
    }
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), tokens.border);
}

bool showsFocus(const QWidget *widget)
{
    return widget->hasFocus() && widget->window()->testAttribute(Qt::WA_KeyboardFocusChange);
}

void paintRowFocus(QPainter *painter, const QStyleOptionViewItem &option, const Tokens &tokens)
{
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange))
        drawFocusRing(painter, QRectF(option.rect).adjusted(1, 1, -1, -2), size::kBarRadius, tokens);
}

void paintText(QPainter *painter, const QRectF &rect, FontRole role, const QColor &colour,
               const QString &text, Qt::Alignment alignment)
{
    painter->setFont(fontFor(role));
    painter->setPen(colour);
    drawElided(painter, rect, alignment, text);
}

void paintNumber(QPainter *painter, const QRectF &rect, FontRole role, const QColor &colour,
                 const QString &text, Qt::Alignment alignment)
{
    painter->setFont(fontFor(role));
    painter->setPen(colour);
    drawTabular(painter, rect, alignment, text);
}

} // namespace telltale
