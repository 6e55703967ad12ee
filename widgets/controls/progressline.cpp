// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/progressline.h"

#include "widgets/theme/theme.h"

#include <QPainter>
#include <QStyle>
#include <QVariantAnimation>

#include <algorithm>

namespace telltale {

ProgressLine::ProgressLine(QWidget *parent)
    : QWidget(parent)
    , m_animation(new QVariantAnimation(this))
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFixedHeight(2);
    m_animation->setDuration(1400);
    m_animation->setLoopCount(-1);
    m_animation->setStartValue(0.0);
    m_animation->setEndValue(1.0);
    connect(m_animation, &QVariantAnimation::valueChanged, this, [this](const QVariant &value) {
        m_phase = value.toDouble();
        update();
    });
    setVisible(false);
}

void ProgressLine::setRunning(bool running)
{
    if (running == m_isRunning)
        return;
    m_isRunning = running;
    setVisible(running);
    updateAnimation();
}

void ProgressLine::setShare(double share)
{
    m_share = share;
    updateAnimation();
    update();
}

void ProgressLine::updateAnimation()
{
    if (m_isRunning && m_share < 0 && isVisible() && !isMotionReduced())
        m_animation->start();
    else
        m_animation->stop();
}

void ProgressLine::showEvent(QShowEvent *)
{
    updateAnimation();
}
void ProgressLine::hideEvent(QHideEvent *)
{
    m_animation->stop();
}

void ProgressLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &tokens = tokensOf(this);
    painter.fillRect(rect(), tokens.accentSoft);
    if (m_share >= 0) {
        painter.fillRect(QStyle::visualRect(layoutDirection(), rect(),
                                            QRect(0, 0, int(width() * std::min(m_share, 1.0)), 2)),
                         tokens.accent);
        return;
    }
    const double piece = 0.28;
    const double start = -piece + m_phase * (1 + piece);
    painter.fillRect(QRectF(start * width(), 0, piece * width(), 2), tokens.accent);
}

} // namespace telltale
