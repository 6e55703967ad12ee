// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/releasemodel.h"

#include "models/items/itemtext.h"

namespace telltale {

int ReleaseModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ReleaseModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ReleaseRow &row = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment((index.column() >= Users)
                                                     ? Qt::AlignRight | Qt::AlignVCenter
                                                     : Qt::AlignLeft | Qt::AlignVCenter));
    case SortRole:
        return sortValue(row, index.column());
    case KeyRole:
        return itemtext::text(keyOf(row));
    default:
        return {};
    }
}

QVariant ReleaseModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case Product:
        return tr("Product");
    case Release:
        return tr("Release");
    case FirstSeen:
        return tr("First seen");
    case LastSeen:
        return tr("Last seen");
    case Users:
        return tr("Users");
    case Sessions:
        return tr("Sessions");
    case CrashFree:
        return tr("Crash-free sessions");
    default:
        return {};
    }
}

std::string ReleaseModel::keyOf(const ReleaseRow &row) const
{
    return row.product + '\x1f' + row.release;
}

QString ReleaseModel::text(const ReleaseRow &row, int column) const
{
    switch (column) {
    case Product:
        return itemtext::text(row.product);
    case Release:
        return itemtext::text(row.release);
    case FirstSeen:
        return itemtext::dateTime(row.firstSeen, m_zone);
    case LastSeen:
        return itemtext::dateTime(row.lastSeen, m_zone);
    case Users:
        return itemtext::count(row.users);
    case Sessions:
        return itemtext::count(row.sessions);
    case CrashFree:
        return row.crashFreeSessions ? itemtext::share(*row.crashFreeSessions) : QStringLiteral("–");
    default:
        return {};
    }
}

QVariant ReleaseModel::sortValue(const ReleaseRow &row, int column) const
{
    switch (column) {
    case Product:
        return itemtext::text(row.product);
    case Release:
        return itemtext::text(row.release);
    case FirstSeen:
        return QVariant::fromValue<qlonglong>(row.firstSeen.ns);
    case LastSeen:
        return QVariant::fromValue<qlonglong>(row.lastSeen.ns);
    case Users:
        return QVariant::fromValue<qulonglong>(row.users);
    case Sessions:
        return QVariant::fromValue<qulonglong>(row.sessions);
    case CrashFree:
        return QVariant(row.crashFreeSessions.value_or(-1));
    default:
        return {};
    }
}

void ReleaseModel::setTimeZone(const QTimeZone &zone)
{
    m_zone = zone;
    touchColumns(FirstSeen, LastSeen);
}

} // namespace telltale
