// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/page.h"

#include "models/items/itemtext.h"

#include <utility>

namespace telltale {

bool AskedLately::isSame(const Scope &scope)
{
    if (m_since.isValid() && m_since.elapsed() < 60'000 && scope.range == m_scope.range &&
        scope.filter == m_scope.filter)
        return true;
    m_scope = scope;
    m_since.start();
    return false;
}

Page::Page(const PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    connect(context.state, &ViewState::changed, this, &Page::refreshWhenShown);
    connect(context.state, &ViewState::selectionChanged, this, [this] {
        if (m_isActive)
            refreshSelection();
        else
            m_isStale = true;
    });
}

void Page::refreshWhenShown()
{
    m_isStale = true;
    if (m_isActive) {
        m_isStale = false;
        refresh();
    }
}

void Page::refreshForData()
{
    if (m_isActive && !isSettled())
        m_wantsData = true;
    else
        refreshWhenShown();
}

void Page::setActive(bool isActive)
{
    m_isActive = isActive;
    if (isActive && m_isStale)
        refreshWhenShown();
}

Formatter Page::formatter() const
{
    const Zone zone = m_context.state->zone();
    return Formatter(
        QLocale(), [zone](Instant at) { return zone.offsetSeconds(at); }, itemtext::text(zone.id()));
}

void Page::cancel(const QString &slot)
{
    m_context.queries->cancel(slot);
    close(slot);
    tellSettled();
}

void Page::tellSettled()
{
    if (!m_open.empty())
        return;
    Q_EMIT settled();
    if (std::exchange(m_wantsData, false))
        refreshWhenShown();
}

void Page::showNothing(Panel *panel, const QString &what)
{
    const ViewState &view = state();
    if (!view.filter().isEmpty()) {
        const QStringList terms = view.filterTerms();
        panel->showEmpty(tr("No %1 match %2").arg(what, terms.join(u' ')),
                         tr("In this time nothing passes the filter."),
                         terms.size() == 1 ? tr("Remove that filter") : tr("Remove the last filter"));
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
    if (!view.filter().isEmpty()) {
        view.removeFilterTerm(static_cast<int>(view.filterTerms().size()) - 1);
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
