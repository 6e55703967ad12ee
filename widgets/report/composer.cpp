// SPDX-License-Identifier: GPL-3.0-or-later
// The report's frame, and what is used.
#include "widgets/report/composer_p.h"

#include "models/items/identity.h"
#include "translations/localeformats.h"

#include <QDate>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

using Kind = ReportColumn::Kind;

constexpr double kChartHeight = 470;
constexpr std::size_t kScreenBars = 15;

QString fromStd(const std::string &text)
{
    return QString::fromStdString(text);
}

std::optional<double> ratioOf(std::uint64_t part, std::uint64_t whole)
{
    if (whole == 0)
        return std::nullopt;
    return static_cast<double>(part) / static_cast<double>(whole);
}

double crashFree(const Pulse &pulse)
{
    return 1 - ratioOf(pulse.sessionsCrashed, pulse.sessions).value_or(0);
}

} // namespace

ReportDocument Composer::compose()
{
    ReportDocument document;
    document.title = m_facts.request.title.empty() ? tr("Product report") : fromStd(m_facts.request.title);
    document.subject = fromStd(m_facts.product);
    if (!m_facts.environment.empty())
        document.subject += (document.subject.isEmpty() ? QString() : QStringLiteral(" · ")) + fromStd(m_facts.environment);
    if (document.subject.isEmpty())
        document.subject = tr("All products");
    document.rangeText = m_formatter.interval(m_facts.range);
    document.zone = m_formatter.zoneName();
    document.language = m_formatter.locale().bcp47Name();
    document.isRightToLeft = m_formatter.locale().textDirection() == Qt::RightToLeft;
    document.paper = m_facts.request.paper;
    document.made = m_facts.now;
    document.madeWith = tr("Made with Telltale %1 from %2 cached records")
                            .arg(QStringLiteral(TELLTALE_VERSION),
                                 m_formatter.compact(static_cast<double>(m_facts.recordsInCache)));
    document.asked = {
        {tr("Product"), document.subject},
        {tr("Range"), tr("%1 to %2", "two dates").arg(m_formatter.dateTime(m_facts.range.from), m_formatter.dateTime(m_facts.range.to))},
        {tr("Time zone"), document.zone},
        {tr("Filter"), m_facts.request.filter.empty() ? tr("none") : fromStd(m_facts.request.filter)},
        {tr("Looked at"), tr("%1, %2, %3", "usage events, sessions, users")
                              .arg(tr("%Ln usage event(s)", nullptr, pluralOf(m_facts.totals.usageEvents)),
                                   tr("%Ln session(s)", nullptr, pluralOf(m_facts.totals.sessions)),
                                   tr("%Ln user(s)", nullptr, pluralOf(m_facts.totals.users)))},
        {tr("Records dropped"), tr("%1 by the apps, %2 rejected", "two counts").arg(m_formatter.count(static_cast<double>(m_facts.dropped)),
                                                                                  m_formatter.count(static_cast<double>(m_facts.rejected)))},
        {tr("Made"), m_formatter.dateTime(m_facts.now)},
    };
    if (m_facts.hasBefore)
        document.asked.insert(document.asked.begin() + 2, {tr("Compared with"), m_formatter.interval(m_facts.previous)});
    document.asked.emplace_back(tr("Identities"), m_facts.request.hasIdentities ? tr("users and sessions are named")
                                                                               : tr("left out; sessions are shortened"));
    for (const ReportSection section : m_facts.request.sections) {
        Blocks blocks = blocksOf(section);
        if (!blocks.empty())
            document.parts.push_back({section, sectionTitle(section), std::move(blocks)});
    }
    return document;
}

Composer::Blocks Composer::blocksOf(ReportSection section) const
{
    switch (section) {
    case ReportSection::Summary:
        return summary();
    case ReportSection::Usage:
        return usage();
    case ReportSection::Features:
        return features();
    case ReportSection::Screens:
        return screens();
    case ReportSection::Sessions:
        return sessions();
    case ReportSection::Errors:
        return errors();
    case ReportSection::Performance:
        return performance();
    case ReportSection::Retention:
        return retention();
    case ReportSection::Releases:
        return releases();
    case ReportSection::Notes:
        return notes();
    case ReportSection::Appendix:
        return appendix();
    }
    return {};
}

QString Composer::versus() const
{
    return tr("vs. %1", "a period").arg(m_formatter.interval(m_facts.previous));
}

QString Composer::rowsNote(std::size_t shown, std::size_t all) const
{
    if (shown >= all)
        return {};
    return tr("The first %1 of %2.").arg(m_formatter.count(static_cast<double>(shown)),
                                         m_formatter.count(static_cast<double>(all)));
}

QString Composer::nothingText() const
{
    return tr("Nothing of this was seen in the range.");
}

QString Composer::nameOr(const std::string &name, const QString &otherwise)
{
    return name.empty() ? otherwise : fromStd(name);
}

std::vector<std::pair<Instant, QString>> Composer::releaseMarkers() const
{
    std::vector<std::pair<Instant, QString>> markers;
    for (const ReleaseRow &release : m_facts.releasesEver) {
        if (m_facts.range.from < release.firstSeen)
            markers.emplace_back(release.firstSeen, fromStd(release.release));
    }
    std::sort(markers.begin(), markers.end());
    return markers;
}

QString Composer::lead() const
{
    const Totals &now = m_facts.totals;
    if (now == Totals())
        return nothingText();
    const QString people = tr("%Ln user(s)", nullptr, pluralOf(now.users));
    const QString visits = tr("%Ln session(s)", nullptr, pluralOf(now.sessions));
    QStringList sentences;
    const Change change = Change::ratio(static_cast<double>(now.users), static_cast<double>(m_facts.totalsBefore.users),
                                        Change::Better::Higher, static_cast<double>(now.users),
                                        static_cast<double>(m_facts.totalsBefore.users));
    const QString amount = m_formatter.percent(std::abs(change.amount), 1);
    if (!m_facts.hasBefore || change.kind != Change::Kind::Ratio)
        sentences << tr("%1 in %2.", "users, sessions").arg(people, visits);
    else if (std::abs(change.amount) < 0.0005)
        sentences << tr("%1 in %2, as many users as in the period before.").arg(people, visits);
    else if (change.amount > 0)
        sentences << tr("%1 in %2: %3 more users than in the period before.").arg(people, visits, amount);
    else
        sentences << tr("%1 in %2: %3 fewer users than in the period before.").arg(people, visits, amount);
    if (m_facts.pulse.sessions > 0)
        sentences << tr("%1 of the sessions ended without a crash.").arg(m_formatter.percent(crashFree(m_facts.pulse), 2));
    if (!m_facts.features.empty())
        sentences << tr("The most used feature is %1, with %2 of all usage events.")
                         .arg(nameOr(m_facts.features.front().feature, tr("(unnamed)")),
                              m_formatter.percent(m_facts.features.front().share, 1));
    const auto worst = std::max_element(m_facts.errors.begin(), m_facts.errors.end(),
                                        [](const ErrorGroupRow &a, const ErrorGroupRow &b) { return a.users < b.users; });
    if (worst != m_facts.errors.end() && worst->users > 0)
        sentences << tr("The error that met the most users is %1: %2.")
                         .arg(nameOr(worst->type, tr("(without a type)")),
                              tr("%Ln user(s)", nullptr, pluralOf(worst->users)));
    return sentences.join(QLatin1Char(' '));
}

Composer::Blocks Composer::summary() const
{
    const Totals &now = m_facts.totals;
    const Totals &old = m_facts.totalsBefore;
    const Pulse &pulse = m_facts.pulse;
    const Pulse &pulseOld = m_facts.pulseBefore;
    using Better = Change::Better;
    const auto number = [](std::uint64_t value) { return static_cast<double>(value); };
    std::vector<ReportFigure> figures;
    const auto add = [&](const QString &label, double raw, const NumberText &value, const Change &change) {
        figures.push_back({label, value.number, value.unit, raw, m_facts.hasBefore ? change.text(m_formatter) : QString(),
                           m_facts.hasBefore ? change.mood() : 0});
    };
    const auto addCount = [&](const QString &label, std::uint64_t value, std::uint64_t before, Better better) {
        add(label, number(value), {m_formatter.count(number(value)), {}},
            Change::ratio(number(value), number(before), better, number(value), number(before)));
    };
    addCount(tr("Users"), now.users, old.users, Better::Higher);
    addCount(tr("Sessions"), now.sessions, old.sessions, Better::Higher);
    addCount(tr("Usage events"), now.usageEvents, old.usageEvents, Better::Higher);
    addCount(tr("Errors"), now.errors, old.errors, Better::Lower);
    if (pulse.sessions > 0)
        add(tr("Crash-free sessions"), crashFree(pulse), {m_formatter.percent(crashFree(pulse), 2), {}},
            Change::points(crashFree(pulse), crashFree(pulseOld), Better::Higher, number(pulse.sessions),
                           number(pulseOld.sessions)));
    if (pulse.spanP95Ms)
        add(tr("Operations, p95"), *pulse.spanP95Ms, m_formatter.duration(*pulse.spanP95Ms),
            Change::value(*pulse.spanP95Ms, pulseOld.spanP95Ms.value_or(0), ValueKind::Milliseconds, Better::Lower,
                          number(pulse.spans), number(pulseOld.spans)));
    Blocks blocks{ReportText{lead(), false}, std::move(figures)};
    if (m_facts.hasBefore)
        blocks.emplace_back(ReportText{tr("Differences are against the period before: %1.").arg(m_formatter.interval(m_facts.previous)), true});
    return blocks;
}

ReportChart Composer::activityChart() const
{
    ReportChart chart;
    chart.title = tr("Usage events over time");
    chart.size = {kReportWidth, kChartHeight};
    TimeChart time;
    time.range = m_facts.range;
    time.isBars = true;
    time.markers = releaseMarkers();
    ReportSeries events{tr("Usage events"), SeriesSlot::Blue, {}, false};
    chart.data.columns = {{tr("Start"), Kind::Time}, {tr("Usage events"), Kind::Count}, {tr("Users"), Kind::Count},
                          {tr("Sessions"), Kind::Count}, {tr("Errors"), Kind::Count}};
    double most = 0;
    for (const ActivityRow &row : m_facts.activity) {
        time.starts.push_back(row.start);
        events.values.emplace_back(static_cast<double>(row.events));
        most = std::max(most, static_cast<double>(row.events));
        chart.data.rows.push_back({m_cells.time(row.start), m_cells.count(row.events), m_cells.count(row.users),
                                   m_cells.count(row.sessions), m_cells.count(row.errors)});
    }
    time.series.push_back(std::move(events));
    chart.drawing = drawTimeChart(time, m_formatter, kChartHeight);
    chart.summary = tr("Usage events from %1 to %2, at the most %3 in one bucket.")
                        .arg(m_formatter.dateTime(m_facts.range.from), m_formatter.dateTime(m_facts.range.to),
                             m_formatter.count(most));
    return chart;
}

Composer::Blocks Composer::usage() const
{
    if (m_facts.activity.empty())
        return {ReportText{nothingText(), false}};
    Blocks blocks{activityChart()};
    ReportTable table;
    table.title = tr("Active users");
    table.columns = {{tr("Day"), Kind::Text}, {tr("Users that day"), Kind::Count}, {tr("7 days"), Kind::Count},
                     {tr("28 days"), Kind::Count}, {tr("Stickiness"), Kind::Ratio}};
    const std::size_t from = m_facts.activeUsers.size() > 31 ? m_facts.activeUsers.size() - 31 : 0;
    for (std::size_t i = from; i < m_facts.activeUsers.size(); ++i) {
        const ActiveUsersRow &row = m_facts.activeUsers[i];
        const auto sticky = ratioOf(row.dau, row.mau);
        table.rows.push_back({day(row.day), m_cells.count(row.dau), m_cells.count(row.wau), m_cells.count(row.mau),
                              sticky ? m_cells.percent(*sticky) : ReportCells::none()});
    }
    if (from > 0)
        table.note = tr("The last 31 of %1 days.").arg(m_formatter.count(static_cast<double>(m_facts.activeUsers.size())));
    blocks.emplace_back(std::move(table));
    return blocks;
}

ReportCell Composer::day(const std::string &iso) const
{
    ReportCell cell = m_cells.text(iso);
    const QLocale &locale = m_formatter.locale();
    if (const QDate date = QDate::fromString(cell.text, Qt::ISODate); date.isValid())
        cell.text = locale.toString(date, dateFormat(locale, DateDetail::Day));
    return cell;
}

QString Composer::columnText(const HeatmapColumn &column, std::size_t index) const
{
    if (!column.start)
        return fromStd(column.label);
    switch (m_facts.heatmapColumns) {
    case HeatmapColumns::Minute:
    case HeatmapColumns::Hour:
        return m_formatter.time(*column.start);
    case HeatmapColumns::Day:
    case HeatmapColumns::Week:
        return index % 7 == 0 || m_facts.heatmapColumns == HeatmapColumns::Week || m_facts.featureUsers.columns.size() < 15
                   ? m_formatter.shortDate(*column.start)
                   : QString();
    default:
        return fromStd(column.label);
    }
}

ReportChart Composer::featureHeatmap() const
{
    const Heatmap &map = m_facts.featureUsers;
    ReportChart chart;
    switch (m_facts.heatmapColumns) {
    case HeatmapColumns::Minute:
        chart.title = tr("Users of each feature per minute");
        break;
    case HeatmapColumns::Hour:
        chart.title = tr("Users of each feature per hour");
        break;
    case HeatmapColumns::Week:
        chart.title = tr("Users of each feature per week");
        break;
    default:
        chart.title = tr("Users of each feature per day");
        break;
    }
    HeatmapChart heat;
    chart.data.columns.push_back({tr("Feature"), Kind::Text});
    for (std::size_t c = 0; c < map.columns.size(); ++c) {
        heat.columns.push_back(columnText(map.columns[c], c));
        const auto &start = map.columns[c].start;
        chart.data.columns.push_back({start ? m_formatter.dateTime(*start) : fromStd(map.columns[c].label), Kind::Count});
    }
    std::vector<double> sorted;
    for (std::size_t r = 0; r < map.rows.size(); ++r) {
        heat.rows.push_back(nameOr(map.rows[r], tr("(unnamed)")));
        auto &cells = chart.data.rows.emplace_back();
        cells.push_back(m_cells.text(heat.rows.back()));
        for (std::size_t c = 0; c < map.columns.size(); ++c) {
            const double value = map.at(r, c);
            const auto &first = r < map.firstSeen.size() ? map.firstSeen[r] : std::nullopt;
            const bool isBefore = value == 0 && first && map.columns[c].end && *map.columns[c].end <= *first;
            heat.values.push_back(isBefore ? std::nullopt : std::optional(value));
            if (value > 0)
                sorted.push_back(value);
            cells.push_back(isBefore ? ReportCells::none() : m_cells.count(static_cast<std::uint64_t>(value)));
        }
    }
    // 0 to the 98th percentile, so that one peak does not make all else pale.
    if (!sorted.empty()) {
        std::sort(sorted.begin(), sorted.end());
        heat.top = sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(0.98 * static_cast<double>(sorted.size())))];
        heat.topLabel = (sorted.back() > heat.top ? QStringLiteral("≥ ") : QString()) + m_formatter.count(heat.top);
    }
    heat.totals = map.rowTotals;
    chart.size = {kReportWidth, heatmapHeight(heat.rows.size())};
    chart.drawing = drawHeatmap(heat, m_formatter);
    chart.summary = map.rows.empty() ? nothingText()
                                     : tr("Distinct users of %1 features; the most used is %2.")
                                           .arg(m_formatter.count(static_cast<double>(map.rows.size())), heat.rows.front());
    return chart;
}

Composer::Blocks Composer::features() const
{
    if (m_facts.features.empty())
        return {ReportText{nothingText(), false}};
    Blocks blocks{featureHeatmap()};
    ReportTable table;
    table.title = tr("Features");
    table.columns = {{tr("Feature"), Kind::Text}, {tr("Events"), Kind::Count}, {tr("Users"), Kind::Count},
                     {tr("Sessions"), Kind::Count}, {tr("Share of events"), Kind::Ratio}};
    if (m_facts.hasBefore)
        table.columns.push_back({tr("Users, change"), Kind::Ratio});
    for (const FeatureRow &row : m_facts.features) {
        if (table.rows.size() == kReportRows)
            break;
        auto &cells = table.rows.emplace_back();
        cells = {m_cells.text(nameOr(row.feature, tr("(unnamed)"))), m_cells.count(row.events), m_cells.count(row.users),
                 m_cells.count(row.sessions), m_cells.percent(row.share)};
        if (!m_facts.hasBefore)
            continue;
        const auto old = std::find_if(m_facts.featuresBefore.begin(), m_facts.featuresBefore.end(),
                                      [&](const FeatureRow &before) { return before.feature == row.feature; });
        const double before = old == m_facts.featuresBefore.end() ? 0 : static_cast<double>(old->users);
        cells.push_back(m_cells.change(Change::ratio(static_cast<double>(row.users), before, Change::Better::Neither,
                                                     static_cast<double>(row.users), before)));
    }
    table.note = rowsNote(table.rows.size(), m_facts.features.size());
    blocks.emplace_back(std::move(table));
    return blocks;
}

Composer::Blocks Composer::screens() const
{
    if (m_facts.screens.empty())
        return {ReportText{nothingText(), false}};
    ReportChart chart;
    chart.title = tr("Time on a screen: the middle half of all views, and the median");
    std::vector<RangeBar> bars;
    ReportTable table;
    table.title = tr("Screens");
    table.columns = {{tr("Screen"), Kind::Text}, {tr("Views"), Kind::Count}, {tr("Users"), Kind::Count},
                     {tr("Total time"), Kind::Milliseconds}, {tr("Median"), Kind::Milliseconds},
                     {tr("90th percentile"), Kind::Milliseconds}};
    for (const ScreenRow &row : m_facts.screens) {
        if (table.rows.size() == kReportRows)
            break;
        const QString name = nameOr(row.screen, tr("(unnamed)"));
        table.rows.push_back({m_cells.text(name), m_cells.count(row.views), m_cells.count(row.users),
                              m_cells.duration(row.dwellTotalMs), m_cells.duration(row.dwellP50Ms),
                              m_cells.duration(row.dwellP90Ms)});
        if (row.dwellP50Ms && bars.size() < kScreenBars)
            bars.push_back({name, row.dwellP25Ms.value_or(*row.dwellP50Ms), *row.dwellP50Ms,
                            row.dwellP75Ms.value_or(*row.dwellP50Ms),
                            static_cast<double>(row.knownDwells) < kFewestObservations});
    }
    table.note = rowsNote(table.rows.size(), m_facts.screens.size());
    Blocks blocks;
    if (!bars.empty()) {
        chart.size = {kReportWidth, rangeBarsHeight(bars.size())};
        chart.drawing = drawRangeBars(bars, ValueKind::Milliseconds, m_formatter);
        chart.summary = tr("People stay %1 on %2, the screen most often seen.", "a duration, a screen")
                            .arg(m_formatter.duration(bars.front().middle).joined(), bars.front().name);
        chart.data.columns = {{tr("Screen"), Kind::Text}, {tr("25 %", "percentile"), Kind::Milliseconds},
                              {tr("Median"), Kind::Milliseconds}, {tr("75 %", "percentile"), Kind::Milliseconds}};
        for (const RangeBar &bar : bars)
            chart.data.rows.push_back({m_cells.text(bar.name), m_cells.duration(bar.low), m_cells.duration(bar.middle),
                                       m_cells.duration(bar.high)});
        blocks.emplace_back(std::move(chart));
    }
    blocks.emplace_back(std::move(table));
    return blocks;
}

Composer::Blocks Composer::sessions() const
{
    if (m_facts.sessions.rows.empty())
        return {ReportText{nothingText(), false}};
    const auto total = static_cast<double>(m_facts.sessions.total);
    Blocks blocks{ReportText{tr("%1 sessions, %2 of them with an error.")
                                 .arg(m_formatter.count(total), m_formatter.count(static_cast<double>(m_facts.sessions.withErrors))),
                             false}};
    ReportTable table;
    table.title = tr("The latest sessions");
    table.columns = {{tr("Session"), Kind::Code}, {tr("Release"), Kind::Text}, {tr("Device"), Kind::Text},
                     {tr("Start"), Kind::Time}, {tr("Length"), Kind::Milliseconds}, {tr("Events"), Kind::Count},
                     {tr("Screens"), Kind::Count}, {tr("Errors"), Kind::Count}};
    if (m_facts.request.hasIdentities)
        table.columns.insert(table.columns.begin() + 1, {tr("User"), Kind::Code});
    for (const SessionRow &row : m_facts.sessions.rows) {
        const QString id = fromStd(row.session);
        auto &cells = table.rows.emplace_back();
        cells = {m_cells.text(m_facts.request.hasIdentities ? id : identity::pseudonym(row.session)),
                 m_cells.text(nameOr(row.release, QStringLiteral("–"))),
                 m_cells.text(nameOr(row.device.empty() ? row.os : row.device, QStringLiteral("–"))),
                 m_cells.time(row.start),
                 m_cells.duration(static_cast<double>((row.end - row.start).count()) / 1e6),
                 m_cells.count(row.events),
                 m_cells.count(row.screens),
                 m_cells.count(row.errors)};
        if (m_facts.request.hasIdentities)
            cells.insert(cells.begin() + 1, m_cells.text(nameOr(row.user, QStringLiteral("–"))));
    }
    table.note = rowsNote(table.rows.size(), static_cast<std::size_t>(m_facts.sessions.total));
    blocks.emplace_back(std::move(table));
    return blocks;
}

ReportDocument composeReport(const ReportFacts &facts, const Formatter &formatter)
{
    return Composer(facts, formatter).compose();
}

} // namespace telltale
