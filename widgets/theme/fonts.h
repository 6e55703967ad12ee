// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QRectF>
#include <QString>

class QPainter;

namespace telltale {

/// Every size and weight of text there is (pixels at text size 100 %).
enum class FontRole {
    KpiNumber,       ///< 27, 600, display
    TrackValue,      ///< 21, 600, display
    ViewTitle,       ///< 19, 600, display
    TrackValueSmall, ///< 16, 600, display; also detail titles
    Body,            ///< 13
    BodyMedium,      ///< 13, 500: navigation
    BodyStrong,      ///< 13, 600: card titles, first column
    Secondary,       ///< 12
    SecondaryMedium, ///< 12.5, 500: buttons
    SecondaryStrong, ///< 12, 600
    Caption,         ///< 11.5: subtitles
    Axis,            ///< 11
    AxisStrong,      ///< 11, 600: pills, flags
    GroupLabel,      ///< 10.5, 600, capitals
    Code,            ///< 12, monospace
    CodeSmall,       ///< 11, monospace: ids and releases in tables
};

/// Points derived from the system's size, hinting off. Cached; cheap to call in a paint event.
const QFont &fontFor(FontRole role);
/// 1 at 100 %.
double fontScale();
/// Set by Theme. `factor` 0.5..3.
void setFontScale(double factor);
/// Makes Inter, Inter Display and JetBrains Mono known if the system has none. Called by Theme; harmless to call twice.
void loadFonts();
/// Drops cached fonts, after families or scale changed.
void resetFonts();
/// Off: the desktop's own family for everything but code.
void setUseBundledFonts(bool bundled);

/// Draws `text` with each digit in a cell as wide as the widest, so that numbers stand still while they change and
/// align in columns. `rect` is the box, `alignment` absolute but for mirror(). A leading digit loses its cell's left padding
/// when left-aligned. Elides nothing.
void drawTabular(QPainter *painter, const QRectF &rect, Qt::Alignment alignment, const QString &text);
/// Width that drawTabular needs.
double tabularWidth(const QFont &font, const QString &text);

/// Draws one line of plain text, elided at the right, never interpreted. Colour and font are the painter's.
void drawElided(QPainter *painter, const QRectF &rect, Qt::Alignment alignment, const QString &text,
                Qt::TextElideMode mode = Qt::ElideRight);

} // namespace telltale
