// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/items/itemroles.h"
#include "models/items/snapshottable.h"

namespace telltale {

/// What went wrong on the way, counted by name.
class CounterModel final : public SnapshotTable<CounterRow>
{
    Q_OBJECT

public:
    enum Column { Counter, Severity, Count, Help, ColumnCount };

    using SnapshotTable::SnapshotTable;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

protected:
    std::string keyOf(const CounterRow &row) const override;

private:
    QString text(const CounterRow &row, int column) const;
    QVariant sortValue(const CounterRow &row, int column) const;
};

} // namespace telltale
