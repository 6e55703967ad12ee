// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/tokens.h"

#include <QProxyStyle>

namespace telltale {

/// Fusion with our shapes: buttons, inputs, headers, scroll bars, menus, checks and the one focus ring (2 px accent).
/// No style sheets anywhere: they cut palette inheritance and change content boxes. Carries the tokens of its theme.
///
/// Dynamic properties it understands: "primary" (bool, push buttons: filled), "danger" (bool), "flat" (tool and push buttons without
/// border), "segment" (tool buttons inside a joined group: "first", "middle", "last"), "invalid" (line edits).
class Style final : public QProxyStyle
{
    Q_OBJECT

public:
    explicit Style(const Tokens &tokens, bool isMotionReduced = false);

    const Tokens &tokens() const { return m_tokens; }
    bool isMotionReduced() const { return m_isMotionReduced; }
    /// The owner sets the palette afterwards, which makes every widget repaint.
    void setTokens(const Tokens &tokens, bool isMotionReduced);

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                         const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget = nullptr) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *returnData) const override;
    /// Ours for what the window shows; Qt would look through the desktop's icon themes before the first paint.
    QIcon standardIcon(StandardPixmap icon, const QStyleOption *option = nullptr, const QWidget *widget = nullptr) const override;
    QPalette standardPalette() const override;
    void polish(QWidget *widget) override;
    using QProxyStyle::polish;

private:
    void drawButton(const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    void drawField(const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    /// Icon and text as one group in the middle, 6 px apart.
    void drawIconAndText(const QStyleOption *option, const QIcon &icon, const QSize &iconSize,
                         const QString &text, const QColor &ink, QPainter *painter) const;
    void drawCheck(const QStyleOption *option, QPainter *painter, bool isRound) const;
    void drawScrollBar(const QStyleOptionComplex *option, QPainter *painter) const;
    void drawMenuItem(const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    void drawHeader(const QStyleOption *option, QPainter *painter) const;
    void drawComboBox(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const;

    Tokens m_tokens;
    bool m_isMotionReduced = false;
};

/// The focus ring: 2 px accent on the inside of `rect`.
void drawFocusRing(QPainter *painter, const QRectF &rect, double radius, const Tokens &tokens);

} // namespace telltale
