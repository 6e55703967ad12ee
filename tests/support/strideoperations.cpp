// SPDX-License-Identifier: GPL-3.0-or-later
// What Stride's servers and devices say: operations, traces, metrics; who comes back, and who gets to the end.
#include "tests/support/strideengine.h"

#include "tests/support/stridestory.h"

#include <algorithm>
#include <cmath>

namespace telltale {

using namespace stride;
using namespace std::chrono_literals;

namespace {

struct OperationShape
{
    const char *name;
    double perMinute, median, spread, failures;
};
constexpr std::array kOperations = {
    OperationShape{"screen.load", 520, 290, 2.3, 0},
    OperationShape{"GET /v2/home", 150, 148, 2.4, 0.001},
    OperationShape{"GET /v2/tiles/{z}/{x}/{y}", 140, 112, 2.6, 0.002},
    OperationShape{"POST /v2/sync/workouts", 62, 268, 3.1, 0.021},
    OperationShape{"GET /v2/feed", 74, 190, 2.4, 0.003},
    OperationShape{"GET /v2/plans/{id}", 35, 171, 2.3, 0},
    OperationShape{"POST /v2/meals", 31, 136, 2.5, 0.001},
    OperationShape{"GET /v2/challenges", 25, 124, 2.4, 0.012},
    OperationShape{"app.start", 18, 1310, 2.5, 0},
    OperationShape{"watch.handshake", 3, 2400, 3.6, 0.31},
};

struct MetricShape
{
    const char *name, *unit, *kind;
    double level, swing;
};
constexpr std::array kMetrics = {
    MetricShape{"process.memory.usage", "By", "gauge", 240e6, 60e6},
    MetricShape{"process.cpu.utilization", "1", "gauge", 0.22, 0.12},
    MetricShape{"app.frame.duration", "ms", "histogram", 11, 6},
    MetricShape{"app.sync.queue", "{workout}", "sum", 14, 11},
    MetricShape{"http.client.request.duration", "ms", "histogram", 180, 70},
};

std::string traceName(std::size_t index)
{
    char text[33];
    std::snprintf(text, sizeof text, "7e11%012zx%016zx", index * 0x9e37 + 11, index + 1);
    return text;
}

std::string spanName(std::size_t index)
{
    char text[17];
    std::snprintf(text, sizeof text, "5a00%012zx", index + 1);
    return text;
}

} // namespace

Engine::Reply<LatencyBands> StrideEngine::latencyBands(const Scope &scope, ActivityStep step, std::stop_token stop)
{
    const auto latencies = latency(scope, step, stop);
    if (!latencies)
        return tl::unexpected(latencies.error());
    LatencyBands bands;
    // Half octaves of nanoseconds from 34 ms on.
    for (int octave = 25; octave < 31; ++octave) {
        for (const double part : {1.0, 1.5})
            bands.edgesMs.push_back(std::ldexp(part, octave) / 1e6);
    }
    double all = 0, wanted = 0;
    for (const OperationShape &operation : kOperations) {
        all += operation.perMinute;
        wanted += passes(scope.filter, "operation", operation.name) ? operation.perMinute : 0;
    }
    for (const LatencyRow &row : latencies->value) {
        LatencyBands::Column column{row.start, std::vector<std::uint64_t>(bands.edgesMs.size() - 1)};
        if (row.p50Ms && row.p95Ms) {
            const double deviation = std::log(*row.p95Ms / *row.p50Ms) / 1.645;
            const auto below = [&](double ms) { return 0.5 * std::erfc(-(std::log(ms / *row.p50Ms) / deviation) / std::sqrt(2.0)); };
            for (std::size_t band = 0; band < column.spans.size(); ++band)
                column.spans[band] = rounded(static_cast<double>(row.spans) * static_cast<double>(widthOf(step).count()) / 15e9 * wanted / all *
                                             (below(bands.edgesMs[band + 1]) - below(bands.edgesMs[band])));
        }
        bands.columns.push_back(std::move(column));
    }
    const bool isNone = std::all_of(latencies->value.begin(), latencies->value.end(), [](const LatencyRow &row) { return !row.p50Ms; });
    if (isNone)
        bands.edgesMs.clear();
    return Answered<LatencyBands>{std::move(bands), {}};
}

Engine::Reply<std::vector<OperationRow>> StrideEngine::operations(const Scope &scope, std::stop_token)
{
    if (const auto error = refused())
        return tl::unexpected(*error);
    std::vector<OperationRow> rows;
    const double share = thinned(scope.filter) * minutesOf(clipped(scope.range));
    const double slower = scope.range.to > rollout() ? 1 : 0.88; // what 4.2.0 made slower
    for (const OperationShape &shape : kOperations) {
        if (isEmpty() || share <= 0 || !passes(scope.filter, "operation", shape.name))
            continue;
        OperationRow row;
        row.operation = shape.name;
        row.spans = rounded(shape.perMinute * share);
        row.errors = rounded(shape.perMinute * share * shape.failures);
        row.p50Ms = shape.median;
        row.p95Ms = shape.median * shape.spread * slower;
        row.p99Ms = shape.median * shape.spread * slower * 1.45;
        rows.push_back(row);
    }
    std::stable_sort(rows.begin(), rows.end(), [](const OperationRow &a, const OperationRow &b) { return a.spans > b.spans; });
    return Answered<std::vector<OperationRow>>{rows, {}, {}};
}

Engine::Reply<std::vector<TraceRow>> StrideEngine::traces(const Scope &scope, std::stop_token)
{
    if (const auto error = refused())
        return tl::unexpected(*error);
    std::vector<TraceRow> rows;
    const TimeRange range = clipped(scope.range);
    for (std::size_t i = 0; !isEmpty() && thinned(scope.filter) > 0 && i < 60 && range.to - std::chrono::seconds(7 * i + 3) > range.from; ++i) {
        TraceRow row;
        row.trace = traceName(i);
        const OperationShape &shape = kOperations[(i * 7) % kOperations.size()];
        if (!passes(scope.filter, "operation", shape.name))
            continue;
        row.root = shape.name;
        row.start = range.to - std::chrono::seconds(7 * i + 3);
        row.end = row.start + std::chrono::milliseconds(rounded(shape.median * (0.7 + noise(static_cast<std::int64_t>(i)))));
        row.spans = 2 + i % 7;
        row.errors = i % 9 == 4 ? 1 : 0;
        row.isPartial = i % 17 == 11;
        rows.push_back(row);
        if (rows.size() == scope.limit)
            break;
    }
    return Answered<std::vector<TraceRow>>{rows, {}, {}};
}

Engine::Reply<std::vector<TraceSpanRow>> StrideEngine::trace(const std::string &id, const Scope &, std::stop_token)
{
    if (const auto error = refused())
        return tl::unexpected(*error);
    struct SpanShape
    {
        const char *name, *kind;
        int parent;
        double from, length;
        const char *status;
    };
    static constexpr std::array kSpans = {
        SpanShape{"POST /v2/sync/workouts", "client", -1, 0, 812, "error"},
        SpanShape{"POST /v2/sync/workouts", "server", 0, 38, 741, "error"},
        SpanShape{"authorise", "internal", 1, 44, 26, "ok"},
        SpanShape{"SELECT workouts", "client", 1, 78, 121, "ok"},
        SpanShape{"route.simplify", "internal", 1, 204, 188, "unset"},
        SpanShape{"tiles.lookup", "client", 4, 221, 97, "unset"},
        SpanShape{"INSERT workouts", "client", 1, 401, 366, "error"},
        SpanShape{"audit.write", "producer", 99, 610, 64, "unset"}, // its parent never came
    };
    const auto number = static_cast<std::int64_t>(id.size());
    std::vector<TraceSpanRow> rows;
    for (std::size_t i = 0; i < kSpans.size(); ++i) {
        TraceSpanRow row;
        row.span = spanName(i);
        row.parent = kSpans[i].parent < 0 ? std::string() : spanName(static_cast<std::size_t>(kSpans[i].parent));
        row.operation = kSpans[i].name;
        row.status = kSpans[i].status;
        row.kind = kSpans[i].kind;
        row.start = now() - 40s + std::chrono::microseconds(static_cast<std::int64_t>(kSpans[i].from * 1000) + number);
        row.durationMs = kSpans[i].length;
        row.attributes = {{"http.response.status_code", Value(std::int64_t(i == 0 ? 504 : 200))}, {"server.address", Value("api.stride.example")}};
        rows.push_back(std::move(row));
    }
    return Answered<std::vector<TraceSpanRow>>{rows, {}, {}};
}

Engine::Reply<Spread> StrideEngine::spread(SpreadOf of, const std::vector<double> &shares, const Scope &scope, std::stop_token)
{
    if (const auto error = refused())
        return tl::unexpected(*error);
    Spread spread;
    const bool isNew = scope.filter.text().find("4.2.0") != std::string::npos;
    const double median = of == SpreadOf::Dwells ? 41'000 : isNew ? 316 : 284;
    spread.count = isEmpty() ? 0 : rounded(900 * thinned(scope.filter));
    for (const double share : shares) {
        const double value = median * (1 + 2.6 * std::max(0.0, share - 0.5));
        spread.values.push_back({share, value, value * 0.96, value * 1.05});
    }
    return Answered<Spread>{spread, {}, {}};
}

Engine::Reply<std::vector<MetricRow>> StrideEngine::metrics(const Scope &, std::stop_token)
{
    if (const auto error = refused())
        return tl::unexpected(*error);
    std::vector<MetricRow> rows;
    for (std::size_t i = 0; !isEmpty() && i < kMetrics.size(); ++i)
        rows.push_back({kMetrics[i].name, kMetrics[i].unit, kMetrics[i].kind, 3, 21'600 - 2'000 * i});
    return Answered<std::vector<MetricRow>>{rows, {}, {}};
}

Engine::Reply<std::vector<MetricValueRow>> StrideEngine::metric(const std::string &name, MetricValue value, ActivityStep step,
                                                                const std::string &by, const Scope &scope, std::stop_token)
{
    if (const auto error = refused())
        return tl::unexpected(*error);
    const auto shape = std::find_if(kMetrics.begin(), kMetrics.end(), [&](const MetricShape &m) { return name == m.name; });
    if (shape == kMetrics.end() || isEmpty())
        return failure(Error::Code::NotFound, "there is no metric '" + name + "'");
    const double factor = value == MetricValue::P95 ? 1.9 : value == MetricValue::P99 ? 2.4 : value == MetricValue::Maximum ? 2.6 : 1;
    std::vector<MetricValueRow> rows;
    const std::array<std::optional<std::string>, 3> platforms = {"android", "ios", "watchos"};
    for (const Instant at : bucketStarts(scope.range, step)) {
        for (std::size_t s = 0; s < (by.empty() ? 1U : platforms.size()); ++s) {
            const double level = shape->level * (1 + 0.2 * static_cast<double>(s));
            const auto seed = at.ns / 60'000'000'000 + static_cast<std::int64_t>(s * 977);
            rows.push_back({at, by.empty() ? std::nullopt : platforms[s],
                            factor * (level + shape->swing * (rhythm(at) - 0.5 + 0.25 * noise(seed)))});
        }
    }
    return Answered<std::vector<MetricValueRow>>{rows, {}, {}};
}

Engine::Reply<std::vector<RetentionRow>> StrideEngine::retention(CalendarUnit period, const Scope &scope, std::stop_token)
{
    if (const auto error = refused())
        return tl::unexpected(*error);
    std::vector<RetentionRow> rows;
    if (isEmpty())
        return Answered<std::vector<RetentionRow>>{rows, {}, {}};
    std::vector<Instant> starts;
    const TimeRange range = clipped(scope.range);
    for (Instant at = scope.zone.startOf(period, range.from); at < range.to && starts.size() < 40; at = scope.zone.nextStart(period, at))
        starts.push_back(at);
    for (std::size_t cohort = 0; cohort < starts.size(); ++cohort) {
        const auto seed = starts[cohort].ns / 3'600'000'000'000;
        const std::uint64_t size = cohort + 1 == starts.size() ? 18 : rounded(420 + 160 * noise(seed));
        for (std::size_t n = 0; cohort + n < starts.size(); ++n) {
            const double kept = n == 0 ? 1 : (0.46 + 0.06 * noise(seed + static_cast<std::int64_t>(n))) * std::pow(static_cast<double>(n), -0.42);
            rows.push_back({scope.zone.formatLocalDate(starts[cohort]), size, n, rounded(static_cast<double>(size) * kept),
                            cohort + n + 1 == starts.size()});
        }
    }
    return Answered<std::vector<RetentionRow>>{rows, {}, {}};
}

Engine::Reply<std::vector<FunnelRow>> StrideEngine::funnel(const std::vector<std::string> &steps, std::chrono::nanoseconds,
                                                           const Scope &scope, std::stop_token)
{
    if (const auto error = refused())
        return tl::unexpected(*error);
    std::vector<FunnelRow> rows;
    double share = 1;
    const double more = scope.range.to > rollout() ? 1 : 1.06; // came further before it
    const double first = isEmpty() ? 0 : 71 * thinned(scope.filter) * minutesOf(clipped(scope.range));
    for (std::size_t i = 0; i < steps.size(); ++i) {
        rows.push_back({steps[i], rounded(first * share), share, i == 0 ? std::nullopt : std::optional(74'000.0 * static_cast<double>(i))});
        share *= (i % 2 == 0 ? 0.71 : 0.56) * more;
    }
    return Answered<std::vector<FunnelRow>>{rows, {}, {}};
}

} // namespace telltale
