// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/durationhistogram.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// Durations as they were measured, none rounded, in one to three bytes each: sorted, and behind a table of how many lie in
/// each thirty-second of an octave, so that the value of a rank is found without reading the others.
/// Inside the store: what is on the disk. DurationPile adds up many of them.
class DurationValues
{
public:
    /// Appends nanoseconds, 0 or more, as bytes for the disk; nothing for none. Sorts `values`.
    static void append(std::string &out, std::span<std::int64_t> values);
    /// Adds all that append() wrote to `values`. False when the bytes are none of it: some may be added then.
    [[nodiscard]] static bool read(std::string_view bytes, std::vector<std::int64_t> &values);
    /// Adds how many there are and what they add up to, in nanoseconds. False as above.
    [[nodiscard]] static bool addUp(std::string_view bytes, std::uint64_t &count, WideSum &sum);
};

/// Exact quantiles of stored durations (DurationValues) and single ones. Cost: what has a table is copied, and read again for
/// each question about ranks, of which only those near the rank are decoded; others are decoded at once. Memory: one or two
/// bytes, or eight.
class DurationPile
{
public:
    void add(std::int64_t duration);
    /// False when the bytes are not of durations; some of them may be in then.
    [[nodiscard]] bool addStored(std::string_view bytes);
    std::uint64_t count() const { return m_count; }
    long double sum() const { return static_cast<long double>(m_sum); } ///< nanoseconds
    /// Of the nearest rank, ceil(p * count), for each of `shares`: nanoseconds; none when empty. Several threads may ask.
    std::vector<std::optional<std::int64_t>> quantiles(std::span<const double> shares) const
    {
        return quantiles(std::span(this, 1), shares);
    }
    /// The same of all of them together.
    static std::vector<std::optional<std::int64_t>> quantiles(std::span<const DurationPile> piles,
                                                              std::span<const double> shares);

    /// Where a value lies, roughly: a thirty-second of an octave.
    using Bucket = std::uint32_t;
    /// How many values of all piles together lie in each bucket, also those that narrowing left out.
    static std::vector<std::uint64_t> countsOf(std::span<const DurationPile> piles);
    /// The lowest value of a bucket in nanoseconds, which goes up to the next one's. Buckets that 32 divides begin at powers of two.
    static double floorOf(Bucket bucket);
    /// Where the quantiles of all piles together are, and so many occupied buckets on either side of each; in order. What has the
    /// values of these buckets answers quantiles().
    static std::vector<Bucket> bucketsFor(std::span<const DurationPile> piles, std::span<const double> shares,
                                          std::size_t beside = 0);
    /// The same pile with the values of these buckets alone, which takes some kilobytes; small ones keep all. Count, sum and
    /// bucketsFor() stay what they were.
    DurationPile narrowed(std::span<const Bucket> buckets) const;
    /// False: it was narrowed to others.
    bool hasBuckets(std::span<const Bucket> buckets) const;
    /// About how much memory it takes.
    std::size_t bytes() const;

private:
    template<typename IsWanted, typename Visit>
    void forEachIn(IsWanted &&isWanted, std::uint32_t last, Visit &&visit) const;
    static std::vector<std::uint64_t> ranksOf(std::uint64_t total, std::span<const double> shares);
    static void valuesAt(std::span<const DurationPile> piles, std::span<const std::uint64_t> ranks,
                         std::vector<std::optional<std::int64_t>> &found);
    static void searchedAt(std::span<const DurationPile> piles, std::span<const std::uint64_t> ranks,
                           std::vector<std::optional<std::int64_t>> &found);

    std::uint64_t m_count = 0;
    WideSum m_sum = 0;
    std::string m_bytes; ///< what was stored with tables, one after the other
    std::vector<std::uint32_t> m_sizes;
    std::vector<std::int64_t> m_decoded;         ///< what was stored without
    std::vector<std::uint32_t> m_stored;         ///< how many of both are in each bucket
    std::vector<std::int64_t> m_values;          ///< those that came alone
    std::optional<std::vector<Bucket>> m_narrow; ///< only values of these buckets are here; in order
};

} // namespace telltale
