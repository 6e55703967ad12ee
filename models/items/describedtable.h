// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/filterterms.h"
#include "models/items/itemroles.h"
#include "models/items/itemtext.h"
#include "models/items/snapshottable.h"

#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace telltale {

/// A snapshot table whose columns are described one by one: title, words, what to sort by.
template<typename Row>
class DescribedTable : public SnapshotTable<Row>
{
public:
    struct Column
    {
        QString title;
        std::function<QString(const Row &)> text;
        std::function<QVariant(const Row &)> sortValue;
        bool isRight = false;                  ///< a figure
        std::function<int(const Row &)> mood; ///< +1 good, −1 bad; empty: neither
    };

    int columnCount(const QModelIndex &parent = {}) const final
    {
        return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
    }

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override
    {
        using Check = QAbstractItemModel::CheckIndexOption;
        if (!this->checkIndex(index, Check::IndexIsValid | Check::ParentIsInvalid))
            return {};
        const Row &row = this->rowAt(index.row());
        const Column &column = m_columns[static_cast<std::size_t>(index.column())];
        switch (role) {
        case Qt::DisplayRole:
            return column.text(row);
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(Qt::Alignment((column.isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
        case SortRole:
            return column.sortValue(row);
        case MoodRole:
            return column.mood ? column.mood(row) : 0;
        case KeyRole:
            return itemtext::text(this->keyOf(row));
        case FilterTermsRole:
            return filterTermsValue(filterTermsOf(row));
        default:
            return {};
        }
    }

    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override
    {
        if (orientation == Qt::Horizontal && section >= 0 && section < columnCount()) {
            const Column &column = m_columns[static_cast<std::size_t>(section)];
            if (role == Qt::DisplayRole)
                return column.title;
            if (role == Qt::TextAlignmentRole)
                return QVariant::fromValue(Qt::Alignment((column.isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
        }
        return QAbstractTableModel::headerData(section, orientation, role);
    }

protected:
    DescribedTable(std::vector<Column> columns, QObject *parent)
        : SnapshotTable<Row>(parent)
        , m_columns(std::move(columns))
    {}

    /// What a filter can ask for; by default nothing.
    virtual RowFilterTerms filterTermsOf(const Row &) const { return {}; }

    static QVariant number(std::uint64_t value) { return QVariant::fromValue<qulonglong>(value); }
    /// What is not known sorts first.
    static QVariant number(const std::optional<double> &value) { return QVariant(value.value_or(-1)); }

private:
    std::vector<Column> m_columns;
};

} // namespace telltale
