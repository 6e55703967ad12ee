// SPDX-License-Identifier: GPL-3.0-or-later
// What is looked at as questions, and what it is held against.
#include "models/items/itemtext.h"
#include "models/items/viewstate.h"

namespace telltale {

using namespace std::chrono_literals;

void ViewState::setComparing(bool isComparing)
{
    Entry to = m_at;
    to.isComparing = isComparing;
    go(to);
}

bool ViewState::isUsable(const Comparison &comparison)
{
    if (comparison.kind == Comparison::Kind::Releases)
        return !comparison.release.isEmpty() && !comparison.otherRelease.isEmpty();
    return comparison.kind != Comparison::Kind::Baseline || !(comparison.baseline.isEmpty() || comparison.baseline.isOpen());
}

void ViewState::setComparison(const Comparison &comparison)
{
    if (!isUsable(comparison))
        return;
    Entry to = m_at;
    to.isComparing = true;
    to.comparison = comparison;
    go(to);
}

void ViewState::pinBaseline()
{
    Comparison pinned;
    pinned.kind = Comparison::Kind::Baseline;
    pinned.baseline = effectiveRange();
    setComparison(pinned);
}

TimeRange ViewState::comparedRange(TimeRange range) const
{
    switch (m_at.comparison.kind) {
    case Comparison::Kind::PreviousPeriod:
        break;
    case Comparison::Kind::LastWeek: {
        // By the clock on the wall: the night in which it was changed is an hour longer or shorter.
        const QDateTime from = itemtext::local(range.from, m_timeZone);
        const std::chrono::milliseconds back(from.toMSecsSinceEpoch() - from.addDays(-7).toMSecsSinceEpoch());
        return {range.from - back, range.to - back};
    }
    case Comparison::Kind::Releases:
        return range;
    case Comparison::Kind::Baseline:
        return {m_at.comparison.baseline.from, m_at.comparison.baseline.from + (range.to - range.from)};
    }
    return previousOf(range);
}

Scope ViewState::scopeOf(TimeRange range, const Filter &filter, const QString &release) const
{
    Scope scope;
    scope.range = range;
    scope.filter = filter;
    for (const auto &[field, value] : {std::pair{"product", m_product}, std::pair{"environment", m_environment}, std::pair{"release", release}}) {
        if (value.isEmpty())
            continue;
        if (const auto term = Filter::parse(termText(QLatin1String(field), value).toStdString()))
            scope.filter = scope.filter.and_(*term);
    }
    scope.zone = m_zone;
    scope.now = now();
    return scope;
}

Scope ViewState::scope(TimeRange range, const Filter &filter) const
{
    return scopeOf(range, filter, isComparingReleases() ? m_at.comparison.release : QString());
}

Scope ViewState::comparedScope(TimeRange range, const Filter &filter) const
{
    return scopeOf(comparedRange(range), filter, isComparingReleases() ? m_at.comparison.otherRelease : QString());
}

QString ViewState::comparisonName() const
{
    switch (m_at.comparison.kind) {
    case Comparison::Kind::PreviousPeriod:
        break;
    case Comparison::Kind::LastWeek:
        return tr("last week");
    case Comparison::Kind::Releases:
        return m_at.comparison.otherRelease;
    case Comparison::Kind::Baseline:
        return tr("baseline");
    }
    return tr("previous");
}

QString ViewState::comparisonText(TimeRange range) const
{
    const QString dates = rangeText(comparedRange(range));
    switch (m_at.comparison.kind) {
    case Comparison::Kind::PreviousPeriod:
        break;
    case Comparison::Kind::LastWeek:
        return tr("a week earlier, %1").arg(dates);
    case Comparison::Kind::Releases:
        return tr("release %1, %2", "a release, dates").arg(m_at.comparison.otherRelease, dates);
    case Comparison::Kind::Baseline:
        return tr("baseline, %1").arg(dates);
    }
    return tr("previous period, %1").arg(dates);
}

} // namespace telltale
