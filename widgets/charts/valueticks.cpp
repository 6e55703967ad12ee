// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/valueticks.h"

#include <algorithm>
#include <cmath>

namespace telltale {

namespace {

std::vector<double> ticksBetween(double low, double high, double step)
{
    std::vector<double> ticks;
    const int count = int(std::lround((high - low) / step));
    ticks.reserve(std::size_t(std::max(count, 0)) + 1);
    for (int i = 0; i <= count; ++i) {
        const double value = low + i * step;
        ticks.push_back(std::abs(value) < step * 1e-9 ? 0 : value);
    }
    return ticks;
}

} // namespace

double niceStep(double raw)
{
    if (!(raw > 0) || !std::isfinite(raw))
        return 1;
    const double decade = std::pow(10.0, std::floor(std::log10(raw)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (raw <= decade * factor * (1 + 1e-9))
            return decade * factor;
    return decade * 10;
}

ValueScale niceScale(double highest, int wanted, bool isInteger)
{
    wanted = std::clamp(wanted, 1, 12);
    if (!(highest > 0) || !std::isfinite(highest))
        return {0, 1, 1, {0, 1}};
    double step = niceStep(highest / wanted);
    if (isInteger)
        step = std::max(step, 1.0);
    const double high = step * std::max(1.0, std::ceil(highest / step - 1e-9));
    return {0, high, step, ticksBetween(0, high, step)};
}

ValueScale niceScaleBetween(double lowest, double highest, int wanted)
{
    wanted = std::clamp(wanted, 1, 12);
    if (!std::isfinite(lowest) || !std::isfinite(highest) || highest < lowest)
        return niceScale(0, wanted);
    if (highest == lowest) {
        const double room = lowest == 0 ? 1 : std::abs(lowest) * 0.1;
        lowest -= room;
        highest += room;
    }
    const double step = niceStep((highest - lowest) / wanted);
    const double low = step * std::floor(lowest / step + 1e-9);
    const double high = step * std::ceil(highest / step - 1e-9);
    return {low, high, step, ticksBetween(low, high, step)};
}

ValueScale steadyScale(const ValueScale &old, double highest, int wanted, bool isInteger)
{
    if (old.low == 0 && highest <= old.high && highest >= old.high / 2 && int(old.ticks.size()) <= wanted + 1)
        return old;
    return niceScale(highest, wanted, isInteger);
}

} // namespace telltale
