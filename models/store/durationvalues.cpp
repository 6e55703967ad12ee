// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/durationvalues.h"

#include "models/store/bytestream.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <utility>

namespace telltale {
namespace {

/// Values are kept in the widest unit that divides all of them.
constexpr std::array<std::int64_t, 4> kUnits = {1, 1'000, 1'000'000, 1'000'000'000};
/// Few values are as quickly read as a table of them, and smaller without one.
constexpr std::uint8_t kHasTable = 0x10;
constexpr std::size_t kFew = 128;
constexpr std::uint64_t kDecodedAtOnce = 4096;

/// 32 an octave, in whole numbers, so that nobody's rounding decides where a value belongs.
constexpr std::size_t kBuckets = 60 * 32;

constexpr std::uint32_t bucketOf(std::uint64_t value)
{
    if (value < 64)
        return static_cast<std::uint32_t>(value);
    const auto shift = static_cast<std::uint32_t>(std::bit_width(value)) - 6;
    return shift * 32 + static_cast<std::uint32_t>(value >> shift);
}

constexpr std::uint64_t lowOf(std::uint32_t bucket)
{
    return bucket < 64 ? bucket : std::uint64_t(32 + bucket % 32) << (bucket / 32 - 1);
}

static_assert(bucketOf(lowOf(1887)) == 1887 && bucketOf(lowOf(1887) - 1) == 1886);
static_assert(bucketOf(std::uint64_t(1) << 63) < kBuckets);

constexpr std::uint64_t unitsUpTo(std::uint64_t nanoseconds, std::uint64_t unit)
{
    return nanoseconds / unit + (nanoseconds % unit != 0 ? 1 : 0);
}

/// Varints one after the other; running over the end is noticed, not read.
class Varints
{
public:
    explicit Varints(std::string_view bytes)
        : m_at(reinterpret_cast<const std::uint8_t *>(bytes.data()))
        , m_end(m_at + bytes.size())
    {}
    bool isAtEnd() const { return m_at == m_end; }
    bool isBroken() const { return m_isBroken; }
    std::uint64_t next()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; m_at != m_end && shift <= 63; shift += 7) {
            const std::uint8_t byte = *m_at++;
            value |= std::uint64_t(byte & 0x7fU) << shift;
            if (byte < 0x80)
                return value;
        }
        m_isBroken = true;
        return 0;
    }
    /// Eight bytes at a time: those below 0x80 are ends of numbers.
    void skip(std::uint64_t count)
    {
        constexpr std::uint64_t kHighBits = 0x8080808080808080U, kOnes = 0x0101010101010101U;
        while (count >= 8 && m_end - m_at >= 8) {
            std::uint64_t eight = 0;
            std::memcpy(&eight, m_at, sizeof eight);
            count -= ((~eight & kHighBits) >> 7) * kOnes >> 56;
            m_at += 8;
        }
        while (count > 0 && m_at != m_end)
            count -= *m_at++ < 0x80 ? 1 : 0;
        m_isBroken = m_isBroken || count > 0;
    }
    /// The next `size` bytes apart.
    std::string_view bytes(std::uint64_t size)
    {
        if (size > static_cast<std::uint64_t>(m_end - m_at)) {
            m_isBroken = true;
            return {};
        }
        const std::string_view taken(reinterpret_cast<const char *>(m_at), size);
        m_at += size;
        return taken;
    }
    std::string_view rest() { return bytes(static_cast<std::uint64_t>(m_end - m_at)); }

private:
    const std::uint8_t *m_at, *m_end;
    bool m_isBroken = false;
};

/// byte unit (and whether there is a table); varint count; then without a table each value's distance from the one before;
/// with one: varint sum in units (low and high 64 bits); behind their length a varint distance and a varint count for each
/// bucket with something; then for each bucket its lowest value's distance from the bucket's begin and the other distances.
class Piece
{
public:
    explicit Piece(std::string_view bytes)
    {
        if (bytes.empty())
            return;
        const auto head = static_cast<std::uint8_t>(bytes.front());
        const std::uint8_t unit = head & ~kHasTable;
        Varints in(bytes.substr(1));
        m_count = in.next();
        m_hasTable = (head & kHasTable) != 0;
        m_isBroken = unit >= kUnits.size() || m_count == 0 || (!m_hasTable && m_count > bytes.size());
        if (m_isBroken)
            return;
        m_unit = static_cast<std::uint64_t>(kUnits[unit]);
        if (m_hasTable) {
            m_sum = in.next();
            m_sum += static_cast<WideSum>(in.next()) << 64;
            m_sum *= m_unit;
            m_table = in.bytes(in.next());
        }
        m_values = in.rest();
        m_isBroken = in.isBroken();
    }

    bool isBroken() const { return m_isBroken; }
    bool hasTable() const { return m_hasTable; }
    std::uint64_t count() const { return m_count; }
    WideSum sum() const
    {
        if (m_hasTable)
            return m_sum;
        WideSum sum = 0;
        forEachValue([&sum](std::uint64_t value) { sum += value; });
        return sum;
    }

    /// How many are in each bucket. False when the bytes are damaged.
    template<typename Visit>
    bool forEachBucket(Visit &&visit) const
    {
        if (!m_hasTable)
            return forEachValue([&visit](std::uint64_t value) { visit(bucketOf(value), std::uint64_t{1}); });
        Varints table(m_table);
        std::uint64_t bucket = 0, found = 0;
        while (!table.isAtEnd()) {
            bucket += table.next();
            const std::uint64_t count = table.next();
            if (table.isBroken() || bucket >= kBuckets || count > m_values.size())
                return false;
            visit(static_cast<std::uint32_t>(bucket), count);
            found += count;
        }
        return found == m_count;
    }

    /// The values of the buckets up to `last` for which `isWanted(bucket)`, in rising order. False when the bytes are damaged.
    template<typename IsWanted, typename Visit>
    bool forEachIn(IsWanted &&isWanted, std::uint32_t last, Visit &&visit) const
    {
        if (!m_hasTable) {
            return forEachValue([&](std::uint64_t value) {
                if (isWanted(bucketOf(value)))
                    visit(value);
            });
        }
        Varints table(m_table), values(m_values);
        std::uint64_t bucket = 0, passed = 0;
        while (!table.isAtEnd()) {
            bucket += table.next();
            const std::uint64_t count = table.next();
            if (table.isBroken() || bucket >= kBuckets || count > m_values.size())
                return false;
            if (bucket > last)
                return true;
            if (!isWanted(static_cast<std::uint32_t>(bucket))) {
                passed += count;
                continue;
            }
            values.skip(std::exchange(passed, 0));
            std::uint64_t value = unitsUpTo(lowOf(static_cast<std::uint32_t>(bucket)), m_unit);
            for (std::uint64_t i = 0; i < count && !values.isBroken(); ++i) {
                value += values.next();
                visit(value * m_unit);
            }
            if (values.isBroken())
                return false;
        }
        return true;
    }

private:
    template<typename Visit>
    bool forEachValue(Visit &&visit) const
    {
        Varints values(m_values);
        std::uint64_t value = 0;
        for (std::uint64_t i = 0; i < m_count; ++i) {
            value += values.next();
            if (values.isBroken())
                return false;
            visit(value * m_unit);
        }
        return values.isAtEnd();
    }

    std::uint64_t m_count = 0, m_unit = 1;
    WideSum m_sum = 0;
    bool m_hasTable = false, m_isBroken = false;
    std::string_view m_table, m_values;
};

std::optional<std::int64_t> ranked(std::vector<std::int64_t> &values, std::uint64_t rank)
{
    if (rank >= values.size())
        return std::nullopt;
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(rank);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

std::size_t widestUnit(std::span<const std::int64_t> values)
{
    std::size_t unit = kUnits.size() - 1;
    for (const std::int64_t value : values) {
        while (value % kUnits[unit] != 0)
            --unit;
    }
    return unit;
}

void appendWithTable(std::string &out, std::span<const std::int64_t> values, std::uint64_t unit)
{
    ByteWriter writer(out);
    WideSum sum = 0;
    for (const std::int64_t value : values)
        sum += static_cast<std::uint64_t>(value) / unit;
    writer.varint(static_cast<std::uint64_t>(sum));
    writer.varint(static_cast<std::uint64_t>(sum >> 64));
    std::string table, distances;
    ByteWriter tableWriter(table), distanceWriter(distances);
    std::uint32_t before = 0;
    for (std::size_t begin = 0; begin < values.size();) {
        const std::uint32_t bucket = bucketOf(static_cast<std::uint64_t>(values[begin]));
        std::uint64_t last = unitsUpTo(lowOf(bucket), unit);
        std::size_t end = begin;
        for (; end < values.size() && bucketOf(static_cast<std::uint64_t>(values[end])) == bucket; ++end) {
            const std::uint64_t value = static_cast<std::uint64_t>(values[end]) / unit;
            distanceWriter.varint(value - last);
            last = value;
        }
        tableWriter.varint(bucket - before);
        tableWriter.varint(end - begin);
        before = bucket;
        begin = end;
    }
    writer.sized(table);
    writer.bytes(distances);
}

} // namespace

void DurationValues::append(std::string &out, std::span<std::int64_t> values)
{
    if (values.empty())
        return;
    if (!std::is_sorted(values.begin(), values.end()))
        std::sort(values.begin(), values.end());
    const std::size_t unit = widestUnit(values);
    const auto scale = static_cast<std::uint64_t>(kUnits[unit]);
    const bool hasTable = values.size() >= kFew;
    ByteWriter writer(out);
    writer.byte(static_cast<std::uint8_t>(unit | (hasTable ? kHasTable : 0U)));
    writer.varint(values.size());
    if (hasTable) {
        appendWithTable(out, values, scale);
        return;
    }
    std::uint64_t before = 0;
    for (const std::int64_t value : values) {
        const std::uint64_t scaled = static_cast<std::uint64_t>(value) / scale;
        writer.varint(scaled - before);
        before = scaled;
    }
}

bool DurationValues::read(std::string_view bytes, std::vector<std::int64_t> &values)
{
    if (bytes.empty())
        return true;
    const Piece piece(bytes);
    return !piece.isBroken() && piece.forEachIn([](std::uint32_t) { return true; }, kBuckets,
                                                [&values](std::uint64_t value) {
                                                    values.push_back(static_cast<std::int64_t>(value));
                                                });
}

bool DurationValues::addUp(std::string_view bytes, std::uint64_t &count, WideSum &sum)
{
    if (bytes.empty())
        return true;
    const Piece piece(bytes);
    if (piece.isBroken())
        return false;
    count += piece.count();
    sum += piece.sum();
    return true;
}

void DurationPile::add(std::int64_t duration)
{
    ++m_count;
    m_sum += static_cast<std::uint64_t>(duration);
    m_values.push_back(duration);
}

bool DurationPile::addStored(std::string_view bytes)
{
    if (bytes.empty())
        return true;
    const Piece piece(bytes);
    if (piece.isBroken())
        return false;
    m_stored.resize(kBuckets);
    if (!piece.hasTable()) {
        const bool isFine = piece.forEachIn([](std::uint32_t) { return true; }, kBuckets,
                                            [this](std::uint64_t value) {
                                                m_decoded.push_back(static_cast<std::int64_t>(value));
                                                ++m_stored[bucketOf(value)];
                                                m_sum += value;
                                            });
        m_count += isFine ? piece.count() : 0;
        return isFine;
    }
    if (!piece.forEachBucket([this](std::uint32_t bucket, std::uint64_t count) {
            m_stored[bucket] += static_cast<std::uint32_t>(count);
        }))
        return false;
    m_count += piece.count();
    m_sum += piece.sum();
    m_bytes += bytes;
    m_sizes.push_back(static_cast<std::uint32_t>(bytes.size()));
    return true;
}

template<typename IsWanted, typename Visit>
void DurationPile::forEachIn(IsWanted &&isWanted, std::uint32_t last, Visit &&visit) const
{
    std::size_t at = 0;
    for (const std::uint32_t size : m_sizes) {
        (void)Piece(std::string_view(m_bytes).substr(at, size)).forEachIn(isWanted, last, visit);
        at += size;
    }
    for (const auto *values : {&m_decoded, &m_values}) {
        for (const std::int64_t value : *values)
            visit(static_cast<std::uint64_t>(value));
    }
}

/// From 0 on. There is one at least.
std::vector<std::uint64_t> DurationPile::ranksOf(std::uint64_t total, std::span<const double> shares)
{
    std::vector<std::uint64_t> ranks;
    for (const double share : shares) {
        const double place = std::ceil(share * static_cast<double>(total) - 1e-9);
        ranks.push_back(static_cast<std::uint64_t>(std::clamp(place, 1.0, static_cast<double>(total))) - 1);
    }
    return ranks;
}

double DurationPile::floorOf(Bucket bucket)
{
    return bucket < kBuckets ? static_cast<double>(lowOf(bucket)) : std::ldexp(1.0, static_cast<int>(bucket / 32) + 4);
}

std::vector<std::uint64_t> DurationPile::countsOf(std::span<const DurationPile> piles)
{
    std::vector<std::uint64_t> counts(kBuckets);
    for (const DurationPile &pile : piles) {
        for (std::size_t bucket = 0; bucket < pile.m_stored.size(); ++bucket)
            counts[bucket] += pile.m_stored[bucket];
        for (const std::int64_t value : pile.m_values)
            ++counts[bucketOf(static_cast<std::uint64_t>(value))];
    }
    return counts;
}

std::vector<DurationPile::Bucket> DurationPile::bucketsFor(std::span<const DurationPile> piles,
                                                           std::span<const double> shares, std::size_t beside)
{
    const std::vector<std::uint64_t> counts = countsOf(piles);
    std::uint64_t total = 0;
    std::vector<Bucket> occupied;
    for (Bucket bucket = 0; bucket < kBuckets; ++bucket) {
        total += counts[bucket];
        if (counts[bucket] > 0)
            occupied.push_back(bucket);
    }
    std::vector<Bucket> buckets;
    if (total == 0)
        return buckets;
    for (std::uint64_t left : ranksOf(total, shares)) {
        std::size_t at = 0;
        for (; at + 1 < occupied.size() && counts[occupied[at]] <= left; ++at)
            left -= counts[occupied[at]];
        const std::size_t end = std::min(at + beside + 1, occupied.size());
        for (std::size_t i = at - std::min(at, beside); i < end; ++i)
            buckets.push_back(occupied[i]);
    }
    std::sort(buckets.begin(), buckets.end());
    buckets.erase(std::unique(buckets.begin(), buckets.end()), buckets.end());
    return buckets;
}

DurationPile DurationPile::narrowed(std::span<const Bucket> buckets) const
{
    if (m_count <= kDecodedAtOnce) // all of them are asked for when few are there
        return *this;
    DurationPile pile;
    pile.m_count = m_count;
    pile.m_sum = m_sum;
    pile.m_stored.resize(kBuckets);
    const std::vector<std::uint64_t> counts = countsOf(std::span(this, 1));
    std::transform(counts.begin(), counts.end(), pile.m_stored.begin(),
                   [](std::uint64_t count) { return static_cast<std::uint32_t>(count); });
    std::vector<std::uint8_t> isKept(kBuckets);
    for (const Bucket bucket : buckets)
        isKept[bucket] = 1;
    forEachIn([&isKept](std::uint32_t bucket) { return isKept[bucket] != 0; },
              buckets.empty() ? 0 : *std::max_element(buckets.begin(), buckets.end()),
              [&](std::uint64_t value) {
                  if (isKept[bucketOf(value)] != 0)
                      pile.m_decoded.push_back(static_cast<std::int64_t>(value));
              });
    pile.m_narrow.emplace(buckets.begin(), buckets.end());
    std::sort(pile.m_narrow->begin(), pile.m_narrow->end());
    return pile;
}

/// A bucket that holds none of its values is not missed.
bool DurationPile::hasBuckets(std::span<const Bucket> buckets) const
{
    return !m_narrow || std::all_of(buckets.begin(), buckets.end(), [this](Bucket bucket) {
        return m_stored[bucket] == 0 || std::binary_search(m_narrow->begin(), m_narrow->end(), bucket);
    });
}

std::size_t DurationPile::bytes() const
{
    return sizeof *this + m_bytes.size() + (m_sizes.size() + m_stored.size()) * 4 +
           (m_decoded.size() + m_values.size()) * 8 + (m_narrow ? m_narrow->size() * 4 : 0);
}

std::vector<std::optional<std::int64_t>> DurationPile::quantiles(std::span<const DurationPile> piles,
                                                                 std::span<const double> shares)
{
    std::vector<std::optional<std::int64_t>> found(shares.size());
    std::uint64_t total = 0;
    for (const DurationPile &pile : piles)
        total += pile.m_count;
    if (total == 0)
        return found;
    const std::vector<std::uint64_t> ranks = ranksOf(total, shares);
    if (total <= kDecodedAtOnce)
        valuesAt(piles, ranks, found);
    else
        searchedAt(piles, ranks, found);
    return found;
}

/// So few are decoded rather than looked for.
void DurationPile::valuesAt(std::span<const DurationPile> piles, std::span<const std::uint64_t> ranks,
                            std::vector<std::optional<std::int64_t>> &found)
{
    std::vector<std::int64_t> values;
    for (const DurationPile &pile : piles)
        pile.forEachIn(
            [](std::uint32_t) { return true; }, kBuckets,
            [&values](std::uint64_t value) { values.push_back(static_cast<std::int64_t>(value)); });
    for (std::size_t i = 0; i < ranks.size(); ++i)
        found[i] = ranked(values, ranks[i]);
}

void DurationPile::searchedAt(std::span<const DurationPile> piles, std::span<const std::uint64_t> ranks,
                              std::vector<std::optional<std::int64_t>> &found)
{
    const std::vector<std::uint64_t> counts = countsOf(piles);
    // In which bucket each rank is, and which of its values it is.
    struct Wanted
    {
        std::uint32_t bucket = 0;
        std::uint64_t rank = 0;
    };
    std::vector<Wanted> wanted;
    std::vector<std::uint8_t> slots(kBuckets); // 1 + where the values of the bucket are gathered
    std::vector<std::vector<std::int64_t>> gathered;
    for (std::uint64_t left : ranks) {
        std::uint32_t bucket = 0;
        for (; bucket + 1 < kBuckets && counts[bucket] <= left; ++bucket)
            left -= counts[bucket];
        wanted.push_back({bucket, left});
        if (slots[bucket] == 0) {
            gathered.emplace_back().reserve(counts[bucket]);
            slots[bucket] = static_cast<std::uint8_t>(gathered.size());
        }
    }
    const auto gather = [&](std::uint64_t value) {
        if (const std::uint8_t slot = slots[bucketOf(value)]; slot != 0)
            gathered[slot - 1U].push_back(static_cast<std::int64_t>(value));
    };
    const auto isWanted = [&slots](std::uint32_t bucket) { return slots[bucket] != 0; };
    std::uint32_t last = 0;
    for (const Wanted &each : wanted)
        last = std::max(last, each.bucket);
    for (const DurationPile &pile : piles)
        pile.forEachIn(isWanted, last, gather);
    for (std::size_t i = 0; i < wanted.size(); ++i)
        found[i] = ranked(gathered[slots[wanted[i].bucket] - 1U], wanted[i].rank);
}

} // namespace telltale
