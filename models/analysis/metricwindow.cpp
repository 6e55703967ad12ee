// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/metricwindow.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace telltale {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double numberOf(const MetricDetail &point)
{
    return point.isInteger ? static_cast<double>(point.integer) : point.value;
}

void addExponential(std::vector<MetricShare::Bucket> &buckets, const ExponentialBuckets &side, std::int32_t scale,
                    bool isNegative)
{
    for (std::size_t i = 0; i < side.counts.size(); ++i) {
        if (side.counts[i] == 0)
            continue;
        // Bucket k covers (base^k, base^(k+1)] with base = 2^(2^-scale).
        const double index = static_cast<double>(side.offset) + static_cast<double>(i);
        const double lower = std::exp2(std::ldexp(index, -scale));
        const double upper = std::exp2(std::ldexp(index + 1, -scale));
        const auto count = static_cast<double>(side.counts[i]);
        if (isNegative)
            buckets.push_back({-upper, -lower, count});
        else
            buckets.push_back({lower, upper, count});
    }
}

std::vector<MetricShare::Bucket> bucketsOf(const MetricDetail &point, MetricKind kind)
{
    std::vector<MetricShare::Bucket> buckets;
    if (kind == MetricKind::ExponentialHistogram) {
        addExponential(buckets, point.negative, point.scale, true);
        if (point.zeroCount > 0)
            buckets.push_back({-point.zeroThreshold, point.zeroThreshold, static_cast<double>(point.zeroCount)});
        addExponential(buckets, point.positive, point.scale, false);
        return buckets;
    }
    for (std::size_t i = 0; i < point.bucketCounts.size(); ++i) {
        const double lower = i == 0 ? -kInfinity : point.explicitBounds[i - 1];
        const double upper = i < point.explicitBounds.size() ? point.explicitBounds[i] : kInfinity;
        if (point.bucketCounts[i] > 0)
            buckets.push_back({lower, upper, static_cast<double>(point.bucketCounts[i])});
    }
    return buckets;
}

/// What is in `now` and was not in `before`.
std::vector<MetricShare::Bucket> increase(std::vector<MetricShare::Bucket> now,
                                          const std::vector<MetricShare::Bucket> &before)
{
    for (MetricShare::Bucket &bucket : now) {
        for (const MetricShare::Bucket &old : before) {
            if (old.lower == bucket.lower && old.upper == bucket.upper)
                bucket.count = std::max(0.0, bucket.count - old.count);
        }
    }
    std::erase_if(now, [](const MetricShare::Bucket &bucket) { return bucket.count <= 0; });
    return now;
}

void least(std::optional<double> &known, const std::optional<double> &value)
{
    if (value && (!known || *value < *known))
        known = value;
}

void most(std::optional<double> &known, const std::optional<double> &value)
{
    if (value && (!known || *value > *known))
        known = value;
}

} // namespace

MetricShare MetricSeries::take(Instant, const MetricDetail &point)
{
    MetricShare share;
    if (!point.hasValue)
        return share;
    share.isLevel = isLevel();
    const bool isRestart = !m_hasBefore || point.start != m_before.start ||
                           (isNumber() ? numberOf(point) < numberOf(m_before) : point.count < m_before.count);
    if (isNumber()) {
        share.value = numberOf(point);
        if (isRunning() && !isRestart)
            *share.value -= numberOf(m_before);
        if (!std::isfinite(*share.value))
            share.value.reset();
    } else {
        share.count = point.count;
        share.sum = point.hasSum ? point.sum : 0;
        share.buckets = bucketsOf(point, m_kind);
        share.quantiles = point.quantiles;
        if (isRunning() && !isRestart) {
            share.count -= m_before.count;
            share.sum -= m_before.hasSum ? m_before.sum : 0;
            // Of exponential ones the scale may have changed: then the buckets do not compare.
            share.buckets = point.scale == m_before.scale ? increase(share.buckets, bucketsOf(m_before, m_kind))
                                                          : share.buckets;
        }
        // Minimum and maximum of a cumulative point are of all its time, not of its share.
        if (point.hasMinimum && (!isRunning() || isRestart))
            share.minimum = point.minimum;
        if (point.hasMaximum && (!isRunning() || isRestart))
            share.maximum = point.maximum;
    }
    if (isRunning()) {
        m_before = point;
        m_hasBefore = true;
    }
    return share;
}

void MetricWindow::add(std::uint64_t series, const MetricShare &share)
{
    if (share.value) {
        ++m_points;
        m_sum += *share.value;
        m_values.push_back(*share.value);
        least(m_minimum, share.value);
        most(m_maximum, share.value);
        if (share.isLevel) {
            m_hasLevels = true;
            m_levels[series] = *share.value;
        }
    }
    if (share.isLevel && !share.value) {
        // What is there now stands for itself, however often somebody looked.
        MetricShare &last = m_snapshots[series];
        withdraw(last);
        last = share;
    }
    m_observations += share.count;
    m_observed += share.sum;
    least(m_minimum, share.minimum);
    most(m_maximum, share.maximum);
    addBuckets(share);
    for (const auto &[quantile, value] : share.quantiles) {
        if (!std::isfinite(value))
            continue;
        auto &[sum, count] = m_quantiles[quantile];
        sum += value;
        ++count;
    }
}

void MetricWindow::addBuckets(const MetricShare &share)
{
    for (const MetricShare::Bucket &bucket : share.buckets)
        m_buckets[{bucket.upper, bucket.lower}] += bucket.count;
}

void MetricWindow::withdraw(const MetricShare &share)
{
    m_observations -= share.count;
    m_observed -= share.sum;
    for (const MetricShare::Bucket &bucket : share.buckets) {
        const auto at = m_buckets.find({bucket.upper, bucket.lower});
        if (at != m_buckets.end() && (at->second -= bucket.count) <= 0)
            m_buckets.erase(at);
    }
}

std::optional<double> MetricWindow::value(MetricValue value, double seconds) const
{
    const bool isObserved = m_observations > 0;
    switch (value) {
    case MetricValue::Average:
        if (isObserved)
            return m_observed / static_cast<double>(m_observations);
        return m_points > 0 ? std::optional(m_sum / static_cast<double>(m_points)) : std::nullopt;
    case MetricValue::Minimum:
        if (!m_minimum && !m_buckets.empty() && std::isfinite(m_buckets.begin()->first.second))
            return m_buckets.begin()->first.second;
        return m_minimum;
    case MetricValue::Maximum:
        if (!m_maximum && !m_buckets.empty() && std::isfinite(m_buckets.rbegin()->first.first))
            return m_buckets.rbegin()->first.first;
        return m_maximum;
    case MetricValue::Sum:
    case MetricValue::Rate: {
        double sum = m_sum + m_observed;
        if (m_hasLevels) {
            sum = 0;
            for (const auto &[series, level] : m_levels)
                sum += level;
        }
        return value == MetricValue::Sum ? sum : seconds > 0 ? sum / seconds : 0;
    }
    case MetricValue::Count:
        return static_cast<double>(isObserved ? m_observations : m_points);
    case MetricValue::P50:
        return percentile(0.5);
    case MetricValue::P95:
        return percentile(0.95);
    case MetricValue::P99:
        return percentile(0.99);
    }
    return std::nullopt;
}

std::optional<double> MetricWindow::percentile(double p) const
{
    if (!m_values.empty()) {
        std::vector<double> sorted = m_values;
        std::sort(sorted.begin(), sorted.end());
        const auto rank = static_cast<std::size_t>(std::ceil(p * static_cast<double>(sorted.size()) - 1e-9));
        return sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1];
    }
    double total = 0;
    for (const auto &[bounds, count] : m_buckets)
        total += count;
    if (total > 0) {
        double below = 0;
        for (const auto &[bounds, count] : m_buckets) {
            if (below + count < p * total) {
                below += count;
                continue;
            }
            double upper = bounds.first;
            double lower = bounds.second;
            // An open bucket ends where something was measured, or has no width.
            if (!std::isfinite(upper))
                upper = m_maximum && *m_maximum > lower ? *m_maximum : lower;
            if (!std::isfinite(lower))
                lower = m_minimum && *m_minimum < upper ? *m_minimum : std::min(0.0, upper);
            if (!std::isfinite(lower) || !std::isfinite(upper))
                return std::nullopt;
            double at = lower + (upper - lower) * (p * total - below) / count;
            if (m_minimum)
                at = std::max(at, *m_minimum);
            if (m_maximum)
                at = std::min(at, *m_maximum);
            return at;
        }
    }
    const auto known = m_quantiles.find(p);
    if (known == m_quantiles.end())
        return std::nullopt;
    return known->second.first / static_cast<double>(known->second.second);
}

} // namespace telltale
