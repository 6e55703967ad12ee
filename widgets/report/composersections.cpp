// SPDX-License-Identifier: GPL-3.0-or-later
// How it does: errors, performance, who comes back, releases; and what the words mean.
#include "widgets/report/composer_p.h"

#include "models/items/definitions.h"
#include "translations/translator.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace telltale {
namespace {

using Kind = ReportColumn::Kind;

constexpr double kChartHeight = 420;
constexpr std::size_t kMostPeriods = 13;
constexpr std::size_t kCulpritLength = 60;

QString stateText(const std::string &state)
{
    const auto say = [](const char *word) { return QCoreApplication::translate("telltale::Report", word); };
    static constexpr const char *kStates[] = {
        QT_TRANSLATE_NOOP("telltale::Report", "new"),       QT_TRANSLATE_NOOP("telltale::Report", "ongoing"),
        QT_TRANSLATE_NOOP("telltale::Report", "escalating"), QT_TRANSLATE_NOOP("telltale::Report", "regressed"),
        QT_TRANSLATE_NOOP("telltale::Report", "resolved"),   QT_TRANSLATE_NOOP("telltale::Report", "archived"),
    };
    const auto *known = std::find_if(std::begin(kStates), std::end(kStates), [&](const char *word) { return state == word; });
    return known == std::end(kStates) ? QString::fromStdString(state) : say(*known);
}

QString fromStd(const std::string &text)
{
    return QString::fromStdString(text);
}

/// The first line, as a list has room for.
QString firstLine(const std::string &text)
{
    return fromStd(text.substr(0, text.find('\n')));
}

} // namespace

QString sectionTitle(ReportSection section)
{
    switch (section) {
    case ReportSection::Summary:
        return QCoreApplication::translate("telltale::Report", "Summary");
    case ReportSection::Usage:
        return QCoreApplication::translate("telltale::Report", "Usage");
    case ReportSection::Features:
        return QCoreApplication::translate("telltale::Report", "Feature usage");
    case ReportSection::Screens:
        return QCoreApplication::translate("telltale::Report", "Screens and time on them");
    case ReportSection::Sessions:
        return QCoreApplication::translate("telltale::Report", "Sessions");
    case ReportSection::Errors:
        return QCoreApplication::translate("telltale::Report", "Errors");
    case ReportSection::Performance:
        return QCoreApplication::translate("telltale::Report", "Performance");
    case ReportSection::Retention:
        return QCoreApplication::translate("telltale::Report", "Who comes back");
    case ReportSection::Releases:
        return QCoreApplication::translate("telltale::Report", "Release comparison");
    case ReportSection::Notes:
        return QCoreApplication::translate("telltale::Report", "Notes");
    case ReportSection::Appendix:
        return QCoreApplication::translate("telltale::Report", "Appendix");
    }
    return {};
}

QString sectionContents(ReportSection section)
{
    switch (section) {
    case ReportSection::Summary:
        return QCoreApplication::translate("telltale::Report", "6 figures, 1 paragraph");
    case ReportSection::Usage:
        return QCoreApplication::translate("telltale::Report", "chart, active users");
    case ReportSection::Features:
        return QCoreApplication::translate("telltale::Report", "heatmap, table");
    case ReportSection::Screens:
        return QCoreApplication::translate("telltale::Report", "chart, table");
    case ReportSection::Sessions:
        return QCoreApplication::translate("telltale::Report", "the latest ones");
    case ReportSection::Errors:
        return QCoreApplication::translate("telltale::Report", "chart, table of groups");
    case ReportSection::Performance:
        return QCoreApplication::translate("telltale::Report", "latency, operations");
    case ReportSection::Retention:
        return QCoreApplication::translate("telltale::Report", "cohort table");
    case ReportSection::Releases:
        return QCoreApplication::translate("telltale::Report", "report card with intervals");
    case ReportSection::Notes:
        return QCoreApplication::translate("telltale::Report", "free text");
    case ReportSection::Appendix:
        return QCoreApplication::translate("telltale::Report", "definitions, what was asked");
    }
    return {};
}

ReportTable Composer::groupTable(const QString &title, const std::vector<ErrorGroupRow> &groups) const
{
    ReportTable table;
    table.title = title;
    table.columns = {{tr("Error"), Kind::Text}, {tr("Where"), Kind::Code}, {tr("Trend"), Kind::Trend},
                     {tr("Events"), Kind::Count}, {tr("Users"), Kind::Count}, {tr("First seen"), Kind::Time},
                     {tr("State"), Kind::Text}};
    for (const ErrorGroupRow &row : groups) {
        if (table.rows.size() == kReportRows)
            break;
        std::vector<double> trend(row.trend.begin(), row.trend.end());
        const QString name = row.type.empty() ? firstLine(row.message) : fromStd(row.type);
        ReportCell state = m_cells.text(row.state); // sheets keep the word of the filter language
        state.text = stateText(row.state);
        state.mood = row.state == "regressed" || row.state == "escalating" || row.state == "new" ? -1 : 0;
        table.rows.push_back({m_cells.text(name.isEmpty() ? tr("(without a type)") : name),
                              m_cells.text(firstLine(row.culprit.substr(0, kCulpritLength))), m_cells.trend(std::move(trend)),
                              m_cells.count(row.events), m_cells.count(row.users), m_cells.time(row.everFirstSeen), state});
    }
    table.note = rowsNote(table.rows.size(), groups.size());
    return table;
}

Composer::Blocks Composer::errors() const
{
    if (m_facts.errors.empty())
        return {ReportText{tr("No errors in the range."), false}};
    ReportChart chart;
    chart.title = tr("Errors over time");
    TimeChart time;
    time.range = m_facts.range;
    time.isBars = true;
    time.markers = releaseMarkers();
    ReportSeries series{tr("Errors"), SeriesSlot::Bad, {}, false};
    chart.data.columns = {{tr("Start"), Kind::Time}, {tr("Errors"), Kind::Count}};
    double most = 0;
    for (const ActivityRow &row : m_facts.activity) {
        time.starts.push_back(row.start);
        series.values.emplace_back(static_cast<double>(row.errors));
        most = std::max(most, static_cast<double>(row.errors));
        chart.data.rows.push_back({m_cells.time(row.start), m_cells.count(row.errors)});
    }
    time.series.push_back(std::move(series));
    chart.size = {kReportWidth, kChartHeight};
    chart.drawing = drawTimeChart(time, m_formatter, kChartHeight);
    chart.summary = tr("%1 errors in %2 groups, at the most %3 in one bucket.")
                        .arg(m_formatter.count(static_cast<double>(m_facts.totals.errors)),
                             m_formatter.count(static_cast<double>(m_facts.errors.size())), m_formatter.count(most));
    return {std::move(chart), groupTable(tr("Errors by users affected"), [this] {
                auto groups = m_facts.errors;
                std::stable_sort(groups.begin(), groups.end(),
                                 [](const ErrorGroupRow &a, const ErrorGroupRow &b) { return a.users > b.users; });
                return groups;
            }())};
}

Composer::Blocks Composer::performance() const
{
    if (m_facts.operations.empty())
        return {ReportText{tr("No operations were measured in the range."), false}};
    ReportChart chart;
    chart.title = tr("How long operations take");
    TimeChart time;
    time.range = m_facts.range;
    time.kind = ValueKind::Milliseconds;
    time.markers = releaseMarkers();
    ReportSeries median{tr("median"), SeriesSlot::Blue, {}, false};
    ReportSeries high{tr("95th percentile"), SeriesSlot::Orange, {}, false};
    chart.data.columns = {{tr("Start"), Kind::Time}, {tr("Operations"), Kind::Count}, {tr("Median"), Kind::Milliseconds},
                          {tr("95th percentile"), Kind::Milliseconds}};
    for (const LatencyRow &row : m_facts.latency) {
        time.starts.push_back(row.start);
        median.values.push_back(row.p50Ms);
        high.values.push_back(row.p95Ms);
        chart.data.rows.push_back(
            {m_cells.time(row.start), m_cells.count(row.spans), m_cells.duration(row.p50Ms), m_cells.duration(row.p95Ms)});
    }
    time.series = {std::move(median), std::move(high)};
    chart.size = {kReportWidth, kChartHeight};
    chart.drawing = drawTimeChart(time, m_formatter, kChartHeight);
    chart.summary =
        tr("Median and 95th percentile of %1 operations.").arg(m_formatter.count(static_cast<double>(m_facts.totals.spans)));
    ReportTable table;
    table.title = tr("Operations");
    table.columns = {{tr("Operation"), Kind::Code}, {tr("Count"), Kind::Count}, {tr("Failed"), Kind::Ratio},
                     {tr("Median"), Kind::Milliseconds}, {tr("95 %", "percentile"), Kind::Milliseconds},
                     {tr("99 %", "percentile"), Kind::Milliseconds}};
    for (const OperationRow &row : m_facts.operations) {
        if (table.rows.size() == kReportRows)
            break;
        ReportCell failed = m_cells.percent(static_cast<double>(row.errors) / static_cast<double>(std::max<std::uint64_t>(row.spans, 1)));
        failed.mood = row.errors * 20 > row.spans ? -1 : 0;
        table.rows.push_back({m_cells.text(row.operation), m_cells.count(row.spans), failed, m_cells.duration(row.p50Ms),
                              m_cells.duration(row.p95Ms), m_cells.duration(row.p99Ms)});
    }
    table.note = rowsNote(table.rows.size(), m_facts.operations.size());
    return {std::move(chart), std::move(table)};
}

Composer::Blocks Composer::retention() const
{
    if (m_facts.retention.empty())
        return {ReportText{tr("Nobody was seen for the first time in the range."), false}};
    ReportTable table;
    std::uint64_t lastPeriod = 0;
    std::map<std::string, std::map<std::uint64_t, const RetentionRow *>> cohorts;
    for (const RetentionRow &row : m_facts.retention) {
        cohorts[row.cohort][row.period] = &row;
        lastPeriod = std::max(lastPeriod, row.period);
    }
    const std::size_t periods = std::min<std::size_t>(lastPeriod + 1, kMostPeriods);
    switch (m_facts.retentionPeriod) {
    case CalendarUnit::Day:
        table.title = tr("Share of those who came first on a day and were there again so many days later");
        break;
    case CalendarUnit::Month:
        table.title = tr("Share of those who came first in a month and were there again so many months later");
        break;
    default:
        table.title = tr("Share of those who came first in a week and were there again so many weeks later");
        break;
    }
    table.columns = {{tr("First seen"), Kind::Text}, {tr("Users"), Kind::Count}};
    for (std::size_t i = 0; i < periods; ++i)
        table.columns.push_back({m_formatter.count(static_cast<double>(i)), Kind::Ratio});
    bool hasUnfinished = false;
    const std::size_t skipped = cohorts.size() > kReportRows ? cohorts.size() - kReportRows : 0;
    std::size_t place = 0;
    for (const auto &[cohort, rows] : cohorts) {
        if (place++ < skipped)
            continue;
        auto &cells = table.rows.emplace_back();
        cells.push_back(day(cohort));
        cells.push_back(m_cells.count(rows.begin()->second->size));
        for (std::size_t period = 0; period < periods; ++period) {
            const auto found = rows.find(period);
            if (found == rows.end() || found->second->size == 0) {
                cells.push_back(ReportCell{});
                continue;
            }
            const RetentionRow &row = *found->second;
            ReportCell cell = m_cells.percent(static_cast<double>(row.users) / static_cast<double>(row.size), 0);
            cell.shade = static_cast<double>(row.users) / static_cast<double>(row.size);
            if (row.isUnfinished) {
                cell.text = QLatin1Char('(') + cell.text + QLatin1Char(')');
                hasUnfinished = true;
            }
            cells.push_back(std::move(cell));
        }
    }
    table.note = hasUnfinished ? tr("In brackets: the period is not over yet.") : QString();
    return {std::move(table)};
}

QString Composer::figureName(const ReleaseFigure &figure) const
{
    switch (figure.what) {
    case ReleaseFigure::What::CrashFreeSessions:
        return tr("Crash-free sessions");
    case ReleaseFigure::What::FeatureSessions:
        return tr("Sessions with %1", "a feature").arg(nameOr(figure.name, tr("(unnamed)")));
    case ReleaseFigure::What::DwellMedian:
        return tr("Time on a screen, median");
    case ReleaseFigure::What::SpanP50:
        return tr("Operations, median");
    case ReleaseFigure::What::SpanP95:
        return tr("Operations, 95th percentile");
    }
    return {};
}

QString Composer::shareInterval(const Estimate &share) const
{
    return tr("%1 to %2", "two figures").arg(m_formatter.percent(share.low, 2), m_formatter.percent(share.high, 2));
}

ReportTable Composer::adoptionTable(const ReleaseCard &card) const
{
    ReportTable table;
    table.title = tr("Who runs them");
    table.columns = {{tr("Release"), Kind::Text}, {tr("First seen"), Kind::Time}, {tr("Users"), Kind::Count}, {tr("Share of users"), Kind::Ratio},
                     {tr("95 % interval"), Kind::Text}, {tr("Of all users"), Kind::Count}};
    for (const ReleaseRow *release : {&card.before, &card.after}) {
        const auto share = shareEstimate(std::min(release->users, card.usersOfAll), card.usersOfAll);
        table.rows.push_back({m_cells.text(release->release), m_cells.time(release->firstSeen), m_cells.count(release->users),
                              share ? m_cells.percent(share->value, 2) : ReportCells::none(),
                              share ? m_cells.text(shareInterval(*share)) : ReportCells::none(), m_cells.count(card.usersOfAll)});
    }
    return table;
}

ReportTable Composer::cardGroups(const QString &title, const std::vector<ErrorGroupRow> &groups, const ReleaseRow &release) const
{
    ReportTable table;
    table.title = title;
    table.columns = {{tr("Error"), Kind::Text}, {tr("Where"), Kind::Code}, {tr("Events"), Kind::Count}, {tr("Users"), Kind::Count},
                     {tr("Sessions"), Kind::Count}, {tr("Share of sessions"), Kind::Ratio}, {tr("95 % interval"), Kind::Text}};
    for (const ErrorGroupRow &row : groups) {
        if (table.rows.size() == kReportRows)
            break;
        const QString name = row.type.empty() ? firstLine(row.message) : fromStd(row.type);
        const auto share = shareEstimate(std::min(row.sessions, release.sessions), release.sessions);
        const bool isEnough = share && release.sessions >= kFewestForCard;
        table.rows.push_back({m_cells.text(name.isEmpty() ? tr("(without a type)") : name), m_cells.text(firstLine(row.culprit.substr(0, kCulpritLength))),
                              m_cells.count(row.events), m_cells.count(row.users), m_cells.count(row.sessions),
                              share ? m_cells.percent(share->value, 2) : ReportCells::none(),
                              m_cells.text(isEnough ? shareInterval(*share) : tr("few data"))});
    }
    table.note = tr("Of %Ln session(s) with %1.", nullptr, pluralOf(release.sessions))
                     .arg(fromStd(release.release));
    if (const QString rest = rowsNote(table.rows.size(), groups.size()); !rest.isEmpty())
        table.note = rest + QLatin1Char(' ') + table.note;
    return table;
}

ReportTable Composer::releaseFigures(const ReleaseCard &card) const
{
    ReportTable table;
    table.title = tr("What changed from %1 to %2").arg(fromStd(card.before.release), fromStd(card.after.release));
    table.columns = {{tr("Figure"), Kind::Text},
                     {fromStd(card.before.release), Kind::Number},
                     {fromStd(card.after.release), Kind::Number},
                     {tr("Difference"), Kind::Number},
                     {tr("95 % interval"), Kind::Text},
                     {tr("Observations"), Kind::Text}};
    for (const ReleaseFigure &figure : card.figures) {
        const bool isShare = figure.what == ReleaseFigure::What::CrashFreeSessions || figure.what == ReleaseFigure::What::FeatureSessions;
        const auto value = [&](const std::optional<Estimate> &estimate) {
            if (!estimate)
                return ReportCells::none();
            return isShare ? m_cells.percent(estimate->value, 2) : m_cells.duration(estimate->value);
        };
        const auto difference = [&](double amount) {
            return isShare ? m_formatter.signedPoints(amount) : m_formatter.signedValue(amount, ValueKind::Milliseconds);
        };
        ReportCell change = ReportCells::none();
        QString interval = tr("few data");
        if (figure.difference) {
            const int verdict = figure.verdict();
            // An arrow says that it is so; while the interval holds zero, nobody knows.
            const QString arrow = !figure.difference->isDecided() ? QString()
                                  : figure.difference->low > 0    ? QStringLiteral("▲ ")
                                                                  : QStringLiteral("▼ ");
            change = {figure.difference->value, arrow + difference(figure.difference->value), verdict, {}};
            interval = tr("%1 to %2", "two figures").arg(difference(figure.difference->low), difference(figure.difference->high));
        }
        table.rows.push_back({m_cells.text(figureName(figure)), value(figure.before), value(figure.after), change,
                              m_cells.text(interval),
                              m_cells.text(tr("%1 and %2", "two counts")
                                               .arg(m_formatter.count(static_cast<double>(figure.observationsBefore)),
                                                    m_formatter.count(static_cast<double>(figure.observationsAfter))))});
    }
    table.note = tr("No arrow where the interval holds zero: the difference may be chance. Fewer than %1 observations say nothing.")
                     .arg(m_formatter.count(static_cast<double>(kFewestForCard)));
    return table;
}

Composer::Blocks Composer::releases() const
{
    if (m_facts.releases.empty())
        return {ReportText{tr("No record in the range names a release."), false}};
    ReportTable all;
    all.title = tr("Releases");
    all.columns = {{tr("Release"), Kind::Text}, {tr("First seen"), Kind::Time}, {tr("Users"), Kind::Count},
                   {tr("Sessions"), Kind::Count}, {tr("Crash-free sessions"), Kind::Ratio}};
    for (const ReleaseRow &row : m_facts.releases) {
        if (all.rows.size() == kReportRows)
            break;
        all.rows.push_back({m_cells.text(row.release), m_cells.time(row.firstSeen), m_cells.count(row.users),
                            m_cells.count(row.sessions),
                            row.crashFreeSessions ? m_cells.percent(*row.crashFreeSessions, 2) : ReportCells::none()});
    }
    all.note = rowsNote(all.rows.size(), m_facts.releases.size());
    if (!m_facts.card) {
        Blocks blocks{ReportText{tr("There are not two releases in the range that could be compared."), false}};
        blocks.emplace_back(std::move(all));
        return blocks;
    }
    const ReleaseCard &card = *m_facts.card;
    const double adoption =
        card.usersOfAll == 0 ? 0 : static_cast<double>(card.after.users) / static_cast<double>(card.usersOfAll);
    Blocks blocks{ReportText{tr("%1 of all users ran %2 in the range, first seen %3.")
                                 .arg(m_formatter.percent(adoption, 1), fromStd(card.after.release),
                                      m_formatter.dateTime(card.after.firstSeen)),
                             false}};
    blocks.emplace_back(adoptionTable(card));
    blocks.emplace_back(releaseFigures(card));
    if (!card.newGroups.empty())
        blocks.emplace_back(cardGroups(tr("Errors new in %1").arg(fromStd(card.after.release)), card.newGroups, card.after));
    if (!card.regressed.empty())
        blocks.emplace_back(cardGroups(tr("Errors that came back in %1").arg(fromStd(card.after.release)), card.regressed, card.after));
    if (card.newGroups.empty() && card.regressed.empty())
        blocks.emplace_back(ReportText{tr("No error is new in %1, and none came back.").arg(fromStd(card.after.release)), false});
    blocks.emplace_back(std::move(all));
    return blocks;
}

Composer::Blocks Composer::notes() const
{
    Blocks blocks;
    for (const QString &paragraph : fromStd(m_facts.request.notes).split(QStringLiteral("\n\n"), Qt::SkipEmptyParts)) {
        if (const QString text = paragraph.simplified(); !text.isEmpty())
            blocks.emplace_back(ReportText{text, false});
    }
    return blocks;
}

Composer::Blocks Composer::appendix() const
{
    ReportTable terms;
    terms.title = tr("What the words mean");
    terms.columns = {{tr("Word"), Kind::Text}, {tr("Meaning"), Kind::Text}};
    for (const Term term : {Term::UsageEvent, Term::User, Term::Session, Term::CrashFree, Term::Dwell, Term::Percentile, Term::Interval})
        terms.rows.push_back({m_cells.text(termName(term)), m_cells.text(termMeaning(term))});
    ReportTable counters;
    counters.title = tr("What was changed, refused or dropped on the way, in the whole cache");
    counters.columns = {{tr("Counter"), Kind::Code}, {tr("Count"), Kind::Count}, {tr("Meaning"), Kind::Text}};
    for (const CounterRow &row : m_facts.counters) {
        if (row.severity == "info")
            continue;
        if (counters.rows.size() == kReportRows)
            break;
        counters.rows.push_back({m_cells.text(row.counter), m_cells.count(row.count), m_cells.text(counterText(row.help))});
    }
    Blocks blocks{std::move(terms)};
    if (counters.rows.empty())
        blocks.emplace_back(ReportText{tr("Nothing was refused or dropped."), false});
    else
        blocks.emplace_back(std::move(counters));
    for (const std::string &note : m_facts.notes)
        blocks.emplace_back(ReportText{tr("Note: %1").arg(fromStd(note)), true});
    return blocks;
}

} // namespace telltale
