// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/items/itemroles.h"
#include "models/items/snapshottable.h"

#include <QTimeZone>

namespace telltale {

/// Each time an error of one group happened, newest first.
class ErrorOccurrenceModel final : public SnapshotTable<ErrorOccurrence>
{
    Q_OBJECT

public:
    enum Column { Time, User, Session, Release, System, Device, Screen, Message, ColumnCount };

    using SnapshotTable::SnapshotTable;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void setTimeZone(const QTimeZone &zone);

protected:
    std::string keyOf(const ErrorOccurrence &row) const override;

private:
    QString text(const ErrorOccurrence &row, int column) const;
    QVariant sortValue(const ErrorOccurrence &row, int column) const;

    QTimeZone m_zone = QTimeZone::utc();
};

} // namespace telltale
