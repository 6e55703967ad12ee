// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/errorlist.h"

#include "models/items/itemtext.h"
#include "models/telemetry/triage.h"
#include "widgets/pages/overviewfigures.h"
#include "widgets/pages/sortedrows.h"

#include <algorithm>

namespace telltale {
namespace {

std::string lastRelease(const ErrorGroupRow &row)
{
    return row.releases.empty() ? std::string() : row.releases.back();
}

} // namespace

ErrorList::ErrorList(ErrorGroupModel &groups)
    : m_groups(groups)
{
    setSourceModel(&groups);
    setDynamicSortFilter(true);
}

bool ErrorList::isIn(int tab, const ErrorGroupRow &row)
{
    static constexpr std::string_view kStates[TabCount] = {{}, "new", "regressed", "escalating", "resolved", "archived"};
    if (tab == Unresolved)
        return row.state != kStates[Resolved] && row.state != kStates[Archived];
    return row.state == kStates[tab];
}

bool ErrorList::accepts(const ErrorGroupRow &row) const
{
    if (!isIn(m_tab, row) || m_words.isEmpty())
        return isIn(m_tab, row);
    const QString all = ErrorGroupModel::searchText(row);
    return std::all_of(m_words.begin(), m_words.end(),
                       [&](const QString &word) { return all.contains(word, Qt::CaseInsensitive); });
}

void ErrorList::setTab(int tab)
{
    m_tab = tab;
    invalidateFilter();
}

void ErrorList::setWords(const QString &text)
{
    m_words = text.simplified().split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

void ErrorList::setSort(int sort, bool isReversed)
{
    m_sort = sort;
    invalidate();
    this->sort(0, isReversed ? Qt::DescendingOrder : Qt::AscendingOrder);
}

bool ErrorList::filterAcceptsRow(int row, const QModelIndex &) const
{
    return accepts(m_groups.rowAt(row));
}

void ErrorList::setSecond(int sort, bool isReversed, int column)
{
    const int before = m_secondColumn;
    m_second = sort;
    m_isSecondReversed = isReversed;
    m_secondColumn = column;
    invalidate();
    for (const int section : {before, column}) {
        if (section >= 0)
            Q_EMIT headerDataChanged(Qt::Horizontal, section, section);
    }
}

QVariant ErrorList::headerData(int section, Qt::Orientation orientation, int role) const
{
    // As it is edited: the name alone, for files and what is said.
    const QVariant said = QSortFilterProxyModel::headerData(section, orientation, role == Qt::EditRole ? Qt::DisplayRole : role);
    const bool isText = m_second == ByIssue || m_second == ByState;
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole && section == m_secondColumn)
        return QString(said.toString() + secondKeyMark(isText != m_isSecondReversed ? Qt::AscendingOrder : Qt::DescendingOrder));
    return said;
}

int ErrorList::compared(int sort, const ErrorGroupRow &left, const ErrorGroupRow &right)
{
    const auto by = [&](auto value) {
        const auto l = value(left);
        const auto r = value(right);
        return l == r ? 0 : l > r ? -1 : 1;
    };
    switch (sort) {
    case ByEvents:
        return by([](const ErrorGroupRow &row) { return row.events; });
    case ByLastSeen:
        return by([](const ErrorGroupRow &row) { return row.lastSeen.ns; });
    case ByFirstSeen:
        return by([](const ErrorGroupRow &row) { return row.everFirstSeen.ns; });
    case ByTrend:
        return by([](const ErrorGroupRow &row) { return urgency(row) / static_cast<double>(row.users + 1); });
    case ByIssue:
        return QString::localeAwareCompare(itemtext::text(left.type), itemtext::text(right.type));
    case ByRelease:
        return by([](const ErrorGroupRow &row) { return versionParts(lastRelease(row)); });
    case ByState:
        return QString::localeAwareCompare(ErrorGroupModel::stateText(left), ErrorGroupModel::stateText(right));
    default:
        return by([](const ErrorGroupRow &row) { return row.users; });
    }
}

bool ErrorList::lessThan(const QModelIndex &a, const QModelIndex &b) const
{
    const ErrorGroupRow &left = m_groups.rowAt(a.row());
    const ErrorGroupRow &right = m_groups.rowAt(b.row());
    if (const int first = compared(m_sort, left, right))
        return first < 0;
    // What is turned round as a whole turns this, too.
    const bool isTurned = m_isSecondReversed != (sortOrder() == Qt::DescendingOrder);
    const int second = m_second < 0 ? 0 : compared(m_second, left, right) * (isTurned ? -1 : 1);
    return second != 0 ? second < 0 : left.group < right.group;
}

} // namespace telltale
