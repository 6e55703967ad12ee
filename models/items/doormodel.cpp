// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/doormodel.h"

namespace telltale {

DoorModel::DoorModel(QObject *parent)
    : DescribedTable({{tr("Receives", "a column of receivers"), [](const DoorRow &row) { return itemtext::text(row.name); },
                       [](const DoorRow &row) { return QVariant(itemtext::text(row.name)); }},
                      {tr("Address"), [](const DoorRow &row) { return itemtext::text(row.url); },
                       [](const DoorRow &row) { return QVariant(itemtext::text(row.url)); }},
                      {tr("State"), [](const DoorRow &row) { return stateText(row); },
                       [](const DoorRow &row) { return QVariant(static_cast<int>(row.state)); }, false,
                       [](const DoorRow &row) { return row.state == SourceState::Error ? -1 : 0; }},
                      {tr("Requests"), [](const DoorRow &row) { return itemtext::count(row.requests); },
                       [](const DoorRow &row) { return number(row.requests); }, true},
                      {tr("Last"),
                       [this](const DoorRow &row) { return row.lastRequest ? itemtext::ago(*row.lastRequest, m_now) : QStringLiteral("–"); },
                       [](const DoorRow &row) { return QVariant::fromValue<qlonglong>(row.lastRequest ? row.lastRequest->ns : 0); }}},
                     parent)
{}

QVariant DoorModel::data(const QModelIndex &index, int role) const
{
    if (role == StateRole && checkIndex(index, CheckIndexOption::IndexIsValid))
        return static_cast<int>(rowAt(index.row()).state);
    return DescribedTable::data(index, role);
}

void DoorModel::setNow(Instant now)
{
    if (now == m_now)
        return;
    m_now = now;
    touchColumns(Last, Last);
}

QString DoorModel::stateText(const DoorRow &row)
{
    switch (row.state) {
    case SourceState::Error:
        return itemtext::text(row.problem);
    case SourceState::Paused:
        return tr("Paused");
    case SourceState::Off:
        return tr("Off");
    case SourceState::Late:
        return tr("Starting");
    case SourceState::Live:
        return tr("Live");
    case SourceState::Waiting:
        break;
    }
    return tr("Listening");
}

} // namespace telltale
