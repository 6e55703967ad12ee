// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/navbutton.h"

#include "widgets/pages/rowpainting.h"
#include "widgets/theme/mirroring.h"
#include "widgets/theme/style.h"

#include <QLocale>
#include <QPainter>

namespace telltale {

NavButton::NavButton(IconId icon, const QString &text, QWidget *parent)
    : QAbstractButton(parent)
    , m_icon(icon)
{
    setText(text);
    setAccessibleName(text);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void NavButton::setCount(qint64 count, Tone tone)
{
    if (count == m_count && tone == m_tone)
        return;
    m_count = count;
    m_tone = tone;
    setAccessibleDescription(count > 0 ? QLocale().toString(count) : QString());
    update();
}

void NavButton::setRail(bool isRail)
{
    m_isRail = isRail;
    setToolTip(isRail ? text() : QString());
    updateGeometry();
    update();
}

QSize NavButton::sizeHint() const
{
    return {m_isRail ? scaled(40) : scaled(160), scaled(32)};
}

void NavButton::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    mirror(&painter, this);
    const QRectF frame = QRectF(rect()).adjusted(8, 1, -8, -1);
    painter.setPen(Qt::NoPen);
    if (isChecked()) {
        painter.setBrush(tokens.isDark ? tokens.accentSoft.darker(135) : tokens.card);
        painter.drawRoundedRect(frame, size::kControlRadius, size::kControlRadius);
        painter.setBrush(tokens.accent);
        painter.drawRoundedRect(QRectF(8, frame.top() + 7, 3, frame.height() - 14), 1.5, 1.5);
    } else if (underMouse()) {
        painter.setBrush(tokens.hover);
        painter.drawRoundedRect(frame, size::kControlRadius, size::kControlRadius);
    }
    const double icon = scaled(16);
    const double iconLeft = m_isRail ? (width() - icon) / 2 : frame.left() + 13;
    paintIcon(&painter, m_icon, {iconLeft, (height() - icon) / 2, icon, icon},
              isChecked() ? tokens.accent : tokens.text2);
    if (m_isRail) {
        if (m_count > 0 && m_tone == Tone::Bad) {
            painter.setBrush(tokens.bad);
            painter.drawEllipse(QPointF(iconLeft + icon + 1, (height() - icon) / 2), 3, 3);
        }
    } else {
        double right = frame.right() - 8;
        if (m_count > 0) {
            const QString count = m_count > 9999 ? tr("%1+", "more than that many").arg(QLocale().toString(9999)) : QLocale().toString(m_count);
            const double width = pillWidth(count);
            paintPill(&painter, {right - width, frame.top(), width, frame.height()}, count, m_tone, tokens);
            right -= width + 6;
        }
        const double left = iconLeft + icon + 10;
        paintText(&painter, {left, frame.top(), right - left, frame.height()}, FontRole::BodyMedium,
                  isChecked() ? tokens.text : tokens.text2, text());
    }
    if (showsFocus(this))
        drawFocusRing(&painter, frame, size::kControlRadius, tokens);
}

void NavButton::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void NavButton::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace telltale
