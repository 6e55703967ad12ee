// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/heatpalette.h"
#include "widgets/theme/tokens.h"

#include <QObject>

#include <memory>
#include <optional>

namespace telltale {

/// The look of the application: light, dark or as the desktop says; switches live. Application owns one.
/// install() puts our style, palette and fonts on the QApplication; widgets then read tokensOf(this) when they paint and hear of
/// changes as QEvent::StyleChange and QEvent::PaletteChange like from any style.
/// The desktop is asked through org.freedesktop.portal.Settings (color-scheme, contrast, reduced-motion), asynchronously;
/// without one the palette's lightness decides. UI thread.
class Theme final : public QObject
{
    Q_OBJECT

public:
    enum class Mode { System, Light, Dark };
    Q_ENUM(Mode)

    /// Needs a QApplication. Nothing changes before install().
    explicit Theme(QObject *parent = nullptr);
    ~Theme() override;

    void install(Mode mode = Mode::System);
    Mode mode() const;
    void setMode(Mode mode);
    /// Reduced motion and contrast follow the desktop unless set here; none: again.
    void setReducedMotion(std::optional<bool> reduced);
    void setHighContrast(std::optional<bool> high);
    /// The ramp of heatmaps.
    void setHeatPalette(HeatPalette palette);
    /// Text size on top of the system's, 1 = as the system says.
    void setTextScale(double factor);

    bool isDark() const;
    bool isReducedMotion() const;
    const Tokens &tokens() const;

Q_SIGNALS:
    /// Colours, text size or motion are different now.
    void changed();

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// True when nothing should pulse or scroll. False without a theme.
bool isMotionReduced();

} // namespace telltale
