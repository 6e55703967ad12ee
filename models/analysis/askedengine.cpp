// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/askedengine.h"

#include "models/telemetry/timeformat.h"

#include <algorithm>
#include <numeric>
#include <string_view>

namespace telltale {

namespace {

using SampleOf = AskedQuestion::SampleOf;
using Options = std::vector<std::pair<std::string, std::string>>;

std::string stepText(ActivityStep step)
{
    switch (step) {
    case ActivityStep::Second:
        return "1s";
    case ActivityStep::FifteenSeconds:
        return "15s";
    case ActivityStep::Minute:
        return "1m";
    case ActivityStep::FiveMinutes:
        return "5m";
    case ActivityStep::FifteenMinutes:
        return "15m";
    case ActivityStep::Hour:
        return "1h";
    case ActivityStep::Day:
        return "1d";
    }
    return {};
}

std::string columnsText(HeatmapColumns columns)
{
    static constexpr const char *kNames[] = {"minute", "hour", "day", "week", "weekday-hour", "release"};
    return kNames[static_cast<std::size_t>(columns)];
}

std::string metricValueText(MetricValue value)
{
    static constexpr const char *kNames[] = {"avg", "min", "max", "sum", "rate", "count", "p50", "p95", "p99"};
    return kNames[static_cast<std::size_t>(value)];
}

std::string periodText(CalendarUnit unit)
{
    return unit == CalendarUnit::Day ? "day" : unit == CalendarUnit::Month ? "month" : "week";
}

/// "14d", "36h", "90s", "1500ms": what --window reads, without a rest.
std::string durationText(std::chrono::nanoseconds time)
{
    using namespace std::chrono;
    const auto in = [time](auto unit, const char *name) -> std::string {
        return time % unit == nanoseconds::zero() ? std::to_string(time / unit) + name : std::string();
    };
    for (const std::string &text : {in(hours(24), "d"), in(hours(1), "h"), in(minutes(1), "m"), in(seconds(1), "s")}) {
        if (!text.empty())
            return text;
    }
    return std::to_string(duration_cast<milliseconds>(time).count()) + "ms";
}

/// So that a shell takes it as one word.
std::string quoted(const std::string &word)
{
    static constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:+,=@%";
    if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos)
        return word;
    std::string text = "'";
    for (const char letter : word)
        text += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
    return text + '\'';
}

template<typename Rows, typename Count>
std::uint64_t sum(const Rows &rows, Count count)
{
    return std::accumulate(rows.begin(), rows.end(), std::uint64_t(0), [&](std::uint64_t all, const auto &row) { return all + count(row); });
}

AskedQuestion asked(std::string question, SampleOf sampleOf, Options options = {}, std::string subject = {})
{
    AskedQuestion made;
    made.question = std::move(question);
    made.subject = std::move(subject);
    made.options = std::move(options);
    made.sampleOf = sampleOf;
    return made;
}

std::uint64_t sampleOfActivity(const std::vector<ActivityRow> &rows)
{
    return sum(rows, [](const ActivityRow &row) { return row.events + row.errors + row.screenViews; });
}

AskedQuestion near(AskedQuestion question)
{
    question.isOnlyNear = true;
    return question;
}

} // namespace

std::string queryCommand(const AskedQuestion &question, const std::string &cache)
{
    std::string line = "telltale query " + question.question;
    const auto add = [&line](std::string_view option, const std::string &value) {
        line.append(" ").append(option);
        if (!value.empty()) // else a flag
            line.append(" ").append(quoted(value));
    };
    if (!question.subject.empty())
        line += ' ' + quoted(question.subject);
    for (const auto &[option, value] : question.options) {
        if (!value.empty())
            add(option, value);
    }
    const Scope &scope = question.scope;
    if (scope.range.from != Instant::min())
        add("--from", formatRfc3339(scope.range.from));
    if (scope.range.to != Instant::max())
        add("--to", formatRfc3339(scope.range.to));
    if (!scope.filter.isEmpty())
        add("--filter", scope.filter.text());
    if (scope.limit != kNoLimit)
        add("--limit", std::to_string(scope.limit));
    if (!scope.zone.id().empty())
        add("--zone", scope.zone.id());
    if (!cache.empty())
        add("--cache", cache);
    return line;
}

template<typename T, typename Sample>
Engine::Reply<T> AskedEngine::noted(AskedQuestion question, const Scope &scope, Reply<T> reply, Sample sample)
{
    question.scope = scope;
    if (reply) {
        question.plan = reply->plan;
        question.sample = sample(reply->value);
    } else {
        question.problem = reply.error();
    }
    m_asked.push_back(std::move(question));
    return reply;
}

Engine::Reply<Totals> AskedEngine::totals(const Scope &scope, std::stop_token stop)
{
    return noted(asked("totals", SampleOf::Records), scope, m_engine.totals(scope, stop), [](const Totals &t) {
        return t.usageEvents + t.screenViews + t.errors + t.spans + t.logs + t.metricPoints;
    });
}

Engine::Reply<std::vector<FeatureRow>> AskedEngine::features(const Scope &scope, std::stop_token stop)
{
    return noted(asked("features", SampleOf::UsageEvents), scope, m_engine.features(scope, stop),
                 [](const auto &rows) { return sum(rows, [](const FeatureRow &row) { return row.events; }); });
}

Engine::Reply<std::vector<ScreenRow>> AskedEngine::screens(const Scope &scope, std::stop_token stop)
{
    return noted(asked("screens", SampleOf::ScreenViews), scope, m_engine.screens(scope, stop),
                 [](const auto &rows) { return sum(rows, [](const ScreenRow &row) { return row.views; }); });
}

Engine::Reply<std::vector<ActivityRow>> AskedEngine::activity(const Scope &scope, ActivityStep step, std::stop_token stop)
{
    return noted(asked("activity", SampleOf::Records, {{"--step", stepText(step)}}), scope, m_engine.activity(scope, step, stop), &sampleOfActivity);
}

/// One question of the command line for each name.
Engine::Reply<ActivitySeries> AskedEngine::activityBy(SplitBy by, const std::vector<std::string> &names, ActivityStep step, const Scope &scope,
                                                      std::stop_token stop)
{
    auto reply = m_engine.activityBy(by, names, step, scope, stop);
    for (std::size_t i = 0; i < names.size(); ++i) {
        AskedQuestion question = asked("activity", SampleOf::Records, {{"--step", stepText(step)}});
        question.scope = narrowedTo(by, names[i], scope);
        if (reply) {
            question.plan = reply->plan;
            question.sample = sampleOfActivity(reply->value.at(i));
        } else {
            question.problem = reply.error();
        }
        m_asked.push_back(std::move(question));
    }
    return reply;
}

Engine::Reply<std::vector<LatencyRow>> AskedEngine::latency(const Scope &scope, ActivityStep step, std::stop_token stop)
{
    // The command line knows durations of the whole range.
    return noted(near(asked("operations", SampleOf::Spans)), scope, m_engine.latency(scope, step, stop),
                 [](const auto &rows) { return sum(rows, [](const LatencyRow &row) { return row.spans; }); });
}

Engine::Reply<LatencyBands> AskedEngine::latencyBands(const Scope &scope, ActivityStep step, std::stop_token stop)
{
    return noted(near(asked("operations", SampleOf::Spans)), scope, m_engine.latencyBands(scope, step, stop), [](const LatencyBands &bands) {
        return sum(bands.columns, [](const LatencyBands::Column &column) {
            return std::accumulate(column.spans.begin(), column.spans.end(), std::uint64_t{0});
        });
    });
}

Engine::Reply<Pulse> AskedEngine::pulse(const Scope &scope, ActivityStep step, std::stop_token stop)
{
    return noted(near(asked("totals", SampleOf::Sessions)), scope, m_engine.pulse(scope, step, stop),
                 [](const Pulse &pulse) { return pulse.sessions; });
}

Engine::Reply<Heatmap> AskedEngine::heatmap(const Scope &scope, HeatmapRows rows, HeatmapColumns columns, HeatmapValue value,
                                            std::stop_token stop)
{
    const bool isUsers = value == HeatmapValue::Users;
    const bool isFeature = rows == HeatmapRows::Feature;
    AskedQuestion question = asked("heatmap",
                                   isUsers                          ? SampleOf::UsersOfRows
                                   : value == HeatmapValue::Dwell   ? SampleOf::Buckets
                                   : isFeature                      ? SampleOf::UsageEvents
                                                                    : SampleOf::ScreenViews,
                                   {{"--rows", isFeature ? "feature" : "screen"},
                                    {"--columns", columnsText(columns)},
                                    {"--value", isUsers ? "users" : value == HeatmapValue::Dwell ? "dwell" : "events"}});
    return noted(std::move(question), scope, m_engine.heatmap(scope, rows, columns, value, stop), [value](const Heatmap &map) {
        if (value == HeatmapValue::Dwell)
            return static_cast<std::uint64_t>(map.values.size());
        return static_cast<std::uint64_t>(std::accumulate(map.rowTotals.begin(), map.rowTotals.end(), 0.0));
    });
}

Engine::Reply<std::vector<ActiveUsersRow>> AskedEngine::activeUsers(const Scope &scope, std::stop_token stop)
{
    return noted(asked("active-users", SampleOf::Users), scope, m_engine.activeUsers(scope, stop), [](const auto &rows) {
        std::uint64_t most = 0;
        for (const ActiveUsersRow &row : rows)
            most = std::max(most, row.mau);
        return most;
    });
}

Engine::Reply<SessionList> AskedEngine::sessions(const Scope &scope, bool withTimelines, std::stop_token stop)
{
    return noted(asked("sessions", SampleOf::Sessions), scope, m_engine.sessions(scope, withTimelines, stop),
                 [](const SessionList &list) { return list.total; });
}

Engine::Reply<SessionDetail> AskedEngine::session(const std::string &id, const Scope &scope, std::stop_token stop)
{
    return noted(asked("session", SampleOf::Records, {}, id), scope, m_engine.session(id, scope, stop),
                 [](const SessionDetail &detail) { return static_cast<std::uint64_t>(detail.records.size()); });
}

Engine::Reply<std::vector<ErrorGroupRow>> AskedEngine::errors(const Scope &scope, std::stop_token stop)
{
    return noted(asked("errors", SampleOf::Errors), scope, m_engine.errors(scope, stop),
                 [](const auto &rows) { return sum(rows, [](const ErrorGroupRow &row) { return row.events; }); });
}

Engine::Reply<std::vector<ErrorOccurrence>> AskedEngine::errorGroup(const std::string &group, const Scope &scope, std::stop_token stop)
{
    return noted(asked("error", SampleOf::Errors, {}, group), scope, m_engine.errorGroup(group, scope, stop),
                 [](const auto &rows) { return static_cast<std::uint64_t>(rows.size()); });
}

Engine::Reply<std::vector<TriageDecision>> AskedEngine::decisions(const std::string &group, std::stop_token stop)
{
    return m_engine.decisions(group, std::move(stop));
}

Engine::Reply<std::vector<Note>> AskedEngine::notes(std::stop_token stop)
{
    return m_engine.notes(std::move(stop));
}

Engine::Reply<std::vector<LogRow>> AskedEngine::logs(const Scope &scope, std::stop_token stop)
{
    return noted(asked("logs", SampleOf::Records), scope, m_engine.logs(scope, stop),
                 [](const auto &rows) { return static_cast<std::uint64_t>(rows.size()); });
}

Engine::Reply<std::vector<SourceRow>> AskedEngine::sources(const Scope &scope, std::stop_token stop)
{
    return noted(asked("sources", SampleOf::Records), scope, m_engine.sources(scope, stop),
                 [](const auto &rows) { return sum(rows, [](const SourceRow &row) { return row.records; }); });
}

Engine::Reply<std::vector<CounterRow>> AskedEngine::counters(const Scope &scope, std::stop_token stop)
{
    return noted(asked("counters", SampleOf::Records), scope, m_engine.counters(scope, stop),
                 [](const auto &rows) { return sum(rows, [](const CounterRow &row) { return row.count; }); });
}

Engine::Reply<std::vector<ReleaseRow>> AskedEngine::releases(const Scope &scope, std::stop_token stop)
{
    return noted(asked("releases", SampleOf::Sessions), scope, m_engine.releases(scope, stop),
                 [](const auto &rows) { return sum(rows, [](const ReleaseRow &row) { return row.sessions; }); });
}

Engine::Reply<std::vector<MetricRow>> AskedEngine::metrics(const Scope &scope, std::stop_token stop)
{
    return noted(asked("metrics", SampleOf::MetricPoints), scope, m_engine.metrics(scope, stop),
                 [](const auto &rows) { return sum(rows, [](const MetricRow &row) { return row.points; }); });
}

Engine::Reply<std::vector<MetricValueRow>> AskedEngine::metric(const std::string &name, MetricValue value, ActivityStep step,
                                                               const std::string &by, const Scope &scope, std::stop_token stop)
{
    AskedQuestion question =
        asked("metric", SampleOf::Buckets, {{"--value", metricValueText(value)}, {"--step", stepText(step)}, {"--by", by}}, name);
    return noted(std::move(question), scope, m_engine.metric(name, value, step, by, scope, stop),
                 [](const auto &rows) { return sum(rows, [](const MetricValueRow &row) { return row.value ? 1U : 0U; }); });
}

Engine::Reply<std::vector<OperationRow>> AskedEngine::operations(const Scope &scope, std::stop_token stop)
{
    return noted(asked("operations", SampleOf::Spans), scope, m_engine.operations(scope, stop),
                 [](const auto &rows) { return sum(rows, [](const OperationRow &row) { return row.spans; }); });
}

Engine::Reply<Spread> AskedEngine::spread(SpreadOf of, const std::vector<double> &shares, const Scope &scope, std::stop_token stop)
{
    const bool isSpans = of == SpreadOf::Spans;
    return noted(near(asked(isSpans ? "operations" : "screens", isSpans ? SampleOf::Spans : SampleOf::ScreenViews)), scope,
                 m_engine.spread(of, shares, scope, stop), [](const Spread &spread) { return spread.count; });
}

Engine::Reply<std::vector<TraceRow>> AskedEngine::traces(const Scope &scope, std::stop_token stop)
{
    return noted(asked("traces", SampleOf::Spans), scope, m_engine.traces(scope, stop),
                 [](const auto &rows) { return sum(rows, [](const TraceRow &row) { return row.spans; }); });
}

Engine::Reply<std::vector<TraceSpanRow>> AskedEngine::trace(const std::string &id, const Scope &scope, std::stop_token stop)
{
    return noted(asked("trace", SampleOf::Spans, {}, id), scope, m_engine.trace(id, scope, stop),
                 [](const auto &rows) { return static_cast<std::uint64_t>(rows.size()); });
}

Engine::Reply<std::vector<RetentionRow>> AskedEngine::retention(CalendarUnit period, const Scope &scope, std::stop_token stop)
{
    return noted(asked("retention", SampleOf::Users, {{"--period", periodText(period)}}), scope, m_engine.retention(period, scope, stop),
                 [](const auto &rows) { return sum(rows, [](const RetentionRow &row) { return row.period == 0 ? row.size : 0U; }); });
}

Engine::Reply<std::vector<FunnelRow>> AskedEngine::funnel(const std::vector<std::string> &steps, std::chrono::nanoseconds window,
                                                          const Scope &scope, std::stop_token stop)
{
    std::string names;
    for (const std::string &step : steps)
        names += (names.empty() ? "" : ",") + step;
    AskedQuestion question = asked("funnel", SampleOf::Users, {{"--steps", names}, {"--window", durationText(window)}});
    question.isOnlyNear = std::any_of(steps.begin(), steps.end(), [](const std::string &step) { return step.find(',') != std::string::npos; });
    return noted(std::move(question), scope, m_engine.funnel(steps, window, scope, stop),
                 [](const auto &rows) { return rows.empty() ? std::uint64_t(0) : rows.front().users; });
}

namespace {

Options pathOptions(const PathsAsked &what)
{
    static constexpr const char *kOf[] = {"screens", "features", "both"};
    Options options{{"--of", kOf[static_cast<std::size_t>(what.of)]},
                    {"--depth", std::to_string(what.steps)},
                    {"--top", std::to_string(what.top)}};
    if (!what.anchor.empty())
        options.emplace_back(what.isBackwards ? "--ending-at" : "--starting-at", what.anchor);
    if (!what.collapsesRepeats)
        options.emplace_back("--keep-repeats", "");
    return options;
}

} // namespace

Engine::Reply<Paths> AskedEngine::paths(const PathsAsked &what, const Scope &scope, std::stop_token stop)
{
    AskedQuestion question = asked("paths", SampleOf::Sessions, pathOptions(what));
    question.isOnlyNear = what.isBackwards && what.anchor.empty(); // where sessions end has no option
    return noted(std::move(question), scope, m_engine.paths(what, scope, stop), [](const Paths &paths) { return paths.all; });
}

Engine::Reply<SessionList> AskedEngine::pathSessions(const PathStepAsked &what, const Scope &scope, bool withTimelines, std::stop_token stop)
{
    AskedQuestion question = asked("paths", SampleOf::Sessions, pathOptions(what.paths));
    question.isOnlyNear = true; // the command counts them and does not list them
    return noted(std::move(question), scope, m_engine.pathSessions(what, scope, withTimelines, std::move(stop)),
                 [](const SessionList &list) { return list.total; });
}

Result<std::vector<std::string>> AskedEngine::records(const Scope &scope, const RecordVisitor &visit, std::stop_token stop)
{
    return m_engine.records(scope, visit, std::move(stop));
}

Engine::Reply<Engine::Summary> AskedEngine::summary(std::stop_token stop)
{
    return m_engine.summary(std::move(stop));
}

std::uint64_t AskedEngine::dataVersion()
{
    return m_engine.dataVersion();
}

} // namespace telltale
