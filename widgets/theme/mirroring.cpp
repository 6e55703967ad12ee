// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/mirroring.h"

#include <QPainter>
#include <QTextOption>
#include <QWidget>

namespace telltale {

namespace {

void turn(QPainter *painter, double centre)
{
    painter->translate(2 * centre, 0);
    painter->scale(-1, 1);
}

} // namespace

void mirror(QPainter *painter, const QRectF &bounds, Qt::LayoutDirection direction)
{
    if (direction == Qt::RightToLeft)
        turn(painter, bounds.center().x());
}

void mirror(QPainter *painter, const QWidget *widget)
{
    mirror(painter, widget->rect().toRectF(), widget->layoutDirection());
}

bool isMirrored(const QPainter &painter)
{
    return painter.worldTransform().m11() < 0;
}

Upright::Upright(QPainter *painter, const QRectF &rect)
    : m_painter(isMirrored(*painter) ? painter : nullptr)
{
    if (!m_painter)
        return;
    m_painter->save();
    turn(m_painter, rect.center().x());
}

Upright::~Upright()
{
    if (m_painter)
        m_painter->restore();
}

Qt::Alignment mirrored(const QPainter &painter, Qt::Alignment alignment)
{
    Qt::Alignment seen = alignment | Qt::AlignAbsolute;
    if (!isMirrored(painter) || (alignment & (Qt::AlignHCenter | Qt::AlignJustify)))
        return seen;
    const bool isRight = alignment & Qt::AlignRight;
    return (seen & ~(Qt::AlignLeft | Qt::AlignRight)) | (isRight ? Qt::AlignLeft : Qt::AlignRight);
}

void drawWords(QPainter *painter, const QRectF &rect, Qt::Alignment alignment, const QString &text)
{
    QTextOption option(mirrored(*painter, alignment));
    option.setWrapMode(QTextOption::NoWrap);
    option.setTextDirection(text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    const Upright upright(painter, rect);
    painter->drawText(rect, text, option);
}

} // namespace telltale
