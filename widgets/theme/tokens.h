// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

#include <array>
#include <vector>

class QPalette;
class QWidget;

namespace telltale {

/// A colour by its meaning. What stores an Ink instead of a QColor follows a change of theme by itself.
enum class Ink {
    Window,
    Sidebar,
    Card,
    Inset,
    Row,
    Border,
    BorderStrong,
    Text,
    Text2,
    Text3,
    Accent,
    AccentFill,
    OnAccent,
    AccentSoft,
    Ok,
    OkSoft,
    Warn,
    WarnSoft,
    Bad,
    BadSoft,
    NeutralSoft,
    LampAmber,
    Flag,
    OnFlag,
    Crosshair
};

/// The colour of a series by its place in the palette. Red belongs to errors (Bad); what comes after six is grey (Other).
enum class SeriesSlot { Blue, Orange, Green, Plum, Teal, Brick, Other, Bad };
inline constexpr int kSeriesColours = 6;

/// Every colour of one theme. The only place where colours are written down; palette, style and painters read them here.
/// Contrasts and distances are checked by tst_colours.
struct Tokens
{
    bool isDark = false;
    bool isHighContrast = false;
    QColor window, sidebar, card, inset, row, border, borderStrong, text, text2, text3;
    QColor accent, accentFill, onAccent, accentSoft;
    QColor ok, okSoft, warn, warnSoft, bad, badSoft, neutralSoft;
    QColor lampAmber;    ///< of the brand; never a state
    QColor lampHousing;  ///< ground of the app's icon
    QColor flag, onFlag; ///< the time flag on an axis and release flags
    QColor crosshair;
    QColor shadow; ///< under popovers
    QColor hover;  ///< laid over a control under the pointer
    std::array<QColor, kSeriesColours> series;
    QColor seriesOther;
    std::array<QColor, 9> sequential; ///< least to most; linear in OKLab between the stops
    std::array<QColor, 7> diverging;  ///< least to most; the middle is "no change"

    static const Tokens &light();
    static const Tokens &dark();
    /// Stronger hairlines and captions, for people who ask their desktop for it.
    Tokens withHighContrast() const;

    QColor ink(Ink role) const;
    QColor seriesColour(SeriesSlot slot) const;
    /// `share` 0..1 along the ramp; clamped.
    QColor sequentialAt(double share) const;
    /// The same at `count` places from 0 to 1, at least two; costs a third of asking for each.
    std::vector<QRgb> sequentialRamp(std::size_t count) const;
    /// `share` −1..1, 0 is no change; clamped.
    QColor divergingAt(double share) const;
    QPalette palette() const;
};

/// The tokens of the theme that is installed (or of a style set on this very widget, as prints do).
/// Light when no theme is installed, as in small tests. The reference stays valid until the theme changes: read it anew in
/// each paint event.
const Tokens &tokensOf(const QWidget *widget = nullptr);

/// Sizes on the 4 px grid, in pixels at text size 100 %.
namespace size {
inline constexpr int kCardPadding = 14;
inline constexpr int kDialogPadding = 18;
inline constexpr int kCardGap = 12;
inline constexpr int kWindowMargin = 18;
inline constexpr int kCardRadius = 8;
inline constexpr int kControlRadius = 6;
inline constexpr int kBarRadius = 3;
inline constexpr int kPopoverRadius = 10;
inline constexpr int kControlHeight = 30;
inline constexpr int kHeaderHeight = 30;
inline constexpr int kRowTall = 54;   ///< two lines
inline constexpr int kRowMiddle = 52; ///< sessions
inline constexpr int kRowSmall = 36;  ///< one line
inline constexpr int kHitArea = 24;
inline constexpr int kSidebarWidth = 212;
inline constexpr int kRailWidth = 56;
inline constexpr int kGutterWidth = 128;    ///< names and values left of a plot
inline constexpr int kValueLabelWidth = 38; ///< labels of the value axis, between gutter and plot
inline constexpr int kPlotRightInset = 12;  ///< between the plot and the right edge of its widget
} // namespace size

/// `pixels` grown with the user's text size, for what text must fit into.
int scaled(double pixels);

} // namespace telltale
