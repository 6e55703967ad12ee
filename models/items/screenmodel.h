// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/items/itemroles.h"
#include "models/items/snapshottable.h"

namespace telltale {

/// How often and for how long each screen was looked at, one row a screen.
class ScreenModel final : public SnapshotTable<ScreenRow>
{
    Q_OBJECT

public:
    enum Column {
        Screen,
        Views,
        Users,
        LowerQuartile,
        Median,
        UpperQuartile,
        NinetiethPercentile,
        Total,
        ColumnCount
    };

    using SnapshotTable::SnapshotTable;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

protected:
    std::string keyOf(const ScreenRow &row) const override;

private:
    QString text(const ScreenRow &row, int column) const;
    QVariant sortValue(const ScreenRow &row, int column) const;
};

} // namespace telltale
