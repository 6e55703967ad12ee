// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/items/itemroles.h"
#include "models/items/snapshottable.h"

#include <QTimeZone>

namespace telltale {

/// The sessions of an answer, newest first. The delegate draws one row from the roles.
class SessionListModel final : public SnapshotTable<SessionRow>
{
    Q_OBJECT

public:
    enum Column { Session, Device, Start, Duration, Release, Events, Screens, Errors, ColumnCount };
    enum Role {
        IsRunningRole = FirstOwnRole, ///< a record came within the last minute before setNow()
        SearchRole,
    };

    using SnapshotTable::SnapshotTable;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    void setTimeZone(const QTimeZone &zone);
    void setNow(Instant now);
    bool isRunning(const SessionRow &row) const;
    static double lengthMs(const SessionRow &row);

protected:
    std::string keyOf(const SessionRow &row) const override;

private:
    QString text(const SessionRow &row, int column) const;
    QVariant sortValue(const SessionRow &row, int column) const;

    QTimeZone m_zone = QTimeZone::utc();
    Instant m_now;
};

} // namespace telltale
