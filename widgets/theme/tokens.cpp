// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/tokens.h"

#include "widgets/theme/colourmath.h"
#include "widgets/theme/heatpalette.h"

#include <QPalette>

#include <algorithm>
#include <span>

namespace telltale {

namespace {

Tokens makeLight()
{
    Tokens t;
    t.window = QColor(0xF3F4F6);
    t.sidebar = QColor(0xE9EBEF);
    t.card = QColor(0xFFFFFF);
    t.inset = QColor(0xF7F8FA);
    t.row = QColor(0xF9FAFB);
    t.border = QColor(0xDDE1E7);
    t.borderStrong = QColor(0x7C8695);
    t.text = QColor(0x161B22);
    t.text2 = QColor(0x4D5766);
    t.text3 = QColor(0x616B7A);
    t.accent = QColor(0x1C5FD0);
    t.accentFill = QColor(0x1C5FD0);
    t.onAccent = QColor(0xFFFFFF);
    t.accentSoft = QColor(0xE4EDFC);
    t.ok = QColor(0x177544);
    t.okSoft = QColor(0xE3F4EA);
    t.warn = QColor(0x946000);
    t.warnSoft = QColor(0xFBF0D9);
    t.bad = QColor(0xC62F2F);
    t.badSoft = QColor(0xFCE8E8);
    t.neutralSoft = QColor(0xEDEFF3);
    t.lampAmber = QColor(0xFFB627);
    t.lampHousing = QColor(0x1B2028);
    t.flag = QColor(0x161B22);
    t.onFlag = QColor(0xFFFFFF);
    t.crosshair = QColor(0x161B22);
    t.shadow = QColor(22, 27, 34, 38);
    t.hover = QColor(22, 27, 34, 12);
    t.series = {QColor(0x133DAC), QColor(0xE16915), QColor(0x1EA485),
                QColor(0x6E0B59), QColor(0x1C759F), QColor(0x993D06)};
    t.seriesOther = QColor(0x7C8695);
    t.sequential = {QColor(0xEBF7ED), QColor(0xBEE4D5), QColor(0x8AD0CA), QColor(0x58B8C8), QColor(0x2F9CC8),
                    QColor(0x2480BA), QColor(0x2662AA), QColor(0x234990), QColor(0x1E3075)};
    t.diverging = {QColor(0x0B4C92), QColor(0x4284C5), QColor(0x98C3E8), QColor(0xEEF0F3),
                   QColor(0xEBB890), QColor(0xD5753A), QColor(0x973E16)};
    return t;
}

Tokens makeDark()
{
    Tokens t;
    t.isDark = true;
    t.window = QColor(0x101318);
    t.sidebar = QColor(0x0C0F13);
    t.card = QColor(0x181C23);
    t.inset = QColor(0x1F242D);
    t.row = QColor(0x1B1F27);
    t.border = QColor(0x2A303A);
    t.borderStrong = QColor(0x6B7585);
    t.text = QColor(0xE9ECF1);
    t.text2 = QColor(0xAAB3C0);
    t.text3 = QColor(0x8F99A8);
    t.accent = QColor(0x78A9FF);
    t.accentFill = QColor(0x2F6BE0);
    t.onAccent = QColor(0xFFFFFF);
    t.accentSoft = QColor(0x1D2B47);
    t.ok = QColor(0x3FCF8E);
    t.okSoft = QColor(0x15332A);
    t.warn = QColor(0xF2B33D);
    t.warnSoft = QColor(0x3A2E14);
    t.bad = QColor(0xFF6B6B);
    t.badSoft = QColor(0x41212A);
    t.neutralSoft = QColor(0x272D37);
    t.lampAmber = QColor(0xFFB627);
    t.lampHousing = QColor(0x232A33);
    t.flag = QColor(0xE9ECF1);
    t.onFlag = QColor(0x101318);
    t.crosshair = QColor(0xE9ECF1);
    t.shadow = QColor(0, 0, 0, 130);
    t.hover = QColor(233, 236, 241, 16);
    t.series = {QColor(0x5A83EC), QColor(0xF0AC49), QColor(0x79F9D4),
                QColor(0xAC468A), QColor(0x00BAD0), QColor(0xD86535)};
    t.seriesOther = QColor(0x6B7585);
    t.sequential = {QColor(0x202941), QColor(0x263F64), QColor(0x215789), QColor(0x0F74A0), QColor(0x0E91AF),
                    QColor(0x0EB0B7), QColor(0x30CEB7), QColor(0x88E796), QColor(0xE5F46D)};
    t.diverging = {QColor(0x71C9FA), QColor(0x448BCB), QColor(0x33547E), QColor(0x24272B),
                   QColor(0x754427), QColor(0xCA6D2B), QColor(0xFAB45F)};
    return t;
}

/// Between which stops a share lies, and how far from the lower one.
struct Place
{
    std::size_t below = 0;
    double share = 0;
};

Place placeAlong(std::span<const QColor> stops, double share)
{
    const double place = std::clamp(share, 0.0, 1.0) * double(stops.size() - 1);
    const std::size_t below = std::min(std::size_t(place), stops.size() - 2);
    return {below, place - double(below)};
}

QColor along(std::span<const QColor> stops, double share)
{
    const Place place = placeAlong(stops, share);
    return colour::mixOklab(stops[place.below], stops[place.below + 1], place.share);
}

} // namespace

const Tokens &Tokens::light()
{
    static const Tokens tokens = makeLight();
    return tokens;
}

const Tokens &Tokens::dark()
{
    static const Tokens tokens = makeDark();
    return tokens;
}

Tokens Tokens::withHighContrast() const
{
    Tokens t = *this;
    t.isHighContrast = true;
    t.border = borderStrong;
    t.text3 = text2;
    return t;
}

QColor Tokens::ink(Ink role) const
{
    switch (role) {
    case Ink::Window:
        return window;
    case Ink::Sidebar:
        return sidebar;
    case Ink::Card:
        return card;
    case Ink::Inset:
        return inset;
    case Ink::Row:
        return row;
    case Ink::Border:
        return border;
    case Ink::BorderStrong:
        return borderStrong;
    case Ink::Text:
        return text;
    case Ink::Text2:
        return text2;
    case Ink::Text3:
        return text3;
    case Ink::Accent:
        return accent;
    case Ink::AccentFill:
        return accentFill;
    case Ink::OnAccent:
        return onAccent;
    case Ink::AccentSoft:
        return accentSoft;
    case Ink::Ok:
        return ok;
    case Ink::OkSoft:
        return okSoft;
    case Ink::Warn:
        return warn;
    case Ink::WarnSoft:
        return warnSoft;
    case Ink::Bad:
        return bad;
    case Ink::BadSoft:
        return badSoft;
    case Ink::NeutralSoft:
        return neutralSoft;
    case Ink::LampAmber:
        return lampAmber;
    case Ink::Flag:
        return flag;
    case Ink::OnFlag:
        return onFlag;
    case Ink::Crosshair:
        return crosshair;
    }
    return text;
}

QColor Tokens::seriesColour(SeriesSlot slot) const
{
    switch (slot) {
    case SeriesSlot::Other:
        return seriesOther;
    case SeriesSlot::Bad:
        return bad;
    default:
        return series[std::size_t(slot)];
    }
}

Tokens withHeatPalette(const Tokens &from, HeatPalette palette)
{
    using Ramp = std::array<QColor, 9>;
    // Every 32nd entry of the published tables of 256: viridis by Smith and van der Walt, cividis by Nuñez, Anderton and Renslow.
    static const Ramp viridis{QColor(0x440154), QColor(0x472D7B), QColor(0x3B528B), QColor(0x2C728E), QColor(0x21918C),
                              QColor(0x28AE80), QColor(0x5EC962), QColor(0xADDC30), QColor(0xFDE725)};
    static const Ramp cividis{QColor(0x00224E), QColor(0x1A386F), QColor(0x434E6C), QColor(0x61656F), QColor(0x7D7C78),
                              QColor(0x9B9476), QColor(0xBCAE6C), QColor(0xDEC958), QColor(0xFEE838)};
    // Equal steps of lightness in OKLab.
    static const Ramp greyOnLight{QColor(0x222222), QColor(0x373737), QColor(0x4E4E4E), QColor(0x676767), QColor(0x808080),
                                  QColor(0x9A9A9A), QColor(0xB6B6B6), QColor(0xD2D2D2), QColor(0xEEEEEE)};
    static const Ramp greyOnDark{QColor(0x262626), QColor(0x3C3C3C), QColor(0x525252), QColor(0x6A6A6A), QColor(0x838383),
                                 QColor(0x9D9D9D), QColor(0xB7B7B7), QColor(0xD2D2D2), QColor(0xEEEEEE)};
    Tokens tokens = from;
    switch (palette) {
    case HeatPalette::Telltale:
        tokens.sequential = (from.isDark ? Tokens::dark() : Tokens::light()).sequential;
        return tokens;
    case HeatPalette::Viridis:
        tokens.sequential = viridis;
        break;
    case HeatPalette::Cividis:
        tokens.sequential = cividis;
        break;
    case HeatPalette::Grey:
        tokens.sequential = from.isDark ? greyOnDark : greyOnLight;
        break;
    }
    if (!from.isDark) // they go from dark to bright
        std::reverse(tokens.sequential.begin(), tokens.sequential.end());
    return tokens;
}

QColor Tokens::sequentialAt(double share) const
{
    return along(sequential, share);
}

std::vector<QRgb> Tokens::sequentialRamp(std::size_t count) const
{
    std::vector<QRgb> ramp(count);
    std::size_t blended = 0;
    colour::Blend blend(sequential[0], sequential[1]);
    for (std::size_t i = 0; i < count; ++i) {
        const Place place = placeAlong(sequential, double(i) / double(count - 1));
        if (place.below != blended)
            blend = colour::Blend(sequential[place.below], sequential[place.below + 1]);
        blended = place.below;
        ramp[i] = blend.at(place.share).rgb();
    }
    return ramp;
}

QColor Tokens::divergingAt(double share) const
{
    return along(diverging, (share + 1) / 2);
}

QPalette Tokens::palette() const
{
    QPalette p;
    p.setColor(QPalette::Window, window);
    p.setColor(QPalette::WindowText, text);
    p.setColor(QPalette::Base, card);
    p.setColor(QPalette::AlternateBase, row);
    p.setColor(QPalette::Text, text);
    p.setColor(QPalette::PlaceholderText, text3);
    p.setColor(QPalette::Button, card);
    p.setColor(QPalette::ButtonText, text);
    p.setColor(QPalette::BrightText, onAccent);
    p.setColor(QPalette::Highlight, accentFill);
    p.setColor(QPalette::HighlightedText, onAccent);
    p.setColor(QPalette::Link, accent);
    p.setColor(QPalette::LinkVisited, accent);
    p.setColor(QPalette::ToolTipBase, card);
    p.setColor(QPalette::ToolTipText, text);
    // Fusion's bevels; only its rarely seen parts still use them.
    p.setColor(QPalette::Light, isDark ? border : card);
    p.setColor(QPalette::Midlight, border);
    p.setColor(QPalette::Mid, border);
    p.setColor(QPalette::Dark, borderStrong);
    p.setColor(QPalette::Shadow, isDark ? sidebar : borderStrong);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, colour::mixOklab(text3, card, 0.35));
    p.setColor(QPalette::Disabled, QPalette::Highlight, neutralSoft);
    p.setColor(QPalette::Disabled, QPalette::HighlightedText, text3);
    return p;
}

} // namespace telltale
