// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/file/unpackedfile.h"

#include <algorithm>
#include <utility>

namespace telltale {
namespace {

constexpr std::uint64_t kHead = 4 * 1024;
constexpr std::uint64_t kBack = 512 * 1024;             ///< kept before what is read
constexpr std::uint64_t kWindow = 4 * 1024 * 1024;      ///< then what lies further back is let go

} // namespace

/// At its first byte. By its number, as another file may have its name by now.
bool UnpackedFile::begin()
{
    m_window.clear();
    m_windowBegin = 0;
    m_reader.reset();
    auto reader = FileReader::open("/proc/self/fd/" + std::to_string(m_descriptor));
    m_isDamaged = !reader;
    if (reader)
        m_reader.emplace(std::move(*reader));
    return !m_isDamaged;
}

/// Some more bytes into the window; false at the end, or where it is damaged.
bool UnpackedFile::readOn()
{
    const auto got = m_reader->read(m_window);
    m_isDamaged = m_isDamaged || !got;
    if (got && m_windowBegin == 0 && m_head.size() < kHead)
        m_head = m_window.substr(0, kHead);
    return got && *got > 0;
}

bool UnpackedFile::isWhole()
{
    if (m_size)
        return !m_isDamaged || *m_size > 0;
    if (!begin()) {
        m_size = 0;
        return false;
    }
    while (readOn()) {
        m_windowBegin += m_window.size();
        m_window.clear();
    }
    const bool isDamaged = m_isDamaged;
    m_size = isDamaged ? 0 : m_windowBegin;
    m_reader.reset();
    return !isDamaged;
}

std::uint64_t UnpackedFile::size()
{
    return isWhole() ? *m_size : 0;
}

void UnpackedFile::read(std::uint64_t offset, std::uint64_t length, std::string &out)
{
    out.clear();
    if (offset + length <= m_head.size()) {
        out.assign(m_head, offset, length);
        return;
    }
    if ((!m_reader || offset < m_windowBegin) && !begin())
        return;
    while (m_windowBegin + m_window.size() < offset + length && readOn()) {
        if (m_window.size() > kWindow && offset > m_windowBegin + kBack) {
            const std::uint64_t surplus = std::min<std::uint64_t>(offset - kBack - m_windowBegin, m_window.size());
            m_window.erase(0, surplus);
            m_windowBegin += surplus;
        }
    }
    const std::uint64_t at = offset - m_windowBegin;
    if (at < m_window.size())
        out.assign(m_window, at, length);
}

} // namespace telltale
