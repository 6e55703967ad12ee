// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/columnextremes.h"

#include <cmath>

#if defined(__x86_64__) && defined(__GNUC__)
#define TELLTALE_HAS_AVX2_VARIANT
#endif

namespace telltale {

namespace {

/// So many bytes ahead memory is asked for: further than the processor does by itself, which stops at each page.
constexpr std::size_t kAhead = 4096;

// Comparisons that keep what is there when the other one is NaN: exactly what minimum and maximum instructions do.
template<typename Lanes>
[[gnu::always_inline]] inline void take(const Lanes &value, Lanes &low, Lanes &high)
{
    low = value < low ? value : low;
    high = value > high ? value : high;
}

/// Two chains of as many values as a register holds, so that the next instruction need not wait for the one before.
template<typename Lanes>
[[gnu::always_inline]] inline Extremes extremes(const double *at, const double *end)
{
    constexpr std::ptrdiff_t kLanes = sizeof(Lanes) / sizeof(double);
    Lanes low = Lanes{} + HUGE_VAL, high = -low, otherLow = low, otherHigh = high;
    for (; end - at >= 2 * kLanes; at += 2 * kLanes) {
        __builtin_prefetch(at + kAhead / sizeof(double));
        take(*reinterpret_cast<const Lanes *>(at), low, high);
        take(*reinterpret_cast<const Lanes *>(at + kLanes), otherLow, otherHigh);
    }
    low = otherLow < low ? otherLow : low;
    high = otherHigh > high ? otherHigh : high;
    Extremes found{low[0], high[0]};
    for (std::ptrdiff_t lane = 1; lane < kLanes; ++lane) {
        found.low = low[lane] < found.low ? low[lane] : found.low;
        found.high = high[lane] > found.high ? high[lane] : found.high;
    }
    for (; at < end; ++at)
        take(*at, found.low, found.high);
    return found;
}

template<typename Lanes>
[[gnu::always_inline]] inline void allExtremes(const double *values, std::span<const std::size_t> edges, Extremes *answers)
{
    for (std::size_t i = 0; i + 1 < edges.size(); ++i)
        answers[i] = extremes<Lanes>(values + edges[i], values + edges[i + 1]);
}

using TwoLanes = double __attribute__((vector_size(16), aligned(8), may_alias));

void everywhere(const double *values, std::span<const std::size_t> edges, Extremes *answers)
{
    allExtremes<TwoLanes>(values, edges, answers);
}

#ifdef TELLTALE_HAS_AVX2_VARIANT
using FourLanes = double __attribute__((vector_size(32), aligned(8), may_alias));

[[gnu::target("avx2")]] void withAvx2(const double *values, std::span<const std::size_t> edges, Extremes *answers)
{
    allExtremes<FourLanes>(values, edges, answers);
}
#endif

auto chosen()
{
#ifdef TELLTALE_HAS_AVX2_VARIANT
    if (__builtin_cpu_supports("avx2"))
        return &withAvx2;
#endif
    return &everywhere;
}

} // namespace

void columnExtremes(std::span<const double> values, std::span<const std::size_t> edges, Extremes *answers)
{
    static const auto best = chosen();
    best(values.data(), edges, answers);
}

} // namespace telltale
