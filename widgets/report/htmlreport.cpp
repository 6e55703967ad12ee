// SPDX-License-Identifier: GPL-3.0-or-later
// A report as one web page: the form for screens and screen readers.
#include "widgets/report/reportwriter.h"

#include "widgets/report/reportcharts.h"

#include <array>
#include <cmath>
#include <string_view>

namespace telltale {
namespace {

constexpr int kShades = 16;
constexpr std::array<std::pair<Ink, const char *>, 13> kInks{{{Ink::Window, "window"},
                                                            {Ink::Card, "card"},
                                                            {Ink::Inset, "inset"},
                                                            {Ink::Border, "border"},
                                                            {Ink::BorderStrong, "border-strong"},
                                                            {Ink::Text, "text"},
                                                            {Ink::Text2, "text2"},
                                                            {Ink::Text3, "text3"},
                                                            {Ink::Accent, "accent"},
                                                            {Ink::Ok, "ok"},
                                                            {Ink::Bad, "bad"},
                                                            {Ink::LampAmber, "lamp"},
                                                            {Ink::Row, "row"}}};

void escape(std::string &out, const QString &text)
{
    for (const char c : text.toStdString()) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            out += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' ? ' ' : c;
        }
    }
}

void element(std::string &out, std::string_view tag, const QString &text, std::string_view attributes = {})
{
    out.append("<").append(tag).append(attributes).append(">");
    escape(out, text);
    out.append("</").append(tag.substr(0, tag.find(' '))).append(">\n");
}

/// Lengths with one digit at the most: nobody sees a hundredth of a millimetre.
std::string length(double value)
{
    const auto tenths = static_cast<long long>(std::llround(value * 10));
    std::string text = std::to_string(tenths / 10);
    if (tenths < 0 && tenths / 10 == 0)
        text.insert(text.begin(), '-');
    if (tenths % 10 != 0)
        text.append(".").append(std::to_string(std::abs(tenths % 10)));
    return text;
}

std::string variable(const Paint &paint)
{
    if (const auto *ink = std::get_if<Ink>(&paint)) {
        for (const auto &[known, name] : kInks) {
            if (known == *ink)
                return std::string("var(--") + name + ')';
        }
        return "var(--text)";
    }
    if (const auto *slot = std::get_if<SeriesSlot>(&paint))
        return *slot == SeriesSlot::Bad ? "var(--bad)" : "var(--s" + std::to_string(static_cast<int>(*slot)) + ')';
    const double share = std::get<Shade>(paint).share;
    return "var(--q" + std::to_string(std::min(kShades - 1, static_cast<int>(share * kShades))) + ')';
}

void appendVariables(std::string &out, const Tokens &tokens)
{
    const auto set = [&out](const std::string &name, const QColor &colour) {
        out.append("--").append(name).append(":").append(colour.name().toStdString()).append(";");
    };
    for (const auto &[ink, name] : kInks)
        set(name, tokens.ink(ink));
    for (int i = 0; i <= kSeriesColours; ++i)
        set("s" + std::to_string(i), tokens.seriesColour(static_cast<SeriesSlot>(i)));
    for (int i = 0; i < kShades; ++i)
        set("q" + std::to_string(i), tokens.sequentialAt((i + 0.5) / kShades));
}

void appendStyle(std::string &out)
{
    out += "<style>\n:root{color-scheme:light dark;";
    appendVariables(out, Tokens::light());
    out += "}\n@media (prefers-color-scheme:dark){:root{";
    appendVariables(out, Tokens::dark());
    out += "}}\n@media print{:root{color-scheme:light;";
    appendVariables(out, Tokens::light());
    out += "}}\n"
           "*{box-sizing:border-box}body{margin:0;background:var(--window);color:var(--text);"
           "font:15px/1.5 Inter,system-ui,'Noto Sans','DejaVu Sans',sans-serif}\n"
           "main{max-width:1040px;margin:0 auto;padding:32px 24px 64px}h1{font-size:28px;line-height:1.2;margin:8px 0 12px}\n"
           "h2{font-size:20px;margin:40px 0 12px}h3{font-size:15px;margin:20px 0 8px}.card h3{margin-top:0}p{margin:8px 0;color:var(--text2)}\n"
           ".card{background:var(--card);border:1px solid var(--border);border-radius:8px;padding:16px 18px;margin:12px 0;"
           "overflow-x:auto}.asked{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;font-size:13px}\n"
           ".asked dt{color:var(--text3)}.asked dd{margin:0;color:var(--text2)}\n"
           ".figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(200px,1fr));gap:12px;margin:12px 0}\n"
           ".figure{background:var(--card);border:1px solid var(--border);border-radius:8px;padding:12px 16px}\n"
           ".figure .label{color:var(--text2);font-size:13px}.figure .number{font-size:26px;font-weight:600}\n"
           ".figure .unit{font-size:15px;color:var(--text2);margin-left:4px}.figure .change{font-size:13px;color:var(--text3)}\n"
           "table{border-collapse:collapse;width:100%;font-size:13px}th{text-align:start;color:var(--text3);font-weight:500;"
           "border-bottom:1px solid var(--border-strong);padding:4px 12px 4px 0;vertical-align:bottom}\n"
           "td{border-bottom:1px solid var(--border);padding:5px 12px 5px 0;vertical-align:top;overflow-wrap:anywhere}\n"
           "tbody td:first-child:not(.right):not(.code){font-weight:600}\n"
           ".right{text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap;padding-right:0;padding-left:12px}\n"
           ".code{font-family:'JetBrains Mono','DejaVu Sans Mono',monospace;font-size:12px}\n"
           ".good{color:var(--ok);font-weight:600}.bad{color:var(--bad);font-weight:600}.note{font-size:13px;color:var(--text3)}\n"
           "svg{display:block;width:100%;height:auto;font-family:Inter,system-ui,'Noto Sans',sans-serif}\n"
           "svg .code{font-family:'JetBrains Mono',monospace}td svg{width:110px}\n"
           "details{margin-top:8px;font-size:13px}summary{cursor:pointer;color:var(--accent)}nav a{color:var(--accent)}\n"
           "nav ol{columns:2;margin:8px 0;padding-inline-start:22px}footer{margin-top:40px;color:var(--text3);font-size:13px}\n"
           "@media print{.card,.figure{break-inside:avoid}details{display:none}}\n</style>\n";
}

std::string pointsOf(const std::vector<QPointF> &points)
{
    std::string text;
    for (const QPointF &point : points)
        text.append(text.empty() ? "" : " ").append(length(point.x())).append(",").append(length(point.y()));
    return text;
}

std::string rectangleOf(const Shape &shape)
{
    std::string text = " x=\"" + length(shape.rect.x()) + "\" y=\"" + length(shape.rect.y()) + "\" width=\"" +
                       length(shape.rect.width()) + "\" height=\"" + length(shape.rect.height()) + '"';
    return shape.radius > 0 ? text + " rx=\"" + length(shape.radius) + '"' : text;
}

void appendShape(std::string &out, const Shape &shape)
{
    const std::string colour = variable(shape.paint);
    const std::string opacity =
        shape.opacity < 1 ? " opacity=\"0." + std::to_string(std::lround(shape.opacity * 100) + 100).substr(1) + '"' : std::string();
    switch (shape.kind) {
    case Shape::Kind::Rectangle:
        out += "<rect" + rectangleOf(shape) + " fill=\"" + colour + '"' + opacity + "/>";
        break;
    case Shape::Kind::Frame:
        out += "<rect" + rectangleOf(shape) + " fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"" + length(shape.width) + "\"/>";
        break;
    case Shape::Kind::Line:
        out += "<polyline points=\"" + pointsOf(shape.points) + "\" fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"" +
               length(shape.width) + "\" stroke-linejoin=\"round\"" + (shape.isDashed ? " stroke-dasharray=\"8 8\"" : "") + "/>";
        break;
    case Shape::Kind::Area:
        out += "<polygon points=\"" + pointsOf(shape.points) + "\" fill=\"" + colour + '"' + opacity + "/>";
        break;
    case Shape::Kind::Text: {
        const QString text = shape.width > 0 ? printElided(shape.font, shape.text, shape.width) : shape.text;
        constexpr std::array<const char *, 3> kAnchors{"start", "middle", "end"};
        out += "<text x=\"" + length(shape.points.front().x()) + "\" y=\"" + length(shape.points.front().y()) + "\" font-size=\"" +
               length(printSize(shape.font)) + "\" text-anchor=\"" + kAnchors[static_cast<std::size_t>(shape.anchor)] +
               "\" fill=\"" + colour + '"' + (isStrong(shape.font) ? " font-weight=\"600\"" : "") +
               (shape.font == PrintText::Code ? " class=\"code\"" : "") + '>';
        escape(out, text);
        out += "</text>";
        break;
    }
    }
    out += '\n';
}

void appendSvg(std::string &out, const Drawing &drawing, QSizeF size, const QString &summary)
{
    out += "<svg viewBox=\"0 0 " + length(size.width()) + ' ' + length(size.height()) + "\" direction=\"ltr\" role=\"img\" aria-label=\"";
    escape(out, summary);
    out += "\">\n";
    for (const Shape &shape : drawing)
        appendShape(out, shape);
    out += "</svg>\n";
}

void appendCell(std::string &out, const ReportColumn &column, const ReportCell &cell)
{
    std::string classes = column.isRight() ? "right" : "";
    const auto add = [&classes](const char *name) { classes += (classes.empty() ? "" : " ") + std::string(name); };
    if (column.kind == ReportColumn::Kind::Code)
        add("code");
    if (cell.mood != 0)
        add(cell.mood > 0 ? "good" : "bad");
    out += classes.empty() ? "<td" : "<td class=\"" + classes + '"';
    if (cell.shade > 0)
        out += " style=\"background:color-mix(in srgb,var(--accent) " + std::to_string(std::lround(shadeOpacity(cell.shade) * 100)) +
               "%,transparent)\"";
    out += '>';
    if (column.kind == ReportColumn::Kind::Trend) {
        const QSizeF size(170, 40);
        QString summary;
        for (const double value : cell.trend)
            summary += (summary.isEmpty() ? QString() : QStringLiteral(", ")) + QString::number(value);
        appendSvg(out, drawTrend(cell.trend, QRectF(QPointF(), size), SeriesSlot::Bad), size, summary);
    }
    escape(out, cell.text);
    out += "</td>";
}

void appendTable(std::string &out, const ReportTable &table)
{
    out += "<table>\n<thead><tr>";
    for (const ReportColumn &column : table.columns)
        element(out, "th", column.title, column.isRight() ? " scope=\"col\" class=\"right\"" : " scope=\"col\"");
    out += "</tr></thead>\n<tbody>\n";
    for (const auto &row : table.rows) {
        out += "<tr>";
        for (std::size_t c = 0; c < row.size() && c < table.columns.size(); ++c)
            appendCell(out, table.columns[c], row[c]);
        out += "</tr>\n";
    }
    out += "</tbody></table>\n";
    if (!table.note.isEmpty())
        element(out, "p", table.note, " class=\"note\"");
}

/// One block after the other.
class BlockWriter
{
public:
    explicit BlockWriter(std::string &out)
        : m_out(out)
    {}
    void operator()(const ReportText &text) const { element(m_out, "p", text.text, text.isCaption ? " class=\"note\"" : ""); }
    void operator()(const std::vector<ReportFigure> &figures) const
    {
        m_out += "<div class=\"figures\">\n";
        for (const ReportFigure &figure : figures) {
            m_out += "<div class=\"figure\">";
            element(m_out, "div", figure.label, " class=\"label\"");
            m_out += "<div><span class=\"number\">";
            escape(m_out, figure.number);
            m_out += "</span>";
            if (!figure.unit.isEmpty())
                element(m_out, "span", figure.unit, " class=\"unit\"");
            m_out += "</div>";
            if (!figure.change.isEmpty())
                element(m_out, "div", figure.change,
                        figure.mood > 0   ? " class=\"change good\""
                        : figure.mood < 0 ? " class=\"change bad\""
                                          : " class=\"change\"");
            m_out += "</div>\n";
        }
        m_out += "</div>\n";
    }
    void operator()(const ReportChart &chart) const
    {
        m_out += "<div class=\"card\">\n";
        element(m_out, "h3", chart.title);
        appendSvg(m_out, chart.drawing, chart.size, chart.summary);
        m_out += "<details>";
        element(m_out, "summary", chart.summary);
        appendTable(m_out, chart.data);
        m_out += "</details>\n</div>\n";
    }
    void operator()(const ReportTable &table) const
    {
        m_out += "<div class=\"card\">\n";
        if (!table.title.isEmpty())
            element(m_out, "h3", table.title);
        appendTable(m_out, table);
        m_out += "</div>\n";
    }

private:
    std::string &m_out;
};

std::string anchorOf(const ReportPart &part)
{
    return part.panel > 0 ? "panel-" + std::to_string(part.panel) : std::string(sectionName(part.section));
}

} // namespace

std::string reportHtml(const ReportDocument &document)
{
    std::string out = "<!DOCTYPE html>\n<html lang=\"";
    escape(out, document.language);
    out += document.isRightToLeft ? "\" dir=\"rtl\">\n<head>\n<meta charset=\"utf-8\">\n" : "\">\n<head>\n<meta charset=\"utf-8\">\n";
    out += "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<meta name=\"generator\" content=\"Telltale\">\n";
    element(out, "title", document.title);
    appendStyle(out);
    out += "</head>\n<body>\n<main>\n";
    element(out, "p", document.subject + QStringLiteral(" · ") + document.rangeText + QStringLiteral(", ") + document.zone);
    element(out, "h1", document.title);
    out += "<dl class=\"asked\">";
    for (const auto &[what, value] : document.asked) {
        element(out, "dt", what);
        element(out, "dd", value);
    }
    out += "</dl>\n";
    if (document.parts.size() > 2) {
        out += "<nav><ol>\n";
        for (const ReportPart &part : document.parts) {
            out.append("<li><a href=\"#").append(anchorOf(part)).append("\">");
            escape(out, part.title);
            out += "</a></li>\n";
        }
        out += "</ol></nav>\n";
    }
    for (const ReportPart &part : document.parts) {
        out.append("<section id=\"").append(anchorOf(part)).append("\">\n");
        element(out, "h2", part.title);
        for (const ReportBlock &block : part.blocks)
            std::visit(BlockWriter(out), block);
        out += "</section>\n";
    }
    element(out, "footer", document.madeWith);
    out += "</main>\n</body>\n</html>\n";
    return out;
}

} // namespace telltale
