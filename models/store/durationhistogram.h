// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// A thousand million durations of a day each do not fit 64 bits.
__extension__ using WideSum = unsigned __int128;

/// Durations as an exponential histogram in the data model of OpenTelemetry, scale 5: bucket i counts what lies in
/// (base^i, base^(i+1)] nanoseconds, base = 2^(1/32). Exact in count and sum; histograms add up without loss.
class DurationHistogram
{
public:
    /// A quantile differs from the measured value of that rank by no more than this share of it.
    static constexpr double kRelativeError = 0.011;

    /// Nanoseconds, 0 or more.
    void add(std::int64_t duration);
    void add(const DurationHistogram &other);
    /// Begins anew, with the memory it has.
    void clear();
    std::uint64_t count() const { return m_count; }
    double sum() const { return static_cast<double>(m_sum); } ///< nanoseconds
    long double exactSum() const { return static_cast<long double>(m_sum); }
    /// Of the value of the nearest rank, ceil(p * count): nanoseconds; none when empty. Cost: one pass over the buckets.
    std::optional<double> quantile(double p) const;

    void appendTo(std::string &out) const;
    /// Adds what appendTo() wrote. False when the bytes are not of a histogram.
    [[nodiscard]] bool addStored(std::string_view bytes);
    friend bool operator==(const DurationHistogram &, const DurationHistogram &) = default;

private:
    void addToBucket(std::size_t index, std::uint64_t count);

    std::uint64_t m_count = 0;
    std::uint64_t m_zeros = 0;
    WideSum m_sum = 0;
    std::size_t m_first = 0; ///< the index of the first of m_buckets; 0 when there are none
    std::vector<std::uint64_t> m_buckets; ///< from the lowest with something to the highest: 63 octaves of 32 at most
};

} // namespace telltale
