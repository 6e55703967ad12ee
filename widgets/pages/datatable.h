// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pages/sortedrows.h"

#include <QStyledItemDelegate>
#include <QTableView>

#include <initializer_list>

namespace telltale {

class ListMenu;
class TableColumns;

/// A table in the house's look: rows of one line with hairlines, names strong, figures in cells of equal digits, what is bad in
/// its colour. A click on a header sorts by the raw values, a second one turns it round.
class DataTable final : public QTableView
{
    Q_OBJECT

public:
    /// `name` for assistive technology.
    explicit DataTable(const QString &name, QWidget *parent = nullptr);

    /// Shows `model` (not owned) through a proxy that sorts and filters on SortRole; unsorted until somebody asks.
    void setSource(QAbstractItemModel *model, bool isSortable = true);
    SortedRows *sorted() const { return m_sorted; }
    /// One column takes the room that is left; widths of all others in pixels at text size 100 %, more where the header's words need
    /// it, less where there is no room.
    void setColumns(int stretched, std::initializer_list<std::pair<int, int>> widths);
    /// Whether there is something to show in a column, or room for it; somebody may not want it all the same.
    void setColumnHidden(int column, bool isHidden);
    /// Null without setColumns().
    TableColumns *columns() const { return m_columns; }
    /// The rows that are equal by the first key, by this column; -1: by nothing more.
    void setSecondKey(int column, Qt::SortOrder order);
    /// The row of the source model that is current; -1: none.
    int sourceRow() const;
    void setSourceRow(int row);

protected:
    void resizeEvent(QResizeEvent *event) override;
    /// In no panel: what can be done with the rows. A panel has its own menu.
    void contextMenuEvent(QContextMenuEvent *event) override;
    /// Copy takes whole rows.
    void keyPressEvent(QKeyEvent *event) override;

private:
    void fitColumns();
    void askSecondKey(int column);
    void announceSort();

    SortedRows *m_sorted;
    TableColumns *m_columns = nullptr;
    ListMenu *m_menu = nullptr; ///< made when it is wanted
    std::vector<std::pair<int, int>> m_widths; ///< column, pixels at 100 %
    bool m_isTight = false;
};

/// Paints a cell of a DataTable: the model says what (DisplayRole), where (TextAlignmentRole) and how it is (MoodRole).
class DataCellDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    /// Text of this column is set in monospace; -1: of none.
    explicit DataCellDelegate(int codeColumn = -1, QObject *parent = nullptr);
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    int m_codeColumn;
};

} // namespace telltale
