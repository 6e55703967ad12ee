// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/dwellranges.h"

#include "widgets/charts/valueticks.h"
#include "widgets/theme/colourmath.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/mirroring.h"
#include "widgets/theme/style.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QTextDocument>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace telltale {

namespace {

constexpr int kAxis = 24;
constexpr double kDeltaWidth = 46;
constexpr double kUsualUnit = 24; ///< "min"

/// Steps of time are not powers of ten.
double durationStep(double highest, int wanted)
{
    const double raw = highest / wanted;
    for (const double unit : {1.0, 1000.0, 60'000.0, 3'600'000.0})
        for (const double count : {1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 100.0, 200.0, 500.0})
            if (unit * count >= raw * 0.85 && (unit == 1 ? count != 15 && count != 30 : count <= 30))
                return unit * count;
    return 86'400'000.0 * niceStep(raw / 86'400'000.0);
}

} // namespace

DwellRanges::DwellRanges(QWidget *parent)
    : ChartWidget(parent)
{}

void DwellRanges::setRows(std::vector<Row> rows)
{
    if (rows == m_rows)
        return;
    const QString kept = m_current >= 0 ? m_rows[std::size_t(m_current)].id : QString();
    m_rows = std::move(rows);
    m_current = m_hovered = -1;
    for (std::size_t i = 0; i < m_rows.size() && !kept.isEmpty(); ++i)
        if (m_rows[i].id == kept)
            m_current = int(i);
    updateGeometry();
    update();
}

void DwellRanges::setCurrentRow(int row)
{
    row = std::clamp(row, -1, int(m_rows.size()) - 1);
    if (row == m_current)
        return;
    m_current = row;
    update();
    Q_EMIT currentRowChanged(row);
    announceCursor();
}

QRect DwellRanges::rowRect(int row) const
{
    if (row < 0 || std::size_t(row) >= m_rows.size())
        return {};
    const double each = double(height() - scaled(kAxis)) / double(m_rows.size());
    return {0, int(std::lround(each * row)), width(),
            int(std::lround(each * (row + 1))) - int(std::lround(each * row))};
}

double DwellRanges::labelWidth() const
{
    const QFontMetricsF metrics(fontFor(FontRole::Secondary));
    double widest = 0;
    for (const Row &row : m_rows)
        widest = std::max(widest, metrics.horizontalAdvance(row.label));
    return std::min(widest + 16, std::max(80.0, width() * 0.30));
}

double DwellRanges::unitWidth() const
{
    const QFontMetricsF metrics(fontFor(FontRole::Secondary));
    double widest = scaled(kUsualUnit);
    for (const Row &row : m_rows)
        widest = std::max(widest, metrics.horizontalAdvance(formatter().duration(row.p50).unit) + 1);
    return widest;
}

double DwellRanges::valueWidth() const
{
    return scaled(72) - scaled(kUsualUnit) + unitWidth() + scaled(kDeltaWidth);
}

QString DwellRanges::rowText(const Row &row) const
{
    if (row.visits < kFewestObservations)
        //: %1 screen, %2 number of visits
        return tr("%1: few data, %2 visits").arg(row.label, formatter().count(row.visits));
    const auto text = [&](double ms) { return formatter().duration(ms).joined(); };
    //: %1 screen, %2 median, %3 and %4 bounds of the middle half, %5 number of visits
    QString words =
        tr("%1: median %2, middle half %3 to %4, %5 visits")
            .arg(row.label, text(row.p50), text(row.p25), text(row.p75), formatter().count(row.visits));
    const QString change = row.change.text(formatter());
    if (!change.isEmpty())
        words += QStringLiteral(", ") + change;
    return words;
}

QString DwellRanges::summary() const
{
    if (m_rows.empty())
        return tr("No data");
    const auto longest = std::max_element(m_rows.begin(), m_rows.end(),
                                          [](const Row &a, const Row &b) { return a.p50 < b.p50; });
    return tr("%1 screens. Longest: %2").arg(formatter().count(double(m_rows.size())), rowText(*longest));
}

QString DwellRanges::cursorText() const
{
    return m_current < 0 ? QString() : rowText(m_rows[std::size_t(m_current)]);
}

ChartTable DwellRanges::table() const
{
    ChartTable table;
    table.columns << tr("Screen") << tr("25 %") << tr("Median") << tr("75 %") << tr("Visits") << tr("Change");
    for (const Row &row : m_rows) {
        table.values.push_back({QVariant(), row.p25, row.p50, row.p75, row.visits, QVariant()});
        table.rows.push_back({row.label, formatter().duration(row.p25).joined(),
                              formatter().duration(row.p50).joined(), formatter().duration(row.p75).joined(),
                              formatter().count(row.visits), row.change.text(formatter())});
    }
    return table;
}

QSize DwellRanges::sizeHint() const
{
    return {480, int(std::max<std::size_t>(1, m_rows.size())) * scaled(32) + scaled(kAxis)};
}

QSize DwellRanges::minimumSizeHint() const
{
    return {280, int(std::clamp<std::size_t>(m_rows.size(), 1, 12)) * scaled(18) + scaled(kAxis)};
}

void DwellRanges::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    mirror(&painter, this);
    const Tokens &tokens = tokensOf(this);
    const QColor series = tokens.series[0];
    double highest = 0;
    for (const Row &row : m_rows)
        highest = std::max(highest, row.p75);
    if (highest <= 0)
        highest = 1000;
    const double left = labelWidth(), right = width() - valueWidth(), bottom = height() - scaled(kAxis);
    if (right - left < 40)
        return;
    const int wanted = std::clamp(int((right - left) / scaled(72)), 2, 6);
    const double step = durationStep(highest, wanted);
    const double end = std::max(highest, step) * 1.01;
    const auto x = [&](double ms) { return left + (right - left) * ms / end; };

    painter.setFont(fontFor(FontRole::Axis));
    for (int i = 0; i * step <= end; ++i) {
        const double at = x(i * step);
        painter.fillRect(QRectF(std::floor(at), 0, 1, bottom), i == 0 ? tokens.borderStrong : tokens.border);
        painter.setPen(tokens.text3);
        drawWords(&painter, QRectF(at - 50, bottom + 2, 100, scaled(kAxis) - 2), Qt::AlignCenter,
                  formatter().axisValue(i * step, step, ValueKind::Milliseconds));
    }
    const double units = unitWidth();
    const int marked = m_hovered >= 0 ? m_hovered : m_current;
    for (int i = 0; i < int(m_rows.size()); ++i) {
        const Row &row = m_rows[std::size_t(i)];
        const QRectF line = rowRect(i);
        const double middle = std::round(line.center().y());
        const bool isFew = row.visits < kFewestObservations;
        if (i == marked) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(tokens.hover);
            painter.drawRoundedRect(line.adjusted(-2, 1, 0, -1), 4, 4);
        }
        painter.setFont(fontFor(i == marked ? FontRole::SecondaryStrong : FontRole::Secondary));
        painter.setPen(i == marked ? tokens.text : tokens.text2);
        drawElided(&painter, QRectF(0, line.top(), left - 10, line.height()),
                   Qt::AlignLeft | Qt::AlignVCenter, row.label);
        const double barHeight = std::clamp(line.height() * 0.36, 5.0, 11.0);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour::faded(isFew ? tokens.borderStrong : series, tokens.isDark ? 0.42 : 0.24));
        painter.drawRoundedRect(QRectF(QPointF(x(row.p25), middle - barHeight / 2),
                                       QPointF(std::max(x(row.p25) + 3, x(row.p75)), middle + barHeight / 2)),
                                size::kBarRadius, size::kBarRadius);
        painter.setBrush(isFew           ? tokens.borderStrong
                         : tokens.isDark ? colour::mixOklab(series, tokens.text, 0.35)
                                         : series);
        painter.drawRoundedRect(QRectF(x(row.p50) - 1.5, middle - barHeight / 2 - 2.5, 3, barHeight + 5), 1.5,
                                1.5);

        const QRectF values(right + 6, line.top(), width() - right - 6, line.height());
        if (isFew) {
            painter.setFont(fontFor(FontRole::Secondary));
            painter.setPen(tokens.text3);
            drawWords(&painter, values, Qt::AlignRight | Qt::AlignVCenter, tr("few data"));
            continue;
        }
        const NumberText text = formatter().duration(row.p50);
        const QRectF unit(values.right() - scaled(kDeltaWidth) - units, values.top(), units, values.height());
        painter.setFont(fontFor(FontRole::BodyStrong));
        painter.setPen(tokens.text);
        drawTabular(
            &painter,
            QRectF(values.left() - 20, values.top(), unit.left() - 4 - values.left() + 20, values.height()),
            Qt::AlignRight | Qt::AlignVCenter, text.number);
        painter.setFont(fontFor(FontRole::Secondary));
        painter.setPen(tokens.text2);
        drawWords(&painter, unit, Qt::AlignLeft | Qt::AlignVCenter, text.unit);
        const QString change = row.change.kind == Change::Kind::Ratio
                                   ? formatter().signedPercent(row.change.amount, 0)
                                   : row.change.text(formatter());
        painter.setPen(row.change.mood() > 0 ? tokens.ok : row.change.mood() < 0 ? tokens.bad : tokens.text2);
        drawTabular(&painter, values, Qt::AlignRight | Qt::AlignVCenter, change);
    }
    if (hasKeyboardFocus())
        drawFocusRing(&painter,
                      m_current >= 0 ? QRectF(rowRect(m_current)).adjusted(left - 4, 0, 0, 0)
                                     : QRectF(rect()).adjusted(left - 4, 0, 0, 0),
                      4, tokens);
}

void DwellRanges::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    for (int i = 0; i < int(m_rows.size()); ++i) {
        if (rowRect(i).contains(event->pos())) {
            setCurrentRow(i);
            Q_EMIT rowActivated(i, event->modifiers());
        }
    }
}

void DwellRanges::mouseMoveEvent(QMouseEvent *event)
{
    int over = -1;
    for (int i = 0; i < int(m_rows.size()); ++i)
        if (rowRect(i).contains(event->pos()))
            over = i;
    if (over != m_hovered) {
        m_hovered = over;
        update();
    }
}

void DwellRanges::leaveEvent(QEvent *)
{
    m_hovered = -1;
    update();
}

bool DwellRanges::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QString text = m_hovered >= 0 ? rowText(m_rows[std::size_t(m_hovered)]) : QString();
        if (Qt::mightBeRichText(text))
            text = text.toHtmlEscaped();
        QToolTip::showText(help->globalPos(), text, this, rowRect(m_hovered));
        return true;
    }
    return ChartWidget::event(event);
}

void DwellRanges::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Up:
        setCurrentRow(m_current <= 0 ? 0 : m_current - 1);
        return;
    case Qt::Key_Down:
        setCurrentRow(m_current + 1);
        return;
    case Qt::Key_Home:
        setCurrentRow(0);
        return;
    case Qt::Key_End:
        setCurrentRow(int(m_rows.size()) - 1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current >= 0) {
            Q_EMIT rowActivated(m_current, event->modifiers());
            return;
        }
        break;
    default:
        break;
    }
    ChartWidget::keyPressEvent(event);
}

} // namespace telltale
