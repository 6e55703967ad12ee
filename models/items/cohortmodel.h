// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/items/itemroles.h"
#include "models/items/saidchange.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace telltale {

/// Who comes back: a row for each cohort, the newest last, below a row over all of them; a column for each period.
/// The first row's shares are weighted by the cohorts' sizes, over the cohorts whose period is over. While something is compared, two
/// rows follow it: the same of what it is compared with, and the change.
class CohortModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Cohort, Size, FirstPeriod };
    enum Role {
        ShareRole = FirstOwnRole, ///< 0..1; invalid where there is nothing
        UnfinishedRole,           ///< the period is not over
        FewRole,                  ///< too few people for a share to mean much
        UsersRole,                ///< how many came back
    };

    using QAbstractTableModel::QAbstractTableModel;

    struct Cell
    {
        std::uint64_t users = 0;
        std::uint64_t size = 0;
        bool isUnfinished = false;
        friend bool operator==(const Cell &, const Cell &) = default;
    };
    /// What the first row is held against.
    struct Against
    {
        std::vector<RetentionRow> rows;
        QString name;                    ///< "previous", "4.1.3"
        QString detail;                  ///< with its dates
        std::vector<SaidChange> changes; ///< by period
    };
    /// As Engine::retention() answers. More periods than `mostPeriods` are left out.
    void setRows(const std::vector<RetentionRow> &rows, const std::optional<Against> &against = {}, int mostPeriods = 16);
    /// Who came back of all cohorts, by period; size 0 where no cohort's period is over.
    static std::vector<Cell> overall(const std::vector<RetentionRow> &rows);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Line
    {
        enum class Kind { All, Compared, Changed, One };
        Kind kind = Kind::One;
        QString name;   ///< of All empty
        QString detail; ///< of Compared
        std::vector<SaidChange> changes; ///< of Changed, by period
        std::uint64_t size = 0;
        std::vector<std::optional<Cell>> cells;
        friend bool operator==(const Line &, const Line &) = default;
    };

    static Line lineOverAll(const std::vector<RetentionRow> &rows, Line::Kind kind, std::size_t periods);
    QVariant changeData(const Line &line, int column, int role) const;

    std::vector<Line> m_lines;
    int m_periods = 0;
};

} // namespace telltale
