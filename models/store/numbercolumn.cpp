// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/numbercolumn.h"

#include "models/store/numbercolumnform.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>

namespace telltale {
namespace {

using namespace numbercolumn;

unsigned widthOf(std::uint64_t largest)
{
    if (largest <= 0xff)
        return 1;
    if (largest <= 0xffff)
        return 2;
    if (largest <= 0xffffffffU)
        return 4;
    if (largest <= 0xffffffffffffU)
        return 6;
    return 8;
}

template<typename T>
void appendFixed(std::string &out, std::span<const std::uint64_t> raws)
{
    const std::size_t at = out.size();
    out.resize(at + raws.size() * sizeof(T));
    char *to = out.data() + at;
    for (const std::uint64_t raw : raws) {
        const T narrow = static_cast<T>(raw);
        std::memcpy(to, &narrow, sizeof narrow);
        to += sizeof narrow;
    }
}

/// Six bytes: times of records of which some are late.
void appendOdd(std::string &out, std::span<const std::uint64_t> raws, unsigned width)
{
    const std::size_t at = out.size();
    out.resize(at + raws.size() * width +
               sizeof(std::uint64_t)); // each is written whole, the next one over its end
    char *to = out.data() + at;
    for (const std::uint64_t raw : raws) {
        std::memcpy(to, &raw, sizeof raw);
        to += width;
    }
    out.resize(at + raws.size() * width);
}

void appendRaws(std::string &out, std::span<const std::uint64_t> raws, unsigned width)
{
    static_assert(std::endian::native == std::endian::little, "columns are stored little-endian");
    switch (width) {
    case 1:
        return appendFixed<std::uint8_t>(out, raws);
    case 2:
        return appendFixed<std::uint16_t>(out, raws);
    case 4:
        return appendFixed<std::uint32_t>(out, raws);
    case 8:
        return appendFixed<std::uint64_t>(out, raws);
    default:
        appendOdd(out, raws, width);
    }
}

/// Distinct values in order of first sight, up to kMostCodes; a small open-addressing table.
class CodeTable
{
public:
    /// The code, or nothing when there would be too many.
    std::optional<std::uint32_t> codeOf(std::int64_t value)
    {
        std::size_t at = (static_cast<std::uint64_t>(value) * 0x9e3779b97f4a7c15U) >> 54;
        for (;; at = (at + 1) & 1023) {
            if (m_slots[at] == 0) {
                if (m_values.size() == kMostCodes)
                    return std::nullopt;
                m_values.push_back(value);
                m_slots[at] = static_cast<std::uint16_t>(m_values.size());
                return static_cast<std::uint32_t>(m_values.size() - 1);
            }
            if (m_values[m_slots[at] - 1U] == value)
                return m_slots[at] - 1U;
        }
    }
    const std::vector<std::int64_t> &values() const { return m_values; }

private:
    std::array<std::uint16_t, 1024> m_slots{};
    std::vector<std::int64_t> m_values;
};

struct Survey
{
    std::size_t runs = 0;
    bool hasAbsent = false;
    bool hasPresent = false;
    std::int64_t smallest = 0, largest = 0;
    unsigned unit = 0;
    unsigned width = 0;
};

template<typename T>
Survey survey(std::span<const T> values, std::optional<std::int64_t> absent)
{
    Survey result;
    std::int64_t before = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto value = static_cast<std::int64_t>(values[i]);
        if (i == 0 || value != before)
            ++result.runs;
        before = value;
        if (absent && value == *absent) {
            result.hasAbsent = true;
        } else if (!result.hasPresent) {
            result.hasPresent = true;
            result.smallest = result.largest = value;
        } else {
            result.smallest = std::min(result.smallest, value);
            result.largest = std::max(result.largest, value);
        }
    }
    const std::uint64_t range =
        static_cast<std::uint64_t>(result.largest) - static_cast<std::uint64_t>(result.smallest);
    if (range > 0xff) {
        unsigned unit = 3;
        for (std::size_t i = 0; i < values.size() && unit > 0; ++i) {
            const auto value = static_cast<std::int64_t>(values[i]);
            if (absent && value == *absent)
                continue;
            const std::uint64_t offset =
                static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(result.smallest);
            while (unit > 0 && offset % kUnits[unit] != 0)
                --unit;
        }
        result.unit = unit;
    }
    const std::uint64_t steps = range / kUnits[result.unit];
    // With an absent value, raw 0 stands for it; a range that fills 64 bits has no number left for it.
    if (result.hasAbsent && steps == std::numeric_limits<std::uint64_t>::max())
        return survey(values, std::nullopt);
    result.width = widthOf(steps + (result.hasAbsent ? 1 : 0));
    return result;
}

template<typename T>
void append(std::string &out, std::span<const T> values, std::optional<std::int64_t> absent)
{
    ByteWriter writer(out);
    const Survey seen = survey(values, absent);
    if (seen.runs <= 1) {
        writer.byte(Constant);
        writer.zigzag(values.empty() ? 0 : static_cast<std::int64_t>(values[0]));
        return;
    }
    const std::size_t offsetsSize = values.size() * seen.width;
    if (seen.runs * 8 < offsetsSize && seen.runs * 8 < values.size()) {
        writer.byte(Runs);
        writer.varint(seen.runs);
        for (std::size_t i = 0; i < values.size();) {
            std::size_t end = i + 1;
            while (end < values.size() && values[end] == values[i])
                ++end;
            writer.varint(end - i);
            writer.zigzag(static_cast<std::int64_t>(values[i]));
            i = end;
        }
        return;
    }
    thread_local std::vector<std::uint64_t> raws;
    raws.clear();
    raws.reserve(values.size());
    if (seen.width > 1) {
        CodeTable table;
        for (const T value : values) {
            const auto code = table.codeOf(static_cast<std::int64_t>(value));
            if (!code)
                break;
            raws.push_back(*code);
        }
        if (raws.size() == values.size() && values.size() + table.values().size() * 5 < offsetsSize) {
            writer.byte(Codes);
            writer.varint(table.values().size());
            for (const std::int64_t value : table.values())
                writer.zigzag(value);
            return appendRaws(out, raws, 1);
        }
        raws.clear();
    }
    const std::uint64_t unit = kUnits[seen.unit];
    const std::uint64_t shift = seen.hasAbsent ? 1 : 0;
    const std::int64_t absentValue =
        absent.value_or(0); // never read unset, even by a branch that was hoisted
    for (const T element : values) {
        const auto value = static_cast<std::int64_t>(element);
        if (seen.hasAbsent && value == absentValue)
            raws.push_back(0);
        else if (seen.unit == 0)
            raws.push_back(static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(seen.smallest) +
                           shift);
        else
            raws.push_back((static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(seen.smallest)) /
                               unit +
                           shift);
    }
    writer.byte(Offsets);
    writer.byte(static_cast<std::uint8_t>(seen.width | seen.unit << 4 | (seen.hasAbsent ? 0x80U : 0U)));
    writer.zigzag(seen.smallest);
    if (seen.hasAbsent)
        writer.zigzag(absentValue);
    appendRaws(out, raws, seen.width);
}

/// v * 10^digits as an integer when that loses nothing at all, not even the sign of a zero.
bool scale(double v, double power, std::int64_t &out)
{
    const double product = v * power;
    if (!(std::abs(product) < 9.0e15))
        return false;
    out = static_cast<std::int64_t>(std::nearbyint(product));
    return std::bit_cast<std::uint64_t>(static_cast<double>(out) / power) == std::bit_cast<std::uint64_t>(v);
}

} // namespace

void appendNumberColumn(std::string &out, std::span<const std::int64_t> values,
                        std::optional<std::int64_t> absent)
{
    append(out, values, absent);
}

void appendNumberColumn(std::string &out, std::span<const std::uint32_t> values)
{
    append(out, values, 0);
}

void appendDoubleColumn(std::string &out, std::span<const std::uint64_t> bits)
{
    ByteWriter writer(out);
    std::vector<std::int64_t> integers(bits.size());
    std::uint8_t digits = 0;
    for (std::size_t i = 0; i < bits.size();) {
        if (scale(std::bit_cast<double>(bits[i]), kPowers[digits], integers[i])) {
            ++i;
        } else if (static_cast<std::size_t>(digits) + 1 < kPowers.size()) {
            ++digits; // more digits, for all of them
            i = 0;
        } else {
            writer.byte(kRawDoubles);
            return appendRaws(out, bits, 8);
        }
    }
    writer.byte(digits);
    appendNumberColumn(out, std::span<const std::int64_t>(integers));
}

} // namespace telltale
