// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/items/itemroles.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace telltale {

/// Who comes back: a row for each cohort, the newest last, below a row over all of them; a column for each period.
/// The first row's shares are weighted by the cohorts' sizes, over the cohorts whose period is over.
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

    /// As Engine::retention() answers. More periods than `mostPeriods` are left out.
    void setRows(const std::vector<RetentionRow> &rows, int mostPeriods = 16);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Cell
    {
        std::uint64_t users = 0;
        std::uint64_t size = 0;
        bool isUnfinished = false;
        friend bool operator==(const Cell &, const Cell &) = default;
    };
    struct Line
    {
        QString name; ///< empty: all
        std::uint64_t size = 0;
        std::vector<std::optional<Cell>> cells;
        friend bool operator==(const Line &, const Line &) = default;
    };

    std::vector<Line> m_lines;
    int m_periods = 0;
};

} // namespace telltale
