// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/theme.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/portal.h"
#include "widgets/theme/style.h"

#include <QApplication>
#include <QPointer>
#include <QToolTip>

#include <optional>

namespace telltale {

namespace {

/// Kept beside QApplication::style(), which a style sheet set by a guest would wrap and hide.
QPointer<Style> &installedStyle()
{
    static QPointer<Style> style;
    return style;
}

/// What the desktop said before we set fonts and colours of our own: asked once, however many themes a process makes.
struct SystemLook
{
    double textScale = 1;
    bool isDark = false;
};

const SystemLook &systemLook()
{
    static const SystemLook look = [] {
        SystemLook found;
        found.isDark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
        const double points = QGuiApplication::font().pointSizeF();
        // 10 pt is 100 %. Qt's built-in default of 9 pt, where no desktop says anything, counts as 100 % too.
        const bool isBuiltIn = qFuzzyCompare(points, 9.0) &&
                               qEnvironmentVariableIsEmpty("QT_QPA_PLATFORMTHEME") &&
                               qEnvironmentVariableIsEmpty("XDG_CURRENT_DESKTOP");
        if (points > 0 && !isBuiltIn)
            found.textScale = points / 10;
        return found;
    }();
    return look;
}

} // namespace

class Theme::Private
{
public:
    explicit Private(Theme *theme)
        : q(theme)
    {}

    bool wantsDark() const
    {
        if (mode != Mode::System)
            return mode == Mode::Dark;
        if (portal.colourScheme() == Portal::ColourScheme::NoPreference)
            return systemLook().isDark;
        return portal.colourScheme() == Portal::ColourScheme::Dark;
    }
    void apply()
    {
        const bool isHigh = highContrast.value_or(portal.isContrastHigh());
        const bool isReduced = reducedMotion.value_or(portal.isMotionReduced());
        Tokens wanted = wantsDark() ? Tokens::dark() : Tokens::light();
        if (isHigh)
            wanted = wanted.withHighContrast();
        if (heatPalette != HeatPalette::Telltale)
            wanted = withHeatPalette(wanted, heatPalette);
        const double scale = systemLook().textScale * textScale;
        if (style && style->tokens().isDark == wanted.isDark && style->tokens().isHighContrast == isHigh && style->tokens().sequential == wanted.sequential &&
            style->isMotionReduced() == isReduced && qFuzzyCompare(fontScale(), scale))
            return;
        setFontScale(scale);
        if (!style) {
            style = new Style(wanted, isReduced);
            installedStyle() = style;
            QApplication::setStyle(style); // which owns it from now on
        } else {
            const bool isRampAlone = style->tokens().sequential != wanted.sequential && QApplication::palette() == wanted.palette();
            style->setTokens(wanted, isReduced);
            if (isRampAlone)
                tellWidgets();
        }
        QApplication::setFont(fontFor(FontRole::Body));
        QApplication::setFont(fontFor(FontRole::Secondary), "QTipLabel");
        QApplication::setFont(fontFor(FontRole::SecondaryMedium), "QAbstractButton");
        QApplication::setFont(fontFor(FontRole::SecondaryMedium), "QComboBox");
        QApplication::setFont(fontFor(FontRole::SecondaryStrong), "QHeaderView");
        QApplication::setFont(fontFor(FontRole::Secondary), "QStatusBar");
        QApplication::setPalette(wanted.palette());
        QToolTip::setPalette(wanted.palette());
        Q_EMIT q->changed();
    }

    /// Qt tells widgets of another palette, and knows nothing of ramps.
    static void tellWidgets()
    {
        const QWidgetList widgets = QApplication::allWidgets();
        for (QWidget *widget : widgets) {
            QEvent event(QEvent::StyleChange);
            QCoreApplication::sendEvent(widget, &event);
            widget->update();
        }
    }

    Theme *q;
    Portal portal;
    QPointer<Style> style;
    Mode mode = Mode::System;
    bool isInstalled = false;
    double textScale = 1;
    std::optional<bool> reducedMotion, highContrast;
    HeatPalette heatPalette = HeatPalette::Telltale;
};

Theme::Theme(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{}

Theme::~Theme() = default;

void Theme::install(Mode mode)
{
    systemLook();
    d->mode = mode;
    d->isInstalled = true;
    loadFonts();
    connect(&d->portal, &Portal::changed, this, [this] { d->apply(); });
    d->portal.start();
    d->apply();
}

Theme::Mode Theme::mode() const
{
    return d->mode;
}

void Theme::setMode(Mode mode)
{
    d->mode = mode;
    if (d->isInstalled)
        d->apply();
}

void Theme::setReducedMotion(std::optional<bool> reduced)
{
    d->reducedMotion = reduced;
    if (d->isInstalled)
        d->apply();
}

void Theme::setHighContrast(std::optional<bool> high)
{
    d->highContrast = high;
    if (d->isInstalled)
        d->apply();
}

void Theme::setHeatPalette(HeatPalette palette)
{
    d->heatPalette = palette;
    if (d->isInstalled)
        d->apply();
}

void Theme::setTextScale(double factor)
{
    d->textScale = factor;
    if (d->isInstalled)
        d->apply();
}

bool Theme::isDark() const
{
    return d->style ? d->style->tokens().isDark : d->wantsDark();
}

bool Theme::isReducedMotion() const
{
    return d->style && d->style->isMotionReduced();
}

const Tokens &Theme::tokens() const
{
    if (d->style)
        return d->style->tokens();
    return d->wantsDark() ? Tokens::dark() : Tokens::light();
}

const Tokens &tokensOf(const QWidget *widget)
{
    if (widget)
        if (const auto *own = qobject_cast<const Style *>(widget->style()))
            return own->tokens();
    return installedStyle() ? installedStyle()->tokens() : Tokens::light();
}

bool isMotionReduced()
{
    return installedStyle() && installedStyle()->isMotionReduced();
}

} // namespace telltale
