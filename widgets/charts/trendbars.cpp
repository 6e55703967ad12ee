// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/trendbars.h"

#include "widgets/charts/chartpaint.h"
#include "widgets/theme/colourmath.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/mirroring.h"
#include "widgets/theme/style.h"

#include <QDateTime>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace telltale {

namespace {

constexpr int kAxis = 18;

} // namespace

TrendBars::TrendBars(QWidget *parent)
    : ChartWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void TrendBars::setTrend(TimeRange range, std::vector<double> values, std::vector<TimeMarker> releases,
                         const QString &endText)
{
    m_range = range;
    m_values = std::move(values);
    m_releases = std::move(releases);
    m_endText = endText;
    m_cursor = std::min(m_cursor, int(m_values.size()) - 1);
    update();
}

void TrendBars::setInk(Ink ink)
{
    m_ink = ink;
    update();
}

TimeRange TrendBars::slice(int index) const
{
    const double each =
        double((m_range.to - m_range.from).count()) / double(std::max<std::size_t>(1, m_values.size()));
    return {{m_range.from.ns + std::int64_t(each * index)},
            {m_range.from.ns + std::int64_t(each * (index + 1))}};
}

QString TrendBars::summary() const
{
    if (m_values.empty())
        return tr("No data");
    double total = 0, most = 0;
    for (const double value : m_values) {
        total += value;
        most = std::max(most, value);
    }
    return tr("%1 events, %2, most in one slice %3.")
        .arg(formatter().count(total), formatter().interval(m_range), formatter().count(most));
}

QString TrendBars::cursorText() const
{
    if (m_cursor < 0)
        return {};
    return tr("%1: %2").arg(formatter().interval(slice(m_cursor)),
                            formatter().count(m_values[std::size_t(m_cursor)]));
}

ChartTable TrendBars::table() const
{
    ChartTable table;
    table.columns << tr("Time") << tr("Events");
    for (std::size_t i = 0; i < m_values.size(); ++i) {
        table.rows.push_back({formatter().interval(slice(int(i))), formatter().count(m_values[i])});
        table.values.push_back({QDateTime::fromMSecsSinceEpoch(slice(int(i)).from.ns / 1'000'000, Qt::UTC), m_values[i]});
    }
    return table;
}

QSize TrendBars::sizeHint() const
{
    return {360, scaled(78)};
}

QRectF TrendBars::plot() const
{
    return QRectF(0, scaled(4), width(), height() - scaled(kAxis) - scaled(4));
}

void TrendBars::setCursor(int index)
{
    index = std::clamp(index, -1, int(m_values.size()) - 1);
    if (index == m_cursor)
        return;
    m_cursor = index;
    update();
    announceCursor();
}

void TrendBars::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(this);
    const QRectF area = plot();
    double most = 0;
    for (const double value : m_values)
        most = std::max(most, value);
    const QColor ink = tokens.ink(m_ink);
    const double ratio = paintRatio(painter);
    const auto snap = [ratio](double v) { return std::round(v * ratio) / ratio; };
    const double each = m_values.empty() ? area.width() : area.width() / double(m_values.size());
    for (std::size_t i = 0; i < m_values.size() && most > 0; ++i) {
        if (m_values[i] <= 0)
            continue;
        const double left = snap(area.left() + each * double(i) + each * 0.09),
                     right = snap(area.left() + each * double(i + 1) - each * 0.09);
        const double high = std::max(2.0, snap((area.height() - 2) * m_values[i] / most));
        const bool isMarked = int(i) == m_cursor;
        painter.fillRect(QRectF(left, area.bottom() - high, std::max(1.0, right - left), high),
                         isMarked ? colour::mixOklab(ink, tokens.text, 0.4) : ink);
    }
    painter.fillRect(QRectF(area.left(), std::floor(area.bottom()), area.width(), 1), tokens.borderStrong);
    if (!m_range.isEmpty() && !m_range.isOpen()) {
        const TimeScale scale{m_range, area.left(), area.right()};
        double lastRight = -1e9;
        for (const TimeMarker &release : m_releases) {
            if (!m_range.contains(release.at))
                continue;
            const double x = chartpaint::hairline(scale.x(release.at));
            QPen dashed(tokens.text2, 1.2);
            dashed.setDashPattern({3, 2.5});
            dashed.setCapStyle(Qt::FlatCap);
            painter.setPen(dashed);
            painter.drawLine(QPointF(x, 0), QPointF(x, area.bottom()));
            painter.setFont(fontFor(FontRole::AxisStrong));
            painter.setPen(tokens.text2);
            const double width = QFontMetricsF(painter.font()).horizontalAdvance(release.text) + 2;
            const double left = x - width - 5 >= area.left() ? x - width - 5 : x + 5;
            if (left < lastRight + 4)
                continue;
            const QRectF label(left, 0, width, scaled(15));
            painter.fillRect(label.adjusted(-1, 0, 1, 0), colour::faded(tokens.card, 0.82));
            drawWords(&painter, label, Qt::AlignVCenter | Qt::AlignLeft, release.text);
            lastRight = left + width;
        }
        painter.setFont(fontFor(FontRole::Axis));
        painter.setPen(tokens.text3);
        const QRectF row(0, area.bottom() + 2, width(), height() - area.bottom() - 2);
        const bool isLong = m_range.to - m_range.from > std::chrono::hours(26);
        drawWords(&painter, row, Qt::AlignLeft | Qt::AlignVCenter,
                  isLong ? formatter().shortDate(m_range.from) : formatter().time(m_range.from));
        const QString end = !m_endText.isEmpty() ? m_endText
                            : isLong             ? formatter().shortDate(m_range.to)
                                                 : formatter().time(m_range.to);
        drawWords(&painter, row, Qt::AlignRight | Qt::AlignVCenter, end);
    }
    if (hasKeyboardFocus())
        drawFocusRing(&painter, rect(), 4, tokens);
}

void TrendBars::mouseMoveEvent(QMouseEvent *event)
{
    if (m_values.empty())
        return;
    const QRectF area = plot();
    setCursor(
        int(std::floor((event->position().x() - area.left()) / (area.width() / double(m_values.size())))));
    QToolTip::showText(event->globalPosition().toPoint(), cursorText(), this);
}

void TrendBars::leaveEvent(QEvent *)
{
    setCursor(-1);
}

void TrendBars::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        setCursor(m_cursor < 0 ? int(m_values.size()) - 1 : std::max(0, m_cursor - 1));
        return;
    case Qt::Key_Right:
        setCursor(m_cursor + 1);
        return;
    case Qt::Key_Home:
        setCursor(0);
        return;
    case Qt::Key_End:
        setCursor(int(m_values.size()) - 1);
        return;
    default:
        ChartWidget::keyPressEvent(event);
    }
}

} // namespace telltale
