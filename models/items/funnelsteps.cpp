// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/funnelsteps.h"

namespace telltale {

void FunnelSteps::setNames(const QStringList &names)
{
    if (names == m_names)
        return;
    beginResetModel();
    m_names = names.mid(0, kMost);
    endResetModel();
    Q_EMIT changed();
}

bool FunnelSteps::add(const QString &name)
{
    if (name.isEmpty() || m_names.size() >= kMost)
        return false;
    beginInsertRows({}, static_cast<int>(m_names.size()), static_cast<int>(m_names.size()));
    m_names.append(name);
    endInsertRows();
    Q_EMIT changed();
    return true;
}

void FunnelSteps::remove(int row)
{
    if (row < 0 || row >= rowCount())
        return;
    beginRemoveRows({}, row, row);
    m_names.removeAt(row);
    endRemoveRows();
    Q_EMIT changed();
}

bool FunnelSteps::moveBy(int row, int step)
{
    const int target = row + step;
    if (row < 0 || row >= rowCount() || target < 0 || target >= rowCount())
        return false;
    beginMoveRows({}, row, row, {}, step > 0 ? target + 1 : target);
    m_names.move(row, target);
    endMoveRows();
    Q_EMIT changed();
    return true;
}

int FunnelSteps::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_names.size());
}

QVariant FunnelSteps::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole)
        return {};
    return m_names.at(index.row());
}

} // namespace telltale
