// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/tokens.h"

#include <QIcon>
#include <QPixmap>

class QPainter;
class QRectF;

namespace telltale {

/// Our own icons: 24 grid, stroke 1.75, round caps, one colour. Files in resources/icons.
enum class IconId {
    Overview,
    Usage,
    Sessions,
    Errors,
    Performance,
    Journeys,
    Reports,
    Settings,
    Connect,
    Search,
    ChevronLeft,
    ChevronRight,
    ChevronDown,
    ChevronUp,
    Clock,
    ZoomOut,
    ZoomIn,
    Compare,
    Plus,
    Close,
    Check,
    More,
    Play,
    Pause,
    Slash,
    Filter,
    Copy,
    Export,
    Print,
    Calendar,
    Refresh,
    Undo,
    Archive,
    Resolve,
    Open,
    External,
    Pin,
    Note,
    Tag,
    Tap,
    Globe,
    Phone,
    ArrowRight,
    ArrowUp,
    ArrowDown,
    Warning,
    Info,
    Bolt,
    Log,
    Screen,
    User,
    Device,
    Database,
    Key,
    Help,
    Keyboard,
    Sun,
    Moon,
    Monitor,
    Qr,
    Send,
    Server,
    Shield,
    Trash,
    Menu,
    Eye,
    Drag
};
/// The name of the file without ".svg".
const char *iconName(IconId id);

/// Device pixels a logical pixel has where this painter draws: the screen's ratio, or that of an image a widget is rendered into.
double paintRatio(const QPainter &painter);
/// What is painted is kept as shapes and text (a file of SVG or PDF): pixels prepared beforehand have no place in it, and clipping does
/// nothing in SVG.
bool keepsShapes(const QPainter &painter);
/// The chevrons that point back and forth in the direction of the application: left and right, or the other way round.
IconId backIcon();
IconId forthIcon();
/// Crisp at the painter's device pixel ratio.
void paintIcon(QPainter *painter, IconId id, const QRectF &rect, const QColor &colour);
QPixmap iconPixmap(IconId id, const QColor &colour, int size, double devicePixelRatio = 1);
/// An icon whose colours follow the theme: `ink` normally, the third text colour when disabled, `on` when checked.
QIcon themedIcon(IconId id, Ink ink = Ink::Text2, Ink on = Ink::Accent);
/// A fixed colour, for print and tests.
QIcon themedIcon(IconId id, const QColor &colour, int size);
/// The application's icon: the amber lamp in its housing, in all sizes up to `largest` pixels.
QIcon appIcon(int largest = 256);
/// The lamp of the brand, drawn at any size.
void paintBrand(QPainter *painter, const QRectF &rect);

} // namespace telltale
