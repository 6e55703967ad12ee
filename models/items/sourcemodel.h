// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/items/itemroles.h"
#include "models/items/snapshottable.h"

namespace telltale {

/// Where telemetry comes from: one row a sending program, with its lamp.
class SourceModel final : public SnapshotTable<SourceRow>
{
    Q_OBJECT

public:
    enum Column {
        Source,
        Protocol,
        State,
        LastEvent,
        Requests,
        Records,
        Rejected,
        Duplicates,
        Dropped,
        ColumnCount
    };
    enum Role {
        StateRole = FirstOwnRole, ///< SourceState as int, by the clock of setNow()
        RateRole,                 ///< records a second, double
        DetailRole,               ///< second line: "OTLP · 4.2.0, 4.1.3"
    };

    using SnapshotTable::SnapshotTable;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// What lateness is measured from; announces the changed cells.
    void setNow(Instant now);
    /// Live: newest event at most 15 s old. Late: older. Off: nothing for 5 minutes.
    SourceState stateOf(const SourceRow &row) const;
    QString stateText(const SourceRow &row) const;

protected:
    std::string keyOf(const SourceRow &row) const override;

private:
    QString text(const SourceRow &row, int column) const;
    QVariant sortValue(const SourceRow &row, int column) const;

    Instant m_now;
};

} // namespace telltale
