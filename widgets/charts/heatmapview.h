// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/chartwidget.h"
#include "widgets/charts/heatgrid.h"
#include "widgets/charts/trackdata.h"
#include "widgets/charts/timescale.h"

#include <memory>

namespace telltale {

/// A grid of numbers as colours: features by time, weekday by hour. Zero, missing and small are three different looks.
///
/// Mouse: a click makes a cell the current one, a drag selects a block, a double-click activates.
/// Keys: arrows move the current cell, Home and End go along the row, Enter activates it, Shift+arrows select a block, Esc clears.
/// Up from the first row goes to the flags: Left and Right from one to the next, Enter opens it, Down or Esc leaves them.
/// Cells are painted once into an image; hover, current cell and cursor are laid over it.
class HeatmapView final : public ChartWidget
{
    Q_OBJECT

public:
    enum class Domain { AllRows, EachRow };

    explicit HeatmapView(QWidget *parent = nullptr);
    ~HeatmapView() override;

    void setGrid(const HeatGrid &grid);
    const HeatGrid &grid() const;
    void setDomain(Domain domain);
    Domain domain() const;
    PlotEdges plotEdges() const;
    void setPlotEdges(const PlotEdges &edges);
    /// The legend is painted by whoever has room for it, usually in the card's header: see HeatmapLegend.
    /// Highest colour's value: the 98th percentile of what is shown.
    double domainHighest() const;
    /// True when a value lies above domainHighest(): the legend then says "≥".
    bool isClipped() const;
    bool hasMissing() const;
    bool hasZero() const;
    /// Flags above the cells and lines through them; a lane for them only while there are some. Only with a range.
    void setMarkers(std::vector<TimeMarker> markers);
    const std::vector<TimeMarker> &markers() const;
    /// As painted; for tests.
    QRect markerRect(int marker) const;
    /// Row totals at the right; by default when at least 900 px wide and rows have totals.
    void setTotalsVisible(std::optional<bool> visible);

    struct Cell
    {
        int row = -1, column = -1;
        bool isValid() const { return row >= 0 && column >= 0; }
        friend bool operator==(const Cell &, const Cell &) = default;
    };
    Cell currentCell() const;
    /// When the column under the pointer, or that of the current cell, begins; none without times.
    std::optional<Instant> pointedTime() const;
    Cell cellAt(const QPoint &position) const;
    QRect cellRect(Cell cell) const;
    QString cellText(Cell cell) const; ///< "Live route map, 14:20 – 14:22: 96 users"

    QString summary() const override;
    QString cursorText() const override;
    ChartTable table() const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public Q_SLOTS:
    void setCurrentCell(telltale::HeatmapView::Cell cell);
    /// The shared cursor: a line over all rows. Only with a range.
    void setCursorTime(std::optional<telltale::Instant> at);
    /// Columns outside keep 28 % of their strength. Only with a range.
    void setSelection(std::optional<telltale::TimeRange> range);
    void setStale(bool stale);

Q_SIGNALS:
    void gridChanged(); ///< domain or contents: legends listen
    void currentCellChanged(telltale::HeatmapView::Cell cell);
    void cellActivated(telltale::HeatmapView::Cell cell);
    void rowActivated(int row, Qt::KeyboardModifiers modifiers); ///< click on a row's name: filter by it
    /// Alt+Up or Alt+Down on a row: it should stand so many rows lower (above zero) or higher.
    void rowMoveRequested(int row, int by);
    void cursorTimeChanged(std::optional<telltale::Instant> at);
    void markerActivated(const telltale::TimeMarker &marker, const QPoint &globalPosition);
    /// Block selected by a drag or with Shift: rows and columns, inclusive.
    void blockSelected(telltale::HeatmapView::Cell from, telltale::HeatmapView::Cell to);
    /// Enter on a block of more than one cell.
    void blockActivated(telltale::HeatmapView::Cell from, telltale::HeatmapView::Cell to);
    /// Esc, or another cell: there is no block any more.
    void blockCleared();

protected:
    void invalidate() override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// "0 ▢▢▢▢▢▢▢▢▢ ≥ 184 users", with the signs for zero and missing when the map has them. Follows its view, which must outlive it or be
/// destroyed as a sibling.
class HeatmapLegend final : public QWidget
{
    Q_OBJECT

public:
    explicit HeatmapLegend(HeatmapView *view, QWidget *parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString highText() const;
    QString missingText() const;
    HeatmapView *m_view;
};

} // namespace telltale
