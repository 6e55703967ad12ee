// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <QPoint>

#include <set>

class QAction;
class QMenu;
class QTableView;

namespace telltale {

/// Which columns a table shows, and by what its rows are sorted after its first key. A menu of the header (a right click; by keys in the
/// menu of the panel) hides and shows columns and chooses the second key; Ctrl+click on a header does that, too. The column that all rows
/// are called by always stays. A column is shown when somebody wants it and there is room for it.
class TableColumns final : public QObject
{
    Q_OBJECT

public:
    /// Belongs to the table, whose model is set; `kept` can not be hidden.
    TableColumns(QTableView *table, int kept);
    /// Null: the table has none.
    static TableColumns *of(const QTableView *table);

    /// Whether there is room for it, or something to show in it: for who lays the table out.
    void setRoom(int column, bool hasRoom);
    void setWanted(int column, bool isWanted);
    bool isWanted(int column) const { return !m_unwanted.contains(column); }
    QList<int> unwanted() const { return {m_unwanted.begin(), m_unwanted.end()}; }
    /// "Columns" and "Then sort by", for menus of others.
    QMenu *columnsMenu() const { return m_columns; }
    QMenu *secondMenu() const { return m_second; }
    /// What can be a second key; none: all columns.
    void setSortable(bool isSortable) { m_isSortable = isSortable; }
    bool isSortable() const { return m_isSortable; }

Q_SIGNALS:
    void changed();
    /// Somebody wants the rows that are equal by the first key sorted by this; again: the other way round. -1: by nothing more.
    void secondKeyRequested(int column);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void apply(int column);
    void fill();
    void fillSecond();
    void popup(const QPoint &globalPosition);

    QTableView *m_table;
    int m_kept;
    std::set<int> m_unwanted, m_withoutRoom;
    QMenu *m_columns;
    QMenu *m_second;
    bool m_isSortable = true;
};

} // namespace telltale
