// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/pill.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/formatter.h"

#include <QPainter>

#include <cmath>

namespace telltale {

namespace {

constexpr double kSidePadding = 8;

double pillHeight()
{
    return scaled(20);
}

} // namespace

Ink toneInk(Tone tone)
{
    switch (tone) {
    case Tone::Neutral:
        return Ink::Text2;
    case Tone::Accent:
        return Ink::Accent;
    case Tone::Ok:
        return Ink::Ok;
    case Tone::Warn:
        return Ink::Warn;
    case Tone::Bad:
        return Ink::Bad;
    }
    return Ink::Text2;
}

Ink toneGround(Tone tone)
{
    switch (tone) {
    case Tone::Neutral:
        return Ink::NeutralSoft;
    case Tone::Accent:
        return Ink::AccentSoft;
    case Tone::Ok:
        return Ink::OkSoft;
    case Tone::Warn:
        return Ink::WarnSoft;
    case Tone::Bad:
        return Ink::BadSoft;
    }
    return Ink::NeutralSoft;
}

double pillWidth(const QString &text)
{
    return std::ceil(QFontMetricsF(fontFor(FontRole::AxisStrong)).horizontalAdvance(text)) + 2 * kSidePadding;
}

QRectF paintPill(QPainter *painter, const QRectF &rect, const QString &text, Tone tone, const Tokens &tokens,
                 Qt::Alignment alignment)
{
    const double width = std::min(pillWidth(text), rect.width());
    const double height = pillHeight();
    QRectF pill(rect.left(), std::round(rect.center().y() - height / 2), width, height);
    if (alignment & Qt::AlignRight)
        pill.moveRight(rect.right());
    else if (alignment & Qt::AlignHCenter)
        pill.moveLeft(std::round(rect.center().x() - width / 2));
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(tokens.isHighContrast ? QPen(tokens.ink(toneInk(tone)), 1) : QPen(Qt::NoPen));
    painter->setBrush(tokens.ink(toneGround(tone)));
    painter->drawRoundedRect(pill, height / 2, height / 2);
    painter->setPen(tokens.ink(toneInk(tone)));
    painter->setFont(fontFor(FontRole::AxisStrong));
    drawElided(painter, pill.adjusted(kSidePadding, 0, -kSidePadding, 0), Qt::AlignCenter, text);
    painter->restore();
    return pill;
}

Pill::Pill(const QString &text, Tone tone, QWidget *parent)
    : QWidget(parent)
    , m_tone(tone)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setText(text);
}

void Pill::setText(const QString &text)
{
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void Pill::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

QSize Pill::sizeHint() const
{
    return {int(pillWidth(m_text)), int(pillHeight())};
}

void Pill::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintPill(&painter, rect(), m_text, m_tone, tokensOf(this), Qt::AlignHCenter);
}

Badge::Badge(Tone tone, QWidget *parent)
    : QWidget(parent)
    , m_tone(tone)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setVisible(false);
}

void Badge::setCount(qint64 count)
{
    if (count == m_count)
        return;
    m_count = count;
    setAccessibleName(shownText());
    setVisible(count > 0);
    updateGeometry();
    update();
}

void Badge::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

QString Badge::shownText() const
{
    return Formatter(locale()).compact(double(m_count));
}

QSize Badge::sizeHint() const
{
    const double width = tabularWidth(fontFor(FontRole::AxisStrong), shownText()) + 2 * kSidePadding;
    return {std::max(int(std::ceil(width)), int(pillHeight())), int(pillHeight())};
}

void Badge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(this);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.ink(toneGround(m_tone)));
    const QRectF box = rect();
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2);
    painter.setPen(tokens.ink(toneInk(m_tone)));
    painter.setFont(fontFor(FontRole::AxisStrong));
    drawTabular(&painter, box, Qt::AlignCenter, shownText());
}

} // namespace telltale
