// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/colourmath.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace telltale::colour {

namespace {

using Triple = std::array<double, 3>;

double toLinear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double fromLinear(double channel)
{
    channel = std::clamp(channel, 0.0, 1.0);
    return channel <= 0.0031308 ? channel * 12.92 : 1.055 * std::pow(channel, 1 / 2.4) - 0.055;
}

Triple linearOf(const QColor &colour)
{
    return {toLinear(colour.redF()), toLinear(colour.greenF()), toLinear(colour.blueF())};
}

QColor ofLinear(const Triple &rgb)
{
    return QColor::fromRgb(int(std::lround(fromLinear(rgb[0]) * 255)),
                           int(std::lround(fromLinear(rgb[1]) * 255)),
                           int(std::lround(fromLinear(rgb[2]) * 255)));
}

} // namespace

Oklab toOklab(const QColor &colour)
{
    const Triple c = linearOf(colour);
    const double l = std::cbrt(0.4122214708 * c[0] + 0.5363325363 * c[1] + 0.0514459929 * c[2]);
    const double m = std::cbrt(0.2119034982 * c[0] + 0.6806995451 * c[1] + 0.1073969566 * c[2]);
    const double s = std::cbrt(0.0883024619 * c[0] + 0.2817188376 * c[1] + 0.6299787005 * c[2]);
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

QColor fromOklab(const Oklab &lab)
{
    const auto cube = [](double v) { return v * v * v; };
    const double l = cube(lab.l + 0.3963377774 * lab.a + 0.2158037573 * lab.b);
    const double m = cube(lab.l - 0.1055613458 * lab.a - 0.0638541728 * lab.b);
    const double s = cube(lab.l - 0.0894841775 * lab.a - 1.2914855480 * lab.b);
    return ofLinear({4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
                     -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
                     -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s});
}

Blend::Blend(const QColor &from, const QColor &to)
    : m_from(toOklab(from))
    , m_to(toOklab(to))
    , m_fromAlpha(from.alphaF())
    , m_toAlpha(to.alphaF())
{}

QColor Blend::at(double share) const
{
    const auto mix = [share](double x, double y) { return x + (y - x) * share; };
    QColor mixed = fromOklab({mix(m_from.l, m_to.l), mix(m_from.a, m_to.a), mix(m_from.b, m_to.b)});
    mixed.setAlphaF(float(mix(m_fromAlpha, m_toAlpha)));
    return mixed;
}

QColor mixOklab(const QColor &from, const QColor &to, double share)
{
    return Blend(from, to).at(share);
}

double distance(const QColor &one, const QColor &other)
{
    const Oklab a = toOklab(one), b = toOklab(other);
    return 100 * std::hypot(a.l - b.l, a.a - b.a, a.b - b.b);
}

double luminance(const QColor &colour)
{
    const Triple c = linearOf(colour);
    return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
}

double contrast(const QColor &one, const QColor &other)
{
    const double a = luminance(one), b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

QColor seenBy(Vision vision, const QColor &colour)
{
    static constexpr std::array<std::array<double, 9>, 3> kMatrices{{
        {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
        {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
        {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900},
    }};
    if (vision == Vision::Normal)
        return colour;
    const auto &m = kMatrices[std::size_t(vision) - 1];
    const Triple c = linearOf(colour);
    return ofLinear({m[0] * c[0] + m[1] * c[1] + m[2] * c[2], m[3] * c[0] + m[4] * c[1] + m[5] * c[2],
                     m[6] * c[0] + m[7] * c[1] + m[8] * c[2]});
}

QColor over(const QColor &top, const QColor &ground)
{
    const double alpha = top.alphaF();
    const auto lay = [alpha](int t, int g) { return int(std::lround(t * alpha + g * (1 - alpha))); };
    return QColor::fromRgb(lay(top.red(), ground.red()), lay(top.green(), ground.green()),
                           lay(top.blue(), ground.blue()));
}

QColor faded(const QColor &colour, double opacity)
{
    QColor c = colour;
    c.setAlphaF(float(std::clamp(opacity, 0.0, 1.0)));
    return c;
}

QColor readable(const QColor &ground, const QColor &one, const QColor &other)
{
    return contrast(ground, one) >= contrast(ground, other) ? one : other;
}

} // namespace telltale::colour
