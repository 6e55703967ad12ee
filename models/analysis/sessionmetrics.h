// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/analysis/metricwindow.h"
#include "models/store/cachereader.h"

#include <cstdint>
#include <map>
#include <vector>

namespace telltale {

/// Turns the metric points of a session into lines. Gauges and sums that may fall stay as they are; of sums that only grow
/// the rate between two points, of histograms and summaries the mean of what was observed between them: what a process
/// counted before the session is no part of it. Follows OpenTelemetry's metrics data model, as MetricSeries does. One thread.
class SessionMetrics
{
public:
    /// More series than this are no help to anybody; those with the fewest points are left out, and counted.
    static constexpr std::size_t kMostSeries = 64;

    /// In any order. `series` is the cache's id.
    void add(std::uint32_t series, OriginId origin, Instant time, MetricDetail detail);
    /// The lines; the reader tells what the series are. Nothing is left behind.
    std::vector<SessionMetric> take(CacheReader &reader);
    /// How many series take() left out.
    std::size_t leftOut() const { return m_leftOut; }

private:
    struct Sent
    {
        Instant time;
        MetricDetail detail;
    };
    static SessionMetric lineOf(const StoredSeries &series, std::vector<Sent> &sent);

    std::map<std::pair<std::uint32_t, OriginId>, std::vector<Sent>> m_sent;
    std::size_t m_leftOut = 0;
};

} // namespace telltale
