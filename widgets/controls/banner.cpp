// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/banner.h"

#include "widgets/controls/buttons.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/theme/colourmath.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>

namespace telltale {

namespace {

constexpr int kMarkWidth = 40;

IconId toneIcon(Tone tone)
{
    switch (tone) {
    case Tone::Ok:
        return IconId::Resolve;
    case Tone::Warn:
    case Tone::Bad:
        return IconId::Errors;
    case Tone::Neutral:
    case Tone::Accent:
        break;
    }
    return IconId::Info;
}

} // namespace

Banner::Banner(QWidget *parent)
    : QWidget(parent)
    , m_title(new PlainLabel({}, FontRole::BodyStrong, Ink::Text, this))
    , m_detail(new PlainLabel({}, FontRole::Secondary, Ink::Text2, this))
    , m_buttons(new QHBoxLayout)
    , m_close(makeIconButton(IconId::Close, tr("Close"), this, true))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(kMarkWidth, 0, 8, 0);
    layout->setSpacing(8);
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    layout->addWidget(m_title);
    layout->addWidget(m_detail, 1);
    layout->addLayout(m_buttons);
    layout->addWidget(m_close);
    m_close->setVisible(false);
    connect(m_close, &QToolButton::clicked, this, [this] {
        setVisible(false);
        Q_EMIT closed();
    });
}

void Banner::setContent(Tone tone, const QString &title, const QString &detail)
{
    m_tone = tone;
    m_lamp.reset();
    m_title->setText(title);
    m_detail->setText(detail);
    setAccessibleName(title);
    setAccessibleDescription(detail);
    update();
}

void Banner::setLamp(LampState state)
{
    m_lamp = state;
    update();
}

QPushButton *Banner::addButton(const QString &text)
{
    QPushButton *button = makeButton(text, ButtonKind::Normal, this);
    m_buttons->addWidget(button);
    return button;
}

void Banner::clearButtons()
{
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
}

void Banner::setClosable(bool closable)
{
    m_close->setVisible(closable);
}

QSize Banner::sizeHint() const
{
    return {QWidget::sizeHint().width(), scaled(42)};
}

void Banner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(this);
    const QColor ink = tokens.ink(toneInk(m_tone));
    painter.setPen(QPen(m_tone == Tone::Neutral ? tokens.border : colour::faded(ink, 0.55), 1));
    painter.setBrush(tokens.ink(toneGround(m_tone)));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), size::kCardRadius,
                            size::kCardRadius);
    const QRect mark = QStyle::visualRect(layoutDirection(), rect(), QRect(0, 0, kMarkWidth, height()));
    if (m_lamp)
        paintLamp(&painter, QRectF(mark).center(), 14, *m_lamp, tokens);
    else
        paintIcon(&painter, toneIcon(m_tone), QRectF(QRectF(mark).center() - QPointF(9, 9), QSizeF(18, 18)),
                  ink);
}

void Banner::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

} // namespace telltale
