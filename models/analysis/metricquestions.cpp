// SPDX-License-Identifier: GPL-3.0-or-later
// Which metrics there are, and how one went.
#include "models/analysis/buckets.h"
#include "models/analysis/cacheengine.h"
#include "models/analysis/metricwindow.h"
#include "models/analysis/recordscan.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>

namespace telltale {
namespace {

std::string_view kindText(MetricKind kind)
{
    switch (kind) {
    case MetricKind::Gauge:
        return "gauge";
    case MetricKind::Sum:
        return "sum";
    case MetricKind::Histogram:
        return "histogram";
    case MetricKind::ExponentialHistogram:
        return "exponential_histogram";
    case MetricKind::Summary:
        return "summary";
    }
    return "gauge";
}

/// The same series of two installations are two.
std::uint64_t seriesKey(std::uint32_t series, OriginId origin)
{
    return std::uint64_t(series) << 32 | origin;
}

std::optional<std::string> textIn(const Value::Map &attributes, const std::string &key)
{
    for (const auto &[name, value] : attributes) {
        if (name == key && !value.isNull())
            return toDisplayText(value);
    }
    return std::nullopt;
}

struct Point
{
    std::uint64_t series;
    std::int64_t time;
    MetricDetail detail;
};

} // namespace

Engine::Reply<std::vector<MetricRow>> CacheEngine::metrics(const Scope &scope, std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop), listening());
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    scan.wantAttributes(); // points lie beside them
    std::map<std::uint32_t, std::pair<std::uint64_t, std::set<OriginId>>> seen; // by series: points, origins
    const auto done = scan.run({RecordKind::MetricPoint}, [&](const RecordRow &row) {
        auto &[points, origins] = seen[row.segment->metric(row.index).series];
        ++points;
        origins.insert(row.origin);
    });
    if (!done)
        return tl::unexpected(done.error());
    std::map<std::tuple<std::string, std::string, MetricKind>, MetricRow> byName;
    for (const auto &[id, counted] : seen) {
        const auto series = m_reader->series(id);
        if (!series)
            continue; // forgotten with the person it named
        MetricRow &row = byName[{series->name, series->unit, series->kind}];
        row.metric = series->name;
        row.unit = series->unit;
        row.kind = kindText(series->kind);
        row.points += counted.first;
        row.series += counted.second.size();
    }
    std::vector<MetricRow> rows;
    for (auto &[key, row] : byName)
        rows.push_back(std::move(row));
    std::stable_sort(rows.begin(), rows.end(),
                     [](const MetricRow &a, const MetricRow &b) { return a.points > b.points; });
    if (rows.size() > scope.limit)
        rows.resize(scope.limit);
    return Answered<std::vector<MetricRow>>{std::move(rows), scan.takeNotes(), scan.plan()};
}

Engine::Reply<std::vector<MetricValueRow>> CacheEngine::metric(const std::string &name, MetricValue value,
                                                               ActivityStep step, const std::string &by,
                                                               const Scope &scope, std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop), listening());
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    scan.wantAttributes();
    // Increases need the point before the range, too.
    std::map<DictionaryId, bool> names;
    std::vector<Point> points;
    bool isKnown = false;
    const auto done = scan.run({RecordKind::MetricPoint}, {Instant::min(), scope.range.to}, [&](const RecordRow &row) {
        const auto [at, isNew] = names.try_emplace(row.name);
        if (isNew)
            at->second = m_reader->string(row.name) == name;
        if (!at->second)
            return;
        isKnown = true;
        StoredMetric metric = row.segment->metric(row.index);
        points.push_back({seriesKey(metric.series, row.origin), row.time, std::move(metric.detail)});
    });
    if (!done)
        return tl::unexpected(done.error());
    if (!isKnown)
        return failure(Error::Code::NotFound, "there is no metric '" + name + "' here");
    std::stable_sort(points.begin(), points.end(), [](const Point &a, const Point &b) {
        return std::tie(a.series, a.time) < std::tie(b.series, b.time);
    });

    TimeRange range = scope.range;
    if (range.from == Instant::min() || range.to == Instant::max()) {
        std::int64_t first = std::numeric_limits<std::int64_t>::max();
        std::int64_t last = std::numeric_limits<std::int64_t>::min();
        for (const Point &point : points) {
            if (!range.contains({point.time}))
                continue;
            first = std::min(first, point.time);
            last = std::max(last, point.time);
        }
        if (first > last)
            return Answered<std::vector<MetricValueRow>>{{}, scan.takeNotes(), scan.plan()};
        if (range.from == Instant::min())
            range.from = {first};
        if (range.to == Instant::max())
            range.to = Instant{last} + std::chrono::nanoseconds(1);
    }
    const auto buckets = Buckets::cut(scope.zone, step, range);
    if (!buckets)
        return tl::unexpected(buckets.error());

    std::map<std::optional<std::string>, std::vector<MetricWindow>> windows;
    std::uint64_t current = 0;
    std::optional<MetricSeries> series;
    std::vector<MetricWindow> *target = nullptr;
    for (const Point &point : points) {
        if (!series || point.series != current) {
            current = point.series;
            const auto stored = m_reader->series(static_cast<std::uint32_t>(current >> 32));
            const StoredSeries known = stored.value_or(StoredSeries());
            series.emplace(known);
            std::optional<std::string> label;
            if (!by.empty()) {
                label = textIn(known.attributes, by);
                if (!label)
                    label = textIn(m_reader->origin(static_cast<OriginId>(current)).resourceAttributes, by);
            }
            target = &windows[label];
            target->resize(buckets->size());
            if (target->size() * windows.size() > kMaximumBuckets)
                return failure(Error::Code::InvalidArgument, "too many rows: choose a longer step or a shorter range");
        }
        const MetricShare share = series->take({point.time}, point.detail);
        if (range.contains({point.time}))
            (*target)[buckets->indexOf(point.time)].add(point.series, share);
    }
    std::vector<MetricValueRow> rows;
    for (std::size_t i = 0; i < buckets->size(); ++i) {
        const double seconds =
            std::chrono::duration<double>(buckets->end(i) - buckets->start(i)).count();
        for (const auto &[label, list] : windows)
            rows.push_back({buckets->start(i), label, list[i].value(value, seconds)});
    }
    if (rows.size() > scope.limit)
        rows.resize(scope.limit);
    return Answered<std::vector<MetricValueRow>>{std::move(rows), scan.takeNotes(), scan.plan()};
}

} // namespace telltale
