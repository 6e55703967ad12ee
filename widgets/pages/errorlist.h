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

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    /// The first of the order is "less".
    bool lessThan(const QModelIndex &a, const QModelIndex &b) const override;

private:
    const ErrorGroupModel &m_groups;
    int m_tab = Unresolved;
    int m_sort = ByUsers;
    QStringList m_words;
};

} // namespace telltale
