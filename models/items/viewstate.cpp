// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/viewstate.h"

#include "models/items/bucketchoice.h"
#include "models/items/filterchips.h"
#include "models/items/itemtext.h"

#include <QLocale>

#include <algorithm>

namespace telltale {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMaximumEntries = 200;
constexpr auto kShortest = std::chrono::nanoseconds(1s);
constexpr auto kLongest = std::chrono::nanoseconds(std::chrono::hours(24 * 366 * 20));

} // namespace

ViewState::ViewState(std::shared_ptr<const Clock> clock, QObject *parent)
    : QObject(parent)
    , m_clock(std::move(clock))
{
    m_at.range = RangeSpec::live(60min, QStringLiteral("60m"));
}

void ViewState::setRange(const RangeSpec &range)
{
    Entry to = m_at;
    to.range = range;
    go(to);
}

void ViewState::resetRange()
{
    setRange(RangeSpec::live(60min, QStringLiteral("60m")));
}

void ViewState::setPinnedStep(std::optional<ActivityStep> step)
{
    Entry to = m_at;
    to.step = step;
    go(to);
}

ActivityStep ViewState::stepFor(std::chrono::nanoseconds width) const
{
    return m_at.step && isUsableStep(width, *m_at.step) ? *m_at.step : activityStepFor(width);
}

ViewState::Mode ViewState::mode() const
{
    if (!m_at.range.isLive)
        return Mode::History;
    return m_frozen ? Mode::Paused : Mode::Live;
}

Instant ViewState::now() const
{
    return m_frozen.value_or(m_clock->now());
}

TimeRange ViewState::previousOf(TimeRange range)
{
    return {range.from - (range.to - range.from), range.from};
}

void ViewState::stepEarlier()
{
    const TimeRange range = resolvedRange();
    setRange(RangeSpec::history(previousOf(range)));
}

void ViewState::stepLater()
{
    const TimeRange range = resolvedRange();
    const auto length = range.to - range.from;
    if (m_at.range.isLive)
        return;
    if (range.to + length >= m_clock->now() && length <= 24h)
        setRange(RangeSpec::live(length)); // where the future begins, the view follows
    else
        setRange(RangeSpec::history(clippedToPast({range.to, range.to + length})));
}

TimeRange ViewState::clippedToPast(TimeRange range) const
{
    const Instant end = m_clock->now();
    if (range.to <= end)
        return range;
    const auto length = range.to - range.from;
    return {end - length, end};
}

void ViewState::zoomOut()
{
    const auto length = std::min(m_at.range.length() * 2, kLongest);
    if (m_at.range.isLive && length <= 24h) {
        setRange(RangeSpec::live(length));
        return;
    }
    const TimeRange range = resolvedRange();
    const Instant centre = range.from + (range.to - range.from) / 2;
    setRange(RangeSpec::history(clippedToPast({centre - length / 2, centre + (length - length / 2)})));
}

void ViewState::zoomIn()
{
    const auto length = std::max(m_at.range.length() / 2, kShortest);
    if (m_at.range.isLive) {
        setRange(RangeSpec::live(length));
        return;
    }
    const TimeRange range = resolvedRange();
    const Instant centre = range.from + (range.to - range.from) / 2;
    setRange(RangeSpec::history({centre - length / 2, centre + (length - length / 2)}));
}

void ViewState::setPaused(bool isPaused)
{
    if (isPaused == m_frozen.has_value() || (isPaused && !m_at.range.isLive))
        return;
    m_frozen = isPaused ? std::optional(m_clock->now()) : std::nullopt;
    Q_EMIT modeChanged();
    Q_EMIT changed();
}

void ViewState::goLive()
{
    if (!m_at.range.isLive)
        setRange(RangeSpec::live(m_liveWidth));
}

void ViewState::setSelection(std::optional<TimeRange> selection)
{
    if (selection && selection->isEmpty())
        selection.reset();
    if (selection == m_selection)
        return;
    m_selection = selection;
    Q_EMIT selectionChanged();
}

void ViewState::commitSelection()
{
    if (m_selection)
        setRange(RangeSpec::history(*m_selection));
}

Result<void> ViewState::setFilterText(const QString &text)
{
    const auto filter = Filter::parse(text.toStdString());
    if (!filter)
        return tl::unexpected(filter.error());
    setFilter(*filter);
    return {};
}

QString ViewState::termText(const QString &field, const QString &value, bool isNegated)
{
    bool isPlain = !value.isEmpty() && value != u"OR";
    for (const QChar c : value)
        isPlain = isPlain &&
                  (c.isLetterOrNumber() || c == u'.' || c == u'_' || c == u'-' || c == u'/' || c == u'+');
    QString quoted = value;
    if (!isPlain) {
        quoted.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
        quoted = u'"' + quoted + u'"';
    }
    return (isNegated ? QStringLiteral("-") : QString()) + field + u':' + quoted;
}

void ViewState::addFilterTerm(const QString &field, const QString &value, bool isNegated)
{
    const auto term = Filter::parse(termText(field, value, isNegated).toStdString());
    if (!term)
        return;
    const FilterTerm &wanted = term->alternatives().front().front();
    FilterTerm opposite = wanted;
    opposite.isNegated = !isNegated;
    auto chips = filterChips(m_filter);
    if (!chips) { // said in words of its own
        setFilter(m_filter.and_(*term));
        return;
    }
    if (std::find(chips->begin(), chips->end(), FilterChipTerms{wanted}) != chips->end())
        return;
    const auto other = std::find(chips->begin(), chips->end(), FilterChipTerms{opposite});
    if (other != chips->end()) // both together let nothing through
        *other = {wanted};
    else
        chips->push_back({wanted});
    static_cast<void>(setFilterText(filterChipTexts(*chips).join(u' ')));
}

void ViewState::addFilter(const Filter &filter)
{
    const auto &terms = filter.alternatives();
    const auto &alternatives = m_filter.alternatives();
    const auto isThere = [&](const FilterTerm &term) {
        return std::find(alternatives.front().begin(), alternatives.front().end(), term) != alternatives.front().end();
    };
    const bool areThere = terms.size() == 1 && alternatives.size() == 1 && std::all_of(terms.front().begin(), terms.front().end(), isThere);
    if (!terms.empty() && !areThere)
        setFilter(m_filter.and_(filter));
}

void ViewState::addFilterAlternative(const QString &field, const QString &value)
{
    const auto term = Filter::parse(termText(field, value).toStdString());
    auto chips = filterChips(m_filter);
    if (!term)
        return;
    const FilterTerm &wanted = term->alternatives().front().front();
    const auto isOfField = [&](const FilterChipTerms &chip) {
        return std::all_of(chip.begin(), chip.end(), [&](const FilterTerm &one) { return one.field == wanted.field && one.op == FilterOperator::Equal && !one.isNegated; });
    };
    const auto chip = chips ? std::find_if(chips->begin(), chips->end(), isOfField) : std::vector<FilterChipTerms>::iterator();
    if (!chips || chip == chips->end()) {
        addFilterTerm(field, value);
        return;
    }
    if (std::find(chip->begin(), chip->end(), wanted) != chip->end())
        return;
    chip->push_back(wanted);
    static_cast<void>(setFilterText(filterChipTexts(*chips).join(u' ')));
}

void ViewState::setFilter(const Filter &filter)
{
    Entry to = m_at;
    to.filterText = itemtext::text(filter.text());
    go(to);
}

QStringList ViewState::filterTerms() const
{
    const auto chips = filterChips(m_filter);
    return chips ? filterChipTexts(*chips) : QStringList{m_at.filterText};
}

void ViewState::removeFilterTerm(int index)
{
    auto chips = filterChips(m_filter);
    if (!chips) {
        static_cast<void>(setFilterText({}));
        return;
    }
    if (index < 0 || index >= static_cast<int>(chips->size()))
        return;
    chips->erase(chips->begin() + index);
    static_cast<void>(setFilterText(filterChipTexts(*chips).join(u' ')));
}

void ViewState::setProduct(const QString &product, const QString &environment)
{
    if (product == m_product && environment == m_environment)
        return;
    m_product = product;
    m_environment = environment;
    Q_EMIT changed();
}

void ViewState::setView(const QString &view)
{
    Entry to = m_at;
    to.view = view;
    go(to);
}

Result<void> ViewState::show(const QString &view, const RangeSpec &range, const QString &filterText, bool isComparing, const Comparison &comparison)
{
    const auto filter = Filter::parse(filterText.toStdString());
    if (!filter)
        return tl::unexpected(filter.error());
    Entry to = m_at;
    to.view = view;
    to.range = range;
    to.filterText = itemtext::text(filter->text());
    to.isComparing = isComparing;
    if (isUsable(comparison))
        to.comparison = comparison;
    to.pathStep.reset();
    go(to);
    return {};
}

void ViewState::showPathStep(const PathStepShown &step)
{
    Entry to = m_at;
    to.view = QStringLiteral("sessions");
    to.pathStep = step;
    go(to);
}

void ViewState::clearPathStep()
{
    Entry to = m_at;
    to.pathStep.reset();
    go(to);
}

Result<void> ViewState::setZone(const QString &id)
{
    const auto zone = Zone::named(id.toStdString());
    if (!zone)
        return tl::unexpected(zone.error());
    m_zone = *zone;
    const QTimeZone named(QByteArray::fromStdString(zone->id()));
    m_timeZone = named.isValid() ? named : QTimeZone::systemTimeZone();
    Q_EMIT changed();
    return {};
}

void ViewState::go(Entry to)
{
    if (to == m_at)
        return;
    m_back.push_back(m_at);
    if (m_back.size() > kMaximumEntries)
        m_back.erase(m_back.begin());
    m_forward.clear();
    apply(to);
}

void ViewState::apply(const Entry &to)
{
    const Entry from = m_at;
    m_at = to;
    const bool isOtherView = from.view != to.view;
    const bool isOtherQuestion =
        from.range != to.range || from.filterText != to.filterText || from.isComparing != to.isComparing ||
        (to.isComparing && from.comparison != to.comparison) || from.pathStep != to.pathStep || from.step != to.step;
    if (from.filterText != to.filterText)
        m_filter = Filter::parse(to.filterText.toStdString()).value_or(Filter());
    if (to.range.isLive)
        m_liveWidth = to.range.width;
    if (from.range != to.range) {
        m_selection.reset();
        // Another range starts from now; only the same live range can stay paused.
        m_frozen.reset();
        Q_EMIT selectionChanged();
        Q_EMIT modeChanged();
    }
    if (isOtherView)
        Q_EMIT viewChanged(to.view);
    if (isOtherQuestion)
        Q_EMIT changed();
}

void ViewState::goBack()
{
    goBackTo(0);
}

void ViewState::goBackTo(int index)
{
    for (int i = 0; i <= index && !m_back.empty(); ++i) {
        const Entry to = m_back.back();
        m_back.pop_back();
        m_forward.push_back(m_at);
        apply(to);
    }
}

void ViewState::goForward()
{
    if (m_forward.empty())
        return;
    const Entry to = m_forward.back();
    m_forward.pop_back();
    m_back.push_back(m_at);
    apply(to);
}

QStringList ViewState::backNames(const ViewTitle &title, int limit) const
{
    QStringList names;
    for (auto entry = m_back.rbegin(); entry != m_back.rend() && names.size() < limit; ++entry)
        names.append(nameOf(*entry, title));
    return names;
}

QString ViewState::nameOf(const Entry &entry, const ViewTitle &title) const
{
    QString name = tr("%1: %2", "view and range").arg(title(entry.view), textOf(entry.range));
    if (!entry.filterText.isEmpty())
        name += QStringLiteral(", ") + entry.filterText;
    if (entry.pathStep && entry.view == u"sessions")
        name += QStringLiteral(", ") + entry.pathStep->words;
    if (entry.step)
        name += QStringLiteral(", ") + tr("%1 buckets").arg(stepText(*entry.step));
    return name;
}

QString ViewState::rangeText() const
{
    return textOf(m_at.range);
}

QString ViewState::textOf(const RangeSpec &range) const
{
    if (range.isLive) {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(range.width).count();
        if (seconds % 86400 == 0 && seconds >= 2 * 86400)
            return tr("Last %n day(s)", nullptr, static_cast<int>(seconds / 86400));
        if (seconds % 3600 == 0 && seconds >= 2 * 3600)
            return tr("Last %n hour(s)", nullptr, static_cast<int>(seconds / 3600));
        if (seconds % 60 == 0)
            return tr("Last %n minute(s)", nullptr, static_cast<int>(seconds / 60));
        return tr("Last %n second(s)", nullptr, static_cast<int>(seconds));
    }
    const QString expression = range.expression.toLower();
    if (expression == u"today")
        return tr("Today so far");
    if (expression == u"yesterday")
        return tr("Yesterday");
    if (expression.endsWith(u'd')) {
        bool isNumber = false;
        const int days = expression.chopped(1).toInt(&isNumber);
        if (isNumber)
            return tr("Last %n day(s)", nullptr, days);
    }
    if (expression.startsWith(u"since "))
        return tr("Since %1").arg(range.expression.mid(6));
    return rangeText(range.fixed);
}

QString ViewState::rangeText(TimeRange range) const
{
    const QDateTime from = itemtext::local(range.from, m_timeZone);
    const QDateTime to = itemtext::local(range.to, m_timeZone);
    const QDate today = itemtext::local(wallNow(), m_timeZone).date();
    const bool needsSeconds = range.to - range.from < 3min;
    const bool isThisYear = from.date().year() == today.year() && to.date().year() == today.year();
    const auto day = [&](Instant at) {
        return isThisYear ? itemtext::dayOfYear(at, m_timeZone) : itemtext::day(at, m_timeZone);
    };
    const auto time = [&](Instant at) {
        return needsSeconds ? itemtext::timeOfDay(at, m_timeZone) : itemtext::shortTime(at, m_timeZone);
    };
    const bool isWholeDays = from.time() == QTime(0, 0) && to.time() == QTime(0, 0);
    if (isWholeDays && from.date().addDays(1) == to.date())
        return day(range.from);
    if (isWholeDays)
        return tr("%1 – %2").arg(day(range.from), day(range.to - 1ns));
    if (from.date() == to.date()) {
        const QString times = tr("%1 – %2").arg(time(range.from), time(range.to));
        return from.date() == today ? times : tr("%1 %2", "day and times").arg(day(range.from), times);
    }
    const auto moment = [&](Instant at) { return tr("%1 %2", "day and time").arg(day(at), time(at)); };
    return tr("%1 – %2").arg(moment(range.from), moment(range.to));
}

} // namespace telltale
