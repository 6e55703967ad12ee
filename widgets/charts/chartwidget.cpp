// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/chartwidget.h"

#include "widgets/charts/chartaccessible.h"

#include <QAccessible>
#include <QEvent>
#include <QFocusEvent>

namespace telltale {

ChartWidget::ChartWidget(QWidget *parent)
    : QWidget(parent)
{
    installChartAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
}

void ChartWidget::setFormatter(const Formatter &formatter)
{
    m_formatter = formatter;
    invalidate();
}

void ChartWidget::setChartName(const QString &name)
{
    setAccessibleName(name);
}

void ChartWidget::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange ||
        event->type() == QEvent::FontChange || event->type() == QEvent::LayoutDirectionChange)
        invalidate();
}

void ChartWidget::announceCursor()
{
    if (!QAccessible::isActive())
        return;
    QAccessibleValueChangeEvent changed(this, cursorText());
    QAccessible::updateAccessibility(&changed);
}

void ChartWidget::focusInEvent(QFocusEvent *event)
{
    // Focus that a window gives when it opens was asked for by nobody.
    m_isKeyboardFocus = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason ||
                        event->reason() == Qt::ShortcutFocusReason;
    update();
}

void ChartWidget::focusOutEvent(QFocusEvent *)
{
    m_isKeyboardFocus = false;
    update();
}

} // namespace telltale
