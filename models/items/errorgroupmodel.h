// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/items/itemroles.h"
#include "models/items/saidchange.h"
#include "models/items/snapshottable.h"

#include <QString>
#include <QTimeZone>

#include <map>

namespace telltale {

/// Errors grouped by cause, one row a group. Level and state are words here; the delegate turns them into
/// shapes.
class ErrorGroupModel final : public SnapshotTable<ErrorGroupRow>
{
    Q_OBJECT

public:
    enum Column { Issue, Trend, Events, Users, Release, LastSeen, State, ColumnCount };
    enum Role {
        CulpritRole = FirstOwnRole, ///< where it comes from, second line of the issue
        MessageRole,
        LevelRole,  ///< Level as int
        StateRole,  ///< "new", "regressed", "escalating", "ongoing", "resolved", "archived"
        TrendRole,  ///< QList<quint32>, events per equal slice of the range
        AgeRole,    ///< second line of Last seen: "first seen 38 min ago"
        SearchRole, ///< everything a search may find
    };
    enum class Level { Info, Warning, Error };

    using SnapshotTable::SnapshotTable;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// What "ago" is measured from; announces the changed cells.
    void setNow(Instant now);
    /// Of times in full, which tooltips and copies say.
    void setTimeZone(const QTimeZone &zone);
    /// How the events of groups changed, by group; `title`: of such a column, with the dates. Empty: nothing is compared.
    void setChanges(std::map<std::string, SaidChange> changes, const QString &title);
    static Level levelOf(const ErrorGroupRow &row);
    /// What words are looked for in.
    static QString searchText(const ErrorGroupRow &row);
    static QString stateText(const ErrorGroupRow &row);
    /// Where it comes from, short enough for a list: "RouteRecorder.onLocation". The message when no place is
    /// known.
    static QString culpritText(const ErrorGroupRow &row);

protected:
    std::string keyOf(const ErrorGroupRow &row) const override;

private:
    QString text(const ErrorGroupRow &row, int column) const;
    QVariant sortValue(const ErrorGroupRow &row, int column) const;
    static std::uint64_t recentEvents(const ErrorGroupRow &row);
    QString ageText(const ErrorGroupRow &row) const;

    Instant m_now;
    QTimeZone m_zone = QTimeZone::utc();
    std::map<std::string, SaidChange> m_changes;
    QString m_changeTitle;
};

} // namespace telltale
