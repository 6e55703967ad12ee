// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/heatmapview_p.h"

#include "widgets/charts/decimation.h"
#include "widgets/theme/fonts.h"

#include <QStyle>

#include <algorithm>
#include <cmath>

namespace telltale {

namespace {

constexpr int kTallestRow = 64;
constexpr int kLane = 22; ///< of markers
constexpr int kGap = 1;
constexpr int kGroupGap = 2;
constexpr int kWideEnoughForTotals = 900;
constexpr int kTotalsWidth = 112;

} // namespace

HeatmapView::HeatmapView(QWidget *parent)
    : ChartWidget(parent)
    , d(std::make_unique<Private>(this))
{}

HeatmapView::~HeatmapView() = default;

/// Where a cell of the grid that is shown is in another one; none: it is not there.
HeatmapView::Cell HeatmapView::Private::cellIn(const HeatGrid &other, Cell cell) const
{
    if (!cell.isValid())
        return {};
    const QString rowId = grid.rows[std::size_t(cell.row)].id;
    const auto columnRange = grid.columns[std::size_t(cell.column)].range;
    Cell found;
    for (std::size_t r = 0; r < other.rows.size(); ++r)
        if (other.rows[r].id == rowId)
            found.row = int(r);
    for (std::size_t c = 0; c < other.columns.size(); ++c)
        if (columnRange ? other.columns[c].range == columnRange : int(c) == cell.column)
            found.column = int(c);
    return found.isValid() ? found : Cell{};
}

void HeatmapView::setGrid(const HeatGrid &grid)
{
    if (grid == d->grid && !d->isStale)
        return;
    // The current cell and a block stay with their rows and times, not with their numbers.
    const Cell before = d->current;
    const Cell current = d->cellIn(grid, d->current), blockFrom = d->cellIn(grid, d->blockFrom);
    d->grid = grid;
    d->grid.values.resize(grid.rows.size() * grid.columns.size(), std::nan(""));
    d->isStale = false;
    d->hovered = {};
    d->current = current;
    d->blockFrom = current.isValid() ? blockFrom : Cell{};
    d->updateDomain();
    invalidate();
    if (d->current != before)
        Q_EMIT currentCellChanged(d->current);
    Q_EMIT gridChanged();
}

const HeatGrid &HeatmapView::grid() const
{
    return d->grid;
}

void HeatmapView::setDomain(Domain domain)
{
    if (domain == d->domain)
        return;
    d->domain = domain;
    d->isImageStale = true;
    update();
    Q_EMIT gridChanged();
}

HeatmapView::Domain HeatmapView::domain() const
{
    return d->domain;
}
PlotEdges HeatmapView::plotEdges() const
{
    return d->edges;
}

void HeatmapView::setPlotEdges(const PlotEdges &edges)
{
    d->edges = edges;
    invalidate();
}

double HeatmapView::domainHighest() const
{
    return d->highest;
}
bool HeatmapView::isClipped() const
{
    return d->isClipped;
}
bool HeatmapView::hasMissing() const
{
    return d->hasMissing;
}
bool HeatmapView::hasZero() const
{
    return d->hasZero;
}

void HeatmapView::setTotalsVisible(std::optional<bool> visible)
{
    d->totals = visible;
    invalidate();
}

HeatmapView::Cell HeatmapView::currentCell() const
{
    return d->current;
}

HeatmapView::Cell HeatmapView::cellAt(const QPoint &position) const
{
    if (!d->gridRect().contains(position))
        return {};
    Cell cell;
    for (std::size_t r = 0; r < d->rowTop.size(); ++r) // a gap belongs to the cell before it
        if (position.y() >= d->rowTop[r])
            cell.row = int(r);
    for (std::size_t c = 0; c < d->columnLeft.size(); ++c)
        if (d->columnWidth[c] > 0 && position.x() >= d->columnLeft[c])
            cell.column = int(c);
    return cell.isValid() ? cell : Cell{};
}

QRect HeatmapView::cellRect(Cell cell) const
{
    if (!cell.isValid() || std::size_t(cell.row) >= d->rowTop.size() ||
        std::size_t(cell.column) >= d->columnLeft.size())
        return {};
    return {d->columnLeft[std::size_t(cell.column)], d->rowTop[std::size_t(cell.row)],
            d->columnWidth[std::size_t(cell.column)], d->rowHeight[std::size_t(cell.row)]};
}

QString HeatmapView::cellText(Cell cell) const
{
    if (!cell.isValid() || std::size_t(cell.row) >= d->grid.rows.size() ||
        std::size_t(cell.column) >= d->grid.columns.size())
        return {};
    const HeatColumn &column = d->grid.columns[std::size_t(cell.column)];
    const QString when = column.range ? formatter().interval(*column.range) : column.label;
    const double value = d->grid.at(std::size_t(cell.row), std::size_t(cell.column));
    QString amount = column.isSilent ? tr("nothing received") : tr("not tracked yet");
    if (std::isfinite(value)) {
        amount = formatter().valueText(value, d->grid.kind);
        if (!d->grid.unit.isEmpty())
            amount += QChar(0x00A0) + d->grid.unit;
    }
    //: A cell of a heatmap: row, column, value
    return tr("%1, %2: %3").arg(d->grid.rows[std::size_t(cell.row)].label, when, amount);
}

void HeatmapView::setCurrentCell(Cell cell)
{
    if (cell == d->current)
        return;
    d->current = cell;
    d->currentFlag = -1;
    d->blockFrom = {};
    update();
    Q_EMIT currentCellChanged(cell);
    announceCursor();
}

void HeatmapView::setCursorTime(std::optional<Instant> at)
{
    if (at == d->cursor)
        return;
    const auto strip = [&](std::optional<Instant> time) {
        if (time && d->isTimed() && d->timeScale().isValid())
            update(int(d->timeScale().x(*time)) - 2, 0, 4, height());
    };
    strip(d->cursor);
    d->cursor = at;
    strip(d->cursor);
    update(0, d->gridBottom, width(), scaled(Private::kAxis));
}

void HeatmapView::setSelection(std::optional<TimeRange> range)
{
    if (range == d->selection)
        return;
    d->selection = range;
    d->isImageStale = true;
    update();
}

void HeatmapView::setStale(bool stale)
{
    if (stale == d->isStale)
        return;
    d->isStale = stale;
    d->isImageStale = true;
    update();
}

std::optional<Instant> HeatmapView::pointedTime() const
{
    const Cell cell = d->hovered.isValid() ? d->hovered : d->current;
    if (!cell.isValid() || std::size_t(cell.column) >= d->grid.columns.size() || !d->grid.columns[std::size_t(cell.column)].range)
        return std::nullopt;
    return std::max(d->grid.columns[std::size_t(cell.column)].range->from, d->grid.range ? d->grid.range->from : Instant::min());
}

void HeatmapView::setMarkers(std::vector<TimeMarker> markers)
{
    if (markers == d->markers)
        return;
    d->markers = std::move(markers);
    invalidate();
}

const std::vector<TimeMarker> &HeatmapView::markers() const
{
    return d->markers;
}

QRect HeatmapView::markerRect(int marker) const
{
    for (const MarkerGroup &group : d->groups)
        if (std::find(group.markers.begin(), group.markers.end(), marker) != group.markers.end())
            return group.rect.toAlignedRect();
    return {};
}

QSize HeatmapView::sizeHint() const
{
    return {640, std::max(1, int(d->grid.rows.size())) * scaled(26) + scaled(Private::kAxis)};
}

QSize HeatmapView::minimumSizeHint() const
{
    return {240, std::clamp(int(d->grid.rows.size()), 1, 12) * scaled(14) + scaled(Private::kAxis)};
}

void HeatmapView::invalidate()
{
    d->layOut();
    d->isImageStale = true;
    updateGeometry();
    update();
}

void HeatmapView::resizeEvent(QResizeEvent *)
{
    d->layOut();
    d->isImageStale = true;
}

QString HeatmapView::summary() const
{
    double low = HUGE_VAL, high = -HUGE_VAL;
    Cell most;
    for (std::size_t r = 0; r < d->grid.rows.size(); ++r) {
        for (std::size_t c = 0; c < d->grid.columns.size(); ++c) {
            const double value = d->grid.at(r, c);
            if (!std::isfinite(value))
                continue;
            low = std::min(low, value);
            if (value > high) {
                high = value;
                most = {int(r), int(c)};
            }
        }
    }
    if (!most.isValid())
        return tr("No data");
    //: %1 rows, %2 columns, %3 lowest value, %4 the highest cell in words
    QString sentences = tr("%1 rows by %2 columns, lowest %3, highest %4.")
                            .arg(formatter().count(double(d->grid.rows.size())), formatter().count(double(d->grid.columns.size())),
                                 formatter().valueText(low, d->grid.kind), cellText(most));
    if (const QString flags = flagsSentence(d->markers, d->groups, formatter()); !flags.isEmpty())
        sentences += QLatin1Char(' ') + flags;
    return sentences;
}

QString HeatmapView::cursorText() const
{
    return d->currentFlag >= 0 ? flagText(d->markers, d->groups[std::size_t(d->currentFlag)], formatter()) : cellText(d->current);
}

ChartTable HeatmapView::table() const
{
    ChartTable table;
    table.columns << tr("Name");
    for (const HeatColumn &column : d->grid.columns)
        table.columns << (column.range ? formatter().interval(*column.range) : column.label);
    for (std::size_t r = 0; r < d->grid.rows.size(); ++r) {
        QStringList row{d->grid.rows[r].label};
        QVariantList values{QVariant()};
        for (std::size_t c = 0; c < d->grid.columns.size(); ++c) {
            const double value = d->grid.at(r, c);
            row << (std::isfinite(value) ? formatter().valueText(value, d->grid.kind) : QString());
            values << (std::isfinite(value) ? QVariant(value) : QVariant());
        }
        table.rows.push_back(row);
        table.values.push_back(values);
    }
    return table;
}

// Geometry and colours

TimeScale HeatmapView::Private::timeScale() const
{
    return {grid.range.value_or(TimeRange{}), double(gridLeft), double(gridRight)};
}

bool HeatmapView::Private::showsTotals() const
{
    const bool hasTotals = std::any_of(grid.rows.begin(), grid.rows.end(),
                                       [](const HeatRow &row) { return row.total.has_value(); });
    return hasTotals && totals.value_or(q->width() >= kWideEnoughForTotals);
}

void HeatmapView::Private::layOut()
{
    const int forTotals = showsTotals() ? scaled(kTotalsWidth) : 0;
    gridLeft = edges.leftIn(*q) + (q->isRightToLeft() ? forTotals : 0);
    gridRight = edges.rightIn(*q) - (q->isRightToLeft() ? 0 : forTotals);
    groups.clear();
    if (isTimed() && !markers.empty()) {
        const double room = 40; // a flag may reach beyond the cells
        groups = groupMarkers(markers, timeScale(), gridLeft - room, std::min<double>(q->width(), gridRight + room));
    }
    if (std::size_t(currentFlag) >= groups.size())
        currentFlag = -1;
    gridTop = groups.empty() ? 0 : scaled(kLane);
    gridBottom = q->height() - scaled(Private::kAxis);
    if (isTimed()) // one row alone is no wall
        gridBottom = std::min(gridBottom, gridTop + int(grid.rows.size()) * scaled(kTallestRow));
    const auto split = [](int from, int to, std::size_t count, const auto &extraBefore,
                          std::vector<int> &starts, std::vector<int> &sizes) {
        starts.assign(count, from);
        sizes.assign(count, 0);
        int extras = 0;
        for (std::size_t i = 1; i < count; ++i)
            extras += extraBefore(i);
        const double each = double(to - from + kGap - extras) / double(std::max<std::size_t>(1, count));
        int shift = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (i > 0)
                shift += extraBefore(i);
            starts[i] = from + shift + int(std::lround(each * double(i)));
            sizes[i] = std::max(1, from + shift + int(std::lround(each * double(i + 1))) - kGap - starts[i]);
        }
    };
    split(
        gridTop, gridBottom, grid.rows.size(), [](std::size_t) { return 0; }, rowTop, rowHeight);
    if (!isTimed()) {
        split(
            gridLeft, gridRight, grid.columns.size(),
            [&](std::size_t i) { return grid.columns[i].isGroupStart ? kGroupGap : 0; }, columnLeft,
            columnWidth);
        return;
    }
    const TimeScale scale = timeScale();
    columnLeft.assign(grid.columns.size(), gridLeft);
    columnWidth.assign(grid.columns.size(), 0);
    if (!scale.isValid())
        return;
    for (std::size_t i = 0; i < grid.columns.size(); ++i) {
        if (!grid.columns[i].range)
            continue;
        const TimeRange &range = *grid.columns[i].range;
        if (!(range.from < scale.range.to) || !(scale.range.from < range.to))
            continue; // outside
        int left = int(std::lround(scale.clampedX(range.from)));
        const int right = int(std::lround(scale.clampedX(range.to)));
        const bool isLast = right >= gridRight;
        if (grid.columns[i].isGroupStart && i > 0)
            left += kGroupGap;
        columnLeft[i] = left;
        columnWidth[i] = std::max(1, right - left - (isLast ? 0 : kGap));
    }
}

void HeatmapView::Private::updateDomain()
{
    highest = percentileOf(grid.values, 0.98);
    double most = 0;
    hasMissing = hasZero = false;
    rowHighest.assign(grid.rows.size(), 0);
    for (std::size_t r = 0; r < grid.rows.size(); ++r) {
        for (std::size_t c = 0; c < grid.columns.size(); ++c) {
            const double value = grid.at(r, c);
            hasMissing = hasMissing || !std::isfinite(value);
            hasZero = hasZero || value == 0;
            if (std::isfinite(value))
                rowHighest[r] = std::max(rowHighest[r], value);
        }
        most = std::max(most, rowHighest[r]);
    }
    if (highest <= 0) // almost everything is zero: the little there is must be seen
        highest = most > 0 ? most : 1;
    isClipped = most > highest;
}

double HeatmapView::Private::highestOf(int row) const
{
    const double own = domain == Domain::EachRow ? rowHighest[std::size_t(row)] : highest;
    return own > 0 ? own : 1;
}

QColor HeatmapView::Private::colourOf(int row, double value) const
{
    const Tokens &tokens = tokensOf(q);
    return value <= 0 ? tokens.inset : tokens.sequentialAt(value / highestOf(row));
}

} // namespace telltale
