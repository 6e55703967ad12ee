// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/funnelview.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/style.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace telltale {

namespace {

constexpr double kMostRow = 92;
constexpr double kLeastRow = 58;
constexpr double kBar = 30;
constexpr double kNumbers = 256; ///< right of the bars

} // namespace

FunnelView::FunnelView(QWidget *parent)
    : ChartWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void FunnelView::setSteps(std::vector<Step> steps)
{
    if (steps == m_steps)
        return;
    m_steps = std::move(steps);
    m_current = std::min(m_current, static_cast<int>(m_steps.size()) - 1);
    updateGeometry();
    update();
}

double FunnelView::shareOfFirst(std::size_t step) const
{
    return m_steps.front().users > 0 ? m_steps[step].users / m_steps.front().users : 0;
}

double FunnelView::shareOfPrevious(std::size_t step) const
{
    if (step == 0)
        return 1;
    return m_steps[step - 1].users > 0 ? m_steps[step].users / m_steps[step - 1].users : 0;
}

double FunnelView::rowHeight() const
{
    return std::clamp(height() / std::max<double>(1, static_cast<double>(m_steps.size())), static_cast<double>(scaled(kLeastRow)),
                      static_cast<double>(scaled(kMostRow)));
}

QRectF FunnelView::barRect(int step) const
{
    const double room = width() - scaled(kNumbers);
    const double top = step * rowHeight() + scaled(26);
    QRectF bar(0, top, std::max(2.0, room * shareOfFirst(static_cast<std::size_t>(step))), scaled(kBar));
    if (layoutDirection() == Qt::RightToLeft)
        bar.moveRight(width());
    return bar;
}

int FunnelView::stepAt(double y) const
{
    const int step = static_cast<int>(y / rowHeight());
    return y >= 0 && step < static_cast<int>(m_steps.size()) ? step : -1;
}

QString FunnelView::sentence(std::size_t step) const
{
    const Step &one = m_steps[step];
    const QString users = formatter().count(one.users);
    if (step == 0)
        return tr("%1: %2 users.", "a step").arg(one.name, users);
    const QString shares = tr("%1 of the first step, %2 of the step before", "shares")
                               .arg(formatter().percent(shareOfFirst(step), 1), formatter().percent(shareOfPrevious(step), 1));
    if (!one.medianMs)
        return tr("%1: %2 users, %3.", "a step").arg(one.name, users, shares);
    return tr("%1: %2 users, %3; median %4 after the first.", "a step")
        .arg(one.name, users, shares, formatter().duration(*one.medianMs).joined());
}

QString FunnelView::summary() const
{
    if (m_steps.empty())
        return tr("No data");
    const std::size_t last = m_steps.size() - 1;
    return tr("%1 of %2 users get from %3 to %4: %5.")
        .arg(formatter().count(m_steps[last].users), formatter().count(m_steps.front().users), m_steps.front().name, m_steps[last].name,
             formatter().percent(shareOfFirst(last), 1));
}

QString FunnelView::cursorText() const
{
    return m_current >= 0 ? sentence(static_cast<std::size_t>(m_current)) : QString();
}

ChartTable FunnelView::table() const
{
    ChartTable table;
    table.columns << tr("Step") << tr("Users") << tr("Of the first step") << tr("Of the step before") << tr("Median time");
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        table.values.push_back({QVariant(), m_steps[i].users, shareOfFirst(i), shareOfPrevious(i),
                                m_steps[i].medianMs ? QVariant(*m_steps[i].medianMs) : QVariant()});
        table.rows.push_back({m_steps[i].name, formatter().count(m_steps[i].users), formatter().percent(shareOfFirst(i), 1),
                              formatter().percent(shareOfPrevious(i), 1),
                              m_steps[i].medianMs ? formatter().duration(*m_steps[i].medianMs).joined() : QStringLiteral("–")});
    }
    return table;
}

QSize FunnelView::sizeHint() const
{
    return {640, static_cast<int>(std::max<std::size_t>(3, m_steps.size())) * scaled(kMostRow)};
}

QSize FunnelView::minimumSizeHint() const
{
    return {scaled(360), static_cast<int>(std::max<std::size_t>(2, m_steps.size())) * scaled(kLeastRow)};
}

void FunnelView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(this);
    const bool isRtl = layoutDirection() == Qt::RightToLeft;
    const Qt::Alignment leading = (isRtl ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter;
    const double room = width() - scaled(kNumbers);
    const auto mirrored = [&](QRectF rect) {
        if (isRtl)
            rect.moveLeft(width() - rect.right());
        return rect;
    };
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        const Step &step = m_steps[i];
        const double top = static_cast<double>(i) * rowHeight();
        const QRectF bar = barRect(static_cast<int>(i));
        const bool isFew = step.users < kFewestObservations;
        if (static_cast<int>(i) == m_current)
            painter.fillRect(QRectF(0, top, width(), rowHeight() - 1), tokens.hover);
        painter.setFont(fontFor(FontRole::BodyStrong));
        painter.setPen(tokens.text);
        drawElided(&painter, mirrored({0, top + 2, room, static_cast<double>(scaled(20))}), leading,
                   tr("%1. %2", "a number, a step").arg(formatter().count(static_cast<double>(i + 1)), step.name));
        // The whole row is what the first step was; what came through is filled.
        const QRectF whole = mirrored({0, bar.top(), room, bar.height()});
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.inset);
        painter.drawRoundedRect(whole, size::kBarRadius, size::kBarRadius);
        if (i > 0 && m_steps[i - 1].users > step.users) {
            const double lost = room * (shareOfFirst(i - 1) - shareOfFirst(i));
            const QRectF gone = mirrored({room * shareOfFirst(i), bar.top(), lost, bar.height()});
            painter.setBrush(QBrush(tokens.border, Qt::BDiagPattern));
            painter.drawRect(gone);
        }
        painter.setBrush(isFew ? tokens.seriesOther : tokens.series[0]);
        painter.drawRoundedRect(bar, size::kBarRadius, size::kBarRadius);

        const double left = room + scaled(16);
        const double line = scaled(18);
        const QRectF numbers(left, bar.center().y() - line, width() - left, line);
        painter.setFont(fontFor(FontRole::BodyStrong));
        painter.setPen(isFew ? tokens.text3 : tokens.text);
        drawElided(&painter, mirrored(numbers), leading,
                   tr("%1 users · %2", "a count, a share").arg(formatter().count(step.users), formatter().percent(shareOfFirst(i), 1)));
        painter.setFont(fontFor(FontRole::Secondary));
        painter.setPen(isFew ? tokens.text3 : tokens.text2);
        QString below;
        if (isFew)
            below = tr("few data");
        else if (i > 0 && step.medianMs)
            below = tr("%1 of the step before · %2", "a share, a duration")
                        .arg(formatter().percent(shareOfPrevious(i), 1), formatter().duration(*step.medianMs).joined());
        else if (i > 0)
            below = tr("%1 of the step before").arg(formatter().percent(shareOfPrevious(i), 1));
        drawElided(&painter, mirrored(numbers.translated(0, line)), leading, below);
    }
    if (hasKeyboardFocus())
        drawFocusRing(&painter, rect(), 4, tokens);
}

void FunnelView::setCurrent(int step)
{
    if (step == m_current)
        return;
    m_current = step;
    update();
    announceCursor();
}

void FunnelView::mouseMoveEvent(QMouseEvent *event)
{
    setCurrent(stepAt(event->position().y()));
}

void FunnelView::mousePressEvent(QMouseEvent *event)
{
    const int step = stepAt(event->position().y());
    if (event->button() == Qt::LeftButton && step >= 0)
        Q_EMIT stepActivated(step);
}

void FunnelView::leaveEvent(QEvent *event)
{
    ChartWidget::leaveEvent(event);
    setCurrent(-1);
}

void FunnelView::keyPressEvent(QKeyEvent *event)
{
    const int last = static_cast<int>(m_steps.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Down:
        setCurrent(std::min(last, m_current + 1));
        break;
    case Qt::Key_Up:
        setCurrent(std::max(0, m_current - 1));
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current >= 0)
            Q_EMIT stepActivated(m_current);
        break;
    default:
        ChartWidget::keyPressEvent(event);
    }
}

} // namespace telltale
