// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/items/itemroles.h"

#include <QAbstractTableModel>

namespace telltale {

/// A heatmap as a table: for the keyboard, the screen reader and the clipboard; the picture is painted from
/// the same answer in one piece. Columns that scroll out and in while time passes are announced as such.
class HeatmapModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role {
        IsMissingRole = FirstOwnRole, ///< nothing was tracked yet: not the same as zero
        StartRole,                    ///< ns since the epoch of the column, for time columns
        TotalRole,                    ///< the row's total
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setHeatmap(Heatmap heatmap);
    const Heatmap &heatmap() const { return m_heatmap; }
    /// The column ends before the row's first event ever.
    static bool isMissing(const Heatmap &heatmap, std::size_t row, std::size_t column);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    Heatmap m_heatmap;
};

} // namespace telltale
