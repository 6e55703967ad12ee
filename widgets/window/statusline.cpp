// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/statusline.h"

#include "widgets/controls/plainlabel.h"
#include "widgets/window/joblist.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>

namespace telltale {

namespace {

constexpr int kTellingMs = 8000;

} // namespace

StatusLine::StatusLine(QWidget *parent)
    : QWidget(parent)
    , m_voice(new QWidget(this))
    , m_left(new PlainLabel({}, FontRole::Secondary, Ink::Text2))
    , m_right(new PlainLabel({}, FontRole::Secondary, Ink::Text2))
    , m_jobs(new JobList)
{
    setAccessibleName(tr("Status"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 0, 12, 0);
    m_right->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    layout->addWidget(m_left, 1);
    layout->addWidget(m_jobs);
    layout->addWidget(m_right, 1);
    setFixedHeight(scaled(26));
    m_voice->setGeometry(0, 0, 1, 1);
    m_voice->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_telling.setSingleShot(true);
    connect(&m_telling, &QTimer::timeout, this, [this] { m_left->setText(m_leftText); });
}

void StatusLine::setLeft(const QString &text)
{
    m_leftText = text;
    if (!m_telling.isActive())
        m_left->setText(text);
}

void StatusLine::tell(const QString &sentence)
{
    m_left->setText(sentence);
    m_telling.start(kTellingMs);
    announce(sentence);
}

/// A name that changes and an alert: what screen readers say without being asked.
void StatusLine::announce(const QString &sentence)
{
    m_voice->setAccessibleName(sentence);
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent alert(m_voice, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

QString StatusLine::announced() const
{
    return m_voice->accessibleName();
}

void StatusLine::setRight(const QString &text)
{
    m_right->setText(text);
}

void StatusLine::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), tokensOf(this).sidebar);
}

} // namespace telltale
