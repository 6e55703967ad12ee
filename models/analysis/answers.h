// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/counters.h"
#include "models/telemetry/recordbatch.h"
#include "models/telemetry/sourcehealth.h"
#include "models/telemetry/time.h"
#include "models/telemetry/triage.h"
#include "models/telemetry/value.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What questions are answered with: plain values, copied nowhere but into a snapshot, complete when they arrive.
/// Counts are exact. Durations are milliseconds. The definitions are those of the documentation of the command line.
namespace telltale {

struct Totals
{
    std::uint64_t usageEvents = 0, screenViews = 0, errors = 0, spans = 0, logs = 0, metricPoints = 0;
    std::uint64_t sessions = 0,
                  users = 0; ///< distinct, with at least one usage event, screen view, error, log or bound
    friend bool operator==(const Totals &, const Totals &) = default;
};

struct FeatureRow
{
    std::string feature;
    std::uint64_t events = 0, users = 0, sessions = 0;
    double share = 0; ///< of all matching usage events, 0..1
    friend bool operator==(const FeatureRow &, const FeatureRow &) = default;
};

struct ScreenRow
{
    std::string screen;
    std::uint64_t views = 0, users = 0;
    std::uint64_t knownDwells = 0; ///< how many views the dwell figures are over
    double dwellTotalMs = 0;
    std::optional<double> dwellP25Ms, dwellP50Ms, dwellP75Ms,
        dwellP90Ms; ///< nearest rank; none without known dwells
    friend bool operator==(const ScreenRow &, const ScreenRow &) = default;
};

struct ActivityRow
{
    Instant start;
    std::uint64_t events = 0, users = 0, sessions = 0, errors = 0, screenViews = 0;
    friend bool operator==(const ActivityRow &, const ActivityRow &) = default;
};

/// What activity is split by: each name is a series of its own.
enum class SplitBy { Feature, Screen, Release };
using ActivitySeries = std::vector<std::vector<ActivityRow>>; ///< a name each, in the order asked for

/// Durations of spans per bucket; used for "Screen load" and other latencies.
struct LatencyRow
{
    Instant start;
    std::uint64_t spans = 0;
    std::optional<double> p50Ms, p95Ms;
    friend bool operator==(const LatencyRow &, const LatencyRow &) = default;
};

/// How many operations took how long, bucket by bucket: what a latency heatmap shows.
struct LatencyBands
{
    /// Ascending: band i holds what took [edgesMs[i], edgesMs[i + 1]). One more than there are bands; none when nothing was
    /// measured. From octaves of nanoseconds, cut or joined so that there are kMostBands at most.
    std::vector<double> edgesMs;
    struct Column
    {
        Instant start;
        std::vector<std::uint64_t> spans; ///< by band; those without a duration are in none
        friend bool operator==(const Column &, const Column &) = default;
    };
    std::vector<Column> columns; ///< by time, every bucket of the range
    static constexpr std::size_t kMostBands = 16;
    friend bool operator==(const LatencyBands &, const LatencyBands &) = default;
};

/// A metric that was sent; of one name there may be several, when units or kinds differ.
struct MetricRow
{
    std::string metric, unit;
    std::string kind; ///< gauge, sum, histogram, exponential_histogram, summary
    std::uint64_t series = 0, points = 0;
    friend bool operator==(const MetricRow &, const MetricRow &) = default;
};

/// What is asked of a metric. Of cumulative sums and histograms always the increase, restarts taken into account; a sum that
/// may fall is a level. Rates are per second.
enum class MetricValue { Average, Minimum, Maximum, Sum, Rate, Count, P50, P95, P99 };

/// One series of a metric in one stretch of time.
struct MetricValueRow
{
    Instant start;
    std::optional<std::string> series; ///< the value of the attribute asked for; none: all together, or without it
    std::optional<double> value;       ///< none: nothing was measured
    friend bool operator==(const MetricValueRow &, const MetricValueRow &) = default;
};

/// Durations of what is asked about.
enum class SpreadOf { Spans, Dwells };

/// One quantile and the interval that holds the true one 95 times out of 100; no interval for few values.
struct SpreadValue
{
    double share = 0;                        ///< 0.5 is the median
    std::optional<double> ms, lowMs, highMs; ///< nearest rank
    friend bool operator==(const SpreadValue &, const SpreadValue &) = default;
};

struct Spread
{
    std::uint64_t count = 0; ///< known durations
    std::vector<SpreadValue> values;
    friend bool operator==(const Spread &, const Spread &) = default;
};

/// Spans of one name.
struct OperationRow
{
    std::string operation;
    std::uint64_t spans = 0, errors = 0;
    std::optional<double> p50Ms, p95Ms, p99Ms; ///< nearest rank
    friend bool operator==(const OperationRow &, const OperationRow &) = default;
};

/// One trace as far as its spans match.
struct TraceRow
{
    std::string trace; ///< in hex
    std::string root;  ///< operation of the span without parent, else of the earliest
    Instant start, end;
    std::uint64_t spans = 0, errors = 0;
    bool isPartial = false; ///< no span without parent (yet)
    friend bool operator==(const TraceRow &, const TraceRow &) = default;
};

/// One span of a trace.
struct TraceSpanRow
{
    std::string span, parent; ///< in hex; parent empty: a root
    std::string operation, status, kind;
    Instant start;
    double durationMs = 0;
    std::optional<std::string> session;
    Value::Map attributes;
    friend bool operator==(const TraceSpanRow &, const TraceSpanRow &) = default;
};

/// Of the users who were first seen in one period, how many came back a number of periods later.
struct RetentionRow
{
    std::string cohort; ///< the first day of the period, by the zone: "2026-11-16"
    std::uint64_t size = 0;
    std::uint64_t period = 0; ///< 0: the cohort's own
    std::uint64_t users = 0;
    bool isUnfinished = false; ///< the period reaches beyond now
    friend bool operator==(const RetentionRow &, const RetentionRow &) = default;
};

/// One step of a funnel.
struct FunnelRow
{
    std::string step;
    std::uint64_t users = 0;
    double conversion = 0;          ///< share of those who took the first step
    std::optional<double> medianMs; ///< from the first step to this one, nearest rank; none for the first
    friend bool operator==(const FunnelRow &, const FunnelRow &) = default;
};

/// What the steps of a path are.
enum class PathOf { Screens, Features, Both };

/// Which paths are asked for.
struct PathsAsked
{
    std::string anchor;           ///< a screen or a feature; empty: where a session begins (or ends)
    bool isBackwards = false;     ///< the anchor is where paths end
    PathOf of = PathOf::Both;
    std::size_t steps = 4;        ///< with the anchor's own, 2..12
    std::size_t top = 6;          ///< names a step, 1..50; the others are one
    bool collapsesRepeats = true; ///< the same name several times in a row is one step
    friend bool operator==(const PathsAsked &, const PathsAsked &) = default;
};

/// One name at one step of the paths.
struct PathNode
{
    enum class Kind { Screen, Feature, Other };
    Kind kind = Kind::Screen;
    std::string name;          ///< empty: all others
    std::uint64_t names = 1;   ///< how many; of the others only more than one
    std::uint64_t sessions = 0, users = 0;
    std::uint64_t ended = 0;   ///< sessions that have no next step; 0 at the last step asked for
    friend bool operator==(const PathNode &, const PathNode &) = default;
};

/// A place of a path by name; of Other those that are not named at its step.
struct PathPlace
{
    PathNode::Kind kind = PathNode::Kind::Screen;
    std::string name;
    friend bool operator==(const PathPlace &, const PathPlace &) = default;
};

/// Which sessions of some paths are meant: those that are at a place at a step, and, when `to` is there, at that one a step later.
struct PathStepAsked
{
    PathsAsked paths;
    std::size_t step = 0;
    PathPlace from;
    std::optional<PathPlace> to;
    friend bool operator==(const PathStepAsked &, const PathStepAsked &) = default;
};

/// Sessions that went from a node of one step to a node of the next.
struct PathLink
{
    std::size_t step = 0;         ///< of `from`; `to` is at the next
    std::size_t from = 0, to = 0; ///< places in Paths::steps
    std::uint64_t sessions = 0;
    friend bool operator==(const PathLink &, const PathLink &) = default;
};

/// Where sessions go, one path each. What comes into a node goes out of it or ends there: nothing is lost between two steps.
struct Paths
{
    std::uint64_t sessions = 0;               ///< that have a path: all of the first step
    std::uint64_t all = 0;                    ///< sessions with at least one step of these kinds
    std::vector<std::vector<PathNode>> steps; ///< from the anchor on, backwards when asked so; the most sessions first, others last
    std::vector<PathLink> links;              ///< by step, then by from and to
    friend bool operator==(const Paths &, const Paths &) = default;
};

/// Statistics of screen dwell and sessions per bucket, for the sparklines of the tiles.
struct PulseRow
{
    Instant start;
    std::uint64_t users = 0, sessionsStarted = 0, sessionsCrashed = 0, dwells = 0;
    std::optional<double> dwellP50Ms;
    friend bool operator==(const PulseRow &, const PulseRow &) = default;
};

/// The tiles over the whole range; asked for twice to compare with the period before.
struct Pulse
{
    std::uint64_t users = 0, sessionsStarted = 0, sessions = 0,
                  sessionsCrashed = 0; ///< crashed: with an unhandled error
    std::uint64_t dwells = 0, spans = 0;
    std::optional<double> dwellP50Ms, spanP95Ms;
    std::vector<PulseRow> buckets;
    std::vector<LatencyRow> latency;
    friend bool operator==(const Pulse &, const Pulse &) = default;
};

enum class HeatmapRows { Feature, Screen };
enum class HeatmapColumns { Minute, Hour, Day, Week, WeekdayHour, Release };
enum class HeatmapValue { Events, Users, Dwell };

struct HeatmapColumn
{
    std::string label;            ///< local start with offset, "Mon 07", or a release
    std::optional<Instant> start; ///< of time columns
    std::optional<Instant> end;
    friend bool operator==(const HeatmapColumn &, const HeatmapColumn &) = default;
};

struct Heatmap
{
    std::vector<std::string> rows;      ///< most first, then by name
    std::vector<HeatmapColumn> columns; ///< in order of time, or by name
    std::vector<double> values;         ///< rows x columns, row by row; 0 where nothing happened
    std::vector<double> rowTotals;      ///< for Users the distinct users of the row, not the sum
    std::vector<std::optional<Instant>>
        firstSeen; ///< per row over the whole cache: before it, nothing was tracked
    std::optional<Instant> heardUntil{}; ///< nothing was received after: set by who shows it, never by an engine
    double at(std::size_t row, std::size_t column) const { return values[row * columns.size() + column]; }
    friend bool operator==(const Heatmap &, const Heatmap &) = default;
};

struct ActiveUsersRow
{
    std::string day;                         ///< local date "2026-11-20"
    std::uint64_t dau = 0, wau = 0, mau = 0; ///< 1, 7 and 28 days ending that day
    friend bool operator==(const ActiveUsersRow &, const ActiveUsersRow &) = default;
};

/// A stretch on one screen, for the mini timeline of a session row.
struct ScreenStretch
{
    std::string screen;
    Instant start, end;
    friend bool operator==(const ScreenStretch &, const ScreenStretch &) = default;
};

struct SessionRow
{
    std::string session;
    std::string user, product, release, os, device;
    Instant start, end;
    std::uint64_t events = 0, screens = 0, errors = 0;
    bool isDerived = false;
    std::vector<ScreenStretch> stretches; ///< filled when asked for
    std::vector<Instant> errorTimes;      ///< filled when asked for
    friend bool operator==(const SessionRow &, const SessionRow &) = default;
};

struct SessionList
{
    std::vector<SessionRow> rows; ///< newest start first, then by id; no more than the limit
    std::uint64_t total = 0;      ///< how many match
    std::uint64_t withErrors = 0;
};

struct SessionRecord
{
    Instant time;
    RecordKind kind = RecordKind::Log;
    std::string name; ///< feature, screen, error type, event or operation name
    std::string screen;
    std::string detail; ///< error message, log body
    std::uint8_t severity = 0;
    bool isUnhandled = false;
    std::optional<double> durationMs;
    Value::Map attributes;
    friend bool operator==(const SessionRecord &, const SessionRecord &) = default;
};

/// What a line of a session's metric tells: where the value stood; its increase a second since the point before; or the mean
/// of what was observed since then.
enum class MetricLine { Level, Rate, Mean };

/// One series of a metric while a session ran.
struct SessionMetric
{
    std::string metric, unit; ///< the unit as sent (UCUM); of rates it is per second
    MetricLine line = MetricLine::Level;
    Value::Map attributes; ///< of its points, as sent
    struct Point
    {
        Instant time;
        double value = 0;
        friend bool operator==(const Point &, const Point &) = default;
    };
    std::vector<Point> points; ///< by time, finite; at least one
    friend bool operator==(const SessionMetric &, const SessionMetric &) = default;
};

struct SessionDetail
{
    SessionRow session;
    std::vector<SessionRecord> records; ///< by time; no metric points
    /// By name, then attributes. Of the points that name the session.
    std::vector<SessionMetric> metrics;
};

struct ErrorGroupRow
{
    std::string group; ///< 16 hex digits
    std::string type, message, culprit;
    std::uint64_t events = 0, users = 0, sessions = 0;
    Instant firstSeen, lastSeen;       ///< within the answer's range
    Instant everFirstSeen;             ///< in the whole cache
    std::vector<std::string> releases; ///< sorted
    std::uint64_t unhandled = 0;       ///< how many of the events
    std::uint8_t severity = 17;        ///< highest seen
    std::string state;                 ///< "new", "ongoing", "resolved"...
    std::optional<TriageDecision> decision; ///< what somebody decided, and holds
    std::vector<std::string> merged;        ///< groups that were merged into this one
    std::vector<std::uint32_t>
        trend; ///< events per equal slice of the range, 32 slices, when the range is finite
    friend bool operator==(const ErrorGroupRow &, const ErrorGroupRow &) = default;
};

struct ErrorOccurrence
{
    Instant time;
    std::string user, session, product, release, os, device, screen;
    std::string type, message, stack;
    bool isUnhandled = false;
    Value::Map attributes;
    friend bool operator==(const ErrorOccurrence &, const ErrorOccurrence &) = default;
};

struct LogRow
{
    Instant time;
    std::uint8_t severity = 0;
    std::string severityText;
    std::string name; ///< event name, if any
    Value body;
    std::string session, user;
    Value::Map attributes;
    friend bool operator==(const LogRow &, const LogRow &) = default;
};

enum class SourceState { Waiting, Live, Late, Off, Error, Paused };

struct SourceRow
{
    std::string source, protocol, product, os;
    std::string note; ///< what a crash can lose, where the protocol does not send it again; empty: nothing
    std::vector<std::string> releases;
    SourceState state = SourceState::Waiting;
    std::optional<Instant> lastEvent, lastArrival;
    double ratePerSecond = 0; ///< records that arrived in the last minute, a second; the live view knows it to the second
    std::uint64_t requests = 0, records = 0, rejected = 0, duplicates = 0;
    std::uint64_t dropped = 0;                               ///< lost by the client itself, as it says
    std::optional<std::chrono::nanoseconds> lag;             ///< usual time from event to arrival
    std::optional<std::chrono::nanoseconds> clockDifference; ///< theirs minus ours; none while it can not be told from delay
    std::optional<std::chrono::nanoseconds> usualGap;        ///< between two requests
    std::uint64_t minuteRecords = 0, minuteRejected = 0;     ///< of the minute before `asOf`
    std::optional<Instant> asOf;
    std::uint64_t refusedRequests = 0; ///< refused whole, since the receiver started
    std::optional<Refusal> lastRefusal;
    friend bool operator==(const SourceRow &, const SourceRow &) = default;
};

struct CounterRow
{
    std::string counter, severity, help;
    std::uint64_t count = 0;
    friend bool operator==(const CounterRow &, const CounterRow &) = default;
};

struct ReleaseRow
{
    std::string product, release;
    Instant firstSeen, lastSeen;
    std::uint64_t users = 0, sessions = 0, crashedSessions = 0;
    std::optional<double> crashFreeSessions; ///< 0..1; none without sessions
    friend bool operator==(const ReleaseRow &, const ReleaseRow &) = default;
};

} // namespace telltale
