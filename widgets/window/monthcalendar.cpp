// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/monthcalendar.h"

#include "widgets/pages/rowpainting.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/mirroring.h"
#include "widgets/theme/style.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>

namespace telltale {

namespace {

constexpr int kCell = 24;
constexpr int kHead = 24;
constexpr int kDays = 42;

int firstWeekday()
{
    return QLocale().firstDayOfWeek();
}

} // namespace

MonthCalendar::MonthCalendar(QWidget *parent)
    : QWidget(parent)
    , m_month(QDate::currentDate())
{
    setFocusPolicy(Qt::TabFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Calendar"));
}

void MonthCalendar::setRange(QDate from, QDate to)
{
    m_from = from;
    m_to = to;
    m_cursor = to;
    update();
}

void MonthCalendar::setLastDate(QDate date)
{
    m_last = date;
    update();
}

void MonthCalendar::showMonth(QDate anyDay)
{
    m_month = QDate(anyDay.year(), anyDay.month(), 1);
    setAccessibleDescription(QLocale().toString(m_month, QStringLiteral("MMMM yyyy")));
    update();
}

QSize MonthCalendar::sizeHint() const
{
    return {scaled(224), scaled(2 * kHead + 6 * kCell)};
}

QDate MonthCalendar::firstShown() const
{
    const QDate first(m_month.year(), m_month.month(), 1);
    return first.addDays(-((first.dayOfWeek() - firstWeekday() + 7) % 7));
}

QRectF MonthCalendar::dayRect(int index) const
{
    const double cell = width() / 7.0;
    return {index % 7 * cell, static_cast<double>(scaled(2 * kHead) + index / 7 * scaled(kCell)), cell,
            static_cast<double>(scaled(kCell))};
}

QPointF MonthCalendar::fromLeft(QPointF position) const
{
    if (isRightToLeft())
        position.setX(width() - position.x());
    return position;
}

int MonthCalendar::indexAt(const QPointF &position) const
{
    for (int index = 0; index < kDays; ++index) {
        if (dayRect(index).contains(position))
            return index;
    }
    return -1;
}

void MonthCalendar::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensOf(this);
    const QLocale locale;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    mirror(&painter, this);
    const double head = scaled(kHead);
    paintText(&painter, {0, 0, static_cast<double>(width()), head}, FontRole::BodyStrong, tokens.text,
              locale.toString(m_month, QStringLiteral("MMMM yyyy")), Qt::AlignCenter);
    const double arrow = scaled(14);
    paintIcon(&painter, backIcon(), {4, (head - arrow) / 2, arrow, arrow}, tokens.text2);
    paintIcon(&painter, forthIcon(), {width() - arrow - 4, (head - arrow) / 2, arrow, arrow},
              tokens.text2);
    // Two letters say which day it is, but not where all names begin alike.
    const bool isTwoEnough = locale.dayName(1, QLocale::ShortFormat).left(2) != locale.dayName(2, QLocale::ShortFormat).left(2);
    for (int column = 0; column < 7; ++column) {
        const int day = (firstWeekday() - 1 + column) % 7 + 1;
        QRectF rect = dayRect(column);
        rect.moveTop(head);
        paintText(&painter, rect, FontRole::Axis, tokens.text3,
                  isTwoEnough ? locale.dayName(day, QLocale::ShortFormat).left(2) : locale.dayName(day, QLocale::NarrowFormat),
                  Qt::AlignCenter);
    }
    const QDate first = firstShown();
    for (int index = 0; index < kDays; ++index) {
        const QDate day = first.addDays(index);
        if (day.month() != m_month.month())
            continue;
        const QRectF rect = dayRect(index).adjusted(2, 1, -2, -1);
        const bool isEnd = day == m_from || day == m_to;
        const bool isInside = m_from.isValid() && m_to.isValid() && day > m_from && day < m_to;
        painter.setPen(Qt::NoPen);
        if (isEnd)
            painter.setBrush(tokens.accentFill);
        else if (isInside)
            painter.setBrush(tokens.accentSoft);
        else if (index == m_hovered && !(m_last.isValid() && day > m_last))
            painter.setBrush(tokens.hover);
        else
            painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(rect, size::kBarRadius + 1, size::kBarRadius + 1);
        const bool isFuture = m_last.isValid() && day > m_last;
        paintText(&painter, rect, isEnd ? FontRole::SecondaryStrong : FontRole::Secondary,
                  isEnd      ? tokens.onAccent
                  : isFuture ? tokens.text3
                             : tokens.text,
                  locale.toString(day.day()), Qt::AlignCenter);
        if (showsFocus(this) && day == m_cursor)
            drawFocusRing(&painter, rect, size::kBarRadius + 1, tokens);
    }
}

void MonthCalendar::pick(QDate day)
{
    if (!m_last.isValid() || day <= m_last)
        Q_EMIT dayPicked(day);
}

void MonthCalendar::mousePressEvent(QMouseEvent *event)
{
    const QPointF at = fromLeft(event->position());
    if (at.y() < scaled(kHead)) {
        if (at.x() < scaled(28))
            showMonth(m_month.addMonths(-1));
        else if (at.x() > width() - scaled(28))
            showMonth(m_month.addMonths(1));
        return;
    }
    const int index = indexAt(at);
    if (index >= 0 && firstShown().addDays(index).month() == m_month.month())
        pick(firstShown().addDays(index));
}

void MonthCalendar::mouseMoveEvent(QMouseEvent *event)
{
    m_hovered = indexAt(fromLeft(event->position()));
    update();
}

void MonthCalendar::leaveEvent(QEvent *)
{
    m_hovered = -1;
    update();
}

void MonthCalendar::wheelEvent(QWheelEvent *event)
{
    showMonth(m_month.addMonths(event->angleDelta().y() > 0 ? -1 : 1));
    event->accept();
}

void MonthCalendar::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    if (!m_cursor.isValid())
        m_cursor = m_last.isValid() ? m_last : QDate::currentDate();
    update();
}

void MonthCalendar::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

void MonthCalendar::keyPressEvent(QKeyEvent *event)
{
    QDate cursor = m_cursor;
    const int ahead = isRightToLeft() ? -1 : 1;
    switch (event->key()) {
    case Qt::Key_Left:
        cursor = cursor.addDays(-ahead);
        break;
    case Qt::Key_Right:
        cursor = cursor.addDays(ahead);
        break;
    case Qt::Key_Up:
        cursor = cursor.addDays(-7);
        break;
    case Qt::Key_Down:
        cursor = cursor.addDays(7);
        break;
    case Qt::Key_PageUp:
        cursor = cursor.addMonths(-1);
        break;
    case Qt::Key_PageDown:
        cursor = cursor.addMonths(1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        pick(m_cursor);
        return;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    m_cursor = m_last.isValid() ? std::min(cursor, m_last) : cursor;
    showMonth(m_cursor);
}

} // namespace telltale
