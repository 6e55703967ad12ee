// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace telltale {

/// Appends numbers to a string: little-endian, varints of seven bits a byte.
class ByteWriter
{
public:
    explicit ByteWriter(std::string &out)
        : m_out(out)
    {}

    void byte(std::uint8_t value) { m_out.push_back(static_cast<char>(value)); }
    void varint(std::uint64_t value);
    void zigzag(std::int64_t value)
    {
        const auto bits = static_cast<std::uint64_t>(value);
        varint((bits << 1) ^ (value < 0 ? ~std::uint64_t{0} : std::uint64_t{0}));
    }
    /// The lowest `width` bytes (0 to 8).
    void fixed(std::uint64_t value, unsigned width);
    void number(double value);
    void bytes(std::string_view data) { m_out.append(data); }
    /// A length, then the bytes.
    void sized(std::string_view data)
    {
        varint(data.size());
        bytes(data);
    }

private:
    std::string &m_out;
};

/// Reads what ByteWriter wrote. Every read is checked; running over the end throws Damaged.
class ByteReader
{
public:
    explicit ByteReader(std::string_view data)
        : m_data(data)
    {}

    std::uint8_t byte();
    std::uint64_t varint();
    std::uint32_t id();
    std::int64_t zigzag()
    {
        const std::uint64_t bits = varint();
        return static_cast<std::int64_t>((bits >> 1) ^ (~(bits & 1) + 1));
    }
    std::uint64_t fixed(unsigned width);
    double number();
    std::string_view bytes(std::size_t size);
    std::string_view sized() { return bytes(varint()); }
    std::string_view rest() const { return m_data; }
    /// A count of things that take at least `bytesEach` bytes: refuses what cannot fit, before anything is allocated.
    std::size_t count(std::size_t bytesEach);
    bool isAtEnd() const { return m_data.empty(); }

private:
    std::string_view m_data;
};

} // namespace telltale
