// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/segmentedcontrol.h"

#include "widgets/controls/tooltip.h"
#include "widgets/theme/colourmath.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/formatter.h"
#include "widgets/theme/style.h"

#include <QEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace telltale {

namespace {

constexpr int kLeastSegment = 48;

} // namespace

SegmentedControl::SegmentedControl(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
}

int SegmentedControl::addSegment(const QString &text, const QVariant &data)
{
    m_segments.push_back({text, -1, data, true});
    if (m_current < 0)
        m_current = 0;
    updateGeometry();
    update();
    return count() - 1;
}

void SegmentedControl::clear()
{
    m_segments.clear();
    m_current = m_hovered = -1;
    updateGeometry();
    update();
}

void SegmentedControl::setText(int index, const QString &text)
{
    if (index < 0 || index >= count())
        return;
    m_segments[std::size_t(index)].text = text;
    updateGeometry();
    update();
}

QString SegmentedControl::text(int index) const
{
    return index < 0 || index >= count() ? QString() : m_segments[std::size_t(index)].text;
}

void SegmentedControl::setCountAt(int index, qint64 count)
{
    if (index < 0 || index >= this->count() || m_segments[std::size_t(index)].count == count)
        return;
    m_segments[std::size_t(index)].count = count;
    updateGeometry();
    update();
}

void SegmentedControl::setSegmentEnabled(int index, bool enabled)
{
    if (index < 0 || index >= count())
        return;
    m_segments[std::size_t(index)].isEnabled = enabled;
    update();
}

QVariant SegmentedControl::data(int index) const
{
    return index < 0 || index >= count() ? QVariant() : m_segments[std::size_t(index)].data;
}

int SegmentedControl::indexOfData(const QVariant &data) const
{
    for (int i = 0; i < count(); ++i)
        if (m_segments[std::size_t(i)].data == data)
            return i;
    return -1;
}

QString SegmentedControl::shownText(const Segment &segment) const
{
    if (segment.count < 0)
        return segment.text;
    return segment.text + QLatin1Char(' ') + Formatter(locale()).count(double(segment.count));
}

int SegmentedControl::widthOf(const Segment &segment) const
{
    return int(std::ceil(
               QFontMetricsF(fontFor(FontRole::SecondaryMedium)).horizontalAdvance(shownText(segment)))) +
           28;
}

QSize SegmentedControl::sizeHint() const
{
    int width = 0;
    for (const Segment &segment : m_segments)
        width += widthOf(segment);
    return {std::max(width, 1), scaled(size::kControlHeight)};
}

QSize SegmentedControl::minimumSizeHint() const
{
    const QSize hint = sizeHint();
    return {std::min(hint.width(), count() * scaled(kLeastSegment)), hint.height()};
}

std::vector<int> SegmentedControl::widths() const
{
    std::vector<int> all;
    int sum = 0;
    for (const Segment &segment : m_segments)
        sum += all.emplace_back(widthOf(segment));
    // What is missing is taken from the widest, so that short words stay whole.
    for (int missing = sum - width(); missing > 0 && sum > 0; --missing)
        --*std::max_element(all.begin(), all.end());
    return all;
}

int SegmentedControl::shownWidth() const
{
    return std::min(width(), sizeHint().width());
}

QRect SegmentedControl::segmentRect(int index) const
{
    const std::vector<int> all = widths();
    const int x = std::accumulate(all.begin(), all.begin() + index, 0);
    const QRect r(x, 0, all[std::size_t(index)], height());
    return QStyle::visualRect(layoutDirection(), QRect(0, 0, shownWidth(), height()), r);
}

bool SegmentedControl::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const int index = segmentAt(help->pos());
        const bool isCut = index >= 0 && segmentRect(index).width() < widthOf(m_segments[std::size_t(index)]);
        showToolTip(this, help->globalPos(), isCut ? shownText(m_segments[std::size_t(index)]) : toolTip(),
                    index < 0 ? rect() : segmentRect(index));
        return true;
    }
    return QWidget::event(event);
}

int SegmentedControl::segmentAt(const QPoint &position) const
{
    for (int i = 0; i < count(); ++i)
        if (segmentRect(i).contains(position))
            return i;
    return -1;
}

void SegmentedControl::setCurrentIndex(int index)
{
    if (index < 0 || index >= count() || index == m_current || !m_segments[std::size_t(index)].isEnabled)
        return;
    m_current = index;
    setAccessibleDescription(shownText(m_segments[std::size_t(index)]));
    update();
    Q_EMIT currentChanged(index);
}

void SegmentedControl::step(int direction)
{
    for (int next = m_current + direction; next >= 0 && next < count(); next += direction) {
        if (m_segments[std::size_t(next)].isEnabled) {
            setCurrentIndex(next);
            return;
        }
    }
}

void SegmentedControl::paintEvent(QPaintEvent *)
{
    if (m_segments.empty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(this);
    const QRectF whole = QRectF(0, 0, shownWidth(), height()).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath outline;
    outline.addRoundedRect(whole, size::kControlRadius, size::kControlRadius);
    painter.fillPath(outline, tokens.card);
    painter.setFont(fontFor(FontRole::SecondaryMedium));
    const auto shapeOf = [&](int index) {
        QRectF r = QRectF(segmentRect(index)).adjusted(0.5, 0.5, 0.5, -0.5);
        r.setRight(std::min(r.right(), whole.right()));
        QPainterPath box;
        box.addRect(r);
        return box.intersected(outline);
    };
    if (m_hovered >= 0 && m_hovered != m_current && m_segments[std::size_t(m_hovered)].isEnabled)
        painter.fillPath(shapeOf(m_hovered), tokens.hover);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(tokens.border, 1));
    painter.drawPath(outline);
    for (int i = 1; i < count(); ++i) {
        const double x =
            layoutDirection() == Qt::LeftToRight ? segmentRect(i).left() + 0.5 : segmentRect(i).right() + 0.5;
        painter.drawLine(QPointF(x, 1), QPointF(x, height() - 1));
    }
    if (m_current >= 0) {
        painter.setPen(QPen(tokens.accent, 1));
        painter.setBrush(tokens.accentSoft);
        painter.drawPath(shapeOf(m_current));
    }
    for (int i = 0; i < count(); ++i) {
        const Segment &segment = m_segments[std::size_t(i)];
        painter.setPen(!segment.isEnabled ? tokens.text3 : i == m_current ? tokens.accent : tokens.text);
        drawElided(&painter, QRectF(segmentRect(i)).adjusted(4, 0, -4, 0), Qt::AlignCenter, shownText(segment));
    }
    if (hasFocus() && m_isKeyboardFocus && m_current >= 0)
        drawFocusRing(&painter, QRectF(segmentRect(m_current)), size::kControlRadius - 1, tokens);
}

void SegmentedControl::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        setCurrentIndex(segmentAt(event->pos()));
}

void SegmentedControl::mouseMoveEvent(QMouseEvent *event)
{
    const int over = segmentAt(event->pos());
    if (over != m_hovered) {
        m_hovered = over;
        update();
    }
}

void SegmentedControl::leaveEvent(QEvent *)
{
    m_hovered = -1;
    update();
}

void SegmentedControl::keyPressEvent(QKeyEvent *event)
{
    const int forward = layoutDirection() == Qt::RightToLeft ? -1 : 1;
    m_isKeyboardFocus = true;
    switch (event->key()) {
    case Qt::Key_Right:
        step(forward);
        break;
    case Qt::Key_Left:
        step(-forward);
        break;
    case Qt::Key_Home:
        setCurrentIndex(0);
        break;
    case Qt::Key_End:
        setCurrentIndex(count() - 1);
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    update();
}

void SegmentedControl::focusInEvent(QFocusEvent *event)
{
    m_isKeyboardFocus = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason ||
                        event->reason() == Qt::ShortcutFocusReason;
    QWidget::focusInEvent(event);
}

void SegmentedControl::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

} // namespace telltale
