// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/sourcemodel.h"

#include "models/items/itemtext.h"
#include "models/telemetry/document.h"

#include <QLocale>

#include <algorithm>
#include <chrono>

namespace telltale {

namespace {

/// Figures right, words left.
Qt::Alignment alignmentOf(int column)
{
    const bool isFigure = column == SourceModel::Rate || column >= SourceModel::Lag;
    return (isFigure ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter;
}

} // namespace

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
        return QVariant::fromValue(alignmentOf(index.column()));
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
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return QVariant::fromValue(alignmentOf(section));
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case Source:
        return tr("Source");
    case Protocol:
        return tr("Protocol");
    case State:
        return tr("State");
    case Rate:
        return tr("Rate", "events a second");
    case LastEvent:
        return tr("Last event");
    case Lag:
        return tr("Lag", "time from event to arrival");
    case ClockDifference:
        return tr("Clock", "of the sender, against ours");
    case Requests:
        return tr("Requests");
    case Records:
        return tr("Records");
    case Rejected:
        return tr("Rejected");
    case Duplicates:
        return tr("Repeats");
    case Dropped:
        return tr("Lost by app", "records the app dropped itself");
    default:
        return {};
    }
}

std::string SourceModel::keyOf(const SourceRow &row) const
{
    return sourceKey(row.protocol, row.product, row.os);
}

QString SourceModel::text(const SourceRow &row, int column) const
{
    switch (column) {
    case Source:
        return row.source.empty() ? tr("Unknown sender") : itemtext::text(row.source);
    case Protocol:
        return itemtext::text(row.protocol);
    case State:
        return stateText(row);
    case Rate:
        return row.ratePerSecond > 0 ? tr("%1/s").arg(row.ratePerSecond < 9.95 ? QLocale().toString(row.ratePerSecond, 'f', 1)
                                                                              : itemtext::count(static_cast<std::uint64_t>(row.ratePerSecond + 0.5)))
                                     : QStringLiteral("–");
    case Lag:
        return lagText(row);
    case ClockDifference:
        return clockText(row);
    case LastEvent:
        return row.lastEvent ? itemtext::ago(*row.lastEvent, m_now) : QStringLiteral("–");
    case Requests:
        return itemtext::count(row.requests);
    case Records:
        return itemtext::count(row.records);
    case Rejected:
        return itemtext::count(row.rejected + row.refusedRequests);
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
        return QVariant(static_cast<int>(stateOf(row)));
    case Rate:
        return row.ratePerSecond;
    case Lag:
        return QVariant::fromValue<qlonglong>(row.lag ? row.lag->count() : -1);
    case ClockDifference:
        return QVariant::fromValue<qlonglong>(row.clockDifference ? std::abs(row.clockDifference->count()) : -1);
    case LastEvent:
        return QVariant::fromValue<qlonglong>(row.lastEvent ? row.lastEvent->ns : 0);
    case Requests:
        return QVariant::fromValue<qulonglong>(row.requests);
    case Records:
        return QVariant::fromValue<qulonglong>(row.records);
    case Rejected:
        return QVariant::fromValue<qulonglong>(row.rejected + row.refusedRequests);
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

void SourceModel::setPaused(const QStringList &names)
{
    if (names == m_paused)
        return;
    m_paused = names;
    touchColumns(Source, State);
}

QString SourceModel::settingName(const SourceRow &row)
{
    return itemtext::text(row.protocol + " | " + row.product + " | " + row.os);
}

bool SourceModel::isPaused(const SourceRow &row) const
{
    return !m_paused.isEmpty() && m_paused.contains(settingName(row));
}

void SourceModel::setDoor(const std::function<SourceSigns::Door(const SourceRow &)> &doorOf)
{
    m_doorOf = doorOf;
    touchColumns(Source, State);
}

SourceState SourceModel::stateOf(const SourceRow &row) const
{
    SourceSigns signs = signsOf(row);
    signs.isPaused = isPaused(row);
    if (m_doorOf)
        signs.door = m_doorOf(row);
    if (row.protocol == kArchiveKind) // nobody sends to an archive
        signs.door = SourceSigns::Door::NotListening;
    return lampOf(signs, m_now);
}

QString SourceModel::lagText(const SourceRow &row)
{
    if (!row.lag)
        return QStringLiteral("–");
    const double milliseconds = std::chrono::duration<double, std::milli>(*row.lag).count();
    return milliseconds < 0 ? QStringLiteral("\u2212") + itemtext::duration(-milliseconds) : itemtext::duration(milliseconds);
}

QString SourceModel::clockText(const SourceRow &row)
{
    if (!row.clockDifference)
        return QStringLiteral("–");
    const auto difference = *row.clockDifference;
    if (std::chrono::abs(difference) < kClockTolerance)
        return tr("in step", "the clock of a source");
    const QString amount = itemtext::duration(std::chrono::duration<double, std::milli>(std::chrono::abs(difference)).count());
    return difference.count() > 0 ? tr("%1 ahead").arg(amount) : tr("%1 behind").arg(amount);
}

QString SourceModel::stateText(const SourceRow &row) const
{
    const Instant newest = signsOf(row).newest.value_or(Instant());
    switch (stateOf(row)) {
    case SourceState::Live:
        return tr("Live");
    case SourceState::Late:
        return tr("%1 late").arg(itemtext::age(newest, m_now));
    case SourceState::Off:
        return newest == Instant() ? tr("Offline") : itemtext::ago(newest, m_now);
    case SourceState::Paused:
        return tr("Paused");
    case SourceState::Error:
        return tr("Error");
    case SourceState::Waiting:
        break;
    }
    return tr("waiting");
}

} // namespace telltale
