// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/sourcelamp.h"
#include "models/items/itemroles.h"
#include "models/items/snapshottable.h"

#include <QStringList>

#include <functional>

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
        Rate,
        LastEvent,
        Lag,
        ClockDifference,
        Rejected,
        Duplicates,
        Dropped, ///< by the client itself
        Requests,
        Records,
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
    /// These rest: their lamps say Paused. Names as settingName() gives them.
    void setPaused(const QStringList &names);
    /// "otlp/http | Stride | iOS": how a source is named in settings.
    static QString settingName(const SourceRow &row);
    bool isPaused(const SourceRow &row) const;
    /// Whether what they come in through listens; Unknown: another process receives.
    void setDoor(const std::function<SourceSigns::Door(const SourceRow &)> &doorOf);
    /// By the rule of lampOf().
    SourceState stateOf(const SourceRow &row) const;
    QString stateText(const SourceRow &row) const;
    /// "1.2 s"; "–" when it is not known.
    static QString lagText(const SourceRow &row);
    /// "in step", "3 h 2 min ahead", "45 s behind"; "–" when it is not known.
    static QString clockText(const SourceRow &row);
    /// Differences below are the delay of a batch, not a wrong clock.
    static constexpr std::chrono::seconds kClockTolerance{30};

protected:
    std::string keyOf(const SourceRow &row) const override;

private:
    QString text(const SourceRow &row, int column) const;
    QVariant sortValue(const SourceRow &row, int column) const;

    Instant m_now;
    QStringList m_paused;
    std::function<SourceSigns::Door(const SourceRow &)> m_doorOf;
};

} // namespace telltale
