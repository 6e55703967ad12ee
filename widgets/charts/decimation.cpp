// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/decimation.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace telltale {

namespace {

/// Collects one pixel column and hands on what must be drawn of it.
class Column
{
public:
    void add(const TimedValue &point)
    {
        if (m_count++ == 0) {
            m_first = m_low = m_high = m_last = point;
            return;
        }
        m_last = point;
        if (point.value < m_low.value)
            m_low = point;
        if (point.value > m_high.value)
            m_high = point;
    }
    void flushTo(std::vector<TimedValue> &out)
    {
        if (m_count == 0)
            return;
        const bool isLowFirst = m_low.at <= m_high.at;
        for (const TimedValue &point :
             {m_first, isLowFirst ? m_low : m_high, isLowFirst ? m_high : m_low, m_last})
            if (out.empty() || !(out.back() == point))
                out.push_back(point);
        m_count = 0;
    }

private:
    int m_count = 0;
    TimedValue m_first, m_low, m_high, m_last;
};

} // namespace

std::vector<TimedValue> decimated(std::span<const TimedValue> points, const TimeScale &scale)
{
    std::vector<TimedValue> out;
    if (!scale.isValid() || points.empty())
        return out;
    // One neighbour on each side keeps the slope at the edges.
    auto first = std::lower_bound(points.begin(), points.end(), scale.range.from,
                                  [](const TimedValue &p, Instant at) { return p.at < at; });
    auto last = std::lower_bound(first, points.end(), scale.range.to,
                                 [](const TimedValue &p, Instant at) { return p.at < at; });
    if (first != points.begin())
        --first;
    if (last != points.end())
        ++last;
    Column column;
    double columnIndex = std::numeric_limits<double>::quiet_NaN();
    for (auto it = first; it != last; ++it) {
        if (!std::isfinite(it->value)) {
            column.flushTo(out);
            if (!out.empty() && std::isfinite(out.back().value))
                out.push_back({it->at, std::numeric_limits<double>::quiet_NaN()});
            columnIndex = std::numeric_limits<double>::quiet_NaN();
            continue;
        }
        const double index = std::floor(scale.x(it->at));
        if (index != columnIndex) {
            column.flushTo(out);
            columnIndex = index;
        }
        column.add(*it);
    }
    column.flushTo(out);
    if (!out.empty() && !std::isfinite(out.back().value))
        out.pop_back();
    return out;
}

std::ptrdiff_t bucketAt(std::span<const Instant> starts, Instant at)
{
    return std::upper_bound(starts.begin(), starts.end(), at) - starts.begin() - 1;
}

double percentileOf(std::vector<double> values, double share)
{
    std::erase_if(values, [](double v) { return !std::isfinite(v); });
    if (values.empty())
        return 0;
    const std::size_t rank =
        std::size_t(std::clamp(std::ceil(share * double(values.size())), 1.0, double(values.size())));
    std::nth_element(values.begin(), values.begin() + std::ptrdiff_t(rank - 1), values.end());
    return values[rank - 1];
}

} // namespace telltale
