// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/popover.h"

#include "widgets/theme/tokens.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace telltale {

Popover::Popover(QWidget *window)
    : QWidget(window)
{
    hide();
    setFocusPolicy(Qt::StrongFocus);
    setContentsMargins(kShadow, kShadow, kShadow, kShadow);
}

void Popover::openBelow(const QWidget *anchor)
{
    adjustSize();
    const QWidget *window = parentWidget();
    const QPoint corner = anchor->mapTo(window, QPoint(anchor->width(), anchor->height()));
    const int x = std::clamp(corner.x() - width() / 2 - anchor->width() / 2, -kShadow + 4,
                             std::max(0, window->width() - width() + kShadow - 4));
    const int y = std::min(corner.y() - kShadow + 6, std::max(0, window->height() - height()));
    move(x, y);
    raise();
    show();
    qApp->installEventFilter(this);
}

void Popover::close()
{
    hide();
}

void Popover::hideEvent(QHideEvent *event)
{
    qApp->removeEventFilter(this);
    QWidget::hideEvent(event);
    Q_EMIT closed();
}

void Popover::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF panel = QRectF(rect()).adjusted(kShadow, kShadow, -kShadow, -kShadow);
    QColor shade = tokens.shadow;
    painter.setPen(Qt::NoPen);
    for (int ring = kShadow - 2; ring > 0; --ring) {
        shade.setAlphaF(static_cast<float>(0.010 * (tokens.isDark ? 2.4 : 1.0)));
        painter.setBrush(shade);
        painter.drawRoundedRect(panel.adjusted(-ring, -ring + 4, ring, ring), size::kPopoverRadius + ring,
                                size::kPopoverRadius + ring);
    }
    painter.setBrush(tokens.card);
    painter.setPen(QPen(tokens.isDark ? tokens.borderStrong : tokens.border, 1));
    painter.drawRoundedRect(panel.adjusted(0.5, 0.5, -0.5, -0.5), size::kPopoverRadius, size::kPopoverRadius);
}

void Popover::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        close();
        return;
    }
    QWidget::keyPressEvent(event);
}

bool Popover::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseButtonPress && watched->isWidgetType()) {
        const auto *widget = static_cast<QWidget *>(watched);
        if (widget != this && !isAncestorOf(widget) && widget->window() == window())
            close();
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace telltale
