// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/tokens.h"

#include <QPointF>
#include <QRectF>
#include <QString>

#include <variant>
#include <vector>

class QFont;
class QPainter;

namespace telltale {

/// A place on the sequential ramp, 0..1.
struct Shade
{
    double share = 0;
    friend bool operator==(const Shade &, const Shade &) = default;
};

/// A colour by meaning, so that one drawing serves paper, light and dark.
using Paint = std::variant<Ink, SeriesSlot, Shade>;

/// Every text on paper there is, in tenths of a millimetre.
enum class PrintText { Title, Heading, Subheading, Figure, Body, BodyStrong, Small, SmallStrong, Code };

/// Prepared for a painter whose unit is a tenth of a millimetre.
const QFont &printFont(PrintText text);
/// The size of its letters in tenths of a millimetre, and whether they are strong.
double printSize(PrintText text);
bool isStrong(PrintText text);
/// The width of a line of text on paper.
double printWidth(PrintText text, const QString &line);
/// The distance of lines.
double printLeading(PrintText text);
/// `line` cut to the width, with "…" where something is missing.
QString printElided(PrintText text, const QString &line, double width);
/// `paragraph` in lines no wider than this.
std::vector<QString> printLines(PrintText text, const QString &paragraph, double width);

/// One thing on paper. Lengths are tenths of a millimetre, y grows downwards.
struct Shape
{
    enum class Kind {
        Rectangle, ///< filled; `rect`, `radius`
        Frame,     ///< outlined; `rect`, `radius`, `width`
        Line,      ///< `points`, open; `width`, `isDashed`
        Area,      ///< `points`, closed and filled
        Text,      ///< one line; its baseline begins, ends or is centred at points[0]; never wider than `width` unless that is 0
    };
    enum class Anchor { Start, Middle, End };

    Kind kind = Kind::Rectangle;
    Paint paint = Ink::Text;
    QRectF rect;
    std::vector<QPointF> points;
    QString text;
    PrintText font = PrintText::Small;
    Anchor anchor = Anchor::Start;
    double width = 0;
    double radius = 0;
    double opacity = 1;
    bool isDashed = false;

    static Shape rectangle(QRectF rect, Paint paint, double radius = 0);
    static Shape frame(QRectF rect, Paint paint, double radius, double width = 2);
    static Shape line(std::vector<QPointF> points, Paint paint, double width, bool isDashed = false);
    static Shape area(std::vector<QPointF> points, Paint paint, double opacity);
    static Shape label(QPointF at, QString text, PrintText font, Paint paint, Anchor anchor = Anchor::Start, double width = 0);
};
using Drawing = std::vector<Shape>;

/// The colour of a paint under these tokens.
QColor colourOf(const Paint &paint, const Tokens &tokens);
/// Paints shapes in their order on a painter whose unit is a tenth of a millimetre, moved by `offset`.
void paintDrawing(QPainter &painter, const Drawing &drawing, const Tokens &tokens, QPointF offset = {});
/// Appends shapes, moved.
void appendMoved(Drawing &to, const Drawing &from, QPointF offset);

} // namespace telltale
