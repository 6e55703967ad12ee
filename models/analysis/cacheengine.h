// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/engine.h"
#include "models/analysis/rollupmemory.h"
#include "models/store/cachereader.h"
#include "models/store/durationvalues.h"
#include "models/store/idunion.h"

#include <memory>

namespace telltale {

class Buckets;
class RecordScan;
class SeenIds;
class TriageBook;
struct GroupSigns;
struct ScanSettings;

/// Who was there in a stretch of time: canonical ids.
struct Presence
{
    IdUnion users, sessions, crashed; ///< crashed: sessions with an unhandled error
};

/// How long spans or screen views of each stretch of time took.
struct MeasuredDurations
{
    explicit MeasuredDurations(std::size_t stretches)
        : counts(stretches)
        , durations(stretches)
    {}
    std::vector<std::uint64_t> counts;   ///< also of those without a duration
    std::vector<DurationPile> durations;
};

/// Answers questions from the rollups of a cache where they say exactly what its records say and that is quicker, else by
/// scanning the columns that hold the answer.
class CacheEngine final : public Engine
{
public:
    explicit CacheEngine(std::unique_ptr<CacheReader> reader,
                         std::shared_ptr<RollupMemory> memory = std::make_shared<RollupMemory>())
        : m_reader(std::move(reader))
        , m_memory(std::move(memory))
    {}

    Reply<Totals> totals(const Scope &scope, std::stop_token stop) override;
    Reply<std::vector<FeatureRow>> features(const Scope &scope, std::stop_token stop) override;
    Reply<std::vector<ScreenRow>> screens(const Scope &scope, std::stop_token stop) override;
    Reply<std::vector<ActivityRow>> activity(const Scope &scope, ActivityStep step,
                                             std::stop_token stop) override;
    Reply<ActivitySeries> activityBy(SplitBy by, const std::vector<std::string> &names, ActivityStep step, const Scope &scope,
                                     std::stop_token stop) override;
    Reply<std::vector<LatencyRow>> latency(const Scope &scope, ActivityStep step,
                                           std::stop_token stop) override;
    Reply<LatencyBands> latencyBands(const Scope &scope, ActivityStep step, std::stop_token stop) override;
    Reply<Pulse> pulse(const Scope &scope, ActivityStep step, std::stop_token stop) override;
    Reply<Heatmap> heatmap(const Scope &scope, HeatmapRows rows, HeatmapColumns columns, HeatmapValue value,
                           std::stop_token stop) override;
    Reply<std::vector<ActiveUsersRow>> activeUsers(const Scope &scope, std::stop_token stop) override;
    Reply<SessionList> sessions(const Scope &scope, bool withTimelines, std::stop_token stop) override;
    Reply<SessionDetail> session(const std::string &id, const Scope &scope, std::stop_token stop) override;
    Reply<std::vector<ErrorGroupRow>> errors(const Scope &scope, std::stop_token stop) override;
    Reply<std::vector<ErrorOccurrence>> errorGroup(const std::string &group, const Scope &scope,
                                                   std::stop_token stop) override;
    Reply<std::vector<TriageDecision>> decisions(const std::string &group, std::stop_token stop) override;
    Reply<std::vector<Note>> notes(std::stop_token stop) override;
    Reply<std::vector<LogRow>> logs(const Scope &scope, std::stop_token stop) override;
    Reply<std::vector<SourceRow>> sources(const Scope &scope, std::stop_token stop) override;
    Reply<std::vector<CounterRow>> counters(const Scope &scope, std::stop_token stop) override;
    Reply<std::vector<ReleaseRow>> releases(const Scope &scope, std::stop_token stop) override;
    Reply<std::vector<MetricRow>> metrics(const Scope &scope, std::stop_token stop) override;
    Reply<std::vector<MetricValueRow>> metric(const std::string &name, MetricValue value, ActivityStep step,
                                              const std::string &by, const Scope &scope,
                                              std::stop_token stop) override;
    Reply<std::vector<OperationRow>> operations(const Scope &scope, std::stop_token stop) override;
    Reply<Spread> spread(SpreadOf of, const std::vector<double> &shares, const Scope &scope, std::stop_token stop) override;
    Reply<std::vector<TraceRow>> traces(const Scope &scope, std::stop_token stop) override;
    Reply<std::vector<TraceSpanRow>> trace(const std::string &id, const Scope &scope, std::stop_token stop) override;
    Reply<std::vector<RetentionRow>> retention(CalendarUnit period, const Scope &scope, std::stop_token stop) override;
    Reply<std::vector<FunnelRow>> funnel(const std::vector<std::string> &steps, std::chrono::nanoseconds window,
                                         const Scope &scope, std::stop_token stop) override;
    Reply<Paths> paths(const PathsAsked &asked, const Scope &scope, std::stop_token stop) override;
    Reply<SessionList> pathSessions(const PathStepAsked &asked, const Scope &scope, bool withTimelines, std::stop_token stop) override;
    Result<std::vector<std::string>> records(const Scope &scope, const RecordVisitor &visit,
                                             std::stop_token stop) override;
    Reply<Summary> summary(std::stop_token stop) override;
    void setProgress(Progress progress) override { m_progress = std::move(progress); }
    std::uint64_t dataVersion() override { return m_reader->dataVersion(); }

private:
    /// For a scan that tells how far it is.
    ScanSettings listening() const;

    /// An answer from rollups; none: a scan is right.
    template<typename T>
    using Rolled = Result<std::optional<Answered<T>>>;
    Rolled<Totals> rolledTotals(RecordScan &scan);
    Rolled<std::vector<FeatureRow>> rolledFeatures(RecordScan &scan);
    Rolled<std::vector<ScreenRow>> rolledScreens(RecordScan &scan);
    Rolled<std::vector<ActivityRow>> rolledActivity(RecordScan &scan, ActivityStep step);
    Rolled<ActivitySeries> rolledFeatureActivity(RecordScan &scan, const std::vector<std::string> &names, ActivityStep step);
    Reply<ActivitySeries> scannedActivityBy(RecordScan &scan, SplitBy by, const std::vector<std::string> &names, ActivityStep step);
    Rolled<std::vector<ActiveUsersRow>> rolledActiveUsers(RecordScan &scan);
    Rolled<Spread> rolledSpread(RecordScan &scan, SpreadOf of, const std::vector<double> &shares);
    Rolled<std::vector<RetentionRow>> rolledRetention(RecordScan &scan, CalendarUnit period);
    /// Between the edges; none: a scan is right.
    Result<std::optional<std::vector<Presence>>> rolledPresence(RecordScan &scan, const std::vector<std::int64_t> &edges);
    /// Of spans or screen views between the edges; none: a scan is right.
    Result<std::optional<MeasuredDurations>> rolledDurations(RecordScan &scan, RecordKind kind,
                                                             const std::vector<std::int64_t> &edges);
    /// The same in each bucket, in one way or the other.
    Result<MeasuredDurations> durationsIn(RecordScan &scan, RecordKind kind, const Buckets &buckets, TimeRange range);
    using SpanBuckets = std::pair<Buckets, MeasuredDurations>;
    /// How long spans took in each bucket; `scan` is not prepared yet.
    Result<SpanBuckets> measuredSpans(RecordScan &scan, ActivityStep step);
    Rolled<SessionList> rolledSessions(RecordScan &scan, bool withTimelines);
    Reply<SessionList> listOf(RecordScan &scan, const SeenIds &matching, bool withTimelines);
    Result<void> pageOf(RecordScan &scan, std::vector<StoredSession> &found, std::size_t skip, bool withTimelines,
                        SessionList &list);
    Rolled<std::vector<ErrorGroupRow>> rolledErrors(RecordScan &scan, const TriageBook &book);
    Result<TriageBook> triageBook();
    Result<void> addStates(std::vector<ErrorGroupRow> &rows, const TriageBook &book, const Scope &scope, std::stop_token stop);
    Result<void> addSince(GroupSigns &signs, const TriageDecision &decision, const TriageBook &book, const std::stop_token &stop);
    Rolled<std::vector<ReleaseRow>> rolledReleases(RecordScan &scan);
    Rolled<Heatmap> rolledHeatmap(RecordScan &scan, HeatmapRows rows, HeatmapColumns columns,
                                  HeatmapValue value);

    SessionRow sessionRow(const StoredSession &stored);
    Result<std::vector<SessionMetric>> metricsOf(SessionId canonical, TimeRange extent, RecordScan &scan);
    Result<void> addTimelines(RecordScan &scan, std::vector<SessionRow> &rows,
                              const std::vector<SessionId> &ids);

    std::unique_ptr<CacheReader> m_reader;
    std::shared_ptr<RollupMemory> m_memory;
    Progress m_progress;
};

} // namespace telltale
