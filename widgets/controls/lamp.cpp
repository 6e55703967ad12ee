// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/lamp.h"

#include "widgets/theme/colourmath.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/theme.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>
#include <QVariantAnimation>

#include <cmath>

namespace telltale {

namespace {

void paintGlow(QPainter *painter, const QPointF &centre, double radius, const QColor &colour, bool isDark)
{
    QRadialGradient halo(centre, radius * 2.1);
    halo.setColorAt(0.40, colour::faded(colour, isDark ? 0.42 : 0.30));
    halo.setColorAt(1, colour::faded(colour, 0));
    painter->setBrush(halo);
    painter->drawEllipse(centre, radius * 2.1, radius * 2.1);
}

/// The glass: a ball lit from above left.
QRadialGradient glass(const QPointF &centre, double radius, const QColor &colour, const Tokens &tokens)
{
    QRadialGradient ball(centre - QPointF(radius * 0.3, radius * 0.35), radius * 1.35);
    ball.setColorAt(0, colour::mixOklab(colour, tokens.onAccent, tokens.isDark ? 0.45 : 0.38));
    ball.setColorAt(0.5, colour);
    ball.setColorAt(1, colour::mixOklab(colour, tokens.lampHousing, 0.22));
    return ball;
}

} // namespace

Ink lampInk(LampState state)
{
    switch (state) {
    case LampState::Live:
        return Ink::Ok;
    case LampState::Error:
        return Ink::Bad;
    case LampState::Off:
        return Ink::Text3;
    case LampState::Late:
    case LampState::Paused:
    case LampState::Waiting:
        break;
    }
    return Ink::Warn;
}

QString lampWord(LampState state)
{
    switch (state) {
    case LampState::Waiting:
        return Lamp::tr("Listening");
    case LampState::Live:
        return Lamp::tr("Live");
    case LampState::Late:
        return Lamp::tr("Late");
    case LampState::Paused:
        return Lamp::tr("Paused");
    case LampState::Error:
        return Lamp::tr("Error");
    case LampState::Off:
        return Lamp::tr("Offline");
    }
    return {};
}

void paintLamp(QPainter *painter, const QPointF &centre, double diameter, LampState state,
               const Tokens &tokens, double pulse)
{
    const double r = diameter / 2;
    const QColor colour = tokens.ink(lampInk(state));
    const QColor mark = tokens.isDark ? tokens.window : tokens.onAccent;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    if (state == LampState::Live || state == LampState::Late || state == LampState::Error)
        paintGlow(painter, centre, r, colour, tokens.isDark);
    switch (state) {
    case LampState::Live:
        painter->setBrush(glass(centre, r, colour, tokens));
        painter->drawEllipse(centre, r, r);
        break;
    case LampState::Late: { // half filled: told from Live without colour
        painter->setBrush(colour::over(colour::faded(colour, 0.18), tokens.card));
        painter->setPen(QPen(colour, std::max(1.3, diameter * 0.11)));
        const double inner = r - std::max(0.65, diameter * 0.055);
        painter->drawEllipse(centre, inner, inner);
        painter->setPen(Qt::NoPen);
        painter->setBrush(colour);
        painter->drawPie(QRectF(centre - QPointF(inner, inner), QSizeF(inner * 2, inner * 2)), 90 * 16,
                         180 * 16);
        break;
    }
    case LampState::Paused: {
        painter->setBrush(colour);
        painter->drawEllipse(centre, r, r);
        painter->setPen(QPen(mark, std::max(1.2, diameter * 0.13), Qt::SolidLine, Qt::FlatCap));
        const double dx = diameter * 0.16, dy = diameter * 0.24;
        painter->drawLine(centre + QPointF(-dx, -dy), centre + QPointF(-dx, dy));
        painter->drawLine(centre + QPointF(dx, -dy), centre + QPointF(dx, dy));
        break;
    }
    case LampState::Error: {
        painter->setBrush(glass(centre, r, colour, tokens));
        painter->drawEllipse(centre, r, r);
        painter->setPen(QPen(mark, std::max(1.4, diameter * 0.14), Qt::SolidLine, Qt::RoundCap));
        painter->drawLine(centre + QPointF(0, -diameter * 0.26), centre + QPointF(0, diameter * 0.05));
        painter->drawPoint(centre + QPointF(0, diameter * 0.27));
        break;
    }
    case LampState::Off: {
        const double width = std::max(1.3, diameter * 0.12);
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(colour, width, Qt::SolidLine, Qt::RoundCap));
        const double inner = r - width / 2;
        painter->drawEllipse(centre, inner, inner);
        const double d = inner * 0.68;
        painter->drawLine(centre + QPointF(-d, d), centre + QPointF(d, -d));
        break;
    }
    case LampState::Waiting: {
        painter->setBrush(Qt::NoBrush);
        for (int ring = 0; ring < 3 && diameter > 20; ++ring) { // the big one sends out rings
            const double spread = r * (1.5 + 0.55 * ring + 0.35 * pulse);
            painter->setPen(QPen(colour::faded(colour, (0.62 - 0.17 * ring) * (1 - 0.35 * pulse)), 1));
            painter->drawEllipse(centre, spread, spread);
        }
        if (diameter <= 20) {
            painter->setPen(Qt::NoPen);
            paintGlow(painter, centre, r, colour::faded(colour, 1), tokens.isDark);
        }
        const double width = std::max(1.5, diameter * 0.085);
        painter->setBrush(colour::over(colour::faded(colour, 0.16 + 0.14 * pulse), tokens.card));
        painter->setPen(QPen(colour, width));
        painter->drawEllipse(centre, r - width / 2, r - width / 2);
        break;
    }
    }
    painter->restore();
}

Lamp::Lamp(int diameter, QWidget *parent)
    : QWidget(parent)
    , m_diameter(diameter)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    updateName();
}

void Lamp::setState(LampState state)
{
    if (state == m_state)
        return;
    m_state = state;
    updatePulse();
    updateName();
    updateGeometry();
    update();
}

void Lamp::setWord(const QString &word)
{
    if (word == m_word)
        return;
    m_word = word;
    updateName();
    updateGeometry();
    update();
}

void Lamp::setWordVisible(bool visible)
{
    m_isWordVisible = visible;
    updateGeometry();
    update();
}

QString Lamp::shownWord() const
{
    return m_word.isEmpty() ? lampWord(m_state) : m_word;
}

void Lamp::updateName()
{
    setAccessibleName(shownWord());
}

QSize Lamp::sizeHint() const
{
    const int side = int(std::ceil(m_diameter * (m_diameter > 20 ? 3.05 : 2.1)));
    if (!m_isWordVisible)
        return {side, side};
    const QFontMetricsF metrics(fontFor(FontRole::SecondaryStrong));
    return {side + 4 + int(std::ceil(metrics.horizontalAdvance(shownWord()))),
            std::max(side, int(std::ceil(metrics.height())))};
}

void Lamp::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &tokens = tokensOf(this);
    const int side = int(std::ceil(m_diameter * (m_diameter > 20 ? 3.05 : 2.1)));
    const QRect lampRect =
        QStyle::visualRect(layoutDirection(), rect(), QRect(0, (height() - side) / 2, side, side));
    paintLamp(&painter, QRectF(lampRect).center(), m_diameter, m_state, tokens, m_pulse);
    if (!m_isWordVisible)
        return;
    painter.setFont(fontFor(FontRole::SecondaryStrong));
    painter.setPen(tokens.ink(lampInk(m_state)));
    const QRect words = QStyle::visualRect(layoutDirection(), rect(), rect().adjusted(side + 4, 0, 0, 0));
    drawElided(&painter, words, QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter),
               shownWord());
}

void Lamp::updatePulse()
{
    const bool wanted = m_state == LampState::Waiting && isVisible() && !isMotionReduced();
    if (!wanted) {
        if (m_animation)
            m_animation->stop();
        if (m_pulse != 0) {
            m_pulse = 0;
            update();
        }
        return;
    }
    if (!m_animation) {
        m_animation = new QVariantAnimation(this);
        m_animation->setDuration(2400);
        m_animation->setLoopCount(-1);
        m_animation->setKeyValueAt(0, 0.0);
        m_animation->setKeyValueAt(0.5, 1.0);
        m_animation->setKeyValueAt(1, 0.0);
        m_animation->setEasingCurve(QEasingCurve::InOutSine);
        connect(m_animation, &QVariantAnimation::valueChanged, this, [this](const QVariant &value) {
            // A dozen frames a second are enough for a slow breath.
            if (std::abs(value.toDouble() - m_pulse) < 0.06)
                return;
            m_pulse = value.toDouble();
            update();
        });
    }
    if (m_animation->state() != QAbstractAnimation::Running)
        m_animation->start();
}

void Lamp::showEvent(QShowEvent *)
{
    updatePulse();
}
void Lamp::hideEvent(QHideEvent *)
{
    updatePulse();
}

void Lamp::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        updatePulse();
    QWidget::changeEvent(event);
}

} // namespace telltale
