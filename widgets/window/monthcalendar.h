// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>
#include <QWidget>

namespace telltale {

/// A month to pick days from: click a day, or move with the arrows and press Enter. Days after the last
/// selectable one are grey.
class MonthCalendar final : public QWidget
{
    Q_OBJECT

public:
    explicit MonthCalendar(QWidget *parent = nullptr);
    void setRange(QDate from, QDate to);
    void setLastDate(QDate date);
    void showMonth(QDate anyDay);
    QSize sizeHint() const override;

Q_SIGNALS:
    void dayPicked(const QDate &day);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    QDate firstShown() const;
    QRectF dayRect(int index) const;
    int indexAt(const QPointF &position) const;
    /// A position as if the calendar were read from the left, which is how it is laid out and painted.
    QPointF fromLeft(QPointF position) const;
    void pick(QDate day);

    QDate m_month;
    QDate m_from, m_to;
    QDate m_last;
    QDate m_cursor;
    int m_hovered = -1;
};

} // namespace telltale
