// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/errorlist.h"

#include "models/items/itemtext.h"
#include "models/telemetry/triage.h"
#include "widgets/pages/overviewfigures.h"

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

bool ErrorList::lessThan(const QModelIndex &a, const QModelIndex &b) const
{
    const ErrorGroupRow &left = m_groups.rowAt(a.row());
    const ErrorGroupRow &right = m_groups.rowAt(b.row());
    const auto by = [&](auto value) {
        const auto l = value(left);
        const auto r = value(right);
        return l != r ? l > r : left.group < right.group;
    };
    const auto byText = [&](const QString &one, const QString &other) {
        const int order = QString::localeAwareCompare(one, other);
        return order != 0 ? order < 0 : left.group < right.group;
    };
    switch (m_sort) {
    case ByEvents:
        return by([](const ErrorGroupRow &row) { return row.events; });
    case ByLastSeen:
        return by([](const ErrorGroupRow &row) { return row.lastSeen.ns; });
    case ByFirstSeen:
        return by([](const ErrorGroupRow &row) { return row.everFirstSeen.ns; });
    case ByTrend:
        return by([](const ErrorGroupRow &row) { return urgency(row) / static_cast<double>(row.users + 1); });
    case ByIssue:
        return byText(itemtext::text(left.type), itemtext::text(right.type));
    case ByRelease:
        return by([](const ErrorGroupRow &row) { return versionParts(lastRelease(row)); });
    case ByState:
        return byText(ErrorGroupModel::stateText(left), ErrorGroupModel::stateText(right));
    default:
        return by([](const ErrorGroupRow &row) { return row.users; });
    }
}

} // namespace telltale
