// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/fonts.h"

#include "widgets/theme/mirroring.h"
#include "widgets/theme/tokens.h"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QHash>
#include <QPainter>
#include <QTextOption>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace telltale {

namespace {

struct RoleSpec
{
    double pixels;
    QFont::Weight weight;
    enum Family { Text, Display, Mono } family;
};

constexpr int kRoles = int(FontRole::CodeSmall) + 1;

constexpr std::array<RoleSpec, kRoles> kSpecs{{
    {27, QFont::DemiBold, RoleSpec::Display}, // KpiNumber
    {21, QFont::DemiBold, RoleSpec::Display}, // TrackValue
    {19, QFont::DemiBold, RoleSpec::Display}, // ViewTitle
    {16, QFont::DemiBold, RoleSpec::Display}, // TrackValueSmall
    {13, QFont::Normal, RoleSpec::Text},      // Body
    {13, QFont::Medium, RoleSpec::Text},      // BodyMedium
    {13, QFont::DemiBold, RoleSpec::Text},    // BodyStrong
    {12, QFont::Normal, RoleSpec::Text},      // Secondary
    {12.5, QFont::Medium, RoleSpec::Text},    // SecondaryMedium
    {12, QFont::DemiBold, RoleSpec::Text},    // SecondaryStrong
    {11.5, QFont::Normal, RoleSpec::Text},    // Caption
    {11, QFont::Normal, RoleSpec::Text},      // Axis
    {11, QFont::DemiBold, RoleSpec::Text},    // AxisStrong
    {10.5, QFont::DemiBold, RoleSpec::Text},  // GroupLabel
    {12, QFont::Normal, RoleSpec::Mono},      // Code
    {11, QFont::Normal, RoleSpec::Mono},      // CodeSmall
}};

struct FontState
{
    double scale = 1;
    bool isBundled = true;
    std::array<std::optional<QFont>, kRoles> cache;
};

FontState &state()
{
    static FontState fonts;
    return fonts;
}

QStringList familiesFor(RoleSpec::Family family)
{
    switch (family) {
    case RoleSpec::Mono:
        return {QStringLiteral("JetBrains Mono"), QStringLiteral("DejaVu Sans Mono"),
                QStringLiteral("Liberation Mono"), QStringLiteral("monospace")};
    case RoleSpec::Display:
        return {QStringLiteral("Inter Display"), QStringLiteral("Inter"), QStringLiteral("Noto Sans"),
                QStringLiteral("DejaVu Sans"), QStringLiteral("sans-serif")};
    case RoleSpec::Text:
        break;
    }
    return {QStringLiteral("Inter"), QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans"),
            QStringLiteral("sans-serif")};
}

QFont makeFont(const RoleSpec &spec)
{
    QFont f = QGuiApplication::font();
    if (state().isBundled || spec.family == RoleSpec::Mono)
        f.setFamilies(familiesFor(spec.family));
    // 10 pt stands for 13 px: three quarters of a point a pixel at 96 dpi.
    f.setPointSizeF(spec.pixels * 0.75 * state().scale);
    f.setWeight(spec.weight);
    f.setHintingPreference(QFont::PreferNoHinting);
    f.setStyleStrategy(QFont::PreferAntialias);
    if (spec.family == RoleSpec::Mono)
        f.setStyleHint(QFont::Monospace);
    return f;
}

double widestDigit(const QFontMetricsF &metrics)
{
    double widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit)
        widest = std::max(widest, metrics.horizontalAdvance(QChar(digit)));
    return widest;
}

bool isAsciiDigit(QChar c)
{
    return c >= QLatin1Char('0') && c <= QLatin1Char('9');
}

} // namespace

const QFont &fontFor(FontRole role)
{
    auto &cached = state().cache[std::size_t(role)];
    if (!cached)
        cached = makeFont(kSpecs[std::size_t(role)]);
    return *cached;
}

double fontScale()
{
    return state().scale;
}

void setFontScale(double factor)
{
    state().scale = std::clamp(factor, 0.5, 3.0);
    resetFonts();
}

void resetFonts()
{
    state().cache.fill(std::nullopt);
}

void setUseBundledFonts(bool bundled)
{
    state().isBundled = bundled;
    resetFonts();
}

int scaled(double pixels)
{
    return int(std::lround(pixels * state().scale));
}

} // namespace telltale

// Q_INIT_RESOURCE must stand outside of namespaces, and the file of the resource exists only if the fonts were found.
#ifdef TELLTALE_EMBEDDED_FONTS
static void initialiseFontResource()
{
    Q_INIT_RESOURCE(telltale_fonts);
}
#else
static void initialiseFontResource() {}
#endif

namespace telltale {

void loadFonts()
{
    static bool isLoaded = false;
    if (isLoaded)
        return;
    isLoaded = true;
    if (QFontDatabase::hasFamily(QStringLiteral("Inter")) &&
        QFontDatabase::hasFamily(QStringLiteral("Inter Display")) &&
        QFontDatabase::hasFamily(QStringLiteral("JetBrains Mono")))
        return;
    initialiseFontResource();
#ifdef TELLTALE_EMBEDDED_FONTS
    const QString names = QStringLiteral(TELLTALE_EMBEDDED_FONTS);
    for (const QString &name : names.split(QLatin1Char(','), Qt::SkipEmptyParts))
        QFontDatabase::addApplicationFont(QStringLiteral(":/fonts/") + name);
#endif
    resetFonts();
}

double tabularWidth(const QFont &font, const QString &text)
{
    const QFontMetricsF metrics(font);
    const double cell = widestDigit(metrics);
    double width = 0;
    for (const QChar c : text)
        width += isAsciiDigit(c) ? cell : metrics.horizontalAdvance(c);
    return width;
}

void drawTabular(QPainter *painter, const QRectF &rect, Qt::Alignment absolute, const QString &text)
{
    if (text.isRightToLeft()) { // letters that join, in an order that only the layout knows
        drawWords(painter, rect, absolute, text);
        return;
    }
    const Qt::Alignment alignment = mirrored(*painter, absolute);
    const Upright upright(painter, rect);
    const QFontMetricsF metrics(painter->font());
    const double cell = widestDigit(metrics);
    const double width = tabularWidth(painter->font(), text);
    double x = rect.left();
    if (alignment & Qt::AlignRight)
        x = rect.right() - width;
    else if (alignment & Qt::AlignHCenter)
        x = rect.center().x() - width / 2;
    else if (!text.isEmpty() && isAsciiDigit(text.front())) // optical left edge
        x -= (cell - metrics.horizontalAdvance(text.front())) / 2;
    double baseline = rect.top() + metrics.ascent();
    if (alignment & Qt::AlignVCenter)
        baseline = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2;
    else if (alignment & Qt::AlignBottom)
        baseline = rect.bottom() - metrics.descent();
    for (const QChar c : text) {
        const double advance = metrics.horizontalAdvance(c);
        const double box = isAsciiDigit(c) ? cell : advance;
        painter->drawText(QPointF(x + (box - advance) / 2, baseline), QString(c));
        x += box;
    }
}

void drawElided(QPainter *painter, const QRectF &rect, Qt::Alignment alignment, const QString &text,
                Qt::TextElideMode mode)
{
    const QFontMetricsF metrics(painter->font());
    // Line breaks would move the text out of its single line.
    QString line = text;
    line.replace(QLatin1Char('\n'), QLatin1Char(' '));
    drawWords(painter, rect, alignment, metrics.elidedText(line, mode, rect.width() + 0.5));
}

} // namespace telltale
