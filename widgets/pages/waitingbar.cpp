// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/waitingbar.h"

#include "widgets/controls/buttons.h"
#include "widgets/controls/plainlabel.h"

#include <QHBoxLayout>
#include <QPainter>

namespace telltale {

WaitingBar::WaitingBar(QWidget *parent)
    : QWidget(parent)
    , m_text(new PlainLabel({}, FontRole::Secondary, Ink::Text2, this))
    , m_button(makeLink({}, this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 2, 6, 2);
    layout->setSpacing(8);
    layout->addWidget(m_text);
    layout->addWidget(m_button);
    connect(m_button, &QToolButton::clicked, this, &WaitingBar::actionRequested);
    hide();
}

void WaitingBar::setContent(const QString &text, const QString &action)
{
    m_text->setText(text);
    setAccessibleName(text);
    if (m_button->text() != action) {
        m_button->setText(action);
        m_button->setAccessibleName(action);
    }
    m_button->setAccessibleDescription(text);
    adjustSize();
}

QString WaitingBar::text() const
{
    return accessibleName();
}

void WaitingBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(this);
    painter.setPen(QPen(tokens.border, 1));
    painter.setBrush(tokens.inset);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), size::kControlRadius, size::kControlRadius);
}

} // namespace telltale
