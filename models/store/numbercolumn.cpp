// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/numbercolumn.h"

#include "models/store/sqlite.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>

namespace telltale {
namespace {

enum Shape : std::uint8_t { Constant = 0, Runs = 1, Codes = 2, Offsets = 3 };

constexpr std::array<std::uint64_t, 4> kUnits = {1, 1'000, 1'000'000, 1'000'000'000};
constexpr std::size_t kMostCodes = 256;

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
        for (const std::uint64_t raw : raws)
            ByteWriter(out).fixed(raw, width);
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
    for (const T element : values) {
        const auto value = static_cast<std::int64_t>(element);
        if (seen.hasAbsent && value == *absent)
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
        writer.zigzag(*absent);
    appendRaws(out, raws, seen.width);
}

template<typename Out>
Out narrowed(std::int64_t value)
{
    if constexpr (std::is_same_v<Out, std::int64_t>) {
        return value;
    } else {
        if (value < 0 || static_cast<std::uint64_t>(value) > std::numeric_limits<Out>::max())
            throwDamaged("a stored column holds a value that is too large");
        return static_cast<Out>(value);
    }
}

template<typename Raw, typename Out>
void widen(const char *from, std::vector<Out> &values, std::uint64_t base, std::uint64_t unit)
{
    for (Out &value : values) {
        Raw raw;
        std::memcpy(&raw, from, sizeof raw);
        from += sizeof raw;
        value = static_cast<Out>(base + raw * unit);
    }
}

template<typename Out>
void readOffsets(ByteReader &in, std::vector<Out> &values)
{
    const std::uint8_t form = in.byte();
    const unsigned width = form & 0x0fU;
    const unsigned unitIndex = form >> 4 & 0x03U;
    const bool hasAbsent = (form & 0x80U) != 0;
    const std::int64_t smallest = in.zigzag();
    const std::int64_t absent = hasAbsent ? in.zigzag() : 0;
    if (width == 0 || width > 8)
        throwDamaged("a stored column has an unknown width");
    const std::string_view data = in.bytes(values.size() * width);
    const std::uint64_t unit = kUnits[unitIndex];
    const std::uint64_t base = static_cast<std::uint64_t>(smallest) - (hasAbsent ? unit : 0);
    switch (width) {
    case 1:
        widen<std::uint8_t>(data.data(), values, base, unit);
        break;
    case 2:
        widen<std::uint16_t>(data.data(), values, base, unit);
        break;
    case 4:
        widen<std::uint32_t>(data.data(), values, base, unit);
        break;
    case 8:
        widen<std::uint64_t>(data.data(), values, base, unit);
        break;
    default: {
        ByteReader raws(data);
        for (Out &value : values)
            value = static_cast<Out>(base + raws.fixed(width) * unit);
    }
    }
    if (hasAbsent) {
        const Out placeholder = static_cast<Out>(base);
        const Out real = narrowed<Out>(absent);
        for (Out &value : values) {
            if (value == placeholder)
                value = real;
        }
    }
}

template<typename Out>
void read(ByteReader &in, std::size_t count, std::vector<Out> &values)
{
    values.resize(count);
    switch (in.byte()) {
    case Constant:
        std::fill(values.begin(), values.end(), narrowed<Out>(in.zigzag()));
        return;
    case Runs: {
        const std::size_t runs = in.count(2);
        std::size_t at = 0;
        for (std::size_t i = 0; i < runs; ++i) {
            const std::uint64_t length = in.varint();
            const Out value = narrowed<Out>(in.zigzag());
            if (length > count - at)
                throwDamaged("a stored column is longer than its segment");
            std::fill_n(values.begin() + static_cast<std::ptrdiff_t>(at), length, value);
            at += length;
        }
        if (at != count)
            throwDamaged("a stored column is shorter than its segment");
        return;
    }
    case Codes: {
        std::array<Out, kMostCodes> table{};
        const std::size_t size = in.count(1);
        if (size > table.size())
            throwDamaged("a stored column has too many codes");
        for (std::size_t i = 0; i < size; ++i)
            table[i] = narrowed<Out>(in.zigzag());
        const std::string_view codes = in.bytes(count);
        for (std::size_t i = 0; i < count; ++i)
            values[i] = table[static_cast<std::uint8_t>(codes[i])];
        return;
    }
    case Offsets:
        return readOffsets(in, values);
    default:
        throwDamaged("a stored column has an unknown shape");
    }
}

constexpr std::uint8_t kRawDoubles = 255;
constexpr std::array<double, 7> kPowers = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000};

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

void readNumberColumn(ByteReader &in, std::size_t count, std::vector<std::int64_t> &values)
{
    read(in, count, values);
}

void readNumberColumn(ByteReader &in, std::size_t count, std::vector<std::uint32_t> &values)
{
    read(in, count, values);
}

void readNumberColumn(ByteReader &in, std::size_t count, std::vector<std::uint8_t> &values)
{
    read(in, count, values);
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

void readDoubleColumn(ByteReader &in, std::size_t count, std::vector<std::int64_t> &bits)
{
    const std::uint8_t digits = in.byte();
    if (digits == kRawDoubles) {
        const std::string_view data = in.bytes(count * sizeof(std::int64_t));
        bits.resize(count);
        if (count > 0)
            std::memcpy(bits.data(), data.data(), data.size());
        return;
    }
    if (digits >= kPowers.size())
        throwDamaged("a stored column of numbers has an unknown scale");
    readNumberColumn(in, count, bits);
    for (std::int64_t &number : bits)
        number = std::bit_cast<std::int64_t>(static_cast<double>(number) / kPowers[digits]);
}

} // namespace telltale
