// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/bytestream.h"

#include "models/store/sqlite.h"

#include <bit>
#include <limits>

namespace telltale {
namespace {

[[noreturn]] void runOver()
{
    throwDamaged("stored data ends too early");
}

} // namespace

void ByteWriter::varint(std::uint64_t value)
{
    while (value >= 0x80) {
        byte(static_cast<std::uint8_t>(value | 0x80));
        value >>= 7;
    }
    byte(static_cast<std::uint8_t>(value));
}

void ByteWriter::fixed(std::uint64_t value, unsigned width)
{
    for (unsigned i = 0; i < width; ++i)
        byte(static_cast<std::uint8_t>(value >> (8 * i)));
}

void ByteWriter::number(double value)
{
    fixed(std::bit_cast<std::uint64_t>(value), 8);
}

std::uint8_t ByteReader::byte()
{
    if (m_data.empty())
        runOver();
    const auto value = static_cast<std::uint8_t>(m_data.front());
    m_data.remove_prefix(1);
    return value;
}

std::uint64_t ByteReader::varint()
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const std::uint8_t next = byte();
        value |= static_cast<std::uint64_t>(next & 0x7f) << shift;
        if (next < 0x80)
            return value;
    }
    throwDamaged("a stored number is too long");
}

std::uint32_t ByteReader::id()
{
    const std::uint64_t value = varint();
    if (value > std::numeric_limits<std::uint32_t>::max())
        throwDamaged("a stored id is too large");
    return static_cast<std::uint32_t>(value);
}

std::uint64_t ByteReader::fixed(unsigned width)
{
    std::uint64_t value = 0;
    for (unsigned i = 0; i < width; ++i)
        value |= static_cast<std::uint64_t>(byte()) << (8 * i);
    return value;
}

double ByteReader::number()
{
    return std::bit_cast<double>(fixed(8));
}

std::string_view ByteReader::bytes(std::size_t size)
{
    if (size > m_data.size())
        runOver();
    const std::string_view data = m_data.substr(0, size);
    m_data.remove_prefix(size);
    return data;
}

std::size_t ByteReader::count(std::size_t bytesEach)
{
    const std::uint64_t value = varint();
    if (bytesEach > 0 && value > m_data.size() / bytesEach)
        runOver();
    return value;
}

} // namespace telltale
