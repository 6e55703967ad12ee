// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>

namespace telltale {

/// Sorts by the raw values of a column and, where those are equal, by those of a second one, which has an order of its own. The header of
/// the second column says so.
class SortedRows final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    /// -1: none.
    void setSecondKey(int column, Qt::SortOrder order);
    int secondColumn() const { return m_second; }
    Qt::SortOrder secondOrder() const { return m_secondOrder; }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    bool lessThan(const QModelIndex &a, const QModelIndex &b) const override;

private:
    int m_second = -1;
    Qt::SortOrder m_secondOrder = Qt::DescendingOrder;
};

/// What stands behind the name of the column that is the second key.
QString secondKeyMark(Qt::SortOrder order);

} // namespace telltale
