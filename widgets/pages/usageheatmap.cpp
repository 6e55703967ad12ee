// SPDX-License-Identifier: GPL-3.0-or-later
// The heatmap of features or screens: what it asks, and in which order its rows stand.
#include "widgets/pages/usagepage.h"

#include "models/items/bucketchoice.h"
#include "models/items/itemtext.h"
#include "widgets/pages/gridmaking.h"

#include <QAction>
#include <QActionGroup>

#include <algorithm>

namespace telltale {

namespace {

constexpr std::size_t kMostRows = 14;
const QString kOrder = QStringLiteral("row order");
const QString kFeatures = QStringLiteral("features by hand");
const QString kScreens = QStringLiteral("screens by hand");

} // namespace

void UsagePage::askHeatmap()
{
    const TimeRange range = state().resolvedRange();
    const HeatmapColumns columns = heatmapColumnsFor(range.to - range.from);
    const Scope scope = honouredScope(range);
    const HeatmapRows rows = showsScreens() ? HeatmapRows::Screen : HeatmapRows::Feature;
    const std::optional<Scope> before = rowOrder() == RowOrder::Change ? comparedScope(range) : std::nullopt;
    using Answer = Compared<Heatmap>;
    ask<Answer>(
        QStringLiteral("usage.heatmap"), m_heatmapPanel,
        [scope, before, columns, rows](Engine &engine, std::stop_token stop) -> Result<Answer> {
            return askCompared<Heatmap>(scope, before, [&](const Scope &one) { return engine.heatmap(one, rows, columns, HeatmapValue::Users, stop); });
        },
        [this, range](Answer answer) {
            limitToKnown(answer.now);
            m_before = std::move(answer.before);
            if (answer.now.rows.empty()) {
                m_map = {};
                showSubtitle();
                showNothing(m_heatmapPanel, showsScreens() ? tr("screen views") : tr("uses of features"));
                return;
            }
            m_map = {std::move(answer.now), range};
            showHeatmap();
            m_heatmapPanel->showBody();
        });
}

void UsagePage::showHeatmap()
{
    const auto &[map, range] = m_map;
    RowOrdering ordering{rowOrder(), {}, byHand()};
    for (std::size_t row = 0; m_before && row < m_before->rows.size() && row < m_before->rowTotals.size(); ++row)
        ordering.earlier.emplace(m_before->rows[row], m_before->rowTotals[row]);
    if (ordering.order == RowOrder::Change && !m_before)
        ordering.order = RowOrder::Total; // nothing is compared
    m_heatmap->setFormatter(formatter());
    m_heatmap->setGrid(heatGrid(map, range, tr("users"), kMostRows, state().zone(), ordering));
    m_heatmap->setMarkers(markersIn(range));
    showSubtitle();
}

/// With how many rows there are beyond those that find room.
void UsagePage::showSubtitle()
{
    const auto selection = state().selection();
    QString subtitle = selection ? tr("unique users · %1 highlighted").arg(state().rangeText(*selection)) : tr("unique users · row total at right");
    if (rowOrder() == RowOrder::Change)
        subtitle += QStringLiteral(" · ") + (m_before ? tr("what rose most first, against %1").arg(comparedWith(state().resolvedRange())) : tr("nothing is compared"));
    if (const std::size_t rows = m_map.first.rows.size(); rows > kMostRows)
        subtitle += QStringLiteral(" · ") + tr("%Ln more", "rows that are not shown", static_cast<int>(rows - kMostRows));
    m_heatmapPanel->setSubtitle(subtitle);
}

void UsagePage::addHeatmapActions()
{
    auto *byRow = new QAction(tr("Scale each row b&y itself"), m_heatmapPanel);
    byRow->setCheckable(true);
    connect(byRow, &QAction::toggled, this, [this](bool isOn) { m_heatmap->setDomain(isOn ? HeatmapView::Domain::EachRow : HeatmapView::Domain::AllRows); });
    m_heatmapPanel->addAction(byRow);
    auto *orders = new QActionGroup(m_heatmapPanel);
    for (const auto &[order, text] : {std::pair{RowOrder::Total, tr("Order rows by t&otal")}, {RowOrder::Name, tr("Order &rows by name")},
                                      {RowOrder::Change, tr("Order rows by chan&ge")}, {RowOrder::ByHand, tr("Order rows by h&and (Alt+Up, Alt+Down)")}}) {
        auto *action = new QAction(text, m_heatmapPanel);
        action->setCheckable(true);
        action->setChecked(order == RowOrder::Total);
        orders->addAction(action);
        m_heatmapPanel->addAction(action);
        m_orders[order] = action;
        connect(action, &QAction::triggered, this, [this, order = order] { setRowOrder(order); });
    }
    connect(m_heatmap, &HeatmapView::rowMoveRequested, this, &UsagePage::moveRow);
}

RowOrder UsagePage::rowOrder() const
{
    const auto checked = std::find_if(m_orders.begin(), m_orders.end(), [](const auto &order) { return order.second->isChecked(); });
    return checked == m_orders.end() ? RowOrder::Total : checked->first;
}

void UsagePage::setRowOrder(RowOrder order)
{
    m_orders[order]->setChecked(true);
    if (order == RowOrder::ByHand && byHand().isEmpty()) { // from how they stand
        for (const HeatRow &row : m_heatmap->grid().rows)
            byHand().append(row.label);
    }
    if (order == RowOrder::Change && isActive())
        askHeatmap();
    else if (!m_map.first.rows.empty())
        showHeatmap();
    Q_EMIT announced(m_orders[order]->text().remove(u'&'));
    Q_EMIT rememberedChanged();
}

/// From then on the rows stand as somebody puts them; the others keep the places they have.
void UsagePage::moveRow(int row, int by)
{
    const auto &rows = m_heatmap->grid().rows;
    const int to = row + by;
    if (row < 0 || to < 0 || row >= static_cast<int>(rows.size()) || to >= static_cast<int>(rows.size()))
        return;
    QStringList names;
    for (const HeatRow &one : rows)
        names.append(one.label);
    names.move(row, to);
    for (const QString &name : std::as_const(byHand())) {
        if (!names.contains(name)) // not shown at the moment
            names.append(name);
    }
    byHand() = names;
    const HeatmapView::Cell at = m_heatmap->currentCell();
    m_orders[RowOrder::ByHand]->setChecked(true);
    showHeatmap();
    m_heatmap->setCurrentCell({to, at.column});
    Q_EMIT announced(tr("%1 is row %2 now").arg(names.at(to)).arg(to + 1));
    Q_EMIT rememberedChanged();
}

QVariantMap UsagePage::remembered() const
{
    return {{kOrder, static_cast<int>(rowOrder())}, {kFeatures, m_featuresByHand}, {kScreens, m_screensByHand}};
}

void UsagePage::remember(const QVariantMap &saved)
{
    m_featuresByHand = saved.value(kFeatures).toStringList();
    m_screensByHand = saved.value(kScreens).toStringList();
    const auto order = m_orders.find(static_cast<RowOrder>(saved.value(kOrder).toInt()));
    if (order != m_orders.end())
        order->second->setChecked(true);
    if (!m_map.first.rows.empty())
        refreshWhenShown();
}

} // namespace telltale
