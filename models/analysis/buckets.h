// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/engine.h"

#include <cstdint>
#include <vector>

namespace telltale {

/// More rows than this in one answer are refused: nobody reads them, and a record dated 1970 should not cost gigabytes.
inline constexpr std::size_t kMaximumBuckets = 4'000'000;

/// Consecutive stretches of time that cover a range, cut where a zone's clock or calendar says. Immutable.
class Buckets
{
public:
    Buckets() = default;
    /// Covers [range.from, range.to), which must not be open; the first bucket may begin before. No bucket for an empty
    /// range. Error: InvalidArgument beyond kMaximumBuckets.
    static Result<Buckets> cut(const Zone &zone, CalendarUnit unit, TimeRange range);
    /// The same in steps; steps below an hour count from the full hour.
    static Result<Buckets> cut(const Zone &zone, ActivityStep step, TimeRange range);

    std::size_t size() const { return m_edges.empty() ? 0 : m_edges.size() - 1; }
    Instant start(std::size_t bucket) const { return {m_edges[bucket]}; }
    Instant end(std::size_t bucket) const { return {m_edges[bucket + 1]}; }
    /// Where the buckets begin, and where the range ends; the first one no earlier than the range.
    std::vector<std::int64_t> edgesWithin(TimeRange range) const;
    /// Which bucket holds `time`; it must lie in one. Cost: a multiplication, or a binary search where days differ in
    /// length.
    std::size_t indexOf(std::int64_t time) const
    {
        if (m_width == 0)
            return search(time);
        // A guess by floating point, at most one beside the right one: a division of integers costs three times as much.
        const auto offset = static_cast<double>(static_cast<std::uint64_t>(time) -
                                                static_cast<std::uint64_t>(m_edges.front()));
        auto guess = static_cast<std::size_t>(offset * m_perWidth);
        guess -= guess > 0 && time < m_edges[guess];
        guess += time >= m_edges[guess + 1];
        return guess;
    }

    /// Whether one bucket holds both; they must lie in some.
    bool isOne(Instant first, Instant last) const { return indexOf(first.ns) == indexOf(last.ns); }

private:
    template<typename Next>
    static Result<Buckets> cutFrom(Instant first, Instant to, Next next);
    std::size_t search(std::int64_t time) const;

    std::vector<std::int64_t> m_edges; ///< the starts and the last end
    std::int64_t m_width = 0;          ///< of all buckets, when they are equal
    double m_perWidth = 0;             ///< one through the width
};

} // namespace telltale
