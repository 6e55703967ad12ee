// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/heatmapview.h"
#include "widgets/charts/markers.h"

#include <array>
#include <QImage>

#include <vector>

namespace telltale {

class HeatmapView::Private
{
public:
    static constexpr int kAxis = 24; ///< height of the labels below the cells

    explicit Private(HeatmapView *view)
        : q(view)
    {}

    // Geometry and colours: heatmapview.cpp
    void layOut();
    void updateDomain();
    QRect gridRect() const { return {gridLeft, gridTop, gridRight - gridLeft, gridBottom - gridTop}; }
    double highestOf(int row) const; ///< of the colour domain
    QColor colourOf(int row, double value) const;
    /// The same from a table of the ramp's colours: mixing in OKLab for each of thousands of cells would cost most of the painting.
    QRgb inkOf(int row, double value);
    bool showsTotals() const;
    bool isTimed() const { return grid.range.has_value(); }
    TimeScale timeScale() const;
    Cell cellIn(const HeatGrid &other, Cell cell) const;
    Cell stepped(Cell from, int rows, int columns) const;
    void moveTo(Cell cell, bool selects);
    void hover(Cell cell, const QPoint &position);

    // Mouse and keys: heatmapinput.cpp
    int flagAbove(int column) const;
    void moveToFlag(int flag);
    void openFlag(const MarkerGroup &group, const QPoint &globalPosition);
    bool handleFlagKey(int key);

    // Painting: heatmappaint.cpp
    void renderImage(double ratio);
    /// Calls `fill(QRect cell, QRgb ink)` for each cell with a value and `rowDone(std::size_t row)` behind each row; gives the cells
    /// without a value.
    template<typename Fill, typename RowDone>
    std::vector<QRect> forEachCell(Fill &&fill, RowDone &&rowDone);
    void paintCells(QPainter &painter);
    void fillRow(int top, int height, double ratio, const std::vector<QRgb> &line);
    void paintRowNames(QPainter &painter);
    void paintAxis(QPainter &painter);
    void paintNumbers(QPainter &painter);
    void paintTotals(QPainter &painter);
    void paintOverlay(QPainter &painter);

    HeatmapView *q;
    HeatGrid grid;
    Domain domain = Domain::AllRows;
    double highest = 1;
    std::vector<double> rowHighest;
    bool isClipped = false, hasMissing = false, hasZero = false;
    bool isStale = false;
    std::optional<bool> totals;
    PlotEdges edges;

    int gridLeft = 0, gridRight = 0, gridTop = 0, gridBottom = 0;
    std::vector<int> columnLeft, columnWidth, rowTop, rowHeight; ///< integer pixels, gaps left out
    QImage image;
    bool isImageStale = true;
    void mixRamp(const Tokens &tokens); ///< once for every theme, and not before there is a cell
    std::vector<QRgb> ramp; ///< from 0 to 1
    std::array<QColor, 9> rampStops;

    Cell current, hovered, blockFrom;
    std::optional<Instant> cursor;
    std::optional<TimeRange> selection;
    int pressedRow = -1;
    bool isDragging = false; ///< a block
    void clearBlock();
    void activate();
    std::vector<TimeMarker> markers;
    std::vector<MarkerGroup> groups;
    int currentFlag = -1; ///< of groups, reached by keys; −1: none
};

} // namespace telltale
