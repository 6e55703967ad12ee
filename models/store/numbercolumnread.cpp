// SPDX-License-Identifier: GPL-3.0-or-later
// The half of number columns that is read: what a scan spends most of its time on, so that it is compiled for speed.
#include "models/store/numbercolumn.h"
#include "models/store/numbercolumnform.h"
#include "models/store/sqlite.h"
#include "models/telemetry/wideloop.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <type_traits>

namespace telltale {
namespace {

using namespace numbercolumn;

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

/// Offsets to values; raw 0 stands for the absent value when there is one.
struct OffsetForm
{
    std::uint64_t base = 0;
    std::uint32_t unit = 1;
    bool hasAbsent = false;
};

template<typename Raw>
Raw rawAt(const char *from, std::size_t i)
{
    Raw raw;
    std::memcpy(&raw, from + i * sizeof raw, sizeof raw);
    return raw;
}

/// Units fit 32 bits: factors of no more are multiplied several at once.
template<typename Raw>
std::uint64_t times(Raw raw, std::uint32_t unit)
{
    if constexpr (sizeof raw <= sizeof unit)
        return std::uint64_t{std::uint32_t{raw}} * std::uint64_t{unit};
    else
        return raw * unit;
}

template<typename Raw, typename Out>
TELLTALE_WIDE_LOOP void widenOnes(const char *from, Out *to, std::size_t count, std::uint64_t base)
{
    for (std::size_t i = 0; i < count; ++i)
        to[i] = static_cast<Out>(base + rawAt<Raw>(from, i));
}

template<typename Raw, typename Out>
TELLTALE_WIDE_LOOP void widenUnits(const char *from, Out *to, std::size_t count, std::uint64_t base,
                                   std::uint32_t unit)
{
    for (std::size_t i = 0; i < count; ++i)
        to[i] = static_cast<Out>(base + times(rawAt<Raw>(from, i), unit));
}

template<typename Raw, typename Out>
TELLTALE_WIDE_LOOP void widenPresent(const char *from, Out *to, std::size_t count, std::uint64_t base,
                                     std::uint32_t unit, Out absent)
{
    for (std::size_t i = 0; i < count; ++i) {
        const Raw raw = rawAt<Raw>(from, i);
        const Out value = static_cast<Out>(base + times(raw, unit));
        to[i] = raw == 0 ? absent : value;
    }
}

template<typename Raw, typename Out>
void widen(const char *from, std::span<Out> values, const OffsetForm &form, Out absent)
{
    if (form.hasAbsent)
        widenPresent<Raw>(from, values.data(), values.size(), form.base, form.unit, absent);
    else if (form.unit == 1)
        widenOnes<Raw>(from, values.data(), values.size(), form.base);
    else
        widenUnits<Raw>(from, values.data(), values.size(), form.base, form.unit);
}

template<typename Out>
void widenOdd(std::string_view data, unsigned width, std::span<Out> values, const OffsetForm &form,
              Out absent)
{
    const std::uint64_t mask = (std::uint64_t{1} << (8 * width)) - 1;
    for (std::size_t i = 0; i < values.size(); ++i) {
        std::uint64_t raw = 0;
        const std::size_t at = i * width;
        std::memcpy(&raw, data.data() + at, std::min(sizeof raw, data.size() - at));
        raw &= mask;
        values[i] = form.hasAbsent && raw == 0 ? absent : static_cast<Out>(form.base + raw * form.unit);
    }
}

/// What stands before the offsets.
struct OffsetHead
{
    unsigned width = 0; ///< bytes
    OffsetForm form;
    std::int64_t smallest = 0;
    std::int64_t absent = 0;
};

OffsetHead readOffsetHead(ByteReader &in)
{
    OffsetHead head;
    const std::uint8_t bits = in.byte();
    head.width = bits & 0x0fU;
    head.form.unit = static_cast<std::uint32_t>(kUnits[bits >> 4 & 0x03U]);
    head.form.hasAbsent = (bits & 0x80U) != 0;
    head.smallest = in.zigzag();
    if (head.form.hasAbsent)
        head.absent = in.zigzag();
    if (head.width == 0 || head.width > 8)
        throwDamaged("a stored column has an unknown width");
    head.form.base = static_cast<std::uint64_t>(head.smallest) - (head.form.hasAbsent ? head.form.unit : 0);
    return head;
}

template<typename Out>
void readOffsets(ByteReader &in, std::span<Out> values)
{
    const auto [width, form, smallest, absentValue] = readOffsetHead(in);
    const Out absent = form.hasAbsent ? narrowed<Out>(absentValue) : Out{};
    const std::string_view data = in.bytes(values.size() * width);
    switch (width) {
    case 1:
        return widen<std::uint8_t>(data.data(), values, form, absent);
    case 2:
        return widen<std::uint16_t>(data.data(), values, form, absent);
    case 4:
        return widen<std::uint32_t>(data.data(), values, form, absent);
    case 8:
        return widen<std::uint64_t>(data.data(), values, form, absent);
    default:
        return widenOdd(data, width, values, form, absent);
    }
}

template<typename Out>
void readRuns(ByteReader &in, std::span<Out> values)
{
    const std::size_t runs = in.count(2);
    std::size_t at = 0;
    for (std::size_t i = 0; i < runs; ++i) {
        const std::uint64_t length = in.varint();
        const Out value = narrowed<Out>(in.zigzag());
        if (length > values.size() - at)
            throwDamaged("a stored column is longer than its segment");
        std::fill_n(values.begin() + static_cast<std::ptrdiff_t>(at), length, value);
        at += length;
    }
    if (at != values.size())
        throwDamaged("a stored column is shorter than its segment");
}

template<typename Out>
void readCodes(ByteReader &in, std::span<Out> values)
{
    std::array<Out, kMostCodes> table{};
    const std::size_t size = in.count(1);
    if (size > table.size())
        throwDamaged("a stored column has too many codes");
    for (std::size_t i = 0; i < size; ++i)
        table[i] = narrowed<Out>(in.zigzag());
    const std::string_view codes = in.bytes(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = table[static_cast<std::uint8_t>(codes[i])];
}

template<typename Out>
void read(ByteReader &in, std::span<Out> values)
{
    switch (in.byte()) {
    case Constant:
        std::fill(values.begin(), values.end(), narrowed<Out>(in.zigzag()));
        return;
    case Runs:
        return readRuns(in, values);
    case Codes:
        return readCodes(in, values);
    case Offsets:
        return readOffsets(in, values);
    default:
        throwDamaged("a stored column has an unknown shape");
    }
}

template<typename Out>
void read(ByteReader &in, std::size_t count, std::vector<Out> &values)
{
    values.resize(count);
    read(in, std::span<Out>(values));
}

} // namespace

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

void readNumberColumn(ByteReader &in, std::span<std::int64_t> values)
{
    read(in, values);
}

void readNumberColumn(ByteReader &in, std::span<std::uint32_t> values)
{
    read(in, values);
}

void readNumberColumn(ByteReader &in, std::span<std::uint8_t> values)
{
    read(in, values);
}

std::optional<std::int64_t> constantOf(std::string_view stored)
{
    if (stored.empty() || static_cast<std::uint8_t>(stored.front()) != Constant)
        return std::nullopt;
    ByteReader in(stored.substr(1));
    return in.zigzag();
}

namespace {

bool isId(std::uint64_t value)
{
    return value <= std::numeric_limits<std::uint32_t>::max();
}

/// False when the column has another form.
bool readCodeValues(ByteReader &in, std::span<std::uint32_t, kMostCodes> values)
{
    const std::size_t size = in.count(1);
    if (size > values.size())
        throwDamaged("a stored column has too many codes");
    for (std::size_t i = 0; i < size; ++i)
        values[i] = narrowed<std::uint32_t>(in.zigzag());
    std::fill(values.begin() + static_cast<std::ptrdiff_t>(size), values.end(), 0U);
    return true;
}

bool readOffsetValues(ByteReader &in, std::span<std::uint32_t, kMostCodes> values)
{
    const OffsetHead head = readOffsetHead(in);
    if (head.width != 1)
        return false;
    const std::uint64_t absent = head.form.hasAbsent ? static_cast<std::uint64_t>(head.absent) : 0;
    const std::uint64_t largest = head.form.base + std::uint64_t{kMostCodes - 1} * head.form.unit;
    // What does not occur may lie beyond all ids: then every row is looked at by itself.
    if (!isId(absent) || head.smallest < 0 || !isId(largest))
        return false;
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<std::uint32_t>(head.form.base + i * head.form.unit);
    if (head.form.hasAbsent)
        values[0] = static_cast<std::uint32_t>(absent);
    return true;
}

} // namespace

std::span<const std::uint8_t> bytesOf(std::string_view stored, std::size_t count,
                                      std::span<std::uint32_t, 256> values)
{
    ByteReader in(stored);
    const std::uint8_t shape = in.byte();
    const bool isBytes =
        (shape == Codes && readCodeValues(in, values)) || (shape == Offsets && readOffsetValues(in, values));
    if (!isBytes)
        return {};
    const std::string_view bytes = in.bytes(count);
    return {reinterpret_cast<const std::uint8_t *>(bytes.data()), bytes.size()};
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
