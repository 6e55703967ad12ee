// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/card.h"

#include "widgets/controls/buttons.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/controls/progressline.h"

#include <QBoxLayout>
#include <QEvent>
#include <QMenu>
#include <QPainter>

namespace telltale {

Card::Card(QWidget *parent)
    : Card(QString(), QString(), parent)
{}

Card::Card(const QString &title, const QString &subtitle, QWidget *parent)
    : QFrame(parent)
    , m_header(new QWidget(this))
    , m_title(new PlainLabel(title, FontRole::BodyStrong, Ink::Text, m_header))
    , m_subtitle(new PlainLabel(subtitle, FontRole::Caption, Ink::Text2, m_header))
    , m_corner(new QHBoxLayout)
    , m_menuButton(makeIconButton(IconId::More, tr("More"), m_header, true))
    , m_content(new QVBoxLayout)
    , m_progress(new ProgressLine(this))
{
    setFrameShape(QFrame::NoFrame);
    auto *outer = new QVBoxLayout(this);
    outer->setSpacing(8);
    setPadding({size::kCardPadding, 10, size::kCardPadding, size::kCardPadding});
    auto *headerLayout = new QHBoxLayout(m_header);
    headerLayout->setContentsMargins(0, 0, 0, 0);
    headerLayout->setSpacing(9);
    headerLayout->addWidget(m_title);
    headerLayout->addWidget(m_subtitle, 1);
    m_corner->setSpacing(12);
    headerLayout->addLayout(m_corner);
    headerLayout->addWidget(m_menuButton);
    m_header->setMinimumHeight(scaled(22));
    m_header->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_menuButton->setFixedSize(26, 24);
    m_menuButton->setVisible(false);
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    if (title.isEmpty())
        m_header->hide(); // showing what shows anyway would lay it out
    outer->addWidget(m_header);
    m_content->setContentsMargins(0, 0, 0, 0);
    m_content->setSpacing(8);
    outer->addLayout(m_content, 1);
    setAccessibleName(title);
}

void Card::setTitle(const QString &title)
{
    m_title->setText(title);
    m_header->setVisible(!title.isEmpty());
    setAccessibleName(title);
}

QString Card::title() const
{
    return m_title->text();
}

void Card::setSubtitle(const QString &subtitle)
{
    m_subtitle->setText(subtitle);
}

void Card::addCorner(QWidget *widget)
{
    m_corner->addWidget(widget);
    m_header->setVisible(true);
}

void Card::setMenu(QMenu *menu)
{
    m_menuButton->setMenu(menu);
    m_menuButton->setPopupMode(QToolButton::InstantPopup);
    m_menuButton->setVisible(menu != nullptr);
}

void Card::setHeaderVisible(bool visible)
{
    m_header->setVisible(visible);
}

void Card::setContent(QWidget *widget)
{
    m_content->addWidget(widget);
}

void Card::setPadding(const QMargins &padding)
{
    layout()->setContentsMargins(padding);
}

void Card::setBusy(bool busy)
{
    m_progress->setRunning(busy);
    placeProgress();
}

void Card::setProgress(double share)
{
    m_progress->setShare(share);
}

void Card::placeProgress()
{
    const int y = m_header->isVisibleTo(this) ? m_header->geometry().bottom() + 3 : 1;
    m_progress->setGeometry(1, y, width() - 2, 2);
    m_progress->raise();
}

void Card::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    placeProgress();
}

void Card::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::StyleChange)
        m_header->setMinimumHeight(scaled(22));
    QFrame::changeEvent(event);
}

void Card::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(this);
    painter.setPen(QPen(tokens.border, 1));
    painter.setBrush(tokens.card);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), size::kCardRadius,
                            size::kCardRadius);
}

} // namespace telltale
