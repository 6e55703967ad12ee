// SPDX-License-Identifier: GPL-3.0-or-later
// Where a track stack's tooltip goes and what it says: inside its own track, off the line, never under the pointer.
#include "widgets/charts/trackstack_p.h"

#include "widgets/theme/fonts.h"

#include <algorithm>
#include <cmath>

namespace telltale {

namespace {

constexpr int kToLine = 14;

} // namespace

std::vector<TrackStack::Private::TipRow> TrackStack::Private::tipRows() const
{
    std::vector<TipRow> rows;
    const Track &track = data.tracks[std::size_t(hoveredTrack)];
    const std::ptrdiff_t index = bucketOf(track, *cursor);
    if (index < 0)
        return rows;
    const auto text = [&](double value) {
        return std::isfinite(value) ? q->formatter().valueText(value, track.kind) : tr("no data");
    };
    const TimeRange bucket{track.starts[std::size_t(index)], endOf(track, index)};
    QString when = q->formatter().interval(bucket);
    if (isUnfinished(track, index))
        when = tr("%1, not finished").arg(when);
    rows.push_back({TipRow::Swatch::None, when, {}});
    rows.push_back({TipRow::Swatch::Solid, track.name, text(track.values[std::size_t(index)])});
    if (!track.previous.empty())
        rows.push_back({TipRow::Swatch::Dashed,
                        data.previousName.isEmpty() ? tr("period before") : data.previousName,
                        text(track.previous[std::size_t(index)])});
    return rows;
}

void TrackStack::Private::placeTooltip()
{
    tooltip = {};
    if (!cursor || !isPointerInside || isTooltipDismissed || hoveredTrack < 0 ||
        std::size_t(hoveredTrack) >= layouts.size() || drag != Drag::None ||
        !(data.range.from <= *cursor && *cursor <= data.range.to))
        return;
    tooltipRows = tipRows();
    if (tooltipRows.size() < 2)
        return;
    const QRect row = layouts[std::size_t(hoveredTrack)].row.adjusted(0, 2, 0, -2);
    const QFontMetricsF plain(fontFor(FontRole::Secondary)), strong(fontFor(FontRole::SecondaryStrong));
    const int tall = scaled(19) * int(tooltipRows.size()) + 14;
    isTooltipCompact = tall > row.height();
    double width = 0;
    if (isTooltipCompact)
        width = QFontMetricsF(fontFor(FontRole::Caption)).horizontalAdvance(tooltipRows[0].name) + 14 +
                strong.horizontalAdvance(tooltipRows[1].value);
    else
        for (const TipRow &r : tooltipRows)
            width = std::max(width, (r.swatch == TipRow::Swatch::None ? 0 : 17) +
                                        strong.horizontalAdvance(r.name) + 18 +
                                        tabularWidth(fontFor(FontRole::SecondaryStrong), r.value));
    const int w = std::min(int(std::ceil(width)) + 24, scaled(280));
    const int h = isTooltipCompact ? std::min(scaled(24), row.height()) : tall;
    // Both the line and the pointer are kept free: the line snaps to buckets, the pointer does not.
    const double line = timeScale().x(*cursor);
    const int leftLimit = int(std::floor(std::min(line, double(pointer.x())))) - kToLine;
    const int rightLimit = int(std::ceil(std::max(line, double(pointer.x())))) + kToLine;
    int x = 0;
    if (rightLimit + w <= q->width())
        x = rightLimit;
    else if (leftLimit - w >= 0)
        x = leftLimit - w;
    else
        return;
    const int y = std::clamp(pointer.y() - h / 2, row.top(), std::max(row.top(), row.bottom() + 1 - h));
    tooltip = QRect(x, y, w, h);
}

} // namespace telltale
