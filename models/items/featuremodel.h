// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/items/itemroles.h"
#include "models/items/snapshottable.h"

namespace telltale {

/// How much each feature was used, one row a feature.
class FeatureModel final : public SnapshotTable<FeatureRow>
{
    Q_OBJECT

public:
    enum Column { Feature, Events, Users, Sessions, Share, ColumnCount };

    using SnapshotTable::SnapshotTable;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

protected:
    std::string keyOf(const FeatureRow &row) const override;

private:
    QString text(const FeatureRow &row, int column) const;
    QVariant sortValue(const FeatureRow &row, int column) const;
};

} // namespace telltale
