// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/drawing.h"

#include "widgets/theme/fonts.h"

#include <QFont>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <QTextBoundaryFinder>

#include <algorithm>
#include <array>

namespace telltale {
namespace {

struct PrintSpec
{
    int size; ///< tenths of a millimetre; 3.53 to the point
    QFont::Weight weight;
    FontRole family;
};

constexpr std::array<PrintSpec, 9> kPrintSpecs{{
    {68, QFont::DemiBold, FontRole::ViewTitle},
    {42, QFont::DemiBold, FontRole::ViewTitle},
    {32, QFont::DemiBold, FontRole::BodyStrong},
    {52, QFont::DemiBold, FontRole::ViewTitle},
    {31, QFont::Normal, FontRole::Body},
    {31, QFont::DemiBold, FontRole::BodyStrong},
    {26, QFont::Normal, FontRole::Body},
    {26, QFont::DemiBold, FontRole::BodyStrong},
    {25, QFont::Normal, FontRole::Code},
}};
constexpr double kLeading = 1.42;

const PrintSpec &specOf(PrintText text)
{
    return kPrintSpecs[static_cast<std::size_t>(text)];
}

QFont makePrintFont(const PrintSpec &spec)
{
    QFont font = fontFor(spec.family);
    font.setPixelSize(spec.size);
    font.setWeight(spec.weight);
    font.setHintingPreference(QFont::PreferNoHinting);
    if (spec.family == FontRole::Code) // its arrows for -> and != are glyphs that no character leads to
        font.setStyleStrategy(static_cast<QFont::StyleStrategy>(font.styleStrategy() | QFont::PreferNoShaping));
    return font;
}

bool isReadFromTheRight(const QString &line)
{
    return std::any_of(line.begin(), line.end(),
                       [](QChar c) { return c.direction() == QChar::DirR || c.direction() == QChar::DirAL; });
}

/// Marks for which Inter has other glyphs between capitals or digits ("13:07", "A-B", "(A)", "->"). No character leads to those, so a
/// PDF that holds them can not be searched or copied from. Qt has no switch for it before 6.7; a mark on its own has no context.
bool isChangedByContext(const QString &line, qsizetype at)
{
    static const QString kAlike = QStringLiteral(".,;'\"!?%&#/_·’…");
    const QChar c = line[at];
    if (c == u'x' || c == u'X') // a sign of multiplication between digits
        return at > 0 && line[at - 1].isDigit();
    return (c.isPunct() || c.isSymbol()) && !kAlike.contains(c);
}

/// Calls `visit` with the parts of a line that are set one after the other, each without regard to the others.
template<typename Visit>
void forParts(const QString &line, Visit &&visit)
{
    qsizetype start = 0;
    if (!isReadFromTheRight(line)) { // only the layout knows the order of such a line
        for (qsizetype at = 0; at < line.size(); ++at) {
            if (!isChangedByContext(line, at))
                continue;
            if (at > start)
                visit(line.mid(start, at - start));
            qsizetype end = at + 1;
            while (end < line.size() && line[end].isMark()) // accents stay where they are
                ++end;
            visit(line.mid(at, end - at));
            start = end;
            at = end - 1;
        }
    }
    if (start < line.size())
        visit(line.mid(start));
}

QPainterPath pathOf(const std::vector<QPointF> &points)
{
    QPainterPath path(points.front());
    for (std::size_t i = 1; i < points.size(); ++i)
        path.lineTo(points[i]);
    return path;
}

void paintText(QPainter &painter, const Shape &shape)
{
    painter.setFont(printFont(shape.font));
    const QString text = shape.width > 0 ? printElided(shape.font, shape.text, shape.width) : shape.text;
    QPointF at = shape.points.front();
    if (shape.anchor == Shape::Anchor::End)
        at.rx() -= printWidth(shape.font, text);
    else if (shape.anchor == Shape::Anchor::Middle)
        at.rx() -= printWidth(shape.font, text) / 2;
    const QFontMetricsF metrics(printFont(shape.font));
    forParts(text, [&](const QString &part) {
        painter.drawText(at, part);
        at.rx() += metrics.horizontalAdvance(part);
    });
}

void paintShape(QPainter &painter, const Shape &shape, const Tokens &tokens)
{
    QColor colour = colourOf(shape.paint, tokens);
    colour.setAlphaF(static_cast<float>(colour.alphaF() * shape.opacity));
    const auto pen = [&] {
        QPen made(colour, shape.width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
        if (shape.isDashed)
            made.setDashPattern({8 / shape.width, 8 / shape.width});
        return made;
    };
    switch (shape.kind) {
    case Shape::Kind::Rectangle:
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        if (shape.radius > 0)
            painter.drawRoundedRect(shape.rect, shape.radius, shape.radius);
        else
            painter.drawRect(shape.rect);
        break;
    case Shape::Kind::Frame:
        painter.setPen(pen());
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(shape.rect, shape.radius, shape.radius);
        break;
    case Shape::Kind::Line:
        painter.strokePath(pathOf(shape.points), pen());
        break;
    case Shape::Kind::Area:
        painter.fillPath(pathOf(shape.points), colour);
        break;
    case Shape::Kind::Text:
        painter.setPen(colour);
        paintText(painter, shape);
        break;
    }
}

} // namespace

const QFont &printFont(PrintText text)
{
    static const auto fonts = [] {
        std::array<QFont, kPrintSpecs.size()> made;
        for (std::size_t i = 0; i < made.size(); ++i)
            made[i] = makePrintFont(kPrintSpecs[i]);
        return made;
    }();
    return fonts[static_cast<std::size_t>(text)];
}

double printSize(PrintText text)
{
    return specOf(text).size;
}

bool isStrong(PrintText text)
{
    return specOf(text).weight > QFont::Normal;
}

double printWidth(PrintText text, const QString &line)
{
    const QFontMetricsF metrics(printFont(text));
    double width = 0;
    forParts(line, [&](const QString &part) { width += metrics.horizontalAdvance(part); });
    return width;
}

double printLeading(PrintText text)
{
    return specOf(text).size * kLeading;
}

QString printElided(PrintText text, const QString &line, double width)
{
    if (printWidth(text, line) <= width)
        return line;
    QTextBoundaryFinder letters(QTextBoundaryFinder::Grapheme, line);
    QString fits = QStringLiteral("…");
    for (qsizetype at = letters.toNextBoundary(); at >= 0; at = letters.toNextBoundary()) {
        const QString cut = line.left(at).trimmed() + QStringLiteral("…");
        if (printWidth(text, cut) > width)
            break;
        fits = cut;
    }
    return fits;
}

std::vector<QString> printLines(PrintText text, const QString &paragraph, double width)
{
    std::vector<QString> lines;
    const auto isWide = [&](qsizetype from, qsizetype to) {
        return printWidth(text, paragraph.mid(from, to - from).trimmed()) > width;
    };
    qsizetype start = 0;
    const auto endLine = [&](qsizetype at) {
        lines.push_back(paragraph.mid(start, at - start).trimmed());
        start = at;
    };
    QTextBoundaryFinder words(QTextBoundaryFinder::Line, paragraph);
    qsizetype fits = 0;
    for (qsizetype at = words.toNextBoundary(); at >= 0; at = words.toNextBoundary()) {
        if (fits > start && isWide(start, at))
            endLine(fits);
        while (isWide(start, at)) { // one word wider than a line is broken where the line ends
            qsizetype end = start + 1;
            while (end < at && !isWide(start, end + 1))
                ++end;
            endLine(end);
        }
        fits = at;
    }
    if (start < paragraph.size())
        endLine(paragraph.size());
    return lines;
}

Shape Shape::rectangle(QRectF rect, Paint paint, double radius)
{
    Shape shape;
    shape.kind = Kind::Rectangle;
    shape.paint = paint;
    shape.rect = rect;
    shape.radius = radius;
    return shape;
}

Shape Shape::frame(QRectF rect, Paint paint, double radius, double width)
{
    Shape shape = rectangle(rect, paint, radius);
    shape.kind = Kind::Frame;
    shape.width = width;
    return shape;
}

Shape Shape::line(std::vector<QPointF> points, Paint paint, double width, bool isDashed)
{
    Shape shape;
    shape.kind = Kind::Line;
    shape.paint = paint;
    shape.points = std::move(points);
    shape.width = width;
    shape.isDashed = isDashed;
    return shape;
}

Shape Shape::area(std::vector<QPointF> points, Paint paint, double opacity)
{
    Shape shape;
    shape.kind = Kind::Area;
    shape.paint = paint;
    shape.points = std::move(points);
    shape.opacity = opacity;
    return shape;
}

Shape Shape::label(QPointF at, QString text, PrintText font, Paint paint, Anchor anchor, double width)
{
    Shape shape;
    shape.kind = Kind::Text;
    shape.paint = paint;
    shape.points = {at};
    shape.text = std::move(text);
    shape.font = font;
    shape.anchor = anchor;
    shape.width = width;
    return shape;
}

QColor colourOf(const Paint &paint, const Tokens &tokens)
{
    if (const auto *ink = std::get_if<Ink>(&paint))
        return tokens.ink(*ink);
    if (const auto *slot = std::get_if<SeriesSlot>(&paint))
        return tokens.seriesColour(*slot);
    return tokens.sequentialAt(std::get<Shade>(paint).share);
}

void paintDrawing(QPainter &painter, const Drawing &drawing, const Tokens &tokens, QPointF offset)
{
    painter.save();
    painter.translate(offset);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::TextAntialiasing);
    for (const Shape &shape : drawing)
        paintShape(painter, shape, tokens);
    painter.restore();
}

void appendMoved(Drawing &to, const Drawing &from, QPointF offset)
{
    to.reserve(to.size() + from.size());
    for (Shape shape : from) {
        shape.rect.translate(offset);
        for (QPointF &point : shape.points)
            point += offset;
        to.push_back(std::move(shape));
    }
}

} // namespace telltale
