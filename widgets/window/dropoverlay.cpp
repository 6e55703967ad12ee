// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/dropoverlay.h"

#include "widgets/theme/colourmath.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/tokens.h"

#include <QAccessible>
#include <QPainter>

namespace telltale {
namespace {

constexpr int kMargin = 16, kIcon = 40, kGap = 14, kWidest = 460, kCorner = 12, kPadding = 28;

} // namespace

DropOverlay::DropOverlay(QWidget *window)
    : QWidget(window)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void DropOverlay::setContent(bool isTaken, const QString &title, const QString &detail)
{
    m_isTaken = isTaken;
    m_title = title;
    m_detail = detail;
    setAccessibleName(title);
    setAccessibleDescription(detail);
    update();
}

void DropOverlay::showEvent(QShowEvent *event)
{
    setGeometry(parentWidget()->rect());
    raise();
    QWidget::showEvent(event);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void DropOverlay::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(this);
    const QColor ink = m_isTaken ? tokens.accent : tokens.text3;
    painter.fillRect(rect(), colour::faded(tokens.window, 0.92));

    QPen pen(ink, 2, Qt::CustomDashLine, Qt::RoundCap);
    pen.setDashPattern({4, 4});
    painter.setPen(pen);
    painter.setBrush(m_isTaken ? colour::faded(tokens.accentSoft, 0.5) : QColor(Qt::transparent));
    painter.drawRoundedRect(QRectF(rect()).adjusted(kMargin, kMargin, -kMargin, -kMargin), kCorner, kCorner);

    const QFont titleFont = fontFor(FontRole::ViewTitle), detailFont = fontFor(FontRole::Body);
    const int textWidth = std::min(width() - 6 * kMargin, scaled(kWidest));
    const int flags = Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap;
    const QRect room(0, 0, textWidth, height());
    const int titleHeight = QFontMetrics(titleFont).boundingRect(room, flags, m_title).height();
    const int detailHeight = QFontMetrics(detailFont).boundingRect(room, flags, m_detail).height();
    const int all = kIcon + kGap + titleHeight + kGap / 2 + detailHeight;
    int y = (height() - all) / 2;
    const int x = (width() - textWidth) / 2;
    painter.setPen(QPen(tokens.border, 1));
    painter.setBrush(tokens.card);
    painter.drawRoundedRect(QRectF(x, y, textWidth, all).adjusted(-kPadding, -kPadding, kPadding, kPadding),
                            kCorner, kCorner);
    paintIcon(&painter, m_isTaken ? IconId::ArrowDown : IconId::Slash,
              QRectF((width() - kIcon) / 2.0, y, kIcon, kIcon), ink);
    y += kIcon + kGap;
    painter.setFont(titleFont);
    painter.setPen(tokens.text);
    painter.drawText(QRect(x, y, textWidth, titleHeight), flags, m_title);
    y += titleHeight + kGap / 2;
    painter.setFont(detailFont);
    painter.setPen(tokens.text2);
    painter.drawText(QRect(x, y, textWidth, detailHeight), flags, m_detail);
}

} // namespace telltale
