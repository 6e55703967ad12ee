// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/sourcemodel.h"

#include "models/items/itemtext.h"
#include "models/telemetry/document.h"

#include <QStringList>

#include <algorithm>
#include <chrono>

namespace telltale {

int SourceModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SourceModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const SourceRow &row = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment((index.column() >= Requests)
                                                     ? Qt::AlignRight | Qt::AlignVCenter
                                                     : Qt::AlignLeft | Qt::AlignVCenter));
    case SortRole:
        return sortValue(row, index.column());
    case KeyRole:
        return itemtext::text(keyOf(row));
    case StateRole:
        return static_cast<int>(stateOf(row));
    case RateRole:
        return row.ratePerSecond;
    case DetailRole: {
        QStringList releases;
        for (auto release = row.releases.rbegin(); release != row.releases.rend() && releases.size() < 2;
             ++release)
            releases.append(itemtext::text(*release));
        const QString protocol = itemtext::text(row.protocol).toUpper();
        return releases.isEmpty() ? protocol
                                  : tr("%1 · %2").arg(protocol, releases.join(QStringLiteral(", ")));
    }
    default:
        return {};
    }
}

QVariant SourceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case Source:
        return tr("Source");
    case Protocol:
        return tr("Protocol");
    case State:
        return tr("State");
    case LastEvent:
        return tr("Last event");
    case Requests:
        return tr("Requests");
    case Records:
        return tr("Records");
    case Rejected:
        return tr("Rejected");
    case Duplicates:
        return tr("Repeats");
    case Dropped:
        return tr("Dropped");
    default:
        return {};
    }
}

std::string SourceModel::keyOf(const SourceRow &row) const
{
    return row.source + '\x1f' + row.protocol;
}

QString SourceModel::text(const SourceRow &row, int column) const
{
    switch (column) {
    case Source:
        return itemtext::text(row.source);
    case Protocol:
        return itemtext::text(row.protocol);
    case State:
        return stateText(row);
    case LastEvent:
        return row.lastEvent ? itemtext::ago(*row.lastEvent, m_now) : QStringLiteral("–");
    case Requests:
        return itemtext::count(row.requests);
    case Records:
        return itemtext::count(row.records);
    case Rejected:
        return itemtext::count(row.rejected);
    case Duplicates:
        return itemtext::count(row.duplicates);
    case Dropped:
        return itemtext::count(row.dropped);
    default:
        return {};
    }
}

QVariant SourceModel::sortValue(const SourceRow &row, int column) const
{
    switch (column) {
    case Source:
        return itemtext::text(row.source);
    case Protocol:
        return itemtext::text(row.protocol);
    case State:
        return QVariant(static_cast<int>(row.state));
    case LastEvent:
        return QVariant::fromValue<qlonglong>(row.lastEvent ? row.lastEvent->ns : 0);
    case Requests:
        return QVariant::fromValue<qulonglong>(row.requests);
    case Records:
        return QVariant::fromValue<qulonglong>(row.records);
    case Rejected:
        return QVariant::fromValue<qulonglong>(row.rejected);
    case Duplicates:
        return QVariant::fromValue<qulonglong>(row.duplicates);
    case Dropped:
        return QVariant::fromValue<qulonglong>(row.dropped);
    default:
        return {};
    }
}

void SourceModel::setNow(Instant now)
{
    if (now == m_now)
        return;
    m_now = now;
    touchColumns(Source, LastEvent);
}

SourceState SourceModel::stateOf(const SourceRow &row) const
{
    using namespace std::chrono_literals;
    if (row.state == SourceState::Error || !row.lastEvent)
        return row.state == SourceState::Error ? SourceState::Error : SourceState::Waiting;
    if (row.protocol == kArchiveKind) // nobody sends to an archive
        return SourceState::Off;
    // A device with a clock that runs behind is not late while its requests keep coming.
    const Instant newest = row.lastArrival ? std::max(*row.lastEvent, *row.lastArrival) : *row.lastEvent;
    const auto quiet = m_now - newest;
    if (quiet <= 15s)
        return SourceState::Live;
    return quiet < 5min ? SourceState::Late : SourceState::Off;
}

QString SourceModel::stateText(const SourceRow &row) const
{
    switch (stateOf(row)) {
    case SourceState::Live:
        return tr("Live");
    case SourceState::Late:
        return tr("%1 late").arg(itemtext::age(*row.lastEvent, m_now));
    case SourceState::Off:
        return itemtext::ago(*row.lastEvent, m_now);
    case SourceState::Error:
        return tr("Error");
    case SourceState::Waiting:
        break;
    }
    return tr("waiting");
}

} // namespace telltale
