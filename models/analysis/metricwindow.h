// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/store/cachereader.h"

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace telltale {

/// What one point adds to the stretch of time it lies in: of cumulative series the increase since the point before.
struct MetricShare
{
    bool isLevel = false;         ///< a gauge, or a sum that may fall: `value` is where it stands; a histogram of what is there now
    std::optional<double> value;  ///< of gauges and sums
    std::uint64_t count = 0;      ///< observations: of histograms and summaries
    double sum = 0;               ///< of observations
    std::optional<double> minimum, maximum;
    struct Bucket
    {
        double lower = 0, upper = 0; ///< (lower, upper]
        double count = 0;
    };
    std::vector<Bucket> buckets;
    std::vector<std::pair<double, double>> quantiles; ///< of summaries, as sent
};

/// Turns the points of one series, in order of time, into shares. Follows OpenTelemetry's metrics data model on temporality
/// and resets: a new start time, or a value that fell where none may, is a restart, and everything since then is new.
class MetricSeries
{
public:
    explicit MetricSeries(const StoredSeries &series)
        : m_kind(series.kind)
        , m_isCumulative(series.temporality == Temporality::Cumulative)
        , m_isMonotonic(series.isMonotonic)
        , m_isSnapshot(series.temporality == Temporality::Unspecified &&
                       (series.kind == MetricKind::Histogram || series.kind == MetricKind::ExponentialHistogram))
    {}
    MetricShare take(Instant time, const MetricDetail &point);
    /// A gauge, a snapshot, or a sum that may fall: points say where it stands.
    bool isLevel() const
    {
        return m_kind == MetricKind::Gauge || m_isSnapshot || (m_kind == MetricKind::Sum && m_isCumulative && !m_isMonotonic);
    }
    /// Points say what there is since the start; else since the point before.
    bool isRunning() const { return m_kind == MetricKind::Summary || (m_isCumulative && !isLevel()); }
    /// One value a point; else a distribution.
    bool isNumber() const { return m_kind == MetricKind::Gauge || m_kind == MetricKind::Sum; }

private:
    MetricKind m_kind;
    bool m_isCumulative, m_isMonotonic, m_isSnapshot;
    bool m_hasBefore = false;
    MetricDetail m_before;
};

/// The shares of one stretch of time, of one or several series.
class MetricWindow
{
public:
    /// `series` tells levels of several series apart.
    void add(std::uint64_t series, const MetricShare &share);
    /// None where nothing was measured, but for counts, sums and rates: these are 0 then. Percentiles of single values are of
    /// the nearest rank, those of histograms lie within their bucket as if it were evenly filled.
    std::optional<double> value(MetricValue value, double seconds) const;

private:
    std::optional<double> percentile(double p) const;
    void addBuckets(const MetricShare &share);
    void withdraw(const MetricShare &share);

    std::uint64_t m_points = 0, m_observations = 0;
    double m_sum = 0, m_observed = 0;
    bool m_hasLevels = false;
    std::optional<double> m_minimum, m_maximum;
    std::vector<double> m_values;
    std::map<std::uint64_t, double> m_levels; ///< the last of each series
    std::map<std::uint64_t, MetricShare> m_snapshots; ///< the same of histograms
    std::map<std::pair<double, double>, double> m_buckets; ///< by upper and lower bound
    std::map<double, std::pair<double, std::uint64_t>> m_quantiles;
};

} // namespace telltale
