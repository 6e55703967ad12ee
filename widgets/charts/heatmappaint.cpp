// SPDX-License-Identifier: GPL-3.0-or-later
// How a heatmap looks: cells in one image, everything that moves above it; and its legend.
#include "widgets/charts/heatmapview_p.h"

#include "widgets/charts/chartpaint.h"
#include "widgets/theme/colourmath.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/mirroring.h"
#include "widgets/theme/style.h"

#include <QPaintEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace telltale {

namespace {

constexpr double kOutsideStrength = 0.28;
constexpr std::size_t kRampColours = 1024; ///< finer than eight bits a channel can show

void paintMissing(QPainter &painter, const QRectF &rect, const Tokens &tokens)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(rect, Qt::IntersectClip);
    painter.fillRect(rect, tokens.card);
    painter.setPen(QPen(colour::mixOklab(tokens.border, tokens.borderStrong, 0.35), 1));
    painter.drawLine(rect.bottomLeft(), rect.topRight());
    painter.restore();
}

} // namespace

void HeatmapView::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    if (keepsShapes(painter)) {
        d->paintCells(painter);
    } else {
        if (d->isImageStale || d->image.devicePixelRatio() != paintRatio(painter))
            d->renderImage(paintRatio(painter));
        painter.setClipRegion(event->region());
        if (!d->image.isNull())
            painter.drawImage(QPoint(d->gridLeft, d->gridTop), d->image);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.save();
    mirror(&painter, this);
    d->paintRowNames(painter);
    if (d->showsTotals())
        d->paintTotals(painter);
    painter.restore();
    d->paintAxis(painter);
    d->paintOverlay(painter);
    if (hasKeyboardFocus() && !d->current.isValid())
        drawFocusRing(&painter, QRectF(d->gridRect()).adjusted(-3, 0, 3, 3), 4, tokensOf(this));
}

template<typename Fill, typename RowDone>
std::vector<QRect> HeatmapView::Private::forEachCell(Fill &&fill, RowDone &&rowDone)
{
    if (grid.rows.empty() || grid.columns.empty())
        return {};
    const Tokens &tokens = tokensOf(q);
    mixRamp(tokens);
    std::vector<QRect> missing;
    for (std::size_t r = 0; r < grid.rows.size(); ++r) {
        for (std::size_t c = 0; c < grid.columns.size(); ++c) {
            if (columnWidth[c] <= 0)
                continue;
            const QRect cell(columnLeft[c], rowTop[r], columnWidth[c], rowHeight[r]);
            const double value = grid.at(r, c);
            if (!std::isfinite(value)) {
                missing.push_back(cell);
                continue;
            }
            QRgb ink = inkOf(int(r), value);
            const auto &range = grid.columns[c].range;
            const bool isOutside =
                selection && range && !(range->from < selection->to && selection->from < range->to);
            if (isOutside || isStale)
                ink = colour::over(colour::faded(QColor(ink), isOutside ? kOutsideStrength : 0.6), tokens.card).rgb();
            fill(cell, ink);
        }
        rowDone(r);
    }
    return missing;
}

void HeatmapView::Private::mixRamp(const Tokens &tokens)
{
    if (!ramp.empty() && rampStops == tokens.sequential)
        return;
    rampStops = tokens.sequential;
    ramp = tokens.sequentialRamp(kRampColours);
}

void HeatmapView::Private::renderImage(double ratio)
{
    isImageStale = false;
    const QSize size = gridRect().size();
    if (size.isEmpty()) {
        image = {};
        return;
    }
    const QSize pixels(int(std::ceil(size.width() * ratio)), int(std::ceil(size.height() * ratio)));
    if (image.size() != pixels) // else its memory is there already
        image = QImage(pixels, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::transparent);
    std::vector<QRgb> line(std::size_t(pixels.width()));
    const std::vector<QRect> missing = forEachCell(
        [&](const QRect &cell, QRgb ink) {
            const int at = cell.left() - gridLeft;
            const int left = std::max(0, qRound(at * ratio));
            const int right = std::min(pixels.width(), qRound((at + cell.width()) * ratio));
            if (left < right)
                std::fill(line.begin() + left, line.begin() + right, ink | 0xff000000U);
        },
        [&](std::size_t row) {
            fillRow(rowTop[row] - gridTop, rowHeight[row], ratio, line);
            std::fill(line.begin(), line.end(), 0U);
        });
    QPainter painter(&image);
    painter.translate(-gridLeft, -gridTop);
    for (const QRect &cell : missing)
        paintMissing(painter, cell, tokensOf(q));
    paintNumbers(painter);
}

void HeatmapView::Private::paintCells(QPainter &painter)
{
    const std::vector<QRect> missing =
        forEachCell([&](const QRect &cell, QRgb ink) { painter.fillRect(cell, QColor(ink)); }, [](std::size_t) {});
    for (const QRect &cell : missing)
        paintMissing(painter, cell, tokensOf(q));
    paintNumbers(painter);
}

QRgb HeatmapView::Private::inkOf(int row, double value)
{
    if (value <= 0)
        return tokensOf(q).inset.rgb();
    const double share = std::clamp(value / highestOf(row), 0.0, 1.0);
    return ramp[std::size_t(std::lround(share * double(ramp.size() - 1)))];
}

/// Straight into the image: a painter asks more of each small rectangle than filling it takes.
void HeatmapView::Private::fillRow(int top, int height, double ratio, const std::vector<QRgb> &line)
{
    const int first = std::max(0, qRound(top * ratio)), last = std::min(image.height(), qRound((top + height) * ratio));
    for (int y = first; y < last; ++y)
        std::memcpy(image.scanLine(y), line.data(), line.size() * sizeof(QRgb));
}

void HeatmapView::Private::paintNumbers(QPainter &painter)
{
    if (rowHeight.empty() || columnWidth.empty() || rowHeight.front() < scaled(18))
        return;
    const Tokens &tokens = tokensOf(q);
    painter.setFont(fontFor(FontRole::Axis));
    for (std::size_t r = 0; r < grid.rows.size(); ++r) {
        for (std::size_t c = 0; c < grid.columns.size(); ++c) {
            const double value = grid.at(r, c);
            if (columnWidth[c] < scaled(34) || !std::isfinite(value))
                continue;
            const QString text = grid.kind == ValueKind::Count
                                     ? q->formatter().compact(value)
                                     : q->formatter().value(value, grid.kind).number;
            const QRect cell(columnLeft[c], rowTop[r], columnWidth[c], rowHeight[r]);
            if (tabularWidth(painter.font(), text) > cell.width() - 4)
                continue;
            const QColor ground = colourOf(int(r), value);
            painter.setPen(value <= 0 ? tokens.text3
                                      : colour::readable(ground, tokens.text,
                                                         tokens.isDark ? tokens.window : tokens.card));
            drawTabular(&painter, cell, Qt::AlignCenter, text);
        }
    }
}

void HeatmapView::Private::paintRowNames(QPainter &painter)
{
    const Tokens &tokens = tokensOf(q);
    const int row = hovered.isValid() ? hovered.row : current.row;
    const double lineHeight = QFontMetricsF(fontFor(FontRole::Secondary)).height() * 0.82;
    // Names that do not fit above one another: every n-th.
    const int stride =
        rowHeight.empty() ? 1 : std::max(1, int(std::ceil(lineHeight / (rowHeight.front() + 1))));
    for (std::size_t r = 0; r < grid.rows.size(); ++r) {
        const bool isBold = int(r) == row;
        if (!isBold && int(r) % stride != 0)
            continue;
        painter.setFont(fontFor(isBold ? FontRole::SecondaryStrong : FontRole::Secondary));
        painter.setPen(isBold ? tokens.text : tokens.text2);
        const double height = std::max<double>(rowHeight[r], lineHeight * 1.2);
        const double centre = rowTop[r] + rowHeight[r] / 2.0;
        drawElided(&painter, QRectF(0, centre - height / 2, edges.left - 8, height),
                   Qt::AlignLeft | Qt::AlignVCenter, grid.rows[r].label);
    }
}

void HeatmapView::Private::paintAxis(QPainter &painter)
{
    const Tokens &tokens = tokensOf(q);
    const double top = gridBottom + 1, height = scaled(HeatmapView::Private::kAxis) - 1;
    if (isTimed()) {
        const TimeScale scale = timeScale();
        if (scale.isValid())
            chartpaint::timeLabels(&painter, labelledTicks(scale, q->formatter()), scale, top, height, -1,
                                   tokens);
        return;
    }
    painter.setFont(fontFor(FontRole::Axis));
    painter.setPen(tokens.text3);
    const QFontMetricsF metrics(painter.font());
    const int every = std::max(1, grid.labelEvery);
    double lastRight = -1e9;
    for (std::size_t c = 0; c < grid.columns.size(); ++c) {
        if (int(c) % every != 0)
            continue;
        const QString &label = grid.columns[c].label;
        const double width = std::ceil(metrics.horizontalAdvance(label)) + 2;
        // Short labels stand under the middle of their column.
        const double centre = columnLeft[c] + columnWidth[c] / 2.0;
        const double left =
            std::clamp(centre - width / 2, gridLeft - 4.0, std::max(gridLeft - 4.0, gridRight + 6 - width));
        if (left < lastRight + 8)
            continue;
        drawWords(&painter, QRectF(left, top, width, height), Qt::AlignCenter, label);
        lastRight = left + width;
    }
}

void HeatmapView::Private::paintTotals(QPainter &painter)
{
    const Tokens &tokens = tokensOf(q);
    double most = 0;
    for (const HeatRow &row : grid.rows)
        most = std::max(most, row.total.value_or(0));
    if (most <= 0)
        return;
    painter.setFont(fontFor(FontRole::Secondary));
    double textWidth = 0;
    for (const HeatRow &row : grid.rows)
        if (row.total)
            textWidth = std::max(
                textWidth, tabularWidth(painter.font(), q->formatter().valueText(*row.total, grid.kind)));
    const double left = (q->isRightToLeft() ? q->width() - gridLeft : gridRight) + 10, right = q->width() - 1;
    const double barWidth = std::max(8.0, right - left - textWidth - 7);
    const QColor grey = colour::mixOklab(tokens.borderStrong, tokens.card, 0.5);
    for (std::size_t r = 0; r < grid.rows.size(); ++r) {
        if (!grid.rows[r].total)
            continue;
        const double middle = rowTop[r] + rowHeight[r] / 2.0;
        const double height = std::min(14.0, rowHeight[r] - 4.0);
        painter.fillRect(QRectF(left, std::round(middle - height / 2),
                                std::max(1.0, std::round(barWidth * *grid.rows[r].total / most)), height),
                         grey);
        painter.setPen(tokens.text);
        drawTabular(&painter, QRectF(right - textWidth, middle - 10, textWidth, 20),
                    Qt::AlignRight | Qt::AlignVCenter,
                    q->formatter().valueText(*grid.rows[r].total, grid.kind));
    }
}

void HeatmapView::Private::paintOverlay(QPainter &painter)
{
    const Tokens &tokens = tokensOf(q);
    if (!groups.empty()) {
        paintMarkerLines(painter, markers, timeScale(), gridTop - scaled(4), gridBottom, tokens);
        paintMarkerFlags(painter, markers, groups, gridLeft - 40, std::min<double>(q->width(), gridRight + 40), tokens);
        if (currentFlag >= 0)
            drawFocusRing(&painter, groups[std::size_t(currentFlag)].rect.adjusted(-2, -1, 2, 1), 4, tokens);
    }
    if (isTimed() && cursor && grid.range->from <= *cursor && *cursor <= grid.range->to &&
        timeScale().isValid()) {
        const double x = timeScale().x(*cursor);
        chartpaint::crosshair(&painter, x, gridTop, gridBottom, tokens);
    }
    const auto outline = [&](const QRect &cell, const QColor &ink) {
        if (cell.isEmpty())
            return;
        painter.setBrush(Qt::NoBrush);
        painter.setPen(
            QPen(colour::faded(tokens.card, 0.9), 1)); // a seam keeps the frame visible on every colour
        painter.drawRect(QRectF(cell).adjusted(1.5, 1.5, -1.5, -1.5));
        painter.setPen(QPen(ink, 2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.drawRect(QRectF(cell));
    };
    if (blockFrom.isValid() && current.isValid()) {
        const QRect block = q->cellRect(blockFrom).united(q->cellRect(current));
        painter.fillRect(block, colour::faded(tokens.accent, 0.18));
        outline(block, tokens.accent);
    }
    if (current.isValid() && currentFlag < 0)
        outline(q->cellRect(current), tokens.crosshair);
    if (hovered.isValid() && hovered != current)
        outline(q->cellRect(hovered), tokens.crosshair);
}

HeatmapLegend::HeatmapLegend(HeatmapView *view, QWidget *parent)
    : QWidget(parent)
    , m_view(view)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(view, &HeatmapView::gridChanged, this, [this] {
        setAccessibleName(tr("Legend, 0 to %1").arg(highText()));
        updateGeometry();
        update();
    });
    connect(view, &QObject::destroyed, this, [this] { m_view = nullptr; });
}

QString HeatmapLegend::highText() const
{
    const HeatGrid &grid = m_view->grid();
    QString text = m_view->domain() == HeatmapView::Domain::EachRow
                       ? tr("most of row")
                       : m_view->formatter().valueText(m_view->domainHighest(), grid.kind);
    if (m_view->domain() == HeatmapView::Domain::AllRows) {
        if (!grid.unit.isEmpty())
            text += QChar(0x00A0) + grid.unit;
        if (m_view->isClipped())
            text.prepend(QStringLiteral("\u2265 "));
    }
    return text;
}

QString HeatmapLegend::missingText() const
{
    const bool isSilent = std::ranges::any_of(m_view->grid().columns, &HeatColumn::isSilent);
    return isSilent ? tr("no data") : tr("not tracked");
}

namespace {

constexpr int kSwatch = 9;
constexpr int kMissingWidth = 16;

} // namespace

QSize HeatmapLegend::sizeHint() const
{
    if (!m_view)
        return {0, 0};
    const QFontMetricsF metrics(fontFor(FontRole::Axis));
    double width = metrics.horizontalAdvance(QStringLiteral("0")) + 6 + 9 * (kSwatch + 1) + 6 +
                   metrics.horizontalAdvance(highText()) + 2;
    if (m_view->hasMissing())
        width += kMissingWidth + 6 + metrics.horizontalAdvance(missingText()) + 14;
    return {int(std::ceil(width)), scaled(18)};
}

void HeatmapLegend::paintEvent(QPaintEvent *)
{
    if (!m_view)
        return;
    QPainter painter(this);
    mirror(&painter, this);
    const Tokens &tokens = tokensOf(this);
    painter.setFont(fontFor(FontRole::Axis));
    painter.setPen(tokens.text2);
    const QFontMetricsF metrics(painter.font());
    const int middle = height() / 2;
    double x = 0;
    const auto word = [&](const QString &text) {
        const double width = metrics.horizontalAdvance(text) + 1;
        drawWords(&painter, QRectF(x, 0, width, height()), Qt::AlignVCenter | Qt::AlignLeft, text);
        x += width;
    };
    if (m_view->hasMissing()) {
        const QRectF box(x, middle - 4, kMissingWidth, 9);
        paintMissing(painter, box, tokens);
        painter.setPen(tokens.border);
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
        painter.setPen(tokens.text2);
        x += kMissingWidth + 6;
        word(missingText());
        x += 13;
    }
    word(QStringLiteral("0"));
    x += 5;
    for (int i = 0; i < 9; ++i) {
        // The first swatch is zero itself when the map has zeros.
        const QColor fill = i == 0 && m_view->hasZero() ? tokens.inset : tokens.sequential[std::size_t(i)];
        painter.fillRect(QRectF(std::round(x), middle - 4, kSwatch, 9), fill);
        if (i == 0 && m_view->hasZero()) {
            painter.setPen(tokens.border);
            painter.drawRect(QRectF(std::round(x), middle - 4, kSwatch, 9).adjusted(0.5, 0.5, -0.5, -0.5));
            painter.setPen(tokens.text2);
        }
        x += kSwatch + 1;
    }
    x += 5;
    word(highText());
}

} // namespace telltale
