// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/screenmodel.h"

#include "models/items/itemtext.h"

namespace telltale {

int ScreenModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ScreenModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ScreenRow &row = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment((index.column() != Screen)
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

QVariant ScreenModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case Screen:
        return tr("Screen");
    case Views:
        return tr("Views");
    case Users:
        return tr("Users");
    case LowerQuartile:
        return tr("25 %");
    case Median:
        return tr("Median dwell");
    case UpperQuartile:
        return tr("75 %");
    case NinetiethPercentile:
        return tr("90 %");
    case Total:
        return tr("Total dwell");
    default:
        return {};
    }
}

std::string ScreenModel::keyOf(const ScreenRow &row) const
{
    return row.screen;
}

QString ScreenModel::text(const ScreenRow &row, int column) const
{
    switch (column) {
    case Screen:
        return itemtext::text(row.screen);
    case Views:
        return itemtext::count(row.views);
    case Users:
        return itemtext::count(row.users);
    case LowerQuartile:
        return itemtext::duration(row.dwellP25Ms);
    case Median:
        return itemtext::duration(row.dwellP50Ms);
    case UpperQuartile:
        return itemtext::duration(row.dwellP75Ms);
    case NinetiethPercentile:
        return itemtext::duration(row.dwellP90Ms);
    case Total:
        return itemtext::duration(row.dwellTotalMs);
    default:
        return {};
    }
}

QVariant ScreenModel::sortValue(const ScreenRow &row, int column) const
{
    switch (column) {
    case Screen:
        return itemtext::text(row.screen);
    case Views:
        return QVariant::fromValue<qulonglong>(row.views);
    case Users:
        return QVariant::fromValue<qulonglong>(row.users);
    case LowerQuartile:
        return QVariant(row.dwellP25Ms.value_or(-1));
    case Median:
        return QVariant(row.dwellP50Ms.value_or(-1));
    case UpperQuartile:
        return QVariant(row.dwellP75Ms.value_or(-1));
    case NinetiethPercentile:
        return QVariant(row.dwellP90Ms.value_or(-1));
    case Total:
        return QVariant(row.dwellTotalMs);
    default:
        return {};
    }
}

} // namespace telltale
