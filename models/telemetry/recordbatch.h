// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/stringtable.h"
#include "models/telemetry/time.h"
#include "models/telemetry/value.h"

#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace telltale {

/// What a record tells. The numbers are stored; never renumber.
enum class RecordKind : std::uint8_t {
    UsageEvent = 1,   ///< somebody used a feature
    ScreenView = 2,   ///< somebody looked at a screen
    Error = 3,        ///< something broke
    Log = 4,          ///< a line with severity that is none of the others
    Span = 5,         ///< an operation with a duration and a place in a trace
    MetricPoint = 6,  ///< a number or a histogram of a metric series
    SessionBound = 7, ///< a session says that it starts or ends; name() tells which
};

enum class AttributeType : std::uint8_t {
    Null = 0,
    Bool = 1,
    Int = 2,
    Double = 3,
    String = 4,
    Bytes = 5,
    Structured = 6, ///< an array or a map: message bytes of an AnyValue, in the string table (see value.h)
};

/// One attribute of a record, 16 bytes, no ownership: text lives in the batch's string table.
struct Attribute
{
    StringId key = kNoString;
    AttributeType type = AttributeType::Null;
    std::uint64_t bits = 0; ///< Bool 0/1, Int two's complement, Double IEEE bits, others a StringId

    static Attribute ofNull(StringId key) { return {key, AttributeType::Null, 0}; }
    static Attribute of(StringId key, bool v) { return {key, AttributeType::Bool, v ? 1U : 0U}; }
    static Attribute of(StringId key, std::int64_t v)
    {
        return {key, AttributeType::Int, static_cast<std::uint64_t>(v)};
    }
    static Attribute of(StringId key, double v)
    {
        return {key, AttributeType::Double, std::bit_cast<std::uint64_t>(v)};
    }
    static Attribute ofText(StringId key, StringId v) { return {key, AttributeType::String, v}; }
    static Attribute ofBytes(StringId key, StringId v) { return {key, AttributeType::Bytes, v}; }
    static Attribute ofStructured(StringId key, StringId v) { return {key, AttributeType::Structured, v}; }

    bool isText() const { return type == AttributeType::String; }
    bool refersToTable() const { return type >= AttributeType::String; }
    StringId text() const { return static_cast<StringId>(bits); }
    std::int64_t integer() const { return static_cast<std::int64_t>(bits); }
    double number() const { return std::bit_cast<double>(bits); }
};

/// A run [begin, end) in one of the batch's shared arrays.
struct IndexRange
{
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t size() const { return end - begin; }
    bool isEmpty() const { return begin == end; }
};

/// Fields that few records have travel as attributes under reserved keys, so that nothing received is thrown away and
/// nothing costs where it is missing. They begin with U+001F, which no SDK sends in a key; answers show them, if at
/// all, under names of their own, never among the attributes.
namespace fieldkey {
inline constexpr char kMark = '\x1f';
inline constexpr std::string_view kBody = "\x1f"
                                          "body"; ///< any type
inline constexpr std::string_view kSeverityText = "\x1f"
                                                  "severity_text"; ///< text, as sent
inline constexpr std::string_view kObservedTime =
    "\x1f"
    "observed_time"; ///< Int: ns since the epoch, when it differs from the time
inline constexpr std::string_view kFlags = "\x1f"
                                           "flags"; ///< Int: trace flags, when not 0
inline constexpr std::string_view kDropped =
    "\x1f"
    "dropped_attributes"; ///< Int: dropped_attributes_count, when not 0
inline constexpr std::string_view kTraceState = "\x1f"
                                                "trace_state"; ///< text
inline constexpr std::string_view kStatusMessage = "\x1f"
                                                   "status_message"; ///< text
inline constexpr std::string_view kLinks =
    "\x1f"
    "links"; ///< Structured: array of maps trace_id and span_id (text, hex), trace_state (text), attributes (map), flags, dropped_attributes_count (Int); empty ones are left out
inline constexpr std::string_view kEvents =
    "\x1f"
    "events"; ///< Structured: array of maps time (Int: ns since the epoch), name (text), attributes (map), dropped_attributes_count (Int)
inline constexpr std::string_view kDroppedEvents =
    "\x1f"
    "dropped_events"; ///< Int: dropped_events_count, when not 0
inline constexpr std::string_view kDroppedLinks = "\x1f"
                                                  "dropped_links"; ///< Int: dropped_links_count, when not 0
inline constexpr std::string_view kMetadata =
    "\x1f"
    "metadata"; ///< Structured: map, of the metric a point belongs to
/// Among Origin::attributes: text, the resource's own schema URL; kDropped may stand there and at the scope, too.
inline constexpr std::string_view kResourceSchemaUrl = "\x1f"
                                                       "schema_url";
inline constexpr bool isField(std::string_view key)
{
    return !key.empty() && key.front() == kMark;
}
/// What people look for words in: attributes, bodies and status messages.
inline constexpr bool isSearchable(std::string_view key)
{
    return !isField(key) || key == kBody || key == kStatusMessage;
}
} // namespace fieldkey

using TraceId = std::array<std::uint8_t, 16>;
using SpanId = std::array<std::uint8_t, 8>;

/// Where in a trace a record belongs. All zeros: the part is not known.
struct TraceContext
{
    TraceId traceId{};
    SpanId spanId{};
    friend bool operator==(const TraceContext &, const TraceContext &) = default;
};

/// Who sends: one resource and one instrumentation scope. Several records share one.
struct Origin
{
    StringId product = kNoString;     ///< service.name
    StringId environment = kNoString; ///< deployment.environment.name
    StringId release = kNoString;     ///< service.version
    StringId os = kNoString;          ///< os.name, else os.type
    StringId device = kNoString;      ///< device.model.name | device.model.identifier | device.model
    StringId country = kNoString;     ///< geo.country.iso_code | country
    StringId scopeName = kNoString;
    StringId scopeVersion = kNoString;
    StringId schemaUrl = kNoString;
    IndexRange attributes;      ///< of the resource, in RecordBatch::attributes
    IndexRange scopeAttributes; ///< of the scope, in RecordBatch::attributes
};

/// What an Error record has beside the common columns.
struct ErrorDetail
{
    StringId type = kNoString;
    StringId message = kNoString;
    StringId stack = kNoString; ///< the language's own text
    bool isUnhandled = false;
    StringId fingerprint = kNoString; ///< the sender's own idea of a group; "{{ default }}" in it stands for ours
    std::uint64_t group = 0;      ///< 0 = not grouped yet: ingest does, by errorGroup(); else known from an export
    StringId culprit = kNoString; ///< filled by ingest: the top in-app frame as a person reads it
};

/// OpenTelemetry's numbers: unspecified 0, internal 1, server 2, client 3, producer 4, consumer 5.
enum class SpanKind : std::uint8_t { Unspecified, Internal, Server, Client, Producer, Consumer };
enum class SpanStatus : std::uint8_t { Unset, Ok, Error };

/// What a Span record has beside the common columns; trace and own span id are in its TraceContext.
struct SpanDetail
{
    SpanId parentSpanId{}; ///< zeros: a root
    SpanKind kind = SpanKind::Unspecified;
    SpanStatus status = SpanStatus::Unset;
};

enum class MetricKind : std::uint8_t {
    Gauge = 1,
    Sum = 2,
    Histogram = 3,
    ExponentialHistogram = 4,
    Summary = 5
};
enum class Temporality : std::uint8_t { Unspecified = 0, Delta = 1, Cumulative = 2 };

/// A sample kept beside a point, with its trace.
struct Exemplar
{
    Instant time;
    double value = 0;
    std::int64_t integer = 0; ///< exact when isInteger
    bool isInteger = false;
    TraceContext trace;
    IndexRange attributes; ///< filtered attributes, in RecordBatch::attributes
};

/// Buckets of one sign of an exponential histogram: bucket i covers (base^(offset+i), base^(offset+i+1)].
struct ExponentialBuckets
{
    std::int32_t offset = 0;
    std::vector<std::uint64_t> counts;
};

/// What a MetricPoint record has beside the common columns (name = the metric's name; its attributes = the point's).
/// Follows opentelemetry/proto/metrics/v1/metrics.proto.
struct MetricDetail
{
    MetricKind kind = MetricKind::Gauge;
    Temporality temporality = Temporality::Unspecified;
    bool isMonotonic = false;
    bool hasValue = true;   ///< false: "no recorded value", do not read it as 0
    bool isInteger = false; ///< the value came as an integer; `integer` is exact
    StringId unit = kNoString;
    StringId description = kNoString;
    Instant start;    ///< {0} when not given
    double value = 0; ///< Gauge, Sum
    std::int64_t integer = 0;
    std::uint64_t count = 0; ///< Histogram, ExponentialHistogram, Summary
    double sum = 0;
    bool hasSum = false;
    double minimum = 0, maximum = 0;
    bool hasMinimum = false, hasMaximum = false;
    std::vector<std::uint64_t> bucketCounts; ///< Histogram
    std::vector<double> explicitBounds;      ///< Histogram
    std::int32_t scale = 0;                  ///< ExponentialHistogram
    std::uint64_t zeroCount = 0;
    double zeroThreshold = 0;
    ExponentialBuckets positive, negative;
    std::vector<std::pair<double, double>> quantiles; ///< Summary: (quantile, value)
    std::vector<Exemplar> exemplars;
};

inline constexpr std::uint32_t kNoIndex = 0xffffffffU;
inline constexpr std::int64_t kNoDuration = -1;

/// The severity of a SessionBound whose session ended in a crash; no other bound has one that high.
inline constexpr std::uint8_t kCrashSeverity = 21;

/// One record while it is being built; RecordBatch::append() spreads it over the columns.
struct Record
{
    RecordKind kind = RecordKind::Log;
    std::uint8_t severity = 0;           ///< OpenTelemetry severity number 0..24
    Instant time;                        ///< when it happened, by the sender's clock
    std::int64_t duration = kNoDuration; ///< ns: dwell of a ScreenView, length of a Span
    std::uint32_t origin = 0;            ///< index into RecordBatch::origins
    StringId name = kNoString;           ///< event name, operation or metric name, as sent
    StringId feature = kNoString;        ///< UsageEvent: the feature used
    StringId screen = kNoString;         ///< ScreenView: the screen; others: where it happened, if said
    StringId user = kNoString;
    StringId session = kNoString;         ///< as sent; the store forms sessions for records without
    StringId previousSession = kNoString; ///< SessionBound: session.previous_id
    std::uint32_t trace = kNoIndex;       ///< index into RecordBatch::traces
    std::uint32_t detail = kNoIndex;      ///< index into errors, spans or metrics, by kind
    IndexRange attributes;                ///< in RecordBatch::attributes; fields of fieldkey among them
};

/// Rows [firstRow, endRow) of a batch are one message of its protocol, which a client may send again in another request:
/// its id as a 128-bit hash.
struct BatchMessage
{
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    std::uint32_t firstRow = 0;
    std::uint32_t endRow = 0;
    bool isBrief = false; ///< only the latest of these are remembered, and not over a restart: they are as many as records
};

/// Two keys of one person: what came and comes under `alias` is `user`'s.
struct UserJoin
{
    StringId user = kNoString;
    StringId alias = kNoString;
};

/// Decoded records column by column, with a string table of their own. Filled by one decoder, redacted and grouped by
/// ingest, read by the store; then cleared and used again. Not thread-safe; moved between threads, never shared.
/// All column vectors have size() elements.
struct RecordBatch
{
    StringTable strings;

    std::vector<RecordKind> kinds;
    std::vector<std::uint8_t> severities;
    std::vector<Instant> times;
    std::vector<std::int64_t> durations;
    std::vector<std::uint32_t> origin;
    std::vector<StringId> names;
    std::vector<StringId> features;
    std::vector<StringId> screens;
    std::vector<StringId> users;
    std::vector<StringId> sessions;
    std::vector<StringId> previousSessions;
    std::vector<std::uint32_t> trace;
    std::vector<std::uint32_t> detail;
    std::vector<IndexRange> attributeRanges;

    std::vector<Attribute> attributes; ///< shared array the IndexRanges point into
    std::vector<Origin> origins;
    std::vector<TraceContext> traces;
    std::vector<ErrorDetail> errors;
    std::vector<SpanDetail> spans;
    std::vector<MetricDetail> metrics;

    std::vector<BatchMessage> messages; ///< may be empty; in order of their rows, which do not overlap
    std::vector<UserJoin> joins;        ///< in order of arrival

    std::size_t size() const { return kinds.size(); }
    bool isEmpty() const { return kinds.empty(); }
    void append(const Record &record);
    Record at(std::size_t row) const;
    std::span<const Attribute> attributesOf(std::size_t row) const;
    std::span<const Attribute> attributesIn(IndexRange range) const;
    std::string_view text(StringId id) const { return strings.view(id); }

    /// An owning copy of one attribute's value; structured values are decoded (broken bytes give null).
    Value valueOf(const Attribute &attribute) const;
    /// Interns what the attribute needs and returns it; nested values are encoded.
    Attribute makeAttribute(std::string_view key, const Value &value);

    /// Leaves out the rows whose element of `isKept` is false, together with all of messages. Details, origins and texts of
    /// those rows stay behind, unused.
    void keepRows(const std::vector<bool> &isKept);
    /// Forgets all rows and strings but keeps the memory.
    void clear();
    /// A rough count of the bytes held, for budgets.
    std::size_t memoryBytes() const;
};

} // namespace telltale
