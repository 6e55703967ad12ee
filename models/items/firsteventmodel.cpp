// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/firsteventmodel.h"

#include "models/items/itemtext.h"
#include "models/items/sessionrecordmodel.h"

#include <map>

namespace telltale {

namespace {

std::string identityOf(const FirstEvent &event)
{
    return std::to_string(event.record.time.ns) + '\x1f' + event.source + '\x1f' +
           std::to_string(static_cast<int>(event.record.kind)) + '\x1f' + event.record.name;
}

QString attributesText(const SessionRecord &record)
{
    QStringList parts;
    for (const auto &[key, value] : record.attributes) {
        if (parts.size() == 8)
            break;
        parts.append(itemtext::text(key) + u'=' + itemtext::text(toDisplayText(value)).left(80));
    }
    return parts.join(QStringLiteral("  "));
}

} // namespace

void FirstEventModel::setEvents(std::vector<FirstEvent> events)
{
    std::map<std::string, std::uint32_t> seen;
    for (FirstEvent &event : events)
        event.ordinal = seen[identityOf(event)]++;
    setRows(std::move(events));
}

void FirstEventModel::setTimeZone(const QTimeZone &zone)
{
    m_zone = zone;
    touchColumns(Time, Time);
}

int FirstEventModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FirstEventModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const FirstEvent &event = rowAt(index.row());
    if (role == SortRole && index.column() == Time)
        return QVariant::fromValue<qlonglong>(event.record.time.ns);
    if (role == KeyRole)
        return itemtext::text(keyOf(event));
    if (role != Qt::DisplayRole && role != SortRole)
        return {};
    switch (index.column()) {
    case Time:
        return itemtext::timeOfDay(event.record.time, m_zone);
    case Source:
        return itemtext::text(event.source);
    case Kind:
        return SessionRecordModel::kindText(event.record);
    case Name:
        return SessionRecordModel::nameText(event.record);
    case Attributes:
        return attributesText(event.record);
    default:
        return {};
    }
}

QVariant FirstEventModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case Time:
        return tr("Time");
    case Source:
        return tr("Source");
    case Kind:
        return tr("Kind");
    case Name:
        return tr("Name");
    case Attributes:
        return tr("Attributes");
    default:
        return {};
    }
}

std::string FirstEventModel::keyOf(const FirstEvent &row) const
{
    return identityOf(row) + '\x1f' + std::to_string(row.ordinal);
}

} // namespace telltale
