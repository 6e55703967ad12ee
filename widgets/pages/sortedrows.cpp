// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sortedrows.h"

namespace telltale {

QString secondKeyMark(Qt::SortOrder order)
{
    return order == Qt::AscendingOrder ? QStringLiteral(" \u00b2\u2191") : QStringLiteral(" \u00b2\u2193");
}

void SortedRows::setSecondKey(int column, Qt::SortOrder order)
{
    const int before = m_second;
    m_second = column;
    m_secondOrder = order;
    invalidate();
    for (const int section : {before, column}) {
        if (section >= 0)
            Q_EMIT headerDataChanged(Qt::Horizontal, section, section);
    }
}

QVariant SortedRows::headerData(int section, Qt::Orientation orientation, int role) const
{
    // As it is edited: the name alone, for files and what is said.
    const QVariant said = QSortFilterProxyModel::headerData(section, orientation, role == Qt::EditRole ? Qt::DisplayRole : role);
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole && section == m_second)
        return QString(said.toString() + secondKeyMark(m_secondOrder));
    return said;
}

bool SortedRows::lessThan(const QModelIndex &a, const QModelIndex &b) const
{
    if (QSortFilterProxyModel::lessThan(a, b))
        return true;
    if (m_second < 0 || m_second == sortColumn() || QSortFilterProxyModel::lessThan(b, a))
        return false;
    const QModelIndex left = a.siblingAtColumn(m_second), right = b.siblingAtColumn(m_second);
    // A descending first key turns everything round that is said here.
    const bool isTurned = m_secondOrder != sortOrder();
    return isTurned ? QSortFilterProxyModel::lessThan(right, left) : QSortFilterProxyModel::lessThan(left, right);
}

} // namespace telltale
