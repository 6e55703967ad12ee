// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/reportpages.h"

#include "widgets/report/reportcharts.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>
#include <span>

namespace telltale {
namespace {

constexpr double kTop = 150;
constexpr double kHeader = 90; ///< of the first page
constexpr double kBottom = 170;
constexpr double kBlockGap = 44;
constexpr double kPartGap = 62;
constexpr double kCell = 22;      ///< between columns
constexpr double kMostAir = 70;   ///< that a column gets beyond what it needs
constexpr double kRowPadding = 9;
constexpr double kTrendWidth = 170;
constexpr double kHair = 2;
constexpr double kMostWhole = 800; ///< a table that is lower is not torn
constexpr double kFigureHeight = 168;
constexpr double kFigureAlone = 132; ///< without a change below it
constexpr double kFigureGap = 24;
constexpr std::size_t kFiguresARow = 3;
constexpr std::size_t kMostLinesOfCell = 4;
constexpr std::size_t kFewestRows = 4; ///< of a torn table on its last page
constexpr double kNoteGap = 10;        ///< above what is said below a table

using Anchor = Shape::Anchor;
using Kind = ReportColumn::Kind;

Ink inkOf(int mood)
{
    return mood > 0 ? Ink::Ok : mood < 0 ? Ink::Bad : Ink::Text;
}

/// Names and what is good or bad stand out.
PrintText fontOf(const ReportColumn &column, const ReportCell &cell, std::size_t place)
{
    if (cell.mood != 0 || (place == 0 && column.kind == Kind::Text))
        return PrintText::SmallStrong;
    return column.kind == Kind::Code ? PrintText::Code : PrintText::Small;
}

/// What is not text is as wide as it needs; the texts share the rest by what they would like.
std::vector<double> columnWidths(const ReportTable &table, double width)
{
    const std::size_t count = table.columns.size();
    std::vector<double> widths(count);
    std::vector<bool> isFlexible(count);
    for (std::size_t c = 0; c < count; ++c) {
        widths[c] = printWidth(PrintText::SmallStrong, table.columns[c].title);
        for (const auto &row : table.rows) {
            if (c < row.size())
                widths[c] = std::max(widths[c], printWidth(fontOf(table.columns[c], row[c], c), row[c].text));
        }
        if (table.columns[c].kind == Kind::Trend)
            widths[c] = std::max(widths[c], kTrendWidth);
        isFlexible[c] = table.columns[c].kind == Kind::Text || table.columns[c].kind == Kind::Code;
    }
    const double room = width - kCell * static_cast<double>(count - 1);
    double total = std::accumulate(widths.begin(), widths.end(), 0.0);
    if (total <= room) {
        // Air for all columns; the first takes what is left, so that figures stand at the right edge.
        const double air = std::min(kMostAir, (room - total) / static_cast<double>(count));
        for (double &columnWidth : widths)
            columnWidth += air;
        widths[0] += room - total - air * static_cast<double>(count);
        return widths;
    }
    // Too wide: the widest texts give way first, down to a common width.
    const auto flexible = static_cast<std::size_t>(std::count(isFlexible.begin(), isFlexible.end(), true));
    double fixed = 0;
    std::vector<double> wanted;
    for (std::size_t c = 0; c < count; ++c) {
        if (isFlexible[c])
            wanted.push_back(widths[c]);
        else
            fixed += widths[c];
    }
    std::sort(wanted.begin(), wanted.end());
    double left = std::max(room - fixed, 60.0 * static_cast<double>(flexible));
    double limit = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        limit = left / static_cast<double>(wanted.size() - i);
        if (wanted[i] > limit)
            break;
        left -= wanted[i];
    }
    for (std::size_t c = 0; c < count; ++c) {
        if (isFlexible[c])
            widths[c] = std::min(widths[c], limit);
    }
    total = std::accumulate(widths.begin(), widths.end(), 0.0);
    if (total > room) { // figures alone are too many: all give way
        for (double &columnWidth : widths)
            columnWidth *= room / total;
    }
    return widths;
}

/// Fills pages from top to bottom.
class Layouter
{
public:
    explicit Layouter(const ReportDocument &document)
        : m_document(document)
    {
        m_pages.paper = paperSize(document.paper);
        m_left = (m_pages.paper.width() - kReportWidth) / 2;
        newPage();
    }

    ReportPages layOut()
    {
        addHead();
        for (const ReportPart &part : m_document.parts)
            addPart(part);
        addContents();
        addFeet();
        return std::move(m_pages);
    }

private:
    Drawing &page() { return m_pages.pages.back(); }
    double bottom() const { return m_pages.paper.height() - kBottom; }
    double room() const { return bottom() - m_y; }
    void newPage()
    {
        m_pages.pages.emplace_back();
        m_y = kTop;
    }
    void need(double height)
    {
        if (height > room() && m_y > kTop)
            newPage();
    }
    void add(Shape shape)
    {
        shape.rect.translate(m_left, 0);
        for (QPointF &point : shape.points)
            point.rx() += m_left;
        page().push_back(std::move(shape));
    }
    void addLine(double x, PrintText font, Paint paint, const QString &text, Anchor anchor = Anchor::Start, double width = 0)
    {
        add(Shape::label({x, m_y + printSize(font)}, text, font, paint, anchor, width));
    }
    void addParagraph(PrintText font, Paint paint, const QString &text)
    {
        for (const QString &line : printLines(font, text, kReportWidth)) {
            need(printLeading(font));
            addLine(0, font, paint, line);
            m_y += printLeading(font);
        }
    }

    void addHead()
    {
        add(Shape::rectangle(QRectF(0, m_y, 52, 52), Ink::Text, 12));
        add(Shape::rectangle(QRectF(15, m_y + 15, 22, 22), Ink::LampAmber, 11));
        add(Shape::label({70, m_y + 36}, m_document.subject, PrintText::SmallStrong, Ink::Text2));
        add(Shape::label({kReportWidth, m_y + 36},
                         m_document.rangeText + QStringLiteral(", ") + m_document.zone, PrintText::Small, Ink::Text2,
                         Anchor::End));
        m_y += kHeader;
        for (const QString &line : printLines(PrintText::Title, m_document.title, kReportWidth)) {
            addLine(0, PrintText::Title, Ink::Text, line);
            m_y += printLeading(PrintText::Title);
        }
        m_y += 4;
        addParagraph(PrintText::Small, Ink::Text3, askedLine());
        m_y += 20;
        m_contentsY = m_y;
        if (m_document.parts.size() > 2)
            m_y += contentsHeight() + kBlockGap - 10;
    }

    /// The range and the zone stand above; what else was asked for stands below the title.
    QString askedLine() const
    {
        QStringList parts;
        for (std::size_t i = 2; i < m_document.asked.size(); ++i) {
            if (m_document.asked[i].second != m_document.zone)
                parts << m_document.asked[i].first + QStringLiteral(": ") + m_document.asked[i].second;
        }
        return parts.join(QStringLiteral("  ·  "));
    }

    std::size_t contentsRows() const { return (m_document.parts.size() + 1) / 2; }
    double contentsHeight() const { return static_cast<double>(contentsRows()) * printLeading(PrintText::Body) + 40; }

    /// In two columns, filled when the pages are known.
    void addContents()
    {
        if (m_document.parts.size() <= 2)
            return;
        Drawing &first = m_pages.pages.front();
        const double half = (kReportWidth - 120) / 2;
        const QRectF box(m_left, m_contentsY, kReportWidth, contentsHeight());
        first.push_back(Shape::rectangle(box, Ink::Inset, 14));
        for (std::size_t i = 0; i < m_pages.outline.size(); ++i) {
            const double x = m_left + 30 + static_cast<double>(i / contentsRows()) * (half + 60);
            const double y = m_contentsY + 20 + static_cast<double>(i % contentsRows()) * printLeading(PrintText::Body) +
                             printSize(PrintText::Body);
            first.push_back(Shape::label({x, y}, m_pages.outline[i].title, PrintText::Body, Ink::Text));
            first.push_back(Shape::label({x + half, y}, QString::number(m_pages.outline[i].page + 1), PrintText::Body, Ink::Text2,
                                         Anchor::End));
        }
    }

    void addFeet()
    {
        const double y = m_pages.paper.height() - 100;
        for (std::size_t i = 0; i < m_pages.pages.size(); ++i) {
            Drawing &page = m_pages.pages[i];
            page.push_back(Shape::label({m_left, y}, m_document.madeWith, PrintText::Small, Ink::Text3));
            page.push_back(Shape::label({m_left + kReportWidth, y},
                                        QStringLiteral("%1 / %2").arg(i + 1).arg(m_pages.pages.size()), PrintText::Small,
                                        Ink::Text3, Anchor::End));
        }
    }

    void addPart(const ReportPart &part)
    {
        if (m_y > m_contentsY + contentsHeight() + kBlockGap || m_pages.pages.size() > 1)
            m_y += kPartGap - kBlockGap;
        const double heading = printLeading(PrintText::Heading) + 12;
        need(heading + (part.blocks.empty() ? 0 : leastHeight(part.blocks.front())));
        m_pages.outline.push_back({part.title, m_pages.pages.size() - 1, m_y});
        addLine(0, PrintText::Heading, Ink::Text, part.title);
        m_y += heading;
        for (const ReportBlock &block : part.blocks) {
            std::visit([this](const auto &content) { addBlock(content); }, block);
            m_y += kBlockGap;
        }
    }

    /// What must stand below a heading on the same page.
    double leastHeight(const ReportBlock &block) const
    {
        if (const auto *chart = std::get_if<ReportChart>(&block))
            return printLeading(PrintText::Subheading) + 10 + chart->size.height();
        if (const auto *figures = std::get_if<std::vector<ReportFigure>>(&block))
            return static_cast<double>((figures->size() + kFiguresARow - 1) / kFiguresARow) * (figureHeight(*figures) + kFigureGap);
        if (const auto *table = std::get_if<ReportTable>(&block)) {
            const double whole = printLeading(PrintText::Subheading) + 10 + static_cast<double>(table->rows.size() + 1) * rowHeight(1);
            if (whole < kMostWhole)
                return whole;
        }
        if (std::holds_alternative<ReportTable>(block))
            return printLeading(PrintText::Subheading) + 4 * rowHeight(1);
        return 3 * printLeading(PrintText::Body);
    }

    void addBlock(const ReportText &text)
    {
        addParagraph(text.isCaption ? PrintText::Small : PrintText::Body, text.isCaption ? Ink::Text3 : Ink::Text2, text.text);
        m_y -= text.isCaption ? 0 : 10;
    }

    static double figureHeight(const std::vector<ReportFigure> &figures)
    {
        const bool hasChanges = std::any_of(figures.begin(), figures.end(), [](const ReportFigure &figure) { return !figure.change.isEmpty(); });
        return hasChanges ? kFigureHeight : kFigureAlone;
    }

    void addBlock(const std::vector<ReportFigure> &figures)
    {
        const double height = figureHeight(figures);
        const double width = (kReportWidth - (kFiguresARow - 1) * kFigureGap) / kFiguresARow;
        for (std::size_t i = 0; i < figures.size(); ++i) {
            const std::size_t column = i % kFiguresARow;
            if (column == 0) {
                if (i > 0)
                    m_y += height + kFigureGap;
                need(height);
            }
            const ReportFigure &figure = figures[i];
            const double x = static_cast<double>(column) * (width + kFigureGap);
            add(Shape::frame(QRectF(x, m_y, width, height), Ink::Border, 14));
            add(Shape::label({x + 26, m_y + 44}, figure.label, PrintText::Small, Ink::Text2, Anchor::Start, width - 52));
            add(Shape::label({x + 26, m_y + 102}, figure.number, PrintText::Figure, Ink::Text));
            if (!figure.unit.isEmpty())
                add(Shape::label({x + 38 + printWidth(PrintText::Figure, figure.number), m_y + 102}, figure.unit,
                                 PrintText::Body, Ink::Text2));
            if (!figure.change.isEmpty())
                add(Shape::label({x + 26, m_y + 144}, figure.change, PrintText::SmallStrong,
                                 figure.mood == 0 ? Ink::Text3 : inkOf(figure.mood), Anchor::Start, width - 52));
        }
        m_y += height;
    }

    void addTitle(const QString &title)
    {
        if (title.isEmpty())
            return;
        for (const QString &line : printLines(PrintText::Subheading, title, kReportWidth)) {
            addLine(0, PrintText::Subheading, Ink::Text, line);
            m_y += printLeading(PrintText::Subheading);
        }
        m_y += 10;
    }

    void addBlock(const ReportChart &chart)
    {
        need(printLeading(PrintText::Subheading) + 10 + chart.size.height());
        addTitle(chart.title);
        appendMoved(page(), chart.drawing, {m_left, m_y});
        m_y += chart.size.height();
    }

    double rowHeight(std::size_t lines) const
    {
        return static_cast<double>(lines) * printLeading(PrintText::Small) + 2 * kRowPadding;
    }

    void addTableHead(const ReportTable &table, const std::vector<double> &widths)
    {
        double x = 0;
        for (std::size_t c = 0; c < widths.size(); ++c) {
            const bool isRight = table.columns[c].isRight();
            add(Shape::label({isRight ? x + widths[c] : x, m_y + kRowPadding + printSize(PrintText::Small)},
                             table.columns[c].title, PrintText::Small, Ink::Text3, isRight ? Anchor::End : Anchor::Start,
                             widths[c] + 1));
            x += widths[c] + kCell;
        }
        m_y += rowHeight(1);
        add(Shape::line({{0, m_y}, {kReportWidth, m_y}}, Ink::BorderStrong, kHair));
    }

    void addBlock(const ReportTable &table)
    {
        const std::vector<double> widths = columnWidths(table, kReportWidth);
        const double whole = printLeading(PrintText::Subheading) + 10 + static_cast<double>(table.rows.size() + 1) * rowHeight(1);
        need(whole < kMostWhole ? whole : printLeading(PrintText::Subheading) + 4 * rowHeight(1));
        addTitle(table.title);
        addTableHead(table, widths);
        std::vector<RowLines> lines;
        std::vector<double> heights;
        for (const auto &row : table.rows) {
            lines.push_back(linesOf(table, row, widths));
            std::size_t most = 1;
            for (const auto &cell : lines.back())
                most = std::max(most, cell.size());
            heights.push_back(rowHeight(most));
        }
        const double note = table.note.isEmpty() ? 0
                                                 : kNoteGap + printLeading(PrintText::Small) *
                                                                  static_cast<double>(printLines(PrintText::Small, table.note, kReportWidth).size());
        std::size_t next = 0;
        while (next < table.rows.size()) {
            const std::size_t end = next + rowsThatStay(std::span(heights).subspan(next), room(), note);
            for (; next < end; ++next)
                addRow(table, table.rows[next], lines[next], widths, heights[next]);
            if (next < table.rows.size()) {
                newPage();
                addTableHead(table, widths);
            }
        }
        if (!table.note.isEmpty()) {
            m_y += kNoteGap;
            addParagraph(PrintText::Small, Ink::Text3, table.note);
        }
    }

    /// How many of these rows go on the page that has `room` left, at least one. What goes over is never a row or two on their own, and
    /// the note below the last row stays with it.
    static std::size_t rowsThatStay(std::span<const double> heights, double room, double note)
    {
        std::size_t fitting = 0;
        double used = 0;
        while (fitting < heights.size() && used + heights[fitting] <= room)
            used += heights[fitting++];
        if (fitting == heights.size() && used + note <= room)
            return fitting;
        const std::size_t over = std::max(heights.size() - fitting, std::min(kFewestRows, heights.size() - 1));
        return std::max<std::size_t>(heights.size() - over, 1);
    }

    using RowLines = std::vector<std::vector<QString>>; ///< of each cell

    static RowLines linesOf(const ReportTable &table, const std::vector<ReportCell> &row, const std::vector<double> &widths)
    {
        RowLines lines(widths.size());
        for (std::size_t c = 0; c < widths.size() && c < row.size(); ++c)
            lines[c] = cellLines(table.columns[c], row[c], widths[c]);
        return lines;
    }

    /// Sentences are broken into lines, names and figures are not.
    static std::vector<QString> cellLines(const ReportColumn &column, const ReportCell &cell, double width)
    {
        if (column.kind != Kind::Text)
            return {cell.text};
        auto lines = printLines(PrintText::Small, cell.text, width + 1);
        if (lines.size() > kMostLinesOfCell) {
            lines.resize(kMostLinesOfCell);
            lines.back() = printElided(PrintText::Small, lines.back() + QStringLiteral(" …"), width);
        }
        return lines;
    }

    void addRow(const ReportTable &table, const std::vector<ReportCell> &row, const RowLines &lines,
                const std::vector<double> &widths, double height)
    {
        double x = 0;
        for (std::size_t c = 0; c < widths.size() && c < row.size(); ++c) {
            const ReportColumn &column = table.columns[c];
            if (row[c].shade > 0) {
                const double right = std::min(x + widths[c] + kCell / 2 - 2, kReportWidth);
                Shape ground = Shape::rectangle(QRectF(QPointF(x - kCell / 2, m_y + 2), QPointF(right, m_y + height - 2)), Ink::Accent, 4);
                ground.opacity = shadeOpacity(row[c].shade);
                add(std::move(ground));
            }
            if (column.kind == Kind::Trend) {
                appendMoved(page(), drawTrend(row[c].trend, QRectF(x, m_y + 10, widths[c], height - 20), SeriesSlot::Bad),
                            {m_left, 0});
            }
            for (std::size_t line = 0; line < lines[c].size(); ++line) {
                const double baseline = m_y + kRowPadding + printSize(PrintText::Small) +
                                        static_cast<double>(line) * printLeading(PrintText::Small);
                add(Shape::label({column.isRight() ? x + widths[c] : x, baseline}, lines[c][line], fontOf(column, row[c], c),
                                 inkOf(row[c].mood),
                                 column.isRight() ? Anchor::End : Anchor::Start, widths[c] + 1));
            }
            x += widths[c] + kCell;
        }
        m_y += height;
        add(Shape::line({{0, m_y}, {kReportWidth, m_y}}, Ink::Border, kHair));
    }

    const ReportDocument &m_document;
    ReportPages m_pages;
    double m_left = 0;
    double m_y = 0;
    double m_contentsY = 0;
};

} // namespace

QSizeF paperSize(ReportPaper paper)
{
    return paper == ReportPaper::Letter ? QSizeF(2159, 2794) : QSizeF(2100, 2970);
}

ReportPages layOut(const ReportDocument &document)
{
    return Layouter(document).layOut();
}

} // namespace telltale
