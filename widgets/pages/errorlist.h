// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/errorgroupmodel.h"

#include <QSortFilterProxyModel>
#include <QStringList>

namespace telltale {

/// The groups of errors of one tab that have the searched words, in an order.
class ErrorList final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    enum Tab { Unresolved, New, Regressed, Escalating, Resolved, Archived, TabCount };
    /// Figures: the most or the latest first; texts: A first.
    enum Sort { ByUsers, ByEvents, ByLastSeen, ByFirstSeen, ByTrend, ByIssue, ByRelease, ByState };

    /// `groups` is not owned, outlives the list and becomes its source.
    explicit ErrorList(ErrorGroupModel &groups);

    static bool isIn(int tab, const ErrorGroupRow &row);
    /// Whether such a group belongs to the tab and has the words.
    bool accepts(const ErrorGroupRow &row) const;
    void setTab(int tab);
    /// All of them; case does not matter.
    void setWords(const QString &text);
    void setSort(int sort, bool isReversed);
    /// Where the first order finds no difference; -1: by nothing more. `column` says so in its header.
    void setSecond(int sort, bool isReversed, int column);
    int second() const { return m_second; }
    bool isSecondReversed() const { return m_isSecondReversed; }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    /// The first of the order is "less".
    bool lessThan(const QModelIndex &a, const QModelIndex &b) const override;

private:
    /// Below zero: `left` comes first.
    static int compared(int sort, const ErrorGroupRow &left, const ErrorGroupRow &right);

    const ErrorGroupModel &m_groups;
    int m_tab = Unresolved;
    int m_sort = ByUsers;
    int m_second = -1;
    int m_secondColumn = -1;
    bool m_isSecondReversed = false;
    QStringList m_words;
};

} // namespace telltale
