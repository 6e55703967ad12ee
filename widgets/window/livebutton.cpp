// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/livebutton.h"

#include "widgets/pages/rowpainting.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/mirroring.h"
#include "widgets/theme/style.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace telltale {

namespace {

constexpr int kPart = 34;

} // namespace

LiveButton::LiveButton(QWidget *parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void LiveButton::setStatus(LampState lamp, const QString &word, const QString &detail, bool canPlay)
{
    const bool isWider = detail.size() != m_detail.size() || word != text();
    m_lamp = lamp;
    m_detail = detail;
    m_canPlay = canPlay;
    setText(word);
    setAccessibleName(detail.isEmpty() ? word : word + u' ' + detail);
    setToolTip(canPlay ? tr("Follow now (Space)") : tr("Pause the view; recording goes on (Space)"));
    if (isWider)
        updateGeometry();
    update();
}

void LiveButton::setCompact(bool isCompact)
{
    m_isCompact = isCompact;
    updateGeometry();
    update();
}

double LiveButton::detailWidth() const
{
    return m_isCompact || m_detail.isEmpty() ? 0 : tabularWidth(fontFor(FontRole::Secondary), m_detail) + 2;
}

QSize LiveButton::sizeHint() const
{
    const double word = QFontMetricsF(fontFor(FontRole::BodyStrong)).horizontalAdvance(text()) + 2;
    const double detail = detailWidth();
    return {static_cast<int>(scaled(30) + word + (detail > 0 ? detail + 7 : 0) + scaled(9) + scaled(kPart)),
            scaled(size::kControlHeight)};
}

void LiveButton::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensOf(this);
    QColor ground = tokens.neutralSoft;
    QColor edge = tokens.borderStrong;
    QColor ink = tokens.text2;
    switch (m_lamp) {
    case LampState::Live:
        ground = tokens.okSoft;
        edge = tokens.ok;
        ink = tokens.ok;
        break;
    case LampState::Late:
    case LampState::Paused:
    case LampState::Waiting:
        ground = tokens.warnSoft;
        edge = tokens.warn;
        ink = tokens.warn;
        break;
    case LampState::Error:
        ground = tokens.badSoft;
        edge = tokens.bad;
        ink = tokens.bad;
        break;
    case LampState::Off:
        break;
    }
    edge.setAlphaF(tokens.isHighContrast ? 1.0F : 0.55F);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    mirror(&painter, this);
    painter.setPen(QPen(edge, 1));
    painter.setBrush(ground);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), size::kControlRadius,
                            size::kControlRadius);
    const double split = width() - scaled(kPart);
    painter.drawLine(QPointF(split + 0.5, 1), QPointF(split + 0.5, height() - 1));
    paintLamp(&painter, {static_cast<double>(scaled(17)), height() / 2.0}, Lamp::kToolbar, m_lamp, tokens);
    const double word = QFontMetricsF(fontFor(FontRole::BodyStrong)).horizontalAdvance(text()) + 2;
    const double left = scaled(30);
    paintText(&painter, {left, 0, word, static_cast<double>(height())}, FontRole::BodyStrong, ink, text());
    if (detailWidth() > 0)
        paintNumber(&painter, {left + word + 5, 0, split - left - word - 6, static_cast<double>(height())},
                    FontRole::Secondary, tokens.text2, m_detail, Qt::AlignLeft | Qt::AlignVCenter);
    const double icon = scaled(14);
    paintIcon(&painter, m_canPlay ? IconId::Play : IconId::Pause,
              {split + (scaled(kPart) - icon) / 2, (height() - icon) / 2, icon, icon},
              underMouse() ? tokens.text : ink);
    if (showsFocus(this))
        drawFocusRing(&painter, QRectF(rect()), size::kControlRadius, tokens);
}

void LiveButton::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void LiveButton::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace telltale
