// SPDX-License-Identifier: GPL-3.0-or-later
// Every record, in order of time, in the words of JSON lines (models/protocols/jsonlines), which take them in again.
#include "models/analysis/cacheengine.h"
#include "models/analysis/recordscan.h"
#include "models/analysis/recordtext.h"
#include "models/telemetry/filterfields.h"
#include "models/telemetry/timeformat.h"

#include <algorithm>
#include <unordered_map>

namespace telltale {
namespace {

constexpr double kSliceRecords = 50'000; ///< about as many are in memory at once
constexpr std::int64_t kShortestSlice = 1'000'000'000;
constexpr RecordKind kEveryKind[] = {RecordKind::SessionBound, RecordKind::ScreenView, RecordKind::UsageEvent,
                                     RecordKind::Log,          RecordKind::Error,      RecordKind::Span,
                                     RecordKind::MetricPoint};

/// Empty for ids of zeros.
template<typename Id>
std::string textOfId(const Id &id)
{
    return id == Id{} ? std::string() : hexOf(id);
}

Value number(std::uint64_t n)
{
    return Value(static_cast<std::int64_t>(n));
}

Value numbers(const std::vector<std::uint64_t> &counts)
{
    Value::Array all;
    for (const std::uint64_t count : counts)
        all.push_back(number(count));
    return Value(std::move(all));
}

Value bucketsOf(const ExponentialBuckets &buckets)
{
    return Value::Map{{"offset", Value(std::int64_t{buckets.offset})}, {"counts", numbers(buckets.counts)}};
}

/// In the words of OpenTelemetry's data model.
Value metricOf(const StoredMetric &stored, const std::optional<StoredSeries> &series)
{
    constexpr std::string_view kKinds[] = {"", "gauge", "sum", "histogram", "exponential_histogram", "summary"};
    const MetricDetail &detail = stored.detail;
    Value::Map map{{"kind", Value(kKinds[static_cast<std::size_t>(detail.kind)])}};
    if (series && !series->unit.empty())
        map.emplace_back("unit", Value(series->unit));
    if (series && !series->description.empty())
        map.emplace_back("description", Value(series->description));
    if (detail.temporality != Temporality::Unspecified)
        map.emplace_back("temporality", Value(detail.temporality == Temporality::Delta ? "delta" : "cumulative"));
    if (detail.isMonotonic)
        map.emplace_back("monotonic", Value(true));
    if (detail.start != Instant{})
        map.emplace_back("start", Value(formatRfc3339(detail.start)));
    if (!detail.hasValue) {
        map.emplace_back("has_value", Value(false));
        return map;
    }
    if (detail.kind == MetricKind::Gauge || detail.kind == MetricKind::Sum) {
        map.emplace_back("value", detail.isInteger ? Value(detail.integer) : Value(detail.value));
        return map;
    }
    map.emplace_back("count", number(detail.count));
    if (detail.hasSum)
        map.emplace_back("sum", Value(detail.sum));
    if (detail.hasMinimum)
        map.emplace_back("min", Value(detail.minimum));
    if (detail.hasMaximum)
        map.emplace_back("max", Value(detail.maximum));
    if (detail.kind == MetricKind::Histogram) {
        Value::Array bounds;
        for (const double bound : detail.explicitBounds)
            bounds.emplace_back(bound);
        map.emplace_back("bounds", Value(std::move(bounds)));
        map.emplace_back("buckets", numbers(detail.bucketCounts));
    } else if (detail.kind == MetricKind::ExponentialHistogram) {
        map.emplace_back("scale", Value(std::int64_t{detail.scale}));
        map.emplace_back("zero_count", number(detail.zeroCount));
        map.emplace_back("zero_threshold", Value(detail.zeroThreshold));
        map.emplace_back("positive", bucketsOf(detail.positive));
        map.emplace_back("negative", bucketsOf(detail.negative));
    } else {
        Value::Array quantiles;
        for (const auto &[quantile, value] : detail.quantiles)
            quantiles.emplace_back(Value::Array{Value(quantile), Value(value)});
        map.emplace_back("quantiles", Value(std::move(quantiles)));
    }
    return map;
}

using RecordLine = Engine::RecordLine;

/// Makes lines of rows. Remembers what sessions it met.
class LineMaker
{
public:
    explicit LineMaker(CacheReader &reader)
        : m_reader(reader)
    {}
    RecordLine line(const RecordRow &row);

private:
    struct SessionText
    {
        std::string key, previous; ///< empty for those we formed: who takes the records in again forms them again
    };
    const SessionText &session(SessionId id);
    void addOrigin(Value::Map &fields, OriginId id) const;

    CacheReader &m_reader;
    std::unordered_map<SessionId, SessionText> m_sessions;
};

void addText(Value::Map &fields, const char *key, std::string_view text)
{
    if (!text.empty())
        fields.emplace_back(key, Value(text));
}

void addMap(Value::Map &fields, const char *key, Value::Map map)
{
    if (!map.empty())
        fields.emplace_back(key, Value(std::move(map)));
}

const LineMaker::SessionText &LineMaker::session(SessionId id)
{
    const auto [found, isNew] = m_sessions.try_emplace(id);
    if (isNew && id != 0) {
        if (const auto stored = m_reader.session(id); stored && !stored->isDerived)
            found->second = {stored->key, stored->previous};
    }
    return found->second;
}

void LineMaker::addOrigin(Value::Map &fields, OriginId id) const
{
    const StoredOrigin &origin = m_reader.origin(id);
    addText(fields, "product", origin.product);
    addText(fields, "release", origin.release);
    addText(fields, "environment", origin.environment);
    addText(fields, "os", origin.os);
    addText(fields, "device", origin.device);
    addText(fields, "country", origin.country);
    addMap(fields, "resource", withoutFields(origin.resourceAttributes));
    addText(fields, "scope", origin.scopeName);
    addText(fields, "scope_version", origin.scopeVersion);
}

RecordLine LineMaker::line(const RecordRow &row)
{
    RecordLine line{{row.time}, row.kind, {}};
    Value::Map &fields = line.fields;
    fields = {{"telltale", Value(kRecordLineVersion)}, {"time", Value(formatRfc3339(line.time))}, {"kind", Value(recordKindName(row.kind))}};
    addText(fields, "name", m_reader.string(row.name));
    addText(fields, "feature", m_reader.string(row.feature));
    addText(fields, "screen", m_reader.string(row.screen));
    addText(fields, "user", m_reader.userKey(row.user));
    const SessionText &session = this->session(row.session);
    addText(fields, "session", session.key);
    if (row.kind == RecordKind::SessionBound)
        addText(fields, "previous_session", session.previous);
    if (row.severity != 0)
        fields.emplace_back("severity", Value(std::int64_t{row.severity}));
    if (row.duration != kNoDuration)
        fields.emplace_back("duration_ns", Value(row.duration));
    const TraceContext trace = row.error ? row.error->trace : row.segment->trace(row.index);
    addText(fields, "trace_id", textOfId(trace.traceId));
    addText(fields, "span_id", textOfId(trace.spanId));
    if (row.kind == RecordKind::Span) {
        const SpanDetail span = row.segment->span(row.index);
        addText(fields, "parent_span_id", textOfId(span.parentSpanId));
        fields.emplace_back("span_kind", Value(static_cast<std::int64_t>(span.kind)));
        fields.emplace_back("status", Value(static_cast<std::int64_t>(span.status)));
    } else if (row.kind == RecordKind::MetricPoint) {
        const StoredMetric metric = row.segment->metric(row.index);
        fields.emplace_back("metric", metricOf(metric, m_reader.series(metric.series)));
    } else if (row.error) {
        Value::Map error{{"type", Value(row.error->type)}, {"message", Value(row.error->message)}};
        addText(error, "stack", row.error->stack);
        error.emplace_back("unhandled", Value(row.isUnhandled));
        error.emplace_back("group", Value(groupName(row.error->group)));
        fields.emplace_back("error", Value(std::move(error)));
    }
    addOrigin(fields, row.origin);
    Value::Map all = row.error ? row.error->attributes : row.segment->attributes(row.index);
    if (const Value *body = fieldOf(all, fieldkey::kBody))
        fields.emplace_back("body", *body);
    Value::Map others;
    for (const auto &[key, value] : all) {
        if (fieldkey::isField(key) && key != fieldkey::kBody)
            others.emplace_back(key.substr(1), value);
    }
    addMap(fields, "attributes", withoutFields(std::move(all)));
    addMap(fields, "fields", std::move(others));
    return line;
}

/// About how many records there are in the range: records of a segment are spread evenly.
double estimated(CacheReader &reader, TimeRange range)
{
    double sum = 0;
    for (const RecordKind kind : kEveryKind) {
        if (kind == RecordKind::Error)
            continue;
        const auto segments = reader.segments(kind, range);
        if (!segments)
            continue; // reading it says why
        for (const SegmentInfo &info : *segments) {
            const double length = static_cast<double>(info.last.ns) - static_cast<double>(info.first.ns) + 1;
            const double inside = static_cast<double>(std::min(range.to.ns - 1, info.last.ns)) -
                                  static_cast<double>(std::max(range.from.ns, info.first.ns)) + 1;
            sum += info.count * std::clamp(inside / length, 0.0, 1.0);
        }
    }
    return sum;
}

} // namespace

Result<std::vector<std::string>> CacheEngine::records(const Scope &scope, const RecordVisitor &visit,
                                                      std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop), listening());
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    scan.wantAttributes();
    scan.wantErrorText();
    const auto summary = m_reader->summary();
    if (!summary)
        return tl::unexpected(summary.error());
    TimeRange range = scope.range;
    range.from = std::max(range.from, summary->oldest.value_or(range.to));
    if (summary->newest && *summary->newest != Instant::max())
        range.to = std::min(range.to, *summary->newest + std::chrono::nanoseconds(1));
    LineMaker maker(*m_reader);
    std::vector<RecordLine> lines;
    std::vector<TimeRange> open{range}; // the earliest last
    while (!open.empty()) {
        const TimeRange slice = open.back();
        open.pop_back();
        if (slice.isEmpty())
            continue;
        const std::int64_t length = slice.to.ns / 2 - slice.from.ns / 2;
        if (length > kShortestSlice && estimated(*m_reader, slice) > kSliceRecords) {
            const Instant middle{slice.from.ns + length};
            open.push_back({middle, slice.to});
            open.push_back({slice.from, middle});
            continue;
        }
        lines.clear();
        const auto done =
            scan.run(kEveryKind, slice, [&](const RecordRow &row) { lines.push_back(maker.line(row)); });
        if (!done)
            return tl::unexpected(done.error());
        std::stable_sort(lines.begin(), lines.end(),
                         [](const RecordLine &a, const RecordLine &b) { return a.time < b.time; });
        for (const RecordLine &line : lines) {
            if (!visit(line))
                return scan.takeNotes();
        }
    }
    return scan.takeNotes();
}

} // namespace telltale
