// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/engine.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace telltale {

/// A question as it was asked, and what its answer was made of: what "Explain this number" tells.
struct AskedQuestion
{
    enum class SampleOf { Records, UsageEvents, ScreenViews, Sessions, Errors, Spans, Users, UsersOfRows, MetricPoints, Buckets };

    std::string question; ///< as `telltale query` calls it
    std::string subject;  ///< what it is about: the id of a session; may be empty
    std::vector<std::pair<std::string, std::string>> options; ///< {"--step", "1m"}
    bool isOnlyNear = false; ///< the command line can not ask quite this; `question` is the nearest to it
    Scope scope;
    QuestionPlan plan;
    SampleOf sampleOf = SampleOf::Records;
    std::uint64_t sample = 0; ///< how many of them the answer is over
    std::optional<Error> problem; ///< why there is no answer; then without plan and sample
};

/// The line of a shell that asks the same. `cache`: empty for the default one. Live ranges are written as they were then.
std::string queryCommand(const AskedQuestion &question, const std::string &cache = {});

/// Hands every question to another engine and writes down which they were. For the thread that asks; both outlive it.
class AskedEngine final : public Engine
{
public:
    AskedEngine(Engine &engine, std::vector<AskedQuestion> &asked)
        : m_engine(engine)
        , m_asked(asked)
    {}

    Reply<Totals> totals(const Scope &, std::stop_token) override;
    Reply<std::vector<FeatureRow>> features(const Scope &, std::stop_token) override;
    Reply<std::vector<ScreenRow>> screens(const Scope &, std::stop_token) override;
    Reply<std::vector<ActivityRow>> activity(const Scope &, ActivityStep, std::stop_token) override;
    Reply<ActivitySeries> activityBy(SplitBy, const std::vector<std::string> &names, ActivityStep, const Scope &, std::stop_token) override;
    Reply<std::vector<LatencyRow>> latency(const Scope &, ActivityStep, std::stop_token) override;
    Reply<LatencyBands> latencyBands(const Scope &, ActivityStep, std::stop_token) override;
    Reply<Pulse> pulse(const Scope &, ActivityStep, std::stop_token) override;
    Reply<Heatmap> heatmap(const Scope &, HeatmapRows, HeatmapColumns, HeatmapValue, std::stop_token) override;
    Reply<std::vector<ActiveUsersRow>> activeUsers(const Scope &, std::stop_token) override;
    Reply<SessionList> sessions(const Scope &, bool withTimelines, std::stop_token) override;
    Reply<SessionDetail> session(const std::string &id, const Scope &, std::stop_token) override;
    Reply<std::vector<ErrorGroupRow>> errors(const Scope &, std::stop_token) override;
    Reply<std::vector<ErrorOccurrence>> errorGroup(const std::string &group, const Scope &, std::stop_token) override;
    Reply<std::vector<TriageDecision>> decisions(const std::string &group, std::stop_token) override;
    Reply<std::vector<Note>> notes(std::stop_token) override;
    Reply<std::vector<LogRow>> logs(const Scope &, std::stop_token) override;
    Reply<std::vector<SourceRow>> sources(const Scope &, std::stop_token) override;
    Reply<std::vector<CounterRow>> counters(const Scope &, std::stop_token) override;
    Reply<std::vector<ReleaseRow>> releases(const Scope &, std::stop_token) override;
    Reply<std::vector<MetricRow>> metrics(const Scope &, std::stop_token) override;
    Reply<std::vector<MetricValueRow>> metric(const std::string &name, MetricValue, ActivityStep, const std::string &by, const Scope &,
                                              std::stop_token) override;
    Reply<std::vector<OperationRow>> operations(const Scope &, std::stop_token) override;
    Reply<Spread> spread(SpreadOf, const std::vector<double> &shares, const Scope &, std::stop_token) override;
    Reply<std::vector<TraceRow>> traces(const Scope &, std::stop_token) override;
    Reply<std::vector<TraceSpanRow>> trace(const std::string &id, const Scope &, std::stop_token) override;
    Reply<std::vector<RetentionRow>> retention(CalendarUnit, const Scope &, std::stop_token) override;
    Reply<std::vector<FunnelRow>> funnel(const std::vector<std::string> &steps, std::chrono::nanoseconds window, const Scope &,
                                         std::stop_token) override;
    Reply<Paths> paths(const PathsAsked &, const Scope &, std::stop_token) override;
    Reply<SessionList> pathSessions(const PathStepAsked &, const Scope &, bool withTimelines, std::stop_token) override;
    Result<std::vector<std::string>> records(const Scope &, const RecordVisitor &, std::stop_token) override;
    Reply<Summary> summary(std::stop_token) override;
    void setProgress(Progress progress) override { m_engine.setProgress(std::move(progress)); }
    std::uint64_t dataVersion() override;

private:
    template<typename T, typename Sample>
    Reply<T> noted(AskedQuestion question, const Scope &scope, Reply<T> reply, Sample sample);

    Engine &m_engine;
    std::vector<AskedQuestion> &m_asked;
};

} // namespace telltale
