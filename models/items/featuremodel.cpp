// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/featuremodel.h"

#include "models/items/itemtext.h"

namespace telltale {

int FeatureModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FeatureModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const FeatureRow &row = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment((index.column() != Feature)
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

QVariant FeatureModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case Feature:
        return tr("Feature");
    case Events:
        return tr("Events");
    case Users:
        return tr("Users");
    case Sessions:
        return tr("Sessions");
    case Share:
        return tr("Share");
    default:
        return {};
    }
}

std::string FeatureModel::keyOf(const FeatureRow &row) const
{
    return row.feature;
}

QString FeatureModel::text(const FeatureRow &row, int column) const
{
    switch (column) {
    case Feature:
        return itemtext::text(row.feature);
    case Events:
        return itemtext::count(row.events);
    case Users:
        return itemtext::count(row.users);
    case Sessions:
        return itemtext::count(row.sessions);
    case Share:
        return itemtext::share(row.share);
    default:
        return {};
    }
}

QVariant FeatureModel::sortValue(const FeatureRow &row, int column) const
{
    switch (column) {
    case Feature:
        return itemtext::text(row.feature);
    case Events:
        return QVariant::fromValue<qulonglong>(row.events);
    case Users:
        return QVariant::fromValue<qulonglong>(row.users);
    case Sessions:
        return QVariant::fromValue<qulonglong>(row.sessions);
    case Share:
        return QVariant(row.share);
    default:
        return {};
    }
}

} // namespace telltale
