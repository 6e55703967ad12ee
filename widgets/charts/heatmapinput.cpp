// SPDX-License-Identifier: GPL-3.0-or-later
// Mouse and keys of the heatmap.
#include "widgets/charts/heatmapview_p.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QStyle>
#include <QTextDocument>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

namespace telltale {

HeatmapView::Cell HeatmapView::Private::stepped(Cell from, int rows, int columns) const
{
    if (grid.rows.empty() || grid.columns.empty())
        return {};
    const int lastRow = int(grid.rows.size()) - 1, lastColumn = int(grid.columns.size()) - 1;
    if (!from.isValid())
        return {0, columns < 0 ? lastColumn : 0};
    return {std::clamp(from.row + rows, 0, lastRow), std::clamp(from.column + columns, 0, lastColumn)};
}

void HeatmapView::Private::moveTo(Cell cell, bool selects)
{
    if (!cell.isValid())
        return;
    if (selects && !blockFrom.isValid())
        blockFrom = current.isValid() ? current : cell;
    if (!selects)
        clearBlock();
    const bool isMoved = cell != current || currentFlag >= 0;
    current = cell;
    currentFlag = -1;
    q->update();
    if (isMoved) {
        Q_EMIT q->currentCellChanged(cell);
        q->announceCursor();
        if (const auto &range = grid.columns[std::size_t(cell.column)].range)
            Q_EMIT q->cursorTimeChanged(range->from + (range->to - range->from) / 2);
    }
    if (selects)
        Q_EMIT q->blockSelected({std::min(blockFrom.row, cell.row), std::min(blockFrom.column, cell.column)},
                                {std::max(blockFrom.row, cell.row), std::max(blockFrom.column, cell.column)});
}

void HeatmapView::Private::clearBlock()
{
    if (!blockFrom.isValid())
        return;
    blockFrom = {};
    q->update();
    Q_EMIT q->blockCleared();
}

void HeatmapView::Private::activate()
{
    if (blockFrom.isValid() && blockFrom != current)
        Q_EMIT q->blockActivated({std::min(blockFrom.row, current.row), std::min(blockFrom.column, current.column)},
                                 {std::max(blockFrom.row, current.row), std::max(blockFrom.column, current.column)});
    else
        Q_EMIT q->cellActivated(current);
}

/// The flag above a column that is nearest to its middle; none when there are no flags.
int HeatmapView::Private::flagAbove(int column) const
{
    const double x = columnLeft[std::size_t(column)] + columnWidth[std::size_t(column)] / 2.0;
    return nearestFlag(groups, x);
}

void HeatmapView::Private::moveToFlag(int flag)
{
    if (flag == currentFlag)
        return;
    currentFlag = flag;
    clearBlock();
    q->update();
    q->announceCursor();
}

void HeatmapView::Private::openFlag(const MarkerGroup &group, const QPoint &globalPosition)
{
    chooseMarker(q, markers, group, q->formatter(), globalPosition, [this, globalPosition](const TimeMarker &marker) { Q_EMIT q->markerActivated(marker, globalPosition); });
}

/// Keys while a flag is the current one; false: none is, or it does not want the key.
bool HeatmapView::Private::handleFlagKey(int key)
{
    const auto step = flagStep(key, currentFlag, groups);
    if (!step)
        return false;
    const MarkerGroup flag = groups[std::size_t(currentFlag)];
    moveToFlag(step->flag);
    if (step->opens)
        openFlag(flag, q->mapToGlobal(flag.rect.bottomLeft().toPoint()));
    else if (key == Qt::Key_Down)
        moveTo(q->cellAt({int(std::clamp(flag.x, double(gridLeft), double(gridRight - 1))), gridTop}), false);
    return true;
}

void HeatmapView::Private::hover(Cell cell, const QPoint &position)
{
    if (cell != hovered) {
        const auto area = [&](Cell c) {
            if (!c.isValid())
                return;
            q->update(q->cellRect(c).adjusted(-3, -3, 3, 3));
            const QRect name(0, rowTop[std::size_t(c.row)] - 1, edges.left, rowHeight[std::size_t(c.row)] + 2);
            q->update(QStyle::visualRect(q->layoutDirection(), q->rect(), name));
        };
        area(hovered);
        hovered = cell;
        area(hovered);
    }
    if (isTimed() && timeScale().isValid() && cell.isValid()) {
        const Instant at = timeScale().at(position.x());
        if (cursor != at) {
            q->setCursorTime(at);
            Q_EMIT q->cursorTimeChanged(at);
        }
    } else if (cursor && !cell.isValid()) {
        q->setCursorTime(std::nullopt);
        Q_EMIT q->cursorTimeChanged(std::nullopt);
    }
}

void HeatmapView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    for (const MarkerGroup &group : d->groups) {
        if (group.rect.contains(event->position())) {
            d->openFlag(group, event->globalPosition().toPoint());
            return;
        }
    }
    const Cell cell = cellAt(event->pos());
    if (cell.isValid()) {
        d->moveTo(cell, event->modifiers() & Qt::ShiftModifier);
        d->isDragging = true;
        return;
    }
    d->pressedRow = -1;
    for (std::size_t r = 0; r < d->rowTop.size() && event->pos().x() < d->gridLeft; ++r)
        if (event->pos().y() >= d->rowTop[r] && event->pos().y() < d->rowTop[r] + d->rowHeight[r])
            d->pressedRow = int(r);
}

void HeatmapView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    d->isDragging = false;
    const int row = std::exchange(d->pressedRow, -1);
    if (row >= 0 && std::size_t(row) < d->rowTop.size() && event->pos().x() < d->gridLeft &&
        event->pos().y() >= d->rowTop[std::size_t(row)])
        Q_EMIT rowActivated(row, event->modifiers());
}

void HeatmapView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && cellAt(event->pos()).isValid() && cellAt(event->pos()) == d->current)
        d->activate();
}

void HeatmapView::mouseMoveEvent(QMouseEvent *event)
{
    if (d->isDragging) {
        const QRect cells = d->gridRect();
        const Cell cell = cellAt({std::clamp(event->pos().x(), cells.left(), cells.right()), std::clamp(event->pos().y(), cells.top(), cells.bottom())});
        if (cell.isValid() && (cell != d->current || d->blockFrom.isValid()))
            d->moveTo(cell, true);
        return;
    }
    d->hover(cellAt(event->pos()), event->pos());
    const bool isOverName =
        event->pos().x() < d->gridLeft && event->pos().y() < d->gridBottom && !d->grid.rows.empty();
    const bool isOverFlag = std::any_of(d->groups.begin(), d->groups.end(), [&](const MarkerGroup &group) { return group.rect.contains(event->position()); });
    setCursor(isOverName || isOverFlag ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void HeatmapView::leaveEvent(QEvent *)
{
    d->hover({}, {});
}

bool HeatmapView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const Cell cell = cellAt(help->pos());
        QString text = cellText(cell);
        if (!cell.isValid() && help->pos().x() < d->gridLeft)
            for (std::size_t r = 0; r < d->rowTop.size(); ++r)
                if (help->pos().y() >= d->rowTop[r] && help->pos().y() < d->rowTop[r] + d->rowHeight[r])
                    text = d->grid.rows[r].label.left(1000);
        if (Qt::mightBeRichText(text))
            text = text.toHtmlEscaped();
        QToolTip::showText(help->globalPos(), text, this, cell.isValid() ? cellRect(cell) : QRect());
        return true;
    }
    return ChartWidget::event(event);
}

void HeatmapView::keyPressEvent(QKeyEvent *event)
{
    const bool selects = event->modifiers() & Qt::ShiftModifier;
    const int many = event->modifiers() & Qt::ControlModifier ? 10 : 1;
    if (d->handleFlagKey(event->key()))
        return;
    if (event->modifiers() == Qt::AltModifier && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down) && d->current.isValid()) {
        Q_EMIT rowMoveRequested(d->current.row, event->key() == Qt::Key_Up ? -1 : 1);
        return;
    }
    // Times run left to right in every language.
    switch (event->key()) {
    case Qt::Key_Left:
        d->moveTo(d->stepped(d->current, 0, -many), selects);
        return;
    case Qt::Key_Right:
        d->moveTo(d->stepped(d->current, 0, many), selects);
        return;
    case Qt::Key_Up:
        if (d->current.row == 0 && !selects && !d->groups.empty()) // above the first row are the flags
            d->moveToFlag(d->flagAbove(d->current.column));
        else
            d->moveTo(d->stepped(d->current, -many, 0), selects);
        return;
    case Qt::Key_Down:
        d->moveTo(d->stepped(d->current, many, 0), selects);
        return;
    case Qt::Key_Home:
        d->moveTo(d->stepped(d->current, 0, -int(d->grid.columns.size())), selects);
        return;
    case Qt::Key_End:
        d->moveTo(d->stepped(d->current, 0, int(d->grid.columns.size())), selects);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (d->current.isValid()) {
            d->activate();
            return;
        }
        break;
    case Qt::Key_Escape:
        if (d->blockFrom.isValid()) {
            d->clearBlock();
            return;
        }
        if (d->current.isValid()) {
            setCurrentCell({});
            return;
        }
        break;
    default:
        break;
    }
    ChartWidget::keyPressEvent(event);
}

} // namespace telltale
