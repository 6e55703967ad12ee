// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/seriespalette.h"

namespace telltale {

namespace {

/// FNV-1a over UTF-8: the same on every machine and run, which qHash is not.
std::uint32_t stableHash(const QString &name)
{
    std::uint32_t hash = 2166136261u;
    for (const char byte : name.toUtf8()) {
        hash ^= std::uint8_t(byte);
        hash *= 16777619u;
    }
    return hash;
}

} // namespace

SeriesSlot SeriesPalette::slotFor(const QString &name)
{
    if (const auto known = m_known.constFind(name); known != m_known.constEnd())
        return *known;
    const std::size_t wanted = stableHash(name) % kSeriesColours;
    for (std::size_t step = 0; step < std::size_t(kSeriesColours); ++step) {
        const std::size_t slot = (wanted + step) % kSeriesColours;
        if (!m_taken[slot]) {
            m_taken[slot] = true;
            m_known.insert(name, SeriesSlot(slot));
            return SeriesSlot(slot);
        }
    }
    return SeriesSlot::Other; // not remembered: names are endless, colours are not
}

SeriesSlot SeriesPalette::peek(const QString &name) const
{
    return m_known.value(name, SeriesSlot::Other);
}

void SeriesPalette::reserve(const QStringList &names)
{
    for (const QString &name : names)
        slotFor(name);
}

void SeriesPalette::clear()
{
    m_known.clear();
    m_taken.fill(false);
}

} // namespace telltale
