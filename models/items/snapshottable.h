// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/rowdiff.h"

#include <QAbstractTableModel>

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace telltale {

/// A table over one snapshot after another. setRows() compares by key and by value and announces exactly what
/// changed, in contiguous runs; it resets only when nothing is left of the old rows. Lives on the UI thread.
template<typename Row>
class SnapshotTable : public QAbstractTableModel
{
public:
    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex &parent = {}) const final
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    const std::vector<Row> &rows() const { return m_rows; }
    const Row &rowAt(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    /// -1 when there is none.
    int rowOfKey(const std::string &key) const
    {
        const auto found = std::find(m_keys.begin(), m_keys.end(), key);
        return found == m_keys.end() ? -1 : static_cast<int>(found - m_keys.begin());
    }

    void setRows(std::vector<Row> rows)
    {
        std::vector<std::string> keys;
        keys.reserve(rows.size());
        for (const Row &row : rows)
            keys.push_back(keyOf(row));
        RowDiff diff = diffRows(m_keys, keys);
        if (diff.isReset) {
            beginResetModel();
            m_rows = std::move(rows);
            m_keys = std::move(keys);
            endResetModel();
            return;
        }
        for (const RowStep &step : diff.steps)
            take(step, rows, keys);
        if (diff.isReordered)
            reorder(rows, keys);
        takeValues(std::move(rows));
    }

protected:
    virtual std::string keyOf(const Row &row) const = 0;
    /// Announces that every value may read differently (the clock moved on, another unit).
    void touchColumns(int firstColumn, int lastColumn)
    {
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0, firstColumn), index(rowCount() - 1, lastColumn));
    }

private:
    using Offset = std::ptrdiff_t;

    void take(const RowStep &step, const std::vector<Row> &rows, const std::vector<std::string> &keys)
    {
        const int first = static_cast<int>(step.first);
        const int last = static_cast<int>(step.first + step.count) - 1;
        const auto at = static_cast<Offset>(step.first);
        const auto end = static_cast<Offset>(step.first + step.count);
        switch (step.kind) {
        case RowStep::Kind::Remove:
            beginRemoveRows({}, first, last);
            m_rows.erase(m_rows.begin() + at, m_rows.begin() + end);
            m_keys.erase(m_keys.begin() + at, m_keys.begin() + end);
            endRemoveRows();
            break;
        case RowStep::Kind::Insert:
            beginInsertRows({}, first, last);
            m_rows.insert(m_rows.begin() + at, rows.begin() + at, rows.begin() + end);
            m_keys.insert(m_keys.begin() + at, keys.begin() + at, keys.begin() + end);
            endInsertRows();
            break;
        case RowStep::Kind::Move: {
            const auto to = static_cast<Offset>(step.to);
            beginMoveRows({}, first, last, {}, static_cast<int>(step.to));
            std::rotate(m_rows.begin() + to, m_rows.begin() + at, m_rows.begin() + end);
            std::rotate(m_keys.begin() + to, m_keys.begin() + at, m_keys.begin() + end);
            endMoveRows();
            break;
        }
        }
    }

    /// The kept rows into their new order at once, then the new ones in runs.
    void reorder(const std::vector<Row> &rows, const std::vector<std::string> &keys)
    {
        std::unordered_map<std::string, std::size_t> old;
        for (std::size_t i = 0; i < m_keys.size(); ++i)
            old.emplace(m_keys[i], i);

        Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
        std::vector<Row> ordered;
        std::vector<std::string> orderedKeys;
        std::vector<int> newPosition(m_rows.size());
        for (const std::string &key : keys) {
            const auto found = old.find(key);
            if (found == old.end())
                continue;
            newPosition[found->second] = static_cast<int>(ordered.size());
            ordered.push_back(std::move(m_rows[found->second]));
            orderedKeys.push_back(key);
        }
        QModelIndexList to;
        const QModelIndexList from = persistentIndexList();
        for (const QModelIndex &index : from)
            to.append(createIndex(newPosition[static_cast<std::size_t>(index.row())], index.column()));
        m_rows = std::move(ordered);
        m_keys = std::move(orderedKeys);
        changePersistentIndexList(from, to);
        Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);

        for (std::size_t i = 0; i < keys.size();) {
            if (i < m_keys.size() && m_keys[i] == keys[i]) {
                ++i;
                continue;
            }
            std::size_t end = i + 1;
            while (end < keys.size() && !old.contains(keys[end]))
                ++end;
            take({RowStep::Kind::Insert, i, end - i, i}, rows, keys);
            i = end;
        }
    }

    void takeValues(std::vector<Row> &&rows)
    {
        std::vector<std::pair<int, int>> runs;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (m_rows[i] == rows[i])
                continue;
            const int row = static_cast<int>(i);
            if (!runs.empty() && runs.back().second == row - 1)
                runs.back().second = row;
            else
                runs.emplace_back(row, row);
        }
        m_rows = std::move(rows);
        const int lastColumn = columnCount({}) - 1;
        for (const auto &[first, last] : runs)
            Q_EMIT dataChanged(index(first, 0), index(last, lastColumn));
    }

    std::vector<Row> m_rows;
    std::vector<std::string> m_keys;
};

} // namespace telltale
