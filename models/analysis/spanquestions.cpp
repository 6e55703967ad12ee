// SPDX-License-Identifier: GPL-3.0-or-later
// What operations cost, and what belonged together in one trace.
#include "models/analysis/cacheengine.h"
#include "models/analysis/percentile.h"
#include "models/analysis/recordscan.h"
#include "models/analysis/recordtext.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>

namespace telltale {
namespace {

std::optional<TraceId> traceIdOfHex(const std::string &text)
{
    TraceId id{};
    if (text.size() != 2 * id.size())
        return std::nullopt;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const int digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0)
            return std::nullopt;
        id[i / 2] = static_cast<std::uint8_t>(id[i / 2] << 4 | digit);
    }
    return id;
}

std::string_view statusText(SpanStatus status)
{
    switch (status) {
    case SpanStatus::Ok:
        return "ok";
    case SpanStatus::Error:
        return "error";
    case SpanStatus::Unset:
        break;
    }
    return "unset";
}

std::string_view kindText(SpanKind kind)
{
    constexpr std::array<std::string_view, 6> kNames{"unspecified", "internal", "server",
                                                     "client",      "producer", "consumer"};
    const auto index = static_cast<std::size_t>(kind);
    return index < kNames.size() ? kNames[index] : kNames[0];
}

/// Of all bytes: clients choose ids, and some count up in a few of them.
struct TraceIdHash
{
    std::size_t operator()(const TraceId &id) const
    {
        return std::hash<std::string_view>()({reinterpret_cast<const char *>(id.data()), id.size()});
    }
};

/// A trace while its spans come in.
struct TraceParts
{
    std::int64_t start = 0, end = 0;
    DictionaryId root = 0;
    std::int64_t rootStart = 0;
    bool hasRoot = false;
    std::uint64_t spans = 0, errors = 0;

    void add(const RecordRow &row)
    {
        const SpanDetail span = row.segment->span(row.index);
        const std::int64_t spanEnd = row.time + std::max<std::int64_t>(row.duration, 0);
        start = spans == 0 ? row.time : std::min(start, row.time);
        end = spans == 0 ? spanEnd : std::max(end, spanEnd);
        ++spans;
        errors += span.status == SpanStatus::Error;
        const bool isRoot = span.parentSpanId == SpanId{};
        if (root == 0 || (isRoot && !hasRoot) || (isRoot == hasRoot && row.time < rootStart)) {
            root = row.name;
            rootStart = row.time;
        }
        hasRoot = hasRoot || isRoot;
    }
};

/// The traces that began last. Those with a span in the newest part of the range are held, and what is older of them is added;
/// any other began before that part, so that when enough of these began in it, they are the ones. Else the part is made longer.
/// Memory: some of the newest traces, not millions.
class NewestTraces
{
public:
    NewestTraces(RecordScan &scan, std::size_t wanted)
        : m_scan(scan)
        , m_wanted(wanted)
    {}

    Result<void> find()
    {
        constexpr std::size_t kHeldAtOnce = 65'536, kMore = 8;
        constexpr RecordKind kSpans[] = {RecordKind::Span};
        const auto range = m_scan.closedRange(kSpans);
        if (!range)
            return tl::unexpected(range.error());
        auto segments = m_scan.reader().segments(RecordKind::Span, *range);
        if (!segments)
            return tl::unexpected(segments.error());
        std::sort(segments->begin(), segments->end(),
                  [](const SegmentInfo &a, const SegmentInfo &b) { return a.last > b.last; });
        for (std::size_t spans = std::max(kHeldAtOnce, m_wanted < kNoLimit / kMore ? m_wanted * 2 : kNoLimit);;
             spans = spans < kNoLimit / kMore ? spans * kMore : kNoLimit) {
            const Instant from = std::max(range->from, beginOfNewest(*segments, spans));
            if (const auto held = hold(*range, from); !held)
                return held;
            const auto began = std::count_if(m_traces.begin(), m_traces.end(),
                                             [from](const auto &each) { return each.second.start >= from.ns; });
            if (from == range->from || static_cast<std::size_t>(began) >= m_wanted)
                return {};
        }
    }
    const std::unordered_map<TraceId, TraceParts, TraceIdHash> &traces() const { return m_traces; }
    std::uint64_t without() const { return m_without; } ///< spans in no trace

private:
    /// About so many spans come later.
    static Instant beginOfNewest(std::span<const SegmentInfo> newestFirst, std::size_t spans)
    {
        std::size_t count = 0;
        for (const SegmentInfo &segment : newestFirst) {
            count += segment.count;
            if (count >= spans)
                return segment.last;
        }
        return Instant::min();
    }
    Result<void> hold(TimeRange range, Instant from)
    {
        m_traces.clear();
        m_without = 0;
        const auto newest = m_scan.run({RecordKind::Span}, TimeRange{from, range.to}, [&](const RecordRow &row) {
            const TraceId id = row.segment->trace(row.index).traceId;
            if (id == TraceId{})
                ++m_without;
            else
                m_traces[id].add(row);
        });
        if (!newest || from == range.from)
            return newest;
        return m_scan.run({RecordKind::Span}, TimeRange{range.from, from}, [&](const RecordRow &row) {
            const TraceId id = row.segment->trace(row.index).traceId;
            if (id == TraceId{})
                ++m_without;
            else if (const auto known = m_traces.find(id); known != m_traces.end())
                known->second.add(row);
        });
    }

    RecordScan &m_scan;
    std::size_t m_wanted;
    std::unordered_map<TraceId, TraceParts, TraceIdHash> m_traces;
    std::uint64_t m_without = 0;
};

} // namespace

Engine::Reply<std::vector<OperationRow>> CacheEngine::operations(const Scope &scope, std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop), listening());
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    scan.wantAttributes(); // the status lies beside them
    struct Operation
    {
        std::vector<std::int64_t> durations;
        std::uint64_t spans = 0, errors = 0;
    };
    std::unordered_map<DictionaryId, Operation> operations;
    const auto done = scan.run({RecordKind::Span}, [&](const RecordRow &row) {
        Operation &operation = operations[row.name];
        ++operation.spans;
        if (row.segment->span(row.index).status == SpanStatus::Error)
            ++operation.errors;
        if (row.duration >= 0)
            operation.durations.push_back(row.duration);
    });
    if (!done)
        return tl::unexpected(done.error());
    std::vector<OperationRow> rows;
    for (auto &[name, operation] : operations) {
        OperationRow &row = rows.emplace_back();
        row.operation = m_reader->string(name);
        row.spans = operation.spans;
        row.errors = operation.errors;
        row.p50Ms = percentileMs(operation.durations, 0.5);
        row.p95Ms = percentileMs(operation.durations, 0.95);
        row.p99Ms = percentileMs(operation.durations, 0.99);
    }
    std::sort(rows.begin(), rows.end(), [](const OperationRow &a, const OperationRow &b) {
        return a.spans != b.spans ? a.spans > b.spans : a.operation < b.operation;
    });
    if (rows.size() > scope.limit)
        rows.resize(scope.limit);
    return Answered<std::vector<OperationRow>>{std::move(rows), scan.takeNotes(), scan.plan()};
}

Engine::Reply<std::vector<TraceRow>> CacheEngine::traces(const Scope &scope, std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop), listening());
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    scan.wantAttributes(); // ids lie beside them
    NewestTraces newest(scan, scope.limit);
    if (const auto found = newest.find(); !found)
        return tl::unexpected(found.error());
    std::vector<TraceRow> rows;
    rows.reserve(newest.traces().size());
    for (const auto &[id, trace] : newest.traces())
        rows.push_back({hexOf(id), std::string(m_reader->string(trace.root)), {trace.start}, {trace.end}, trace.spans, trace.errors,
                        !trace.hasRoot});
    std::sort(rows.begin(), rows.end(), [](const TraceRow &a, const TraceRow &b) {
        return a.start != b.start ? a.start > b.start : a.trace < b.trace;
    });
    if (rows.size() > scope.limit)
        rows.resize(scope.limit);
    if (newest.without() > 0)
        scan.note(std::to_string(newest.without()) + " spans have no trace id and are left out");
    return Answered<std::vector<TraceRow>>{std::move(rows), scan.takeNotes(), scan.plan()};
}

Engine::Reply<std::vector<TraceSpanRow>> CacheEngine::trace(const std::string &text, const Scope &scope,
                                                            std::stop_token stop)
{
    const auto id = traceIdOfHex(text);
    if (!id)
        return failure(Error::Code::InvalidArgument, "'" + text + "' is no trace id: 32 hexadecimal digits are");
    Scope whole = scope;
    whole.filter = {};
    RecordScan scan(*m_reader, whole, std::move(stop), listening());
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    scan.wantAttributes();
    std::vector<TraceSpanRow> rows;
    const auto done = scan.run({RecordKind::Span}, [&](const RecordRow &row) {
        const TraceContext context = row.segment->trace(row.index);
        if (context.traceId != *id)
            return;
        const SpanDetail detail = row.segment->span(row.index);
        TraceSpanRow &span = rows.emplace_back();
        span.span = context.spanId == SpanId{} ? std::string() : hexOf(context.spanId);
        span.parent = detail.parentSpanId == SpanId{} ? std::string() : hexOf(detail.parentSpanId);
        span.operation = m_reader->string(row.name);
        span.status = statusText(detail.status);
        span.kind = kindText(detail.kind);
        span.start = {row.time};
        span.durationMs = static_cast<double>(std::max<std::int64_t>(row.duration, 0)) / kNanosecondsPerMillisecond;
        if (row.session != 0)
            span.session = m_reader->sessionKey(row.session);
        for (auto &pair : row.segment->attributes(row.index)) {
            if (!fieldkey::isField(pair.first))
                span.attributes.push_back(std::move(pair));
        }
    });
    if (!done)
        return tl::unexpected(done.error());
    if (rows.empty())
        return failure(Error::Code::NotFound, "there is no span of the trace '" + text + "'");
    std::sort(rows.begin(), rows.end(), [](const TraceSpanRow &a, const TraceSpanRow &b) {
        return a.start != b.start ? a.start < b.start : a.span < b.span;
    });
    if (rows.size() > scope.limit)
        rows.resize(scope.limit);
    return Answered<std::vector<TraceSpanRow>>{std::move(rows), scan.takeNotes(), scan.plan()};
}

} // namespace telltale
