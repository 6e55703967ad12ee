// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/roaringbytes.h"

namespace telltale {
namespace {

constexpr std::uint32_t kCookie = 12346, kCookieWithRuns = 12347;
constexpr std::size_t kLargestArray = 4096, kOffsetsFrom = 4, kMostContainers = 65536;

template<typename T>
bool take(std::string_view &bytes, T &value)
{
    if (bytes.size() < sizeof value)
        return false;
    std::memcpy(&value, bytes.data(), sizeof value);
    bytes.remove_prefix(sizeof value);
    return true;
}

} // namespace

RoaringBytes::RoaringBytes(std::string_view bytes)
    : m_bytes(bytes)
{
    std::uint32_t cookie = 0;
    m_isFine = take(m_bytes, cookie);
    m_hasRuns = (cookie & 0xffffU) == kCookieWithRuns;
    m_count = (cookie >> 16) + 1;
    if (!m_hasRuns)
        m_isFine = m_isFine && cookie == kCookie && take(m_bytes, m_count);
    const std::size_t flagBytes = m_hasRuns ? (std::size_t(m_count) + 7) / 8 : 0;
    const std::size_t headBytes = std::size_t(m_count) * 4;
    const std::size_t offsetBytes = !m_hasRuns || m_count >= kOffsetsFrom ? headBytes : 0;
    m_isFine = m_isFine && m_count <= kMostContainers && m_bytes.size() >= flagBytes + headBytes + offsetBytes;
    if (!m_isFine)
        return;
    m_flags = m_bytes.substr(0, flagBytes);
    m_heads = m_bytes.substr(flagBytes, headBytes);
    m_bytes.remove_prefix(flagBytes + headBytes + offsetBytes);
}

bool RoaringBytes::fail()
{
    m_isFine = false;
    return false;
}

bool RoaringBytes::next(Container &container)
{
    if (!m_isFine || m_next == m_count)
        return false;
    const std::uint32_t at = m_next++;
    container.high = std::uint32_t(shortAt(m_heads, 2 * std::size_t(at))) << 16;
    container.count = std::size_t(shortAt(m_heads, 2 * std::size_t(at) + 1)) + 1;
    std::size_t size = container.count * 2;
    container.kind = Kind::Array;
    if (m_hasRuns && (static_cast<std::uint8_t>(m_flags[at / 8]) >> (at % 8) & 1) != 0) {
        std::uint16_t runs = 0;
        if (!take(m_bytes, runs))
            return fail();
        container.kind = Kind::Runs;
        size = std::size_t(runs) * 4;
    } else if (container.count > kLargestArray) {
        container.kind = Kind::Bits;
        size = kBitsBytes;
    }
    if (m_bytes.size() < size)
        return fail();
    container.bytes = m_bytes.substr(0, size);
    m_bytes.remove_prefix(size);
    return true;
}

} // namespace telltale
