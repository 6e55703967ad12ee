// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/countermodel.h"

#include "models/items/itemtext.h"
#include "translations/translator.h"

namespace telltale {

int CounterModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CounterModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const CounterRow &row = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment((index.column() == Count)
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

QVariant CounterModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case Counter:
        return tr("Counter");
    case Severity:
        return tr("Severity");
    case Count:
        return tr("Count");
    case Help:
        return tr("What it means");
    default:
        return {};
    }
}

std::string CounterModel::keyOf(const CounterRow &row) const
{
    return row.counter;
}

QString CounterModel::text(const CounterRow &row, int column) const
{
    switch (column) {
    case Counter:
        return itemtext::text(row.counter);
    case Severity:
        return itemtext::text(row.severity);
    case Count:
        return itemtext::count(row.count);
    case Help:
        return counterText(row.help);
    default:
        return {};
    }
}

QVariant CounterModel::sortValue(const CounterRow &row, int column) const
{
    switch (column) {
    case Counter:
        return itemtext::text(row.counter);
    case Severity:
        return itemtext::text(row.severity);
    case Count:
        return QVariant::fromValue<qulonglong>(row.count);
    case Help:
        return itemtext::text(row.help);
    default:
        return {};
    }
}

} // namespace telltale
