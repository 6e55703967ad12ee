// SPDX-License-Identifier: GPL-3.0-or-later
// What the cells of heatmaps lead to.
#include "widgets/pages/page.h"

#include "widgets/charts/heatmapview.h"

#include <algorithm>

namespace telltale {

namespace {

/// The times of these columns together; none without times.
std::optional<TimeRange> timesOf(const HeatGrid &grid, int first, int last)
{
    std::optional<TimeRange> times;
    for (int column = first; column <= last; ++column) {
        const auto &range = grid.columns[static_cast<std::size_t>(column)].range;
        if (range)
            times = times ? TimeRange{std::min(times->from, range->from), std::max(times->to, range->to)} : *range;
    }
    return times;
}

} // namespace

void Page::connectCells(HeatmapView *map, std::function<QString()> field)
{
    connect(map, &HeatmapView::cellActivated, this, [this, map, field](HeatmapView::Cell cell) { openCells(*map, field(), cell.row, cell.row, cell.column, cell.column); });
    connect(map, &HeatmapView::blockActivated, this, [this, map, field](HeatmapView::Cell from, HeatmapView::Cell to) {
        openCells(*map, field(), from.row, to.row, from.column, to.column);
    });
    connect(map, &HeatmapView::blockSelected, this,
            [this, map](HeatmapView::Cell from, HeatmapView::Cell to) { state().setSelection(timesOf(map->grid(), from.column, to.column)); });
    connect(map, &HeatmapView::blockCleared, this, [this] { state().setSelection(std::nullopt); });
}

void Page::openCells(const HeatmapView &map, const QString &field, int firstRow, int lastRow, int firstColumn, int lastColumn)
{
    const HeatGrid grid = map.grid(); // changes while the view does
    for (int row = firstRow; row <= lastRow; ++row)
        filterBy(field, grid.rows[static_cast<std::size_t>(row)].label, row == firstRow ? Qt::NoModifier : Qt::ControlModifier);
    if (const auto times = timesOf(grid, firstColumn, lastColumn))
        state().setRange(RangeSpec::history(*times));
    Q_EMIT viewRequested(QStringLiteral("sessions"), {});
}

} // namespace telltale
