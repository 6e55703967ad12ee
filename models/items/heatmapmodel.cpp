// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/heatmapmodel.h"

#include "models/items/itemtext.h"
#include "models/items/rowdiff.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace telltale {

namespace {

/// The heatmap with the row or column at `from` taken to `to`, or without or with some: all shaping goes
/// through here so that values, totals and names stay together.
Heatmap withRows(const Heatmap &heatmap, const std::vector<std::ptrdiff_t> &source, const Heatmap &fresh)
{
    // source[i] >= 0: row of `heatmap`; otherwise row -1 - source[i] of `fresh`, whose columns are the same.
    Heatmap out;
    out.columns = heatmap.columns;
    for (const std::ptrdiff_t from : source) {
        const Heatmap &origin = from >= 0 ? heatmap : fresh;
        const auto row = static_cast<std::size_t>(from >= 0 ? from : -1 - from);
        out.rows.push_back(origin.rows[row]);
        out.rowTotals.push_back(row < origin.rowTotals.size() ? origin.rowTotals[row] : 0);
        out.firstSeen.push_back(row < origin.firstSeen.size() ? origin.firstSeen[row] : std::nullopt);
        for (std::size_t column = 0; column < out.columns.size(); ++column)
            out.values.push_back(origin.at(row, column));
    }
    return out;
}

void dropFirstColumns(Heatmap &heatmap, std::size_t count)
{
    std::vector<double> values;
    for (std::size_t row = 0; row < heatmap.rows.size(); ++row) {
        for (std::size_t column = count; column < heatmap.columns.size(); ++column)
            values.push_back(heatmap.at(row, column));
    }
    heatmap.columns.erase(heatmap.columns.begin(),
                          heatmap.columns.begin() + static_cast<std::ptrdiff_t>(count));
    heatmap.values = std::move(values);
}

void addColumns(Heatmap &heatmap, const std::vector<HeatmapColumn> &added)
{
    std::vector<double> values;
    for (std::size_t row = 0; row < heatmap.rows.size(); ++row) {
        for (std::size_t column = 0; column < heatmap.columns.size(); ++column)
            values.push_back(heatmap.at(row, column));
        values.insert(values.end(), added.size(), 0.0);
    }
    heatmap.columns.insert(heatmap.columns.end(), added.begin(), added.end());
    heatmap.values = std::move(values);
}

} // namespace

void HeatmapModel::setHeatmap(Heatmap heatmap)
{
    // Columns: a shift to the right is what time does. Anything else is another question.
    const auto &old = m_heatmap.columns;
    const auto &fresh = heatmap.columns;
    const auto anchor =
        fresh.empty() ? old.end() : std::find_if(old.begin(), old.end(), [&](const HeatmapColumn &column) {
            return column.label == fresh.front().label;
        });
    const auto dropped = static_cast<std::size_t>(anchor - old.begin());
    const std::size_t kept = old.size() - dropped;
    bool isShift = anchor != old.end() && kept <= fresh.size();
    for (std::size_t i = 0; isShift && i < kept; ++i)
        isShift = old[dropped + i].label == fresh[i].label;
    const RowDiff diff = diffRows(m_heatmap.rows, heatmap.rows);
    if (!isShift || diff.isReset || diff.isReordered) {
        beginResetModel();
        m_heatmap = std::move(heatmap);
        endResetModel();
        return;
    }
    if (dropped > 0) {
        beginRemoveColumns({}, 0, static_cast<int>(dropped) - 1);
        dropFirstColumns(m_heatmap, dropped);
        endRemoveColumns();
    }
    if (fresh.size() > kept) {
        beginInsertColumns({}, static_cast<int>(kept), static_cast<int>(fresh.size()) - 1);
        addColumns(m_heatmap, {fresh.begin() + static_cast<std::ptrdiff_t>(kept), fresh.end()});
        endInsertColumns();
    }
    m_heatmap.columns = heatmap.columns;

    for (const RowStep &step : diff.steps) {
        std::vector<std::ptrdiff_t> order(m_heatmap.rows.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            order[i] = static_cast<std::ptrdiff_t>(i);
        const auto first = static_cast<std::ptrdiff_t>(step.first);
        const auto end = static_cast<std::ptrdiff_t>(step.first + step.count);
        switch (step.kind) {
        case RowStep::Kind::Remove:
            beginRemoveRows({}, static_cast<int>(first), static_cast<int>(end) - 1);
            order.erase(order.begin() + first, order.begin() + end);
            m_heatmap = withRows(m_heatmap, order, heatmap);
            endRemoveRows();
            break;
        case RowStep::Kind::Insert: {
            beginInsertRows({}, static_cast<int>(first), static_cast<int>(end) - 1);
            std::vector<std::ptrdiff_t> inserted;
            for (std::ptrdiff_t row = first; row < end; ++row)
                inserted.push_back(-1 - row);
            order.insert(order.begin() + first, inserted.begin(), inserted.end());
            m_heatmap = withRows(m_heatmap, order, heatmap);
            endInsertRows();
            break;
        }
        case RowStep::Kind::Move:
            beginMoveRows({}, static_cast<int>(first), static_cast<int>(end) - 1, {},
                          static_cast<int>(step.to));
            std::rotate(order.begin() + static_cast<std::ptrdiff_t>(step.to), order.begin() + first,
                        order.begin() + end);
            m_heatmap = withRows(m_heatmap, order, heatmap);
            endMoveRows();
            break;
        }
    }

    const Heatmap before = std::move(m_heatmap);
    m_heatmap = std::move(heatmap);
    for (std::size_t row = 0; row < m_heatmap.rows.size(); ++row) {
        std::size_t firstChanged = m_heatmap.columns.size();
        std::size_t lastChanged = 0;
        for (std::size_t column = 0; column < m_heatmap.columns.size(); ++column) {
            if (m_heatmap.at(row, column) != before.at(row, column)) {
                firstChanged = std::min(firstChanged, column);
                lastChanged = column;
            }
        }
        if (firstChanged < m_heatmap.columns.size())
            Q_EMIT dataChanged(index(static_cast<int>(row), static_cast<int>(firstChanged)),
                               index(static_cast<int>(row), static_cast<int>(lastChanged)));
    }
}

bool HeatmapModel::isMissing(const Heatmap &heatmap, std::size_t row, std::size_t column)
{
    const HeatmapColumn &at = heatmap.columns[column];
    if (heatmap.heardUntil && at.start && *at.start >= *heatmap.heardUntil)
        return true;
    if (row >= heatmap.firstSeen.size() || !at.end)
        return false;
    return heatmap.firstSeen[row] && *at.end <= *heatmap.firstSeen[row];
}

int HeatmapModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_heatmap.rows.size());
}

int HeatmapModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_heatmap.columns.size());
}

QVariant HeatmapModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    const auto column = static_cast<std::size_t>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return isMissing(m_heatmap, row, column)
                   ? QStringLiteral("–")
                   : QLocale().toString(static_cast<qlonglong>(std::llround(m_heatmap.at(row, column))));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    case SortRole:
        return m_heatmap.at(row, column);
    case KeyRole:
        return itemtext::text(m_heatmap.rows[row]);
    case IsMissingRole:
        return isMissing(m_heatmap, row, column);
    case StartRole:
        return m_heatmap.columns[column].start
                   ? QVariant::fromValue<qlonglong>(m_heatmap.columns[column].start->ns)
                   : QVariant();
    case TotalRole:
        return row < m_heatmap.rowTotals.size() ? QVariant(m_heatmap.rowTotals[row]) : QVariant();
    default:
        return {};
    }
}

QVariant HeatmapModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || section < 0)
        return QAbstractTableModel::headerData(section, orientation, role);
    const auto at = static_cast<std::size_t>(section);
    if (orientation == Qt::Vertical)
        return at < m_heatmap.rows.size() ? itemtext::text(m_heatmap.rows[at]) : QVariant();
    return at < m_heatmap.columns.size() ? itemtext::text(m_heatmap.columns[at].label) : QVariant();
}

} // namespace telltale
