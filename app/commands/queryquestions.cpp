// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/queryquestions.h"

#include "app/commands/pathrows.h"
#include "models/telemetry/filterfields.h"
#include "models/telemetry/timeformat.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>

namespace telltale {
namespace {

using Cells = std::vector<Value>;

Value count(std::uint64_t n)
{
    return Value(static_cast<std::int64_t>(n));
}
Value time(Instant at)
{
    return Value(formatRfc3339(at));
}
Value timeOrNull(const std::optional<Instant> &at)
{
    return at ? time(*at) : Value();
}
Value msOrNull(const std::optional<double> &ms)
{
    return ms ? milliseconds(*ms) : Value();
}
Value texts(const std::vector<std::string> &list)
{
    Value::Array array;
    for (const std::string &text : list)
        array.emplace_back(text);
    return array;
}
Value between(Instant start, Instant end)
{
    return milliseconds(static_cast<double>((end - start).count()) / 1e6);
}

Value::Map explanationOf(const QuestionPlan &plan)
{
    return {{"plan", Value(plan.isRollup ? "rollups" : "scan")},
            {"rollup_buckets", count(plan.buckets)},
            {"scanned_segments", count(plan.scannedSegments)},
            {"scanned_records", count(plan.scannedRecords)}};
}

/// Rows of one C++ type each, laid out when they are written.
template<typename Row>
AnswerTable tableOf(std::vector<std::string> columns, Answered<std::vector<Row>> &&answer,
                    Cells (*cells)(const Row &))
{
    AnswerTable table;
    table.columns = std::move(columns);
    table.rowCount = answer.value.size();
    table.notes = std::move(answer.notes);
    table.explanation = explanationOf(answer.plan);
    table.row = [rows = std::make_shared<const std::vector<Row>>(std::move(answer.value)),
                 cells](std::size_t row) { return cells((*rows)[row]); };
    return table;
}

template<typename Row>
Result<AnswerTable> laidOut(std::vector<std::string> columns, Engine::Reply<std::vector<Row>> reply,
                            Cells (*cells)(const Row &))
{
    if (!reply)
        return tl::unexpected(reply.error());
    return tableOf(std::move(columns), std::move(*reply), cells);
}

template<typename T, std::size_t N>
Result<T> chosen(const std::array<std::pair<std::string_view, T>, N> &choices, std::string_view option,
                 const std::string &text)
{
    std::string list;
    for (const auto &[name, value] : choices) {
        if (name == text)
            return value;
        list += (list.empty() ? "" : ", ") + std::string(name);
    }
    return failure(Error::Code::InvalidArgument,
                   "'" + text + "' is nothing for " + std::string(option) + "; there are " + list);
}

constexpr std::array<std::pair<std::string_view, ActivityStep>, 7> kSteps{
    {{"1s", ActivityStep::Second},
     {"15s", ActivityStep::FifteenSeconds},
     {"1m", ActivityStep::Minute},
     {"5m", ActivityStep::FiveMinutes},
     {"15m", ActivityStep::FifteenMinutes},
     {"1h", ActivityStep::Hour},
     {"1d", ActivityStep::Day}}};
constexpr std::array<std::pair<std::string_view, HeatmapRows>, 2> kRows{
    {{"feature", HeatmapRows::Feature}, {"screen", HeatmapRows::Screen}}};
constexpr std::array<std::pair<std::string_view, HeatmapColumns>, 6> kColumns{
    {{"minute", HeatmapColumns::Minute},
     {"hour", HeatmapColumns::Hour},
     {"day", HeatmapColumns::Day},
     {"week", HeatmapColumns::Week},
     {"weekday-hour", HeatmapColumns::WeekdayHour},
     {"release", HeatmapColumns::Release}}};
constexpr std::array<std::pair<std::string_view, MetricValue>, 9> kMetricValues{{{"avg", MetricValue::Average},
                                                                               {"min", MetricValue::Minimum},
                                                                               {"max", MetricValue::Maximum},
                                                                               {"sum", MetricValue::Sum},
                                                                               {"rate", MetricValue::Rate},
                                                                               {"count", MetricValue::Count},
                                                                               {"p50", MetricValue::P50},
                                                                               {"p95", MetricValue::P95},
                                                                               {"p99", MetricValue::P99}}};
constexpr std::array<std::pair<std::string_view, HeatmapValue>, 3> kValues{
    {{"events", HeatmapValue::Events}, {"users", HeatmapValue::Users}, {"dwell", HeatmapValue::Dwell}}};

std::string_view stateText(SourceState state)
{
    switch (state) {
    case SourceState::Waiting:
        return "waiting";
    case SourceState::Live:
        return "live";
    case SourceState::Late:
        return "late";
    case SourceState::Off:
        return "off";
    case SourceState::Error:
        return "error";
    case SourceState::Paused:
        return "paused";
    }
    return "waiting";
}

Result<AnswerTable> totals(Engine &engine, const QueryOptions &, const Scope &scope)
{
    auto reply = engine.totals(scope, {});
    if (!reply)
        return tl::unexpected(reply.error());
    Answered<std::vector<Totals>> answer{{reply->value}, std::move(reply->notes), reply->plan};
    return tableOf<Totals>(
        {"usage_events", "screen_views", "errors", "spans", "logs", "metric_points", "sessions", "users"},
        std::move(answer), [](const Totals &t) {
            return Cells{count(t.usageEvents), count(t.screenViews),  count(t.errors),   count(t.spans),
                         count(t.logs),        count(t.metricPoints), count(t.sessions), count(t.users)};
        });
}

Result<AnswerTable> features(Engine &engine, const QueryOptions &, const Scope &scope)
{
    return laidOut<FeatureRow>({"feature", "events", "users", "sessions", "share"},
                               engine.features(scope, {}), [](const FeatureRow &r) {
                                   return Cells{Value(r.feature), count(r.events), count(r.users),
                                                count(r.sessions), Value(r.share)};
                               });
}

Result<AnswerTable> screens(Engine &engine, const QueryOptions &, const Scope &scope)
{
    return laidOut<ScreenRow>(
        {"screen", "views", "users", "dwell_ms_total", "dwell_ms_p50", "dwell_ms_p90", "dwell_ms_p25",
         "dwell_ms_p75", "dwells"},
        engine.screens(scope, {}), [](const ScreenRow &r) {
            return Cells{textOrNull(r.screen),         count(r.views),         count(r.users),
                         milliseconds(r.dwellTotalMs), msOrNull(r.dwellP50Ms), msOrNull(r.dwellP90Ms),
                         msOrNull(r.dwellP25Ms),       msOrNull(r.dwellP75Ms), count(r.knownDwells)};
        });
}

Result<AnswerTable> activity(Engine &engine, const QueryOptions &options, const Scope &scope)
{
    const auto step = chosen(kSteps, "--step", options.step);
    if (!step)
        return tl::unexpected(step.error());
    return laidOut<ActivityRow>({"start", "events", "users", "sessions", "errors", "screen_views"},
                                engine.activity(scope, *step, {}), [](const ActivityRow &r) {
                                    return Cells{time(r.start),     count(r.events), count(r.users),
                                                 count(r.sessions), count(r.errors), count(r.screenViews)};
                                });
}

Result<AnswerTable> heatmap(Engine &engine, const QueryOptions &options, const Scope &scope)
{
    const auto rows = chosen(kRows, "--rows", options.rows);
    const auto columns = chosen(kColumns, "--columns", options.columns);
    const auto value = chosen(kValues, "--value", options.value.empty() ? "events" : options.value);
    for (const auto *problem : {rows ? nullptr : &rows.error(), columns ? nullptr : &columns.error(),
                                value ? nullptr : &value.error()}) {
        if (problem)
            return tl::unexpected(*problem);
    }
    auto reply = engine.heatmap(scope, *rows, *columns, *value, {});
    if (!reply)
        return tl::unexpected(reply.error());
    AnswerTable table;
    table.columns = {"row", "column", "value"};
    table.notes = std::move(reply->notes);
    table.explanation = explanationOf(reply->plan);
    const auto map = std::make_shared<const Heatmap>(std::move(reply->value));
    table.rowCount = map->rows.size() * map->columns.size();
    table.row = [map](std::size_t cell) {
        const std::size_t width = map->columns.size();
        return Cells{textOrNull(map->rows[cell / width]), Value(map->columns[cell % width].label),
                     milliseconds(map->values[cell])};
    };
    return table;
}

Result<AnswerTable> activeUsers(Engine &engine, const QueryOptions &, const Scope &scope)
{
    return laidOut<ActiveUsersRow>({"day", "dau", "wau", "mau"}, engine.activeUsers(scope, {}),
                                   [](const ActiveUsersRow &r) {
                                       return Cells{Value(r.day), count(r.dau), count(r.wau), count(r.mau)};
                                   });
}

Result<AnswerTable> sessions(Engine &engine, const QueryOptions &, const Scope &scope)
{
    auto reply = engine.sessions(scope, false, {});
    if (!reply)
        return tl::unexpected(reply.error());
    Answered<std::vector<SessionRow>> answer{std::move(reply->value.rows), std::move(reply->notes),
                                             reply->plan};
    return tableOf<SessionRow>({"session", "user", "product", "release", "start", "end", "duration_ms",
                                "events", "screens", "errors", "os", "device", "derived"},
                               std::move(answer), [](const SessionRow &r) {
                                   return Cells{
                                       Value(r.session),        textOrNull(r.user), textOrNull(r.product),
                                       textOrNull(r.release),   time(r.start),      time(r.end),
                                       between(r.start, r.end), count(r.events),    count(r.screens),
                                       count(r.errors),         textOrNull(r.os),   textOrNull(r.device),
                                       Value(r.isDerived)};
                               });
}

Result<AnswerTable> session(Engine &engine, const QueryOptions &options, const Scope &scope)
{
    auto reply = engine.session(options.subject, scope, {});
    if (!reply)
        return tl::unexpected(reply.error());
    Answered<std::vector<SessionRecord>> answer{std::move(reply->value.records), std::move(reply->notes),
                                                reply->plan};
    return tableOf<SessionRecord>(
        {"time", "kind", "name", "screen", "duration_ms", "attributes", "detail", "severity"},
        std::move(answer), [](const SessionRecord &r) {
            return Cells{time(r.time),           Value(recordKindName(r.kind)),
                         textOrNull(r.name),     textOrNull(r.screen),
                         msOrNull(r.durationMs), Value(r.attributes),
                         textOrNull(r.detail),   r.severity ? Value(int(r.severity)) : Value()};
        });
}

Result<AnswerTable> errors(Engine &engine, const QueryOptions &, const Scope &scope)
{
    return laidOut<ErrorGroupRow>(
        {"group", "type", "message", "events", "users", "sessions", "first_seen", "last_seen", "releases",
         "unhandled", "state", "culprit"},
        engine.errors(scope, {}), [](const ErrorGroupRow &r) {
            return Cells{Value(r.group),    textOrNull(r.type), textOrNull(r.message), count(r.events),
                         count(r.users),    count(r.sessions),  time(r.firstSeen),     time(r.lastSeen),
                         texts(r.releases), count(r.unhandled), textOrNull(r.state),   textOrNull(r.culprit)};
        });
}

Result<AnswerTable> error(Engine &engine, const QueryOptions &options, const Scope &scope)
{
    auto reply = engine.errorGroup(options.subject, scope, {});
    if (reply) // the engine puts the newest first, a time series goes by time
        std::reverse(reply->value.begin(), reply->value.end());
    return laidOut<ErrorOccurrence>(
        {"time", "user", "session", "release", "message", "stack", "attributes", "type", "unhandled",
         "product", "os", "device", "screen"},
        std::move(reply), [](const ErrorOccurrence &r) {
            return Cells{time(r.time),          textOrNull(r.user),    textOrNull(r.session),
                         textOrNull(r.release), textOrNull(r.message), textOrNull(r.stack),
                         Value(r.attributes),   textOrNull(r.type),    Value(r.isUnhandled),
                         textOrNull(r.product), textOrNull(r.os),      textOrNull(r.device),
                         textOrNull(r.screen)};
        });
}

Result<AnswerTable> logs(Engine &engine, const QueryOptions &, const Scope &scope)
{
    return laidOut<LogRow>(
        {"time", "severity", "body", "session", "attributes", "severity_text", "name", "user"},
        engine.logs(scope, {}), [](const LogRow &r) {
            return Cells{time(r.time),
                         r.severity ? Value(int(r.severity)) : Value(),
                         r.body,
                         textOrNull(r.session),
                         Value(r.attributes),
                         textOrNull(r.severityText),
                         textOrNull(r.name),
                         textOrNull(r.user)};
        });
}

Value msOrNull(const std::optional<std::chrono::nanoseconds> &time)
{
    return time ? Value(std::chrono::duration<double, std::milli>(*time).count()) : Value();
}

Result<AnswerTable> sources(Engine &engine, const QueryOptions &, const Scope &scope)
{
    return laidOut<SourceRow>({"source", "protocol", "state", "last_event", "requests", "records", "rejected",
                               "duplicates", "dropped", "product", "os", "last_arrival", "releases", "rate_per_s", "lag_ms",
                               "clock_difference_ms", "refused_requests", "last_rejection", "rejection_reason",
                               "rejection_example", "note"},
                              engine.sources(scope, {}), [](const SourceRow &r) {
                                  return Cells{
                                      Value(r.source),         Value(r.protocol),   Value(stateText(r.state)),
                                      timeOrNull(r.lastEvent), count(r.requests),   count(r.records),
                                      count(r.rejected),       count(r.duplicates), count(r.dropped),
                                      textOrNull(r.product),   textOrNull(r.os),    timeOrNull(r.lastArrival),
                                      texts(r.releases),       Value(r.ratePerSecond), msOrNull(r.lag),
                                      msOrNull(r.clockDifference), count(r.refusedRequests),
                                      r.lastRefusal ? timeOrNull(r.lastRefusal->at) : Value(),
                                      r.lastRefusal ? textOrNull(r.lastRefusal->reason) : Value(),
                                      r.lastRefusal ? textOrNull(r.lastRefusal->example) : Value(),
                                      textOrNull(r.note)};
                              });
}

Result<AnswerTable> counters(Engine &engine, const QueryOptions &, const Scope &scope)
{
    return laidOut<CounterRow>(
        {"counter", "severity", "count", "help"}, engine.counters(scope, {}), [](const CounterRow &r) {
            return Cells{Value(r.counter), Value(r.severity), count(r.count), textOrNull(r.help)};
        });
}

Result<AnswerTable> releases(Engine &engine, const QueryOptions &, const Scope &scope)
{
    return laidOut<ReleaseRow>({"product", "release", "first_seen", "last_seen", "users", "sessions",
                                "crash_free_sessions", "crashed_sessions"},
                               engine.releases(scope, {}), [](const ReleaseRow &r) {
                                   return Cells{textOrNull(r.product),
                                                textOrNull(r.release),
                                                time(r.firstSeen),
                                                time(r.lastSeen),
                                                count(r.users),
                                                count(r.sessions),
                                                r.crashFreeSessions ? Value(*r.crashFreeSessions) : Value(),
                                                count(r.crashedSessions)};
                               });
}

Result<AnswerTable> metrics(Engine &engine, const QueryOptions &, const Scope &scope)
{
    return laidOut<MetricRow>({"metric", "unit", "kind", "series", "points"}, engine.metrics(scope, {}),
                              [](const MetricRow &r) {
                                  return Cells{Value(r.metric), textOrNull(r.unit), Value(r.kind), count(r.series),
                                               count(r.points)};
                              });
}

Result<AnswerTable> metric(Engine &engine, const QueryOptions &options, const Scope &scope)
{
    const auto step = chosen(kSteps, "--step", options.step);
    if (!step)
        return tl::unexpected(step.error());
    const auto value = chosen(kMetricValues, "--value", options.value.empty() ? "avg" : options.value);
    if (!value)
        return tl::unexpected(value.error());
    return laidOut<MetricValueRow>({"start", "series", "value"},
                                   engine.metric(options.subject, *value, *step, options.by, scope, {}),
                                   [](const MetricValueRow &r) {
                                       return Cells{time(r.start), r.series ? Value(*r.series) : Value(),
                                                    r.value ? milliseconds(*r.value) : Value()};
                                   });
}

Result<AnswerTable> operations(Engine &engine, const QueryOptions &, const Scope &scope)
{
    return laidOut<OperationRow>({"operation", "spans", "errors", "p50_ms", "p95_ms", "p99_ms"},
                                 engine.operations(scope, {}), [](const OperationRow &r) {
                                     return Cells{Value(r.operation), count(r.spans),    count(r.errors),
                                                  msOrNull(r.p50Ms),  msOrNull(r.p95Ms), msOrNull(r.p99Ms)};
                                 });
}

Result<AnswerTable> traces(Engine &engine, const QueryOptions &, const Scope &scope)
{
    return laidOut<TraceRow>({"trace", "root", "start", "duration_ms", "spans", "errors", "partial"},
                             engine.traces(scope, {}), [](const TraceRow &r) {
                                 return Cells{Value(r.trace),          textOrNull(r.root), time(r.start),
                                              between(r.start, r.end), count(r.spans),     count(r.errors),
                                              Value(r.isPartial)};
                             });
}

Result<AnswerTable> trace(Engine &engine, const QueryOptions &options, const Scope &scope)
{
    return laidOut<TraceSpanRow>(
        {"span", "parent", "operation", "start", "duration_ms", "status", "kind", "session", "attributes"},
        engine.trace(options.subject, scope, {}), [](const TraceSpanRow &r) {
            return Cells{textOrNull(r.span),
                         textOrNull(r.parent),
                         Value(r.operation),
                         time(r.start),
                         milliseconds(r.durationMs),
                         Value(r.status),
                         Value(r.kind),
                         r.session ? Value(*r.session) : Value(),
                         Value(r.attributes)};
        });
}

constexpr std::array<std::pair<std::string_view, CalendarUnit>, 3> kPeriods{
    {{"day", CalendarUnit::Day}, {"week", CalendarUnit::Week}, {"month", CalendarUnit::Month}}};
constexpr std::chrono::hours kFunnelWindow{14 * 24};

Result<AnswerTable> retention(Engine &engine, const QueryOptions &options, const Scope &scope)
{
    const auto period = chosen(kPeriods, "--period", options.period);
    if (!period)
        return tl::unexpected(period.error());
    return laidOut<RetentionRow>({"cohort", "size", "period", "users", "unfinished"},
                                 engine.retention(*period, scope, {}), [](const RetentionRow &r) {
                                     return Cells{Value(r.cohort), count(r.size), count(r.period), count(r.users),
                                                  Value(r.isUnfinished)};
                                 });
}

std::vector<std::string> stepsOf(const std::string &text)
{
    std::vector<std::string> steps;
    std::size_t begin = 0;
    while (begin <= text.size() && !text.empty()) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        steps.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return steps;
}

Result<AnswerTable> funnel(Engine &engine, const QueryOptions &options, const Scope &scope)
{
    std::chrono::nanoseconds window = kFunnelWindow;
    if (!options.window.empty()) {
        const auto parsed = parseDuration(options.window);
        if (!parsed)
            return tl::unexpected(parsed.error());
        window = *parsed;
    }
    return laidOut<FunnelRow>({"step", "users", "conversion", "median_ms"},
                              engine.funnel(stepsOf(options.steps), window, scope, {}), [](const FunnelRow &r) {
                                  return Cells{Value(r.step), count(r.users), Value(r.conversion), msOrNull(r.medianMs)};
                              });
}

constexpr std::array<std::pair<std::string_view, PathOf>, 3> kPathsOf{
    {{"screens", PathOf::Screens}, {"features", PathOf::Features}, {"both", PathOf::Both}}};

Result<AnswerTable> paths(Engine &engine, const QueryOptions &options, const Scope &scope)
{
    const auto of = chosen(kPathsOf, "--of", options.of);
    if (!of)
        return tl::unexpected(of.error());
    const bool isBackwards = !options.endingAt.empty();
    auto reply = engine.paths({isBackwards ? options.endingAt : options.startingAt, isBackwards, *of, options.depth, options.top,
                               !options.keepsRepeats},
                              scope, {});
    if (!reply)
        return tl::unexpected(reply.error());
    AnswerTable table;
    table.columns = {"step", "from_kind", "from", "to_kind", "to", "sessions", "share"};
    table.notes = std::move(reply->notes);
    table.explanation = explanationOf(reply->plan);
    auto rows = std::make_shared<const std::vector<Cells>>(pathRows(reply->value));
    table.rowCount = rows->size();
    table.row = [rows](std::size_t row) { return (*rows)[row]; };
    return table;
}

struct Question
{
    std::string_view name;
    std::string_view subject; ///< what must follow; empty: nothing may
    Result<AnswerTable> (*answer)(Engine &, const QueryOptions &, const Scope &);
};

constexpr std::array kQuestions{
    Question{"totals", "", totals},     Question{"features", "", features},
    Question{"screens", "", screens},   Question{"activity", "", activity},
    Question{"heatmap", "", heatmap},   Question{"active-users", "", activeUsers},
    Question{"sessions", "", sessions}, Question{"session", "ID", session},
    Question{"errors", "", errors},     Question{"error", "GROUP", error},
    Question{"logs", "", logs},         Question{"sources", "", sources},
    Question{"counters", "", counters}, Question{"releases", "", releases},
    Question{"metrics", "", metrics},   Question{"metric", "NAME", metric},
    Question{"traces", "", traces},     Question{"trace", "ID", trace},
    Question{"operations", "", operations}, Question{"retention", "", retention},
    Question{"funnel", "", funnel},     Question{"paths", "", paths},
};

const Question *questionNamed(std::string_view name)
{
    const auto found =
        std::find_if(kQuestions.begin(), kQuestions.end(), [&](const Question &q) { return q.name == name; });
    return found == kQuestions.end() ? nullptr : &*found;
}

} // namespace

std::string questionNames()
{
    std::string names;
    for (const Question &question : kQuestions) {
        names += names.empty() ? "" : ", ";
        names += question.name;
        if (!question.subject.empty())
            names += ' ' + std::string(question.subject);
    }
    return names;
}

Result<void> checkQuestion(const QueryOptions &options)
{
    const auto wrong = [](std::string message) {
        return failure(Error::Code::InvalidArgument, std::move(message));
    };
    const Question *question = questionNamed(options.question);
    if (!question)
        return wrong("there is no question '" + options.question + "'; there are " + questionNames());
    if (question->subject.empty() && !options.subject.empty())
        return wrong("'" + options.question + "' takes nothing behind it, but got '" + options.subject + "'");
    if (!question->subject.empty() && options.subject.empty())
        return wrong("'" + options.question + "' wants the " + std::string(question->subject) +
                     " it is about");
    if (const auto step = chosen(kSteps, "--step", options.step); !step)
        return tl::unexpected(step.error());
    if (const auto rows = chosen(kRows, "--rows", options.rows); !rows)
        return tl::unexpected(rows.error());
    if (const auto columns = chosen(kColumns, "--columns", options.columns); !columns)
        return tl::unexpected(columns.error());
    if (const auto period = chosen(kPeriods, "--period", options.period); !period)
        return tl::unexpected(period.error());
    if (options.question == "funnel" && options.steps.empty())
        return wrong("'funnel' wants --steps A,B,C");
    if (const auto of = chosen(kPathsOf, "--of", options.of); !of)
        return tl::unexpected(of.error());
    if (!options.startingAt.empty() && !options.endingAt.empty())
        return wrong("paths go from --starting-at or to --ending-at, not both");
    if (!options.window.empty()) {
        if (const auto window = parseDuration(options.window); !window)
            return tl::unexpected(window.error());
    }
    if (options.value.empty())
        return {};
    if (options.question == "metric") {
        if (const auto value = chosen(kMetricValues, "--value", options.value); !value)
            return tl::unexpected(value.error());
    } else if (const auto value = chosen(kValues, "--value", options.value); !value) {
        return tl::unexpected(value.error());
    }
    return {};
}

Result<AnswerTable> answerQuestion(Engine &engine, const QueryOptions &options, const Scope &scope)
{
    if (const auto checked = checkQuestion(options); !checked)
        return tl::unexpected(checked.error());
    return questionNamed(options.question)->answer(engine, options, scope);
}

} // namespace telltale
