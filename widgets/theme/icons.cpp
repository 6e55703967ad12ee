// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/icons.h"

#include "widgets/theme/colourmath.h"
#include "widgets/theme/mirroring.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPaintEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <array>
#include <cmath>

static void initialiseIconResource()
{
    Q_INIT_RESOURCE(telltale_icons);
}

namespace telltale {

namespace {

constexpr std::array<const char *, int(IconId::Drag) + 1> kNames{
    "overview",    "usage",    "sessions",   "errors",       "performance",   "journeys",     "reports",
    "settings",    "connect",  "search",     "chevron-left", "chevron-right", "chevron-down", "chevron-up",
    "clock",       "zoom-out", "zoom-in",    "compare",      "plus",          "close",        "check",
    "more",        "play",     "pause",      "slash",        "filter",        "copy",         "export",
    "print",       "calendar", "refresh",    "undo",         "archive",       "resolve",      "open",
    "external",    "pin",      "note",       "tag",          "tap",           "globe",        "phone",
    "arrow-right", "arrow-up", "arrow-down", "warning",      "info",          "bolt",         "log",
    "screen",      "user",     "device",     "database",     "key",           "help",         "keyboard",
    "sun",         "moon",     "monitor",    "qr",           "send",          "server",       "shield",
    "trash",       "menu",     "eye",        "drag"};

QByteArray svgOf(IconId id, const QColor &colour)
{
    static const bool isReady = [] {
        initialiseIconResource();
        return true;
    }();
    Q_UNUSED(isReady)
    QFile file(QStringLiteral(":/icons/%1.svg").arg(QLatin1String(iconName(id))));
    QByteArray svg = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    return svg.replace("currentColor", colour.name(QColor::HexRgb).toLatin1());
}

/// Looks its colours up whenever it paints, so that a change of theme needs no new icons.
class ThemedIconEngine final : public QIconEngine
{
public:
    ThemedIconEngine(IconId id, Ink ink, Ink on)
        : m_id(id)
        , m_ink(ink)
        , m_on(on)
    {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        paintIcon(painter, m_id, rect, colourFor(mode, state));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1);
    }
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal) override
    {
        // Qt asks in device pixels here.
        return iconPixmap(m_id, colourFor(mode, state), std::min(size.width(), size.height()), 1);
    }
    QIconEngine *clone() const override { return new ThemedIconEngine(*this); }

private:
    QColor colourFor(QIcon::Mode mode, QIcon::State state) const
    {
        const Tokens &tokens = tokensOf();
        if (mode == QIcon::Disabled)
            return tokens.text3;
        return tokens.ink(state == QIcon::On ? m_on : m_ink);
    }

    IconId m_id;
    Ink m_ink, m_on;
};

} // namespace

const char *iconName(IconId id)
{
    return kNames[std::size_t(id)];
}

QPixmap iconPixmap(IconId id, const QColor &colour, int size, double devicePixelRatio)
{
    const QString key = QStringLiteral("tt-%1-%2-%3-%4")
                            .arg(int(id))
                            .arg(colour.rgba(), 0, 16)
                            .arg(size)
                            .arg(devicePixelRatio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QSvgRenderer renderer(svgOf(id, colour));
    const int pixels = std::max(1, int(std::lround(size * devicePixelRatio)));
    pixmap = QPixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(colour.alphaF());
    renderer.render(&painter, QRectF(0, 0, pixels, pixels));
    painter.end();
    pixmap.setDevicePixelRatio(devicePixelRatio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

double paintRatio(const QPainter &painter)
{
    // The device alone does not know: a widget that is rendered into an image of twice the size still says 1.
    return std::max(1.0, std::sqrt(std::abs(painter.deviceTransform().determinant())));
}

bool keepsShapes(const QPainter &painter)
{
    const QPaintEngine *engine = painter.paintEngine();
    return engine && (engine->type() == QPaintEngine::SVG || engine->type() == QPaintEngine::Pdf);
}

IconId backIcon()
{
    return QGuiApplication::isRightToLeft() ? IconId::ChevronRight : IconId::ChevronLeft;
}

IconId forthIcon()
{
    return QGuiApplication::isRightToLeft() ? IconId::ChevronLeft : IconId::ChevronRight;
}

void paintIcon(QPainter *painter, IconId id, const QRectF &rect, const QColor &colour)
{
    const double side = std::min(rect.width(), rect.height());
    if (keepsShapes(*painter)) {
        const Upright upright(painter, rect);
        painter->save();
        painter->setOpacity(painter->opacity() * colour.alphaF());
        QSvgRenderer(svgOf(id, colour)).render(painter, QRectF(rect.center() - QPointF(side / 2, side / 2), QSizeF(side, side)));
        painter->restore();
        return;
    }
    const double ratio = paintRatio(*painter);
    const QPixmap pixmap = iconPixmap(id, colour, int(std::lround(side)), ratio);
    const Upright upright(painter, rect);
    const QPointF corner = rect.center() - QPointF(side / 2, side / 2);
    painter->drawPixmap(
        QPointF(std::round(corner.x() * ratio) / ratio, std::round(corner.y() * ratio) / ratio), pixmap);
}

QIcon themedIcon(IconId id, Ink ink, Ink on)
{
    return QIcon(new ThemedIconEngine(id, ink, on));
}

QIcon themedIcon(IconId id, const QColor &colour, int size)
{
    QIcon made(iconPixmap(id, colour, size, 1));
    made.addPixmap(iconPixmap(id, colour, size, 2));
    return made;
}

void paintBrand(QPainter *painter, const QRectF &rect)
{
    const Tokens &tokens = tokensOf();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const double side = std::min(rect.width(), rect.height());
    const QPointF centre = rect.center();
    const QRectF box(centre - QPointF(side / 2, side / 2), QSizeF(side, side));
    painter->setPen(Qt::NoPen);
    painter->setBrush(tokens.lampHousing);
    painter->drawRoundedRect(box, side * 0.22, side * 0.22);
    const QPointF lamp = centre + QPointF(0, side * 0.06);
    QRadialGradient halo(lamp, side * 0.46);
    halo.setColorAt(0, colour::faded(tokens.lampAmber, 0.55));
    halo.setColorAt(0.5, colour::faded(tokens.lampAmber, 0.20));
    halo.setColorAt(1, colour::faded(tokens.lampAmber, 0));
    painter->setBrush(halo);
    painter->drawEllipse(lamp, side * 0.46, side * 0.46);
    // The arc of the instrument above the lamp.
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(colour::faded(tokens.lampAmber, 0.75), side * 0.035, Qt::SolidLine, Qt::RoundCap));
    painter->drawArc(QRectF(lamp - QPointF(side * 0.34, side * 0.34), QSizeF(side * 0.68, side * 0.68)),
                     35 * 16, 110 * 16);
    QRadialGradient glass(lamp - QPointF(side * 0.06, side * 0.07), side * 0.24);
    glass.setColorAt(0, colour::mixOklab(tokens.lampAmber, tokens.onAccent, 0.75));
    glass.setColorAt(0.55, tokens.lampAmber);
    glass.setColorAt(1, colour::mixOklab(tokens.lampAmber, tokens.lampHousing, 0.18));
    painter->setPen(Qt::NoPen);
    painter->setBrush(glass);
    painter->drawEllipse(lamp, side * 0.19, side * 0.19);
    painter->restore();
}

QIcon appIcon(int largest)
{
    QIcon made;
    for (const int size : {16, 22, 24, 32, 48, 64, 128, 256}) {
        if (size > largest)
            break;
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paintBrand(&painter, QRectF(0, 0, size, size));
        painter.end();
        made.addPixmap(pixmap);
    }
    return made;
}

} // namespace telltale
