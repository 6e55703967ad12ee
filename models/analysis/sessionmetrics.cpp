// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/sessionmetrics.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace telltale {
namespace {

MetricLine lineKindOf(const MetricSeries &series)
{
    if (!series.isNumber())
        return MetricLine::Mean;
    return series.isLevel() ? MetricLine::Level : MetricLine::Rate;
}

} // namespace

void SessionMetrics::add(std::uint32_t series, OriginId origin, Instant time, MetricDetail detail)
{
    m_sent[{series, origin}].push_back({time, std::move(detail)});
}

SessionMetric SessionMetrics::lineOf(const StoredSeries &series, std::vector<Sent> &sent)
{
    std::stable_sort(sent.begin(), sent.end(), [](const Sent &a, const Sent &b) { return a.time < b.time; });
    MetricSeries shares(series);
    SessionMetric line{series.name, series.unit, lineKindOf(shares), series.attributes, {}};
    std::optional<Instant> before;
    for (const Sent &one : sent) {
        if (!one.detail.hasValue)
            continue;
        const MetricShare share = shares.take(one.time, one.detail);
        // What a running total held at its first point was gathered before: only the next one tells an increase.
        const bool isKnown = before || !shares.isRunning();
        // Deltas, and totals that began anew, say themselves what time they are of.
        const Instant since = std::max(before.value_or(one.detail.start), one.detail.start);
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
