// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/linelegend.h"

#include "widgets/pages/rowpainting.h"
#include "widgets/theme/mirroring.h"

#include <QFontMetricsF>
#include <QPainter>

namespace telltale {

namespace {

constexpr double kDash = 14;
constexpr double kGap = 5;

} // namespace

LineLegend::LineLegend(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Legend"));
}

void LineLegend::setPrevious(const QString &previous)
{
    m_previous = previous;
    setToolTip(previous);
    setAccessibleDescription(previous.isEmpty() ? QString()
                                                : tr("Full line: now. Dashed line: %1.").arg(previous));
    updateGeometry();
    update();
}

QSize LineLegend::sizeHint() const
{
    if (m_previous.isEmpty())
        return {0, scaled(16)};
    const QFontMetricsF metrics(fontFor(FontRole::Caption));
    return {static_cast<int>(2 * (kDash + kGap) + metrics.horizontalAdvance(tr("now")) + 12 +
                             metrics.horizontalAdvance(m_previous) + 2),
            scaled(16)};
}

void LineLegend::paintEvent(QPaintEvent *)
{
    if (m_previous.isEmpty())
        return;
    const Tokens &tokens = tokensOf(this);
    QPainter painter(this);
    mirror(&painter, this);
    const double middle = height() / 2 + 0.5;
    const QFontMetricsF metrics(fontFor(FontRole::Caption));
    double x = 0;
    painter.setPen(QPen(tokens.seriesColour(SeriesSlot::Blue), 2));
    painter.drawLine(QPointF(x, middle), QPointF(x + kDash, middle));
    x += kDash + kGap;
    const double now = metrics.horizontalAdvance(tr("now"));
    paintText(&painter, {x, 0, now + 2, static_cast<double>(height())}, FontRole::Caption, tokens.text2,
              tr("now"));
    x += now + 12;
    painter.setPen(QPen(tokens.text3, 1.3, Qt::CustomDashLine));
    QPen pen = painter.pen();
    pen.setDashPattern({2.4, 2.0});
    painter.setPen(pen);
    painter.drawLine(QPointF(x, middle), QPointF(x + kDash, middle));
    x += kDash + kGap;
    paintText(&painter, {x, 0, width() - x, static_cast<double>(height())}, FontRole::Caption, tokens.text2,
              m_previous);
}

} // namespace telltale
