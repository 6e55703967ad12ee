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

constexpr double kMostRow = 128;
constexpr double kUsualRow = 92;
constexpr double kLeastRow = 58;
constexpr double kBar = 30; ///< of a usual row; of higher ones in proportion
constexpr double kNumbers = 256; ///< right of the bars

} // namespace

FunnelView::FunnelView(QWidget *parent)
    : ChartWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void FunnelView::setSteps(std::vector<Step> steps, const QString &against)
{
    if (steps == m_steps && against == m_against)
        return;
    m_against = against;
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

std::optional<double> FunnelView::shareBefore(std::size_t step) const
{
    const std::optional<double> &first = m_steps.front().before, &here = m_steps[step].before;
    return first && here && *first > 0 ? std::optional(*here / *first) : std::nullopt;
}

Change FunnelView::changeOf(std::size_t step) const
{
    const double first = m_steps.front().users, firstBefore = m_steps.front().before.value_or(0);
    if (!m_steps[step].before)
        return {};
    if (step == 0)
        return Change::ratio(first, firstBefore, Change::Better::Neither, first, firstBefore);
    return Change::points(shareOfFirst(step), shareBefore(step).value_or(0), Change::Better::Higher, first, firstBefore);
}

QString FunnelView::beforeText(std::size_t step) const
{
    if (!m_steps[step].before)
        return {};
    const QString users = formatter().count(*m_steps[step].before);
    const std::optional<double> share = shareBefore(step);
    return step == 0 || !share ? tr("before %1", "users in what is compared").arg(users)
                               : tr("before %1 · %2", "users and their share in what is compared").arg(users, formatter().percent(*share, 1));
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
    const double height = scaled(kBar) * std::max(1.0, rowHeight() / scaled(kUsualRow));
    QRectF bar(0, top, std::max(2.0, room * shareOfFirst(static_cast<std::size_t>(step))), height);
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
    if (one.before) {
        const QString share = step == 0 ? users : tr("%1, %2 of the first step").arg(users, formatter().percent(shareOfFirst(step), 1));
        return tr("%1: %2; %3 (%4), %5.", "a step, users, users before, what is compared, a change")
            .arg(one.name, share, beforeText(step), m_against, changeOf(step).text(formatter()));
    }
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
    const bool isCompared = !m_steps.empty() && m_steps.front().before.has_value();
    if (isCompared)
        table.columns << tr("Users before") << tr("Of the first step before") << tr("Change");
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        QVariantList values{QVariant(), m_steps[i].users, shareOfFirst(i), shareOfPrevious(i), m_steps[i].medianMs ? QVariant(*m_steps[i].medianMs) : QVariant()};
        QStringList row{m_steps[i].name, formatter().count(m_steps[i].users), formatter().percent(shareOfFirst(i), 1),
                        formatter().percent(shareOfPrevious(i), 1),
                        m_steps[i].medianMs ? formatter().duration(*m_steps[i].medianMs).joined() : QStringLiteral("–")};
        if (isCompared) {
            const Change change = changeOf(i);
            const std::optional<double> share = shareBefore(i);
            row << formatter().count(m_steps[i].before.value_or(0)) << (share ? formatter().percent(*share, 1) : QString()) << change.text(formatter());
            values << m_steps[i].before.value_or(0) << (share ? QVariant(*share) : QVariant())
                   << (change.kind == Change::Kind::Ratio || change.kind == Change::Kind::Points ? QVariant(change.amount) : QVariant());
        }
        table.values.push_back(values);
        table.rows.push_back(row);
    }
    return table;
}

QSize FunnelView::sizeHint() const
{
    return {640, static_cast<int>(std::max<std::size_t>(3, m_steps.size())) * scaled(kUsualRow)};
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
        // What it was then is read whole; the name takes what is left.
        const double then = step.before ? QFontMetricsF(fontFor(FontRole::Secondary)).horizontalAdvance(beforeText(i)) +
                                              QFontMetricsF(fontFor(FontRole::SecondaryStrong)).horizontalAdvance(changeOf(i).text(formatter())) + scaled(24)
                                        : 0;
        const QRectF title(0, top + 2, std::max(room * 0.3, room - then), scaled(20));
        painter.setFont(fontFor(FontRole::BodyStrong));
        painter.setPen(tokens.text);
        drawElided(&painter, mirrored(title), leading,
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
        if (step.before)
            paintBefore(painter, i, mirrored({title.right(), title.top(), room - title.width(), title.height()}), whole);

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

/// What it was then, above the bar's end, and a dashed mark where the bar would have ended.
void FunnelView::paintBefore(QPainter &painter, std::size_t step, const QRectF &title, const QRectF &whole) const
{
    const Tokens &tokens = tokensOf(this);
    const bool isRtl = layoutDirection() == Qt::RightToLeft;
    const Change change = changeOf(step);
    const QString words = change.text(formatter());
    painter.setFont(fontFor(FontRole::SecondaryStrong));
    const double width = words.isEmpty() ? 0 : QFontMetricsF(painter.font()).horizontalAdvance(words) + 2;
    const Qt::Alignment trailing = (isRtl ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter | Qt::AlignAbsolute;
    QRectF changed = title, before = title;
    changed.setWidth(width);
    before.setWidth(std::max(0.0, title.width() - width - scaled(8)));
    if (isRtl)
        before.moveRight(title.right());
    else
        changed.moveRight(title.right());
    painter.setPen(change.mood() < 0 ? tokens.bad : change.mood() > 0 ? tokens.ok : tokens.text2);
    drawElided(&painter, changed, trailing, words);
    painter.setFont(fontFor(FontRole::Secondary));
    painter.setPen(tokens.text3);
    drawElided(&painter, before, trailing, beforeText(step));
    const std::optional<double> share = shareBefore(step);
    if (!share || step == 0)
        return;
    QPen dashed(tokens.isDark ? tokens.text : tokens.text2, 1.6);
    dashed.setDashPattern({2.2, 1.8});
    dashed.setCapStyle(Qt::FlatCap);
    painter.setPen(dashed);
    const double at = whole.width() * std::min(1.0, *share);
    const double x = isRtl ? whole.right() - at : whole.left() + at;
    painter.drawLine(QPointF(x, whole.top() - 2), QPointF(x, whole.bottom() + 2));
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
