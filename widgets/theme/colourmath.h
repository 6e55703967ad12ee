// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

/// Arithmetic of colours, pure functions. OKLab after B. Ottosson (2020), contrast after WCAG 2.2, colour-vision
/// deficiencies after Machado, Oliveira and Fernandes (2009) at severity 1.
namespace telltale::colour {

struct Oklab
{
    double l = 0; ///< lightness 0..1
    double a = 0, b = 0;
};

Oklab toOklab(const QColor &colour);
/// Out-of-gamut channels are clipped. Opaque.
QColor fromOklab(const Oklab &lab);
/// Two colours of which many mixtures are wanted: what they are in OKLab is reckoned once.
class Blend
{
public:
    Blend(const QColor &from, const QColor &to);
    /// `share` 0 is `from`, 1 is `to`; alpha is mixed linearly.
    QColor at(double share) const;

private:
    Oklab m_from, m_to;
    double m_fromAlpha, m_toAlpha;
};

/// One mixture.
QColor mixOklab(const QColor &from, const QColor &to, double share);
/// Euclidean distance in OKLab, times 100 (the scale of the palette's table).
double distance(const QColor &one, const QColor &other);

/// WCAG relative luminance, 0..1, and contrast ratio, 1..21.
double luminance(const QColor &colour);
double contrast(const QColor &one, const QColor &other);

enum class Vision { Normal, Protan, Deutan, Tritan };
/// How a person with this kind of vision sees the colour.
QColor seenBy(Vision vision, const QColor &colour);

/// `top` with its alpha laid over opaque `ground`.
QColor over(const QColor &top, const QColor &ground);
/// The same colour with another opacity, 0..1.
QColor faded(const QColor &colour, double opacity);
/// Whichever of the two reads better on `ground`.
QColor readable(const QColor &ground, const QColor &one, const QColor &other);

} // namespace telltale::colour
