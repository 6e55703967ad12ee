// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/analysis/zone.h"
#include "models/telemetry/filter.h"
#include "models/telemetry/note.h"
#include "models/telemetry/result.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <stop_token>
#include <string>

namespace telltale {

inline constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();

/// How far a question is: records read of all there are to read. A question may have several stages, each counted from the start.
using Progress = std::function<void(std::size_t done, std::size_t total)>;

/// Which way a question is answered. Automatic is for everybody; the others let tests hold one way against the other.
enum class PlanChoice { Automatic, Scan, Rollups };

/// Which way it was answered.
struct QuestionPlan
{
    bool isRollup = false;     ///< from rollups, with a scan of what they do not hold
    std::uint64_t buckets = 0; ///< read, parts counted apart
    std::uint64_t scannedSegments = 0, scannedRecords = 0;
};

/// What every question is about.
struct Scope
{
    TimeRange range;
    Filter filter;
    Zone zone;
    Instant now; ///< for states and open ends; from the injected clock
    std::size_t limit = kNoLimit;
    std::size_t skip = 0; ///< sessions() leaves out so many of the first ones, which costs a walk over them; nothing else reads it
    PlanChoice plan = PlanChoice::Automatic;
};

enum class ActivityStep { Second, FifteenSeconds, Minute, FiveMinutes, FifteenMinutes, Hour, Day };

/// An answer with what must be said about it: left-out segments, counters, clipped ranges.
template<typename T>
struct Answered
{
    T value;
    std::vector<std::string> notes;
    QuestionPlan plan;
};

/// The one door to everything that was measured: questions in, answers out. Implementations know where the data is;
/// nobody above does. A question that is added here is added to AskedEngine, too, or the window can not ask it. One engine belongs to one thread at a time.
/// Every question stops within about 50 ms when `stop` is requested and then answers Error::Code::Cancelled.
class Engine
{
public:
    virtual ~Engine() = default;

    template<typename T>
    using Reply = Result<Answered<T>>;

    virtual Reply<Totals> totals(const Scope &, std::stop_token) = 0;
    virtual Reply<std::vector<FeatureRow>> features(const Scope &, std::stop_token) = 0;
    virtual Reply<std::vector<ScreenRow>> screens(const Scope &, std::stop_token) = 0;
    /// One row a bucket, gaps included. An open range is clipped to the data's.
    virtual Reply<std::vector<ActivityRow>> activity(const Scope &, ActivityStep, std::stop_token) = 0;
    /// activity() of each of these features, screens or releases alone, as if the scope's filter asked for that one, too. This one
    /// asks for one after the other.
    virtual Reply<ActivitySeries> activityBy(SplitBy, const std::vector<std::string> &names, ActivityStep, const Scope &,
                                             std::stop_token);
    virtual Reply<std::vector<LatencyRow>> latency(const Scope &, ActivityStep, std::stop_token) = 0;
    /// How the durations of spans are spread, over time. Exact.
    virtual Reply<LatencyBands> latencyBands(const Scope &, ActivityStep, std::stop_token) { return unanswered(); }
    virtual Reply<Pulse> pulse(const Scope &, ActivityStep, std::stop_token) = 0;
    virtual Reply<Heatmap> heatmap(const Scope &, HeatmapRows, HeatmapColumns, HeatmapValue,
                                   std::stop_token) = 0;
    virtual Reply<std::vector<ActiveUsersRow>> activeUsers(const Scope &, std::stop_token) = 0;
    /// `withTimelines` fills SessionRow::stretches and errorTimes.
    virtual Reply<SessionList> sessions(const Scope &, bool withTimelines, std::stop_token) = 0;
    /// Error: NotFound.
    virtual Reply<SessionDetail> session(const std::string &id, const Scope &, std::stop_token) = 0;
    virtual Reply<std::vector<ErrorGroupRow>> errors(const Scope &, std::stop_token) = 0;
    /// Occurrences of one group, newest first. Error: NotFound, InvalidArgument.
    virtual Reply<std::vector<ErrorOccurrence>> errorGroup(const std::string &group, const Scope &,
                                                           std::stop_token) = 0;
    /// What was decided about a group, the oldest first. Error: InvalidArgument.
    virtual Reply<std::vector<TriageDecision>> decisions(const std::string & /*group*/, std::stop_token) { return unanswered(); }
    /// What people noted, in the order in which they first did.
    virtual Reply<std::vector<Note>> notes(std::stop_token) { return unanswered(); }
    virtual Reply<std::vector<LogRow>> logs(const Scope &, std::stop_token) = 0;
    virtual Reply<std::vector<SourceRow>> sources(const Scope &, std::stop_token) = 0;
    virtual Reply<std::vector<CounterRow>> counters(const Scope &, std::stop_token) = 0;
    virtual Reply<std::vector<ReleaseRow>> releases(const Scope &, std::stop_token) = 0;

    /// Metrics, those with the most points first.
    virtual Reply<std::vector<MetricRow>> metrics(const Scope &, std::stop_token) { return unanswered(); }
    /// One row a bucket and series, gaps included. `by`: the attribute that tells series apart; empty: all together.
    /// Error: NotFound.
    virtual Reply<std::vector<MetricValueRow>> metric(const std::string &, MetricValue, ActivityStep,
                                                      const std::string & /*by*/, const Scope &, std::stop_token)
    {
        return unanswered();
    }
    virtual Reply<std::vector<OperationRow>> operations(const Scope &, std::stop_token) { return unanswered(); }
    /// Quantiles of durations at these shares. Cost: all matching durations are read and kept, eight bytes each.
    virtual Reply<Spread> spread(SpreadOf, const std::vector<double> & /*shares*/, const Scope &, std::stop_token)
    {
        return unanswered();
    }
    /// The newest first.
    virtual Reply<std::vector<TraceRow>> traces(const Scope &, std::stop_token) { return unanswered(); }
    /// The spans of one trace in order of their start, whatever the scope's filter. Error: NotFound, InvalidArgument.
    virtual Reply<std::vector<TraceSpanRow>> trace(const std::string &, const Scope &, std::stop_token)
    {
        return unanswered();
    }

    /// One row a cohort and period. A user belongs to the day, week or month of the first record that makes one active, also
    /// when that lies before the scope's range: then to none here. Cohorts without users are left out.
    virtual Reply<std::vector<RetentionRow>> retention(CalendarUnit, const Scope &, std::stop_token)
    {
        return unanswered();
    }
    /// Users who took the steps in this order, with anything between them, within the window after the first. A step is the name
    /// of a feature, an event or a screen. Every step is a record of its own; at equal times the order is that of the steps.
    virtual Reply<std::vector<FunnelRow>> funnel(const std::vector<std::string> &, std::chrono::nanoseconds /*window*/,
                                                 const Scope &, std::stop_token)
    {
        return unanswered();
    }

    /// Where sessions go after a screen or feature, or from where they come to it. A path begins at the first record of its
    /// session that is the anchor, or ends at the last. Steps are screen views and usage events in the scope, by time and at equal
    /// times by kind and name, screens first; those without a name or a session are none. Cost: all of them are read, twenty
    /// bytes each are kept. Error: InvalidArgument.
    virtual Reply<Paths> paths(const PathsAsked &, const Scope &, std::stop_token) { return unanswered(); }
    /// The sessions behind a node or a link of paths(), as sessions() gives them: as many as it counts. Cost: that of both. Error:
    /// InvalidArgument.
    virtual Reply<SessionList> pathSessions(const PathStepAsked &, const Scope &, bool /*withTimelines*/, std::stop_token)
    {
        return unanswered();
    }

    /// One record in the words of JSON lines: "telltale", "time", "kind", "name", "user", "attributes"...
    struct RecordLine
    {
        Instant time;
        RecordKind kind = RecordKind::Log;
        Value::Map fields;
    };
    /// False ends it.
    using RecordVisitor = std::function<bool(const RecordLine &)>;
    /// Every record that matches, in order of time; gives what must be said about them. Cost: all of them are read; memory
    /// for some 50,000 and the errors of a second.
    virtual Result<std::vector<std::string>> records(const Scope &, const RecordVisitor &, std::stop_token)
    {
        return unanswered();
    }

    struct Summary
    {
        std::uint64_t records = 0, bytes = 0;
        std::optional<Instant> oldest, newest;
        std::vector<std::string> products;
        std::vector<std::string> environments;
    };
    virtual Reply<Summary> summary(std::stop_token) = 0;

    /// Hears how far the next questions are, on the thread that asks, once a segment; none: nobody does. An engine
    /// that has nothing to tell tells nothing.
    virtual void setProgress(Progress) {}

    /// Changes whenever anything was committed. Cheap.
    virtual std::uint64_t dataVersion() = 0;

private:
    static tl::unexpected<Error> unanswered()
    {
        return failure(Error::Code::Unsupported, "this engine does not answer that");
    }
};

/// The field of a filter.
std::string fieldOf(SplitBy by);
/// The same scope, of this feature, screen or release alone.
Scope narrowedTo(SplitBy by, const std::string &name, Scope scope);

/// An engine over the local cache file. Errors as CacheReader::open().
Result<std::unique_ptr<Engine>> openCacheEngine(const std::filesystem::path &cache);

} // namespace telltale
