// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/sessionmetrics.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

namespace telltale {
namespace {

MetricLine lineKindOf(const StoredSeries &series)
{
    switch (series.kind) {
    case MetricKind::Gauge:
        return MetricLine::Level;
    case MetricKind::Sum: {
        const bool isLevel = series.temporality == Temporality::Cumulative && !series.isMonotonic;
        return isLevel ? MetricLine::Level : MetricLine::Rate;
    }
    case MetricKind::Histogram:
    case MetricKind::ExponentialHistogram:
    case MetricKind::Summary:
        break;
    }
    return MetricLine::Mean;
}

bool isRunning(const StoredSeries &series)
{
    return series.kind == MetricKind::Summary || series.temporality == Temporality::Cumulative;
}

} // namespace

void SessionMetrics::add(std::uint32_t series, OriginId origin, Instant time, MetricDetail detail)
{
    m_sent[{series, origin}].push_back({time, std::move(detail)});
}

SessionMetric SessionMetrics::lineOf(const StoredSeries &series, std::vector<Sent> &sent)
{
    std::stable_sort(sent.begin(), sent.end(), [](const Sent &a, const Sent &b) { return a.time < b.time; });
    SessionMetric line{series.name, series.unit, lineKindOf(series), series.attributes, {}};
    MetricSeries shares(series);
    std::optional<Instant> before;
    for (const Sent &one : sent) {
        const MetricShare share = shares.take(one.time, one.detail);
        // What a running total held at its first point was gathered before: only the next one tells an increase.
        const bool isKnown = line.line == MetricLine::Level || before || !isRunning(series);
        // A delta says itself what time it is of.
        const bool saysStart = !isRunning(series) && one.detail.start.ns > 0;
        const Instant since = saysStart ? one.detail.start : before.value_or(one.detail.start);
        before = one.time;
        if (!isKnown)
            continue;
        double value = std::nan("");
        if (line.line == MetricLine::Level)
            value = share.value.value_or(value);
        else if (line.line == MetricLine::Mean)
            value = share.count > 0 ? share.sum / static_cast<double>(share.count) : value;
        else if (share.value && since.ns > 0 && since < one.time)
            value = *share.value / std::chrono::duration<double>(one.time - since).count();
        if (std::isfinite(value))
            line.points.push_back({one.time, value});
    }
    return line;
}

std::vector<SessionMetric> SessionMetrics::take(CacheReader &reader)
{
    std::vector<SessionMetric> lines;
    for (auto &[key, sent] : m_sent) {
        const auto series = reader.series(key.first);
        if (!series)
            continue; // forgotten with the person it named
        SessionMetric line = lineOf(*series, sent);
        if (!line.points.empty())
            lines.push_back(std::move(line));
    }
    m_sent.clear();
    if (lines.size() > kMostSeries) {
        std::stable_sort(lines.begin(), lines.end(),
                         [](const auto &a, const auto &b) { return a.points.size() > b.points.size(); });
        m_leftOut = lines.size() - kMostSeries;
        lines.resize(kMostSeries);
    }
    const auto order = [](const SessionMetric &line) {
        return std::pair(std::string_view(line.metric), toDisplayText(Value(line.attributes)));
    };
    std::stable_sort(lines.begin(), lines.end(),
                     [&](const SessionMetric &a, const SessionMetric &b) { return order(a) < order(b); });
    return lines;
}

} // namespace telltale
