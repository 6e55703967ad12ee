// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/funnelwalk.h"

#include "models/analysis/percentile.h"

#include <algorithm>
#include <bit>

namespace telltale {

void FunnelWalk::add(std::vector<Taken> &taken)
{
    // At equal times who can take an earlier step goes first. Beyond that records that do the same are the same.
    std::sort(taken.begin(), taken.end(), [](const Taken &a, const Taken &b) {
        if (a.time != b.time)
            return a.time < b.time;
        const int left = std::countr_zero(a.steps), right = std::countr_zero(b.steps);
        return left != right ? left < right : a.steps < b.steps;
    });
    for (const Taken &each : taken)
        take(each);
    taken.clear();
}

void FunnelWalk::take(const Taken &taken)
{
    const std::uint32_t place = m_places.placeOf(taken.user);
    if (place == m_reached.size()) {
        m_reached.push_back(0);
        m_starts.resize(m_starts.size() + m_steps);
    }
    std::uint32_t &reached = m_reached[place];
    std::int64_t *const starts = &m_starts[place * m_steps];
    // From the last step to the first, so that one record never takes two.
    for (std::uint32_t left = taken.steps; left != 0;) {
        const auto step = static_cast<std::size_t>(std::bit_width(left) - 1);
        const std::uint32_t bit = 1U << step;
        left &= ~bit;
        if (step > 0 && (!(reached & bit >> 1) || taken.time - starts[step - 1] > m_window))
            continue;
        starts[step] = step > 0 ? starts[step - 1] : taken.time;
        if (reached & bit)
            continue;
        reached |= bit;
        ++m_users[step];
        if (step > 0)
            m_times[step].push_back(taken.time - starts[step]);
    }
}

std::optional<double> FunnelWalk::medianMs(std::size_t step)
{
    return percentileMs(m_times[step], 0.5);
}

} // namespace telltale
