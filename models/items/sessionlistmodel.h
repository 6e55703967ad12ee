// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/items/itemroles.h"
#include "models/items/rowparts.h"

#include <QAbstractTableModel>
#include <QTimeZone>

#include <span>
#include <string>
#include <vector>

namespace telltale {

/// All sessions of an answer, newest first, a million as well as ten: rows are held where somebody looks, and for the rest only how many
/// they are. A row that is not here has no data; whoever shows rows asks rowsMissing() and fills them in. The delegate draws one row from
/// the roles. Lives on the UI thread.
class SessionListModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Session, Device, Start, Duration, Release, Events, Screens, Errors, ColumnCount };
    enum Role {
        IsRunningRole = FirstOwnRole, ///< a record came within the last minute before setNow()
        SearchRole,
    };
    /// So many are asked for at once.
    static constexpr int kPage = 200;
    /// No more are held.
    static constexpr std::size_t kMostRows = 4'000;

    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : m_total; }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// The list as it is now: its first rows, and how many there are. Announces those that came before what was first; resets only when
    /// that is gone. When rows came or went further down, all others must be asked for again.
    void setNewest(std::vector<SessionRow> rows, std::size_t total);
    /// How many rows setNewest() would insert at the top; all of them when it would reset.
    int newRows(const std::vector<SessionRow> &rows, std::size_t total) const;
    /// Those of these sessions that are here get their new figures, where they stand.
    void updateRows(const std::vector<SessionRow> &rows);
    /// Rows of the same list from `first` on.
    void setRows(int first, std::vector<SessionRow> rows);
    /// The first row of the page that must be asked for to show these rows; −1: all are here.
    int rowsMissing(int first, int last) const;
    /// Null while it is not here.
    const SessionRow *rowAt(int row) const { return m_rows.at(row); }
    /// Among the rows that are here; −1: none.
    int rowOfKey(const std::string &session) const;
    /// Those from the first on that are here, until the list changes.
    std::span<const SessionRow> newest() const;

    void setTimeZone(const QTimeZone &zone);
    void setNow(Instant now);
    bool isRunning(const SessionRow &row) const;
    static double lengthMs(const SessionRow &row);
    /// What a column says of a row, for lists that are written without being shown.
    QString text(const SessionRow &row, int column) const;
    QVariant sortValue(const SessionRow &row, int column) const;

private:
    int placeOfFirst(const std::vector<SessionRow> &rows) const;

    RowParts<SessionRow> m_rows;
    int m_total = 0;
    QTimeZone m_zone = QTimeZone::utc();
    Instant m_now;
};

} // namespace telltale
