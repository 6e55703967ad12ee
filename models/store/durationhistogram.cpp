// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/durationhistogram.h"

#include "models/store/bytestream.h"
#include "models/store/sqlite.h"

#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

constexpr double kBucketsPerOctave = 32;
constexpr std::size_t kMostBuckets = 64 * 32;

/// 1 ns lies in bucket -1, which is stored as the first.
std::size_t indexOf(std::int64_t duration)
{
    const double position = std::log2(static_cast<double>(duration)) * kBucketsPerOctave;
    return std::min(static_cast<std::size_t>(std::max(std::ceil(position), 0.0)), kMostBuckets - 1);
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
    m_first = 0;
    m_buckets.clear();
}

/// Cells of rollups often hold few durations, far above the first bucket: what lies below the lowest is neither kept nor
/// read.
void DurationHistogram::addToBucket(std::size_t index, std::uint64_t count)
{
    if (count == 0)
        return;
    if (m_buckets.empty())
        m_first = index;
    if (index < m_first) {
        m_buckets.insert(m_buckets.begin(), m_first - index, 0);
        m_first = index;
    } else if (index - m_first >= m_buckets.size()) {
        m_buckets.resize(index - m_first + 1);
    }
    m_buckets[index - m_first] += count;
}

void DurationHistogram::add(const DurationHistogram &other)
{
    m_count += other.m_count;
    m_zeros += other.m_zeros;
    m_sum += other.m_sum;
    for (std::size_t i = 0; i < other.m_buckets.size(); ++i)
        addToBucket(other.m_first + i, other.m_buckets[i]);
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
            return middleOf(m_first + i);
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
        writer.varint(m_first + i - before);
        writer.varint(m_buckets[i]);
        before = m_first + i;
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
            addToBucket(index, count);
            m_count += count;
        }
    } catch (const StoreFailure &) {
        return false;
    }
    return true;
}

} // namespace telltale
