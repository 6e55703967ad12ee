// SPDX-License-Identifier: GPL-3.0-or-later
// What a view makes of the filter: adds to it, leaves out what it can not honour, and says so where nothing passes.
#include "widgets/pages/page.h"

#include "models/items/filterchips.h"
#include "models/items/itemtext.h"

#include <algorithm>
#include <numeric>

namespace telltale {

namespace {

/// Of records that can pass it: every term of an alternative must hold, and one of the alternatives.
RecordKinds kindsOf(const Filter &filter)
{
    RecordKinds kinds = 0;
    for (const auto &alternative : filter.alternatives()) {
        kinds |= std::accumulate(alternative.begin(), alternative.end(), kAllRecordKinds,
                                 [](RecordKinds all, const FilterTerm &term) { return all & recordKindsOf(term); });
    }
    return kinds;
}

Filter filterOf(const FilterChipTerms &chip)
{
    Filter filter(chip.front());
    for (auto term = chip.begin() + 1; term != chip.end(); ++term)
        filter = filter.or_(Filter(*term));
    return filter;
}

/// The parts that must all hold, in the order of the chips; the whole where it can not be divided.
std::vector<Filter> partsOf(const Filter &filter)
{
    const auto chips = filterChips(filter);
    if (!chips)
        return {filter};
    std::vector<Filter> parts;
    std::transform(chips->begin(), chips->end(), std::back_inserter(parts), filterOf);
    return parts;
}

/// Who has what this part asks for.
QString whoHas(const Filter &part)
{
    const FilterTerm &term = part.alternatives().front().front();
    const std::string &field = term.field == "has" ? term.value : term.field;
    if (field == "feature")
        return Page::tr("only usage events have a feature");
    if (field == "event")
        return Page::tr("only events have a name of this sort");
    if (field == "operation")
        return Page::tr("only spans have an operation");
    if (field == "duration")
        return Page::tr("only spans have a duration");
    if (field == "metric")
        return Page::tr("only measurements are of a metric");
    if (field == "dwell")
        return Page::tr("only visits of screens have a dwell");
    if (field == "error")
        return Page::tr("only errors are of such a type");
    return Page::tr("nothing in it is of that kind");
}

} // namespace

QStringList Page::unhonouredReasons() const
{
    QStringList reasons;
    for (const Filter &part : partsOf(state().filter()))
        reasons.append(part.isEmpty() || kindsOf(part) & recordKinds() ? QString() : tr("This view is not narrowed by it: %1.").arg(whoHas(part)));
    return reasons;
}

Filter Page::honouredFilter() const
{
    const Filter &asked = state().filter();
    if (kindsOf(asked) & recordKinds())
        return asked; // as it was written
    Filter honoured;
    for (const Filter &part : partsOf(asked)) {
        if (kindsOf(part) & recordKinds())
            honoured = honoured.and_(part);
    }
    return honoured;
}

QStringList Page::honouredTerms() const
{
    QStringList terms;
    const QStringList all = state().filterTerms(), reasons = unhonouredReasons();
    for (int i = 0; i < all.size() && i < reasons.size(); ++i) {
        if (reasons.at(i).isEmpty())
            terms.append(all.at(i));
    }
    return terms;
}

void Page::filterBy(const QString &field, const QString &value, Qt::KeyboardModifiers modifiers)
{
    if (modifiers.testFlag(Qt::AltModifier))
        state().addFilterTerm(field, value, true);
    else if (modifiers.testFlag(Qt::ControlModifier))
        state().addFilterAlternative(field, value);
    else
        state().addFilterTerm(field, value);
}

QStringList Page::filteredFields() const
{
    QStringList fields;
    for (const auto &alternative : state().filter().alternatives()) {
        for (const FilterTerm &term : alternative) {
            if (!term.isNegated && !fields.contains(itemtext::text(term.field)))
                fields.append(itemtext::text(term.field));
        }
    }
    return fields;
}

void Page::showNothing(Panel *panel, const QString &what)
{
    const ViewState &view = state();
    const QStringList terms = honouredTerms();
    if (!terms.isEmpty()) {
        panel->showEmpty(tr("No %1 match %2").arg(what, terms.join(u' ')),
                         tr("In this time nothing passes the filter."),
                         terms.size() == 1 ? tr("Remove that filter") : tr("Remove the last filter"));
        return;
    }
    if (view.isComparing() && view.comparison().kind == Comparison::Kind::Releases) {
        panel->showEmpty(tr("No %1 of release %2").arg(what, view.comparison().release),
                         tr("While releases are compared, nothing else is shown."), tr("Stop comparing"));
        return;
    }
    const TimeRange range = view.effectiveRange();
    const auto &summary = live().summary();
    if (!summary || summary->records == 0) {
        panel->showEmpty(tr("No %1 yet").arg(what), tr("They appear here the moment they arrive."));
        return;
    }
    const std::optional<Instant> nearest = summary->newest && *summary->newest < range.from  ? summary->newest
                                           : summary->oldest && *summary->oldest >= range.to ? summary->oldest
                                                                                             : std::nullopt;
    const QString title = tr("No %1 between %2").arg(what, view.rangeText(range));
    if (nearest)
        panel->showEmpty(title, tr("The nearest data is at %1.").arg(formatter().dateTime(*nearest)),
                         tr("Go there"));
    else
        panel->showEmpty(title, tr("Other times have data."));
}

void Page::actOnNothing()
{
    ViewState &view = state();
    if (const QStringList terms = honouredTerms(); !terms.isEmpty()) {
        view.removeFilterTerm(static_cast<int>(view.filterTerms().lastIndexOf(terms.last())));
        return;
    }
    if (view.isComparing() && view.comparison().kind == Comparison::Kind::Releases) {
        view.setComparing(false);
        return;
    }
    const auto &summary = live().summary();
    if (!summary)
        return;
    const TimeRange range = view.effectiveRange();
    const auto length = range.to - range.from;
    using namespace std::chrono_literals;
    if (summary->newest && *summary->newest < range.from)
        view.setRange(RangeSpec::history({*summary->newest + 1s - length, *summary->newest + 1s}));
    else if (summary->oldest && *summary->oldest >= range.to)
        view.setRange(RangeSpec::history({*summary->oldest, *summary->oldest + length}));
}

} // namespace telltale
