// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/plainlabel.h"

#include "widgets/controls/tooltip.h"

#include <QAccessible>
#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QTextLayout>
#include <QToolTip>

#include <cmath>

namespace telltale {

PlainLabel::PlainLabel(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

PlainLabel::PlainLabel(const QString &text, FontRole role, Ink ink, QWidget *parent)
    : PlainLabel(parent)
{
    m_role = role;
    m_ink = ink;
    setText(text);
}

void PlainLabel::setText(const QString &text)
{
    QString kept = text;
    if (kept.size() > kLongestText) {
        kept.truncate(kLongestText - 1);
        if (kept.back().isHighSurrogate())
            kept.chop(1);
        kept += QChar(0x2026);
    }
    if (kept == m_text)
        return;
    m_text = kept;
    setAccessibleName(m_text);
    updateGeometry();
    update();
}

void PlainLabel::setRole(FontRole role)
{
    m_role = role;
    updateGeometry();
    update();
}

void PlainLabel::setInk(Ink ink)
{
    if (ink == m_ink)
        return;
    m_ink = ink;
    update();
}

void PlainLabel::setAlignment(Qt::Alignment alignment)
{
    m_alignment = alignment;
    update();
}

void PlainLabel::setWordWrap(bool wrap)
{
    m_wraps = wrap;
    QSizePolicy policy(QSizePolicy::Preferred, wrap ? QSizePolicy::Minimum : QSizePolicy::Fixed);
    policy.setHeightForWidth(wrap);
    setSizePolicy(policy);
    updateGeometry();
    update();
}

void PlainLabel::setTabular(bool tabular)
{
    m_isTabular = tabular;
    updateGeometry();
    update();
}

void PlainLabel::setElideMode(Qt::TextElideMode mode)
{
    m_elideMode = mode;
    update();
}

QSize PlainLabel::sizeHint() const
{
    const QFontMetricsF metrics(fontFor(m_role));
    if (m_wraps) {
        const double width = std::min(metrics.horizontalAdvance(m_text), 360.0);
        return {int(std::ceil(width)), heightForWidth(int(std::ceil(width)))};
    }
    const double width =
        m_isTabular ? tabularWidth(fontFor(m_role), m_text) : metrics.horizontalAdvance(m_text);
    return {int(std::ceil(width)), int(std::ceil(metrics.height()))};
}

QSize PlainLabel::minimumSizeHint() const
{
    const QFontMetricsF metrics(fontFor(m_role));
    const int least = int(std::ceil(metrics.horizontalAdvance(m_text.left(1) + QChar(0x2026))));
    return {m_isTabular ? sizeHint().width() : std::min(least, sizeHint().width()),
            int(std::ceil(metrics.height()))};
}

int PlainLabel::heightForWidth(int width) const
{
    if (!m_wraps)
        return sizeHint().height();
    const QFontMetricsF metrics(fontFor(m_role));
    return int(std::ceil(
        metrics.boundingRect(QRectF(0, 0, std::max(width, 1), 1e6), Qt::TextWordWrap, m_text).height()));
}

bool PlainLabel::isElided() const
{
    if (m_wraps)
        return heightForWidth(width()) > height();
    return sizeHint().width() > width();
}

void PlainLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &tokens = tokensOf(this);
    painter.setFont(fontFor(m_role));
    painter.setPen(isEnabled() ? tokens.ink(m_ink) : tokens.text3);
    const Qt::Alignment shown = QStyle::visualAlignment(layoutDirection(), m_alignment);
    if (m_isTabular)
        drawTabular(&painter, rect(), shown, m_text);
    else if (m_wraps)
        painter.drawText(rect(), int(shown & ~Qt::AlignVCenter) | Qt::AlignTop | Qt::TextWordWrap, m_text);
    else
        drawElided(&painter, rect(), shown, m_text, m_elideMode);
}

bool PlainLabel::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty()) {
        auto *help = static_cast<QHelpEvent *>(event);
        showToolTip(this, help->globalPos(), isElided() ? toolTipText(m_text) : QString(), rect());
        return true;
    }
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        updateGeometry();
    return QWidget::event(event);
}

} // namespace telltale
