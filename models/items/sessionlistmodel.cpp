// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/sessionlistmodel.h"

#include "models/items/identity.h"
#include "models/items/itemtext.h"

#include <chrono>

namespace telltale {

int SessionListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SessionListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const SessionRow &row = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment((index.column() >= Start && index.column() != Release)
                                                     ? Qt::AlignRight | Qt::AlignVCenter
                                                     : Qt::AlignLeft | Qt::AlignVCenter));
    case SortRole:
        return sortValue(row, index.column());
    case KeyRole:
        return itemtext::text(keyOf(row));
    case IsRunningRole:
        return isRunning(row);
    case SearchRole:
        return itemtext::text(row.session + ' ' + row.device + ' ' + row.os + ' ' + row.release + ' ' +
                              row.user);
    default:
        return {};
    }
}

QVariant SessionListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case Session:
        return tr("Session");
    case Device:
        return tr("Device");
    case Start:
        return tr("Start");
    case Duration:
        return tr("Duration");
    case Release:
        return tr("Release");
    case Events:
        return tr("Events");
    case Screens:
        return tr("Screens");
    case Errors:
        return tr("Errors");
    default:
        return {};
    }
}

std::string SessionListModel::keyOf(const SessionRow &row) const
{
    return row.session;
}

QString SessionListModel::text(const SessionRow &row, int column) const
{
    switch (column) {
    case Session:
        return identity::shown(row.session);
    case Device:
        return itemtext::text(row.device);
    case Start:
        return itemtext::shortTime(row.start, m_zone);
    case Duration:
        return itemtext::clockDuration(lengthMs(row));
    case Release:
        return itemtext::text(row.release);
    case Events:
        return itemtext::count(row.events);
    case Screens:
        return itemtext::count(row.screens);
    case Errors:
        return itemtext::count(row.errors);
    default:
        return {};
    }
}

QVariant SessionListModel::sortValue(const SessionRow &row, int column) const
{
    switch (column) {
    case Session:
        return itemtext::text(row.session);
    case Device:
        return itemtext::text(row.device);
    case Start:
        return QVariant::fromValue<qlonglong>(row.start.ns);
    case Duration:
        return QVariant(lengthMs(row));
    case Release:
        return itemtext::text(row.release);
    case Events:
        return QVariant::fromValue<qulonglong>(row.events);
    case Screens:
        return QVariant::fromValue<qulonglong>(row.screens);
    case Errors:
        return QVariant::fromValue<qulonglong>(row.errors);
    default:
        return {};
    }
}

void SessionListModel::setTimeZone(const QTimeZone &zone)
{
    m_zone = zone;
    touchColumns(Start, Start);
}

void SessionListModel::setNow(Instant now)
{
    if (now == m_now)
        return;
    m_now = now;
    touchColumns(Session, Session);
}

bool SessionListModel::isRunning(const SessionRow &row) const
{
    using namespace std::chrono_literals;
    return m_now - row.end < 60s;
}

double SessionListModel::lengthMs(const SessionRow &row)
{
    return static_cast<double>((row.end - row.start).count()) / 1e6;
}

} // namespace telltale
