// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/erroroccurrencemodel.h"

#include "models/items/identity.h"
#include "models/items/itemtext.h"

namespace telltale {

int ErrorOccurrenceModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ErrorOccurrenceModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ErrorOccurrence &row = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment((index.column() == -1) ? Qt::AlignRight | Qt::AlignVCenter
                                                                        : Qt::AlignLeft | Qt::AlignVCenter));
    case SortRole:
        return sortValue(row, index.column());
    case KeyRole:
        return itemtext::text(keyOf(row));
    default:
        return {};
    }
}

QVariant ErrorOccurrenceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case Time:
        return tr("Time");
    case User:
        return tr("User");
    case Session:
        return tr("Session");
    case Release:
        return tr("Release");
    case System:
        return tr("System");
    case Device:
        return tr("Device");
    case Screen:
        return tr("Screen");
    case Message:
        return tr("Message");
    default:
        return {};
    }
}

std::string ErrorOccurrenceModel::keyOf(const ErrorOccurrence &row) const
{
    return std::to_string(row.time.ns) + '\x1f' + row.session + '\x1f' + row.user + '\x1f' + row.message;
}

QString ErrorOccurrenceModel::text(const ErrorOccurrence &row, int column) const
{
    switch (column) {
    case Time:
        return itemtext::dateTime(row.time, m_zone);
    case User:
        return identity::shown(row.user);
    case Session:
        return identity::shown(row.session);
    case Release:
        return itemtext::text(row.release);
    case System:
        return itemtext::text(row.os);
    case Device:
        return itemtext::text(row.device);
    case Screen:
        return itemtext::text(row.screen);
    case Message:
        return itemtext::text(row.message);
    default:
        return {};
    }
}

QVariant ErrorOccurrenceModel::sortValue(const ErrorOccurrence &row, int column) const
{
    switch (column) {
    case Time:
        return QVariant::fromValue<qlonglong>(row.time.ns);
    case User:
        return itemtext::text(row.user);
    case Session:
        return itemtext::text(row.session);
    case Release:
        return itemtext::text(row.release);
    case System:
        return itemtext::text(row.os);
    case Device:
        return itemtext::text(row.device);
    case Screen:
        return itemtext::text(row.screen);
    case Message:
        return itemtext::text(row.message);
    default:
        return {};
    }
}

void ErrorOccurrenceModel::setTimeZone(const QTimeZone &zone)
{
    m_zone = zone;
    touchColumns(Time, Time);
}

} // namespace telltale
