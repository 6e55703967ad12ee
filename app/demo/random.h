// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <numbers>
#include <vector>

namespace telltale::demo {

/// One number out of several, equally spread: how every user, day and second gets randomness of its own
/// (splitmix64).
inline std::uint64_t mixed(std::initializer_list<std::uint64_t> parts)
{
    std::uint64_t state = 0x9e3779b97f4a7c15ull;
    for (std::uint64_t part : parts) {
        state += part + 0x9e3779b97f4a7c15ull;
        state = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9ull;
        state = (state ^ (state >> 27)) * 0x94d049bb133111ebull;
        state ^= state >> 31;
    }
    return state;
}

/// Seeded randomness that is the same on every machine: the distributions of <random> are not.
class Random
{
public:
    explicit Random(std::uint64_t seed)
        : m_state(seed)
    {}

    std::uint64_t next() { return mixed({m_state++}); }
    /// 0 <= x < 1
    double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }
    bool chance(double probability) { return unit() < probability; }
    double between(double low, double high) { return low + (high - low) * unit(); }
    /// low <= x <= high
    std::int64_t integer(std::int64_t low, std::int64_t high)
    {
        return low + static_cast<std::int64_t>(unit() * static_cast<double>(high - low + 1));
    }
    double normal(double mean, double spread)
    {
        const double radius = std::sqrt(-2.0 * std::log(1.0 - unit()));
        return mean + spread * radius * std::cos(2.0 * std::numbers::pi * unit());
    }
    double logNormal(double median, double spread) { return median * std::exp(normal(0, spread)); }
    double exponential(double mean) { return -mean * std::log(1.0 - unit()); }
    /// For small means.
    int poisson(double mean)
    {
        const double limit = std::exp(-mean);
        int count = 0;
        for (double product = unit(); product > limit && count < 1000; product *= unit())
            ++count;
        return count;
    }
    /// One of `items`, as often as its `weight` says. Not for an empty list.
    template<typename T>
    const T &pick(const std::vector<T> &items)
    {
        double total = 0;
        for (const T &item : items)
            total += item.weight;
        double rest = unit() * total;
        for (const T &item : items) {
            rest -= item.weight;
            if (rest < 0)
                return item;
        }
        return items.back();
    }

private:
    std::uint64_t m_state;
};

} // namespace telltale::demo
