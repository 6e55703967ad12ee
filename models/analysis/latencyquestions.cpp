// SPDX-License-Identifier: GPL-3.0-or-later
// How long operations took, over time: medians, and how many took how long.
#include "models/analysis/latencyrows.h"
#include "models/analysis/percentile.h"
#include "models/analysis/recordscan.h"
#include "models/analysis/twoatonce.h"

#include <algorithm>

namespace telltale {
namespace {

/// Widths of a band in buckets of DurationPile, the finest first: a quarter of an octave to all of them.
constexpr DurationPile::Bucket kWidths[] = {8, 16, 32, 64, 128, 256, 2048};

/// One column a bucket, with as many bands as are worth it.
LatencyBands latencyBandsOf(const MeasuredDurations &spans, const Buckets &buckets)
{
    LatencyBands bands;
    bands.columns.resize(buckets.size());
    for (std::size_t i = 0; i < buckets.size(); ++i)
        bands.columns[i].start = buckets.start(i);
    const std::vector<std::uint64_t> all = DurationPile::countsOf(spans.durations);
    const auto isUsed = [](std::uint64_t count) { return count > 0; };
    const auto first = std::find_if(all.begin(), all.end(), isUsed);
    if (first == all.end())
        return bands;
    const auto low = static_cast<DurationPile::Bucket>(first - all.begin());
    const auto high = static_cast<DurationPile::Bucket>(all.rend() - std::find_if(all.rbegin(), all.rend(), isUsed)) - 1;
    const auto width = *std::find_if(std::begin(kWidths), std::end(kWidths), [&](DurationPile::Bucket one) {
        return high / one - low / one < LatencyBands::kMostBands;
    });
    const DurationPile::Bucket base = low / width;
    const std::size_t count = high / width - base + 1;
    for (std::size_t band = 0; band <= count; ++band)
        bands.edgesMs.push_back(DurationPile::floorOf((base + static_cast<DurationPile::Bucket>(band)) * width) / kNanosecondsPerMillisecond);
    for (std::size_t i = 0; i < buckets.size(); ++i) {
        std::vector<std::uint64_t> &column = bands.columns[i].spans;
        column.resize(count);
        const std::vector<std::uint64_t> counts = DurationPile::countsOf(std::span(&spans.durations[i], 1));
        for (DurationPile::Bucket bucket = low; bucket <= high; ++bucket)
            column[bucket / width - base] += counts[bucket];
    }
    return bands;
}

} // namespace

std::vector<LatencyRow> latencyRows(const MeasuredDurations &spans, const Buckets &buckets)
{
    constexpr double kShares[] = {kMedian, kNinetyFifth};
    std::vector<LatencyRow> rows(buckets.size());
    const auto fill = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            const auto quantiles = spans.durations[i].quantiles(kShares);
            rows[i].start = buckets.start(i);
            rows[i].spans = spans.counts[i];
            rows[i].p50Ms = inMilliseconds(quantiles[0]);
            rows[i].p95Ms = inMilliseconds(quantiles[1]);
        }
    };
    const std::size_t middle = rows.size() / 2;
    twoAtOnce(
        middle > 0, [&] { fill(0, middle); }, [&] { fill(middle, rows.size()); });
    return rows;
}

Result<MeasuredDurations> CacheEngine::durationsIn(RecordScan &scan, RecordKind kind, const Buckets &buckets,
                                                   TimeRange range)
{
    constexpr double kMinute = 60e9;
    MeasuredDurations measured(buckets.size());
    if (buckets.size() > 0 &&
        (buckets.size() == 1 || lengthOf(buckets.start(0), buckets.end(0)) >= kMinute)) {
        auto rolled = rolledDurations(scan, kind, buckets.edgesWithin(range));
        if (!rolled)
            return tl::unexpected(rolled.error());
        if (*rolled)
            return std::move(**rolled);
    }
    const auto done = scan.run({kind}, range, [&](const RecordRow &row) {
        const std::size_t bucket = buckets.indexOf(row.time);
        ++measured.counts[bucket];
        if (row.duration >= 0)
            measured.durations[bucket].add(row.duration);
    });
    if (!done)
        return tl::unexpected(done.error());
    return measured;
}

Result<CacheEngine::SpanBuckets> CacheEngine::measuredSpans(RecordScan &scan, ActivityStep step)
{
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    scan.wantOnly({RecordColumn::Time, RecordColumn::Duration});
    constexpr RecordKind kSpans[] = {RecordKind::Span};
    const auto range = scan.closedRange(kSpans);
    if (!range)
        return tl::unexpected(range.error());
    auto buckets = Buckets::cut(scan.scope().zone, step, *range);
    if (!buckets)
        return tl::unexpected(buckets.error());
    auto spans = durationsIn(scan, RecordKind::Span, *buckets, *range);
    if (!spans)
        return tl::unexpected(spans.error());
    return SpanBuckets{std::move(*buckets), std::move(*spans)};
}

Engine::Reply<std::vector<LatencyRow>> CacheEngine::latency(const Scope &scope, ActivityStep step,
                                                            std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop), listening());
    const auto measured = measuredSpans(scan, step);
    if (!measured)
        return tl::unexpected(measured.error());
    std::vector<LatencyRow> rows = latencyRows(measured->second, measured->first);
    if (rows.size() > scope.limit)
        rows.resize(scope.limit);
    return Answered<std::vector<LatencyRow>>{std::move(rows), scan.takeNotes(), scan.plan()};
}

Engine::Reply<LatencyBands> CacheEngine::latencyBands(const Scope &scope, ActivityStep step, std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop), listening());
    const auto measured = measuredSpans(scan, step);
    if (!measured)
        return tl::unexpected(measured.error());
    return Answered<LatencyBands>{latencyBandsOf(measured->second, measured->first), scan.takeNotes(), scan.plan()};
}

} // namespace telltale
