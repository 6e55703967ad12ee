// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/engine.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

namespace telltale {

/// What the engines of one test share: how they behave.
struct StrideSwitches
{
    std::atomic<std::uint64_t> dataVersion{1};
    std::atomic<bool> isEmpty{false};   ///< nothing was ever received
    std::atomic<bool> isSilent{false};  ///< nothing came in the last eight minutes
    std::atomic<bool> isFailing{false}; ///< every question answers an error
    std::atomic<bool> isHeld{false};    ///< no question is answered until this is false
    std::atomic<bool> isActivityHeld{false}; ///< activity() takes until this is false, and has read 14 of 38 million records
    std::atomic<std::uint64_t> refusedRecords{0}; ///< of one source, in the last minute
    std::atomic<bool> isSlow{false};    ///< records() takes until this is false or it is stopped
    std::atomic<int> stopped{0};        ///< of those that were
    /// So many errors and sessions came since; and the error that fewest had has that many thousand users more.
    std::atomic<int> late{0};
    std::atomic<int> questions{0};      ///< asked so far
    std::atomic<int> olderSessions{0};  ///< so many more in the list, older than its own, whatever the range
    std::mutex mutex;
    std::vector<TriageDecision> decisions; ///< what somebody decided; under the mutex
    std::vector<Note> notes;               ///< likewise
};

/// An engine for tests and pictures: the example product Stride on 18 November 2025 in Berlin, made from
/// arithmetic alone, so that equal questions get equal answers. Ranges are honoured; filters thin the numbers
/// out, and those on features and screens choose rows. Release 4.2.0 begins to roll out at 14:08 and brings a
/// crash, slower screens and a fading feature.
class StrideEngine final : public Engine
{
public:
    explicit StrideEngine(std::shared_ptr<StrideSwitches> switches = std::make_shared<StrideSwitches>());

    /// 18 November 2025, 14:32:10 in Berlin.
    static Instant now();
    /// 14:08 in Berlin.
    static Instant rollout();

    Reply<Totals> totals(const Scope &, std::stop_token) override;
    Reply<std::vector<FeatureRow>> features(const Scope &, std::stop_token) override;
    Reply<std::vector<ScreenRow>> screens(const Scope &, std::stop_token) override;
    Reply<std::vector<ActivityRow>> activity(const Scope &, ActivityStep, std::stop_token) override;
    Reply<std::vector<LatencyRow>> latency(const Scope &, ActivityStep, std::stop_token) override;
    Reply<Pulse> pulse(const Scope &, ActivityStep, std::stop_token) override;
    Reply<Heatmap> heatmap(const Scope &, HeatmapRows, HeatmapColumns, HeatmapValue,
                           std::stop_token) override;
    Reply<std::vector<ActiveUsersRow>> activeUsers(const Scope &, std::stop_token) override;
    Reply<SessionList> sessions(const Scope &, bool withTimelines, std::stop_token) override;
    Reply<SessionDetail> session(const std::string &id, const Scope &, std::stop_token) override;
    Reply<std::vector<ErrorGroupRow>> errors(const Scope &, std::stop_token) override;
    Reply<std::vector<ErrorOccurrence>> errorGroup(const std::string &group, const Scope &,
                                                   std::stop_token) override;
    Reply<std::vector<TriageDecision>> decisions(const std::string &group, std::stop_token) override;
    Reply<std::vector<Note>> notes(std::stop_token) override;
    Reply<std::vector<LogRow>> logs(const Scope &, std::stop_token) override;
    Reply<std::vector<SourceRow>> sources(const Scope &, std::stop_token) override;
    Reply<std::vector<CounterRow>> counters(const Scope &, std::stop_token) override;
    Reply<std::vector<ReleaseRow>> releases(const Scope &, std::stop_token) override;
    Reply<std::vector<MetricRow>> metrics(const Scope &, std::stop_token) override;
    Reply<std::vector<MetricValueRow>> metric(const std::string &name, MetricValue, ActivityStep, const std::string &by,
                                              const Scope &, std::stop_token) override;
    /// Lognormal around the median that latency() tells.
    Reply<LatencyBands> latencyBands(const Scope &, ActivityStep, std::stop_token) override;
    Reply<std::vector<OperationRow>> operations(const Scope &, std::stop_token) override;
    Reply<Spread> spread(SpreadOf, const std::vector<double> &shares, const Scope &, std::stop_token) override;
    Reply<std::vector<TraceRow>> traces(const Scope &, std::stop_token) override;
    Reply<std::vector<TraceSpanRow>> trace(const std::string &id, const Scope &, std::stop_token) override;
    Reply<std::vector<RetentionRow>> retention(CalendarUnit, const Scope &, std::stop_token) override;
    Reply<std::vector<FunnelRow>> funnel(const std::vector<std::string> &steps, std::chrono::nanoseconds window,
                                         const Scope &, std::stop_token) override;
    /// Forty uses that tell their feature in an attribute, twenty that do not; in the last hour.
    Result<std::vector<std::string>> records(const Scope &, const RecordVisitor &, std::stop_token) override;
    Reply<Paths> paths(const PathsAsked &, const Scope &, std::stop_token) override;
    /// As many as paths() says, whichever.
    Reply<SessionList> pathSessions(const PathStepAsked &, const Scope &, bool withTimelines, std::stop_token) override;
    Reply<Summary> summary(std::stop_token) override;
    void setProgress(Progress progress) override { m_progress = std::move(progress); }
    std::uint64_t dataVersion() override { return m_switches->dataVersion; }

private:
    /// The error to answer, if the switches say so.
    std::optional<Error> refused();
    void addDecisions(std::vector<ErrorGroupRow> &rows);
    bool isEmpty() const { return m_switches->isEmpty; }
    /// Nothing happened after.
    Instant heardUntil() const;

    std::shared_ptr<StrideSwitches> m_switches;
    Progress m_progress;
};

} // namespace telltale
