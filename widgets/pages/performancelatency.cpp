// SPDX-License-Identifier: GPL-3.0-or-later
// How long operations took over time: percentiles as tracks, or how many took how long as a heatmap.
#include "widgets/pages/performancepage.h"

#include "models/items/bucketchoice.h"
#include "models/items/itemtext.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/gridmaking.h"
#include "widgets/pages/linelegend.h"
#include "widgets/pages/overviewfigures.h"
#include "widgets/pages/panelmenu.h"

#include <QHBoxLayout>
#include <QStackedWidget>

#include <limits>

namespace telltale {

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
enum LatencyView { AsPercentiles, AsSpread };

/// A third of the buckets that lines have: a cell is something to look at.
ActivityStep spreadStepFor(std::chrono::nanoseconds width)
{
    return activityStepFor(3 * width);
}

} // namespace

void PerformancePage::makeLatency()
{
    m_latency = new TrackStack;
    m_latency->setChartName(tr("Latency"));
    m_spread = new HeatmapView;
    m_spread->setChartName(tr("Spread of latency"));
    m_spread->setTotalsVisible(false);
    m_latencyViews = new QStackedWidget;
    m_latencyViews->addWidget(m_latency);
    m_latencyViews->addWidget(m_spread);
    m_latencyPanel = new Panel(tr("Latency"), {}, m_latencyViews, this);
    m_latencyPanel->setProperty(PanelMenu::kHasBuckets, true);
    m_latencyLegend = new LineLegend;
    m_spreadLegend = new HeatmapLegend(m_spread);
    m_spreadLegend->hide();
    auto *legends = new QWidget; // one of them at a time
    auto *legendRow = new QHBoxLayout(legends);
    legendRow->setContentsMargins(0, 0, 0, 0);
    legendRow->addWidget(m_latencyLegend);
    legendRow->addWidget(m_spreadLegend);
    m_latencyPanel->addLegend(legends);
    m_latencyView = new SegmentedControl;
    m_latencyView->setAccessibleName(tr("Latency as"));
    m_latencyView->addSegment(tr("Percentiles"));
    m_latencyView->addSegment(tr("Spread", "of durations"));
    m_latencyView->setCurrentIndex(AsPercentiles);
    m_latencyPanel->addCorner(m_latencyView);
    connectTracks(m_latency, m_latencyPanel);
    connect(m_latencyPanel, &Panel::retryRequested, this, &PerformancePage::askLatency);
    connect(m_latencyView, &SegmentedControl::currentChanged, this, &PerformancePage::showLatencyView);
    // The cursor goes through both, whichever is seen next.
    connect(m_latency, &TrackStack::cursorTimeChanged, m_spread, &HeatmapView::setCursorTime);
    connect(m_spread, &HeatmapView::cursorTimeChanged, m_latency, &TrackStack::setCursorTime);
    connect(m_spread, &HeatmapView::markerActivated, this, &PerformancePage::openMarker);
    connect(m_spread, &HeatmapView::cellActivated, this, &PerformancePage::openSpreadCell);
}

bool PerformancePage::showsSpread() const
{
    return m_latencyView->currentIndex() == AsSpread;
}

void PerformancePage::showLatencyView()
{
    m_latencyViews->setCurrentIndex(showsSpread() ? 1 : 0);
    m_latencyLegend->setVisible(!showsSpread());
    m_spreadLegend->setVisible(showsSpread());
    if (isActive())
        askLatency();
}

void PerformancePage::showLatencyTitle()
{
    m_latencyPanel->setTitle(m_operation.isEmpty() ? tr("Latency of all operations") : tr("Latency of %1").arg(m_operation));
}

void PerformancePage::askLatency()
{
    if (showsSpread())
        askSpread();
    else
        askPercentiles();
}

void PerformancePage::askPercentiles()
{
    const TimeRange range = state().resolvedRange();
    const ActivityStep step = state().stepFor(range.to - range.from);
    const Scope scope = operationScope({bucketStart(range.from, step, state().zone()), range.to});
    cancel(QStringLiteral("performance.spread"));
    showLatencyTitle();
    m_latencyPanel->setSubtitle(tr("%1 buckets").arg(stepText(step)));
    auto before = earlierBuckets(range, step);
    if (before)
        before->scope.filter = narrowed(before->scope.filter);
    const auto shift = before ? before->shift : std::chrono::nanoseconds();
    using Answer = Compared<std::vector<LatencyRow>>;
    ask<Answer>(
        QStringLiteral("performance.latency"), m_latencyPanel,
        [scope, before, step](Engine &engine, std::stop_token stop) -> Result<Answer> {
            return askCompared<std::vector<LatencyRow>>(scope, before ? std::optional(before->scope) : std::nullopt,
                                                        [&](const Scope &one) { return engine.latency(one, step, stop); });
        },
        [this, range, shift, step](const Answer &answer) { showPercentiles(answer, range, shift, step); });
}

void PerformancePage::showPercentiles(const Compared<std::vector<LatencyRow>> &answer, TimeRange range, std::chrono::nanoseconds shift,
                                  ActivityStep step)
{
    if (std::none_of(answer.now.begin(), answer.now.end(), [](const LatencyRow &row) { return row.spans > 0; })) {
        showNothing(m_latencyPanel, tr("operations"));
        return;
    }
    TrackStackData shown = frame(range);
    Track high, middle;
    high.id = QStringLiteral("p95");
    high.name = tr("95th percentile");
    high.colour = SeriesSlot::Orange;
    middle.id = QStringLiteral("p50");
    middle.name = tr("Median");
    middle.colour = SeriesSlot::Blue;
    for (Track *track : {&high, &middle}) {
        track->kind = ValueKind::Milliseconds;
        track->better = Change::Better::Lower;
    }
    std::vector<double> counts;
    for (const LatencyRow &row : answer.now) {
        for (Track *track : {&high, &middle})
            track->starts.push_back(row.start);
        counts.push_back(static_cast<double>(row.spans));
        high.values.push_back(row.p95Ms.value_or(kUnknown));
        middle.values.push_back(row.p50Ms.value_or(kUnknown));
    }
    Track count = barTrack(high.starts, counts, range.to - range.from, step);
    count.id = QStringLiteral("count");
    count.name = tr("Operations");
    count.colour = SeriesSlot::Teal;
    count.share = 0.7;
    high.end = middle.end = answer.now.back().start + widthOf(step);
    if (answer.before) {
        std::vector<Instant> starts;
        std::vector<double> highBefore, middleBefore;
        for (const LatencyRow &row : *answer.before) {
            starts.push_back(row.start);
            highBefore.push_back(row.p95Ms.value_or(kUnknown));
            middleBefore.push_back(row.p50Ms.value_or(kUnknown));
        }
        high.previous = alignedBefore(high.starts, shift, starts, highBefore);
        middle.previous = alignedBefore(middle.starts, shift, starts, middleBefore);
    }
    shown.previousName = comparedWith(range);
    m_latencyLegend->setPrevious(shown.previousName);
    shown.tracks = {std::move(high), std::move(middle), std::move(count)};
    m_latency->setFormatter(formatter());
    endAtSilence(shown);
    m_latency->setData(shown);
    m_latencyPanel->showBody();
}

void PerformancePage::askSpread()
{
    const TimeRange range = state().resolvedRange();
    const auto width = range.to - range.from;
    const auto pinned = state().pinnedStep();
    const ActivityStep step = pinned && isUsableStep(width, *pinned) ? *pinned : spreadStepFor(width);
    const Scope scope = operationScope({bucketStart(range.from, step, state().zone()), range.to});
    cancel(QStringLiteral("performance.latency"));
    showLatencyTitle();
    m_latencyPanel->setSubtitle(tr("by duration, %1 buckets").arg(stepText(step)));
    ask<LatencyBands>(
        QStringLiteral("performance.spread"), m_latencyPanel,
        [scope, step](Engine &engine, std::stop_token stop) -> Result<LatencyBands> {
            auto bands = engine.latencyBands(scope, step, stop);
            if (!bands)
                return tl::unexpected(bands.error());
            return std::move(bands->value);
        },
        [this, range, step](const LatencyBands &bands) { showSpread(bands, range, step); });
}

void PerformancePage::showSpread(const LatencyBands &bands, TimeRange range, ActivityStep step)
{
    if (bands.edgesMs.empty()) {
        showNothing(m_latencyPanel, tr("operations"));
        return;
    }
    m_edges = bands.edgesMs;
    m_spread->setFormatter(formatter());
    m_spread->setGrid(spreadGrid(bands, range, widthOf(step), silentSince(), formatter()));
    m_spread->setPlotEdges(m_latency->plotEdges());
    m_spread->setMarkers(markersIn(range));
    m_latencyPanel->showBody();
}

/// What took that long, then: as chips and a range, which Back takes away again.
void PerformancePage::openSpreadCell(HeatmapView::Cell cell)
{
    const HeatGrid &grid = m_spread->grid();
    const std::size_t band = grid.rows.size() - 1 - static_cast<std::size_t>(cell.row); // the slowest stand at the top
    const auto range = grid.columns[static_cast<std::size_t>(cell.column)].range;
    if (!range || band + 1 >= m_edges.size())
        return;
    state().setRange(RangeSpec::history(*range));
    // Whole nanoseconds: what lies on an edge belongs to the band above.
    const QString terms = QStringLiteral("duration:>=%1ms duration:<%2ms")
                              .arg(QString::number(m_edges[band], 'f', 6), QString::number(m_edges[band + 1], 'f', 6));
    if (const auto filter = Filter::parse(terms.toStdString()))
        state().addFilter(*filter);
}

} // namespace telltale
