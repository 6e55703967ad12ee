// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/durationhistogram.h"

#include "models/store/bytestream.h"
#include "models/store/sqlite.h"

#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

constexpr double kBucketsPerOctave = 32;
constexpr std::int32_t kMostBuckets = 64 * 32;

/// 1 ns lies in bucket -1, which is stored as the first.
std::int32_t indexOf(std::int64_t duration)
{
    const double position = std::log2(static_cast<double>(duration)) * kBucketsPerOctave;
    return std::clamp(static_cast<std::int32_t>(std::ceil(position)), 0, kMostBuckets - 1);
}

/// Between the bounds so that neither is further away than kRelativeError.
double middleOf(std::size_t index)
{
    const double high = std::exp2(static_cast<double>(index) / kBucketsPerOctave);
    const double low = std::exp2((static_cast<double>(index) - 1) / kBucketsPerOctave);
    return 2 * low * high / (low + high);
}

} // namespace

void DurationHistogram::add(std::int64_t duration)
{
    ++m_count;
    if (duration <= 0) {
        ++m_zeros;
        return;
    }
    m_sum += static_cast<std::uint64_t>(duration);
    addToBucket(indexOf(duration), 1);
}

void DurationHistogram::clear()
{
    m_count = 0;
    m_zeros = 0;
    m_sum = 0;
    m_buckets.clear();
}

void DurationHistogram::addToBucket(std::int32_t index, std::uint64_t count)
{
    const auto place = static_cast<std::size_t>(index);
    if (place >= m_buckets.size())
        m_buckets.resize(place + 1);
    m_buckets[place] += count;
}

void DurationHistogram::add(const DurationHistogram &other)
{
    m_count += other.m_count;
    m_zeros += other.m_zeros;
    m_sum += other.m_sum;
    if (m_buckets.size() < other.m_buckets.size())
        m_buckets.resize(other.m_buckets.size());
    for (std::size_t i = 0; i < other.m_buckets.size(); ++i)
        m_buckets[i] += other.m_buckets[i];
}

std::optional<double> DurationHistogram::quantile(double p) const
{
    if (m_count == 0)
        return std::nullopt;
    const double place = std::ceil(p * static_cast<double>(m_count) - 1e-9);
    const auto rank = static_cast<std::uint64_t>(std::clamp(place, 1.0, static_cast<double>(m_count)));
    std::uint64_t below = m_zeros;
    if (rank <= below)
        return 0;
    for (std::size_t i = 0; i < m_buckets.size(); ++i) {
        below += m_buckets[i];
        if (rank <= below)
            return middleOf(i);
    }
    return std::nullopt;
}

/// varint zeros, varint sum (low and high 64 bits), then for each bucket with something: varint distance from the one
/// before, varint count.
void DurationHistogram::appendTo(std::string &out) const
{
    if (m_count == 0)
        return;
    ByteWriter writer(out);
    writer.varint(m_zeros);
    writer.varint(static_cast<std::uint64_t>(m_sum));
    writer.varint(static_cast<std::uint64_t>(m_sum >> 64));
    std::size_t before = 0;
    for (std::size_t i = 0; i < m_buckets.size(); ++i) {
        if (m_buckets[i] == 0)
            continue;
        writer.varint(i - before);
        writer.varint(m_buckets[i]);
        before = i;
    }
}

bool DurationHistogram::addStored(std::string_view bytes)
{
    if (bytes.empty())
        return true;
    try {
        ByteReader in(bytes);
        const std::uint64_t zeros = in.varint();
        m_zeros += zeros;
        m_count += zeros;
        m_sum += in.varint();
        m_sum += static_cast<WideSum>(in.varint()) << 64;
        std::uint64_t index = 0;
        while (!in.isAtEnd()) {
            const std::uint64_t distance = in.varint();
            index += distance;
            if (distance >= kMostBuckets || index >= kMostBuckets)
                return false;
            const std::uint64_t count = in.varint();
            addToBucket(static_cast<std::int32_t>(index), count);
            m_count += count;
        }
    } catch (const StoreFailure &) {
        return false;
    }
    return true;
}

} // namespace telltale
