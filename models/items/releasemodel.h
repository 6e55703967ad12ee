// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/items/itemroles.h"
#include "models/items/snapshottable.h"

#include <QTimeZone>

namespace telltale {

/// Which releases were seen, since when and how healthy.
class ReleaseModel final : public SnapshotTable<ReleaseRow>
{
    Q_OBJECT

public:
    enum Column { Product, Release, FirstSeen, LastSeen, Users, Sessions, CrashFree, ColumnCount };

    using SnapshotTable::SnapshotTable;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void setTimeZone(const QTimeZone &zone);

protected:
    std::string keyOf(const ReleaseRow &row) const override;

private:
    QString text(const ReleaseRow &row, int column) const;
    QVariant sortValue(const ReleaseRow &row, int column) const;

    QTimeZone m_zone = QTimeZone::utc();
};

} // namespace telltale
