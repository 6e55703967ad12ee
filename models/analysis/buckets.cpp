// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/buckets.h"

#include <algorithm>

namespace telltale {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

std::int64_t stepNanoseconds(ActivityStep step)
{
    switch (step) {
    case ActivityStep::Second:
        return kSecond;
    case ActivityStep::FifteenSeconds:
        return 15 * kSecond;
    case ActivityStep::Minute:
        return 60 * kSecond;
    case ActivityStep::FiveMinutes:
        return 300 * kSecond;
    case ActivityStep::FifteenMinutes:
        return 900 * kSecond;
    case ActivityStep::Hour:
    case ActivityStep::Day:
        break;
    }
    return 0;
}

} // namespace

template<typename Next>
Result<Buckets> Buckets::cutFrom(Instant first, Instant to, Next next)
{
    Buckets buckets;
    buckets.m_edges.push_back(first.ns);
    while (buckets.m_edges.back() < to.ns) {
        if (buckets.m_edges.size() > kMaximumBuckets)
            return failure(Error::Code::InvalidArgument, "that makes more than 4,000,000 buckets; ask for a "
                                                         "shorter range (--from, --to) or a longer step");
        const std::int64_t edge = next(Instant{buckets.m_edges.back()}).ns;
        if (edge <= buckets.m_edges.back())
            break; // the end of time
        buckets.m_edges.push_back(edge);
    }
    const auto &edges = buckets.m_edges;
    if (edges.size() > 1) {
        const std::int64_t width = edges[1] - edges[0];
        bool isUniform = width > 0;
        for (std::size_t i = 2; i < edges.size() && isUniform; ++i)
            isUniform = edges[i] - edges[i - 1] == width;
        buckets.m_width = isUniform ? width : 0;
        buckets.m_perWidth = isUniform ? 1.0 / static_cast<double>(width) : 0;
    }
    return buckets;
}

Result<Buckets> Buckets::cut(const Zone &zone, CalendarUnit unit, TimeRange range)
{
    if (range.isEmpty())
        return Buckets();
    return cutFrom(zone.startOf(unit, range.from), range.to,
                   [&](Instant at) { return zone.nextStart(unit, at); });
}

Result<Buckets> Buckets::cut(const Zone &zone, ActivityStep step, TimeRange range)
{
    if (step == ActivityStep::Day || step == ActivityStep::Hour)
        return cut(zone, step == ActivityStep::Day ? CalendarUnit::Day : CalendarUnit::Hour, range);
    if (range.isEmpty())
        return Buckets();
    const std::int64_t width = stepNanoseconds(step);
    Instant hour = zone.startOf(CalendarUnit::Hour, range.from);
    Instant hourEnd = zone.nextStart(CalendarUnit::Hour, range.from);
    const Instant first{hour.ns + (range.from.ns - hour.ns) / width * width};
    return cutFrom(first, range.to, [&](Instant at) {
        if (at >= hourEnd)
            hourEnd = zone.nextStart(CalendarUnit::Hour, at);
        return Instant{hourEnd.ns - at.ns > width ? at.ns + width : hourEnd.ns};
    });
}

std::vector<std::int64_t> Buckets::edgesWithin(TimeRange range) const
{
    std::vector<std::int64_t> edges;
    for (std::size_t i = 0; i < size(); ++i)
        edges.push_back(std::max(start(i), range.from).ns);
    edges.push_back(range.to.ns);
    return edges;
}

std::size_t Buckets::search(std::int64_t time) const
{
    const auto after = std::upper_bound(m_edges.begin(), m_edges.end() - 1, time);
    return static_cast<std::size_t>(after - m_edges.begin()) - 1;
}

} // namespace telltale
