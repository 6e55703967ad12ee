// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/chartwidget.h"
#include "widgets/charts/timescale.h"
#include "widgets/charts/trackdata.h"
#include "widgets/charts/valueticks.h"

#include <memory>

namespace telltale {

/// Several series of different units above one another on one time axis: names and values at the cursor in the gutter, one crosshair
/// through all, release flags in a lane above, a preview selection by mouse or keys.
///
/// Mouse: move = cursor, drag = selection, drag inside = move it, drag a handle = resize, Shift+click = extend, double-click = commit,
/// click on a flag = markerActivated.
/// Keys: arrows move the cursor by a bucket (Ctrl: ten), Home and End jump, with Shift they grow a selection, Enter commits, Esc clears,
/// P pins the cursor.
/// Series are drawn by Qt Charts into a pixmap per track; a moving cursor repaints strips only.
class TrackStack final : public ChartWidget
{
    Q_OBJECT

public:
    explicit TrackStack(QWidget *parent = nullptr);
    ~TrackStack() override;

    /// While the pointer is over the plots, an answer to the same question about a time that has only moved on waits until it is gone; everything
    /// else is shown at once.
    void setData(const TrackStackData &data);
    /// Something waits.
    bool isWaiting() const;
    const TrackStackData &data() const;
    /// Left edge and right inset of the plots; the heatmap below takes the same.
    PlotEdges plotEdges() const;
    void setPlotEdges(const PlotEdges &edges);
    TimeScale timeScale() const;
    QRect plotRect(int track) const;

    std::optional<Instant> cursorTime() const;
    bool isCursorPinned() const;
    std::optional<TimeRange> selection() const;
    /// Old numbers in the third text colour while a newer answer is late.
    void setStale(bool stale);
    /// The lane of 22 px for flags; hidden when false.
    void setMarkerLaneVisible(bool visible);
    /// The tooltip's rectangle, empty when none is shown. For tests.
    QRect tooltipRect() const;
    QRect markerRect(int marker) const;

    QString summary() const override;
    QString cursorText() const override;
    ChartTable table() const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public Q_SLOTS:
    /// From another panel: moves the line without a signal and without a tooltip.
    void setCursorTime(std::optional<telltale::Instant> at);
    /// From another panel: without a signal.
    void setSelection(std::optional<telltale::TimeRange> range);
    void setCursorPinned(bool pinned);

Q_SIGNALS:
    void cursorTimeChanged(std::optional<telltale::Instant> at);
    void selectionChanged(std::optional<telltale::TimeRange> range);
    /// Enter, "Zoom" or double-click.
    void selectionCommitted(telltale::TimeRange range);
    void cursorPinned(bool pinned);
    void markerActivated(const telltale::TimeMarker &marker, const QPoint &globalPosition);
    /// Double-click on the axis: back to the default range.
    void rangeResetRequested();
    void contextMenuAsked(std::optional<telltale::Instant> at, const QPoint &globalPosition);
    /// The pointer is over the plots or a drag is going on: hold the redraw.
    void holdingChanged(bool holding);
    void waitingChanged(bool isWaiting);

protected:
    void invalidate() override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace telltale
