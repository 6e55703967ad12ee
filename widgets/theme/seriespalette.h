// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/tokens.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <array>

namespace telltale {

/// Gives names their colours: the same name gets the same colour on every run (stable hash), two names of a small set never share
/// one (collision table), the seventh and later are grey. One per kind of thing (screens, features).
class SeriesPalette
{
public:
    /// Takes a free slot on first sight.
    SeriesSlot slotFor(const QString &name);
    /// Without taking a slot: what slotFor() would answer for a known name, else Other.
    SeriesSlot peek(const QString &name) const;
    /// Gives colours to the most important names first; the order of `names` decides who gets one. Names already known keep theirs.
    void reserve(const QStringList &names);
    void clear();

private:
    QHash<QString, SeriesSlot> m_known;
    std::array<bool, kSeriesColours> m_taken{};
};

} // namespace telltale
