// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/pathflow.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/style.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>

namespace telltale {

namespace {

constexpr double kHead = 26;       ///< names of the steps
constexpr double kBar = 10;
constexpr double kLabelShare = 0.6; ///< of a step's width
constexpr double kLeastStep = 112;
constexpr double kBandAlpha = 0.2;
constexpr double kLitAlpha = 0.46;
constexpr double kEdge = 4; ///< room for the focus ring

} // namespace

PathFlow::PathFlow(QWidget *parent)
    : ChartWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void PathFlow::setData(PathFlowData data)
{
    if (data == m_data)
        return;
    m_data = std::move(data);
    m_link = -1;
    const bool isStillThere = m_current.isValid() && m_current.step < static_cast<int>(m_data.steps.size()) &&
                              m_current.node < static_cast<int>(m_data.steps[static_cast<std::size_t>(m_current.step)].size());
    if (!isStillThere)
        m_current = {};
    invalidate();
    updateGeometry();
}

void PathFlow::invalidate()
{
    layOut();
    update();
}

void PathFlow::resizeEvent(QResizeEvent *)
{
    layOut();
}

void PathFlow::layOut()
{
    std::vector<std::vector<PathLayout::Node>> steps;
    for (const auto &nodes : m_data.steps) {
        steps.emplace_back();
        for (const PathFlowData::Node &node : nodes)
            steps.back().push_back({node.sessions, node.ended});
    }
    std::vector<PathLayout::Link> links;
    for (const PathFlowData::Link &link : m_data.links)
        links.push_back({link.step, link.from, link.to, link.sessions});
    PathLayout::Room room;
    room.area = QRectF(kEdge, scaled(kHead), width() - 2 * kEdge, std::max(1.0, height() - scaled(kHead) - kEdge));
    room.barWidth = kBar;
    room.leastSlot = scaled(36);
    room.gap = scaled(8);
    m_layout = PathLayout::of(steps, links, room);
}

QRectF PathFlow::turned(QRectF rect) const
{
    if (isTurned())
        rect.moveLeft(width() - rect.right());
    return rect;
}

const PathFlowData::Node &PathFlow::node(const Place &place) const
{
    return m_data.steps[static_cast<std::size_t>(place.step)][static_cast<std::size_t>(place.node)];
}

QRectF PathFlow::barRect(const Place &place) const
{
    return turned(m_layout.bars[static_cast<std::size_t>(place.step)][static_cast<std::size_t>(place.node)].bar);
}

QRectF PathFlow::labelRect(const Place &place) const
{
    const PathLayout::Bar &at = m_layout.bars[static_cast<std::size_t>(place.step)][static_cast<std::size_t>(place.node)];
    const bool isLast = static_cast<std::size_t>(place.step) + 1 == m_layout.bars.size();
    const double width = (at.slot.width() - kBar) * (isLast ? 1 : kLabelShare);
    const double height = scaled(34);
    // In the middle of a low bar, at the head of a high one.
    const double top = at.bar.height() > 2 * height ? at.bar.top() + scaled(6) : at.slot.center().y() - height / 2;
    // As wide as its words, so that the bands beside them can be pointed at.
    const double words = std::max(QFontMetricsF(fontFor(FontRole::BodyStrong)).horizontalAdvance(node(place).name),
                                  QFontMetricsF(fontFor(FontRole::Secondary)).horizontalAdvance(figures(place)));
    return turned({at.slot.left() + kBar + scaled(6), std::max(at.slot.top(), top), std::min(words + 2, width - scaled(8)), height});
}

QString PathFlow::figures(const Place &place) const
{
    const double sessions = node(place).sessions;
    const QString now = tr("%1 · %2", "a count, a share").arg(formatter().count(sessions), formatter().percent(share(sessions), 0));
    const QString change = changeOf(node(place)).text(formatter());
    return change.isEmpty() ? now : tr("%1 · %2", "figures, their change").arg(now, change);
}

Change PathFlow::changeOf(const PathFlowData::Node &node) const
{
    if (!node.before || !m_data.sessionsBefore)
        return {};
    const double all = *m_data.sessionsBefore;
    return Change::points(share(node.sessions), all > 0 ? *node.before / all : 0, Change::Better::Neither, m_data.sessions, all);
}

QRectF PathFlow::nodeRect(const Place &place) const
{
    return barRect(place).united(labelRect(place));
}

QPainterPath PathFlow::bandPath(std::size_t link) const
{
    const PathLayout::Band &band = m_layout.bands[link];
    const QRectF from = turned(band.from), to = turned(band.to);
    const double middle = (from.left() + to.left()) / 2;
    QPainterPath path(from.topLeft());
    path.cubicTo({middle, from.top()}, {middle, to.top()}, to.topLeft());
    path.lineTo(to.bottomLeft());
    path.cubicTo({middle, to.bottom()}, {middle, from.bottom()}, from.bottomLeft());
    path.closeSubpath();
    return path;
}

QPointF PathFlow::linkCentre(int link) const
{
    const PathLayout::Band &band = m_layout.bands[static_cast<std::size_t>(link)];
    return (turned(band.from).center() + turned(band.to).center()) / 2;
}

PathFlow::Place PathFlow::placeAt(const QPointF &position) const
{
    for (int step = 0; step < static_cast<int>(m_layout.bars.size()); ++step) {
        for (int node = 0; node < static_cast<int>(m_layout.bars[static_cast<std::size_t>(step)].size()); ++node) {
            if (nodeRect({step, node}).adjusted(-2, 0, 2, 0).contains(position))
                return {step, node};
        }
    }
    return {};
}

int PathFlow::linkAt(const QPointF &position) const
{
    for (std::size_t i = m_layout.bands.size(); i-- > 0;) { // the last one lies on top
        if (bandPath(i).contains(position))
            return static_cast<int>(i);
    }
    return -1;
}

QString PathFlow::stepName(int step) const
{
    if (step == 0)
        return m_data.isBackwards ? tr("End") : tr("Start");
    return m_data.isBackwards ? tr("%n step(s) before", nullptr, step) : tr("Step %1").arg(formatter().count(step + 1));
}

QString PathFlow::sentence(const Place &place) const
{
    const PathFlowData::Node &at = node(place);
    const QString sessions = tr("%1, %2: %3 sessions, %4 of all paths, %5 users.", "a step, a name")
                                 .arg(stepName(place.step), at.name, formatter().count(at.sessions), formatter().percent(share(at.sessions), 1),
                                      formatter().count(at.users));
    QString all = sessions;
    if (const QString change = changeOf(at).text(formatter()); !change.isEmpty())
        all = tr("%1 Before: %2 sessions (%3), %4.", "a sentence, a count, what is compared, a change")
                  .arg(sessions, formatter().count(at.before.value_or(0)), m_data.against, change);
    if (at.ended <= 0)
        return all;
    return (m_data.isBackwards ? tr("%1 %2 of them began here.", "a sentence, a count") : tr("%1 %2 of them ended here.", "a sentence, a count"))
        .arg(all, formatter().count(at.ended));
}

QString PathFlow::sentence(const PathFlowData::Link &link) const
{
    const QString earlier = node({link.step, link.from}).name, later = node({link.step + 1, link.to}).name;
    return tr("%1 → %2: %3 sessions, %4 of all paths.", "two names")
        .arg(m_data.isBackwards ? later : earlier, m_data.isBackwards ? earlier : later, formatter().count(link.sessions),
             formatter().percent(share(link.sessions), 1));
}

QString PathFlow::summary() const
{
    if (m_data.steps.empty())
        return tr("No data");
    const PathFlowData::Link *most = nullptr;
    for (const PathFlowData::Link &link : m_data.links) {
        if (!most || link.sessions > most->sessions)
            most = &link;
    }
    const QString all = tr("%1 sessions over %2 steps.").arg(formatter().count(m_data.sessions), formatter().count(double(m_data.steps.size())));
    return most ? tr("%1 Most often %2", "two sentences").arg(all, sentence(*most)) : all;
}

QString PathFlow::cursorText() const
{
    if (m_link >= 0)
        return sentence(m_data.links[static_cast<std::size_t>(m_link)]);
    return m_current.isValid() ? sentence(m_current) : QString();
}

ChartTable PathFlow::table() const
{
    ChartTable table;
    table.columns << tr("Step") << tr("From") << tr("To") << tr("Sessions") << tr("Share");
    if (m_data.sessionsBefore)
        table.columns << tr("Sessions of the place before") << tr("Change of its share");
    const auto add = [&](int step, const QString &from, const QString &to, double sessions, const PathFlowData::Node *place) {
        QStringList row{stepName(step), from, to, formatter().count(sessions), formatter().percent(share(sessions), 1)};
        QVariantList values{QVariant(), QVariant(), QVariant(), sessions, share(sessions)};
        if (m_data.sessionsBefore) {
            const Change change = place ? changeOf(*place) : Change();
            const bool isKnown = place && place->before;
            row << (isKnown ? formatter().count(*place->before) : QString()) << change.text(formatter());
            values << (isKnown ? QVariant(*place->before) : QVariant()) << (change.kind == Change::Kind::Points ? QVariant(change.amount) : QVariant());
        }
        table.rows.push_back(row);
        table.values.push_back(values);
    };
    for (int step = 0; step < static_cast<int>(m_data.steps.size()); ++step) {
        const auto &nodes = m_data.steps[static_cast<std::size_t>(step)];
        for (const PathFlowData::Node &node : nodes) {
            if (step == 0)
                add(step, {}, node.name, node.sessions, &node);
        }
        for (const PathFlowData::Link &link : m_data.links) {
            const PathFlowData::Node *to = link.step + 1 == step ? &nodes[static_cast<std::size_t>(link.to)] : nullptr;
            if (to)
                add(step, node({link.step, link.from}).name, to->name, link.sessions, to);
        }
        for (const PathFlowData::Node &node : nodes) {
            if (node.ended > 0)
                add(step + 1, node.name, m_data.isBackwards ? tr("(session begins)") : tr("(session ends)"), node.ended, nullptr);
        }
    }
    return table;
}

QSize PathFlow::sizeHint() const
{
    return {scaled(720), scaled(420)};
}

QSize PathFlow::minimumSizeHint() const
{
    std::size_t most = 2;
    for (const auto &nodes : m_data.steps)
        most = std::max(most, nodes.size());
    return {static_cast<int>(std::max<std::size_t>(2, m_data.steps.size())) * scaled(kLeastStep), scaled(kHead + 44 * static_cast<double>(most))};
}

bool PathFlow::isLit(const PathFlowData::Link &link, std::size_t index) const
{
    if (m_link >= 0)
        return m_link == static_cast<int>(index);
    return (link.step == m_current.step && link.from == m_current.node) || (link.step + 1 == m_current.step && link.to == m_current.node);
}

void PathFlow::paintBands(QPainter &painter, const Tokens &tokens) const
{
    for (std::size_t i = 0; i < m_data.links.size(); ++i) {
        const PathFlowData::Link &link = m_data.links[i];
        QColor colour = tokens.seriesColour(node({link.step, link.from}).colour);
        colour.setAlphaF(isLit(link, i) ? kLitAlpha : kBandAlpha);
        painter.fillPath(bandPath(i), colour);
        if (tokens.isHighContrast || isLit(link, i)) {
            painter.setPen(tokens.isHighContrast ? tokens.borderStrong : tokens.seriesColour(node({link.step, link.from}).colour));
            painter.setBrush(Qt::NoBrush);
            painter.drawPath(bandPath(i));
        }
    }
}

void PathFlow::paintNodes(QPainter &painter, const Tokens &tokens) const
{
    const Qt::Alignment leading = (isTurned() ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter | Qt::AlignAbsolute;
    for (int step = 0; step < static_cast<int>(m_layout.bars.size()); ++step) {
        for (int n = 0; n < static_cast<int>(m_layout.bars[static_cast<std::size_t>(step)].size()); ++n) {
            const Place place{step, n};
            const PathFlowData::Node &at = node(place);
            const PathLayout::Bar &bar = m_layout.bars[static_cast<std::size_t>(step)][static_cast<std::size_t>(n)];
            const bool isFew = at.sessions < kFewestObservations;
            QRectF shown = barRect(place);
            shown.setHeight(std::max(2.0, shown.height())); // one session of a million is still there
            painter.setPen(Qt::NoPen);
            painter.setBrush(tokens.seriesColour(at.colour));
            painter.drawRoundedRect(shown, size::kBarRadius, size::kBarRadius);
            if (bar.ended.height() >= 1) {
                // What ends leaves the bar as a stub that goes nowhere; it stays clear of the words.
                const QRectF stub = turned({bar.ended.left(), bar.ended.top(), bar.ended.width() + scaled(4), bar.ended.height()});
                painter.setBrush(tokens.card);
                painter.drawRect(stub);
                painter.setBrush(QBrush(tokens.borderStrong, Qt::BDiagPattern));
                painter.setPen(QPen(tokens.borderStrong, 1));
                painter.drawRect(stub.adjusted(0.5, 0.5, -0.5, -0.5));
            }
            if (place == m_current && m_link < 0) {
                painter.setPen(QPen(tokens.accent, 2));
                painter.setBrush(Qt::NoBrush);
                painter.drawRoundedRect(shown.adjusted(-1, -1, 1, 1), size::kBarRadius, size::kBarRadius);
            }
            const QRectF label = labelRect(place);
            const double line = label.height() / 2;
            // Words lie over bands: a veil of the card keeps them readable.
            QColor veil = tokens.card;
            veil.setAlphaF(0.72);
            painter.setPen(Qt::NoPen);
            painter.setBrush(veil);
            painter.drawRoundedRect(label.adjusted(-3, 0, 3, 0), 4, 4);
            painter.setFont(fontFor(FontRole::BodyStrong));
            painter.setPen(isFew ? tokens.text3 : tokens.text);
            drawElided(&painter, {label.left(), label.top(), label.width(), line}, leading, at.name);
            painter.setFont(fontFor(FontRole::Secondary));
            painter.setPen(isFew ? tokens.text3 : tokens.text2);
            drawElided(&painter, {label.left(), label.top() + line - 1, label.width(), line}, leading, figures(place));
        }
    }
}

void PathFlow::paintHeads(QPainter &painter, const Tokens &tokens) const
{
    const Qt::Alignment leading = (isTurned() ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter | Qt::AlignAbsolute;
    painter.setFont(fontFor(FontRole::AxisStrong));
    painter.setPen(tokens.text3);
    for (std::size_t step = 0; step < m_layout.bars.size(); ++step) {
        if (m_layout.bars[step].empty())
            continue;
        const QRectF slot = m_layout.bars[step].front().slot;
        drawElided(&painter, turned({slot.left(), 0, slot.width() - scaled(6), static_cast<double>(scaled(kHead - 6))}), leading,
                   stepName(static_cast<int>(step)));
    }
}

void PathFlow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(this);
    paintBands(painter, tokens);
    paintNodes(painter, tokens);
    paintHeads(painter, tokens);
    if (hasKeyboardFocus())
        drawFocusRing(&painter, rect(), 4, tokens);
}

void PathFlow::setCurrent(Place place, int link)
{
    if (place == m_current && link == m_link)
        return;
    m_current = place;
    m_link = link;
    setCursor(place.isValid() || link >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
    announceCursor();
}

void PathFlow::mouseMoveEvent(QMouseEvent *event)
{
    const Place place = placeAt(event->position());
    const int link = place.isValid() ? -1 : linkAt(event->position());
    setCurrent(place, link);
    const QPoint position = event->position().toPoint();
    QToolTip::showText(event->globalPosition().toPoint(), place.isValid() || link >= 0 ? cursorText().toHtmlEscaped() : QString(), this,
                       QRect(position - QPoint(6, 6), QSize(12, 12)));
}

void PathFlow::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const bool isFilterOnly = event->modifiers() & Qt::ControlModifier;
    if (const Place place = placeAt(event->position()); place.isValid())
        Q_EMIT nodeActivated(place.step, place.node, isFilterOnly);
    else if (const int link = linkAt(event->position()); link >= 0)
        Q_EMIT linkActivated(link, isFilterOnly);
}

void PathFlow::leaveEvent(QEvent *event)
{
    ChartWidget::leaveEvent(event);
    setCurrent({}, -1);
}

void PathFlow::step(int steps, int nodes)
{
    if (m_data.steps.empty())
        return;
    Place next = m_current.isValid() ? m_current : Place{0, 0};
    if (m_current.isValid()) {
        next.step = std::clamp(next.step + steps, 0, static_cast<int>(m_data.steps.size()) - 1);
        next.node += nodes;
    }
    const int last = static_cast<int>(m_data.steps[static_cast<std::size_t>(next.step)].size()) - 1;
    next.node = std::clamp(next.node, 0, std::max(0, last));
    setCurrent(next, -1);
}

/// The bands that leave the current node, one after the other; from the last to the node itself.
void PathFlow::stepLink(int by)
{
    if (!m_current.isValid())
        return;
    std::vector<int> leaving{-1};
    for (std::size_t i = 0; i < m_data.links.size(); ++i) {
        if (m_data.links[i].step == m_current.step && m_data.links[i].from == m_current.node)
            leaving.push_back(static_cast<int>(i));
    }
    const auto at = std::find(leaving.begin(), leaving.end(), m_link);
    const int count = static_cast<int>(leaving.size());
    const int next = (static_cast<int>(at - leaving.begin()) % count + by + count) % count;
    setCurrent(m_current, leaving[static_cast<std::size_t>(next)]);
}

void PathFlow::keyPressEvent(QKeyEvent *event)
{
    if (event->modifiers() & Qt::ShiftModifier && (event->key() == Qt::Key_Down || event->key() == Qt::Key_Up)) {
        stepLink(event->key() == Qt::Key_Down ? 1 : -1);
        return;
    }
    const int across = isTurned() ? -1 : 1;
    switch (event->key()) {
    case Qt::Key_Right:
        step(across, 0);
        break;
    case Qt::Key_Left:
        step(-across, 0);
        break;
    case Qt::Key_Down:
        step(0, 1);
        break;
    case Qt::Key_Up:
        step(0, -1);
        break;
    case Qt::Key_Home:
        step(-static_cast<int>(m_data.steps.size()), 0);
        break;
    case Qt::Key_End:
        step(static_cast<int>(m_data.steps.size()), 0);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_link >= 0)
            Q_EMIT linkActivated(m_link, event->modifiers() & Qt::ControlModifier);
        else if (m_current.isValid())
            Q_EMIT nodeActivated(m_current.step, m_current.node, event->modifiers() & Qt::ControlModifier);
        break;
    default:
        ChartWidget::keyPressEvent(event);
    }
}

} // namespace telltale
