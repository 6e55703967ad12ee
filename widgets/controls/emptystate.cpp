// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/emptystate.h"

#include "widgets/controls/buttons.h"
#include "widgets/controls/plainlabel.h"

#include <QPainter>
#include <QVBoxLayout>

#include <utility>

namespace telltale {

namespace {

constexpr int kIconSize = 26;

} // namespace

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_iconSpace(new QWidget(this))
    , m_title(new PlainLabel({}, FontRole::BodyStrong, Ink::Text, this))
    , m_detail(new PlainLabel({}, FontRole::Secondary, Ink::Text2, this))
    , m_button(makeButton(QString(), ButtonKind::Normal, this))
    , m_more(makeButton(QString(), ButtonKind::Flat, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(6);
    m_title->setAlignment(Qt::AlignHCenter);
    m_title->setWordWrap(true);
    m_detail->setAlignment(Qt::AlignHCenter);
    m_detail->setWordWrap(true);
    m_iconSpace->setFixedSize(kIconSize, kIconSize + 4);
    m_iconSpace->setVisible(false);
    layout->addStretch(1);
    layout->addWidget(m_iconSpace, 0, Qt::AlignHCenter);
    layout->addWidget(m_title);
    layout->addWidget(m_detail);
    layout->addSpacing(6);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    buttons->addWidget(m_button);
    buttons->addWidget(m_more);
    buttons->addStretch(1);
    layout->addLayout(buttons);
    layout->addStretch(1);
    m_button->setVisible(false);
    m_more->setVisible(false);
    connect(m_more, &QPushButton::clicked, this, &EmptyState::moreRequested);
    connect(m_button, &QPushButton::clicked, this, &EmptyState::actionRequested);
}

void EmptyState::setContent(const QString &title, const QString &detail, const QString &action, const QString &more)
{
    m_title->setText(title);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    for (const auto &[button, text] : {std::pair(m_button, action), std::pair(m_more, more)}) {
        button->setText(text);
        button->setAccessibleName(text);
        button->setVisible(!text.isEmpty());
    }
    setAccessibleName(title);
    setAccessibleDescription(detail);
}

void EmptyState::setIcon(std::optional<IconId> icon, Ink ink)
{
    m_icon = icon;
    m_ink = ink;
    m_iconSpace->setVisible(icon.has_value());
    update();
}

void EmptyState::paintEvent(QPaintEvent *)
{
    if (!m_icon)
        return;
    QPainter painter(this);
    paintIcon(&painter, *m_icon, QRectF(m_iconSpace->geometry().topLeft(), QSizeF(kIconSize, kIconSize)),
              tokensOf(this).ink(m_ink));
}

} // namespace telltale
