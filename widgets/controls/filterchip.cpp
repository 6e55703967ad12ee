// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/filterchip.h"

#include "widgets/controls/tooltip.h"
#include "widgets/theme/colourmath.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/style.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

#include <cmath>

namespace telltale {

namespace {

constexpr int kCloseWidth = 26;
constexpr int kWidest = 320;

} // namespace

FilterChip::FilterChip(const QString &text, QWidget *parent)
    : QAbstractButton(parent)
{
    setText(text);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setAccessibleName(tr("Filter %1").arg(text));
    setAccessibleDescription(tr("Enter edits, Delete removes"));
}

void FilterChip::setUnavailable(const QString &reason)
{
    if (reason == m_reason)
        return;
    m_reason = reason;
    setToolTip(toolTipText(reason));
    const QString keys = tr("Enter edits, Delete removes");
    setAccessibleDescription(reason.isEmpty() ? keys : reason + u' ' + keys);
    update();
}

QSize FilterChip::sizeHint() const
{
    const double text = QFontMetricsF(fontFor(FontRole::SecondaryMedium)).horizontalAdvance(this->text());
    return {std::min(kWidest, int(std::ceil(text)) + 12 + kCloseWidth), scaled(size::kControlHeight)};
}

QSize FilterChip::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), 90), sizeHint().height()};
}

QRect FilterChip::closeRect() const
{
    return QStyle::visualRect(layoutDirection(), rect(),
                              QRect(width() - kCloseWidth, 0, kCloseWidth, height()));
}

void FilterChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(this);
    const bool isHonoured = m_reason.isEmpty();
    QColor ground = isHonoured ? tokens.accentSoft : tokens.neutralSoft;
    if (underMouse() && !m_isOverClose)
        ground = colour::over(tokens.hover, ground);
    painter.setPen(QPen(isHonoured ? tokens.accent : tokens.borderStrong, 1));
    painter.setBrush(ground);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), size::kControlRadius,
                            size::kControlRadius);
    QFont textFont = fontFor(FontRole::SecondaryMedium);
    textFont.setStrikeOut(!isHonoured);
    painter.setFont(textFont);
    painter.setPen(isHonoured ? tokens.accent : tokens.text3);
    const QRect words =
        QStyle::visualRect(layoutDirection(), rect(), QRect(10, 0, width() - 10 - kCloseWidth, height()));
    drawElided(&painter, words, QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter),
               text());
    const QRect close = closeRect();
    if (m_isOverClose) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour::faded(tokens.accent, 0.18));
        painter.drawRoundedRect(QRectF(close).adjusted(2, 4, -4, -4), 4, 4);
    }
    paintIcon(&painter, IconId::Close, QRectF(close.center().x() - 7.5, close.center().y() - 6.5, 13, 13),
              isHonoured ? tokens.accent : tokens.text3);
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange))
        drawFocusRing(&painter, rect(), size::kControlRadius - 1, tokens);
}

void FilterChip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::MiddleButton ||
        (event->button() == Qt::LeftButton && closeRect().contains(event->pos()))) {
        event->accept();
        return;
    }
    QAbstractButton::mousePressEvent(event);
}

void FilterChip::mouseReleaseEvent(QMouseEvent *event)
{
    const bool isClose = closeRect().contains(event->pos()) && event->button() == Qt::LeftButton && !isDown();
    const bool isMiddle = event->button() == Qt::MiddleButton && rect().contains(event->pos());
    if (isClose || isMiddle) {
        Q_EMIT removeRequested();
        return;
    }
    QAbstractButton::mouseReleaseEvent(event);
}

void FilterChip::mouseMoveEvent(QMouseEvent *event)
{
    const bool isOver = closeRect().contains(event->pos());
    if (isOver != m_isOverClose) {
        m_isOverClose = isOver;
        update();
    }
    QAbstractButton::mouseMoveEvent(event);
}

void FilterChip::leaveEvent(QEvent *event)
{
    m_isOverClose = false;
    update();
    QAbstractButton::leaveEvent(event);
}

void FilterChip::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace) {
        Q_EMIT removeRequested();
        return;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

} // namespace telltale
